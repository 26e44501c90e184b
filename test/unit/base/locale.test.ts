import assert from 'node:assert/strict';
import { inEnglish } from '../../../src/base/locale.ts';

describe('inEnglish', () => {
  it('puts each value in its place, as often as it is named', () => {
    assert.equal(inEnglish('{1} of {0}, {1}', 200, 'five'), 'five of 200, five');
  });

  it('leaves a place without a value as it is', () => {
    assert.equal(inEnglish('{0} and {1}', 'a'), 'a and {1}');
  });

  it('takes values as they are: a placeholder in a value is text', () => {
    assert.equal(inEnglish('{0} {1}', '{1}', '$&'), '{1} $&');
  });
});
