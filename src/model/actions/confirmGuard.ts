import type { Clock } from '../../base/clock.ts';

/** In milliseconds. A faster answer was meant for something else: a second Enter, a double click. */
export const shortestReadingTime = 300;

/**
 * Asks again for as long as a "yes" comes faster than a person can have read the question. A "no" always counts; it is an answer that is
 * `false` or `undefined`.
 */
export function ignoreAccidentalYes<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  clock: Pick<Clock, 'now'>,
): (question: Question) => Promise<Answer> {
  return async (question) => {
    for (;;) {
      const askedAt = clock.now();
      const answer = await ask(question);
      if (!answer || clock.now() - askedAt >= shortestReadingTime) return answer;
    }
  };
}
