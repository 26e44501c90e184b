import assert from 'node:assert/strict';
import { systemClock } from '../../../src/base/clock.ts';

describe('systemClock', () => {
  it('knows the time in milliseconds since 1970', () => {
    assert.ok(Math.abs(systemClock.now() - new Date().getTime()) < 1_000);
  });

  it('waits as long as it is told', async () => {
    const begun = performance.now();
    await systemClock.wait(20);
    assert.ok(performance.now() - begun >= 18);
  });

  it('stops waiting when it is told to, without an error', async () => {
    const stop = new AbortController();
    const waited = systemClock.wait(60_000, stop.signal);
    stop.abort();
    await waited;
  });

  it('does not begin to wait for what was stopped before', async () => {
    await systemClock.wait(60_000, AbortSignal.abort());
  });
});
