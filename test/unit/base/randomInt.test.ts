import assert from 'node:assert/strict';
import { randomInt } from '../../../src/base/randomInt.ts';

describe('a random whole number', () => {
  it('is from 0 to below its bound, whatever that is', () => {
    for (const max of [1, 2, 10, 524_880, 2 ** 31 + 1, 2 ** 32]) {
      for (let round = 0; round < 200; round += 1) {
        const number = randomInt(max);
        assert.ok(Number.isInteger(number) && number >= 0 && number < max, `${number} of ${max}`);
      }
    }
  });

  it('is drawn again where the source is past the last whole multiple of its bound, so that none is likelier', () => {
    const drawn = [2 ** 32 - 1, 4_294_967_290, 4_294_967_289];
    const { crypto } = globalThis;
    const getRandomValues = (): Uint32Array => Uint32Array.of(drawn.shift() ?? 0);
    Object.defineProperty(globalThis, 'crypto', { configurable: true, value: { getRandomValues } });
    try {
      assert.equal(randomInt(10), 9);
    } finally {
      Object.defineProperty(globalThis, 'crypto', { configurable: true, value: crypto });
    }
  });

  it('comes to every number in time', () => {
    const seen = new Set(Array.from({ length: 1_000 }, () => randomInt(10)));
    assert.equal(seen.size, 10);
  });
});
