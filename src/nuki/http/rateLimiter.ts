import type { Clock } from '../../base/clock.ts';
import { NukiError } from './errors.ts';
import { longestWait } from './retryAfter.ts';

/** Who asks: the refresh of what is shown, or a person's action that is being followed. Each has a budget of its own. */
export type Lane = 'refresh' | 'action';

const second = 1_000;
const hour = 3_600_000;

/**
 * Nuki's limits are not public, so we keep to our own: one read a second with bursts, and for refreshes no more than 300 in any hour,
 * of which 100 at once.
 */
const limits = {
  refresh: [
    { capacity: 5, refillMs: second },
    { capacity: 100, refillMs: hour / 200 },
  ],
  action: [{ capacity: 6, refillMs: second / 2 }],
} as const;

/** How many reads of a lane are under way at a time. */
const parallel = 2;

/**
 * The reads of one account: at most two of a lane at a time, each after its turn in the token buckets of its lane. The lanes know nothing
 * of each other, so that an action never waits for a refresh.
 * Writes never pass here: an action that waits in a queue would move a door when nobody expects it.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #places: Readonly<Record<Lane, Semaphore>> = {
    refresh: new Semaphore(parallel),
    action: new Semaphore(parallel),
  };
  readonly #buckets: Readonly<Record<Lane, readonly TokenBucket[]>>;
  #pausedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    const bucketsOf = (lane: Lane): TokenBucket[] => limits[lane].map((limit) => new TokenBucket(clock, limit));
    this.#buckets = { refresh: bucketsOf('refresh'), action: bucketsOf('action') };
  }

  /** The API has asked to wait, whatever it was asked for: nothing is read for a refresh before `until`, in ms since 1970. */
  pause(until: number): void {
    this.#pausedUntil = until;
  }

  /**
   * Runs `read` when it is its turn; an abort of `signal` ends the waiting and leaves the decision to `read`.
   * @throws {NukiError} `rateLimited` for a refresh during a pause
   */
  async run<T>(lane: Lane, signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T> {
    this.#throwIfPaused(lane);
    const leave = await this.#places[lane].enter(signal);
    try {
      if (!signal?.aborted) {
        await this.#clock.wait(Math.max(...this.#buckets[lane].map((bucket) => bucket.take())), signal);
      }
      this.#throwIfPaused(lane);
      return await read();
    } finally {
      leave();
    }
  }

  /** A pause that is longer than any comes from a clock that was set back. */
  #throwIfPaused(lane: Lane): void {
    const left = this.#pausedUntil - this.#clock.now();
    if (lane === 'refresh' && left > 0 && left <= longestWait) {
      throw new NukiError('rateLimited', { retryAt: this.#pausedUntil });
    }
  }
}

/** So many places, taken in the order of asking. */
class Semaphore {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a place, or until `signal` aborts. @returns how to leave */
  async enter(signal: AbortSignal | undefined): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else if (!(await this.#turn(signal))) return () => undefined;
    return () => this.#leave();
  }

  /** Hands the place to whoever waits longest. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next) next();
    else this.#free += 1;
  }

  /** @returns whether a place was handed over */
  #turn(signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (hasPlace: boolean): void => {
        this.#waiting.delete(take);
        signal?.removeEventListener('abort', give);
        resolve(hasPlace);
      };
      const take = (): void => end(true);
      const give = (): void => end(false);
      if (signal?.aborted) return give();
      this.#waiting.add(take);
      signal?.addEventListener('abort', give);
    });
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
