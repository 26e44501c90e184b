import assert from 'node:assert/strict';
import {
  generateKeypadCode,
  isKeypadCode,
  keypadCodeAt,
  keypadCodeCount,
  keypadCodeProblem,
  placeOfKeypadCode,
} from '../../../../src/nuki/authorization/keypadCode.ts';

/** Every six-digit number that the guide allows, in order: the rule, written out a second time. */
const allCodes = Array.from({ length: 1_000_000 }, (_, number) => String(number).padStart(6, '0')).filter(
  (text) => !text.includes('0') && text.slice(0, 2) !== '12',
);

describe('a keypad code', () => {
  it('is what the rule allows, for all 1,000,000 six-digit numbers', () => {
    const allowed = new Set(allCodes);
    for (let number = 0; number < 1_000_000; number += 1) {
      const text = String(number).padStart(6, '0');
      if (isKeypadCode(text) !== allowed.has(text)) assert.fail(text);
    }
    assert.equal(allowed.size, 524_880);
    assert.equal(keypadCodeCount, 524_880);
  });

  const wrong = [
    ['', 'length'],
    ['98765', 'length'],
    ['9876543', 'length'],
    ['987650', 'zero'],
    ['123456', 'prefix'],
    ['12', 'prefix'],
    ['98765a', 'digits'],
    ['98765 ', 'digits'],
    ['98765\n', 'digits'],
    ['+98765', 'digits'],
    ['９８７６５４', 'digits'],
    ['٣٤٥٦٧٨', 'digits'],
  ] as const;
  for (const [text, problem] of wrong) {
    it(`${JSON.stringify(text)} is none: ${problem}`, () => {
      assert.equal(keypadCodeProblem(text), problem);
      assert.equal(isKeypadCode(text), false);
    });
  }

  it('and its place are one to one, for all of them', () => {
    for (const [place, code] of allCodes.entries()) {
      if (keypadCodeAt(place) !== code || placeOfKeypadCode(code) !== place) assert.fail(code);
    }
  });
});

describe('a generated keypad code', () => {
  const first = (): number => 0;
  const last = (max: number): number => max - 1;

  it('is the last free one, wherever that is', () => {
    for (const free of ['111111', '119999', '131111', '999999']) {
      const taken = new Set(allCodes);
      taken.delete(free);
      assert.equal(generateKeypadCode(taken, first), free);
    }
  });

  it('is none when all are taken', () => {
    assert.equal(generateKeypadCode(new Set(allCodes), first), undefined);
  });

  it('is each free one exactly once, over all that chance can say', () => {
    const taken = new Set(['111111', '111112', '119999', '131111', '555555', '555556', '999999']);
    const free = allCodes.filter((code) => !taken.has(code));
    for (const [chance, code] of free.entries()) {
      const max = (of: number): number => (of === free.length ? chance : Number.NaN);
      if (generateKeypadCode(taken, max) !== code) assert.fail(code);
    }
  });

  it('does not count what is taken but no code', () => {
    const taken = new Set(['000000', '123456', '', 'x', '999999']);
    assert.equal(generateKeypadCode(taken, last), '999998');
    assert.equal(generateKeypadCode(taken, first), '111111');
  });
});
