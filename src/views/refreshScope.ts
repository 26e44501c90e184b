import { window } from 'vscode';
import type { RefreshScope } from '../model/refresh.ts';
import type { Store } from '../model/store.ts';
import type { DeviceRef } from '../model/deviceRef.ts';

/** Whether the sidebar or the status bar item is visible, and the accounts to poll for it: all for the sidebar, one for the item. */
export function refreshScopeOf(
  store: Store,
  view: { readonly visible: boolean },
  inStatusBar: DeviceRef | undefined,
): RefreshScope {
  const watched = store.accounts.map(({ id }) => id).filter((id) => view.visible || id === inStatusBar?.accountId);
  return {
    shown: view.visible || watched.length > 0,
    accountIds: window.state.focused ? watched : [],
  };
}
