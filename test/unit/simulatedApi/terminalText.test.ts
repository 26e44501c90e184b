import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cellsOf, cutTo, fit, fitPath, plain, styled, wrapped } from '../../../src/simulatedApi/terminalText.ts';

/** What a terminal would obey: escape sequences in seven and in eight bits, controls, and marks that turn the direction of writing. */
const obeyed = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '\u001B[2J',
        '\u001B]0;title\u0007',
        '\u009B31m',
        '\r\n',
        '\u202E',
        '\u0008',
        '界',
        '🚪',
        'e\u0301',
        'a',
      ),
    )
    .map((parts) => parts.join('')),
);

describe('text in a terminal', () => {
  it('holds nothing that a terminal obeys, whatever it was', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, cells) => {
        for (const shown of [plain(text), fit(text, cells), fitPath(text, cells), ...wrapped(text, cells)]) {
          assert.doesNotMatch(shown, obeyed);
        }
      }),
    );
  });

  it('fills exactly the cells that it was given', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, cells) => {
        assert.equal(cellsOf(fit(text, cells)), cells);
        assert.equal(cellsOf(fitPath(text, cells)), cells);
      }),
    );
  });

  it('counts letters of East Asia and emoji as two cells', () => {
    assert.deepEqual(['a', 'é', 'е\u0301', 'ß', '界', 'ｱ', '한', '🚪', '✓'].map(cellsOf), [1, 1, 1, 1, 2, 1, 2, 2, 1]);
    assert.equal(cutTo('世界の扉', 5), '世界…');
  });

  it('leaves both ends of a path that is too long', () => {
    assert.equal(fitPath('/smartlock/17179869184/auth/5f1a2b', 16), '/smartl…h/5f1a2b');
    assert.equal(fitPath('/account', 12), '/account    ');
  });

  it('breaks a sentence between words, and leaves a longer word whole', () => {
    assert.deepEqual(wrapped('one two three', 7), ['one two', 'three']);
    assert.deepEqual(wrapped('unbreakable', 4), ['unbreakable']);
    assert.deepEqual(wrapped('', 4), ['']);
  });

  it('ends each style where it was begun', () => {
    assert.equal(styled('bad', 'lost'), '\u001B[31mlost\u001B[0m');
  });
});
