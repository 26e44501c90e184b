import type { Clock } from '../../src/base/clock.ts';

interface Wait {
  readonly due: number;
  readonly end: () => void;
}

/** A clock that stands still until a test turns its hands. */
export class FakeClock implements Clock {
  #now: number;
  readonly #waits = new Set<Wait>();

  /** `start`: ms since 1970. */
  constructor(start = Date.UTC(2026, 10, 23, 12)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** How many waits have not ended: what is left of them after a test is a leak. */
  get waiting(): number {
    return this.#waits.size;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted || ms <= 0) return resolve();
      const end = (): void => {
        this.#waits.delete(wait);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const wait = { due: this.#now + ms, end };
      this.#waits.add(wait);
      signal?.addEventListener('abort', end);
    });
  }

  /**
   * Moves the time on by `ms`, stopping at each wait that ends on the way, so that what follows it happens at its own time.
   * Whatever is ready to run has run when the answer resolves.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await runWhatIsReady();
      const next = [...this.#waits].filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.due);
      next.end();
    }
    // A sleep on the way may have gone beyond.
    this.#now = Math.max(this.#now, end);
    await runWhatIsReady();
  }

  /** Sets the clock, as a user or a laptop's sleep does: no wait ends by it alone. */
  jump(ms: number): void {
    this.#now += ms;
  }
}

function runWhatIsReady(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
