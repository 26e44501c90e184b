import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { deviceIdSuffix, hexOfDeviceId, isUsableDeviceId, typeOfDeviceId } from '../../../src/nuki/deviceId.ts';

/** Published ids: Nuki's guide, production payloads and posts, by facts.md 1.2. */
const published: readonly [id: number, type: number, hex: string][] = [
  [21_913_877_581, 5, '1A2B3C4D'],
  [22_743_921_015, 5, '4BA4B177'],
  [22_658_018_207, 5, '4685EB9F'],
  [18_144_654_068, 4, '398172F4'],
  [18_205_286_116, 4, '3D1E9EE4'],
  [18_205_284_340, 4, '3D1E97F4'],
  [18_298_712_180, 4, '42B03074'],
  [18_233_733_061, 4, '3ED0AFC5'],
  [18_891_899_123, 4, '660B80F3'],
  [9_129_696_002, 2, '202C1B02'],
  [9_095_747_418, 2, '1E26175A'],
];

describe('a device id', () => {
  for (const [id, type, hex] of published) {
    it(`${id} is the ${hex} of type ${type}`, () => {
      assert.equal(hexOfDeviceId(id), hex);
      assert.equal(typeOfDeviceId(id), type);
      assert.equal(deviceIdSuffix(id), `…${hex.slice(-4)}`);
    });
  }

  it('is padded to eight digits, which other clients forget', () => {
    assert.equal(hexOfDeviceId(17_198_957_927), '01234567');
    assert.equal(hexOfDeviceId(1), '00000001');
    assert.equal(hexOfDeviceId(0xff_ff_ff_ff), 'FFFFFFFF');
  });

  it('is type × 2³² plus the hex digits, beyond what 32-bit operators hold', () => {
    const parts = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 0xff_ff_ff_ff }));
    fc.assert(
      fc.property(parts, ([type, bare]) => {
        const id = type * 2 ** 32 + bare;
        assert.equal(typeOfDeviceId(id), type);
        assert.equal(Number.parseInt(hexOfDeviceId(id), 16), bare);
        assert.equal(isUsableDeviceId(id), true);
      }),
    );
  });

  for (const id of [0, -1, 1.5, 2 ** 53, Number.NaN, Infinity, -Infinity]) {
    it(`R13: ${id} is none`, () => assert.equal(isUsableDeviceId(id), false));
  }

  it('R13: 2⁵³ − 1 is the last', () => assert.equal(isUsableDeviceId(Number.MAX_SAFE_INTEGER), true));
});
