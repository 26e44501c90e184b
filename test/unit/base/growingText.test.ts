import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { GrowingText } from '../../../src/base/growingText.ts';

describe('a growing text', () => {
  it('is what was appended, in UTF-8', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.nat(200_000), (pieces, length) => {
        const all = [...pieces, 'ü'.repeat(length), ...pieces];
        const text = new GrowingText();
        for (const piece of all) text.append(piece);
        assert.deepEqual(Buffer.from(text.bytes), Buffer.from(all.join(''), 'utf8'));
      }),
    );
  });
});
