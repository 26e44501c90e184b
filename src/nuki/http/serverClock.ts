import type { Clock } from '../../base/clock.ts';

/** In milliseconds: a `Date` header leaves out what is less. */
const second = 1_000;

/** How far this computer's clock may differ from Nuki's before it is corrected, in milliseconds. */
const tolerance = 2 * 60_000;

/** How long an answer may take for its `Date` header to count, in milliseconds: a laptop may have slept meanwhile. */
const longestRoundTrip = 10_000;

/**
 * Nuki's time, by which authorizations expire: this computer's, corrected by the `Date` header of the last answer (RFC 9110, 6.6.1) where
 * they differ by more than two minutes.
 */
export class ServerClock {
  readonly #localClock: Pick<Clock, 'now'>;
  /** Milliseconds by which this computer's clock is behind Nuki's. */
  #behind = 0;
  /** The same by the last answer, however little: as near to 0 as that answer leaves possible. */
  #measured = 0;

  constructor(localClock: Pick<Clock, 'now'>) {
    this.#localClock = localClock;
  }

  /** Whether this computer's clock differs from Nuki's by more than two minutes. */
  get isSkewed(): boolean {
    return this.#behind !== 0;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#localClock.now() + this.#behind;
  }

  /** Milliseconds since 1970, for what is compared with dates that Nuki gives: also where the two clocks differ by little. */
  preciseNow(): number {
    return this.#localClock.now() + this.#measured;
  }

  /** A `fetch` whose answers set this clock, those of Nuki itself: a gateway or a company's filter has a clock of its own. */
  observe(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const asked = this.#localClock.now();
      const response = await fetch(input, init);
      const answered = this.#localClock.now();
      const roundTrip = answered - asked;
      const date = Date.parse(response.headers.get('date') ?? '');
      const isInTime = roundTrip >= 0 && roundTrip <= longestRoundTrip;
      if (isInTime && date > 0 && isNukis(response)) {
        this.#correct(date - answered);
        this.#measured = nearestToZero(date - answered, date + second - asked);
      }
      return response;
    };
  }

  /** Keeps the last correction while it is near enough, so that the time does not jump with each answer. */
  #correct(behind: number): void {
    if (Math.abs(behind) <= tolerance) this.#behind = 0;
    else if (Math.abs(behind - this.#behind) > tolerance) this.#behind = behind;
  }
}

/** The number from `least` to `most` that is nearest to 0. */
function nearestToZero(least: number, most: number): number {
  return Math.max(least, Math.min(0, most));
}

/** An answer to what was asked: JSON, or nothing to a write. */
function isNukis({ ok, status, headers }: Response): boolean {
  return ok && (status === 204 || (headers.get('content-type') ?? '').includes('json'));
}
