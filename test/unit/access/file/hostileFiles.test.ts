import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { mostProblems, shownProblems, type FileProblem } from '../../../../src/access/file/fileProblem.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { problemSentence } from '../../../../src/views/text/accessProblemText.ts';

const head = 'version: 1\ndoors: { front: { id: 1, name: Front } }\n';

function entry(name: string): string {
  return `${head}access:\n  - { key: a, name: ${name}, doors: [front], by: code }\n`;
}

/** What is said of a text, with the part that is underlined, each sentence once. */
function saidOf(text: string): readonly string[] {
  const { problems } = parseAccessFile(text);
  return [...new Set(problems.map((problem) => problemSentence(problem, { t: inEnglish, language: 'en' })))];
}

function underlinedIn(text: string): readonly string[] {
  return parseAccessFile(text).problems.map(({ span: { from, until } }) => text.slice(from, until));
}

const links = "Anchors and aliases (& and *) aren't followed. Write the value out, or put the text in quotes.";
const invalid = "This isn't valid YAML. Check the quotes, brackets and indentation here.";
const tooDeep = 'Lists and fields are nested too deeply here.';
const tooMany = 'This file has too many entries to be read.';
const million = 1_000_000;

const hostile: readonly [kind: string, text: string, said: readonly string[]][] = [
  [
    'a billion laughs',
    `a: &a ["lol", "lol"]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]\nf: &f [*e, *e]\n`,
    [links],
  ],
  ['an alias to itself', 'a: &a [*a]\n', [links]],
  [
    'a merge key',
    `${head}access:\n  - { <<: { key: a }, key: b, name: B, doors: [front], by: code }\n`,
    ["Merge keys (<<) aren't followed. Write the fields out."],
  ],
  [
    'a tag',
    entry('!!js/function "() => 1"'),
    ["Tags (!) aren't used in access files. Remove the tag, or put the text in quotes."],
  ],
  [
    'a directive',
    `%YAML 1.1\n---\n${head}access: []\n`,
    ["Directives (%) aren't used in access files. Remove this line."],
  ],
  [
    'several documents',
    `${head}access: []\n---\n${head}access: []\n`,
    ['An access file is a single YAML document. Move the second one to a file of its own.'],
  ],
  ['a million brackets', '['.repeat(million), [tooDeep]],
  ['a million braces', '{a: '.repeat(million / 4), [tooDeep]],
  ['dashes in dashes', '- '.repeat(million / 2), [tooDeep]],
  ['questions in questions', '? '.repeat(million / 2), [tooDeep]],
  ['keys in keys', Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'), [tooDeep]],
  ['a million words', '[a,'.concat('a,'.repeat(million / 2 - 2)), [tooMany]],
  ['hundreds of thousands of keys', Array.from({ length: 100_000 }, (_, at) => `k${at}: 1`).join('\n'), [tooMany]],
  ['a million line ends', '\n'.repeat(million), [tooMany]],
  [
    'more than 1 MB',
    `# ${'x'.repeat(1_048_576)}`,
    ["Access files can be up to 1 MB. This one is larger, so it isn't read."],
  ],
  [
    'more than 1 MB in few characters',
    `# ${'🔑'.repeat(300_000)}`,
    ["Access files can be up to 1 MB. This one is larger, so it isn't read."],
  ],
  ['a duplicate key', `${head}access: []\naccess: []\n`, ['"access" occurs twice. Keep one of them.']],
  [
    'a prototype',
    `${head}access:\n  - { __proto__: { enabled: false }, key: a, name: A, doors: [front], by: code }\n`,
    ['Use a name other than "__proto__".'],
  ],
  ['a prototype as a key', entry('A').replace('key: a', 'key: __proto__'), ['Use a name other than "__proto__".']],
  ['a prototype as a door', entry('A').replaceAll('front', '__proto__'), ['Use a name other than "__proto__".']],
  ['a NUL', entry('A\0'), ['Remove the invisible character U+0000.']],
  [
    'a control character of the parser',
    `${head}access: []\n\u0002\u0018\u001F`,
    [
      'Remove the invisible character U+0002.',
      'Remove the invisible character U+0018.',
      'Remove the invisible character U+001F.',
    ],
  ],
  ['a name from right to left', entry('"\u202Eanna"'), ['Remove the invisible character U+202E.']],
  ['a comment from right to left', `${head}access: [] # \u2066hidden\n`, ['Remove the invisible character U+2066.']],
  [
    'an escaped name from right to left',
    entry('"\\u202Eanna"'),
    ['"name" contains invisible characters or a combined emoji.'],
  ],
  ['a name of nothing', entry('"\\u200B"'), ['"name" contains invisible characters or a combined emoji.']],
  [
    'a key with an invisible character',
    entry('A').replace('key: a', 'key: a\u200B'),
    ['"key" contains invisible characters or a combined emoji.'],
  ],
  [
    'a number that is no safe integer',
    entry('A').replace('id: 1', 'id: 9007199254740993'),
    ['Enter the ID of the device, a whole number such as 21913877581.'],
  ],
  [
    'a huge number',
    entry('A').replace('id: 1', `id: ${'9'.repeat(10_000)}`),
    ['Enter the ID of the device, a whole number such as 21913877581.'],
  ],
  [
    'a negative number, a fraction, no number',
    `version: 1\ndoors:\n  a: { id: -1, name: A }\n  b: { id: 1.5, name: B }\n  c: { id: .nan, name: C }\naccess: []\n`,
    ['Enter the ID of the device, a whole number such as 21913877581.'],
  ],
  ['tabs for spaces', `${head}access:\n\t- key: a\n`, ['Indent with spaces, not with tabs.']],
  ['a list', '- version: 1\n', ['An access file begins with "version: 1" and has "doors" and "access".']],
  ['a word', 'version', ['An access file begins with "version: 1" and has "doors" and "access".']],
  ['nothing', '', ['An access file begins with "version: 1" and has "doors" and "access".']],
  ['a quote without an end', `${head}access: "${'a '.repeat(400_000)}`, [invalid]],
  ['a hundred thousand mistakes', `[${','.repeat(50_000)}`, [invalid]],
  ['a hundred thousand escapes', `"${'\\u0041'.repeat(170_000)}`, [invalid]],
  ['a key of a megabyte', `${'k'.repeat(million)}: 1`, [invalid]],
  ['spaces that make a pattern go back', entry(`"${' '.repeat(400_000)}x"`), ['"name" can have up to 200 characters.']],
  [
    'days that make a pattern go back',
    entry('A').replace('by: code', `by: code, days: "${'Mon – '.repeat(50_000)}!"`),
    ['"days" can have up to 200 characters.'],
  ],
  ['a map as a key', '? { a: 1 }\n: 2\nversion: 1\ndoors: {}\naccess: []\n', ['The name of a field has to be text.']],
  [
    'a name with a door in it',
    entry('"$(lock) [open](command:nuki.unlock)"'),
    ['Too long for a keypad: 35 of 20 bytes. Accented letters and emoji count more than once.'],
  ],
];

describe('A hostile access file', () => {
  for (const [kind, text, said] of hostile) {
    it(`with ${kind} has a problem where it stands, and nothing of it is used`, () => {
      assert.deepEqual(saidOf(text), said);
      const { file, problems } = parseAccessFile(text);
      assert.deepEqual(file.entries, []);
      for (const { span } of problems)
        assert.ok(span.from >= 0 && span.from <= span.until && span.until <= text.length);
    });
  }

  it('has its problems underlined and nothing else', () => {
    assert.deepEqual(underlinedIn('a: &a [*a]\n'), ['&a', '*a']);
    assert.deepEqual(underlinedIn(entry('"\u202Eanna"')), ['\u202E']);
    assert.deepEqual(underlinedIn(entry('A').replace('key: a', 'pin: 123456, key: a')), ['pin']);
    assert.deepEqual(underlinedIn(entry('A').replace('id: 1', 'id: 1e400')), ['1e400']);
    assert.deepEqual(underlinedIn(`${head}access: []\nacess: 1\n`), ['acess']);
  });

  it('never keeps an error back behind a hundred warnings', () => {
    const warnings = Array.from({ length: 300 }, (_, from): FileProblem => ({
      kind: 'alreadyExpired',
      span: { from, until: from + 1 },
      values: [],
      severity: 'warning',
    }));
    const error: FileProblem = { kind: 'noSuchDoor', span: { from: 900, until: 901 }, values: [], severity: 'error' };
    const shown = shownProblems([...warnings, error]);
    assert.equal(shown.length, mostProblems);
    assert.equal(shown.at(-1), error);
  });

  it('shows a hundred problems of thousands', () => {
    const entries = Array.from({ length: 3_000 }, (_, at) => `  - { key: k${at} }\n`).join('');
    assert.equal(parseAccessFile(`${head}access:\n${entries}`).problems.length, mostProblems);
  });

  it('with thousands of words that are almost doors is read in time', () => {
    const doors = Array.from({ length: 100 }, (_, at) => `  ${'d'.repeat(150)}${at}: { id: ${at + 1}, name: D }\n`);
    const unknown = Array.from({ length: 4_000 }, (_, at) => `${'d'.repeat(34)}${at}`).join(', ');
    const file = `version: 1\ndoors:\n${doors.join('')}access:\n  - { key: a, name: A, doors: [${unknown}], by: code }\n`;
    const before = process.cpuUsage();
    assert.equal(parseAccessFile(file).problems.length, mostProblems);
    const { user } = process.cpuUsage(before);
    assert.ok(user < 2_000_000, `${user} µs`);
  });

  it('is said in safe text', () => {
    const [said = ''] = saidOf(`${head}"a\\u202Eb\\nc": 1\naccess: []\n`);
    assert.equal(said, 'Unknown field "ab c". Remove it, or make it a comment.');
  });
});
