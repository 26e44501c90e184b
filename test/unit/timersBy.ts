import type { Clock } from '../../src/base/clock.ts';

/**
 * Does `work` while timers go by `clock`, as the client's library has timers of its own: by real time their deadlines would come sooner or
 * later beside a clock that is turned by hand, with the load of the computer.
 */
export async function withTimersBy<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const start = (tick: () => void, ms = 0, isRepeated = false): AbortController => {
    const stopped = new AbortController();
    const run = async (): Promise<void> => {
      await clock.wait(Math.max(1, ms), stopped.signal);
      if (stopped.signal.aborted) return;
      tick();
      if (isRepeated) void run();
    };
    void run();
    return stopped;
  };
  const stop = (timer: AbortController | undefined): void => timer?.abort();
  Object.assign(globalThis, {
    setTimeout: (tick: () => void, ms?: number) => start(tick, ms),
    clearTimeout: stop,
    setInterval: (tick: () => void, ms?: number) => start(tick, ms, true),
    clearInterval: stop,
  });
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
  }
}
