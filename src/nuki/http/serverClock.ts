import type { Clock } from '../../base/clock.ts';

/** By how much this computer may differ from Nuki before it is put right, in milliseconds. */
const tolerated = 2 * 60_000;
/** A `Date` header that took longer to come may be as old as a laptop's sleep, in milliseconds. */
const longestWay = 10_000;

/**
 * The time at Nuki, by which authorizations expire: this computer's, put right by the `Date` header of the last answer (RFC 9110, 6.6.1)
 * where the two are more than two minutes apart.
 */
export class ServerClock {
  readonly #own: Pick<Clock, 'now'>;
  #behind = 0;

  constructor(own: Pick<Clock, 'now'>) {
    this.#own = own;
  }

  /** Whether this computer's clock is wrong. */
  get isSkewed(): boolean {
    return this.#behind !== 0;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#own.now() + this.#behind;
  }

  /** `fetch`, by whose answers it is known. */
  observe(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const asked = this.#own.now();
      const response = await fetch(input, init);
      const answered = this.#own.now();
      const way = answered - asked;
      const date = Date.parse(response.headers.get('date') ?? '');
      if (way >= 0 && way <= longestWay && date > 0) this.#compare(date - answered);
      return response;
    };
  }

  /** What is known already stays as long as it is not off, so that the time does not tremble with each answer. */
  #compare(behind: number): void {
    if (Math.abs(behind) <= tolerated) this.#behind = 0;
    else if (Math.abs(behind - this.#behind) > tolerated) this.#behind = behind;
  }
}
