import assert from 'node:assert/strict';
import { RateLimiter, type Lane } from '../../../../src/nuki/http/rateLimiter.ts';
import { FakeClock } from '../../fakeClock.ts';

const second = 1_000;
const hour = 3_600_000;

/** Reads that take so many milliseconds each, and when they began, in ms after the start. */
function locale(duration = 0) {
  const clock = new FakeClock();
  const start = clock.now();
  const budget = new RateLimiter(clock);
  const begun: Record<Lane, number[]> = { refresh: [], action: [] };
  const running = { now: 0, most: 0 };
  const read = (lane: Lane, signal?: AbortSignal): Promise<void> =>
    budget.run(lane, signal, async () => {
      begun[lane].push(clock.now() - start);
      running.most = Math.max(running.most, (running.now += 1));
      await clock.wait(duration);
      running.now -= 1;
    });
  const readMany = (lane: Lane, count: number): void => {
    for (let each = 0; each < count; each += 1) void read(lane);
  };
  return { clock, budget, begun, running, read, readMany };
}

describe('the budget of reads', () => {
  it('lets five go at once, then one a second', async () => {
    const { clock, begun, readMany } = locale();
    readMany('refresh', 8);
    await clock.advance(10 * second);
    assert.deepEqual(begun.refresh, [0, 0, 0, 0, 0, 1 * second, 2 * second, 3 * second]);
  });

  it('reads nothing for a refresh while the API has asked to wait, to the second, but what an action needs', async () => {
    const { clock, budget, begun, read } = locale();
    budget.pause(clock.now() + 120 * second);
    const failure = { name: 'NukiError', reason: 'rateLimited', retryAt: clock.now() + 120 * second };
    await assert.rejects(read('refresh'), failure);
    await read('action');
    await clock.advance(120 * second - 1);
    await assert.rejects(read('refresh'), failure);
    await clock.advance(1);
    await read('refresh');
    assert.deepEqual(begun, { refresh: [120 * second], action: [0] });
  });

  it('reads nothing either of what waited for its turn when the API asked to wait', async () => {
    const { clock, budget, begun, readMany, read } = locale();
    readMany('refresh', 5);
    const sixth = assert.rejects(read('refresh'), { reason: 'rateLimited' });
    await clock.advance(500);
    budget.pause(clock.now() + 60 * second);
    await clock.advance(5 * second);
    await sixth;
    assert.equal(begun.refresh.length, 5);
  });

  it('does not wait for days when the clock was set back', async () => {
    const { clock, budget, begun, read } = locale();
    budget.pause(clock.now() + 60 * second);
    clock.jump(-24 * hour);
    await read('refresh');
    assert.equal(begun.refresh.length, 1);
  });

  it('lets no more than 300 go in any hour', async () => {
    const { clock, begun, readMany } = locale();
    readMany('refresh', 1_000);
    await clock.advance(4 * hour);
    const inHourFrom = (from: number): number => begun.refresh.filter((at) => at >= from && at < from + hour).length;
    const worst = Math.max(...begun.refresh.map(inHourFrom));
    assert.ok(worst <= 300 && worst > 200, `${worst} in an hour`);
    assert.ok(begun.refresh.length > 800, 'it goes on');
  });

  it('is full again after a rest', async () => {
    const { clock, begun, readMany } = locale();
    readMany('refresh', 5);
    await clock.advance(10 * second);
    readMany('refresh', 5);
    await clock.advance(0);
    assert.deepEqual(begun.refresh.slice(5), Array(5).fill(10 * second));
  });

  it('has at most two refreshing reads under way', async () => {
    const { clock, begun, running, readMany } = locale(3 * second);
    readMany('refresh', 6);
    await clock.advance(0);
    assert.equal(begun.refresh.length, 2);
    await clock.advance(20 * second);
    assert.equal(begun.refresh.length, 6);
    assert.equal(running.most, 2);
  });

  it('an action never waits for refreshes, however many there are and however slow', async () => {
    const { clock, begun, readMany } = locale(15 * second);
    readMany('refresh', 400);
    await clock.advance(second);
    readMany('action', 2);
    await clock.advance(0);
    assert.deepEqual(begun.action, [second, second]);
  });

  it('a refresh whose tokens are spent keeps no action from its turn', async () => {
    const { clock, begun, readMany } = locale();
    readMany('refresh', 400);
    await clock.advance(400 * second);
    const before = begun.refresh.length;
    assert.ok(before < 150, 'the refreshes have to wait');
    readMany('action', 2);
    await clock.advance(0);
    assert.deepEqual(begun.action, [400 * second, 400 * second]);
  });

  it('an action has a burst of six and two reads a second', async () => {
    const { clock, begun, readMany } = locale();
    readMany('action', 9);
    await clock.advance(5 * second);
    assert.deepEqual(begun.action, [0, 0, 0, 0, 0, 0, 500, 1_000, 1_500]);
  });

  it('gives the turn on after a read that failed', async () => {
    const { clock, budget } = locale();
    const fail = (): Promise<never> => Promise.reject(new Error('x'));
    const results = Promise.allSettled([1, 2, 3, 4].map(() => budget.run('refresh', undefined, fail)));
    await clock.advance(second);
    assert.deepEqual(
      (await results).map(({ status }) => status),
      Array(4).fill('rejected'),
    );
    assert.equal(await budget.run('action', undefined, () => Promise.resolve('read')), 'read');
  });

  it('answers what was read', async () => {
    assert.equal(await locale().budget.run('refresh', undefined, () => Promise.resolve(42)), 42);
  });

  it('an abort ends the waiting for a token', async () => {
    const { clock, begun, read, readMany } = locale();
    readMany('refresh', 5);
    await clock.advance(0);
    const stop = new AbortController();
    const waiting = read('refresh', stop.signal);
    await clock.advance(0);
    assert.equal(begun.refresh.length, 5);
    stop.abort();
    await clock.advance(0);
    await waiting;
    assert.deepEqual(begun.refresh.at(-1), 0);
  });

  it('an abort ends the waiting for a place', async () => {
    const { clock, begun, running, read } = locale(15 * second);
    const slow = [read('refresh'), read('refresh')];
    const stop = new AbortController();
    const waiting = read('refresh', stop.signal);
    const next = read('refresh');
    await clock.advance(second);
    assert.equal(begun.refresh.length, 2);
    stop.abort();
    await clock.advance(0);
    assert.equal(begun.refresh.length, 3, 'the decision is left to the read');
    await clock.advance(60 * second);
    await Promise.all([...slow, waiting, next]);
    assert.equal(running.now, 0);
    assert.equal(begun.refresh.length, 4);
    assert.equal(clock.waiting, 0);
  });

  it('a clock that is set back does not stop it', async () => {
    const { clock, begun, readMany } = locale();
    readMany('refresh', 5);
    await clock.advance(0);
    clock.jump(-24 * hour);
    readMany('refresh', 2);
    await clock.advance(3 * second);
    assert.equal(begun.refresh.length, 7);
  });
});
