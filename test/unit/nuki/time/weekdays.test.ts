import assert from 'node:assert/strict';
import { isEveryDay, readWeekdays, weekdaysInWords, weekdaysOf } from '../../../../src/nuki/time/weekdays.ts';

// Nuki guide, "Weekdays", written out a second time.
const guide = [
  ['Mon', 64],
  ['Tue', 32],
  ['Wed', 16],
  ['Thu', 8],
  ['Fri', 4],
  ['Sat', 2],
  ['Sun', 1],
] as const;
const masks = Array.from({ length: 128 }, (_, mask) => mask);

/** Reads `Mon–Wed, Fri` back into a mask. */
function maskIn(words: string): number {
  const names = guide.map(([name]): string => name);
  return words
    .split(', ')
    .filter(Boolean)
    .flatMap((run) => {
      const [first = '', last = first] = run.split('–');
      return guide.slice(names.indexOf(first), names.indexOf(last) + 1).map(([, bit]): number => bit);
    })
    .reduce((mask, bit) => mask + bit, 0);
}

describe('weekdays', () => {
  it('are the right ones for all 128 masks', () => {
    for (const mask of masks) {
      const days = guide.flatMap(([, bit], day) => (Math.floor(mask / bit) % 2 === 1 ? [day] : []));
      assert.deepEqual(weekdaysOf(mask), days, `mask ${mask}`);
    }
  });

  it('in words say exactly their mask, for all 128', () => {
    for (const mask of masks) assert.equal(maskIn(weekdaysInWords(mask, 'en-GB')), mask, `mask ${mask}`);
  });

  it('are joined from three days on', () => {
    assert.equal(weekdaysInWords(124, 'en-GB'), 'Mon–Fri');
    assert.equal(weekdaysInWords(72, 'en-GB'), 'Mon, Thu');
    assert.equal(weekdaysInWords(96, 'en-GB'), 'Mon, Tue');
    assert.equal(weekdaysInWords(0b1110101, 'en-GB'), 'Mon–Wed, Fri, Sun');
    assert.equal(weekdaysInWords(127, 'de'), 'Mo–So');
  });

  it('127, 0 and no mask at all leave no day out', () => {
    for (const mask of [undefined, 0, 127]) assert.equal(isEveryDay(mask), true);
    for (const mask of masks.slice(1, 127)) assert.equal(isEveryDay(mask), false);
  });

  it('are read from their mask and from their words, for all 128', () => {
    for (const mask of masks) {
      assert.equal(readWeekdays(String(mask), 'en'), mask);
      assert.equal(readWeekdays(`0b${mask.toString(2)}`, 'en'), mask);
      for (const language of mask === 0 ? [] : ['en-GB', 'de', 'fr']) {
        assert.equal(readWeekdays(weekdaysInWords(mask, language), language), mask, weekdaysInWords(mask, language));
      }
    }
  });

  for (const [text, mask] of [
    ['monday wednesday', 80],
    ['Mo-Fr', 124],
    ['Mon .. Wed', 112],
    ['Sat–Mon', 67],
    ['fri', 4],
    ['We, We', 16],
    ['Di und', undefined],
    ['Mon–Foo', undefined],
    ['Mon–', undefined],
    ['Montag', undefined],
    ['m', undefined],
    ['Mon–Wed–Fri', undefined],
    ['128', undefined],
    ['-1', undefined],
    ['', undefined],
  ] as const) {
    it(`"${text}" is ${mask ?? 'none'} in English`, () => assert.equal(readWeekdays(text, 'en'), mask));
  }

  it('are read in the own language and in English', () => {
    assert.equal(readWeekdays('Montag, Di', 'de'), 96);
    assert.equal(readWeekdays('Mi–Fr', 'de'), 28);
    assert.equal(readWeekdays('Tue', 'de'), 32);
  });
});
