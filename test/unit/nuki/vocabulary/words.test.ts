import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { kinds } from '../../../../src/nuki/vocabulary/kinds.ts';
import { kindWords } from '../../../../src/nuki/vocabulary/kindWords.ts';
import * as words from '../../../../src/nuki/vocabulary/words.ts';
import { word, type Vocabulary } from '../../../../src/nuki/vocabulary/words.ts';

const ofKinds = Object.values(kinds).flatMap(({ modes, states }) => [modes, ...Object.values(states)]);
const ofKindWords = Object.values(kindWords).flatMap((each) => [each.triggers, each.lastActions, each.logActions]);
const vocabularies: readonly Vocabulary[] = [
  ...ofKinds,
  ...ofKindWords,
  ...Object.values(words).filter((value): value is Vocabulary => typeof value === 'object'),
];

describe('a word', () => {
  it('of an unknown number keeps the number', () => {
    assert.ok(vocabularies.length > 30);
    for (const vocabulary of vocabularies) {
      for (let code = 0; code < 256; code += 1) {
        const said = word(vocabulary, code, inEnglish);
        assert.equal(said, vocabulary[code] ?? `unknown (${code})`);
      }
      assert.equal(word(vocabulary, -1, inEnglish), 'unknown (-1)');
      assert.equal(word(vocabulary, 2 ** 40, inEnglish), 'unknown (1099511627776)');
    }
  });

  it('of nothing is a dash', () => assert.equal(word(words.serverStates, undefined, inEnglish), '–'));

  it("is in the reader's language, the unknown ones too", () => {
    const inCapitals = (sentence: string, ...values: (string | number)[]): string =>
      inEnglish(sentence.toUpperCase(), ...values);
    assert.equal(word(words.serverStates, 4, inCapitals), 'OFFLINE');
    assert.equal(word(words.serverStates, 77, inCapitals), 'UNKNOWN (77)');
  });

  it('is never empty and holds no place for a value', () => {
    for (const said of vocabularies.flatMap((vocabulary) => Object.values(vocabulary))) assert.match(said, /^[^{}]+$/);
  });

  it('locked stands for one number of one field only', () => {
    const locked = vocabularies.filter((vocabulary) => Object.values(vocabulary).includes('locked'));
    for (const vocabulary of locked) assert.deepEqual(vocabulary, { 1: 'locked' });
  });

  it('success of an attempt is 0 and nothing else', () => {
    assert.equal(words.completionStates[0], 'success');
    const others = Object.entries(words.completionStates).filter(([code]) => code !== '0');
    assert.ok(others.every(([, said]) => said !== 'success'));
    assert.ok(Object.values(words.tapToUnlockErrors).every((said) => said !== 'success'));
  });
});
