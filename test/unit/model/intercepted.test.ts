import assert from 'node:assert/strict';
import { ownerOf } from '../../../src/model/accounts/accountBook.ts';
import { Doorkeeper } from '../../../src/model/actions/doorkeeper.ts';
import { Refresher } from '../../../src/model/refresh.ts';
import { Store } from '../../../src/model/store.ts';
import { tryPermissions } from '../../../src/model/accounts/tokenPermissions.ts';
import { createClient } from '../../../src/nuki/http/client.ts';
import { NukiError } from '../../../src/nuki/http/errors.ts';
import { simulatedApi } from '../../../src/simulator/api/api.ts';
import { demoHomeOptions } from '../../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import { SimulatedHome, type Fault } from '../../../src/simulator/home.ts';
import { ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, sourceOf } from './fakes.ts';

const token = 'token-0123456789-abcdef';
const minute = 60_000;

/** A home on the way to which something else answers, at first to nothing. */
function setUp() {
  const clock = new FakeClock();
  const home = new SimulatedHome({ ...demoHomeOptions(clock, 3), tokens: [{ token }] });
  const api = simulatedApi(home);
  const client = createClient(token, { fetch: (input, init) => api(new Request(input, init)), clock, random: () => 0 });
  const store = new Store(clock);
  store.setSources([sourceOf(client)]);
  const intercept = (status: number, fault: Fault = {}): void => {
    const page = {
      status,
      body: '<html><title>Web Page Blocked</title></html>',
      headers: { 'content-type': 'text/html' },
    };
    home.fault({ times: Infinity, answer: page, ...fault });
  };
  /** Lets time pass; the client takes turns of its own between two waits. */
  const advance = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      await clock.advance(1_000);
      for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const until = async <T>(work: Promise<T>): Promise<T> => {
    const end = { isThere: false };
    const settle = (): void => void (end.isThere = true);
    work.then(settle, settle);
    while (!end.isThere) await advance(1_000);
    return await work;
  };
  return { clock, home, client, store, intercept, advance, until };
}

describe('while something else answers in the place of Nuki', () => {
  for (const status of [200, 401, 403, 404]) {
    it(`the account is asked again with growing waits, and again at once when it is over (${status})`, async () => {
      const { clock, home, store, intercept, advance } = setUp();
      const refresher = new Refresher(
        store,
        { clock, random: () => 0.5 },
        () => ({ shown: true, accountIds: [accountId] }),
        () => minute,
        (error) => assert.fail(String(error)),
      );
      intercept(status);
      const start = clock.now();
      refresher.update();
      await advance(10 * minute);
      assert.equal(store.account(accountId)?.error?.reason, 'intercepted');
      const minutes = home.exchanges.all.map(({ at }) => Math.round((at - start) / minute));
      assert.deepEqual(minutes, [0, 1, 3, 7]);
      home.clearFaults();
      await advance(10 * minute);
      assert.equal(store.account(accountId)?.error, undefined);
      refresher.dispose();
    });

    it(`a token is neither refused nor short of a permission (${status})`, async () => {
      const { client, store, intercept, until } = setUp();
      await until(store.refresh(accountId));
      intercept(status);
      const intercepted = { reason: 'intercepted', status };
      await assert.rejects(until(ownerOf(client)), intercepted);
      const report = await until(tryPermissions(client));
      assert.ok(report.kind === 'failed' && report.error.reason === 'intercepted');
      const unauthorized = new NukiError('unauthorized', { status: 401 });
      const meaning = await until(store.diagnoseUnauthorized(accountId, unauthorized));
      assert.equal(meaning.reason, 'intercepted');
    });

    it(`a token of which Nuki said no is not blamed either, before Nuki has said more (${status})`, async () => {
      const { client, home, intercept, until } = setUp();
      home.fault({ path: /^\/account/, answer: { status: 401 } });
      intercept(status, { path: /^\/smartlock/ });
      await assert.rejects(until(ownerOf(client)), { reason: 'intercepted' });
    });

    it(`an action may have arrived: the door is looked at, and nothing is sent again (${status})`, async () => {
      const { clock, home, store, intercept, until } = setUp();
      await until(store.refresh(accountId));
      const doorkeeper = new Doorkeeper(store, clock, () => Promise.resolve(true));
      intercept(status, { method: 'POST' });
      const result = await until(doorkeeper.act(ref(frontDoor), 'lock'));
      assert.ok(result.sent && result.outcome.kind === 'unconfirmed');
      assert.equal(home.exchanges.all.filter(({ method }) => method === 'POST').length, 1);
    });
  }
});
