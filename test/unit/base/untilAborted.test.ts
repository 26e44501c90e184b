import assert from 'node:assert/strict';
import { untilAborted } from '../../../src/base/untilAborted.ts';

describe('waiting until the user stops it', () => {
  const never = new Promise<never>(() => undefined);

  it('ends with the work, and fails with it', async () => {
    const { signal } = new AbortController();
    await untilAborted(Promise.resolve(), signal);
    await assert.rejects(untilAborted(Promise.reject(new RangeError('unforeseen')), signal), RangeError);
  });

  it('ends at once when it is stopped, or was before', async () => {
    const stopped = new AbortController();
    const waiting = untilAborted(never, stopped.signal);
    stopped.abort();
    await waiting;
    await untilAborted(never, stopped.signal);
  });
});
