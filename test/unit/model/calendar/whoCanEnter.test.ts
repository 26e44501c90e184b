import assert from 'node:assert/strict';
import { nameOf } from '../../../../src/model/authorizations/entries.ts';
import { whoCanEnter, type DoorAnswer, type Moment } from '../../../../src/model/calendar/whoCanEnter.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization } from '../../devices.ts';
import { pendingCreation, pendingDeletion, pendingEdit } from '../../pendingChanges.ts';
import { door, newYork, noZone } from './doors.ts';

/** A keypad code of office hours until the end of June, with `fields` on top. */
function code(name: string, fields: object = {}): Authorization {
  return authorization({ id: name, name, ...fields });
}

const at = (text: string): Moment => ({ kind: 'wallTime', date: text.slice(0, 10), time: text.slice(11) });
const monday = at('2027-03-22 10:00');
const always = { allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0, allowedUntilDate: undefined };

async function answerOf(state: DeviceState, moment = monday): Promise<DoorAnswer> {
  const [answer] = await whoCanEnter([state], moment);
  assert.ok(answer);
  return answer;
}

/** `yes Anna`, `unknown Ben: pending`. */
async function told(state: DeviceState, moment = monday): Promise<readonly string[]> {
  const { entrants } = await answerOf(state, moment);
  return entrants.map(({ answer, access: { entry, doubts } }) => [`${answer} ${nameOf(entry)}`, ...doubts].join(', '));
}

describe('who can enter', () => {
  it('is whoever is listed, confirmed, enabled, and within all limits', async () => {
    const codes = [
      code('Cleaner'),
      code('Off', { enabled: false }),
      code('Gone', { allowedUntilDate: '2027-01-01T00:00:00.000Z' }),
      code('Next', { allowedFromDate: '2027-05-01T00:00:00.000Z' }),
      code('Sunday', { allowedWeekDays: 1 }),
      code('Evening', { allowedFromTime: 1_080, allowedUntilTime: 1_200 }),
      authorization({ id: 'Bridge', type: 1, ...always }),
    ];
    const { entrants, others } = await answerOf(door(1, codes));
    assert.deepEqual(
      entrants.map(({ access: { entry }, answer }) => [nameOf(entry), answer]),
      [['Cleaner', 'yes']],
    );
    assert.deepEqual(Object.fromEntries(others), { disabled: 1, expired: 1, upcoming: 1, outside: 2 });
  });

  it('ends when the hours end', async () => {
    assert.deepEqual(await told(door(1, [code('Cleaner')]), at('2027-03-22 16:59')), ['yes Cleaner']);
    assert.deepEqual(await told(door(1, [code('Cleaner')]), at('2027-03-22 17:00')), []);
  });

  it('is uncertain of what is pending, waiting, unconfirmed or in error', async () => {
    const fields = { updateDate: undefined, lockCount: 0, lastActiveDate: undefined };
    const codes = [
      code('Sure'),
      code('Deleted'),
      code('Edited', { enabled: false }),
      code('Busy', { operationId: 'op', allowedWeekDays: 1 }),
      code('New', fields),
      code('Bad', { error: 'no' }),
    ];
    const pendingChanges = [
      pendingDeletion({ id: 'Deleted' }),
      pendingEdit({ id: 'Edited' }),
      pendingCreation({ sent: always }),
    ];
    assert.deepEqual(await told(door(1, codes, { pendingChanges })), [
      'yes Sure',
      'unknown Deleted, pending',
      'unknown Edited, pending',
      'unknown Busy, waiting',
      'unknown New, unconfirmed',
      'unknown Bad, error',
      'unknown Guest Weber, pending',
    ]);
    const unconfirmed = code('New', { ...fields, allowedWeekDays: 1 });
    assert.deepEqual(await told(door(1, [code('Sure'), unconfirmed])), ['yes Sure']);
  });

  it('is uncertain of limits that a lock may take otherwise', async () => {
    const { allowedUntilDate, ...startless } = code('Startless', { allowedFromDate: undefined });
    const codes = [
      code('Night', { allowedFromTime: 1_320, allowedUntilTime: 360 }),
      startless,
      { ...startless, id: 'b', name: 'Startless Sunday', allowedWeekDays: 1, allowedUntilDate },
      code('Unreadable', { allowedUntilDate: 'soon' }),
    ];
    assert.deepEqual(await told(door(1, codes)), [
      'unknown Night, unclearHours',
      'yes Startless, incompleteLimits',
      'unknown Startless Sunday, incompleteLimits',
      'unknown Unreadable, unclearDates',
    ]);
  });

  it('is no code for certain where the keypad is disabled, though any fob', async () => {
    const keypad = authorization({ id: 'K', type: 3, enabled: false, ...always });
    const fob = authorization({ id: 'F', name: 'Fob', type: 2, ...always });
    assert.deepEqual(await told(door(1, [code('Cleaner'), fob, keypad])), [
      'unknown Cleaner, keypadDisabled',
      'yes Fob',
    ]);
  });

  it("is asked on each lock's own clock, or at one instant", async () => {
    const doors = [
      door(1, [code('A')]),
      door(2, [code('B')], { timezoneId: newYork }),
      door(3, [code('C')], { timezoneId: noZone }),
    ];
    const shownAt = async (moment: Moment) =>
      (await whoCanEnter(doors, moment)).map(({ shown, zone, entrants: [entrant] }) => [
        zone,
        `${shown.date} ${shown.time}`,
        entrant?.answer,
      ]);
    assert.deepEqual(await shownAt(at('2027-03-23 10:00')), [
      ['Europe/Berlin', '2027-03-23 10:00', 'yes'],
      ['America/New_York', '2027-03-23 10:00', 'yes'],
      [undefined, '2027-03-23 10:00', 'unknown'],
    ]);
    assert.deepEqual(await shownAt({ kind: 'instant', instant: Date.parse('2027-03-23T09:00Z') }), [
      ['Europe/Berlin', '2027-03-23 10:00', 'yes'],
      ['America/New_York', '2027-03-23 05:00', undefined],
      [undefined, '2027-03-23 09:00', 'unknown'],
    ]);
  });

  it('tells of times that a clock skips, and asks both of those that it shows twice', async () => {
    const early = { allowedWeekDays: 127, allowedFromTime: 150, allowedUntilTime: 240 };
    const skipped = await answerOf(door(1, [code('Early', early)]), at('2027-03-28 02:30'));
    assert.deepEqual([skipped.clock, skipped.shown.time, skipped.entrants[0]?.answer], ['gap', '03:00', 'yes']);
    const until = { ...early, allowedUntilDate: '2027-10-31T01:00:00.000Z' };
    const twice = await answerOf(door(1, [code('Until', until)]), at('2027-10-31 02:30'));
    assert.deepEqual([twice.clock, twice.shown.time], ['overlap', '02:30']);
    assert.deepEqual(
      twice.entrants.map(({ answer, onlyOnce }) => [answer, onlyOnce]),
      [['unknown', true]],
    );
    const both = await answerOf(
      door(1, [code('Early', { ...early, allowedUntilDate: undefined })]),
      at('2027-10-31 02:30'),
    );
    assert.deepEqual(
      both.entrants.map(({ answer, onlyOnce }) => [answer, onlyOnce]),
      [['yes', false]],
    );
  });

  it('is not said of a time that there is not', async () => {
    await assert.rejects(whoCanEnter([door(1, [])], at('2027-02-30 10:00')), RangeError);
  });
});
