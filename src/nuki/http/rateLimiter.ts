import type { Clock } from '../../base/clock.ts';
import { NukiError } from './errors.ts';

/** What a read is for: of several lanes, none waits for another. */
export type Lane =
  /** A device, and its log, just before it acts. */
  | 'door'
  /** What the user waits for: how an action or a change ends, a form, a list that they ask for. */
  | 'follow'
  /** Keeping up to date what is shown. */
  | 'refresh';

const second = 1_000;
const hour = 3_600_000;

interface Limits {
  /** Each bucket lets `capacity` reads go at once, and then one every `refillMs`. */
  readonly buckets: readonly { readonly capacity: number; readonly refillMs: number }[];
  /** How many reads may be under way at a time. */
  readonly concurrency: number;
  /** A read that would have to wait longer, in ms, is refused at once. */
  readonly longestQueue: number;
}

/**
 * Limits of our own, as no numbers of Nuki's are known: a read a second with bursts of 5, and for refreshes at most 300 in any hour, 100
 * of them at once. Following may read twice a second, with bursts of 6, and doors five times, with bursts of 10.
 */
const limits: Readonly<Record<Lane, Limits>> = {
  door: { buckets: [{ capacity: 10, refillMs: second / 5 }], concurrency: Infinity, longestQueue: 5 * second },
  follow: { buckets: [{ capacity: 6, refillMs: second / 2 }], concurrency: 2, longestQueue: Infinity },
  refresh: {
    buckets: [
      { capacity: 5, refillMs: second },
      { capacity: 100, refillMs: hour / 200 },
    ],
    concurrency: 2,
    longestQueue: Infinity,
  },
};

/** Says when a read may go. */
export interface ReadLimits {
  /** Runs `read` when it may go; an abort of `signal` ends the waiting. */
  run<T>(lane: Lane, signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T>;
}

/** Every read goes at once: what is asked is on this computer. */
export const unlimited: ReadLimits = { run: (_lane, _signal, read) => read() };

/**
 * Limits the reads of one account, each lane by itself, so that a door never waits for a refresh.
 * Writes never pass here: an action that waited in a queue would move a door when the user no longer expects it.
 */
export class RateLimiter implements ReadLimits {
  readonly #clock: Clock;
  readonly #queues: Readonly<Record<Lane, Queue>>;

  constructor(clock: Clock) {
    this.#clock = clock;
    const queueOf = (lane: Lane): Queue => ({
      semaphore: new Semaphore(limits[lane].concurrency),
      buckets: limits[lane].buckets.map((limit) => new TokenBucket(clock, limit)),
    });
    this.#queues = { door: queueOf('door'), follow: queueOf('follow'), refresh: queueOf('refresh') };
  }

  /**
   * Runs `read` when the limits allow it; an abort of `signal` ends the waiting, and `read` decides what it means.
   * @throws {NukiError} `queueFull` when too many reads of the lane wait already
   */
  async run<T>(lane: Lane, signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T> {
    const { semaphore, buckets } = this.#queues[lane];
    const isAcquired = await semaphore.acquire(signal);
    try {
      if (!signal?.aborted) {
        const wait = Math.max(...buckets.map((bucket) => bucket.timeToNext()));
        if (wait > limits[lane].longestQueue) throw new NukiError('queueFull');
        for (const bucket of buckets) bucket.take();
        if (wait > 0) await this.#clock.wait(wait, signal);
      }
      return await read();
    } finally {
      if (isAcquired) semaphore.release();
    }
  }
}

interface Queue {
  readonly semaphore: Semaphore;
  readonly buckets: readonly TokenBucket[];
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

  /** In how many milliseconds the next token is there. */
  timeToNext(): number {
    const now = this.#clock.now();
    const elapsed = Math.max(0, now - this.#countedAt);
    this.#tokens = Math.min(this.#capacity, this.#tokens + elapsed / this.#refillMs);
    this.#countedAt = now;
    return Math.max(0, (1 - this.#tokens) * this.#refillMs);
  }

  /** Takes the next token, which may not be there yet. */
  take(): void {
    this.#tokens -= 1;
  }
}
