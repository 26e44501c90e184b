import assert from 'node:assert/strict';
import { Store } from '../../../src/model/store.ts';
import { NukiError, type Reason } from '../../../src/nuki/http/errors.ts';
import type { Decoded } from '../../../src/nuki/http/decode.ts';
import type { Authorization } from '../../../src/nuki/authorization/authorization.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { authorization, lock, lockId, opener, openerId, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, failing, listOf, pending, ScriptedApi, sourceOf, storeOf } from './fakes.ts';

function setUp() {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  return { clock, api, ...storeOf(clock, api) };
}

const stateOf = (store: Store, id = lockId): number | undefined => store.device(ref(id))?.device.state?.state;
const withReason = (reason: Reason) => (error: unknown) => error instanceof NukiError && error.reason === reason;

describe('a refresh of an account', () => {
  it('looks anew, also while an earlier one is under way, unless it may join that', async () => {
    const { clock, api, store } = setUp();
    const slow = pending<Decoded<Smartlock>>();
    api.onSmartlocks = () => slow.promise;
    const first = store.refresh(accountId);
    const joined = store.refresh(accountId, { joins: true });
    await clock.advance(0);
    assert.equal(api.count('smartlocks'), 1);
    api.onSmartlocks = () => Promise.resolve(listOf(lock({ updateDate: '2026-11-23T11:59:59Z' }, { state: 3 })));
    await store.refresh(accountId);
    assert.equal(stateOf(store), 3);
    slow.resolve(listOf(lock()));
    await Promise.all([first, joined]);
    assert.equal(api.count('smartlocks'), 2);
    assert.equal(stateOf(store), 3);
  });

  it('shows what was read, and since when', async () => {
    const { clock, store } = setUp();
    assert.equal(store.account(accountId)?.devices, undefined);
    await store.refresh(accountId);
    assert.equal(stateOf(store), 1);
    assert.equal(store.device(ref(lockId))?.seenAt, clock.now());
    assert.equal(store.account(accountId)?.refreshedAt, clock.now());
  });

  it('dates what was read by when it was asked for, not by when the answer came', async () => {
    const { clock, api, store } = setUp();
    const answer = pending<Decoded<Smartlock>>();
    api.onSmartlocks = () => answer.promise;
    const askedAt = clock.now();
    const refreshing = store.refresh(accountId);
    await clock.advance(9_000);
    answer.resolve(listOf(lock()));
    await refreshing;
    assert.equal(store.device(ref(lockId))?.seenAt, askedAt);
  });

  for (const reason of ['network', 'timeout', 'server', 'unexpectedAnswer', 'rateLimited', 'certificate'] as const) {
    it(`that ends in "${reason}" keeps what was shown, and says why`, async () => {
      const { api, store } = setUp();
      await store.refresh(accountId);
      const shown = store.account(accountId)?.devices;
      api.onSmartlocks = () => failing(reason);
      await store.refresh(accountId);
      assert.equal(store.account(accountId)?.devices, shown);
      assert.equal(store.account(accountId)?.error?.reason, reason);
      api.onSmartlocks = () => Promise.resolve(listOf(lock()));
      await store.refresh(accountId);
      assert.equal(store.account(accountId)?.error, undefined);
    });
  }

  it('lets a device go only when a whole list has come without it', async () => {
    const { api, store } = setUp();
    api.devices = [lock(), opener()];
    await store.refresh(accountId);
    api.onSmartlocks = () => failing('unexpectedAnswer');
    await store.refresh(accountId);
    assert.ok(store.device(ref(openerId)));
    api.onSmartlocks = () => Promise.resolve(listOf(lock()));
    await store.refresh(accountId);
    assert.equal(store.device(ref(openerId)), undefined);
    assert.ok(store.device(ref(lockId)));
  });

  it('shows what could not be read beside the rest', async () => {
    const { api, store } = setUp();
    const unreadable = [{ index: 1, id: '9007199254740993', problem: 'smartlockId' }];
    api.onSmartlocks = () => Promise.resolve({ items: [lock()], unreadable });
    await store.refresh(accountId);
    assert.deepEqual(store.account(accountId)?.unreadable, unreadable);
  });

  it('tells a dead token from a missing permission', async () => {
    const { api, store } = setUp();
    api.onSmartlocks = () => failing('unauthorized', 401);
    await store.refresh(accountId);
    assert.equal(store.account(accountId)?.error?.reason, 'permissionMissing');
    api.onAccount = () => failing('unauthorized', 401);
    await store.refresh(accountId);
    assert.equal(store.account(accountId)?.error?.reason, 'tokenRefused');
    api.onAccount = () => failing('network');
    await store.refresh(accountId);
    assert.equal(store.account(accountId)?.error?.reason, 'network');
  });

  it('asks the list of devices what a refusal of anything else means, and has the account know', async () => {
    const { api, store } = setUp();
    const refused = new NukiError('unauthorized', { status: 401 });
    assert.equal((await store.diagnoseUnauthorized(accountId, refused)).reason, 'permissionMissing');
    const busy = new NukiError('busy', { status: 423 });
    assert.equal(await store.diagnoseUnauthorized(accountId, busy), busy);
    assert.deepEqual(api.calls, ['smartlocks']);
    api.onSmartlocks = () => failing('unauthorized', 401);
    api.onAccount = () => failing('unauthorized', 401);
    assert.equal((await store.diagnoseUnauthorized(accountId, refused)).reason, 'tokenRefused');
    assert.equal(store.account(accountId)?.error?.reason, 'tokenRefused');
  });

  it('without a token says so', async () => {
    const { store } = setUp();
    const source = sourceOf(new ScriptedApi(new FakeClock()));
    store.setSources([{ ...source, client: () => failing('tokenMissing') }]);
    await store.refresh(accountId);
    assert.equal(store.account(accountId)?.error?.reason, 'tokenMissing');
  });

  it('one account that fails leaves the others alone', async () => {
    const { clock, api, store } = setUp();
    const away = new ScriptedApi(clock);
    away.onSmartlocks = () => failing('network');
    store.setSources([sourceOf(api), sourceOf(away, '8', 'Office')]);
    await Promise.all([store.refresh('7'), store.refresh('8')]);
    assert.equal(store.account('7')?.error, undefined);
    assert.equal(store.account('7')?.devices?.length, 1);
    assert.equal(store.account('8')?.error?.reason, 'network');
  });

  it('a device that two accounts have is one of each, and what is asked of one is not said of the other', async () => {
    const { clock, api, store } = setUp();
    store.setSources([sourceOf(api), sourceOf(new ScriptedApi(clock), '8', 'Office')]);
    await Promise.all([store.refresh('7'), store.refresh('8')]);
    const { smartlockId } = lock();
    store.setOperation(ref(smartlockId, '7'), { action: 'unlock', since: clock.now() });
    assert.ok(store.device(ref(smartlockId, '7'))?.operation);
    assert.ok(store.device(ref(smartlockId, '8')));
    assert.equal(store.device(ref(smartlockId, '8'))?.operation, undefined);
  });

  it('does not hide an unforeseen error, and can be asked for again', async () => {
    const { api, store } = setUp();
    api.onSmartlocks = () => Promise.reject(new RangeError('unforeseen'));
    await assert.rejects(store.refresh(accountId), RangeError);
    api.onSmartlocks = () => Promise.resolve(listOf(lock()));
    await store.refresh(accountId);
    assert.equal(stateOf(store), 1);
  });

  it('of an account that is gone changes nothing', async () => {
    const { api, store, changes } = setUp();
    const answer = pending<Decoded<Smartlock>>();
    api.onSmartlocks = () => answer.promise;
    const refreshing = store.refresh(accountId);
    store.setSources([]);
    answer.resolve(listOf(lock()));
    await refreshing;
    assert.deepEqual(store.accounts, []);
    assert.deepEqual(changes, [{ kind: 'accounts' }]);
    await assert.rejects(store.client(accountId), withReason('accountRemoved'));
  });
});

describe('answers that come in another order', () => {
  it('an older list does not win over a newer reading of one device', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    const slow = pending<Decoded<Smartlock>>();
    api.onSmartlocks = () => slow.promise;
    const refreshing = store.refresh(accountId);
    api.onSmartlock = () => Promise.resolve(lock({}, { state: 3 }));
    await store.readDevice(ref(lockId));
    slow.resolve(listOf(lock({}, { state: 1 })));
    await refreshing;
    assert.equal(stateOf(store), 3);
  });

  it('an older reading of one device does not win over a newer one, nor over a newer list', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    const first = pending<Smartlock>();
    api.onSmartlock = () => first.promise;
    const reading = store.readDevice(ref(lockId));
    api.onSmartlock = () => Promise.resolve(lock({}, { state: 3 }));
    await store.readDevice(ref(lockId));
    first.resolve(lock({}, { state: 1 }));
    await reading;
    assert.equal(stateOf(store), 3);

    const second = pending<Smartlock>();
    api.onSmartlock = () => second.promise;
    const late = store.readDevice(ref(lockId));
    api.onSmartlocks = () => Promise.resolve(listOf(lock({}, { state: 5 })));
    await store.refresh(accountId);
    second.resolve(lock({}, { state: 1 }));
    await late;
    assert.equal(stateOf(store), 5);
  });

  it('what is said of an operation meanwhile does not make an old answer newer', async () => {
    const { clock, api, store } = setUp();
    await store.refresh(accountId);
    const slow = pending<Smartlock>();
    api.onSmartlock = () => slow.promise;
    const reading = store.readDevice(ref(lockId));
    api.onSmartlock = () => Promise.resolve(lock({}, { state: 3 }));
    await store.readDevice(ref(lockId));
    store.setOperation(ref(lockId), { action: 'unlock', since: clock.now() });
    slow.resolve(lock({}, { state: 1 }));
    await reading;
    assert.equal(stateOf(store), 3);
  });
});

describe('a reading of one device', () => {
  it('answers and shows it', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    api.onSmartlock = () => Promise.resolve(lock({}, { state: 3 }));
    assert.equal((await store.readDevice(ref(lockId))).device.state?.state, 3);
    assert.equal(stateOf(store), 3);
  });

  it('is refused when another device comes back', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    api.onSmartlock = () => Promise.resolve(opener());
    await assert.rejects(store.readDevice(ref(lockId)), withReason('unexpectedAnswer'));
    assert.equal(store.device(ref(lockId))?.device.type, 4);
  });
});

describe('the authorizations of a device', () => {
  it('are read when the caller asks, not before, and once at a time where one reading will do', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    assert.equal(api.count('authorizations'), 0);
    api.onAuthorizations = () => Promise.resolve(listOf(authorization()));
    await Promise.all([1, 2].map(() => store.readAuthorizations(ref(lockId), { joins: true })));
    assert.equal(api.count('authorizations'), 1);
    assert.equal(store.device(ref(lockId))?.authorizations?.items[0]?.name, 'Cleaner');
  });

  it('are those that were read last, also after the clock was set back', async () => {
    const { clock, api, store } = setUp();
    await store.refresh(accountId);
    await store.readAuthorizations(ref(lockId));
    clock.jump(-3_600_000);
    api.onAuthorizations = () => Promise.resolve(listOf());
    await store.readAuthorizations(ref(lockId));
    assert.deepEqual(store.device(ref(lockId))?.authorizations?.items, []);
  });

  it('stay as they were when a later reading fails, which is said', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    api.onAuthorizations = () => Promise.resolve(listOf(authorization()));
    await store.readAuthorizations(ref(lockId));
    api.onAuthorizations = () => failing('network');
    await store.readAuthorizations(ref(lockId));
    const state = store.device(ref(lockId));
    assert.equal(state?.authorizations?.items.length, 1);
    assert.equal(state.authorizationsError?.reason, 'network');
    api.onAuthorizations = () => Promise.resolve(listOf());
    await store.readAuthorizations(ref(lockId));
    assert.equal(store.device(ref(lockId))?.authorizationsError, undefined);
    assert.equal(store.device(ref(lockId))?.authorizations?.items.length, 0);
  });

  it('that a token may not read are a matter of a permission; the device stays as it was', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    api.onAuthorizations = () => failing('unauthorized', 401);
    await store.readAuthorizations(ref(lockId));
    assert.equal(store.device(ref(lockId))?.authorizationsError?.reason, 'permissionMissing');
    assert.equal(store.account(accountId)?.error, undefined);
  });

  it('that no token may read any more, nor the log, are a matter of the token', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    const refuse = () => failing('unauthorized', 401);
    Object.assign(api, { onSmartlocks: refuse, onAccount: refuse, onAuthorizations: refuse, onActivity: refuse });
    await store.readAuthorizations(ref(lockId));
    await store.readActivity(ref(lockId));
    const { authorizationsError, activityError } = store.device(ref(lockId)) ?? {};
    assert.deepEqual(
      [store.account(accountId)?.error, authorizationsError, activityError].map((each) => each?.reason),
      ['tokenRefused', 'tokenRefused', 'tokenRefused'],
    );
  });

  it('outlive a refresh of the device', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    api.onAuthorizations = () => Promise.resolve(listOf(authorization()));
    await store.readAuthorizations(ref(lockId));
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.authorizations?.items.length, 1);
  });

  it('do not hide an unforeseen error', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    api.onAuthorizations = () => Promise.reject(new RangeError('unforeseen'));
    await assert.rejects(store.readAuthorizations(ref(lockId)), RangeError);
  });
});

describe('who may enter any door of an account', () => {
  const ofAnna = authorization({ id: 'a'.repeat(24), smartlockId: lockId, updateDate: '2026-11-23T11:00:00.000Z' });
  const anna = { accountUserId: 11, name: 'Anna', email: 'anna@example.com' };

  async function setUpAccess() {
    const all = setUp();
    const { api, store } = all;
    api.devices = [lock(), opener()];
    api.onAllAuthorizations = () => Promise.resolve(listOf(ofAnna));
    api.onPeople = () => Promise.resolve(listOf(anna));
    await store.refresh(accountId);
    return all;
  }

  it('is read with two requests, and known of every device then', async () => {
    const { clock, api, store } = await setUpAccess();
    await store.readAccess(accountId);
    assert.deepEqual(api.calls, ['smartlocks', 'allAuthorizations', 'people']);
    const account = store.account(accountId);
    assert.deepEqual(account?.people, { items: [anna], unreadable: [], readAt: clock.now() });
    assert.equal(account.allAuthorizationsReadAt, clock.now());
    assert.deepEqual(
      account.devices?.map(({ authorizations }) => authorizations?.items),
      [[ofAnna], []],
    );
  });

  it('is taken in one step: no change is told of an account of which half was read', async () => {
    const { api, store, changes } = await setUpAccess();
    api.devices = Array.from({ length: 50 }, (_, index) => lock({ smartlockId: index + 1 }));
    await store.refresh(accountId);
    changes.length = 0;
    const known: number[] = [];
    store.onDidChange(() => {
      known.push(store.account(accountId)?.devices?.filter(({ authorizations }) => authorizations).length ?? 0);
    });
    await store.readAccess(accountId);
    assert.deepEqual([...new Set(known)].filter(Boolean), [50]);
  });

  it('keeps a list that was asked for later, and what was asked of a device, while it is being worked out', async () => {
    const { clock, api, store } = await setUpAccess();
    api.devices = Array.from({ length: 50 }, (_, index) => lock({ smartlockId: index + 1 }));
    await store.refresh(accountId);
    const answer = pending<Decoded<Authorization>>();
    api.onAllAuthorizations = () => answer.promise;
    const reading = store.readAccess(accountId);
    await clock.advance(1_000);
    const later = { ...ofAnna, smartlockId: 50, name: 'Later' };
    api.onAuthorizations = () => Promise.resolve(listOf(later));
    const deletion = {
      kind: 'delete',
      key: 'k',
      since: 0,
      answer: 'taken',
      givenUp: false,
      id: 'x',
      name: 'X',
    } as const;
    answer.resolve(listOf({ ...ofAnna, smartlockId: 50 }));
    const stop = store.onDidChange(() => stop.dispose());
    await new Promise((resolve) => setImmediate(resolve)); // among the turns in which the lists are worked out
    await store.readAuthorizations(ref(50));
    store.updatePendingChanges(ref(49), () => [deletion]);
    await store.refresh(accountId);
    await reading;
    assert.deepEqual(store.device(ref(50))?.authorizations?.items, [later]);
    assert.equal(store.account(accountId)?.devices?.[3]?.authorizations?.items.length, 0);
  });

  it('leaves the other part where one permission is missing, and what was known where nothing can be read', async () => {
    const { api, store } = await setUpAccess();
    api.onPeople = () => failing('unauthorized', 401);
    await store.readAccess(accountId);
    const first = store.account(accountId);
    assert.deepEqual([first?.people, first?.peopleError?.reason], [undefined, 'permissionMissing']);
    assert.equal(first?.allAuthorizationsError, undefined);
    api.onPeople = () => Promise.resolve(listOf(anna));
    await store.readAccess(accountId);
    api.onAllAuthorizations = () => failing('network');
    await store.readAccess(accountId);
    const second = store.account(accountId);
    assert.deepEqual([second?.people?.items, second?.peopleError], [[anna], undefined]);
    assert.equal(second?.allAuthorizationsError?.reason, 'network');
    assert.deepEqual(store.device(ref(lockId))?.authorizations?.items, [ofAnna]);
  });

  it('tells a dead token from a missing permission, of both parts and of the account', async () => {
    const { api, store } = await setUpAccess();
    const refuse = () => failing('unauthorized', 401);
    Object.assign(api, { onSmartlocks: refuse, onAccount: refuse, onAllAuthorizations: refuse, onPeople: refuse });
    await store.readAccess(accountId);
    const { error, peopleError, allAuthorizationsError } = store.account(accountId) ?? {};
    assert.deepEqual(
      [error, peopleError, allAuthorizationsError].map((each) => each?.reason),
      ['tokenRefused', 'tokenRefused', 'tokenRefused'],
    );
  });

  it('is not replaced by an older copy, nor by an answer to an earlier question', async () => {
    const { clock, api, store } = await setUpAccess();
    const slow = pending<Decoded<typeof anna>>();
    api.onPeople = () => slow.promise;
    const earlier = store.readAccess(accountId);
    await clock.advance(1_000);
    api.onPeople = () => Promise.resolve(listOf({ ...anna, name: 'Anna Berger' }));
    await store.readAccess(accountId);
    slow.resolve(listOf(anna));
    await earlier;
    assert.equal(store.account(accountId)?.people?.items[0]?.name, 'Anna Berger');
    const before = { ...ofAnna, name: 'Before', updateDate: '2026-11-23T10:00:00.000Z' };
    api.onAllAuthorizations = () => Promise.resolve(listOf(before));
    await store.readAccess(accountId);
    assert.deepEqual(store.device(ref(lockId))?.authorizations?.items, [ofAnna]);
  });

  for (const wasRead of [false, true])
    it(`is read once for all who join, and anew where whoever began has stopped${wasRead ? ', also when known' : ''}`, async () => {
      const { clock, api, store } = await setUpAccess();
      if (wasRead) await store.readAccess(accountId);
      const before = api.count('people');
      const stopped = new AbortController();
      const untilAbort = (signal?: AbortSignal): Promise<never> =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new NukiError('cancelled'))));
      api.onAllAuthorizations = untilAbort;
      api.onPeople = untilAbort;
      const begun = store.readAccess(accountId, { signal: stopped.signal });
      const joined = store.readAccess(accountId, { joins: true });
      await clock.advance(0);
      assert.equal(api.count('people'), before + 1);
      const now = { ...anna, name: 'Anna Berger' };
      api.onAllAuthorizations = () => Promise.resolve(listOf(ofAnna));
      api.onPeople = () => Promise.resolve(listOf(now));
      stopped.abort();
      await begun;
      assert.equal(store.account(accountId)?.peopleError, undefined);
      await joined;
      assert.deepEqual(store.account(accountId)?.people?.items, [now]);
      assert.equal(api.count('people'), before + 2);
    });
});

describe('what has changed', () => {
  it('is told as the list of accounts, one account, or one device', async () => {
    const { clock, api, store, changes } = setUp();
    store.setSources([sourceOf(api)]);
    await store.refresh(accountId);
    await store.readDevice(ref(lockId));
    await store.readAuthorizations(ref(lockId));
    store.setOperation(ref(lockId), { action: 'lock', since: clock.now() });
    store.age(accountId);
    const device = { kind: 'device', accountId, smartlockId: lockId };
    const account = { kind: 'account', accountId };
    assert.deepEqual(changes, [{ kind: 'accounts' }, account, device, device, device, account]);
  });

  it('is nothing when a late answer changes nothing, or a device is not known', async () => {
    const { clock, api, store, changes } = setUp();
    await store.refresh(accountId);
    const slow = pending<Smartlock>();
    api.onSmartlock = () => slow.promise;
    const late = store.readDevice(ref(lockId));
    await store.refresh(accountId);
    changes.length = 0;
    slow.resolve(lock({}, { state: 3 }));
    await late;
    store.setOperation(ref(openerId), { action: 'open', since: clock.now() });
    assert.deepEqual(changes, []);
  });

  it('leaves earlier snapshots as they were', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    const before = store.accounts;
    const text = JSON.stringify(before);
    api.onSmartlock = () => Promise.resolve(lock({}, { state: 3 }));
    await store.readDevice(ref(lockId));
    assert.equal(JSON.stringify(before), text);
    assert.notEqual(store.accounts, before);
  });
});

describe('the accounts that are shown', () => {
  it('keep what is known of those that stay, under their present names', async () => {
    const { clock, api, store } = setUp();
    await store.refresh(accountId);
    store.setSources([sourceOf(api, accountId, 'Cottage'), sourceOf(new ScriptedApi(clock), '8', 'Office')]);
    assert.deepEqual(
      store.accounts.map(({ id, label, devices }) => [id, label, devices?.length]),
      [
        ['7', 'Cottage', 1],
        ['8', 'Office', undefined],
      ],
    );
  });
});

describe('a token that is replaced', () => {
  it('leaves nothing of what was wrong with the old one', async () => {
    const { api, store } = setUp();
    const source = sourceOf(api);
    store.setSources([source]);
    api.onSmartlocks = () => failing('tokenRefused', 401);
    await store.refresh(accountId);
    store.setSources([source]);
    assert.equal(store.account(accountId)?.error?.reason, 'tokenRefused');
    store.setSources([sourceOf(api)]);
    assert.equal(store.account(accountId)?.error, undefined);
  });

  it('leaves nothing of what the old one could not read of a device, and what was read', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    await store.readActivity(ref(lockId));
    Object.assign(api, { onAuthorizations: () => failing('network'), onActivity: () => failing('network') });
    await store.readAuthorizations(ref(lockId));
    await store.readActivity(ref(lockId));
    store.setSources([sourceOf(api)]);
    const { authorizationsError, activityError, activity } = store.device(ref(lockId)) ?? {};
    assert.deepEqual([authorizationsError, activityError], [undefined, undefined]);
    assert.notEqual(activity, undefined);
  });

  it('while the old one is being tried, is tried itself before anything is said', async () => {
    const { clock, api, store } = setUp();
    const old = pending<Decoded<Smartlock>>();
    api.onSmartlocks = () => old.promise;
    const refreshing = store.refresh(accountId);
    await clock.advance(0);
    store.setSources([sourceOf(new ScriptedApi(clock))]);
    const again = store.refresh(accountId);
    old.reject(new NukiError('tokenRefused', { status: 401 }));
    await Promise.all([refreshing, again]);
    assert.equal(store.account(accountId)?.error, undefined);
    assert.equal(store.account(accountId)?.devices?.length, 1);
  });
});

describe('an operation', () => {
  it('outlives refreshes while it is under way', async () => {
    const { clock, store } = setUp();
    await store.refresh(accountId);
    const operation = { action: 'unlock', since: clock.now() } as const;
    store.setOperation(ref(lockId), operation);
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.operation, operation);
  });

  for (const details of [
    { kind: 'confirmed' },
    { kind: 'failed', completion: 1 },
    { kind: 'fault', state: 254 },
  ] as const) {
    it(`that was seen to be ${details.kind} is told for ten seconds, and then until the next refresh`, async () => {
      const { clock, api, store } = setUp();
      api.devices = [lock({}, { state: 3 })];
      await store.refresh(accountId);
      const outcome = { ...details, at: clock.now() };
      store.setOperation(ref(lockId), { action: 'unlock', since: clock.now(), outcome });
      for (const seconds of [0, 9.9]) {
        await clock.advance(seconds * 1_000);
        await store.refresh(accountId);
        assert.equal(store.device(ref(lockId))?.operation?.outcome, outcome);
      }
      await clock.advance(100);
      assert.equal(store.device(ref(lockId))?.operation?.outcome, outcome);
      await store.refresh(accountId);
      assert.equal(store.device(ref(lockId))?.operation, undefined);
    });
  }

  it('that was not confirmed stays so until the device rests where it should', async () => {
    const { clock, api, store } = setUp();
    await store.refresh(accountId);
    const outcome = { kind: 'unconfirmed', at: clock.now(), reason: 'unseen' } as const;
    store.setOperation(ref(lockId), { action: 'unlock', since: clock.now(), outcome });
    for (const [index, state] of [1, 2, 254].entries()) {
      api.devices = [lock({ updateDate: `2026-11-23T11:59:0${index}Z` }, { state })];
      await store.refresh(accountId);
      assert.equal(store.device(ref(lockId))?.operation?.outcome, outcome, `state ${state}`);
    }
    api.devices = [lock({ updateDate: '2026-11-23T11:59:30Z' }, { state: 3 })];
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.operation, undefined);
  });
});

describe('a device that one list leaves out', () => {
  it('is in doubt again when it is back, as it was before', async () => {
    const { clock, api, store } = setUp();
    await store.refresh(accountId);
    store.setOperation(ref(lockId), { action: 'unlock', since: clock.now() });
    const { devices } = api;
    api.devices = [];
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId)), undefined);
    const outcome = { kind: 'unconfirmed', at: clock.now(), reason: 'unseen' } as const;
    store.setOperation(ref(lockId), { action: 'unlock', since: clock.now(), outcome });
    api.devices = devices;
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.operation?.outcome, outcome);
  });

  it('has its authorizations and its log read anew when it is back', async () => {
    const { api, store } = setUp();
    await store.refresh(accountId);
    await store.readAuthorizations(ref(lockId));
    await store.readActivity(ref(lockId));
    const { devices } = api;
    api.devices = [];
    await store.refresh(accountId);
    api.devices = devices;
    await store.refresh(accountId);
    const { authorizations, activity } = store.device(ref(lockId)) ?? {};
    assert.deepEqual([authorizations, activity], [undefined, undefined]);
  });

  it('is forgotten with its account', async () => {
    const { clock, api, store } = setUp();
    const source = sourceOf(api);
    store.setSources([source]);
    await store.refresh(accountId);
    store.setOperation(ref(lockId), { action: 'unlock', since: clock.now() });
    const { devices } = api;
    api.devices = [];
    await store.refresh(accountId);
    store.setSources([]);
    store.setSources([source]);
    api.devices = devices;
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.operation, undefined);
  });
});
