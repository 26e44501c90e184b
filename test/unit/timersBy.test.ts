import assert from 'node:assert/strict';
import { createClient } from '../../src/nuki/http/client.ts';
import { NukiError } from '../../src/nuki/http/errors.ts';
import { FakeClock } from './fakeClock.ts';
import { withTimersBy } from './timersBy.ts';

describe('timers that go by a clock', () => {
  it('give up a write that Nuki never answers after 20 s of it, however fast it is turned', async () => {
    const clock = new FakeClock();
    await withTimersBy(clock, async () => {
      const fetch: typeof globalThis.fetch = (input) =>
        new Promise((_, reject) => {
          const { signal } = new Request(input);
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      const ends: unknown[] = [];
      void createClient('any-token', { fetch, clock, random: () => 0 })
        .sync(1)
        .catch((error: unknown) => ends.push(error instanceof NukiError ? error.reason : error));
      await clock.advance(19_900);
      assert.deepEqual(ends, []);
      await clock.advance(300);
      assert.deepEqual(ends, ['timeout']);
      assert.equal(clock.waiting, 0);
    });
  });
});
