import assert from 'node:assert/strict';
import { RateLimiter, type Lane } from '../../../../src/nuki/http/rateLimiter.ts';
import { FakeClock } from '../../fakeClock.ts';

const second = 1_000;
const hour = 3_600_000;

/** Reads that take so many milliseconds each, and when they began, in ms after the start. */
function setUp(duration = 0) {
  const clock = new FakeClock();
  const start = clock.now();
  const limiter = new RateLimiter(clock);
  const begun: Record<Lane, number[]> = { door: [], follow: [], refresh: [] };
  const running = { now: 0, most: 0 };
  const read = (lane: Lane, signal?: AbortSignal): Promise<void> =>
    limiter.run(lane, signal, async () => {
      begun[lane].push(clock.now() - start);
      running.most = Math.max(running.most, (running.now += 1));
      await clock.wait(duration);
      running.now -= 1;
    });
  const readMany = (lane: Lane, count: number): void => {
    for (let each = 0; each < count; each += 1) void read(lane);
  };
  return { clock, limiter, begun, running, read, readMany };
}

describe('the limits of reads', () => {
  it('lets five go at once, then one a second', async () => {
    const { clock, begun, readMany } = setUp();
    readMany('refresh', 8);
    await clock.advance(10 * second);
    assert.deepEqual(begun.refresh, [0, 0, 0, 0, 0, 1 * second, 2 * second, 3 * second]);
  });

  it('lets no more than 300 go in any hour', async () => {
    const { clock, begun, readMany } = setUp();
    readMany('refresh', 1_000);
    await clock.advance(4 * hour);
    const inHourFrom = (from: number): number => begun.refresh.filter((at) => at >= from && at < from + hour).length;
    const worst = Math.max(...begun.refresh.map(inHourFrom));
    assert.ok(worst <= 300 && worst > 200, `${worst} in an hour`);
    assert.ok(begun.refresh.length > 800, 'it goes on');
  });

  it('is full again after a rest', async () => {
    const { clock, begun, readMany } = setUp();
    readMany('refresh', 5);
    await clock.advance(10 * second);
    readMany('refresh', 5);
    await clock.advance(0);
    assert.deepEqual(begun.refresh.slice(5), Array(5).fill(10 * second));
  });

  it('has at most two refreshing reads under way', async () => {
    const { clock, begun, running, readMany } = setUp(3 * second);
    readMany('refresh', 6);
    await clock.advance(0);
    assert.equal(begun.refresh.length, 2);
    await clock.advance(20 * second);
    assert.equal(begun.refresh.length, 6);
    assert.equal(running.most, 2);
  });

  it('following never waits for refreshes, nor a door for either, however many there are and however slow', async () => {
    const { clock, begun, readMany } = setUp(15 * second);
    readMany('refresh', 400);
    readMany('follow', 400);
    await clock.advance(second);
    readMany('door', 2);
    await clock.advance(0);
    assert.equal(begun.follow.length, 2);
    assert.deepEqual(begun.door, [second, second]);
  });

  it('reads whose tokens are spent keep no door from its turn', async () => {
    const { clock, begun, readMany } = setUp();
    readMany('refresh', 400);
    readMany('follow', 1_000);
    await clock.advance(400 * second);
    assert.ok(begun.refresh.length < 150 && begun.follow.length < 1_000, 'they have to wait');
    readMany('door', 2);
    await clock.advance(0);
    assert.deepEqual(begun.door, [400 * second, 400 * second]);
  });

  it('following has a burst of six and two reads a second', async () => {
    const { clock, begun, readMany } = setUp();
    readMany('follow', 9);
    await clock.advance(5 * second);
    assert.deepEqual(begun.follow, [0, 0, 0, 0, 0, 0, 500, 1_000, 1_500]);
  });

  it('doors have a burst of ten and five reads a second, and none waits for a slow one', async () => {
    const { clock, begun, readMany } = setUp(15 * second);
    readMany('door', 12);
    await clock.advance(5 * second);
    assert.deepEqual(begun.door, [...Array<number>(10).fill(0), 200, 400]);
  });

  it("a door that would wait longer than 5 s is refused at once, and takes nobody's turn", async () => {
    const { clock, begun, read, readMany } = setUp();
    readMany('door', 35);
    await clock.advance(0);
    await assert.rejects(read('door'), { name: 'NukiError', reason: 'queueFull' });
    await clock.advance(5 * second);
    assert.equal(begun.door.length, 35);
    assert.equal(begun.door.at(-1), 5 * second);
  });

  it('gives the turn on after a read that failed', async () => {
    const { clock, limiter } = setUp();
    const fail = (): Promise<never> => Promise.reject(new Error('x'));
    const results = Promise.allSettled([1, 2, 3, 4].map(() => limiter.run('refresh', undefined, fail)));
    await clock.advance(second);
    assert.deepEqual(
      (await results).map(({ status }) => status),
      Array(4).fill('rejected'),
    );
    assert.equal(await limiter.run('follow', undefined, () => Promise.resolve('read')), 'read');
  });

  it('answers what was read', async () => {
    assert.equal(await setUp().limiter.run('refresh', undefined, () => Promise.resolve(42)), 42);
  });

  it('an abort ends the waiting for a token', async () => {
    const { clock, begun, read, readMany } = setUp();
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
    const { clock, begun, running, read } = setUp(15 * second);
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
    const { clock, begun, readMany } = setUp();
    readMany('refresh', 5);
    await clock.advance(0);
    clock.jump(-24 * hour);
    readMany('refresh', 2);
    await clock.advance(3 * second);
    assert.equal(begun.refresh.length, 7);
  });
});
