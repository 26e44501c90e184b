import { isActionName, type ActionName } from '../nuki/vocabulary/kinds.ts';
import type { Disposable } from '../base/event.ts';
import { keyOf, type DeviceRef } from './deviceRef.ts';
import { deadline } from './follow.ts';
import type { Store } from './store.ts';
import type { Memento } from './memento.ts';

/** An action that was sent and whose end is not known yet. */
export interface SentAction extends DeviceRef {
  readonly action: ActionName;
  /** When it was sent, in milliseconds since 1970. */
  readonly since: number;
  /** The start of the extension that sent it: each window and each restart has its own. */
  readonly session: string;
}

/** The longest time, in milliseconds, in which a window waits for the answer to an action and then follows it, and a little more. */
const longestFollowed = deadline + 25_000;

const key = 'nuki.sentActions';

/** Survives the end of the extension host. All windows share it: another window may be following its own entry just now. */
export class Journal {
  readonly #memento: Memento;
  readonly #session: string;

  /** `session` is unique to each start. `env.sessionId` of VS Code is not: where telemetry is off, all windows have the same. */
  constructor(memento: Memento, session: string) {
    this.#memento = memento;
    this.#session = session;
  }

  get entries(): readonly SentAction[] {
    const kept = this.#memento.get(key);
    return Array.isArray(kept) ? kept.filter(isSentAction) : [];
  }

  /** What this window follows on a device. */
  own(ref: DeviceRef): SentAction | undefined {
    return this.entries.find((sent) => sent.session === this.#session && keyOf(sent) === keyOf(ref));
  }

  /** For how many milliseconds after `now` the window that sent an action may still be following it. */
  followedFor({ since }: SentAction, now: number): number {
    const wasSetBack = since > now;
    return wasSetBack ? 0 : Math.max(0, since + longestFollowed - now);
  }

  has(sent: SentAction): boolean {
    return this.entries.some((entry) => isSame(entry, sent));
  }

  async add(sent: Omit<SentAction, 'session'>): Promise<void> {
    await this.#memento.update(key, [...this.entries, { ...sent, session: this.#session }]);
  }

  async remove(sent: SentAction): Promise<void> {
    await this.#memento.update(
      key,
      this.entries.filter((entry) => !isSame(entry, sent)),
    );
  }
}

function isSame(a: SentAction, b: SentAction): boolean {
  return keyOf(a) === keyOf(b) && a.since === b.since && a.session === b.session;
}

/** Keeps each action of this window in the journal from when it is sent until its outcome is known. */
export function keepJournal(store: Store, journal: Journal): Disposable {
  return store.onDidChange((change) => {
    if (change.kind !== 'device') return;
    const { accountId, smartlockId } = change;
    const operation = store.operation(change);
    const entry = journal.own(change);
    const isUnderWay = operation !== undefined && operation.outcome === undefined;
    if (isUnderWay && !entry)
      void journal.add({ accountId, smartlockId, action: operation.action, since: operation.since });
    if (!isUnderWay && entry) void journal.remove(entry);
  });
}

function isSentAction(value: unknown): value is SentAction {
  return (
    typeof value === 'object' &&
    value !== null &&
    'accountId' in value &&
    typeof value.accountId === 'string' &&
    'smartlockId' in value &&
    typeof value.smartlockId === 'number' &&
    'since' in value &&
    typeof value.since === 'number' &&
    'session' in value &&
    typeof value.session === 'string' &&
    'action' in value &&
    typeof value.action === 'string' &&
    isActionName(value.action)
  );
}
