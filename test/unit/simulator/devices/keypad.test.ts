import assert from 'node:assert/strict';
import { admits, verdictOn } from '../../../../src/simulator/devices/keypad.ts';
import type { AuthorizationJson, ScheduleJson } from '../../../../src/simulator/wire.ts';

const berlin = 37;
const newYork = 12;

const entry: AuthorizationJson = {
  id: 'a',
  smartlockId: 1,
  authId: 8192,
  type: 13,
  name: 'Baker',
  code: 333_444,
  enabled: true,
  remoteAllowed: false,
  lockCount: 0,
  creationDate: '2026-11-01T00:00:00.000Z',
};

/** Weekdays from 09:00 to 17:00 in December. */
const complete: ScheduleJson = {
  allowedFromDate: '2026-12-01T00:00:00.000Z',
  allowedUntilDate: '2026-12-31T00:00:00.000Z',
  allowedWeekDays: 124,
  allowedFromTime: 540,
  allowedUntilTime: 1020,
};

const opens = (limits: ScheduleJson, date: string, timezoneId = berlin): boolean =>
  admits({ ...entry, ...limits }, Date.parse(date), timezoneId);

describe('A lock, asked itself,', () => {
  it('keeps complete limits: dates in UTC, days and times in its own place', () => {
    assert.equal(opens(complete, '2026-12-02T08:00:00Z'), true); // Wednesday, 09:00
    assert.equal(opens(complete, '2026-12-02T07:59:00Z'), false);
    assert.equal(opens(complete, '2026-12-02T16:00:00Z'), false);
    assert.equal(opens(complete, '2026-12-05T10:00:00Z'), false); // Saturday
    assert.equal(opens(complete, '2026-11-30T10:00:00Z'), false);
    assert.equal(opens(complete, '2026-12-31T10:00:00Z'), false);
    assert.equal(opens(complete, '2026-12-02T08:00:00Z', newYork), false);
    assert.equal(opens(complete, '2026-12-02T14:00:00Z', newYork), true);
  });

  it('is always open to whoever has some of the limits only; the end may be left open', () => {
    const outside = '2027-02-06T23:00:00Z';
    const { allowedUntilDate: _until, ...openEnded } = complete;
    assert.equal(opens(openEnded, outside), false);
    assert.equal(opens(openEnded, '2027-02-03T10:00:00Z'), true);
    for (const name of ['allowedFromDate', 'allowedWeekDays', 'allowedFromTime', 'allowedUntilTime'] as const) {
      const { [name]: _left, ...rest } = complete;
      assert.equal(opens(rest, outside), true, name);
    }
    assert.equal(opens({ allowedFromDate: '2026-12-01T00:00Z', allowedUntilDate: '2026-12-31T00:00Z' }, outside), true);
  });

  it('takes 0 and 0 for all day and 127 for every day, and opens to nobody over midnight', () => {
    const allDay = { ...complete, allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 };
    assert.equal(opens(allDay, '2026-12-06T02:00:00Z'), true);
    const overnight = { ...complete, allowedFromTime: 1320, allowedUntilTime: 360 };
    assert.equal(opens(overnight, '2026-12-02T22:00:00Z'), false);
    assert.equal(opens(overnight, '2026-12-02T03:00:00Z'), false);
  });

  it('tells whose code it refuses, and knows no code of another type of authorization', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    assert.equal(verdictOn(333_444, [entry], now, berlin).kind, 'opens');
    assert.equal(verdictOn(333_444, [{ ...entry, enabled: false }], now, berlin).kind, 'refused');
    assert.equal(verdictOn(333_445, [entry], now, berlin).kind, 'unknown');
    assert.equal(verdictOn(333_444, [{ ...entry, type: 0 }], now, berlin).kind, 'unknown');
  });
});
