import { window } from 'vscode';
import type { PollingScope } from '../model/refresh.ts';
import type { Store } from '../model/store.ts';
import type { DeviceRef } from '../model/deviceRef.ts';

/** What of ours is on the screen, and whose accounts may be read for it: all for the sidebar, one for the status bar. */
export function visibleScope(
  store: Store,
  view: { readonly visible: boolean },
  inStatusBar: DeviceRef | undefined,
): PollingScope {
  const watched = store.accounts.map(({ id }) => id).filter((id) => view.visible || id === inStatusBar?.accountId);
  return {
    shown: view.visible || watched.length > 0,
    accountIds: window.state.focused ? watched : [],
  };
}
