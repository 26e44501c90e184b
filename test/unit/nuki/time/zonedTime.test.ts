import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { instantOf, wireInstant } from '../../../../src/nuki/time/instant.ts';
import { timeZones } from '../../../../src/nuki/time/timeZones.ts';
import {
  clockChangesBetween,
  clockReading,
  daysFrom,
  daysOn,
  offsetAt,
  resolveWallTime,
  wallTimeAt,
  type WallTime,
  type ZonedInstant,
} from '../../../../src/nuki/time/zonedTime.ts';
import vectors from '../../../fixtures/tz-vectors.json' with { type: 'json' };
import { lockClockAt } from '../lockClock.ts';

/** `2027-06-16T10:30:59` as the form has it, which knows no seconds. */
function wallIn(text: string): WallTime {
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

const withoutSeconds = (instant: string): string => `${instant.slice(0, 17)}00.000Z`;

describe('a time on the clock of a lock', () => {
  for (const vector of vectors.vectors) {
    const { id, zone, wall, status } = vector;
    it(`${id}: ${wall} in ${zone} is ${status}`, () => {
      const reading = resolveWallTime(wallIn(wall), zone);
      assert.equal(reading.kind, status);
      if (reading.kind === 'exact') {
        const exactly: ZonedInstant = reading;
        assert.deepEqual([exactly.instant, exactly.offset], [withoutSeconds(vector.expectedUtc ?? ''), vector.offset]);
        assert.equal(offsetAt(Date.parse(exactly.instant), zone), exactly.offset);
        assert.equal(lockClockAt(Date.parse(exactly.instant), zone).weekdayBit, vector.weekdayBit);
      } else if (reading.kind === 'overlap') {
        const { earlier, later } = reading;
        assert.deepEqual([earlier.instant, later.instant], [vector.earlierUtc, vector.laterUtc]);
        assert.deepEqual([earlier.offset, later.offset], vector.offsets);
        for (const disambiguation of ['earlier', 'later'] as const) {
          const { instant, offset }: ZonedInstant = reading[disambiguation];
          assert.deepEqual(wallTimeAt(Date.parse(instant), zone), { ...wallIn(wall), offset, disambiguation });
        }
      } else {
        assert.equal(reading.kind, 'gap');
        assert.deepEqual(reading.firstValid, wallIn(vector.firstValidWall ?? ''));
      }
    });
  }

  const nonsense: readonly (readonly [date: string, time: string])[] = [
    ['2027-02-29', '10:00'],
    ['2027-02-30', '10:00'],
    ['2027-04-31', '10:00'],
    ['2027-13-01', '10:00'],
    ['2027-00-10', '10:00'],
    ['2027-06-00', '10:00'],
    ['2027-06-16', '24:00'],
    ['2027-06-16', '10:60'],
    ['2027-06-16', '10:00:00'],
    ['2027-06-16', '9:00'],
    ['2027-06-16', ''],
    ['', '10:00'],
    ['27-06-16', '10:00'],
    ['+002027-06-16', '10:00'],
    ['2027-6-16', '10:00'],
    ['2027-06-16\n', '10:00'],
    ['2027-06-16', '10:00Z'],
    ['２０２７-06-16', '10:00'],
  ];
  for (const [date, time] of nonsense) {
    it(`${JSON.stringify(date)} ${JSON.stringify(time)} is none`, () => {
      assert.deepEqual(resolveWallTime({ date, time }, 'Europe/Berlin'), { kind: 'invalid' });
    });
  }

  it('is known on 29 February of a leap year', () => {
    assert.equal(resolveWallTime({ date: '2028-02-29', time: '10:00' }, 'Europe/Berlin').kind, 'exact');
  });

  it('needs a zone that there is', () => {
    assert.throws(() => resolveWallTime({ date: '2027-06-16', time: '10:00' }, 'Mars/Olympus'), RangeError);
  });
});

const zone = fc.constantFrom(...timeZones);
const minute = 60_000;
/** Whole minutes from 2024 to 2031. */
const instant = fc
  .integer({ min: Date.UTC(2024, 0, 1) / minute, max: Date.UTC(2032, 0, 1) / minute - 1 })
  .map((minutes) => minutes * minute);

/** The instant that a reading means, of two the one that the clock shows. */
function instantFor(shown: ReturnType<typeof wallTimeAt>, name: string): string {
  const reading = resolveWallTime(shown, name);
  if (reading.kind === 'exact') return reading.instant;
  assert.equal(reading.kind, 'overlap');
  assert.ok(shown.disambiguation);
  return reading[shown.disambiguation].instant;
}

describe('the clock changes between two instants', () => {
  it('are those of the zone, after the first instant', () => {
    const [from, until] = [Date.UTC(2027, 0, 1), Date.UTC(2027, 11, 31)];
    const changes = clockChangesBetween(from, until, 'Europe/Berlin').map(wireInstant);
    assert.deepEqual(changes, ['2027-01-01T00:00:00.000Z', '2027-03-28T01:00:00.000Z', '2027-10-31T01:00:00.000Z']);
    const spring = Date.UTC(2027, 2, 28, 1);
    assert.deepEqual(clockChangesBetween(from, spring, 'Europe/Berlin'), [from]);
    assert.deepEqual(clockChangesBetween(from, spring + 1, 'Europe/Berlin'), [from, spring]);
    assert.deepEqual(clockChangesBetween(from, until, 'Asia/Kolkata'), [from]);
  });
});

describe('an instant', () => {
  it('is found again from what the clock shows at it, in every zone', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => instantFor(wallTimeAt(at, name), name) === wireInstant(at)),
      { numRuns: 5_000 },
    );
  });

  it('is found again around every clock change of every zone, 2026 to 2028', () => {
    for (const name of timeZones) {
      const changed = daysFrom(Date.UTC(2026, 0, 1, 12), name, 3 * 365).filter((day) => day.stretches.length > 1);
      for (const at of changed.flatMap(({ stretches }) => stretches.map(({ from }) => from))) {
        for (const quarters of Array.from({ length: 17 }, (_, place) => place - 8)) {
          const near = at + quarters * 15 * minute;
          assert.equal(instantFor(wallTimeAt(near, name), name), wireInstant(near), name);
        }
      }
    }
  }).timeout(60_000);

  it('is read as it was written', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const written = wireInstant(at);
        assert.match(written, /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/);
        assert.equal(instantOf(written), at);
      }),
    );
  });

  it('shows the same clock to the form and to the weekly limits', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        const { date, time } = wallTimeAt(at, name);
        const { minute: minutes, weekdayBit } = lockClockAt(at, name);
        assert.deepEqual(clockReading(at, name), { instant: at, minute: minutes, weekdayBit });
        assert.equal(Number(time.slice(0, 2)) * 60 + Number(time.slice(3)), minutes);
        assert.equal(weekdayBit, 64 >> ((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7));
      }),
    );
  });
});

describe('a day', () => {
  it('runs evenly from 00:00 to 24:00 but on a day with a clock change', () => {
    const [saturday, sunday] = daysFrom(Date.parse('2027-03-27T12:00Z'), 'Europe/Berlin', 2);
    assert.deepEqual(
      [saturday?.date, saturday?.weekdayBit, sunday?.date, sunday?.weekdayBit],
      ['2027-03-27', 2, '2027-03-28', 1],
    );
    const minutesOf = (day = saturday) =>
      day?.stretches.map(({ fromMinute, untilMinute }) => [fromMinute, untilMinute]);
    assert.deepEqual(minutesOf(saturday), [[0, 1_440]]);
    assert.deepEqual(minutesOf(sunday), [
      [0, 120],
      [180, 1_440],
    ]);
  });

  it('begins at 01:00 where there is no midnight', () => {
    const [day] = daysFrom(Date.parse('2027-09-05T12:00Z'), 'America/Santiago', 1);
    assert.deepEqual(day?.stretches, [
      {
        from: Date.parse('2027-09-05T04:00Z'),
        until: Date.parse('2027-09-06T03:00Z'),
        fromMinute: 60,
        untilMinute: 1_440,
      },
    ]);
  });

  it('begins where the last one ended, and its clock shows what the stretch says, in every zone', () => {
    for (const name of timeZones) {
      const days = daysFrom(Date.UTC(2027, 0, 1, 12), name, 365);
      assert.deepEqual(daysOn(days[0]?.date ?? '', name, 365), days);
      const all = days.flatMap(({ stretches }) => stretches);
      assert.deepEqual(
        all.slice(1).map(({ from }) => from),
        all.slice(0, -1).map(({ until }) => until),
      );
      for (const { date, weekdayBit, stretches } of days) {
        for (const { from, until, fromMinute, untilMinute } of stretches) {
          assert.equal(wallTimeAt(from, name).date, date);
          assert.deepEqual(lockClockAt(from, name), { weekdayBit, minute: fromMinute });
          assert.deepEqual(lockClockAt(until - 1, name), { weekdayBit, minute: untilMinute - 1 });
        }
      }
    }
  }).timeout(60_000);
});
