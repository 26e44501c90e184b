import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { inEnglish, type Translate } from '../../../../src/base/locale.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { problemSentence } from '../../../../src/views/text/accessProblemText.ts';

const german = v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8')));
const inGerman: Translate = (sentence, ...values) => inEnglish(german[sentence] ?? assert.fail(sentence), ...values);

const text = `version: 1
doors:
  front: { id: 1, name: Front, checkIn: 15:00 }
  back: { id: 2, name: Back }
access:
  - key: a
    name: Anna
    doors: [front, back]
    by: code
    from: 2027-06-16 15:00
    until: 2027-06-30 10:00
    days: Mon–Fri
    hours: 22:00–06:00
    booking: flat
  - key: b
    name: Ben
    doors: [front]
    by: app
    email: ben@example.com
    remote: true
bookings:
  flat: { doors: [front], columns: { id: Id, arrival: From, departure: To } }
`;

/** What is said of the text with one part of it written otherwise: each place, a bar, the sentence. */
function saidOf(part: string, other: string, t: Translate = inEnglish, language = 'en'): readonly string[] {
  assert.ok(text.includes(part), part);
  const changed = text.replace(part, other);
  return parseAccessFile(changed).problems.map((problem) => {
    const { from, until } = problem.span;
    return `${changed.slice(from, until)} | ${problemSentence(problem, { t, language })}`;
  });
}

const cases: readonly [part: string, other: string, ...said: readonly string[]][] = [
  ['version: 1', 'version: 2', "2 | This version of the format isn't supported. Use 1."],
  ['version: 1\n', '', 'doors | "version" is missing.'],
  ['doors: [front, back]', 'doors: [frnt, back]', 'frnt | This file has no door "frnt". Did you mean "front"?'],
  ['doors: [front, back]', 'doors: [cellar]', 'cellar | This file has no door "cellar".'],
  ['doors: [front, back]', 'doors: [front, front]', 'front | "front" is listed twice.'],
  ['doors: [front, back]', 'doors: []', '[] | List at least one door.'],
  ['doors: [front, back]', 'doors: front', 'front | "doors" has to be a list.'],
  ['doors: [front, back]', 'doors: [1]', '1 | "doors" has to be text. Put numbers, and words such as yes, in quotes.'],
  ['id: 2', 'id: 1', '1 | "back" and "front" are the same device. Keep one of them.'],
  ['id: 2, ', '', 'name | "id" is missing.'],
  ['id: 2', 'id: two', 'two | Enter the ID of the device, a whole number such as 21913877581.'],
  ['{ id: 2, name: Back }', 'Back', 'Back | "back" has to have fields of its own.'],
  ['checkIn: 15:00', 'checkIn: 24:00', '24:00 | Enter a time from 00:00 to 23:59, such as 15:00.'],
  ['checkIn: 15:00', 'bufferBefore: 1.5', '1.5 | "bufferBefore" has to be a whole number of minutes, up to 1440.'],
  ['key: b', 'key: a', 'a | Another entry already has the key "a".'],
  ['key: b', 'key: " b"', '" b" | Remove the spaces around "b".'],
  ['key: a', 'kee: a', 'kee | Unknown field "kee". Did you mean "key"?', 'kee | "key" is missing.'],
  // Without the end that was meant it would never end.
  ['until: 2027-06-30 10:00', 'untill: 2027-06-30 10:00', 'untill | Unknown field "untill". Did you mean "until"?'],
  ['name: Anna', 'name: ""', '"" | "name" is empty.'],
  ['name: Anna', 'name: 12', '12 | "name" has to be text. Put numbers, and words such as yes, in quotes.'],
  [
    'name: Anna',
    'name: Übernachtungs-Gäste',
    'Übernachtungs-Gäste | Too long for a keypad: 21 of 20 bytes. Accented letters and emoji count more than once.',
  ],
  ['name: Ben', `name: ${'B'.repeat(33)}`, `${'B'.repeat(33)} | "name" can have up to 32 characters.`],
  ['by: code', 'by: card', 'card | Use code, app or fob.'],
  ['by: code', 'by: fob', 'key | Add "email": an app or a fob belongs to an account user.'],
  ['by: code', 'by: code\n    email: a@b.c', 'a@b.c | A code belongs to no account user. Remove "email".'],
  ['email: ben@example.com', 'email: ben', 'ben | Enter an email address.'],
  ['by: code', 'by: code\n    remote: true', 'true | Only an app can be used remotely. Remove "remote".'],
  ['remote: true', 'remote: yes', 'yes | "remote" has to be true or false.'],
  ['days: Mon–Fri', 'days: Mo–Frei', 'Mo–Frei | Enter days in English, such as Mon-Fri or Sat, Sun.'],
  ['days: Mon–Fri', 'days: "124"', '"124" | Enter days in English, such as Mon-Fri or Sat, Sun.'],
  ['22:00–06:00', '22–06', '22–06 | Enter hours from 00:00 to 23:59, such as 09:00-17:00.'],
  ['22:00–06:00', '22:00–24:00', '22:00–24:00 | Enter hours from 00:00 to 23:59, such as 09:00-17:00.'],
  ['22:00–06:00', '00:00–00:00', '00:00–00:00 | Start and end are the same. For no limit, remove "hours".'],
  [
    '22:00–06:00',
    '23:59–00:00',
    '23:59–00:00 | This would never work: none of its days and hours falls between start and end.',
  ],
  ['2027-06-16 15:00', '2027-06-16', '2027-06-16 | Enter a date and a time, such as 2027-06-16 15:00.'],
  ['2027-06-16 15:00', '2027-02-30 15:00', '2027-02-30 15:00 | The calendar has no 2027-02-30.'],
  ['until: 2027-06-30 10:00', 'until: 2027-06-16 14:59', '2027-06-16 14:59 | The end is before the start.'],
  ['until: 2027-06-30 10:00', 'until: 2027-06-16 15:00', '2027-06-16 15:00 | Start and end are the same.'],
  ['booking: flat', 'booking: house', 'house | This file has no bookings called "house".'],
  [
    'arrival: From',
    'arival: From',
    'id | "arrival" is missing.',
    'arival | Unknown field "arival". Did you mean "arrival"?',
  ],
  [
    'by: code',
    'code: 445566\n    by: code',
    'code | An access file never holds codes, PINs or tokens. Remove "code". Keyturner generates a code when it adds an entry.',
  ],
  [
    'bookings:',
    'API-Token: x\nbookings:',
    'API-Token | An access file never holds codes, PINs or tokens. Remove "API-Token". Keyturner generates a code when it adds an entry.',
  ],
  ['by: code', 'by: code\n    remark: old', 'remark | Unknown field "remark". Remove it, or make it a comment.'],
  ['access:', 'access: []\nothers:', 'others | Unknown field "others". Remove it, or make it a comment.'],
];

describe('The problems of an access file', () => {
  it('are none of a file that is right', () => assert.deepEqual(parseAccessFile(text).problems, []));

  for (const [part, other, ...said] of cases) {
    it(`with ${JSON.stringify(other)}: ${said.join(' ')}`, () => assert.deepEqual(saidOf(part, other), said));
  }

  it('leave a door that no entry uses alone', () => {
    assert.deepEqual(saidOf('doors: [front, back]', 'doors: [front]'), []);
  });

  it('are said in German', () => {
    assert.deepEqual(saidOf('doors: [front, back]', 'doors: [frnt]', inGerman, 'de'), [
      'frnt | Diese Datei hat keine Tür „frnt“. Meinten Sie „front“?',
    ]);
    assert.deepEqual(saidOf('name: Anna', 'name: Annabella Montgomery X', inGerman, 'de'), [
      'Annabella Montgomery X | Zu lang für ein Keypad: 22 von 20 Byte. Umlaute, Akzente und Emojis zählen mehrfach.',
    ]);
  });
});

/** A file with two entries that differ as said, and what is said of the second one. */
function conflictOf(one: string, other: string): readonly string[] {
  const fields = (key: string, more: string): string => `  - { key: ${key}, doors: [front], ${more} }\n`;
  const file = `version: 1\ndoors: { front: { id: 1, name: Front } }\naccess:\n${fields('a', one)}${fields('b', other)}`;
  return parseAccessFile(file).problems.map((problem) => problemSentence(problem, { t: inEnglish, language: 'en' }));
}

describe('Two entries', () => {
  const overlap = [
    'The entry "a" has the same name, and both are valid at the same time at "front". Use another name.',
  ];
  const twice = ['The entry "a" already gives this person access to "front".'];

  it('of one name with codes may not be valid at the same time', () => {
    const code = 'name: Anna, by: code';
    assert.deepEqual(conflictOf(code, code), overlap);
    assert.deepEqual(conflictOf(`${code}, until: 2027-06-16 10:00`, `${code}, from: 2027-06-16 09:59`), overlap);
    assert.deepEqual(conflictOf(`${code}, until: 2027-06-16 10:00`, `${code}, from: 2027-06-16 10:00`), []);
    assert.deepEqual(conflictOf(`${code}, until: 2027-06-16 10:00:30`, `${code}, from: 2027-06-16 10:00:29`), overlap);
    assert.deepEqual(conflictOf(`${code}, until: 2027-06-16 10:00:29`, `${code}, from: 2027-06-16 10:00:30`), []);
    const clockBack = '2027-10-31 02:30';
    assert.deepEqual(conflictOf(`${code}, until: ${clockBack} later`, `${code}, from: ${clockBack} earlier`), overlap);
    assert.deepEqual(conflictOf(`${code}, until: ${clockBack} earlier`, `${code}, from: ${clockBack} later`), []);
    assert.deepEqual(conflictOf(`${code}, days: Mon–Fri`, `${code}, days: Sat`), []);
    assert.deepEqual(conflictOf(`${code}, days: Mon–Fri`, `${code}, days: Fri`), overlap);
    assert.deepEqual(conflictOf(`${code}, hours: 09:00–12:00`, `${code}, hours: 12:00–13:00`), []);
    assert.deepEqual(conflictOf(`${code}, hours: 09:00–12:01`, `${code}, hours: 12:00–13:00`), overlap);
    assert.deepEqual(
      conflictOf(`${code}, hours: 22:00–06:00, days: Mon`, `${code}, hours: 05:00–07:00, days: Tue`),
      overlap,
    );
    assert.deepEqual(
      conflictOf(`${code}, hours: 22:00–06:00, days: Mon`, `${code}, hours: 05:00–07:00, days: Mon`),
      [],
    );
    assert.deepEqual(conflictOf(code, 'name: Ben, by: code'), []);
  });

  it('may not be of one person with an app, nor with a fob, at one door', () => {
    const person = 'email: anna@example.com';
    assert.deepEqual(conflictOf(`name: A, by: app, ${person}`, `name: B, by: app, ${person}`), twice);
    assert.deepEqual(conflictOf(`name: A, by: app, ${person}`, 'name: B, by: app, email: Anna@Example.com'), twice);
    assert.deepEqual(
      conflictOf(
        `name: A, by: fob, ${person}, until: 2027-01-01 10:00`,
        `name: B, by: fob, ${person}, from: 2028-01-01 10:00`,
      ),
      twice,
    );
    assert.deepEqual(conflictOf(`name: A, by: app, ${person}`, `name: B, by: fob, ${person}`), []);
  });
});
