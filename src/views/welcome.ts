import { commands, type Disposable } from 'vscode';
import type { AccountState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import { needsToken } from './text/errorText.ts';

/** Why the view has nothing but words to show, where that is not for want of an account. Each has a text in the manifest. */
export type Welcome = 'needsToken' | 'unreachable' | 'noDevices';

/** Of one account alone that shows nothing; of several each has a row, which says it. */
export function welcomeOf([only, ...others]: readonly AccountState[]): Welcome | undefined {
  if (!only || others.length > 0) return undefined;
  const { devices, unreadable, error } = only;
  if ((devices?.length ?? 0) + unreadable.length > 0) return undefined;
  if (error) return needsToken(error) ? 'needsToken' : 'unreachable';
  return devices && 'noDevices';
}

/** Chooses among the manifest's texts for a view that shows nothing. */
export function keepWelcomeUpdated(store: Store): Disposable {
  let chosen: Welcome | undefined;
  const choose = (): void => {
    const welcome = welcomeOf(store.accounts);
    if (welcome !== chosen) void commands.executeCommand('setContext', 'nuki.welcome', welcome);
    chosen = welcome;
  };
  choose();
  return store.onDidChange(choose);
}
