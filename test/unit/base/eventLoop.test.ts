import assert from 'node:assert/strict';
import { forEachYielding } from '../../../src/base/eventLoop.ts';

function busyFor(ms: number): void {
  const start = performance.now();
  while (performance.now() - start < ms);
}

describe('long work in turns', () => {
  it('does everything, in order', async () => {
    const done: number[] = [];
    assert.equal(await forEachYielding([1, 2, 3], (item) => done.push(item)), true);
    assert.deepEqual(done, [1, 2, 3]);
  });

  it('lets others have their turn in between', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await forEachYielding(Array.from({ length: 20 }), () => busyFor(10));
    clearInterval(counting);
    assert.ok(turns >= 5, String(turns));
  });

  it('ends where it is stopped', async () => {
    const stopped = new AbortController();
    const done: number[] = [];
    const work = (item: number): void => {
      done.push(item);
      if (item === 2) stopped.abort();
    };
    assert.equal(await forEachYielding([1, 2, 3], work, stopped.signal), false);
    assert.deepEqual(done, [1, 2]);
  });
});
