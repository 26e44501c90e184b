import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { randomInt } from '../../../../src/base/randomInt.ts';
import { generateKeypadCode, isKeypadCode } from '../../../../src/nuki/authorization/keypadCode.ts';

describe('a keypad code', () => {
  it('is six digits from 1 to 9 that do not begin with 12', () => {
    const sixDigits = fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(6, '0'));
    const withoutZero = sixDigits.map((text) => text.replaceAll('0', '7'));
    const with12 = withoutZero.map((text) => `12${text.slice(2)}`);
    fc.assert(
      fc.property(fc.oneof(sixDigits, withoutZero, with12), (text) => {
        assert.equal(isKeypadCode(text), !text.includes('0') && text.slice(0, 2) !== '12');
      }),
      { numRuns: 2_000 },
    );
    for (const text of ['111111', '119999', '131111', '211111', '999999']) assert.ok(isKeypadCode(text), text);
  });

  for (const text of [
    '',
    '98765',
    '9876543',
    '987650',
    '123456',
    '12',
    '98765a',
    '98765 ',
    '98765\n',
    '+98765',
    '９８７６５４',
    '٣٤٥٦٧٨',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(isKeypadCode(text), false));
  }
});

describe('a generated keypad code', () => {
  /** Digits from 1 to 9, drawn in this order, over and over. */
  const draws = (digits: string) => {
    let drawn = 0;
    return (max: number): number => {
      assert.equal(max, 9);
      return Number(digits[drawn++ % digits.length]) - 1;
    };
  };
  const none: ReadonlySet<string> = new Set();

  it('is six digits, each drawn from nine', () => {
    for (const code of ['111111', '131111', '358917', '999999']) {
      assert.equal(generateKeypadCode(none, draws(code)), code);
    }
  });

  it('is drawn again, all of it, where it would begin with 12 or is taken', () => {
    assert.equal(generateKeypadCode(new Set(['998877', '445566']), draws('123456998877445566345678111111')), '345678');
  });

  it('is a valid one and never a taken one, all digits alike', () => {
    const taken = new Set<string>();
    const count = new Map<string, number>();
    for (let codes = 0; codes < 9_000; codes += 1) {
      const code = generateKeypadCode(taken, randomInt) ?? '';
      assert.ok(isKeypadCode(code) && !taken.has(code), code);
      taken.add(code);
      for (const [place, digit] of code.split('').entries()) {
        const key = `${digit} at place ${place + 1}`;
        count.set(key, (count.get(key) ?? 0) + 1);
      }
    }
    // About 1,000 of each are expected, with a standard deviation of 30; a little less of 1 and 2 at the first places, where 12 is drawn again.
    assert.equal(count.size, 6 * 9);
    for (const [digit, times] of count) assert.ok(times > 750 && times < 1_250, `${times} times ${digit}`);
  });

  it('is none when all are taken', () => {
    assert.equal(generateKeypadCode({ has: () => true }, randomInt), undefined);
  });
});
