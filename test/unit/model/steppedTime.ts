import type { Clock } from '../../../src/base/clock.ts';
import { FakeClock } from '../fakeClock.ts';

/** Time that steps from one wait to the next, when nothing is left to run; some waits are those of the client and of the API. */
export class SteppedTime {
  readonly fakeClock = new FakeClock();
  readonly #waits = new Set<{ readonly due: number; readonly ofClient: boolean }>();

  clock(ofClient: boolean): Clock {
    return {
      now: () => this.fakeClock.now(),
      wait: async (ms, signal) => {
        const wait = { due: this.fakeClock.now() + ms, ofClient };
        this.#waits.add(wait);
        await this.fakeClock.wait(ms, signal);
        this.#waits.delete(wait);
      },
    };
  }

  get waiting(): number {
    return this.#waits.size;
  }

  get ofClient(): number {
    return [...this.#waits].filter((wait) => wait.ofClient).length;
  }

  /** Goes to the end of the next wait. */
  async next(): Promise<void> {
    const due = Math.min(...[...this.#waits].map((wait) => wait.due));
    if (due === Infinity) throw new Error('Nothing is waited for, and it does not end.');
    await this.fakeClock.advance(Math.max(0, due - this.fakeClock.now()));
  }
}
