import assert from 'node:assert/strict';
import { isStale, Refresher } from '../../../src/model/refresh.ts';
import { Store } from '../../../src/model/store.ts';
import type { Decoded } from '../../../src/nuki/http/decode.ts';
import { NukiError } from '../../../src/nuki/http/errors.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { FakeClock } from '../fakeClock.ts';
import { lock } from '../devices.ts';
import { accountId, failing, listOf, pending, ScriptedApi, sourceOf } from './fakes.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Accounts 7 and 8, a user who looks at what `looking` says, and every unforeseen error. */
function setUp({ random = 0.5, interval = minute, shown = true, accountIds = [accountId] } = {}) {
  const clock = new FakeClock();
  const start = clock.now();
  const api = new ScriptedApi(clock);
  const other = new ScriptedApi(clock);
  const store = new Store(clock);
  store.setSources([sourceOf(api), sourceOf(other, '8', 'Office')]);
  const looking = { shown, accountIds, interval };
  const failures: unknown[] = [];
  const refresher = new Refresher(
    store,
    { clock, random: () => random },
    () => looking,
    () => looking.interval,
    (error) => failures.push(error),
  );
  const readAt = (): number[] => api.times.map((time) => time - start);
  return { clock, start, api, other, store, looking, refresher, failures, readAt };
}

describe('what is looked at', () => {
  it('is read at once, then every interval', async () => {
    const { clock, refresher, readAt } = setUp();
    refresher.update();
    await clock.advance(5 * minute);
    assert.deepEqual(readAt(), [0, minute, 2 * minute, 3 * minute, 4 * minute, 5 * minute]);
    refresher.dispose();
    await clock.advance(hour);
    assert.equal(readAt().length, 6);
    assert.equal(clock.waiting, 0);
  });

  for (const [random, gap] of [
    [0, 54 * second],
    [0.999_999, 66 * second],
  ] as const) {
    it(`is read up to 10 % ${random === 0 ? 'sooner' : 'later'} than the interval`, async () => {
      const { clock, refresher, readAt } = setUp({ random });
      refresher.update();
      await clock.advance(3 * minute);
      assert.ok(Math.abs((readAt()[1] ?? 0) - gap) <= 1, `${readAt()[1] ?? 0}`);
      refresher.dispose();
    });
  }

  it('is nothing else: an account that is not on screen is not read', async () => {
    const { clock, other, refresher } = setUp();
    refresher.update();
    await clock.advance(hour);
    assert.deepEqual(other.calls, []);
    refresher.dispose();
  });

  it('hidden, it is not read at all', async () => {
    const { clock, api, refresher } = setUp({ shown: false });
    refresher.update();
    await clock.advance(hour);
    assert.deepEqual(api.calls, []);
    assert.equal(clock.waiting, 0);
  });

  it('hidden later, it is not read any more; shown again, only when it is due', async () => {
    const { clock, looking, refresher, readAt } = setUp();
    refresher.update();
    await clock.advance(10 * second);
    looking.shown = false;
    refresher.update();
    await clock.advance(10 * second);
    assert.equal(clock.waiting, 0);
    looking.shown = true;
    refresher.update();
    await clock.advance(30 * second);
    assert.deepEqual(readAt(), [0]);
    await clock.advance(10 * second);
    assert.deepEqual(readAt(), [0, minute]);
    looking.shown = false;
    refresher.update();
    await clock.advance(hour);
    assert.equal(readAt().length, 2);
    refresher.dispose();
  });

  it('without the focus, nothing is read; what is shown grows older all the same', async () => {
    const { clock, api, store, looking, refresher } = setUp();
    refresher.update();
    await clock.advance(0);
    looking.accountIds = [];
    refresher.update();
    const aged: unknown[] = [];
    store.onDidChange((change) => aged.push(change));
    await clock.advance(10 * minute);
    assert.equal(api.calls.length, 1);
    assert.equal(aged.filter((change) => JSON.stringify(change).includes('"7"')).length, 10);
    refresher.dispose();
  });

  it('looked at anew again and again is read no more often', async () => {
    const { clock, refresher, readAt } = setUp();
    for (let look = 0; look < 50; look += 1) {
      refresher.update();
      await clock.advance(second);
    }
    assert.deepEqual(readAt(), [0]);
    refresher.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('is read once after a sleep, not as often as was missed', async () => {
    const { clock, api, refresher } = setUp();
    refresher.update();
    await clock.advance(0);
    clock.jump(8 * hour);
    await clock.advance(50 * second);
    assert.equal(api.calls.length, 2);
    refresher.dispose();
  });

  it('is read when the user asks, due or not', async () => {
    const { clock, api, refresher } = setUp({ interval: 0 });
    await refresher.refreshNow([accountId]);
    await refresher.refreshNow([accountId]);
    assert.equal(api.calls.length, 2);
    assert.equal(clock.waiting, 0);
  });

  it('is read again when the user asks while it is being read, unless that will do', async () => {
    const { clock, api, refresher } = setUp();
    const slow = pending<Decoded<Smartlock>>();
    api.onSmartlocks = () => slow.promise;
    refresher.update();
    await clock.advance(0);
    const joined = refresher.refreshNow([accountId], { joins: true });
    assert.equal(api.calls.length, 1);
    const asked = refresher.refreshNow([accountId]);
    await clock.advance(0);
    assert.equal(api.calls.length, 2);
    slow.resolve(listOf(lock()));
    await Promise.all([joined, asked]);
    refresher.dispose();
  });

  it('costs at most 75 requests an hour', async () => {
    const { clock, api, refresher } = setUp({ random: 0 });
    refresher.update();
    await clock.advance(hour);
    assert.ok(api.calls.length <= 75, `${api.calls.length}`);
    refresher.dispose();
  });
});

describe('the interval', () => {
  it('0 reads what has never been read, once', async () => {
    const { clock, api, refresher } = setUp({ interval: 0 });
    refresher.update();
    await clock.advance(hour);
    refresher.update();
    await clock.advance(hour);
    assert.equal(api.calls.length, 1);
    refresher.dispose();
  });

  it('counts anew when it is changed: sooner, later, never, and again', async () => {
    const { clock, looking, refresher, readAt } = setUp({ interval: hour });
    refresher.update();
    await clock.advance(10 * minute);
    looking.interval = minute;
    refresher.update();
    await clock.advance(0);
    assert.deepEqual(readAt(), [0, 10 * minute]);
    looking.interval = 0;
    refresher.update();
    await clock.advance(hour);
    assert.equal(readAt().length, 2);
    looking.interval = minute;
    refresher.update();
    await clock.advance(0);
    assert.equal(readAt().length, 3);
    refresher.dispose();
  });
});

describe('after a failure', () => {
  it('an account is asked ever less often, up to every ten minutes', async () => {
    const { clock, api, refresher, readAt } = setUp();
    api.onSmartlocks = () => failing('network');
    refresher.update();
    await clock.advance(2 * hour);
    const gaps = readAt().map((at, read) => at - (readAt()[read - 1] ?? 0));
    assert.deepEqual(
      gaps.slice(1, 8),
      [1, 2, 4, 8, 10, 10, 10].map((minutes) => minutes * minute),
    );
    api.onSmartlocks = new ScriptedApi(clock).onSmartlocks;
    await clock.advance(10 * minute);
    const healed = readAt().length;
    await clock.advance(5 * minute);
    assert.equal(readAt().length, healed + 5, 'as often as before once it answers');
    refresher.dispose();
  });

  it('an interval of more than ten minutes is not made shorter by it', async () => {
    const { clock, api, refresher, readAt } = setUp({ interval: hour });
    api.onSmartlocks = () => failing('network');
    refresher.update();
    await clock.advance(3 * hour);
    assert.deepEqual(readAt(), [0, hour, 2 * hour, 3 * hour]);
    refresher.dispose();
  });

  it('that asks to wait, an account is asked at that time and not before', async () => {
    const { clock, start, api, looking, refresher, readAt } = setUp();
    const retryAt = start + 7 * minute;
    api.onSmartlocks = () => Promise.reject(new NukiError('rateLimited', { status: 429, retryAt }));
    refresher.update();
    await clock.advance(7 * minute - 1);
    looking.shown = false;
    refresher.update();
    looking.shown = true;
    refresher.update();
    await clock.advance(0);
    assert.deepEqual(readAt(), [0]);
    api.onSmartlocks = new ScriptedApi(clock).onSmartlocks;
    await clock.advance(1);
    assert.deepEqual(readAt(), [0, 7 * minute]);
    refresher.dispose();
  });

  it('that asks to wait when the user asks, an account is asked again at that time, however long the interval', async () => {
    const { clock, start, api, refresher, readAt } = setUp();
    refresher.update();
    await clock.advance(10 * second);
    api.onSmartlocks = () =>
      Promise.reject(new NukiError('rateLimited', { status: 429, retryAt: start + 15 * second }));
    await refresher.refreshNow([accountId]);
    api.onSmartlocks = new ScriptedApi(clock).onSmartlocks;
    await clock.advance(6 * second);
    assert.deepEqual(readAt(), [0, 10 * second, 15 * second]);
    refresher.dispose();
    assert.equal(clock.waiting, 0);
  });

  for (const reason of ['tokenRefused', 'tokenMissing', 'permissionMissing'] as const) {
    it(`that only the user can mend (${reason}), an account is not asked again, and listeners are told little`, async () => {
      const { clock, api, store, refresher } = setUp();
      api.onSmartlocks = () => failing(reason, 401);
      refresher.update();
      await clock.advance(second);
      const told: unknown[] = [];
      store.onDidChange((change) => told.push(change));
      await clock.advance(hour);
      refresher.update();
      await clock.advance(hour);
      assert.equal(api.count('smartlocks'), 1);
      assert.ok(told.length < 300, `${told.length} changes were told in two hours`);
      refresher.dispose();
    });
  }

  it('of a token, the account is asked at once when it has another one, and only then', async () => {
    const { clock, api, store, refresher } = setUp();
    const source = sourceOf(api);
    store.setSources([source]);
    api.onSmartlocks = () => failing('tokenRefused', 401);
    refresher.update();
    await clock.advance(10 * minute);
    store.setSources([source]);
    refresher.update();
    await clock.advance(10 * minute);
    assert.equal(api.count('smartlocks'), 1, 'the same token is not tried again');

    const mended = new ScriptedApi(clock);
    store.setSources([sourceOf(mended)]);
    refresher.update();
    await clock.advance(0);
    assert.equal(mended.count('smartlocks'), 1);
    assert.equal(store.account(accountId)?.error, undefined);
    refresher.dispose();
  });

  it('that was forgiven, an account is asked at once', async () => {
    const { clock, api, refresher, readAt } = setUp();
    api.onSmartlocks = () => failing('network');
    refresher.update();
    await clock.advance(4 * minute);
    const before = readAt().length;
    refresher.resetBackoff(accountId);
    refresher.update();
    await clock.advance(0);
    assert.equal(readAt().length, before + 1);
    refresher.dispose();
  });

  it('that was not foreseen, it is told and nothing is left unhandled', async () => {
    const { clock, api, refresher, failures } = setUp();
    api.onSmartlocks = () => Promise.reject(new RangeError('unforeseen'));
    refresher.update();
    await clock.advance(minute);
    assert.ok(failures[0] instanceof RangeError);
    refresher.dispose();
  });
});

describe('what is shown', () => {
  /** Nuki is asked and does not answer, and what is told meanwhile is counted. */
  const withoutAnswers = ({ api, store }: ReturnType<typeof setUp>): readonly unknown[] => {
    api.onSmartlocks = () => new Promise(() => undefined);
    const told: unknown[] = [];
    store.onDidChange((change) => told.push(change));
    return told;
  };

  it('after a sleep grows old before the answer comes', async () => {
    const services = setUp();
    services.refresher.update();
    await services.clock.advance(0);
    services.clock.jump(8 * hour);
    const told = withoutAnswers(services);
    await services.clock.advance(0);
    assert.ok(told.length > 0);
    services.refresher.dispose();
  });

  it('that was hidden for an hour is old at once when it is seen again', async () => {
    const services = setUp();
    services.refresher.update();
    await services.clock.advance(0);
    services.looking.shown = false;
    services.refresher.update();
    await services.clock.advance(hour);
    const told = withoutAnswers(services);
    services.looking.shown = true;
    services.refresher.update();
    assert.ok(told.length > 0);
    services.refresher.dispose();
  });

  it('is read on after the clock was set back by a day', async () => {
    const { clock, refresher, api } = setUp();
    refresher.update();
    await clock.advance(0);
    clock.jump(-24 * hour);
    refresher.update();
    await clock.advance(10 * minute);
    assert.equal(api.count('smartlocks'), 12);
    refresher.dispose();
  });
});

describe('a state', () => {
  it('is stale after more than two intervals, and after ten minutes however long these are', () => {
    assert.equal(isStale(0, 2 * minute, minute), false);
    assert.equal(isStale(0, 2 * minute + 1, minute), true);
    assert.equal(isStale(0, 10 * minute, hour), false);
    assert.equal(isStale(0, 10 * minute + 1, hour), true);
  });

  it('is stale after two minutes where nothing is refreshed by itself', () => {
    assert.equal(isStale(0, 2 * minute, 0), false);
    assert.equal(isStale(0, 2 * minute + 1, 0), true);
  });

  it('that was read before the clock was set back is stale, but for a moment more or less', () => {
    assert.equal(isStale(hour, 0, minute), true);
    assert.equal(isStale(minute, 0, minute), false);
  });
});
