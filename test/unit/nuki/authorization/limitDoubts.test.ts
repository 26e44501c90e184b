import assert from 'node:assert/strict';
import { limitDoubts, widestLimits } from '../../../../src/nuki/authorization/limitDoubts.ts';
import type { DatedSchedule } from '../../../../src/nuki/authorization/schedule.ts';

const complete = {
  allowedFromDate: '2026-01-01T08:00:00.000Z',
  allowedUntilDate: '2027-06-30T16:00:00.000Z',
  allowedWeekDays: 124,
  allowedFromTime: 540,
  allowedUntilTime: 1_020,
};
const { allowedFromDate, allowedUntilDate } = complete;
const allDay = { allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 };

/** The doubts about a schedule in Berlin, and the most that a lock may make of it. */
function doubtsAbout(schedule: DatedSchedule) {
  const doubts = limitDoubts(schedule, 'Europe/Berlin');
  return { doubts, widest: widestLimits(schedule, doubts) };
}

describe('what a lock makes of limits', () => {
  it('is known of complete ones, of one with an open end, and where there are none', () => {
    const { allowedUntilDate: _, ...open } = complete;
    for (const limits of [complete, open, {}, { allowedWeekDays: 127 }, { allowedFromTime: 0, allowedUntilTime: 0 }]) {
      const { doubts, widest } = doubtsAbout(limits);
      assert.deepEqual(doubts, []);
      assert.deepEqual(JSON.parse(JSON.stringify(widest)), limits);
    }
  });

  it('may be nothing where one is missing that limits something', () => {
    const dates = { allowedFromDate, allowedUntilDate };
    const { allowedFromDate: _, ...startless } = complete;
    for (const limits of [
      dates,
      startless,
      { allowedWeekDays: 124 },
      { allowedFromTime: 540, allowedUntilTime: 600 },
    ]) {
      assert.deepEqual(doubtsAbout(limits), { doubts: ['incompleteLimits'], widest: {} });
    }
    assert.deepEqual(doubtsAbout({ allowedFromDate, creationDate: '2026-01-02T08:00:00.000Z' }).doubts, []);
  });

  it('may be anything on its days and those after where hours end before they start', () => {
    const night = { ...complete, allowedFromTime: 1_320, allowedUntilTime: 360 };
    assert.deepEqual(doubtsAbout(night), {
      doubts: ['unclearHours'],
      widest: { allowedFromDate, allowedUntilDate, allowedWeekDays: 126 },
    });
    assert.equal(doubtsAbout({ ...night, allowedWeekDays: 1 }).widest.allowedWeekDays, 65);
    assert.deepEqual(doubtsAbout({ ...complete, allowedFromTime: 540, allowedUntilTime: 540 }).doubts, [
      'unclearHours',
    ]);
  });

  it('may be anything where a date cannot be read, or the end is before the start, the creation or any lock', () => {
    for (const dates of [
      { allowedFromDate: 'soon' },
      { allowedUntilDate: '2027-02-30T00:00:00Z' },
      { allowedUntilDate: '2025-06-30T16:00:00.000Z' },
      { allowedUntilDate: '1970-01-01T00:00:00.000Z' },
      { creationDate: '2028-01-01T00:00:00.000Z' },
    ]) {
      const { doubts, widest } = doubtsAbout({ ...complete, ...dates });
      assert.deepEqual(doubts, ['unclearDates']);
      assert.deepEqual(widest, { allowedWeekDays: 124, allowedFromTime: 540, allowedUntilTime: 1_020 });
    }
  });

  it('depends on the clock of the lock, which may not be known', () => {
    assert.deepEqual(limitDoubts({ allowedFromDate, allowedUntilDate, ...allDay }, undefined), []);
    const limits = limitDoubts(complete, undefined);
    assert.deepEqual(limits, ['unknownZone']);
    assert.deepEqual(widestLimits(complete, limits), { allowedFromDate, allowedUntilDate });
  });
});
