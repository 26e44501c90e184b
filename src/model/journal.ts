import { isActionName, type ActionName } from '../nuki/kinds.ts';
import type { Disposable } from '../base/event.ts';
import type { Memento } from './accounts.ts';
import type { Store } from './store.ts';

/** An action that was sent and whose end is not known yet. */
export interface SentAction {
  readonly accountId: string;
  readonly smartlockId: number;
  readonly action: ActionName;
  /** When it was sent, in milliseconds since 1970. */
  readonly since: number;
}

const key = 'nuki.sentActions';

/** Survives the end of the extension host: what it holds at a start was sent before, and nobody has seen how it ended. */
export class Journal {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  get entries(): readonly SentAction[] {
    const kept = this.#memento.get(key);
    return Array.isArray(kept) ? kept.filter(isSentAction) : [];
  }

  async add(sent: SentAction): Promise<void> {
    await this.#memento.update(key, [...this.entries, sent]);
  }

  async remove({ accountId, smartlockId, since }: SentAction): Promise<void> {
    const isIt = (entry: SentAction): boolean =>
      entry.accountId === accountId && entry.smartlockId === smartlockId && entry.since === since;
    await this.#memento.update(
      key,
      this.entries.filter((entry) => !isIt(entry)),
    );
  }
}

/** Keeps in the journal what is under way, until it was seen or said how it ended. */
export function keepJournal(store: Store, journal: Journal): Disposable {
  return store.onDidChange((change) => {
    if (change.what !== 'device') return;
    const { accountId, smartlockId } = change;
    const operation = store.device(accountId, smartlockId)?.operation;
    const entry = journal.entries.find((sent) => sent.accountId === accountId && sent.smartlockId === smartlockId);
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
    'action' in value &&
    typeof value.action === 'string' &&
    isActionName(value.action)
  );
}
