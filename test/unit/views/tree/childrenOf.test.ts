import assert from 'node:assert/strict';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { activitySchema } from '../../../../src/nuki/http/schemas.ts';
import type { ActivityList } from '../../../../src/model/activity/activityList.ts';
import { keyOf, refOf, type DeviceRef } from '../../../../src/model/deviceRef.ts';
import type { AccountState, AuthorizationList, DeviceState } from '../../../../src/model/snapshots.ts';
import { addressOf, idOf } from '../../../../src/views/tree/nodes.ts';
import { parentOf } from '../../../../src/views/tree/authorizationGroups.ts';
import { childrenOf } from '../../../../src/views/tree/childrenOf.ts';
import { authorization, lock } from '../../devices.ts';
import { pendingCreation, pendingDeletion } from '../../pendingChanges.ts';

const accountId = '7';
const smartlockId = 42;
const account: AccountState = { id: accountId, label: 'Home', simulated: false, devices: [], unreadable: [] };
const unreadable = [{ index: 1, id: '9', problem: 'name' }];

/** The ids of the rows below a row. */
function below(id: string, state: AccountState, language = 'en'): readonly string[] {
  const known = {
    account: (asked: string) => (asked === accountId ? state : undefined),
    device: (asked: DeviceRef) => state.devices?.find((one) => keyOf(refOf(one)) === keyOf(asked)),
  };
  const address = addressOf(id);
  assert.ok(address, id);
  return childrenOf(address, known, { language }).map(idOf);
}

const door = (fields: Parameters<typeof lock>[0] = {}, changes: Partial<DeviceState> = {}): DeviceState => ({
  accountId,
  device: lock({ smartlockId, ...fields }),
  seenAt: 0,
  ...changes,
});
const withDevices = (...devices: readonly DeviceState[]): AccountState => ({ ...account, devices });

describe('the rows below an account', () => {
  const numbers = (rows: readonly string[]): readonly string[] =>
    rows.map((id) => id.replace('account/7/', '').replace('device/', ''));

  it('are its devices: favorites first, then by name as the language sorts it, then by id; and its people', () => {
    const named = (id: number, name: string, favorite?: boolean): DeviceState =>
      door({ smartlockId: id, name, favorite: favorite ?? null });
    const devices = withDevices(
      named(5, 'Zebra'),
      named(4, 'Gate', false),
      named(3, 'Gate'),
      named(2, 'Ångström'),
      named(1, 'Yard', true),
    );
    assert.deepEqual(numbers(below('account/7', devices)), ['1', '2', '3', '4', '5', 'people']);
    assert.deepEqual(numbers(below('account/7', devices, 'sv')), ['1', '3', '4', '5', '2', 'people']);
  });

  it('end with those that could not be understood, so that none is missing', () => {
    const state = { ...withDevices(door()), unreadable };
    assert.deepEqual(below('account/7', state), ['account/7/device/42', 'account/7/unreadable/1', 'account/7/people']);
    assert.deepEqual(below('account/7', { ...account, unreadable }), ['account/7/unreadable/1', 'account/7/people']);
  });

  it('are one that says so where it has none, and none where it was not read yet or is gone', () => {
    assert.deepEqual(below('account/7', account), ['account/7/notice']);
    assert.deepEqual(below('account/7', { ...account, devices: undefined }), []);
    assert.deepEqual(below('account/8', account), []);
  });
});

describe('the rows below a device', () => {
  it('are its authorizations and its activity, and none where the device is gone', () => {
    assert.deepEqual(below('account/7/device/42', withDevices(door())), [
      'account/7/device/42/authorizations',
      'account/7/device/42/activity',
    ]);
    for (const group of ['', '/authorizations', '/activity']) {
      assert.deepEqual(below(`account/7/device/42${group}`, account), []);
    }
  });

  it('are none below what has nothing below it', () => {
    const state = withDevices(door());
    for (const end of ['auth/a', 'notice', 'unreadable/0', 'pending/a', 'activity/entry/a', 'activity/more']) {
      assert.deepEqual(below(`account/7/device/42/${end}`, state), []);
    }
  });
});

describe('the rows below the authorizations', () => {
  const list = (names: Readonly<Record<string, string>>): AuthorizationList => ({
    items: Object.entries(names).map(([id, name]) => authorization({ id, name })),
    unreadable: [],
    readAt: 0,
  });
  const creation = pendingCreation();
  const rows = (changes: Partial<DeviceState>): readonly string[] =>
    below('account/7/device/42/authorizations', withDevices(door({}, changes))).map((id) =>
      id.replace('account/7/device/42/', ''),
    );

  it('are in the order of their names, then of their ids', () => {
    const authorizations = list({ c: 'Ben', b: 'anna', a: 'Ben' });
    assert.deepEqual(rows({ authorizations }), ['auth/b', 'auth/a', 'auth/c']);
  });

  it('have what was asked for and is not listed where it will be, so that no row moves when it is', () => {
    const authorizations = list({ a: 'Anna', z: 'Zoe' });
    const work = [pendingDeletion(), { ...creation, key: 'create/2', listedAs: ['a'] }, creation];
    assert.deepEqual(rows({ authorizations, pendingChanges: work }), ['auth/a', 'pending/create%2F1', 'auth/z']);
    assert.deepEqual(rows({ pendingChanges: work }), ['pending/create%2F1']);
  });

  it('end with those that could not be understood', () => {
    const authorizations = { ...list({ a: 'Anna' }), unreadable };
    assert.deepEqual(rows({ authorizations }), ['auth/a', 'unreadable/1']);
  });

  it('are one that says so where there are none, or none were read, and begin with it where they cannot be read anew', () => {
    assert.deepEqual(rows({}), ['notice']);
    assert.deepEqual(rows({ authorizations: list({}) }), ['notice']);
    const authorizationsError = new NukiError('network');
    assert.deepEqual(rows({ authorizations: list({ a: 'Anna' }), authorizationsError }), ['notice', 'auth/a']);
    assert.deepEqual(rows({ authorizationsError, pendingChanges: [creation] }), ['notice', 'pending/create%2F1']);
  });
});

describe('the groups of authorizations', () => {
  const types = [
    ['app', 0, 'people'],
    ['bridge', 1, 'system'],
    ['fob', 2, 'fobs'],
    ['keypad', 3, 'system'],
    ['keypad code', 13, 'codes'],
    ['Z-Key', 14, 'system'],
    ['virtual one', 15, 'system'],
    ['unfamiliar one', 99, 'system'],
  ] as const;
  const nine = Array.from({ length: 9 }, (_, index) => ({ id: `p${index}`, type: 0 }));
  const stateWith = (
    entries: readonly { readonly id: string; readonly type: number }[],
    changes: Partial<DeviceState> = {},
    notRead: AuthorizationList['unreadable'] = [],
  ): DeviceState => {
    const items = entries.map(({ id, type }) => authorization({ id, type, name: id }));
    return door({}, { authorizations: { items, unreadable: notRead, readAt: 0 }, ...changes });
  };
  const start = 'account/7/device/42/';
  const rows = (state: DeviceState, part = 'authorizations'): readonly string[] =>
    below(`${start}${part}`, withDevices(state)).map((id) => id.replace(start, ''));

  for (const [what, type, group] of types) {
    it(`have the ${what} among the ${group}`, () => {
      const state = stateWith([...nine, { id: 'other', type }]);
      assert.ok(rows(state).includes(`authorizations/${group}`));
      assert.ok(rows(state, `authorizations/${group}`).includes('auth/other'));
    });
  }

  it('stand in one order, none of them empty, and hold each row once', () => {
    const state = stateWith([...nine, ...types.map(([, type]) => ({ id: `t${type}`, type }))]);
    const groups = rows(state);
    assert.deepEqual(
      groups,
      ['people', 'codes', 'fobs', 'system'].map((group) => `authorizations/${group}`),
    );
    const all = groups.flatMap((group) => rows(state, group));
    assert.deepEqual([all.length, new Set(all).size], [17, 17]);
    assert.deepEqual(rows(stateWith(nine)), ['authorizations/people']);
  });

  it('are not split where there are up to eight, but for the system, which is apart', () => {
    const few = [{ id: 'web', type: 1 }, { id: 'fob', type: 2 }, { id: 'code', type: 13 }, ...nine.slice(0, 6)];
    const people = nine.slice(0, 6).map(({ id }) => `auth/${id}`);
    assert.deepEqual(rows(stateWith(few)), [...people, 'auth/code', 'auth/fob', 'authorizations/system']);
    assert.deepEqual(rows(stateWith([{ id: 'web', type: 1 }])), ['auth/web']);
  });

  it('have what was asked for by its name and what could not be read last, by its type, and without one below all', () => {
    const creation = pendingCreation({ requested: { type: 13, name: 'Zoe', remoteAllowed: false } });
    const state = stateWith([...nine, { id: 'code', type: 13 }], { pendingChanges: [creation] }, [
      { index: 4, id: '9', problem: 'name', type: 13 },
      { index: 5, id: '8', problem: 'type' },
    ]);
    assert.deepEqual(rows(state), ['authorizations/people', 'authorizations/codes', 'unreadable/5']);
    assert.deepEqual(rows(state, 'authorizations/codes'), ['auth/code', 'pending/create%2F1', 'unreadable/4']);
  });

  it('are known to each of their rows, so that it can be revealed', () => {
    const state = stateWith([...nine, { id: 'web', type: 1 }, { id: 'code', type: 13 }]);
    for (const group of rows(state)) {
      for (const row of rows(state, group)) assert.equal(idOf(parentOf(`${start}${row}`, state)), start + group);
      assert.equal(idOf(parentOf(start + group, state)), `${start}authorizations`);
    }
    assert.equal(idOf(parentOf(`${start}auth/p0`, stateWith(nine.slice(1)))), `${start}authorizations`);
  });
});

describe('the rows below the activity', () => {
  const entries = { a: 'Anna', b: 'Ben', c: 'Anna' };
  const activity: ActivityList = {
    items: Object.entries(entries).map(([id, name]) => decode(activitySchema, { id, name, action: 1, state: 0 })),
    isComplete: true,
    oldestId: 'c',
    unreadable: 0,
    readAt: 0,
  };
  const rows = (changes: Partial<DeviceState>): readonly string[] =>
    below('account/7/device/42/activity', withDevices(door({}, changes))).map((id) =>
      id.replace('account/7/device/42/activity/', ''),
    );

  it('are the entries as they were read, those that the filter lets through, and what reads more where there is more', () => {
    assert.deepEqual(rows({ activity }), ['entry/a', 'entry/b', 'entry/c']);
    assert.deepEqual(rows({ activity, activityFilter: { name: 'Anna' } }), ['entry/a', 'entry/c']);
    assert.deepEqual(rows({ activity: { ...activity, isComplete: false } }), ['entry/a', 'entry/b', 'entry/c', 'more']);
  });

  it('are one that says so where there are none, and begin with it where they cannot be read anew', () => {
    assert.deepEqual(rows({}), ['notice']);
    assert.deepEqual(rows({ activity, activityFilter: { name: 'Carl' } }), ['notice']);
    const none = { ...activity, items: [], isComplete: false };
    assert.deepEqual(rows({ activity: none }), ['notice', 'more']);
    const activityError = new NukiError('network');
    assert.deepEqual(rows({ activity, activityError }), ['notice', 'entry/a', 'entry/b', 'entry/c']);
  });
});
