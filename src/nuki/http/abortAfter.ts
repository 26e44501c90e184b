import type { Clock } from '../../base/clock.ts';

/** How often the clock is looked at, in milliseconds: after a sleep, earlier than a network is back. */
const step = 100;

/**
 * A signal that aborts once `clock` has moved by more than `ms` milliseconds, whichever way: also where the computer has slept, when timers
 * stand still and a request that was connecting would be sent afterwards. To be stopped.
 */
export function abortAfter(
  ms: number,
  clock: Pick<Clock, 'now'>,
): { readonly signal: AbortSignal; readonly stop: () => void } {
  const began = clock.now();
  const controller = new AbortController();
  const timer = setInterval(() => {
    if (Math.abs(clock.now() - began) > ms) controller.abort();
  }, step);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}
