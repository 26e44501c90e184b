import type { Clock } from '../../base/clock.ts';
import type { SharedRecords } from '../../model/sharedRecords.ts';

/** For how many milliseconds a window that says nothing is waited for, and after how many one that lives says so again. */
const longestSilence = 30_000;
const betweenSigns = 5_000;

/**
 * The turn of one window to apply plans to an account. Each turn has a record of its own under the id of the account and a number; who
 * creates the next number has the turn, until the window gives it back or says nothing for long.
 */
export class ApplicationTurn {
  readonly #records: SharedRecords;
  readonly #accountId: string;
  readonly #number: number;

  private constructor(records: SharedRecords, accountId: string, number: number) {
    this.#records = records;
    this.#accountId = accountId;
    this.#number = number;
  }

  /** @returns `undefined` while another window has the turn. `now`: ms since 1970 @throws {Error} where nothing can be written */
  static take(records: SharedRecords, accountId: string, now: number): ApplicationTurn | undefined {
    const others = turnsIn(records, accountId);
    const isRecent = (at: unknown): boolean => typeof at === 'number' && Math.abs(now - at) < longestSilence;
    if (others.some(({ at }) => isRecent(at))) return undefined;
    const number = Math.max(0, ...others.map((turn) => turn.number)) + 1;
    if (!records.create(keyOf(accountId, number), now)) return undefined;
    for (const old of others) records.delete(keyOf(accountId, old.number));
    return new ApplicationTurn(records, accountId, number);
  }

  /** Says that this window goes on. `now`: ms since 1970. @returns whether it still has the turn */
  keep(now: number): boolean {
    const numbers = turnsIn(this.#records, this.#accountId).map(({ number }) => number);
    if (Math.max(0, ...numbers) !== this.#number) return false;
    try {
      this.#records.write(keyOf(this.#accountId, this.#number), now);
    } catch {} // without a sign of this window another one waits no longer than for one that has crashed
    return true;
  }

  /** Says so until `signal` aborts or another window has the turn. @throws {Error} where nothing can be written */
  async keepUntil(signal: AbortSignal, clock: Clock): Promise<void> {
    while (!signal.aborted && this.keep(clock.now())) await clock.wait(betweenSigns, signal);
  }

  giveBack(): void {
    this.#records.delete(keyOf(this.#accountId, this.#number));
  }
}

function keyOf(accountId: string, number: number): string {
  return `${prefixOf(accountId)}${number}`;
}

function prefixOf(accountId: string): string {
  return `applying/${accountId}/`;
}

/** `at`: when each was last heard of. */
function turnsIn(
  records: SharedRecords,
  accountId: string,
): readonly { readonly number: number; readonly at: unknown }[] {
  records.reload();
  const prefix = prefixOf(accountId);
  const own = [...records.read()].filter(([key]) => key.startsWith(prefix));
  return own.map(([key, at]) => ({ number: Number(key.slice(prefix.length)) || 0, at }));
}
