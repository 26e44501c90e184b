import type { Clock } from '../base/clock.ts';
import type { NukiError } from '../nuki/http/errors.ts';
import type { ReadOptions, Store } from './store.ts';

/** Milliseconds between two updates of the ages on screen, which change even when nothing is read. */
const agingStep = 60_000;
const longestInterval = 10 * 60_000;
const usualInterval = 60_000;

/** What the user looks at just now. */
export interface RefreshScope {
  /** Whether anything of ours is on the screen. */
  readonly shown: boolean;
  /** The accounts that may be read for it: none while the window has no focus. */
  readonly accountIds: readonly string[];
}

/** When an account was last read, how many reads in a row have failed, and the factor of the next wait: 0.9 to 1.1. */
interface Asked {
  readonly at: number;
  readonly failures: number;
  readonly spread: number;
}

/** However seldom is read: a door that was locked so many milliseconds ago may not be any more. */
const longestCurrent = 10 * 60_000;

/**
 * Whether a state read at `seenAt` is older than two intervals, or than {@link longestCurrent}; an interval of 0, never, counts as a
 * minute. A state from as far in the future is old too: the clock was set back. All in milliseconds.
 */
export function isStale(seenAt: number, now: number, interval: number): boolean {
  return Math.abs(now - seenAt) > Math.min(2 * (interval || usualInterval), longestCurrent);
}

/**
 * Reads the accounts that the user looks at, every interval ± 10 %, and nothing else. After a failure an account is
 * asked ever less often, up to every ten minutes; one that needs a token is not asked at all until it has changed.
 */
export class Refresher {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #scope: () => RefreshScope;
  /** In milliseconds; 0 reads only what has never been read. */
  readonly #interval: () => number;
  readonly #onFailure: (error: unknown) => void;
  readonly #asked = new Map<string, Asked>();
  #stopped = new AbortController();

  constructor(
    store: Store,
    services: { readonly clock: Clock; readonly random: () => number },
    scope: () => RefreshScope,
    interval: () => number,
    onFailure: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#clock = services.clock;
    this.#random = services.random;
    this.#scope = scope;
    this.#interval = interval;
    this.#onFailure = onFailure;
  }

  /** Polls by the present scope: to be called when what is shown, the focus, the accounts or the interval have changed. */
  update(): void {
    this.#stopped.abort();
    this.#stopped = new AbortController();
    if (!this.#scope().shown) return;
    void this.#run(this.#stopped.signal).catch(this.#onFailure);
    void this.#age(this.#stopped.signal).catch(this.#onFailure);
  }

  /** Reads `accountIds` now, due or not; unless it `joins`, whatever is being read already. Where Nuki asks to wait, the account is read again at that time. */
  async refreshNow(accountIds: readonly string[], { joins = false }: Pick<ReadOptions, 'joins'> = {}): Promise<void> {
    await this.#read(accountIds, { joins });
    if (accountIds.some((id) => this.#store.account(id)?.error?.retryAt !== undefined)) this.update();
  }

  /** Forgets what failed before: the account has a token again. */
  resetBackoff(accountId: string): void {
    this.#asked.delete(accountId);
  }

  dispose(): void {
    this.#stopped.abort();
  }

  /** Runs beside the reads: an answer may take long, and the ages on screen change meanwhile. */
  async #age(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const { id } of this.#store.accounts) this.#store.age(id);
      await this.#clock.wait(agingStep, signal);
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { accountIds } = this.#scope();
      const now = this.#clock.now();
      await this.#read(
        accountIds.filter((id) => this.#dueAt(id) <= now),
        { joins: true },
      );
      await this.#clock.wait(this.#untilNext(accountIds), signal);
    }
  }

  /** When to ask next, in milliseconds since 1970; by the interval as it is now, which may have changed since the last time. */
  #dueAt(accountId: string): number {
    const account = this.#store.account(accountId);
    if (!account || needsUser(account.error)) return Infinity;
    const interval = this.#interval();
    if (interval === 0 && account.refreshedAt !== undefined) return Infinity;
    const asked = this.#asked.get(accountId);
    const wasSetBack = asked !== undefined && asked.at > this.#clock.now();
    if (!asked || wasSetBack) return 0;
    if (account.error?.retryAt !== undefined) return account.error.retryAt;
    if (interval === 0) return Infinity;
    const wait = Math.min(Math.max(longestInterval, interval), interval * 2 ** Math.max(0, asked.failures - 1));
    return asked.at + wait * asked.spread;
  }

  #untilNext(accountIds: readonly string[]): number {
    const now = this.#clock.now();
    return Math.max(0, Math.min(agingStep, ...accountIds.map((id) => this.#dueAt(id) - now)));
  }

  async #read(accountIds: readonly string[], options: Pick<ReadOptions, 'joins'>): Promise<void> {
    await Promise.all(accountIds.map((id) => this.#refresh(id, options)));
  }

  async #refresh(accountId: string, options: Pick<ReadOptions, 'joins'>): Promise<void> {
    await this.#store.refresh(accountId, options);
    const error = this.#store.account(accountId)?.error;
    // Once the user has mended it, the account is asked at once.
    if (needsUser(error)) return this.resetBackoff(accountId);
    const failures = error ? (this.#asked.get(accountId)?.failures ?? 0) + 1 : 0;
    this.#asked.set(accountId, { at: this.#clock.now(), failures, spread: 0.9 + 0.2 * this.#random() });
  }
}

/** Whether only the user can mend it, so that asking again would fail again. */
function needsUser(error: NukiError | undefined): boolean {
  return error !== undefined && ['tokenMissing', 'tokenRefused', 'permissionMissing'].includes(error.reason);
}
