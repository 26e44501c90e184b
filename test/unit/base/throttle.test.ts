import assert from 'node:assert/strict';
import { Throttle } from '../../../src/base/throttle.ts';
import { FakeClock } from '../fakeClock.ts';

describe('a throttle', () => {
  function setUp() {
    const clock = new FakeClock();
    const start = clock.now();
    const runs: number[] = [];
    const throttle = new Throttle(
      async () => {
        runs.push(clock.now() - start);
        await clock.wait(100);
      },
      1000,
      clock,
    );
    return { clock, runs, throttle };
  }

  it('runs at once, and then no sooner than after its rest', async () => {
    const { clock, runs, throttle } = setUp();
    for (let asked = 0; asked < 50; asked += 1) {
      throttle.ask();
      await clock.advance(50);
    }
    assert.deepEqual(runs, [0, 1100, 2200]);
  });

  it('runs once more for what was asked while it ran, and for nothing else', async () => {
    const { clock, runs, throttle } = setUp();
    throttle.ask();
    throttle.ask();
    await clock.advance(10_000);
    assert.deepEqual(runs, [0, 1100]);
    throttle.ask();
    await clock.advance(10_000);
    assert.deepEqual(runs, [0, 1100, 10_000]);
  });

  it('runs no more once it is disposed', async () => {
    const { clock, runs, throttle } = setUp();
    throttle.ask();
    throttle.ask();
    throttle.dispose();
    await clock.advance(10_000);
    throttle.ask();
    await clock.advance(10_000);
    assert.deepEqual(runs, [0]);
    assert.equal(clock.waiting, 0);
  });
});
