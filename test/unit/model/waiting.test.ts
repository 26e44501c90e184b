import assert from 'node:assert/strict';
import { Doorkeeper, type ActResult } from '../../../src/model/actions/doorkeeper.ts';
import { AuthorizationWriter } from '../../../src/model/authorizations/authorizationWriter.ts';
import { Store } from '../../../src/model/store.ts';
import { createClient, type NukiClient } from '../../../src/nuki/http/client.ts';
import { simulatedApi } from '../../../src/simulator/api/api.ts';
import type { Exchange } from '../../../src/simulator/journal/exchange.ts';
import { SimulatedHome } from '../../../src/simulator/home.ts';
import { makeSmartlock, smartlockIdOf } from '../../../src/simulator/devices/smartlockJson.ts';
import { ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, sourceOf } from './fakes.ts';

// Who waits for whom, and for how long, from the click to the request.

const second = 1_000;
const minute = 60 * second;
const token = 'a-token-of-the-waiting-tests';
const hexOf = (index: number): string => (0x1000_0000 + index).toString(16);
const idOf = (index: number): number => smartlockIdOf(4, hexOf(index));

/** An account of `count` unlocked locks with keypads; the first one is locked. */
async function accountOf(count: number) {
  const clock = new FakeClock();
  const start = clock.now();
  const home = new SimulatedHome({
    clock,
    seed: 5,
    latency: 300,
    account: { accountId: 7, type: 0, email: 'a@b.c', name: 'Anna', creationDate: '', updateDate: '' },
    tokens: [{ token }],
    devices: Array.from({ length: count }, (_, index) => ({
      listed: makeSmartlock({
        type: 4,
        hex: hexOf(index),
        name: `Door ${index}`,
        accountId: 7,
        firmware: [4, 2, 8],
        timezoneId: 37,
        created: start - minute,
        updated: start - minute,
        state: { state: index === 0 ? 1 : 3 },
        config: { keypadPaired: true },
      }),
    })),
  });
  const api = simulatedApi(home);
  const client: NukiClient = createClient(token, {
    clock,
    random: () => 0,
    fetch: (input, init) => api(new Request(input, init)),
  });
  const store = new Store(clock);
  store.setSources([sourceOf(client)]);
  const doorkeeper = new Doorkeeper(store, clock, () => Promise.resolve(true));
  const writer = new AuthorizationWriter(store, clock, () => Promise.resolve(true));
  /** Lets time pass in small steps: the client takes turns of its own between two waits. */
  const advance = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      await clock.advance(100);
      for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const until = async <T>(work: Promise<T>): Promise<T> => {
    const end = { isThere: false };
    const settle = (): void => void (end.isThere = true);
    work.then(settle, settle);
    while (!end.isThere) await advance(100);
    return await work;
  };
  await until(store.refresh(accountId));
  /** When the requests of a method were made, in ms since `from`. */
  const timesOf = (method: string, from: number): readonly number[] =>
    requestsSince(from, method).map(({ at }) => at - from);
  const requestsSince = (from: number, method: string): readonly Exchange[] =>
    home.exchanges.all.filter((request) => request.method === method && request.at >= from);
  return { clock, home, client, store, doorkeeper, writer, advance, until, timesOf, requestsSince };
}

const endOf = (result: ActResult): string => (result.sent ? result.outcome.kind : result.refusal.kind);

describe('forty locks that are locked at once', () => {
  it('are all asked within 10 s of the click, and a door that is opened 2 s later is asked within 3 s', async () => {
    const { clock, doorkeeper, advance, until, timesOf, requestsSince } = await accountOf(41);
    const clickedAt = clock.now();
    const locking = Array.from({ length: 40 }, (_, index) => doorkeeper.act(ref(idOf(index + 1)), 'lock'));
    await advance(2 * second);
    const unlockedAt = clock.now();
    const unlocking = doorkeeper.act(ref(idOf(0)), 'unlock');
    const results = await until(Promise.all([...locking, unlocking]));
    assert.deepEqual(results.map(endOf), Array(41).fill('confirmed'));
    assert.ok(Math.max(...timesOf('POST', clickedAt)) <= 10 * second);
    const path = `/smartlock/${idOf(0)}/action`;
    const opened = requestsSince(unlockedAt, 'POST').find((request) => request.path === path);
    assert.ok(opened && opened.at - unlockedAt <= 3 * second);
  });

  it('are read beforehand by few requests for all of them', async () => {
    const { clock, doorkeeper, advance, until, requestsSince } = await accountOf(41);
    const clickedAt = clock.now();
    const locking = Array.from({ length: 40 }, (_, index) => doorkeeper.act(ref(idOf(index + 1)), 'lock'));
    for (let waited = 0; requestsSince(clickedAt, 'POST').length < 40 && waited < 100; waited += 1) await advance(100);
    assert.ok(requestsSince(clickedAt, 'GET').length <= 4, `${requestsSince(clickedAt, 'GET').length} reads`);
    doorkeeper.dispose();
    await until(Promise.all(locking));
  });
});

describe('when Nuki asks to wait', () => {
  const wait = { status: 429, headers: { 'retry-after': '900' } };

  it('an action that is under way is not looked at before that time, and is not confirmed', async () => {
    const { clock, home, doorkeeper, advance, until, timesOf } = await accountOf(2);
    const acting = doorkeeper.act(ref(idOf(1)), 'lock');
    while (!home.exchanges.all.some(({ method }) => method === 'POST')) await advance(100);
    home.fault({ method: 'GET', times: Infinity, answer: wait });
    const from = clock.now();
    const result = await until(acting);
    assert.equal(endOf(result), 'unconfirmed');
    assert.equal(timesOf('GET', from).length, 1, 'the one that was asked to wait');
  });

  it('it is looked at again once that time has come', async () => {
    const { home, doorkeeper, advance, until } = await accountOf(2);
    const acting = doorkeeper.act(ref(idOf(1)), 'lock');
    while (!home.exchanges.all.some(({ method }) => method === 'POST')) await advance(100);
    home.fault({ method: 'GET', answer: { status: 429, headers: { 'retry-after': '20' } } });
    assert.equal(endOf(await until(acting)), 'confirmed');
  });

  it('a creation that is under way is not looked for before that time', async () => {
    const { clock, home, writer, until, timesOf } = await accountOf(2);
    const requested = { type: 13, name: 'Guest', remoteAllowed: false, code: 987_654 };
    const result = await until(writer.create(accountId, [idOf(1)], requested));
    assert.ok(result.sent);
    home.fault({ method: 'GET', times: Infinity, answer: wait });
    const from = clock.now();
    await until(result.followed);
    assert.equal(timesOf('GET', from).length, 1);
  });

  it('it is looked for at that time, where it is still followed then', async () => {
    const { clock, home, writer, until, timesOf } = await accountOf(2);
    const requested = { type: 13, name: 'Guest', remoteAllowed: false, code: 987_654 };
    const result = await until(writer.create(accountId, [idOf(1)], requested));
    assert.ok(result.sent);
    home.fault({ method: 'GET', answer: { status: 429, headers: { 'retry-after': '100' } } });
    const from = clock.now();
    await until(result.followed);
    const [asked = 0, again = 0] = timesOf('GET', from);
    assert.ok(again - asked >= 100 * second && again - asked <= 101 * second, `${again - asked} ms`);
  });

  it('no door is asked and nothing is written: it is refused with the time, and nothing was sent', async () => {
    const { clock, home, client, doorkeeper, until, timesOf } = await accountOf(2);
    home.fault({ method: 'GET', answer: wait });
    const retryAt = clock.now() + 15 * minute;
    await until(client.people().catch(() => undefined));
    const from = clock.now();
    const result = await until(doorkeeper.act(ref(idOf(0)), 'unlock'));
    assert.ok(!result.sent && result.refusal.kind === 'unread');
    const { reason, status, retryAt: toldTime = 0 } = result.refusal.error;
    const refused = { reason: 'rateLimited', status: undefined };
    assert.deepEqual({ reason, status }, refused);
    assert.ok(Math.abs(toldTime - retryAt) <= second);
    for (const write of [
      () => client.deleteAuthorization(idOf(0), '0123456789abcdef01234567'),
      () => client.createPerson('Anna', 'a@b.c'),
      () => client.sync(idOf(0)),
    ]) {
      await assert.rejects(until(write()), refused);
    }
    assert.equal(timesOf('GET', from).length + timesOf('POST', from).length, 0);
  });

  it('creations that were too many are the last requests for a minute, though Nuki named no time', async () => {
    const { clock, home, client, doorkeeper, advance, until, timesOf } = await accountOf(2);
    home.fault({ method: 'PUT', answer: { status: 429 } });
    const requested = { type: 13, name: 'Guest', remoteAllowed: false, code: 987_654 };
    await assert.rejects(until(client.createAuthorization([idOf(0), idOf(1)], requested)), { reason: 'rateLimited' });
    const from = clock.now();
    assert.equal(endOf(await until(doorkeeper.act(ref(idOf(0)), 'unlock'))), 'unread');
    await advance(minute);
    assert.equal(timesOf('GET', from).length, 0);
    assert.equal(endOf(await until(doorkeeper.act(ref(idOf(0)), 'unlock'))), 'confirmed');
  });
});
