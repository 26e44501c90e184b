import type { Disposable } from '../../base/event.ts';
import { keyOf, type DeviceRef } from '../deviceRef.ts';
import type { PendingChange } from './pendingChanges.ts';
import type { SharedRecords } from '../sharedRecords.ts';
import type { Store } from '../store.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';

/** A pending change as it is kept over a restart: without the code, and without what the next list tells. */
export interface KeptChange extends DeviceRef {
  readonly change: PendingChange;
}

/** For how many milliseconds a change is kept: Nuki reads each device once a day, and what is not there after two is lost. */
const keptFor = 2 * dayLength;

const prefix = 'pendingChange/';

/** Pending changes of authorizations, which survive the end of the extension host. A keypad code is never among them. */
export class PendingJournal {
  readonly #records: SharedRecords;
  readonly #onFailure: (error: unknown) => void;
  /** What is kept of each change of this window, by device and by its key. */
  readonly #kept = new Map<string, { readonly ref: DeviceRef; readonly changes: Map<string, string> }>();

  constructor(records: SharedRecords, onFailure: (error: unknown) => void) {
    this.#records = records;
    this.#onFailure = onFailure;
  }

  /** What earlier starts have left, and what other windows follow just now. Drops what is too old; `now`: ms since 1970. */
  earlier(now: number): readonly KeptChange[] {
    const all = [...this.#records.read()].filter(([key]) => key.startsWith(prefix));
    return all.flatMap(([key, value]) => {
      if (!isKeptChange(value) || now - value.change.since >= keptFor) {
        this.#try(() => this.#records.delete(key));
        return [];
      }
      const { accountId, smartlockId, change } = value;
      return [{ accountId, smartlockId, change: forRestart(change) }];
    });
  }

  /** Keeps the pending changes of a device as they are now, and those alone, of all that this window has kept. */
  keep(ref: DeviceRef, pending: readonly PendingChange[]): void {
    const device = keyOf(ref);
    const { changes } = this.#kept.get(device) ?? { changes: new Map<string, string>() };
    this.#kept.set(device, { ref, changes });
    for (const change of pending) {
      const { accountId, smartlockId } = ref;
      const value: KeptChange = { accountId, smartlockId, change: forRestart(change) };
      const content = JSON.stringify(value);
      if (changes.get(change.key) === content) continue;
      changes.set(change.key, content);
      this.#try(() => this.#records.write(recordKey(ref, change.key), value));
    }
    for (const key of changes.keys()) {
      if (pending.some((change) => change.key === key)) continue;
      changes.delete(key);
      this.#try(() => this.#records.delete(recordKey(ref, key)));
    }
  }

  /** What cannot be written does not survive a restart, which is no reason to stop. */
  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#onFailure(error);
    }
  }

  /** The devices of which something is kept. */
  get devices(): readonly DeviceRef[] {
    return [...this.#kept.values()].filter(({ changes }) => changes.size > 0).map(({ ref }) => ref);
  }
}

function recordKey(ref: DeviceRef, key: string): string {
  return `${prefix}${keyOf(ref)}/${key}`;
}

/** What a list has told is told anew by the next one. A request whose answer no one will hear may have been taken. */
function forRestart(change: PendingChange): PendingChange {
  const base = { ...change, checkedAt: undefined, answer: change.answer === 'taken' ? 'taken' : 'unknown' } as const;
  switch (base.kind) {
    case 'create':
      return { ...base, hasCode: undefined, listedAs: [], listed: 'no' };
    case 'change':
      return { ...base, hasCode: undefined, listed: 'no' };
    case 'delete':
      return { ...base, absent: undefined };
  }
}

/** Keeps each pending change of this window from before it is sent until a list shows it done, but for simulated accounts. */
export function keepPendingChanges(store: Store, journal: PendingJournal): Disposable {
  const keep = (ref: DeviceRef): void => {
    if (store.account(ref.accountId)?.simulated) return;
    journal.keep(ref, store.pendingChanges(ref));
  };
  return store.onDidChange((change) => {
    if (change.kind === 'device') keep({ accountId: change.accountId, smartlockId: change.smartlockId });
    else for (const ref of journal.devices) keep(ref);
  });
}

function isKeptChange(value: unknown): value is KeptChange {
  const { accountId, smartlockId, change } = fieldsOf(value);
  return typeof accountId === 'string' && Number.isSafeInteger(smartlockId) && isChange(fieldsOf(change));
}

function isChange(fields: Fields): boolean {
  const { kind, key, since, answer, givenUp, id, name, createdAt, requested, sent, before, asked } = fields;
  const isBase = typeof key === 'string' && Number.isFinite(since) && typeof givenUp === 'boolean';
  if (!isBase || (answer !== 'taken' && answer !== 'unknown')) return false;
  switch (kind) {
    case 'create':
      return (
        isNamed(requested) &&
        isObject(sent) &&
        Array.isArray(before) &&
        before.every((each) => typeof each === 'string')
      );
    case 'change':
      return typeof id === 'string' && isNamed(asked);
    case 'delete':
      return (
        typeof id === 'string' && typeof name === 'string' && (createdAt === undefined || Number.isFinite(createdAt))
      );
    default:
      return false; // written by another version
  }
}

function isNamed(value: unknown): boolean {
  const { name, type } = fieldsOf(value);
  return typeof name === 'string' && typeof type === 'number';
}

type Fields = Readonly<Partial<Record<string, unknown>>>;

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? { ...value } : {};
}
