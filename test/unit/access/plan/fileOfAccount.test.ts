import assert from 'node:assert/strict';
import { fileOfAccount } from '../../../../src/access/plan/fileOfAccount.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization, lock, unlimited } from '../../devices.ts';
import { bestTurns } from '../../turns.ts';

interface Listed {
  readonly code?: number;
  readonly authorization: Authorization;
}

/** An authorization without limits. */
function listed(id: string, fields: object, code?: number): Listed {
  return { authorization: authorization({ id, ...unlimited, ...fields }), ...(code !== undefined && { code }) };
}

/** A door with its list. */
function door(smartlockId: number, name: string, listing: readonly Listed[], timezoneId = 37) {
  const state: DeviceState = {
    accountId: '7',
    device: lock({ smartlockId, name, favorite: false }, {}, { timezoneId }),
    seenAt: 0,
    authorizations: { items: listing.map((each) => each.authorization), unreadable: [], readAt: 0 },
  };
  const codes = new Map(listing.flatMap((each) => (each.code ? [[each.authorization.id, String(each.code)]] : [])));
  return { state, codes };
}

async function fileOf(doors: readonly ReturnType<typeof door>[]) {
  const account: AccountState = {
    id: '7',
    label: 'Home',
    simulated: false,
    devices: doors.map(({ state }) => state),
    unreadable: [],
    people: { items: [{ accountUserId: 3, name: 'Anna', email: 'anna@example.org' }], readAt: 0 },
  };
  const codesOf = (id: number) => doors.find(({ state }) => state.device.smartlockId === id)?.codes ?? new Map();
  return await fileOfAccount(account, codesOf, 'en');
}

/** The keys of the entries with their doors, and what is left out. */
async function told(doors: readonly ReturnType<typeof door>[]) {
  const { file, owned, leftOut } = (await fileOf(doors)) ?? assert.fail('too large');
  return {
    entries: file.entries.map((entry) => [entry.key, entry.doors.join(' ')]),
    owned: owned.map(({ entry, id }) => `${entry} ${id}`),
    leftOut: leftOut.map((each) => `${each.authorization.id} ${each.why}`),
  };
}

describe('the file of an account', () => {
  it('has one entry for the same digits, under one name with the same limits, at several doors', async () => {
    const code = { name: 'Cleaning' };
    assert.deepEqual(
      await told([
        door(1, 'Front Door', [listed('a', code, 345_678)]),
        door(2, 'Garage', [listed('b', code, 345_678)]),
        door(3, 'Shed', [listed('c', code, 999_999)]),
        door(4, 'Loft', [listed('d', { ...code, name: 'Cleaners' }, 345_678)]),
      ]),
      {
        entries: [
          ['cleaners', 'loft'],
          ['cleaning', 'front-door garage'],
          ['cleaning-2', 'shed'],
        ],
        owned: ['cleaners d', 'cleaning a', 'cleaning b', 'cleaning-2 c'],
        leftOut: [],
      },
    );
  });

  it('has an entry for each where the digits are not told', async () => {
    const { entries } = await told([
      door(1, 'Front Door', [listed('a', { name: 'Cleaning' })]),
      door(2, 'Garage', [listed('b', { name: 'Cleaning' })]),
    ]);
    assert.deepEqual(entries, [
      ['cleaning', 'front-door'],
      ['cleaning-2', 'garage'],
    ]);
  });

  it('has one entry for one person, and the second at the same door stays out', async () => {
    const app = { type: 0, name: 'Anna', accountUserId: 3 };
    assert.deepEqual(
      await told([door(1, 'Front', [listed('a', app), listed('b', app)]), door(2, 'Back', [listed('c', app)])]),
      {
        entries: [['anna', 'back front']],
        owned: ['anna c', 'anna a'],
        leftOut: ['b twice'],
      },
    );
  });

  it('leaves out a code whose name another one has there at the same time', async () => {
    const weekdays = { allowedFromDate: '2026-01-01T00:00:00.000Z', allowedFromTime: 0, allowedUntilTime: 0 };
    const { entries, leftOut } = await told([
      door(1, 'Front', [
        listed('a', { name: 'Guest', ...weekdays, allowedWeekDays: 124 }, 345_678),
        listed('b', { name: 'Guest', ...weekdays, allowedWeekDays: 64 }, 345_679),
        listed('c', { name: 'Guest', ...weekdays, allowedWeekDays: 3 }, 345_677),
      ]),
    ]);
    assert.equal(entries.length, 2);
    assert.equal(leftOut.length, 1);
    assert.match(leftOut.join(), /^[ab] twice$/);
  });

  it('has one entry for the same times on clocks in different zones', async () => {
    const until = { name: 'Guest', allowedWeekDays: 127, allowedFromTime: 540, allowedUntilTime: 1_020 };
    const { entries } = await told([
      door(1, 'Berlin', [listed('a', { ...until, allowedFromDate: '2027-06-16T13:00:00.000Z' }, 345_678)]),
      door(2, 'London', [listed('b', { ...until, allowedFromDate: '2027-06-16T14:00:00.000Z' }, 345_678)], 40),
      door(3, 'Paris', [listed('c', { ...until, allowedFromDate: '2027-06-16T14:00:00.000Z' }, 345_678)]),
    ]);
    assert.deepEqual(entries, [
      ['guest', 'berlin london'],
      ['guest-2', 'paris'],
    ]);
  });

  it('says nothing of what connects a device, and why it leaves out what it cannot say', async () => {
    assert.deepEqual(
      await told([
        door(1, 'Front', [
          listed('a', { type: 1, name: 'Bridge' }),
          listed('b', { type: 2, name: 'Fob', accountUserId: 99 }),
          listed('c', { name: 'Guest', allowedWeekDays: 0 }),
          listed('d', { name: 'Guest', operationId: 'busy' }),
        ]),
      ]),
      { entries: [], owned: [], leftOut: ['b person', 'c limits', 'd pending'] },
    );
  });

  it('leaves out what was asked for in this window and is not seen done', async () => {
    const { state, codes } = door(1, 'Front', [listed('a', { name: 'Guest' }, 345_678)]);
    const deletion = {
      kind: 'delete',
      key: '1',
      since: 0,
      answer: 'taken',
      givenUp: false,
      id: 'a',
      name: 'Guest',
    } as const;
    const { entries, leftOut } = await told([{ state: { ...state, pendingChanges: [deletion] }, codes }]);
    assert.deepEqual({ entries, leftOut }, { entries: [], leftOut: ['a pending'] });
  });

  it('has no door whose list was not read', async () => {
    const { state, codes } = door(1, 'Front', []);
    const { file } =
      (await fileOf([{ state: { ...state, authorizations: undefined }, codes }, door(2, 'Back', [])])) ?? {};
    assert.deepEqual(
      file?.doors.map(({ alias }) => alias),
      ['back'],
    );
  });

  it('is none where it would be larger than a file may be, and gives everything else its turn', async () => {
    const codes = Array.from({ length: 200_000 }, (_, index) => listed(String(index), { name: 'Guest' }));
    const account = [door(1, 'Front', codes)];
    const { longest } = await bestTurns(async () => assert.equal(await fileOf(account), undefined));
    assert.ok(longest <= 100, `${longest} ms`);
  });
});
