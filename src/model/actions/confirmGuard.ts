import type { Clock } from '../../base/clock.ts';

/** In milliseconds. A faster answer was meant for something else: a second Enter, a double click. */
export const shortestReadingTime = 300;

/** Asks again for as long as a "yes" comes faster than a person can have read the question. A "no" always counts. */
export function ignoreAccidentalYes<Question>(
  ask: (question: Question) => Promise<boolean>,
  clock: Pick<Clock, 'now'>,
): (question: Question) => Promise<boolean> {
  return async (question) => {
    for (;;) {
      const askedAt = clock.now();
      if (!(await ask(question))) return false;
      if (clock.now() - askedAt >= shortestReadingTime) return true;
    }
  };
}
