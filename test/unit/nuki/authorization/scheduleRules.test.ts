import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  normalized,
  overnightHalves,
  scheduleNotes,
  scheduleProblems,
  type ScheduleProblem,
} from '../../../../src/nuki/authorization/scheduleRules.ts';
import type { Schedule } from '../../../../src/nuki/authorization/schedule.ts';
import { timeZones } from '../../../../src/nuki/time/timeZones.ts';
import vectors from '../../../fixtures/tz-vectors.json' with { type: 'json' };
import { anyInstant, anySchedule } from '../anySchedule.ts';
import { isOpenAt, lockClockAt } from '../lockClock.ts';

const now = Date.parse(vectors.meta.nowForValidation);
const berlin = vectors.meta.validationDeviceZone;

/** The first thing that is wrong, as a form would have it mended. */
function scheduleProblem(...asked: Parameters<typeof scheduleProblems>): ScheduleProblem | undefined {
  const { from, until, weekdays, hours } = scheduleProblems(...asked);
  return from ?? until ?? weekdays ?? hours;
}

/** A problem as the vectors call it: `until-before-from`. */
const dashed = (problem: string): string => problem.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe('a schedule', () => {
  for (const { input, expect } of vectors.validation) {
    it(`${JSON.stringify(input)} is ${expect}`, () => {
      const problem = scheduleProblem(input, now, berlin);
      if (expect.startsWith('ok')) {
        assert.equal(problem, undefined);
        assert.deepEqual(normalized(input), expect.startsWith('ok:omit') ? {} : input);
      } else {
        assert.equal(`error:${dashed(problem ?? '')}`, expect);
      }
    });
  }

  const noon = '2027-06-02T12:00:00.000Z';
  const wrong: readonly (readonly [problem: ScheduleProblem, schedule: Schedule])[] = [
    ['format', { allowedFromDate: 'tomorrow' }],
    ['format', { allowedUntilDate: '2027-06-02' }],
    ['noSuchDate', { allowedUntilDate: '2027-06-31T10:00:00.000Z' }],
    ['noSuchDate', { allowedUntilDate: '2027-06-30T25:00:00.000Z' }],
    ['noSuchDate', { allowedUntilDate: '2027-06-31T10:00Z' }],
    ['noSuchDate', { allowedUntilDate: '2027-06-31T10:00:00Z' }],
    ['noSuchDate', { allowedUntilDate: '2027-06-31T10:00+02:00' }],
    ['noSuchDate', { allowedUntilDate: '2027-06-31T10:00-0330' }],
    ['format', { allowedUntilDate: 'on 2027-06-31T10:00Z' }],
    ['format', { allowedUntilDate: '2027-06-31T10:00Z or so' }],
    ['empty', { allowedFromDate: noon, allowedUntilDate: noon }],
    ['empty', { allowedFromDate: noon, allowedUntilDate: '2027-06-02T14:00+02:00' }],
    ['untilBeforeFrom', { allowedFromDate: noon, allowedUntilDate: '2027-01-01T12:00:00.000Z' }],
    ['alreadyExpired', { allowedUntilDate: vectors.meta.nowForValidation }],
    ['noDays', { allowedWeekDays: 0 }],
    ['unknownDays', { allowedWeekDays: 128 }],
    ['unknownDays', { allowedWeekDays: -1 }],
    ['integer', { allowedWeekDays: 64.5 }],
    ['integer', { allowedFromTime: 540, allowedUntilTime: Number.NaN }],
    ['oneTimeOnly', { allowedFromTime: 540 }],
    ['oneTimeOnly', { allowedUntilTime: 540 }],
    ['oneTimeOnly', { allowedFromTime: 0 }],
    ['minutesRange', { allowedFromTime: 540, allowedUntilTime: 1_440 }],
    ['minutesRange', { allowedFromTime: 0, allowedUntilTime: 1_440 }],
    ['sameTimes', { allowedFromTime: 540, allowedUntilTime: 540 }],
    ['overnight', { allowedFromTime: 1_320, allowedUntilTime: 0 }],
    // Noon is 14:00 in Berlin.
    ['neverActive', { allowedUntilDate: noon, allowedFromTime: 840, allowedUntilTime: 900, allowedWeekDays: 16 }],
    // The only Sunday within the dates skips the hours.
    [
      'neverActive',
      {
        allowedFromDate: '2028-03-25T12:00Z',
        allowedUntilDate: '2028-03-27T12:00Z',
        allowedWeekDays: 1,
        allowedFromTime: 120,
        allowedUntilTime: 180,
      },
    ],
    // It was Sunday within the dates, and is no more.
    [
      'neverActive',
      { allowedFromDate: '2027-05-29T12:00Z', allowedUntilDate: '2027-06-03T12:00Z', allowedWeekDays: 1 },
    ],
  ];
  for (const [problem, schedule] of wrong) {
    it(`${JSON.stringify(schedule)} is ${problem}`, () =>
      assert.equal(scheduleProblem(schedule, now, berlin), problem));
  }

  it('may open in a single minute', () => {
    const minute = { allowedUntilDate: noon, allowedFromTime: 839, allowedUntilTime: 840, allowedWeekDays: 16 };
    assert.equal(scheduleProblem(minute, now, berlin), undefined);
  });

  it('names everything that is wrong, each at its own limit', () => {
    const schedule = {
      allowedFromDate: 'x',
      allowedUntilDate: '2020-01-01T00:00Z',
      allowedWeekDays: 0,
      allowedFromTime: 1,
    };
    assert.deepEqual(scheduleProblems(schedule, now, berlin), {
      from: 'format',
      until: 'alreadyExpired',
      weekdays: 'noDays',
      hours: 'oneTimeOnly',
    });
  });

  it('is never active at its hours where it has no weekdays', () => {
    const schedule = { allowedFromDate: noon, allowedUntilDate: '2027-06-02T13:00:00.000Z' };
    const hours = { allowedFromTime: 540, allowedUntilTime: 600 };
    assert.deepEqual(scheduleProblems({ ...schedule, ...hours }, now, berlin), { hours: 'neverActive' });
    assert.deepEqual(scheduleProblems({ ...schedule, ...hours, allowedWeekDays: 16 }, now, berlin), {
      weekdays: 'neverActive',
    });
  });

  it('opens on the second Sunday where the first one skips the hours', () => {
    // The clock shows 02:30 on 19 March when it begins, skips the hours on the 26th and shows them on 2 April.
    const sundays = { allowedWeekDays: 1, allowedFromTime: 120, allowedUntilTime: 150 };
    const schedule = { ...sundays, allowedFromDate: '2028-03-19T01:30Z' };
    assert.equal(scheduleProblem({ ...schedule, allowedUntilDate: '2028-04-01T23:59Z' }, now, berlin), 'neverActive');
    for (const allowedUntilDate of ['2028-04-02T00:01Z', '2028-04-03T01:30Z', '2028-05-01T00:00Z'])
      assert.equal(scheduleProblem({ ...schedule, allowedUntilDate }, now, berlin), undefined);
  });

  it('has dates only where the zone of the lock is not known', () => {
    assert.equal(scheduleProblem({ allowedUntilDate: noon, allowedWeekDays: 127 }, now, undefined), undefined);
    assert.deepEqual(
      scheduleProblems({ allowedWeekDays: 64, allowedFromTime: 1, allowedUntilTime: 2 }, now, undefined),
      {
        weekdays: 'zoneUnknown',
        hours: 'zoneUnknown',
      },
    );
  });

  it('is not called never active when there is an instant to come at which it opens, in any zone', () => {
    let opened = 0;
    fc.assert(
      fc.property(anySchedule, anyInstant, anyInstant, fc.constantFrom(...timeZones), (schedule, one, other, zone) => {
        if (!isOpenAt(schedule, Math.max(one, other), zone)) return;
        opened += 1;
        assert.notEqual(scheduleProblem(schedule, Math.min(one, other), zone), 'neverActive');
      }),
      { numRuns: 5_000 },
    );
    assert.ok(opened > 100, `${opened} is too few to say anything`);
  });
});

describe('a schedule over midnight', () => {
  it('is an evening and the morning after it', () => {
    const schedule = { allowedUntilDate: 'x', allowedWeekDays: 64 + 1, allowedFromTime: 1_320, allowedUntilTime: 360 };
    assert.deepEqual(overnightHalves(schedule), [
      { allowedUntilDate: 'x', allowedWeekDays: 64 + 1, allowedFromTime: 1_320, allowedUntilTime: 1_439 },
      { allowedUntilDate: 'x', allowedWeekDays: 32 + 64, allowedFromTime: 0, allowedUntilTime: 360 },
    ]);
  });

  it('has no half that would be no limit', () => {
    assert.deepEqual(overnightHalves({ allowedFromTime: 1_320, allowedUntilTime: 0 }), [
      { allowedFromTime: 1_320, allowedUntilTime: 1_439 },
    ]);
    assert.deepEqual(overnightHalves({ allowedFromTime: 1_439, allowedUntilTime: 360 }), [
      { allowedFromTime: 0, allowedUntilTime: 360 },
    ]);
    assert.deepEqual(overnightHalves({ allowedFromTime: 540, allowedUntilTime: 1_020 }), []);
    assert.deepEqual(overnightHalves({}), []);
  });

  it('opens as its halves do, but for the minute from 23:59, and they may be sent', () => {
    const times = fc
      .tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 1_439 }))
      .filter(([from, until]) => from > until);
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 127 }), anyInstant, ([from, until], days, instant) => {
        const halves = overnightHalves({ allowedWeekDays: days, allowedFromTime: from, allowedUntilTime: until });
        for (const half of halves) assert.equal(scheduleProblem(half, now, berlin), undefined);
        const { weekdayBit, minute } = lockClockAt(instant, berlin);
        const dayBefore = weekdayBit === 64 ? 1 : weekdayBit * 2;
        const isMeant = minute >= from ? (days & weekdayBit) !== 0 : minute < until && (days & dayBefore) !== 0;
        const opens = halves.some((half) => isOpenAt(half, instant, berlin));
        assert.equal(opens, isMeant && minute !== 1_439);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the notes on a schedule', () => {
  const end = { allowedUntilDate: '2028-06-01T00:00:00.000Z' };
  const notesOf = (schedule: Schedule, zone = berlin) => scheduleNotes(schedule, now, zone);
  const hours = (from: number, until: number): Schedule => ({ ...end, allowedFromTime: from, allowedUntilTime: until });

  it('are none for what is plain', () => {
    assert.deepEqual(notesOf({ ...end, allowedFromDate: '2027-06-02T00:00Z', allowedWeekDays: 124 }), []);
    assert.deepEqual(notesOf({ ...end, ...hours(540, 1_020) }), []);
    assert.deepEqual(notesOf(hours(180, 240), 'Asia/Tokyo'), []);
  });

  it('name a start in the past and a missing end', () => {
    assert.deepEqual(notesOf({ ...end, allowedFromDate: '2027-05-31T00:00Z' }), [{ kind: 'startInPast' }]);
    assert.deepEqual(notesOf({}), [{ kind: 'noEnd' }]);
  });

  it('doubt weekdays and hours, but no dates, in the zones whose summer time Nuki has otherwise', () => {
    for (const zone of ['Africa/Cairo', 'America/Mexico_City']) {
      assert.deepEqual(notesOf({ ...end, allowedWeekDays: 64 }, zone), [{ kind: 'doubtfulZone' }]);
      assert.deepEqual(notesOf(hours(540, 600), zone), [{ kind: 'doubtfulZone' }]);
      assert.deepEqual(notesOf(end, zone), []);
    }
  });

  it('name the days on which the clock skips the hours, some of them, or shows them twice', () => {
    const twice = { kind: 'repeated', date: '2027-10-31' };
    assert.deepEqual(notesOf(hours(120, 180)), [
      { ...twice, from: 120, until: 180 },
      { kind: 'skipped', date: '2028-03-26', from: 120, until: 180 },
    ]);
    assert.deepEqual(notesOf(hours(150, 240)), [
      { ...twice, from: 150, until: 180 },
      { kind: 'shortened', date: '2028-03-26', from: 150, until: 180 },
    ]);
  });

  it('name no clock change outside the dates, the weekdays or the year', () => {
    assert.deepEqual(notesOf({ ...hours(120, 180), allowedWeekDays: 126 }), []);
    assert.deepEqual(notesOf({ ...hours(120, 180), allowedUntilDate: '2027-10-30T12:00Z' }), []);
    const later = { ...hours(120, 180), allowedFromDate: '2028-03-27T12:00Z' };
    assert.deepEqual(notesOf(later), []);
  });

  it('are found for anything, whatever is wrong with it', () => {
    for (const allowedFromDate of ['x', '9999-12-31T00:00Z']) {
      assert.doesNotThrow(() => notesOf({ ...hours(120, 180), allowedFromDate }));
    }
    fc.assert(fc.property(anySchedule, anyInstant, (schedule, at) => void scheduleNotes(schedule, at, berlin)));
  });
});
