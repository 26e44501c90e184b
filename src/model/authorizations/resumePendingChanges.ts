import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/event.ts';
import type { AuthorizationFollower, Unconfirmed } from './authorizationFollower.ts';
import type { KeptChange, PendingJournal } from './pendingJournal.ts';
import type { Store } from '../store.ts';

/** What resuming depends on. */
interface Resuming {
  readonly store: Store;
  readonly journal: PendingJournal;
  readonly follower: AuthorizationFollower;
  readonly clock: Pick<Clock, 'now'>;
  /** Told when a change is followed no longer; `unconfirmed` is empty where a list has shown it done. */
  readonly onEnd: (kept: KeptChange, unconfirmed: readonly Unconfirmed[]) => void;
}

/**
 * Takes up the pending changes that earlier starts have left, each once its device is known: they are shown and looked for again, those that
 * were given up once. Sends nothing.
 */
export function resumePendingChanges({ store, journal, follower, clock, onEnd }: Resuming): Disposable {
  const waiting = new Set(journal.earlier(clock.now()));
  const resume = (kept: KeptChange): void => {
    const { accountId, smartlockId, change } = kept;
    const isIt = ({ key }: { readonly key: string }): boolean => key === change.key;
    store.updatePendingChanges(kept, (all) => (all.some(isIt) ? all : [...all, change]));
    if (change.givenUp) void follower.tryToRead(kept);
    else void follower.follow(accountId, [smartlockId], isIt).then((unconfirmed) => onEnd(kept, unconfirmed));
  };
  const take = (): void => {
    for (const kept of waiting) {
      if (!store.device(kept)) continue;
      waiting.delete(kept);
      resume(kept);
    }
  };
  take();
  return store.onDidChange(take);
}
