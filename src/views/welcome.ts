import { commands, type Disposable } from 'vscode';
import type { AccountState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import { needsToken } from './text/errorText.ts';

/** Why the view shows a welcome text although there is an account; each has a text in the manifest. */
export type Welcome = 'needsToken' | 'unreachable' | 'noDevices';

/** For a single account without anything to show; of several accounts, each says it in its own row. */
export function welcomeOf([only, ...others]: readonly AccountState[]): Welcome | undefined {
  if (!only || others.length > 0) return undefined;
  const { devices, unreadable, error } = only;
  if ((devices?.length ?? 0) + unreadable.length > 0) return undefined;
  if (!error) return devices && 'noDevices';
  return needsToken(error) ? 'needsToken' : 'unreachable';
}

/** Keeps the context key `nuki.welcome`, which chooses the manifest's welcome text, up to date. */
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
