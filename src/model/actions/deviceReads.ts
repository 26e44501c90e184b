import type { Clock } from '../../base/clock.ts';
import type { AccountActivityEntry, ActivityEntry } from '../../nuki/activityLog.ts';
import type { Decoded } from '../../nuki/http/decode.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import type { Lane } from '../../nuki/http/rateLimiter.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import type { DeviceRef } from '../deviceRef.ts';
import type { DeviceReading } from '../snapshots.ts';
import type { Store } from '../store.ts';

/** How many of the newest entries of a device's log are read, to tell an entry of ours from earlier ones. */
const logDepth = 10;

/** As many entries as the API gives at most. */
const accountLogDepth = 50;

/**
 * For how many milliseconds one answer serves all devices of an account: before they act, those that are asked for at once; then less than
 * the time between two looks.
 */
const sharedFor: Readonly<Record<Lane, number>> = { door: 50, follow: 900, refresh: 0 };

/** The newest entries of a device's log. */
export interface NewestEntries {
  readonly entries: readonly ActivityEntry[];
  /** Older entries may be missing; in milliseconds since 1970. */
  readonly since: number;
}

interface ReadOptions {
  readonly lane: Lane;
  /** Whether other devices of the account are read too, so that one answer is to serve them all. */
  readonly shared: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** How many of the entries seen of a device are remembered. */
const remembered = 200;

/** Reads devices and their logs for actions. */
export class DeviceReads {
  readonly #store: Store;
  readonly #lists: SharedRead<ReadonlyMap<number, DeviceReading>>;
  readonly #logs: SharedRead<Decoded<AccountActivityEntry>>;
  /** All entries that were seen, by their ids, for each lock: a later answer may come from an older copy of the log, without them. */
  readonly #seen = new Map<number, Map<string, ActivityEntry>>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#lists = new SharedRead(clock);
    this.#logs = new SharedRead(clock);
  }

  /** What is known of a device once it was read. @throws {NukiError} */
  async device(ref: DeviceRef, { lane, shared, signal }: ReadOptions): Promise<Smartlock> {
    const { accountId } = ref;
    if (!shared) return (await this.#store.readDevice(ref, lane, signal)).device;
    const read = this.#lists.get(`${accountId}/${lane}`, sharedFor[lane], () =>
      this.#store.readDevices(accountId, lane),
    );
    const reading = (await endedBy(signal, read)).get(ref.smartlockId);
    if (!reading) throw new NukiError('notFound');
    return reading.device;
  }

  /** The entries of a device's log that were seen so far, whatever the last answer had. */
  entriesSeen(smartlockId: number): readonly ActivityEntry[] {
    return [...(this.#seen.get(smartlockId)?.values() ?? [])];
  }

  /** @throws {NukiError} */
  async log(ref: DeviceRef, options: ReadOptions): Promise<NewestEntries> {
    const newest = await this.#readLog(ref, options);
    const seen = this.#seen.get(ref.smartlockId) ?? new Map<string, ActivityEntry>();
    this.#seen.set(ref.smartlockId, seen);
    for (const entry of newest.entries) seen.set(entry.id, entry);
    for (const id of [...seen.keys()].slice(0, -remembered)) seen.delete(id);
    return newest;
  }

  async #readLog({ accountId, smartlockId }: DeviceRef, { lane, shared, signal }: ReadOptions): Promise<NewestEntries> {
    const client = await this.#store.client(accountId);
    if (!shared) {
      const { items } = await client.activity(smartlockId, logDepth, { lane, signal });
      return { entries: items, since: -Infinity };
    }
    const read = this.#logs.get(`${accountId}/${lane}`, sharedFor[lane], () =>
      client.accountActivity(accountLogDepth, { lane }),
    );
    const { items, unreadable } = await endedBy(signal, read);
    const own = items.filter((entry) => entry.smartlockId === smartlockId);
    const isWhole = items.length + unreadable.length < accountLogDepth;
    return { entries: own.slice(0, logDepth), since: isWhole ? -Infinity : oldestOf(items) };
  }
}

/** Milliseconds since 1970; `Infinity` where no date is known. */
function oldestOf(entries: readonly ActivityEntry[]): number {
  return Math.min(...entries.map(({ date }) => instantOf(date) ?? Infinity));
}

/** An answer that serves all who ask for the same at about the same time. */
class SharedRead<T> {
  readonly #clock: Clock;
  readonly #last = new Map<string, { readonly askedAt: number; readonly answer: Promise<T> }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Answers with the last `read` under `key` if it was begun at most `maxAge` milliseconds ago, otherwise with another. */
  get(key: string, maxAge: number, read: () => Promise<T>): Promise<T> {
    const now = this.#clock.now();
    const last = this.#last.get(key);
    if (last && now >= last.askedAt && now - last.askedAt < maxAge) return last.answer;
    const answer = read();
    this.#last.set(key, { askedAt: now, answer });
    return answer;
  }
}

/** The same answer, for one who stops waiting when `signal` aborts; the others go on. @throws {NukiError} `cancelled` */
function endedBy<T>(signal: AbortSignal | undefined, answer: Promise<T>): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new NukiError('cancelled'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
