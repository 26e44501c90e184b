import { commands, type Disposable } from 'vscode';
import type { AccountState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';

/** The steps of the walkthrough that are done in this window; each is a context key, by which the manifest's step is ticked. */
export interface DoneSteps {
  readonly addedAccount: boolean;
  readonly showsDevices: boolean;
  /** Nuki has taken an authorization. */
  readonly createdAuthorization: boolean;
}

export function doneSteps(accounts: readonly AccountState[]): DoneSteps {
  const devices = accounts.flatMap((account) => account.devices ?? []);
  const changes = devices.flatMap(({ pendingChanges = [] }) => pendingChanges);
  return {
    addedAccount: accounts.some(({ simulated }) => !simulated),
    showsDevices: devices.length > 0,
    createdAuthorization: changes.some(({ kind, answer }) => kind === 'create' && answer === 'taken'),
  };
}

/**
 * Keeps these context keys up to date; a step that was done stays so. VS Code ticks a step only when its key changes while the walkthrough is
 * open, so each refresh of an account turns "now" into "still", and back.
 */
export function keepStepsUpdated(store: Store): Disposable {
  const values = new Map<string, 'now' | 'still'>();
  const tell = (isRefresh: boolean): void => {
    for (const [key, isDone] of Object.entries(doneSteps(store.accounts))) {
      const told = values.get(key);
      if (told ? !isRefresh : !isDone) continue;
      const value = told === 'now' ? 'still' : 'now';
      values.set(key, value);
      void commands.executeCommand('setContext', `nuki.${key}`, value);
    }
  };
  tell(false);
  return store.onDidChange(({ kind }) => tell(kind === 'account'));
}
