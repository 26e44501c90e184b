import { commands, window } from 'vscode';
import type { Attention } from '../model/refresh.ts';
import type { Store } from '../model/store.ts';
import type { DeviceReference } from './deviceReference.ts';

/** What of ours is on the screen, and whose accounts may be read for it: all for the sidebar, one for the status bar. */
export function attentionTo(
  store: Store,
  view: { readonly visible: boolean },
  inStatusBar: DeviceReference | undefined,
): Attention {
  const watched = store.accounts.map(({ id }) => id).filter((id) => view.visible || id === inStatusBar?.accountId);
  return {
    shown: view.visible || watched.length > 0,
    accountIds: window.state.focused ? watched : [],
  };
}

/** What the manifest's `when` clauses ask for. */
export interface ContextKeys {
  readonly hasAccount: boolean;
  readonly hasDemoHome: boolean;
  readonly hasDevices: boolean;
  readonly hasStatusBarDevice: boolean;
}

export function setContextKeys(keys: ContextKeys): void {
  for (const [key, value] of Object.entries(keys)) void commands.executeCommand('setContext', `nuki.${key}`, value);
}
