import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { nextDays, opensAt, type OpenDay } from '../../../../src/nuki/authorization/openTimes.ts';
import type { Schedule } from '../../../../src/nuki/authorization/schedule.ts';
import { timeZones } from '../../../../src/nuki/time/timeZones.ts';
import { clockReading, wallTimeAt } from '../../../../src/nuki/time/zonedTime.ts';
import vectors from '../../../fixtures/tz-vectors.json' with { type: 'json' };
import { anyInstant, anySchedule } from '../anySchedule.ts';
import { isOpenAt, lockClockAt } from '../lockClock.ts';

const berlin = 'Europe/Berlin';
const at = (text: string): number => Date.parse(text);

/** Whether the day at `instant` shows the minute at it as one in which the door opens. */
function isShownOpenAt(schedule: Schedule, instant: number, zone: string): boolean {
  const [day] = nextDays(schedule, instant, zone, 1);
  const { minute } = lockClockAt(instant, zone);
  return day?.spans.some(({ from, until }) => minute >= from && minute < until) === true;
}

describe('a schedule opens', () => {
  for (const { id, zone, auth, instantUtc, expectActive, note } of vectors.windows) {
    it(`${id}: ${expectActive ? 'yes' : 'no'}: ${note}`, () => {
      assert.equal(isOpenAt(auth, at(instantUtc), zone), expectActive);
      assert.equal(opensAt(auth, clockReading(at(instantUtc), zone)), expectActive);
      assert.equal(isShownOpenAt(auth, at(instantUtc), zone), expectActive);
    });
  }

  it('always without limits, however the API says that there are none', () => {
    for (const none of [
      {},
      { allowedWeekDays: 127 },
      { allowedWeekDays: 0 },
      { allowedFromTime: 0, allowedUntilTime: 0 },
    ]) {
      assert.equal(isShownOpenAt(none, at('2027-06-16T23:59:59.999Z'), berlin), true);
    }
  });

  it('never within a date that cannot be read, nor for hours over midnight', () => {
    const now = at('2027-06-16T21:00Z');
    assert.equal(isShownOpenAt({ allowedFromDate: '2020-02-30T00:00Z' }, now, berlin), false);
    assert.equal(isShownOpenAt({ allowedUntilDate: '2099-01-01' }, now, berlin), false);
    assert.equal(isShownOpenAt({ allowedFromTime: 1_320, allowedUntilTime: 360 }, now, berlin), false);
  });
});

describe('the next days', () => {
  const minutes = ({ spans }: OpenDay) => spans.map(({ from, until }) => [from, until]);

  it('show weekdays and hours inside the dates, each day whole', () => {
    const schedule = {
      allowedFromDate: '2027-06-14T08:00:00.000Z', // Monday 10:00
      allowedUntilDate: '2027-06-17T10:30:00.000Z', // Thursday 12:30
      allowedWeekDays: 0b1011111,
      allowedFromTime: 540,
      allowedUntilTime: 1_020,
    };
    const days = nextDays(schedule, at('2027-06-14T20:00Z'), berlin, 5);
    assert.deepEqual(
      days.map(({ date, weekdayBit }) => [date, weekdayBit]),
      [
        ['2027-06-14', 64],
        ['2027-06-15', 32],
        ['2027-06-16', 16],
        ['2027-06-17', 8],
        ['2027-06-18', 4],
      ],
    );
    assert.deepEqual(days.map(minutes), [[[600, 1_020]], [], [[540, 1_020]], [[540, 750]], []]);
    assert.ok(days.every(({ clockChanges }) => clockChanges.length === 0));
  });

  it('are those of the lock, not of the reader', () => {
    const now = at('2027-06-16T10:30Z');
    assert.equal(nextDays({}, now, 'Pacific/Pago_Pago', 1)[0]?.date, '2027-06-15');
    assert.equal(nextDays({}, now, 'Pacific/Auckland', 1)[0]?.date, '2027-06-16');
  });

  it('leave out the hours that a clock skips, and name them', () => {
    const [day] = nextDays({ allowedFromTime: 90, allowedUntilTime: 240 }, at('2027-03-28T12:00Z'), berlin, 1);
    assert.ok(day);
    assert.deepEqual(minutes(day), [
      [90, 120],
      [180, 240],
    ]);
    assert.deepEqual(day.clockChanges, [{ kind: 'gap', from: 120, until: 180 }]);
    const [skipped] = nextDays({ allowedFromTime: 150, allowedUntilTime: 180 }, at('2027-03-28T12:00Z'), berlin, 1);
    assert.deepEqual(skipped?.spans, []);
  });

  it('name the hours that a clock shows twice, and show them once', () => {
    const [day] = nextDays({ allowedFromTime: 90, allowedUntilTime: 240 }, at('2027-10-31T12:00Z'), berlin, 1);
    assert.ok(day);
    assert.deepEqual(minutes(day), [[90, 240]]);
    assert.deepEqual(day.clockChanges, [{ kind: 'overlap', from: 120, until: 180 }]);
  });

  it('know days without a midnight, and evenings that come twice', () => {
    const [spring] = nextDays({}, at('2027-09-05T12:00Z'), 'America/Santiago', 1);
    assert.deepEqual(
      [spring?.spans, spring?.clockChanges],
      [[{ from: 60, until: 1_440 }], [{ kind: 'gap', from: 0, until: 60 }]],
    );
    const [autumn] = nextDays({}, at('2027-10-28T12:00Z'), 'Africa/Cairo', 1);
    assert.deepEqual(
      [autumn?.spans, autumn?.clockChanges],
      [[{ from: 0, until: 1_440 }], [{ kind: 'overlap', from: 1_380, until: 1_440 }]],
    );
  });

  it('show a minute exactly when the door opens in it, in every zone', () => {
    fc.assert(
      fc.property(anySchedule, anyInstant, fc.constantFrom(...timeZones), (schedule, instant, zone) => {
        const [day] = nextDays(schedule, instant, zone, 1);
        assert.ok(day);
        assert.equal(day.date, wallTimeAt(instant, zone).date);
        const { minute } = lockClockAt(instant, zone);
        const isShown = isShownOpenAt(schedule, instant, zone);
        const comesTwice = day.clockChanges.some(
          ({ kind: is, from, until }) => is === 'overlap' && minute >= from && minute < until,
        );
        assert.equal(opensAt(schedule, clockReading(instant, zone)), isOpenAt(schedule, instant, zone));
        if (isOpenAt(schedule, instant, zone)) assert.ok(isShown);
        else if (!comesTwice) assert.ok(!isShown);
      }),
      { numRuns: 3_000 },
    );
  });
});
