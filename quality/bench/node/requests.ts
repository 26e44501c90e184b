import { Refresher } from '../../../src/model/refresh.ts';
import { Store } from '../../../src/model/store.ts';
import { createClient } from '../../../src/nuki/http/client.ts';
import { seededRandom } from '../../../src/simulator/random.ts';
import { FakeClock } from '../../../test/unit/fakeClock.ts';
import { sourceOf } from '../../../test/unit/model/fakes.ts';
import type { Bench } from '../bench.ts';
import { manySmartlocks } from '../people.ts';

/** The devices of each account. */
const sizes = [10, 1_000, 5_000];
const minute = 60_000;
const hiddenFor = 5 * minute;
const times = 4;
const step = 1_000;
/** So many turns of the event loop are enough for lists to be read, decoded and taken. */
const turnsToSettle = 300;

/** An account, and what was asked of its API. */
class CountedAccount {
  readonly id: string;
  requests = 0;
  /** When its lists were asked for that were taken, in ms since 1970. */
  readonly refreshes = new Set<number>();
  readonly #json: string;

  constructor(size: number) {
    this.id = String(size);
    this.#json = JSON.stringify(manySmartlocks(size));
  }

  readonly fetch = async (): Promise<Response> => {
    this.requests += 1;
    return new Response(this.#json, { headers: { 'content-type': 'application/json' } });
  };
}

/**
 * Accounts of several sizes in one window, on a clock of its own. They are shown for some minutes, refreshed by the user, and hidden: how
 * often is each asked for each list that it has given, and how often while nothing of them is on the screen?
 */
export const requests: Bench = {
  name: 'requests',
  run: async (seed) => {
    const clock = new FakeClock();
    const drawn = seededRandom(seed);
    const random = (): number => drawn.next();
    const accounts = sizes.map((size) => new CountedAccount(size));
    const ids = accounts.map(({ id }) => id);
    const store = new Store(clock);
    store.setSources(
      accounts.map(({ id, fetch }) =>
        sourceOf(createClient('bench-token-0123456789abcdef', { fetch, clock, random }), id),
      ),
    );
    const view = { isShown: true };
    const fail = (error: unknown): never => {
      throw error;
    };
    const scope = () => ({ shown: view.isShown, accountIds: view.isShown ? ids : [] });
    const refresher = new Refresher(store, { clock, random }, scope, () => minute, fail);
    const total = (): number => accounts.reduce((sum, account) => sum + account.requests, 0);
    const pass = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += step) {
        const before = total();
        await clock.advance(step);
        if (total() === before) continue;
        for (let turn = 0; turn < turnsToSettle; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        for (const { id, refreshes } of accounts) refreshes.add(store.account(id)?.refreshedAt ?? NaN);
      }
    };

    const whileHidden: number[] = [];
    for (let time = 0; time < times; time += 1) {
      view.isShown = true;
      refresher.update();
      await pass(3 * minute);
      const asked = refresher.refreshNow(ids);
      await pass(step);
      await asked;
      view.isShown = false;
      refresher.update();
      const before = total();
      await pass(hiddenFor);
      whileHidden.push(total() - before);
    }
    refresher.dispose();
    return [
      { line: 'requests of a refresh', ours: accounts.map((account) => account.requests / account.refreshes.size) },
      { line: 'requests while hidden', ours: whileHidden },
    ];
  },
};
