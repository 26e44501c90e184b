import assert from 'node:assert/strict';
import { isSameSecret } from '../../../src/base/sameSecret.ts';

describe('isSameSecret', () => {
  it('is true of equal texts alone', () => {
    const texts = ['', 'a', 'b', 'ab', 'ba', 'abc', 'abd', 'xbc', 'a\0', '\0', 'ä', '🔑'];
    for (const one of texts) {
      for (const other of texts) assert.equal(isSameSecret(one, other), one === other, JSON.stringify([one, other]));
    }
  });
});
