import type { Clock } from '../../base/clock.ts';
import { NukiError } from './errors.ts';
import { longestWait } from './retryAfter.ts';

/** What a read is for: refreshing what is shown, or following an action of the user. Each has limits of its own. */
export type Lane = 'refresh' | 'action';

const second = 1_000;
const hour = 3_600_000;

/**
 * Limits of our own, as Nuki publishes none: a read a second with bursts of 5, and for refreshes at most 300 in any hour, 100 of them at
 * once. An action may read twice a second, with bursts of 6.
 */
const limits = {
  refresh: [
    { capacity: 5, refillMs: second },
    { capacity: 100, refillMs: hour / 200 },
  ],
  action: [{ capacity: 6, refillMs: second / 2 }],
} as const;

/** How many reads of a lane may be under way at a time. */
const concurrency = 2;

/**
 * Limits the reads of one account, each lane by itself, so that an action never waits for a refresh.
 * Writes never pass here: an action that waited in a queue would move a door when the user no longer expects it.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #semaphores: Readonly<Record<Lane, Semaphore>> = {
    refresh: new Semaphore(concurrency),
    action: new Semaphore(concurrency),
  };
  readonly #buckets: Readonly<Record<Lane, readonly TokenBucket[]>>;
  #pausedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    const bucketsOf = (lane: Lane): TokenBucket[] => limits[lane].map((limit) => new TokenBucket(clock, limit));
    this.#buckets = { refresh: bucketsOf('refresh'), action: bucketsOf('action') };
  }

  /** Reads nothing for a refresh before `until`, in ms since 1970; for when the API has asked to wait. */
  pause(until: number): void {
    this.#pausedUntil = until;
  }

  /**
   * Runs `read` when the limits allow it; an abort of `signal` ends the waiting, and `read` decides what it means.
   * @throws {NukiError} `rateLimited` for a refresh during a pause
   */
  async run<T>(lane: Lane, signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T> {
    this.#throwIfPaused(lane);
    const semaphore = this.#semaphores[lane];
    const isAcquired = await semaphore.acquire(signal);
    try {
      if (!signal?.aborted) {
        await this.#clock.wait(Math.max(...this.#buckets[lane].map((bucket) => bucket.take())), signal);
      }
      this.#throwIfPaused(lane);
      return await read();
    } finally {
      if (isAcquired) semaphore.release();
    }
  }

  /** A pause longer than the longest wait comes from a clock that was set back, and does not count. */
  #throwIfPaused(lane: Lane): void {
    const pauseLeft = this.#pausedUntil - this.#clock.now();
    if (lane === 'refresh' && pauseLeft > 0 && pauseLeft <= longestWait) {
      throw new NukiError('rateLimited', { retryAt: this.#pausedUntil });
    }
  }
}

/** Hands out permits, in the order of asking. */
class Semaphore {
  #permits: number;
  readonly #waiting = new Set<() => void>();

  constructor(permits: number) {
    this.#permits = permits;
  }

  /** Waits for a permit, or until `signal` aborts. @returns whether there is a permit to release */
  async acquire(signal: AbortSignal | undefined): Promise<boolean> {
    if (this.#permits === 0) return await this.#wait(signal);
    this.#permits -= 1;
    return true;
  }

  /** Hands the permit to the caller that waits longest. */
  release(): void {
    const [next] = this.#waiting;
    if (next) next();
    else this.#permits += 1;
  }

  #wait(signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isAcquired: boolean): void => {
        this.#waiting.delete(acquire);
        signal?.removeEventListener('abort', abort);
        resolve(isAcquired);
      };
      const acquire = (): void => end(true);
      const abort = (): void => end(false);
      if (signal?.aborted) return abort();
      this.#waiting.add(acquire);
      signal?.addEventListener('abort', abort);
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
