import assert from 'node:assert/strict';
import { withNewest, withNext, type ActivityList } from '../../../../src/model/activity/activityList.ts';
import { Store } from '../../../../src/model/store.ts';
import type { ActivityEntry } from '../../../../src/nuki/activityLog.ts';
import type { Decoded } from '../../../../src/nuki/http/decode.ts';
import { createClient } from '../../../../src/nuki/http/client.ts';
import { simulatedApi } from '../../../../src/simulator/api/api.ts';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import type { SimulatedHome } from '../../../../src/simulator/home.ts';
import { homeWithLog, longLog } from '../../activityLog.ts';
import { lockId, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, failing, listOf, pending, ScriptedApi, sourceOf, storeOf } from '../fakes.ts';

async function storeWithLog(count: number) {
  const clock = new FakeClock();
  const home = homeWithLog(clock, longLog(clock, count));
  const queries: string[] = [];
  const store = await storeOver(home, clock, queries);
  return { clock, home, store, queries };
}

/** `queries`: takes what is asked of the log. */
async function storeOver(home: SimulatedHome, clock: FakeClock, queries: string[]): Promise<Store> {
  const api = simulatedApi(home);
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    if (pathname.endsWith('/log')) queries.push(search);
    return api(request);
  };
  const store = new Store(clock);
  store.setSources([sourceOf(createClient(demoToken, { fetch, clock, random: () => 0 }))]);
  await store.refresh(accountId);
  return store;
}

const listIn = (store: Store, id = frontDoor) => store.device(ref(id))?.activity;
const idsIn = (store: Store): string[] => (listIn(store)?.items ?? []).map(({ id }) => id);
const entry = (id: string, fields: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id,
  action: 1,
  trigger: 5,
  state: 0,
  date: undefined,
  name: 'Anna',
  source: 0,
  ...fields,
});
/** Entries from id `newest` down to `oldest`. */
const entries = (newest: number, oldest: number): ActivityEntry[] =>
  Array.from({ length: newest - oldest + 1 }, (_, ago) => entry(String(newest - ago)));

describe('the activity of a device', () => {
  it('comes in pages of 50, 50 and 20 of a log of 120, by the id of the last entry, without duplicates, and then stops', async () => {
    const { store, queries } = await storeWithLog(120);
    assert.equal(queries.length, 0);
    await store.readActivity(ref(frontDoor));
    const lengths = [idsIn(store).length];
    const cursors: (string | undefined)[] = [];
    while (!listIn(store)?.isComplete) {
      cursors.push(idsIn(store).at(-1));
      await store.readMoreActivity(ref(frontDoor));
      lengths.push(idsIn(store).length);
    }
    assert.deepEqual(lengths, [50, 100, 120]);
    assert.equal(new Set(idsIn(store)).size, 120);
    assert.deepEqual(idsIn(store), idsIn(store).toSorted().toReversed());
    assert.deepEqual(queries, ['?limit=50', ...cursors.map((id) => `?limit=50&id=${id}`)]);
    await store.readMoreActivity(ref(frontDoor));
    assert.equal(queries.length, 3);
  });

  it('ends with an empty page where the log fills its pages exactly', async () => {
    const { store, queries } = await storeWithLog(100);
    await store.readActivity(ref(frontDoor));
    for (let click = 0; click < 4; click++) await store.readMoreActivity(ref(frontDoor));
    assert.equal(idsIn(store).length, 100);
    assert.equal(queries.length, 3);
    assert.equal(listIn(store)?.isComplete, true);
  });

  it('is read once for two rows that are drawn, and its next page once for two clicks', async () => {
    const { store, queries } = await storeWithLog(120);
    await Promise.all([1, 2].map(() => store.readActivity(ref(frontDoor), { joins: true })));
    await Promise.all([store.readMoreActivity(ref(frontDoor)), store.readMoreActivity(ref(frontDoor))]);
    assert.equal(queries.length, 2);
    assert.equal(idsIn(store).length, 100);
  });

  it('takes new entries in at its top, without duplicates, and keeps the older pages', async () => {
    const { clock, home, store } = await storeWithLog(120);
    await store.readActivity(ref(frontDoor));
    await store.readMoreActivity(ref(frontDoor));
    const before = idsIn(store);
    home.turnByHand(frontDoor, 3);
    await clock.advance(60_000);
    await store.readActivity(ref(frontDoor));
    const added = idsIn(store).length - before.length;
    assert.ok(added > 0);
    assert.deepEqual(idsIn(store).slice(added), before);
    await store.readMoreActivity(ref(frontDoor));
    assert.equal(new Set(idsIn(store)).size, 120 + added);
    assert.equal(idsIn(store).length, 120 + added);
  });

  it('outlives a refresh of the devices, and leaves earlier snapshots as they were', async () => {
    const { store } = await storeWithLog(120);
    await store.readActivity(ref(frontDoor));
    const first = listIn(store);
    await store.refresh(accountId);
    await store.readMoreActivity(ref(frontDoor));
    assert.equal(first?.items.length, 50);
    assert.equal(idsIn(store).length, 100);
  });

  it('tells of every reading as a change of the device', async () => {
    const clock = new FakeClock();
    const { store, changes } = storeOf(clock, new ScriptedApi(clock));
    await store.refresh(accountId);
    changes.length = 0;
    await store.readActivity(ref(lockId));
    store.filterActivity(ref(lockId), { action: 1 });
    const device = { kind: 'device', accountId, smartlockId: lockId };
    assert.deepEqual(changes, [device, device]);
  });
});

describe('a reading of the activity that fails', () => {
  it('keeps what was known, and says why until one succeeds', async () => {
    const { clock, home, store } = await storeWithLog(120);
    await store.readActivity(ref(frontDoor));
    const known = listIn(store);
    home.fault({ path: /\/log/, times: 9, answer: { status: 422, body: '{}' } });
    await store.readMoreActivity(ref(frontDoor));
    await store.readActivity(ref(frontDoor));
    assert.equal(listIn(store), known);
    assert.equal(store.device(ref(frontDoor))?.activityError?.reason, 'rejected');
    home.clearFaults();
    await clock.advance(5_000);
    await store.readMoreActivity(ref(frontDoor));
    assert.equal(store.device(ref(frontDoor))?.activityError, undefined);
    assert.equal(idsIn(store).length, 100);
  });

  it('for want of the permission is no matter of the token', async () => {
    const clock = new FakeClock();
    const scopes = ['account', 'smartlock.readOnly', 'smartlock.auth'];
    const store = await storeOver(homeWithLog(clock, longLog(clock, 3), scopes), clock, []);
    await store.readActivity(ref(frontDoor));
    assert.equal(store.device(ref(frontDoor))?.activityError?.reason, 'permissionMissing');
    assert.equal(store.account(accountId)?.error, undefined);
  });

  it('does not hide an unforeseen error', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    api.onActivity = () => Promise.reject(new RangeError('unforeseen'));
    await assert.rejects(store.readActivity(ref(lockId)), RangeError);
  });
});

describe('pages of a log', () => {
  const withPage = (known: ActivityList | undefined, page: Decoded<ActivityEntry>): ActivityList =>
    withNewest(known, page, 0, 0);
  const first = withPage(undefined, listOf(...entries(200, 151)));

  it('do not leave a gap: where more is new than a page holds, the list begins anew', () => {
    const anew = withPage(first, listOf(...entries(300, 251)));
    assert.equal(anew.items.length, 50);
    assert.equal(anew.oldestId, '251');
    assert.equal(anew.isComplete, false);
  });

  it('let go what the log no longer has within the newest page', () => {
    const joined = withPage(first, listOf(...entries(201, 151).filter(({ id }) => id !== '190')));
    assert.equal(joined.items.length, 50);
    assert.ok(joined.items.every(({ id }) => id !== '190'));
  });

  it('take an entry as it was read last', () => {
    const page = entries(200, 151).map((each) => entry(each.id, { state: 1 }));
    assert.ok(withPage(first, listOf(...page)).items.every(({ state }) => state === 1));
  });

  it('end where an API that knows no cursor sends the same again', () => {
    const next = withNext(first, listOf(...entries(200, 151)));
    assert.equal(next.items.length, 50);
    assert.equal(next.isComplete, true);
  });

  it('go on after an entry that could not be understood, and count it', () => {
    const unreadable = [{ index: 49, id: '151', problem: 'action' }];
    const list = withPage(undefined, { items: entries(200, 152), unreadable });
    assert.equal(list.isComplete, false);
    assert.equal(list.oldestId, '151');
    assert.equal(list.unreadable, 1);
  });

  it('are not appended to a list that began anew meanwhile', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    api.log = entries(200, 151);
    await store.readActivity(ref(lockId));
    const slow = pending<ReturnType<typeof listOf<ActivityEntry>>>();
    api.onActivity = () => slow.promise;
    const more = store.readMoreActivity(ref(lockId));
    await clock.advance(0);
    api.onActivity = () => Promise.resolve(listOf(...entries(300, 251)));
    await store.readActivity(ref(lockId));
    slow.resolve(listOf(...entries(150, 101)));
    await more;
    assert.deepEqual(listIn(store, lockId)?.items, entries(300, 251));
  });

  it('are not asked for before the first one is there', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    await store.readMoreActivity(ref(lockId));
    api.onActivity = () => failing('network');
    await store.readActivity(ref(lockId));
    await store.readMoreActivity(ref(lockId));
    assert.equal(api.count('activity'), 1);
  });
});
