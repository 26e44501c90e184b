import { inPages } from '../../base/eventLoop.ts';
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

  /** @throws {NukiError} */
  async readPage(signal: AbortSignal | undefined): Promise<void> {
    this.#append(await this.#page(this.#cursor, signal));
  }

  has({ entry }: Attempt): boolean {
    return this.#ids.has(entry.id);
  }

  /** Takes entries that have come to Nuki since, which were asked for so. */
  prepend(attempts: readonly Attempt[], request: LogRequest): void {
    for (const { entry } of attempts) this.#ids.add(entry.id);
    this.#attempts = [...attempts, ...this.#attempts];
    this.#request = request;
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
  #running: Promise<void> = Promise.resolve();
  /** Answers of older copies since the newest entries were read. */
  #older: Row | undefined;

  /** Goes on with what `before` has read, where Nuki is asked for the same. */
  constructor(source: ActivitySource, filter: AccountFilter, before?: AccountActivity) {
    this.#source = source;
    this.filter = filter;
    if (before && isSameQuestion(before.filter, filter)) {
      this.#log = before.#log;
      this.#running = before.#running;
    } else this.#log = this.#begin();
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
    return this.#inTurn(options, () => this.#readOn(count, mostPagesInVain, options));
  }

  /** The same, until nothing more is to be had. @throws {NukiError} */
  readAll(options: ReadingOptions = {}): Promise<void> {
    return this.#inTurn(options, () => this.#readOn(Infinity, Infinity, options));
  }

  /**
   * Reads what has come since, and puts it before the rows; where that does not reach what is known, the list begins anew. An answer of an
   * older copy leaves the list as it is, unless no other answers for a while. @throws {NukiError}
   */
  readNewer(options: ReadingOptions = {}): Promise<void> {
    return this.#inTurn(options, () => this.#readNewer(options));
  }

  async #readNewer({ signal }: ReadingOptions): Promise<void> {
    await this.#filterWhatWasRead();
    const newer = this.#begin();
    let isReached = false;
    for (let pages = 0; !isReached && pages < mostPagesInVain && newer.reach.kind === 'open'; pages += 1) {
      const known = newer.attempts.length;
      await newer.readPage(signal);
      isReached = newer.attempts.slice(known).some((attempt) => this.#log.has(attempt));
      if (pages === 0 && !isReached && this.#isFromOlderCopy(newer)) return;
    }
    this.#older = undefined;
    if (isReached) this.#prepend(newer);
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

  #prepend({ attempts, request }: LogReading): void {
    // What comes after the last known one is older than that, and follows when the list is read on.
    const end = attempts.findLastIndex((attempt) => this.#log.has(attempt));
    const added = attempts.slice(0, end).filter((attempt) => !this.#log.has(attempt));
    this.#log.prepend(added, request);
    this.#rows = [...added.filter((attempt) => passes(attempt, this.filter, request)), ...this.#rows];
    this.#filtered += added.length;
  }

  #replaceBy(log: LogReading): void {
    this.#log = log;
    this.#rows = [];
    this.#filtered = 0;
  }

  async #readOn(count: number, mostInVain: number, { signal, onPage }: ReadingOptions): Promise<void> {
    await this.#filterWhatWasRead();
    for (let inVain = 0; this.#rows.length < count && inVain < mostInVain && this.#canReadOn(signal);) {
      const rows = this.#rows.length;
      await this.#log.readPage(signal);
      await this.#filterWhatWasRead();
      inVain = this.#rows.length > rows ? 0 : inVain + 1;
      onPage?.();
    }
  }

  #canReadOn(signal: AbortSignal | undefined): boolean {
    return this.reach.kind === 'open' && !signal?.aborted;
  }

  async #filterWhatWasRead(): Promise<void> {
    const { attempts, request } = this.#log;
    for await (const page of inPages(attempts.slice(this.#filtered))) {
      for (const attempt of page) if (passes(attempt, this.filter, request)) this.#rows.push(attempt);
      this.#filtered += page.length;
    }
  }

  /** One reading after the other: each begins where the last one has ended. */
  async #inTurn({ signal }: ReadingOptions, read: () => Promise<void>): Promise<void> {
    const before = this.#running;
    const reading = (async () => {
      await before;
      if (!signal?.aborted) await read();
    })();
    this.#running = reading.catch(() => undefined);
    try {
      await reading;
    } catch (error) {
      if (!(error instanceof NukiError && signal?.aborted)) throw error;
    }
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
