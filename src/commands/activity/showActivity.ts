import { commands, l10n, type WebviewPanel } from 'vscode';
import { SavedFilters } from '../../model/activity/savedFilters.ts';
import { idOf } from '../../views/tree/nodes.ts';
import { firstFilter } from '../../webview/host/activity/activityFilter.ts';
import type { ActivityPlace } from '../../webview/host/activity/activityPanel.ts';
import type { ActivityRequest, ActivityServices } from '../../webview/host/activity/activityServices.ts';
import { commandIds } from '../ids.ts';
import { viewTypes } from '../pages.ts';
import { accountNameOf, deviceNameOf, pickAccount, rowSubject } from '../pick.ts';
import type { CommandServices } from '../services.ts';
import { exportActivity } from './exportActivity.ts';

/** Shows the activity of an account, or of the device on whose row it was called. */
export async function showActivity(hint: unknown, services: CommandServices): Promise<void> {
  const account = await pickAccount(hint, services, l10n.t('Show Activity'), () => true);
  if (!account) return;
  const { openActivity } = await import('../../webview/host/activity/activityPanel.ts');
  openActivity({ accountId: account.id, filter: firstFilter(rowSubject(hint)?.smartlockId) }, placeOf(services));
}

/** Brings the page back in the panel in which it was shown before the window was loaded again. `state`: what it has kept. */
export async function resumeActivity(panel: WebviewPanel, state: unknown, services: CommandServices): Promise<void> {
  const page = await import('../../webview/host/activity/activityPanel.ts');
  page.resumeActivity(panel, state, placeOf(services));
}

function placeOf(services: CommandServices): ActivityPlace {
  const { extensionUri } = services;
  return { viewType: viewTypes.activity, extensionUri, servicesFor: (request) => activityServices(request, services) };
}

function activityServices({ accountId }: ActivityRequest, services: CommandServices): ActivityServices {
  const { store, clock, serverClock, renderContext, records, reveal } = services;
  const runOnAccount = async (command: string): Promise<void> => {
    await commands.executeCommand(command, idOf({ kind: 'account', accountId }));
  };
  return {
    store,
    clock,
    nukiNow: () => serverClock.now(),
    renderContext,
    saved: new SavedFilters(records, accountId),
    deviceName: (smartlockId) => deviceNameOf({ accountId, smartlockId }, services),
    accountName: () => accountNameOf(accountId, services),
    showInSidebar: async (smartlockId) => reveal(idOf({ kind: 'device', accountId, smartlockId })),
    exportAll: async (activity) => exportActivity(activity, accountId, services),
    openWeb: async () => runOnAccount(commandIds.openWeb),
    replaceToken: async () => runOnAccount(commandIds.replaceToken),
  };
}
