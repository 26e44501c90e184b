import assert from 'node:assert/strict';
import type { Entry } from '../../../../src/access/file/accessFile.ts';
import { readDays, readHours, readMoment } from '../../../../src/access/file/fileWords.ts';
import { partsOf, scheduleAt } from '../../../../src/access/file/scheduleOf.ts';

type Limits = Pick<Entry, 'days' | 'hours' | 'from' | 'until'>;

function limits(words: { days?: string; hours?: string; from?: string; until?: string }): Limits {
  return {
    days: readDays(words.days ?? 'Mon–Sun') ?? assert.fail(),
    hours: readHours(words.hours ?? ''),
    from: readMoment(words.from ?? ''),
    until: readMoment(words.until ?? ''),
  };
}

describe('scheduleAt', () => {
  it('has no limits where the file has none, whatever the zone', () => {
    assert.deepEqual(scheduleAt(limits({}), 0, undefined), { schedule: {} });
  });

  it('reads moments by the clock of the lock, to the second', () => {
    const stay = limits({ from: '2027-06-16 15:00', until: '2027-06-30 10:00:59' });
    assert.deepEqual(scheduleAt(stay, 0, 'Europe/Berlin'), {
      schedule: { allowedFromDate: '2027-06-16T13:00:00.000Z', allowedUntilDate: '2027-06-30T08:00:59.000Z' },
    });
    assert.deepEqual(scheduleAt(stay, 0, 'America/St_Johns'), {
      schedule: { allowedFromDate: '2027-06-16T17:30:00.000Z', allowedUntilDate: '2027-06-30T12:30:59.000Z' },
    });
  });

  it('never takes the time of a lock whose zone is unknown for UTC', () => {
    assert.deepEqual(scheduleAt(limits({ until: '2027-06-30 10:00' }), 0, undefined), {
      problem: { kind: 'zoneUnknown', field: 'until' },
    });
  });

  it('takes the one that is meant of a time that comes twice', () => {
    const at = (until: string) => scheduleAt(limits({ until }), 0, 'Europe/Berlin');
    assert.deepEqual(at('2027-10-31 02:30'), { problem: { kind: 'timeTwice', field: 'until' } });
    assert.deepEqual(at('2027-10-31 02:30 earlier'), { schedule: { allowedUntilDate: '2027-10-31T00:30:00.000Z' } });
    assert.deepEqual(at('2027-10-31 02:30:15 later'), { schedule: { allowedUntilDate: '2027-10-31T01:30:15.000Z' } });
  });

  it('says of a time that does not exist which is the next', () => {
    assert.deepEqual(scheduleAt(limits({ from: '2027-03-28 02:30' }), 0, 'Europe/Berlin'), {
      problem: { kind: 'timeSkipped', field: 'from', next: { date: '2027-03-28', time: '03:00' } },
    });
  });

  it('makes an evening and a morning of hours over midnight, the morning on the days after', () => {
    const nights = limits({ days: 'Fri–Sun', hours: '22:00–06:00', until: '2027-06-30 10:00' });
    const allowedUntilDate = '2027-06-30T08:00:00.000Z';
    assert.deepEqual(partsOf(nights), [0, 1]);
    assert.deepEqual(scheduleAt(nights, 0, 'Europe/Berlin'), {
      schedule: { allowedUntilDate, allowedWeekDays: 7, allowedFromTime: 1320, allowedUntilTime: 1439 },
    });
    assert.deepEqual(scheduleAt(nights, 1, 'Europe/Berlin'), {
      schedule: { allowedUntilDate, allowedWeekDays: 67, allowedFromTime: 0, allowedUntilTime: 360 },
    });
  });

  it('has one part where only the evening or the morning is left', () => {
    assert.deepEqual(partsOf(limits({ hours: '22:00–00:00' })), [0]);
    assert.deepEqual(partsOf(limits({ hours: '23:59–06:00' })), [1]);
    assert.deepEqual(partsOf(limits({ hours: '00:00–06:00' })), [0]);
    assert.throws(() => scheduleAt(limits({}), 1, undefined), RangeError);
  });
});
