import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { age, clockMinute, dateAndMinute, dayOrMinute, moment } from '../../../../src/views/text/timeText.ts';

const second = 1_000;
const minute = 60 * second;
const now = Date.UTC(2026, 10, 23, 12);
const locale = { t: inEnglish, language: 'en' };

describe('an age', () => {
  for (const [elapsed, words] of [
    [-5 * minute, '0 sec ago'],
    [0, '0 sec ago'],
    [59_999, '59 sec ago'],
    [minute, '1 min ago'],
    [59 * minute + 59_999, '59 min ago'],
    [60 * minute, '1 hr ago'],
    [24 * 60 * minute, '1 day ago'],
    [400 * 24 * 60 * minute, '400 days ago'],
  ] as const) {
    it(`of ${elapsed} ms is "${words}"`, () => assert.equal(age(elapsed, locale), words));
  }

  it("is in the reader's language", () => {
    assert.equal(age(5 * minute, { ...locale, language: 'de' }), 'vor 5 Min.');
  });
});

describe('a time of the reader', () => {
  it('is by the clock of the reader, to the minute', () => {
    const local = new Date(now);
    const expected = `${String(local.getHours()).padStart(2, '0')}:${String(local.getMinutes()).padStart(2, '0')}`;
    assert.equal(clockMinute(now, locale), expected);
  });

  it('is midnight as 00:00, never 24:00', () => {
    const midnight = new Date(2026, 10, 23, 0, 5).getTime();
    assert.equal(clockMinute(midnight, locale), '00:05');
  });

  it('has its date where that is said, in the words of the language', () => {
    const at = new Date(2026, 10, 23, 14, 3).getTime();
    assert.equal(dateAndMinute(at, locale), '23 Nov 2026, 14:03');
    assert.equal(dateAndMinute(at, { ...locale, language: 'de' }), '23. Nov. 2026, 14:03');
  });

  it('has its date only where it is of another day, and the year of another one', () => {
    const read = new Date(2026, 10, 23, 0, 5).getTime();
    assert.equal(moment(new Date(2026, 10, 23, 23, 59, 7).getTime(), read, locale), '23:59:07');
    assert.equal(moment(new Date(2026, 10, 22, 23, 59, 7).getTime(), read, locale), '22 Nov, 23:59');
    assert.equal(moment(new Date(2025, 10, 23, 0, 5).getTime(), read, locale), '23 Nov 2025, 00:05');
    assert.equal(moment(new Date(2026, 0, 1, 9, 0).getTime(), read, { ...locale, language: 'de' }), '1. Jan., 09:00');
  });

  it('is the minute or the day alone in a row', () => {
    const read = new Date(2026, 10, 23, 0, 5).getTime();
    assert.equal(dayOrMinute(new Date(2026, 10, 23, 23, 59, 7).getTime(), read, locale), '23:59');
    assert.equal(dayOrMinute(new Date(2026, 10, 22, 23, 59, 7).getTime(), read, locale), '22 Nov');
    assert.equal(dayOrMinute(new Date(2025, 10, 22).getTime(), read, { ...locale, language: 'de' }), '22. Nov. 2025');
  });
});
