import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  deviceIdOf,
  deviceIdSuffix,
  hexOfDeviceId,
  isUsableDeviceId,
  readDeviceId,
  typeOfDeviceId,
} from '../../../src/nuki/deviceId.ts';

/** Published ids: Nuki's guide, production payloads and posts. */
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
      const bare = Number.parseInt(hex, 16);
      assert.equal(deviceIdOf(type, bare), id);
      assert.ok(readDeviceId(hex).some((reading) => reading.type === undefined && reading.bare === bare));
      for (const text of [String(id), `${type}${hex}`, `0x${type}${hex}`, ` ${type}${hex.toLowerCase()}\n`]) {
        assert.deepEqual(
          readDeviceId(text).map((reading) => [reading.type, reading.bare]),
          [[type, bare]],
          text,
        );
      }
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
    it(`${id} is none`, () => assert.equal(isUsableDeviceId(id), false));
  }

  it('2⁵³ − 1 is the last', () => assert.equal(isUsableDeviceId(Number.MAX_SAFE_INTEGER), true));

  it('is read back from each of its spellings, for all types', () => {
    const parts = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 0xff_ff_ff_ff }));
    fc.assert(
      fc.property(parts, ([type, bare]) => {
        const id = deviceIdOf(type, bare);
        const hex = hexOfDeviceId(id);
        const typed = { type: type === 0 ? undefined : type, bare };
        for (const text of [String(id), `0x${type}${hex}`, `${type}${hex}`]) {
          assert.ok(
            readDeviceId(text).some((reading) => reading.type === typed.type && reading.bare === bare),
            text,
          );
        }
        assert.ok(
          readDeviceId(hex).some((reading) => reading.type === undefined && reading.bare === bare),
          hex,
        );
      }),
    );
  });

  it('of eight decimal digits can be hexadecimal too', () => {
    assert.deepEqual(readDeviceId('12345678'), [
      { notation: 'integer', type: undefined, bare: 12_345_678 },
      { notation: 'hex', type: undefined, bare: 0x12_34_56_78 },
    ]);
    assert.deepEqual(readDeviceId('01234567'), [{ notation: 'hex', type: undefined, bare: 0x01_23_45_67 }]);
  });

  it('of the guide has the prefix 5, not the 0 of its second table', () => {
    assert.deepEqual(readDeviceId('51A2B3C4D'), [{ notation: 'hex', type: 5, bare: 0x1a_2b_3c_4d }]);
    assert.deepEqual(readDeviceId('439041101').at(0), { notation: 'integer', type: undefined, bare: 439_041_101 });
  });

  it('is exact up to 2⁵³ − 1, and refused beyond', () => {
    const [last] = readDeviceId('9007199254740991');
    assert.equal(deviceIdOf(last?.type ?? 0, last?.bare ?? 0), Number.MAX_SAFE_INTEGER);
    for (const text of ['9007199254740992', '9007199254740993', '9223372036854775808', '0x20000000000001']) {
      assert.deepEqual(
        readDeviceId(text).filter(({ notation }) => notation === 'integer' || text.startsWith('0x')),
        [],
        text,
      );
    }
  });

  for (const text of [
    '',
    '0',
    '0x',
    '-1',
    '1.5',
    '0x100000000',
    '4294967296',
    'xyz',
    '1A2B 3C4D',
    '12345678901234567',
  ]) {
    it(`"${text}" is none`, () => assert.deepEqual(readDeviceId(text), []));
  }
});
