import assert from 'node:assert/strict';
import type { DeviceState } from '../../../src/model/snapshots.ts';
import { decode, type Decoded } from '../../../src/nuki/http/decode.ts';
import { activitySchema } from '../../../src/nuki/http/schemas.ts';
import type { ActivityEntry } from '../../../src/nuki/activityLog.ts';
import type { Authorization } from '../../../src/nuki/authorization/authorization.ts';
import { NukiError } from '../../../src/nuki/http/errors.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { authorization, lock, lockId, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, listOf, pending, ScriptedApi, storeOf } from './fakes.ts';

const second = 1_000;
const [locked, unlocked] = [1, 3];
const names = new Map([
  [locked, 'locked'],
  [unlocked, 'unlocked'],
]);

/** An answer: how many seconds after the one before it was asked for, the date of the device, and its state. */
type Said = readonly [after: number, date: string | null, state: number, fields?: object];

const deviceOf = ([, date, state, fields]: Said): Smartlock =>
  lock({ updateDate: date === null || date.includes(' ') ? date : `2026-11-23T${date}Z`, ...fields }, { state });

function setUp() {
  const clock = new FakeClock(); // it is 12:00
  const api = new ScriptedApi(clock);
  return { clock, api, ...storeOf(clock, api) };
}

/** What is shown: the state, and the doubt of it. */
function shown(state: DeviceState | undefined): string {
  const word = names.get(state?.device.state?.state ?? 0);
  switch (state?.doubt?.kind) {
    case undefined:
      return word ?? '';
    case 'outdated':
      return `${word}, outdated`;
    case 'contradictory':
      return `${word} or ${names.get(state.doubt.other.state?.state ?? 0)}`;
  }
}

const rule: readonly (readonly [what: string, said: readonly Said[], expected: readonly string[]])[] = [
  [
    'a newer date is news',
    [
      [0, '11:59:00', locked],
      [1, '11:59:30', unlocked],
    ],
    ['locked', 'unlocked'],
  ],
  [
    'an older date is no news',
    [
      [0, '11:59:58', unlocked],
      [1, '11:30:00', locked],
      [1, '11:30:00', locked],
      [1, '11:59:58', unlocked],
    ],
    ['unlocked', 'unlocked', 'unlocked', 'unlocked'],
  ],
  [
    'an older copy that alone answers for a minute is shown as what it is, until a newer one answers',
    [
      [0, '11:59:58', unlocked],
      [30, '11:30:00', locked],
      [30, '11:30:00', locked],
      [30, '11:31:00', locked],
      [1, '11:59:58', unlocked],
    ],
    ['unlocked', 'unlocked', 'unlocked', 'locked, outdated', 'unlocked'],
  ],
  [
    'many answers of an older copy within a minute are not enough',
    [[0, '11:59:58', unlocked], ...Array.from({ length: 9 }, (): Said => [5, '11:30:00', locked])],
    Array.from({ length: 10 }, () => 'unlocked'),
  ],
  [
    'answers of an older copy are counted in a row',
    [
      [0, '11:59:58', unlocked],
      [40, '11:30:00', locked],
      [40, '11:59:58', unlocked],
      [40, '11:30:00', locked],
      [40, '11:30:00', locked],
    ],
    ['unlocked', 'unlocked', 'unlocked', 'unlocked', 'unlocked'],
  ],
  [
    'another state under the same date is a contradiction, until a newer date comes',
    [
      [0, '11:59:00', unlocked],
      [1, '11:59:00', locked],
      [1, '11:59:00', unlocked],
      [1, '11:59:40', locked],
    ],
    ['unlocked', 'locked or unlocked', 'unlocked or locked', 'locked'],
  ],
  [
    'of which an older copy takes nothing back',
    [
      [0, '11:59:00', unlocked],
      [1, '11:59:00', locked],
      [1, '11:30:00', unlocked],
      [1, '11:59:00', unlocked],
      [1, '11:30:00', locked],
    ],
    ['unlocked', 'locked or unlocked', 'locked or unlocked', 'unlocked or locked', 'unlocked or locked'],
  ],
  [
    'or until answers in a row agree for a minute',
    [
      [0, '11:59:00', locked],
      [1, '11:59:00', unlocked],
      [30, '11:59:00', unlocked],
      [30, '11:59:00', unlocked],
    ],
    ['locked', 'unlocked or locked', 'unlocked or locked', 'unlocked'],
  ],
  [
    'whichever they agree on',
    [
      [0, '11:59:00', locked],
      [1, '11:59:00', unlocked],
      [30, '11:59:00', locked],
      [30, '11:59:00', locked],
      [30, '11:59:00', locked],
    ],
    ['locked', 'unlocked or locked', 'locked or unlocked', 'locked or unlocked', 'locked'],
  ],
  [
    'a device that was seen to change without its date goes by our order',
    [
      [0, '11:59:00', locked],
      [1, '11:59:00', unlocked],
      [30, '11:59:00', unlocked],
      [30, '11:59:00', unlocked],
      [1, '11:59:00', locked],
      [1, '11:59:00', unlocked],
    ],
    ['locked', 'unlocked or locked', 'unlocked or locked', 'unlocked', 'locked', 'unlocked'],
  ],
  [
    'and by its date again once that changes with its state',
    [
      [0, '11:59:00', locked],
      [1, '11:59:00', unlocked],
      [30, '11:59:00', unlocked],
      [30, '11:59:00', unlocked],
      [1, '12:00:30', locked],
      [1, '12:00:30', unlocked],
    ],
    ['locked', 'unlocked or locked', 'unlocked or locked', 'unlocked', 'locked', 'unlocked or locked'],
  ],
  [
    'without a date our order decides',
    [
      [0, null, locked],
      [1, null, unlocked],
    ],
    ['locked', 'unlocked'],
  ],
  [
    'as where only one answer has a date',
    [
      [0, '11:59:00', locked],
      [1, null, unlocked],
    ],
    ['locked', 'unlocked'],
  ],
  [
    'or where a date cannot be read',
    [
      [0, '30 February', locked],
      [1, '30 February', unlocked],
    ],
    ['locked', 'unlocked'],
  ],
  [
    'a date in the future orders nothing',
    [
      [0, '18:00:00', locked],
      [1, '11:59:00', unlocked],
    ],
    ['locked', 'unlocked'],
  ],
  [
    'a clock that is a minute ahead does',
    [
      [0, '12:01:00', unlocked],
      [1, '11:59:00', locked],
    ],
    ['unlocked', 'unlocked'],
  ],
  [
    'a device that changes its connection or its name under the same date contradicts nothing',
    [
      [0, '11:59:00', locked],
      [1, '11:59:00', locked, { serverState: 4, name: 'Gate' }],
      [1, '11:59:00', locked],
    ],
    ['locked', 'locked', 'locked'],
  ],
];

describe('what is known of a device', () => {
  for (const [what, said, expected] of rule) {
    for (const way of ['in lists', 'alone', 'in turns'] as const) {
      it(`${what} (read ${way})`, async () => {
        const { clock, api, store } = setUp();
        api.devices = said.slice(0, 1).map(deviceOf);
        await store.refresh(accountId);
        const seen = [shown(store.device(ref(lockId)))];
        for (const [index, answer] of said.slice(1).entries()) {
          await clock.advance(answer[0] * second);
          api.devices = [deviceOf(answer)];
          const isAlone = way === 'alone' || (way === 'in turns' && index % 2 === 0);
          await (isAlone ? store.readDevice(ref(lockId)) : store.readDevices(accountId));
          seen.push(shown(store.device(ref(lockId))));
        }
        assert.deepEqual(seen, expected);
      });
    }
  }

  it('is as old as the last answer that was no older', async () => {
    const { clock, api, store } = setUp();
    api.devices = [deviceOf([0, '11:59:58', unlocked])];
    const readAt = clock.now();
    await store.refresh(accountId);
    await clock.advance(5 * second);
    api.devices = [deviceOf([0, '11:30:00', locked])];
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.seenAt, readAt);
    api.devices = [deviceOf([0, '11:59:58', unlocked])];
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.seenAt, readAt + 5 * second);
  });

  it('is in all but its state what the last answer said that was no older, in a contradiction, too', async () => {
    const { clock, api, store } = setUp();
    const offline = { serverState: 4, name: 'Gate' };
    const said: readonly Said[] = [
      [0, '11:59:00', unlocked],
      [1, '11:59:00', locked],
      [1, '11:59:00', unlocked, offline],
      [1, '11:30:00', unlocked],
    ];
    for (const answer of said) {
      await clock.advance(answer[0] * second);
      api.devices = [deviceOf(answer)];
      await store.refresh(accountId);
    }
    const state = store.device(ref(lockId));
    assert.equal(shown(state), 'unlocked or locked');
    assert.deepEqual([state?.device.serverState, state?.device.name], [4, 'Gate']);
  });

  it('is handed to who reads it, with whether it is news', async () => {
    const { api, store } = setUp();
    api.devices = [deviceOf([0, '11:59:58', unlocked])];
    await store.refresh(accountId);
    const read = async (date: string, state: number) => {
      api.devices = [deviceOf([0, date, state])];
      const alone = await store.readDevice(ref(lockId));
      const listed = (await store.readDevices(accountId)).get(lockId);
      return [alone, listed].map((reading) => [reading?.news, reading?.device.state?.state]);
    };
    assert.deepEqual(await read('11:30:00', locked), [
      ['older', unlocked],
      ['older', unlocked],
    ]);
    assert.deepEqual(await read('11:59:58', unlocked), [
      ['news', unlocked],
      ['news', unlocked],
    ]);
    assert.deepEqual(await read('11:59:58', locked), [
      ['contradictory', locked],
      ['contradictory', locked],
    ]);
    assert.deepEqual(await read('11:59:59', locked), [
      ['news', locked],
      ['news', locked],
    ]);
  });

  it('is what a late answer tells that is newer by its own date, and not what one tells that is not', async () => {
    const { api, store } = setUp();
    api.devices = [deviceOf([0, '11:30:00', unlocked])];
    await store.refresh(accountId);
    for (const [date, state] of [
      ['11:30:00', unlocked],
      ['11:59:00', locked],
    ] as const) {
      const slow = pending<Decoded<Smartlock>>();
      api.onSmartlocks = () => slow.promise;
      const late = store.readDevices(accountId);
      api.devices = [deviceOf([0, '11:40:00', unlocked])];
      await store.readDevice(ref(lockId));
      slow.resolve(listOf(deviceOf([0, date, state])));
      await late;
      assert.equal(store.device(ref(lockId))?.device.state?.state, state);
    }
  });

  it('outlives a list that leaves the device out', async () => {
    const { api, store } = setUp();
    api.devices = [deviceOf([0, '11:59:58', unlocked])];
    await store.refresh(accountId);
    api.devices = [];
    await store.refresh(accountId);
    api.devices = [deviceOf([0, '11:30:00', locked])];
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.device.state?.state, unlocked);
  });

  it('is forgotten with its account', async () => {
    const { api, store } = setUp();
    api.devices = [deviceOf([0, '11:59:58', unlocked])];
    await store.refresh(accountId);
    const source = { id: accountId, label: 'Home', simulated: false, client: () => Promise.resolve(api) };
    store.setSources([]);
    store.setSources([source]);
    api.devices = [deviceOf([0, '11:30:00', locked])];
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.device.state?.state, locked);
  });
});

describe('an older copy', () => {
  it('does not settle how an action ended', async () => {
    const { clock, api, store } = setUp();
    api.devices = [deviceOf([0, '11:59:58', unlocked])];
    await store.refresh(accountId);
    const outcome = { kind: 'unconfirmed', at: clock.now(), reason: 'unseen' } as const;
    store.setOperation(ref(lockId), { action: 'lock', since: clock.now(), outcome });
    api.devices = [deviceOf([0, '11:30:00', locked])];
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.operation?.outcome, outcome);
  });
});

describe('two lists under way at once', () => {
  it('leave the devices of the one that was asked for last, whichever comes last', async () => {
    const { clock, api, store } = setUp();
    const slow = pending<Decoded<Smartlock>>();
    api.onSmartlocks = () => slow.promise;
    const first = store.refresh(accountId);
    await clock.advance(0);
    api.onSmartlocks = () => Promise.resolve(listOf(lock(), lock({ smartlockId: lockId + 1 })));
    await store.refresh(accountId);
    slow.resolve({ items: [lock()], unreadable: [{ index: 1, id: 'x', problem: 'type' }] });
    await first;
    assert.equal(store.account(accountId)?.devices?.length, 2);
    assert.deepEqual(store.account(accountId)?.unreadable, []);
  });

  it('leave no error of the one that was asked for first', async () => {
    const { clock, api, store } = setUp();
    const slow = pending<Decoded<Smartlock>>();
    api.onSmartlocks = () => slow.promise;
    const first = store.refresh(accountId);
    await clock.advance(0);
    api.onSmartlocks = () => Promise.resolve(listOf(lock()));
    await store.refresh(accountId);
    slow.reject(new NukiError('timeout'));
    await first;
    assert.equal(store.account(accountId)?.error, undefined);
  });
});

describe('an older copy of the authorizations', () => {
  const weekdays = authorization({ updateDate: '2026-11-23T11:59:00Z', allowedWeekDays: 124 });
  const everyDay = authorization({ updateDate: '2026-11-23T11:30:00Z', allowedWeekDays: 127 });
  const daysIn = (items: readonly Authorization[] = []) => items.map(({ allowedWeekDays }) => allowedWeekDays);

  it('takes nothing back, and is handed to nobody, until it alone has answered for a minute', async () => {
    const { clock, api, store } = setUp();
    await store.refresh(accountId);
    const read = async (...items: Authorization[]) => {
      api.onAuthorizations = () => Promise.resolve(listOf(...items));
      const { items: handed } = await store.readAuthorizationsWithCodes(ref(lockId));
      await clock.advance(30 * second);
      return [daysIn(store.device(ref(lockId))?.authorizations?.items), daysIn(handed)];
    };
    const other = authorization({ id: 'other', allowedWeekDays: 64 });
    assert.deepEqual(await read(weekdays, other), [
      [124, 64],
      [124, 64],
    ]);
    assert.deepEqual(await read(everyDay), [
      [124, 64],
      [124, 64],
    ]);
    assert.deepEqual(await read(weekdays), [[124], [124]]);
    assert.deepEqual(await read(everyDay), [[124], [124]]);
    assert.deepEqual(await read(everyDay), [[124], [124]]);
    assert.deepEqual(await read(everyDay), [[127], [127]]);
  });

  it('shows no change done', async () => {
    const { clock, api, store } = setUp();
    await store.refresh(accountId);
    const other = authorization({ id: 'other' });
    api.onAuthorizations = () => Promise.resolve(listOf(weekdays, other));
    await store.readAuthorizations(ref(lockId));
    const deletion = {
      kind: 'delete',
      id: 'other',
      name: 'Cleaner',
      key: 'delete/1',
      since: clock.now(),
      answer: 'taken',
      givenUp: false,
    } as const;
    store.updatePendingChanges(ref(lockId), () => [deletion]);
    await clock.advance(second);
    api.onAuthorizations = () => Promise.resolve(listOf(everyDay));
    await store.readAuthorizations(ref(lockId));
    assert.equal(store.pendingChanges(ref(lockId)).length, 1);
    api.onAuthorizations = () => Promise.resolve(listOf(weekdays));
    await store.readAuthorizations(ref(lockId));
    assert.equal(store.pendingChanges(ref(lockId)).length, 0);
  });
});

describe('an older copy of the log', () => {
  const entry = (id: string, date: string): ActivityEntry =>
    decode(activitySchema, { id, date: `2026-11-23T${date}Z`, action: 1, trigger: 4, state: 0, name: 'Anna' });
  const [first, middle, third] = [entry('1', '11:00:00'), entry('2', '11:30:00'), entry('3', '11:59:00')];

  it('takes no entry back, until it alone has answered for a minute', async () => {
    const { clock, api, store } = setUp();
    await store.refresh(accountId);
    const read = async (...log: ActivityEntry[]) => {
      api.log = log;
      await store.readActivity(ref(lockId));
      await clock.advance(30 * second);
      return store.device(ref(lockId))?.activity?.items.map(({ id }) => id);
    };
    assert.deepEqual(await read(third, middle, first), ['3', '2', '1']);
    assert.deepEqual(await read(middle, first), ['3', '2', '1']);
    assert.deepEqual(await read(third, middle, first), ['3', '2', '1']);
    assert.deepEqual(await read(middle, first), ['3', '2', '1']);
    assert.deepEqual(await read(middle, first), ['3', '2', '1']);
    assert.deepEqual(await read(middle, first), ['2', '1']);
  });

  it('is not one to which an entry comes late', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    api.log = [third, first];
    await store.readActivity(ref(lockId));
    api.log = [third, middle, first];
    await store.readActivity(ref(lockId));
    assert.deepEqual(store.device(ref(lockId))?.activity?.items, [third, middle, first]);
  });
});
