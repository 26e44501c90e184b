import assert from 'node:assert/strict';
import { calendarOf, type CalendarOptions, type CalendarRow } from '../../../../src/model/calendar/calendar.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization, unlimited } from '../../devices.ts';
import { pendingCreation, pendingDeletion, pendingEdit } from '../../pendingChanges.ts';
import { accountOf, berlin, door, newYork, noZone } from './doors.ts';

// A Monday.
const now = Date.parse('2027-03-22T08:00:00.000Z');
const week: CalendarOptions = { order: 'doors', from: '2027-03-22', days: 7, now, ownNow: now, language: 'en' };

/** A keypad code of office hours until the end of June, with `fields` on top. */
function code(name: string, fields: object = {}): Authorization {
  return authorization({ id: name, name, ...fields });
}

function drawnDoor(state: DeviceState, options: Partial<CalendarOptions> = {}) {
  const calendar = calendarOf(accountOf([state]), { ...week, ...options });
  const [group] = calendar.groups;
  assert.ok(group);
  return calendar.draw(group);
}

/** The one row of a door that has one authorization. */
function rowOf(state: DeviceState, options: Partial<CalendarOptions> = {}): CalendarRow {
  const [row] = drawnDoor(state, options).rows;
  assert.ok(row);
  return row;
}

const minutes = (ranges: readonly { from: number; until: number }[]) => ranges.map(({ from, until }) => [from, until]);

describe('the calendar of a door', () => {
  it('shows each day by its authorizations, and when someone can enter', () => {
    const { rows, union } = drawnDoor(
      door(1, [code('Late', { allowedFromTime: 960, allowedUntilTime: 1_200 }), code('Early')]),
    );
    assert.deepEqual(
      rows.map(({ key }) => key),
      ['1/auth/Early', '1/auth/Late'],
    );
    assert.deepEqual(
      rows.map(({ days }) => days.map(({ spans }) => minutes(spans))),
      [
        [[[540, 1_020]], [[540, 1_020]], [[540, 1_020]], [[540, 1_020]], [[540, 1_020]], [], []],
        [[[960, 1_200]], [[960, 1_200]], [[960, 1_200]], [[960, 1_200]], [[960, 1_200]], [], []],
      ],
    );
    assert.deepEqual(
      union?.map(({ certain, count }) => [minutes(certain), count]),
      [...Array.from({ length: 5 }, () => [[[540, 1_200]], 2]), [[], 0], [[], 0]],
    );
  });

  it('leaves out the hours that a clock skips, and names those that it shows twice', () => {
    const row = rowOf(door(1, [code('Family', unlimited)]));
    assert.deepEqual(minutes(row.days[6]?.spans ?? []), [
      [0, 120],
      [180, 1_440],
    ]);
    assert.deepEqual(row.door.clock.days[6]?.clockChanges, [{ kind: 'gap', from: 120, until: 180 }]);
    const autumn = rowOf(door(1, [code('Family', unlimited)]), { from: '2027-10-25' });
    assert.deepEqual(autumn.door.clock.days[6]?.clockChanges, [{ kind: 'overlap', from: 120, until: 180 }]);
  });

  it('is that of its own clock', () => {
    const guest = code('Guest', {
      allowedWeekDays: 127,
      allowedFromTime: 0,
      allowedUntilTime: 0,
      allowedFromDate: '2027-03-23T02:00:00.000Z',
      allowedUntilDate: '2027-03-24T02:00:00.000Z',
    });
    const spansIn = (timezoneId: number) =>
      rowOf(door(1, [guest], { timezoneId })).days.map(({ spans }) => minutes(spans));
    assert.deepEqual(spansIn(berlin).slice(0, 4), [[], [[180, 1_440]], [[0, 180]], []]);
    assert.deepEqual(spansIn(newYork).slice(0, 4), [[[1_320, 1_440]], [[0, 1_320]], [], []]);
    assert.deepEqual(spansIn(noZone).slice(0, 4), [[], [[120, 1_440]], [[0, 120]], []]);
    const { clock } = rowOf(door(1, [guest], { timezoneId: noZone })).door;
    assert.deepEqual([clock.zone, clock.now.date, clock.now.time], [undefined, '2027-03-22', '08:00']);
    const { now: there } = rowOf(door(1, [guest], { timezoneId: newYork })).door.clock;
    assert.deepEqual([there.date, there.time], ['2027-03-22', '04:00']);
  });

  const cases: readonly (readonly [what: string, marks: readonly string[], fields: object])[] = [
    ['is plain', [], {}],
    ['has no limits', [], unlimited],
    ['is disabled', ['disabled'], { enabled: false }],
    ['has ended', ['expired'], { allowedUntilDate: '2027-03-22T08:00:00.000Z' }],
    ['ends soon', ['expiresSoon'], { allowedUntilDate: '2027-03-29T08:00:00.000Z' }],
    ['ends later', [], { allowedUntilDate: '2027-03-29T08:00:00.001Z' }],
    ['begins later', ['upcoming'], { allowedFromDate: '2027-03-22T08:00:00.001Z' }],
    ['is not confirmed', ['unconfirmed'], { updateDate: undefined, lockCount: 0, lastActiveDate: undefined }],
    ['waits for Nuki', ['waiting'], { operationId: 'op' }],
    ['has an error', ['error'], { error: 'The authorization could not be stored' }],
    ['has hours over midnight', ['unclearHours'], { allowedFromTime: 1_320, allowedUntilTime: 360 }],
    ['has incomplete limits', ['incompleteLimits'], { ...unlimited, allowedWeekDays: 124 }],
    ['has a date that cannot be read', ['unclearDates'], { allowedUntilDate: 'soon' }],
  ];
  for (const [what, marks, fields] of cases) {
    it(`marks what ${what}: ${marks.join(', ') || 'not at all'}`, () => {
      const { rows } = drawnDoor(door(1, [code('A', fields), code('Dated')]));
      assert.deepEqual(rows.find(({ key }) => key === '1/auth/A')?.marks, marks);
    });
  }

  it('marks pending changes, codes of a disabled keypad, and daily limits in an unknown zone', () => {
    for (const pending of [pendingEdit({ id: 'A' }), pendingDeletion({ id: 'A' })]) {
      const { marks, access } = rowOf(door(1, [code('A')], { pendingChanges: [pending] }));
      assert.deepEqual(marks, ['pending']);
      assert.equal(access.standing.pending, pending);
    }
    const keypad = authorization({ id: 'K', type: 3, enabled: false });
    assert.deepEqual(rowOf(door(1, [code('A'), keypad])).marks, ['keypadDisabled']);
    assert.deepEqual(rowOf(door(1, [code('A')], { timezoneId: noZone })).marks, ['unknownZone']);
  });

  it('has a row for what was asked for and no list shows', () => {
    const sent = {
      allowedWeekDays: 64,
      allowedFromTime: 540,
      allowedUntilTime: 600,
      allowedFromDate: '2027-01-01T00:00Z',
    };
    const row = rowOf(door(1, [], { pendingChanges: [pendingCreation({ sent })] }));
    assert.deepEqual([row.key, row.marks], ['1/pending/create/1', ['pending']]);
    assert.deepEqual(row.days.map(({ spans }) => minutes(spans)).slice(0, 2), [[[540, 600]], []]);
  });

  it('is certain of no one whose authorization is disabled, pending or unclear', () => {
    const night = code('Night', { allowedFromTime: 1_320, allowedUntilTime: 360 });
    const { rows, union } = drawnDoor(
      door(1, [code('Off', { enabled: false }), code('Gone'), night], {
        pendingChanges: [pendingDeletion({ id: 'Gone' })],
      }),
    );
    assert.deepEqual(
      rows.map(({ key, opens }) => [key, opens]),
      [
        ['1/auth/Gone', true],
        ['1/auth/Night', true],
        ['1/auth/Off', false],
      ],
    );
    assert.deepEqual(
      union?.map(({ certain, possible, count }) => [certain, minutes(possible), count]),
      [...Array.from({ length: 6 }, () => [[], [[0, 1_440]], 0]), [[], [], 0]],
    );
  });
});

describe('the calendar of an account', () => {
  const app = (id: string, accountUserId: number) => authorization({ id, name: id, type: 0, accountUserId });
  const account: AccountState = accountOf(
    [
      door(2, [app('Anna', 11), code('Guest', { accountUserId: undefined })]),
      door(1, [app('Anna 1', 11), authorization({ id: 'B', type: 1 })], {
        timezoneId: newYork,
        pendingChanges: [pendingCreation()],
      }),
    ],
    [
      { accountUserId: 11, name: 'Anna' },
      { accountUserId: 12, name: 'Ben' },
    ],
  );

  it('has its doors in the order of the sidebar, and counts what lets someone in', () => {
    const { groups, dates } = calendarOf(account, week);
    assert.deepEqual(
      groups.map(({ key, count }) => [key, count]),
      [
        ['1', 2],
        ['2', 2],
      ],
    );
    assert.deepEqual([dates.length, dates[0], dates.at(-1)], [7, '2027-03-22', '2027-03-28']);
  });

  it('has those who hold something, each door by its clock', () => {
    const calendar = calendarOf(account, { ...week, order: 'persons' });
    const rowsOf = (group: (typeof calendar.groups)[number]) =>
      calendar.draw(group).rows.map(({ key, door: { clock } }) => [key, clock.zone]);
    assert.deepEqual(
      calendar.groups.map((group) => [group.key, rowsOf(group)]),
      [
        [
          'person/11',
          [
            ['1/auth/Anna 1', 'America/New_York'],
            ['2/auth/Anna', 'Europe/Berlin'],
          ],
        ],
        ['name/Guest', [['2/auth/Guest', 'Europe/Berlin']]],
        ['name/Guest Weber', [['1/pending/create/1', 'America/New_York']]],
      ],
    );
  });

  it('may be of one door alone, and is drawn once', () => {
    const calendar = calendarOf(account, { ...week, smartlockId: 2 });
    const [group, ...others] = calendar.groups;
    assert.ok(group);
    assert.deepEqual([group.key, others], ['2', []]);
    assert.equal(calendar.draw(group), calendar.draw(group));
  });
});
