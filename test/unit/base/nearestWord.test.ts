import assert from 'node:assert/strict';
import { nearestWord } from '../../../src/base/nearestWord.ts';

const fruits = ['apple', 'banana', 'cherry', 'fig'];

describe('The nearest word', () => {
  it('has up to two letters too many, too few or wrong, in any case', () => {
    for (const word of ['apple', 'aple', 'appel', 'Apple', 'applied', 'aplpe'])
      assert.equal(nearestWord(word, fruits), 'apple');
    assert.equal(nearestWord('chery', fruits), 'cherry');
  });

  it('is none for what is too different, or shorter than the difference', () => {
    for (const word of ['', 'f', 'app', 'grape', 'bananarama']) assert.equal(nearestWord(word, fruits), undefined);
    assert.equal(nearestWord('apple', []), undefined);
  });

  it('is the one that differs least', () => {
    assert.equal(nearestWord('cat', ['cart', 'cat', 'bat']), 'cat');
    assert.equal(nearestWord('states', ['stat', 'state']), 'state');
  });
});
