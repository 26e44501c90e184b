import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { forIcons, forNotification, nameLength, safeText, textLength } from '../../../src/base/safeText.ts';

/** Strings as an attacker would write them: any code unit, and many of the characters that do something. */
const hostilePieces = [
  '\u202E',
  '\u2066',
  '\u200B',
  '\u200D',
  '\uFEFF',
  '\u0000',
  '\u0085',
  '\r\n',
  '\u2028',
  '\uD800',
  '\uDC00',
  '\uFE0F',
  '\u034F',
  '\u3164',
  '\u{E0041}',
  '\u{E0100}',
  '\u0301',
  '\u0600',
  '\uFFF9',
  '\u{1D165}',
  '\u1100',
  '\u1161',
  '\u{1F468}\u200D\u{1F469}',
  '🇩🇪',
  '[x](command:nuki.device.unlatch)',
  '$(lock)',
  '<script>',
  ' ',
  'Front door',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...hostilePieces), fc.string({ unit: 'binary', maxLength: 9 })), { maxLength: 60 })
  .map((pieces) => pieces.join(''));
const foreign = fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'grapheme' }));
const runs = { numRuns: 1_000 };

const graphemesOf = (text: string): number => [...new Intl.Segmenter('en').segment(text)].length;
/** What draws nothing, turns the direction of writing, or is half a character. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029]/u;

describe('safeText', () => {
  it('leaves no control, format, direction-changing or invisible character and no half of a pair', () => {
    fc.assert(
      fc.property(foreign, fc.integer({ min: 1, max: 80 }), (text, length) => {
        assert.doesNotMatch(safeText(text, length), unseen);
        assert.ok(safeText(text, length).isWellFormed());
      }),
      runs,
    );
  });

  it('is one line without spaces around it, no longer than it may be', () => {
    fc.assert(
      fc.property(foreign, fc.integer({ min: 1, max: 80 }), (text, length) => {
        const safe = safeText(text, length);
        assert.ok(graphemesOf(safe) <= length, `${graphemesOf(safe)} > ${length}`);
        assert.ok(safe.length <= length * 16, 'one grapheme with endless accents');
        assert.equal(safe.trim(), safe);
      }),
      runs,
    );
  });

  it('does nothing to what it has made safe already', () => {
    fc.assert(
      fc.property(foreign, (text) => assert.equal(safeText(safeText(text)), safeText(text))),
      runs,
    );
  });

  const examples: readonly [what: string, foreign: string, safe: string][] = [
    ['keeps a plain name', 'Front door', 'Front door'],
    ['keeps letters of every script', 'Haustür Ωμέγα 玄関 مدخل', 'Haustür Ωμέγα 玄関 مدخل'],
    ['drops a soft hyphen between Latin letters', '\u00ADHaus\u00ADtür\u00A0', 'Haustür'],
    ['keeps a plain emoji', 'Home 🏠', 'Home 🏠'],
    ['takes the turned direction out', 'Front \u202Egnp.rood\u202C', 'Front gnp.rood'],
    ['takes isolates and marks out', '\u2066a\u2069\u200E\u200F\u061C', 'a'],
    ['takes zero-width characters out', 'Fr\u200Bont\u200D do\uFEFFor', 'Front door'],
    ['takes variation selectors and other fillers out', 'Front\uFE0F\u{E0100}\u034F\u3164 door', 'Front door'],
    ['makes one space of line breaks and tabs', 'a\r\n\tb\u2028c', 'a b c'],
    ['takes escape sequences out', '\u001B[31mred\u009B', '[31mred'],
    ['takes tags out', 'a\u{E0061}\u{E0062}', 'a'],
    ['takes the halves of pairs out', 'a\uD83Db\uDE00c', 'abc'],
    ['makes nothing of nothing but such', '\u200B\u202E\n', ''],
    ['takes annotation and number signs out', 'a\uFFF9b\uFFFB\u0600\u{110BD}c', 'abc'],
    ['shows a heap of accents as one unknown character', `Front a${'\u0301'.repeat(300)} door`, 'Front \uFFFD door'],
    ['shows a short heap as one too', `a${'\u0301'.repeat(20)} b`, '\uFFFD b'],
    ['shows a heap on a letter of another script as one too', `\u03C9${'\u0301'.repeat(20)}`, '\uFFFD'],
    [
      'keeps a letter of 16 code units, and none of 17',
      `q${'\u0301'.repeat(15)} q${'\u0301'.repeat(16)}`,
      `q${'\u0301'.repeat(15)} \uFFFD`,
    ],
    ['looks at no more than 16 code units for each character', `${'\u200B'.repeat(64 * 16)}door`, ''],
    ['writes one letter in one way', 'Cafe\u0301', 'Café'],
  ];
  for (const [what, text, safe] of examples) it(what, () => assert.equal(safeText(text), safe));

  it('cuts a name after 64 and a text after 200 graphemes, and says so by an ellipsis', () => {
    assert.equal(safeText('x'.repeat(64)), 'x'.repeat(64));
    assert.equal(safeText('x'.repeat(65)), `${'x'.repeat(63)}…`);
    assert.equal(safeText('ω'.repeat(64)), 'ω'.repeat(64));
    assert.equal(graphemesOf(safeText('é'.repeat(1_000), textLength)), textLength);
    assert.equal(nameLength, 64);
  });

  it('cuts between characters, not within them', () => {
    assert.equal(safeText('🇩🇪'.repeat(70)), `${'🇩🇪'.repeat(63)}…`);
    assert.ok(safeText(`a${'\u{1D165}'.repeat(20)}`).isWellFormed());
  });
});

describe('the encoder for icons', () => {
  it('leaves nothing that VS Code would take for an icon', () => {
    fc.assert(
      fc.property(foreign, (text) => assert.doesNotMatch(forIcons(safeText(text)), /\$\([a-z0-9~-]+\)/i)),
      runs,
    );
    assert.equal(forIcons('$(lock) a $(zap~spin)'), '$\u200A(lock) a $\u200A(zap~spin)');
  });

  it('leaves every other text alone', () => {
    assert.equal(forIcons('5 $ (cash)'), '5 $ (cash)');
  });
});

describe('the encoder for notifications', () => {
  it('never lets a text through that VS Code could make a link of', () => {
    fc.assert(
      fc.property(foreign, (text) =>
        assert.doesNotMatch(forNotification(safeText(text, textLength)), /\]\(|command:/i),
      ),
      runs,
    );
  });

  it('stays readable, with a hair space where a link would be', () => {
    assert.equal(forNotification('[CLICK](command:probe.mark)'), '[CLICK]\u200A(command\u200A:probe.mark)');
    assert.equal(forNotification('see COMMAND:x'), 'see COMMAND\u200A:x');
    assert.equal(forNotification('[a](https://evil.test)'), '[a]\u200A(https://evil.test)');
    assert.equal(forNotification('Front door [west] (upper)'), 'Front door [west] (upper)');
  });
});
