import { inPages, yieldToEventLoop } from '../../base/eventLoop.ts';
import type { AccountActivityEntry } from '../../nuki/activityLog.ts';
import type { LogOptions, NukiClient } from '../../nuki/http/client.ts';
import type { Decoded } from '../../nuki/http/decode.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { isEnough, isOlderLog, longer, type Row } from '../news.ts';
import { passes, requestOf, type AccountFilter, type LogRequest } from './accountFilter.ts';
import { pageSize } from './activityList.ts';
import { attemptOf, type Attempt } from './attempt.ts';

/** How many entries are kept at most. */
export const mostEntries = 200_000;

/** So many pages without anything that passes the filter are read in a row before the user is asked. */
const mostPagesInVain = 10;

/** The last entries that were read, of which the newest says how far back: one of them may have come to Nuki late. */
const lastRead = 10;

/** Where the log of an account is read. */
export interface ActivitySource {
  readonly client: () => Promise<Pick<NukiClient, 'activity' | 'accountActivity'>>;
  /** Ms since 1970 by Nuki's clock. */
  readonly nukiNow: () => number;
  /** The type of a device; `undefined` where it is not known. */
  readonly typeOf: (smartlockId: number) => number | undefined;
}

/** How far the log was read. */
export interface Reach {
  /**
   * `open`: there may be more; `complete`: all that was asked for was read; `stuck`: Nuki gives no more, though that may not be all; `full`:
   * as many entries were read as are kept.
   */
  readonly kind: 'open' | 'complete' | 'stuck' | 'full';
  /** How many entries were read, whether they pass the filter or not. */
  readonly read: number;
  /** How many of the others could not be understood. */
  readonly unreadable: number;
  /** About how far back the log was read (ms since 1970); `undefined` while nothing with a date was. */
  readonly lookedBackTo: number | undefined;
}

interface ReadingOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each page. */
  readonly onPage?: (() => void) | undefined;
}

/** A page, or several that follow each other. */
interface Read {
  readonly attempts: readonly Attempt[];
  /** The id of the last entry that has one, understood or not; the next page begins after it. */
  readonly cursor: string | undefined;
  readonly unreadable: number;
  readonly isEmpty: boolean;
}

/** What was read of the log for one request, in Nuki's order: the newest to arrive first. */
class LogReading {
  #request: LogRequest;
  readonly #source: ActivitySource;
  readonly #ids = new Set<string>();
  #attempts: Attempt[] = [];
  #cursor: string | undefined;
  #kind: Reach['kind'] = 'open';
  #unreadable = 0;
  #lookedBackTo: number | undefined;
  #prepended = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(source: ActivitySource, request: LogRequest) {
    this.#source = source;
    this.#request = request;
  }

  get request(): LogRequest {
    return this.#request;
  }

  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  get reach(): Reach {
    return {
      kind: this.#kind,
      read: this.#attempts.length,
      unreadable: this.#unreadable,
      lookedBackTo: this.#lookedBackTo,
    };
  }

  /** How many entries were put before those that were known. */
  get prepended(): number {
    return this.#prepended;
  }

  /** Runs one task after the other: each page begins where the last one has ended, whoever asks for it. */
  async inTurn<T>(task: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const turn = (async () => {
      await before;
      return await task();
    })();
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  /** @throws {NukiError} */
  async readPage(signal: AbortSignal | undefined): Promise<void> {
    this.#append(await this.#page(this.#cursor, signal));
  }

  has({ entry }: Attempt): boolean {
    return this.#ids.has(entry.id);
  }

  /** Takes what has come to Nuki since, of a reading that reaches what is known. */
  prepend({ attempts, request, reach }: LogReading): void {
    // What comes after the last known one is older than that, and follows when the list is read on.
    const end = attempts.findLastIndex((attempt) => this.has(attempt));
    const added = attempts.slice(0, end).filter((attempt) => !this.has(attempt));
    for (const { entry } of added) this.#ids.add(entry.id);
    if (added.length > 0) this.#attempts = [...added, ...this.#attempts];
    this.#prepended += added.length;
    this.#unreadable = Math.max(this.#unreadable, reach.unreadable);
    this.#request = { ...this.#request, to: request.to };
  }

  async #page(before: string | undefined, signal: AbortSignal | undefined): Promise<Read> {
    const client = await this.#source.client();
    const { smartlockId, ...asked } = this.#request;
    const options: LogOptions = { ...asked, before, lane: 'follow', signal };
    const page =
      smartlockId === undefined
        ? await client.accountActivity(pageSize, options)
        : ofDevice(await client.activity(smartlockId, pageSize, options), smartlockId);
    return this.#understood(page);
  }

  /** Entries are known by their ids; what comes after the last id comes again with the next page. */
  #understood({ items, unreadable }: Decoded<AccountActivityEntry>): Read {
    const total = items.length + unreadable.length;
    const unreadableAt = new Map(unreadable.map((each) => [each.index, each]));
    let last = total - 1;
    while (last >= 0 && unreadableAt.has(last) && unreadableAt.get(last)?.id === undefined) last -= 1;
    const counted = unreadable.filter(
      ({ index, id, problem }) => (index <= last || last < 0) && problem !== 'duplicate' && this.#isNew(id),
    );
    const added = items.filter(({ id }) => this.#isNew(id));
    return {
      attempts: added.map((entry) => attemptOf(entry, this.#source.typeOf(entry.smartlockId))),
      cursor: unreadableAt.get(last)?.id ?? (last < 0 ? undefined : items.at(-1)?.id),
      unreadable: counted.length,
      isEmpty: total === 0,
    };
  }

  #isNew(id: string | undefined): boolean {
    if (id === undefined) return true;
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    return true;
  }

  #append({ attempts, cursor, unreadable, isEmpty }: Read): void {
    for (const attempt of attempts) this.#attempts.push(attempt);
    this.#unreadable += unreadable;
    const newest = newestOf(this.#attempts.slice(-lastRead));
    if (newest !== undefined) this.#lookedBackTo = Math.min(newest, this.#lookedBackTo ?? Infinity);
    const isInVain = attempts.length + unreadable === 0 || cursor === undefined || cursor === this.#cursor;
    this.#cursor = cursor ?? this.#cursor;
    if (isEmpty) this.#kind = 'complete';
    else if (isInVain) this.#kind = 'stuck';
    else if (this.#attempts.length >= mostEntries) this.#kind = 'full';
  }
}

/**
 * The activity of all devices of an account that passes a filter, read page by page on demand. What Nuki was asked for is kept whole, so
 * that what is filtered here can change without asking again.
 */
export class AccountActivity {
  readonly filter: AccountFilter;
  readonly #source: ActivitySource;
  #log: LogReading;
  #rows: Attempt[] = [];
  /** How many entries of the log were filtered. */
  #filtered = 0;
  /** How many entries before these were filtered, which have come later. */
  #prepended = 0;
  /** Answers of older copies since the newest entries were read. */
  #older: Row | undefined;

  /** Goes on with what `before` has read, where Nuki is asked for the same. */
  constructor(source: ActivitySource, filter: AccountFilter, before?: AccountActivity) {
    this.#source = source;
    this.filter = filter;
    this.#log = before && isSameQuestion(before.filter, filter) ? before.#log : this.#begin();
    this.#prepended = this.#log.prepended;
  }

  #begin(): LogReading {
    return new LogReading(this.#source, requestOf(this.filter, this.#source.nukiNow()));
  }

  /** What passes the filter, in Nuki's order: the newest to arrive first. */
  get rows(): readonly Attempt[] {
    return this.#rows;
  }

  /** All that was read, whether it passes or not. */
  get attempts(): readonly Attempt[] {
    return this.#log.attempts;
  }

  get request(): LogRequest {
    return this.#log.request;
  }

  get reach(): Reach {
    return this.#log.reach;
  }

  /**
   * Reads until there are `count` rows, until nothing more is to be had, or until several pages in a row bring no row. Ends quietly when
   * `signal` aborts. @throws {NukiError}
   */
  readOn(count: number, options: ReadingOptions = {}): Promise<void> {
    return this.#readOn(count, mostPagesInVain, options);
  }

  /** The same, until nothing more is to be had. @throws {NukiError} */
  readAll(options: ReadingOptions = {}): Promise<void> {
    return this.#readOn(Infinity, Infinity, options);
  }

  /**
   * Reads what has come since, and puts it before the rows; where that does not reach what is known, the list begins anew. An answer of an
   * older copy leaves the list as it is, unless no other answers for a while. @throws {NukiError}
   */
  async readNewer({ signal }: ReadingOptions = {}): Promise<void> {
    await quietly(signal, () => this.#log.inTurn(() => this.#readNewer(signal)));
  }

  async #readNewer(signal: AbortSignal | undefined): Promise<void> {
    const newer = this.#begin();
    let isReached = false;
    for (let pages = 0; !isReached && pages < mostPagesInVain && newer.reach.kind === 'open'; pages += 1) {
      if (signal?.aborted) return;
      const known = newer.attempts.length;
      await newer.readPage(signal);
      isReached = newer.attempts.slice(known).some((attempt) => this.#log.has(attempt));
      if (pages === 0 && !isReached && this.#isFromOlderCopy(newer)) return;
    }
    this.#older = undefined;
    if (isReached) this.#log.prepend(newer);
    else this.#replaceBy(newer);
    await this.#filterWhatWasRead();
  }

  /** Whether a newest page that has nothing of what is known is older than that, and others may still answer. */
  #isFromOlderCopy(newest: LogReading): boolean {
    const now = this.#source.nukiNow();
    if (!isOlderLog(entriesOf(this.attempts), entriesOf(newest.attempts), now)) return false;
    this.#older = longer(this.#older, now);
    return !isEnough(this.#older);
  }

  #replaceBy(log: LogReading): void {
    this.#log = log;
    this.#rows = [];
    this.#filtered = 0;
    this.#prepended = 0;
  }

  async #readOn(count: number, mostInVain: number, { signal, onPage }: ReadingOptions): Promise<void> {
    for (let inVain = 0; inVain < mostInVain;) {
      const log = this.#log;
      const rows = this.#rows.length;
      const hasRead = await quietly(signal, () =>
        log.inTurn(async () => {
          await this.#filterWhatWasRead();
          if (this.#rows.length >= count || this.reach.kind !== 'open' || signal?.aborted) return false;
          if (log !== this.#log) return true;
          await log.readPage(signal);
          await this.#filterWhatWasRead();
          return true;
        }),
      );
      if (hasRead !== true) return;
      inVain = this.#rows.length > rows ? 0 : inVain + 1;
      onPage?.();
      await yieldToEventLoop(); // a home on this computer may answer at once
    }
  }

  /** With turns for everything else where much was read, as by another filter. */
  async #filterWhatWasRead(): Promise<void> {
    const { attempts, request, prepended } = this.#log;
    const added = prepended - this.#prepended;
    const passing = async (list: readonly Attempt[]): Promise<readonly Attempt[]> => {
      const found: Attempt[] = [];
      for await (const page of inPages(list)) {
        for (const attempt of page) if (passes(attempt, this.filter, request)) found.push(attempt);
      }
      return found;
    };
    const before = await passing(attempts.slice(0, added));
    const after = await passing(attempts.slice(added + this.#filtered));
    this.#filtered = attempts.length;
    this.#prepended = prepended;
    if (before.length > 0) this.#rows = [...before, ...this.#rows];
    for (const attempt of after) this.#rows.push(attempt);
  }
}

/** What a reading comes to; `undefined` where it was cancelled. */
async function quietly<T>(signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NukiError && signal?.aborted) return undefined;
    throw error;
  }
}

function ofDevice(
  page: Decoded<Omit<AccountActivityEntry, 'smartlockId'>>,
  smartlockId: number,
): Decoded<AccountActivityEntry> {
  return { ...page, items: page.items.map((entry) => ({ ...entry, smartlockId })) };
}

/** Those of the newest page. */
function entriesOf(attempts: readonly Attempt[]): readonly AccountActivityEntry[] {
  return attempts.slice(0, pageSize).map(({ entry }) => entry);
}

function newestOf(attempts: readonly Attempt[]): number | undefined {
  const dates = attempts.flatMap(({ at }) => (at === undefined ? [] : [at]));
  return dates.length === 0 ? undefined : Math.max(...dates);
}

/** Whether Nuki is asked the same for both, at whatever time. */
function isSameQuestion(one: AccountFilter, other: AccountFilter): boolean {
  const [a, b] = [one, other].map((filter) => JSON.stringify([filter.time, requestOf(filter, 0)]));
  return a === b;
}
