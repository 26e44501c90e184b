import type { Clock } from '../base/clock.ts';

/** Who asks: the refresh of what is shown, or a person's action that is being followed. Each has a budget of its own. */
export type Lane = 'refresh' | 'action';

const second = 1_000;
const hour = 3_600_000;

/** Nuki's limits are not public, so we keep to our own: one read a second with bursts, and an hourly sum for refreshes. */
const limits = {
  refresh: [
    { capacity: 5, refillMs: second },
    { capacity: 300, refillMs: hour / 300 },
  ],
  action: [{ capacity: 6, refillMs: second / 2 }],
} as const;

const parallel = 2;

/**
 * The reads of one account: at most two at a time, each after its turn in the token buckets of its lane.
 * Writes never pass here: an action that waits in a queue would move a door when nobody expects it.
 */
export class RequestBudget {
  readonly #clock: Clock;
  readonly #buckets: Readonly<Record<Lane, readonly TokenBucket[]>>;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    const bucketsOf = (lane: Lane): TokenBucket[] => limits[lane].map((limit) => new TokenBucket(clock, limit));
    this.#buckets = { refresh: bucketsOf('refresh'), action: bucketsOf('action') };
  }

  /** Runs `read` when it is its turn; an abort of `signal` ends the waiting and leaves the decision to `read`. */
  async spend<T>(lane: Lane, signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T> {
    if (this.#running >= parallel) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      await this.#clock.wait(Math.max(...this.#buckets[lane].map((bucket) => bucket.take())), signal);
      return await read();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

class TokenBucket {
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #refillMs: number;
  #tokens: number;
  #countedAt: number;

  constructor(clock: Clock, { capacity, refillMs }: { capacity: number; refillMs: number }) {
    this.#clock = clock;
    this.#capacity = capacity;
    this.#refillMs = refillMs;
    this.#tokens = capacity;
    this.#countedAt = clock.now();
  }

  /** Takes one token and answers how many milliseconds to wait until it is there. */
  take(): number {
    const now = this.#clock.now();
    const elapsed = Math.max(0, now - this.#countedAt);
    this.#tokens = Math.min(this.#capacity, this.#tokens + elapsed / this.#refillMs) - 1;
    this.#countedAt = now;
    return Math.max(0, -this.#tokens * this.#refillMs);
  }
}
