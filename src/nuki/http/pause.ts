import type { Clock } from '../../base/clock.ts';
import { NukiError } from './errors.ts';

/** A time in which the API has asked not to be asked; RFC 9110, 10.2.3. */
export class Pause {
  readonly #clock: Pick<Clock, 'now'>;
  #since = 0;
  #until = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Lasts until `until`, in milliseconds since 1970, or as long as before where that is longer. */
  begin(until: number): void {
    this.#since = this.#clock.now();
    this.#until = Math.max(until, this.#until);
  }

  /** @throws {NukiError} `rateLimited`, without a status, for nothing was sent */
  throwIfActive(): void {
    const now = this.#clock.now();
    if (now >= this.#until) return;
    if (now < this.#since) this.#restart(now);
    throw new NukiError('rateLimited', { retryAt: this.#until });
  }

  /** The clock was set back: the pause begins anew, instead of lasting for as long as the clock was set back. */
  #restart(now: number): void {
    this.#until = now + (this.#until - this.#since);
    this.#since = now;
  }
}
