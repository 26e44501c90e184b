import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatVersion, isVersionNumber, readVersion } from '../../../src/nuki/firmwareVersion.ts';

describe('a firmware version', () => {
  for (const [version, shown] of [
    [133_135, '2.8.15'],
    [199_175, '3.10.7'],
    [329_988, '5.9.4'],
    [0, '0.0.0'],
  ] as const) {
    it(`${version} is ${shown}`, () => {
      assert.equal(formatVersion(version), shown);
      assert.equal(readVersion(shown), version);
    });
  }

  it('is read back from its words, whatever its number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (version) => {
        assert.equal(isVersionNumber(version), true);
        assert.equal(readVersion(formatVersion(version)), version);
        assert.equal(readVersion(` v${formatVersion(version)}\n`), version);
      }),
    );
  });

  for (const text of ['', '5', '5.9', '5.256.0', '5.0.256', '65536.0.0', '5.9.4.1', '-1.0.0', '5.9.x']) {
    it(`"${text}" is none`, () => assert.equal(readVersion(text), undefined));
  }

  for (const number of [-1, 0.5, 2 ** 32, Number.NaN]) {
    it(`${number} is no number of one`, () => assert.equal(isVersionNumber(number), false));
  }
});
