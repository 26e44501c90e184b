import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickPickItem } from 'vscode';
import type { CommandServices } from '../commands/services.ts';
import { simulatedApiId } from '../model/accounts/simulatedApiAccount.ts';
import { idOf } from '../views/tree/nodes.ts';
import { pickDeed } from './deeds.ts';
import { copyEnvironment } from './environment.ts';
import { pickFault } from './faults.ts';
import type { RunningApi } from './runningApi.ts';

interface MenuItem extends QuickPickItem {
  readonly run?: () => Promise<void> | void;
}

/** Offers what can be done with the API while it runs. */
export async function openMenu(api: RunningApi, services: CommandServices): Promise<void> {
  const title = `${l10n.t('Nuki Web API, simulated')} · ${api.url}`;
  const chosen = await window.showQuickPick(menuItems(api, services), {
    title,
    placeHolder: l10n.t('Choose an action'),
  });
  await chosen?.run?.();
}

function menuItems(api: RunningApi, { reveal }: CommandServices): readonly MenuItem[] {
  const { simulation } = api;
  const faults = async (): Promise<void> => {
    await pickFault(simulation.home);
    api.faultsChanged();
  };
  return [
    separator(l10n.t('Client')),
    item('copy', l10n.t('Copy Environment…'), () => copyEnvironment(api), 'NUKI_BASE_URL, NUKI_TOKEN'),
    item('checklist', l10n.t('Check Client'), () => api.checkClient()),
    item('terminal', l10n.t('Show Requests'), () => api.showRequests()),
    separator(l10n.t('Home')),
    item('warning', l10n.t('Faults…'), faults),
    item('person', l10n.t('At the Door…'), () => pickDeed(simulation.home)),
    item('list-tree', l10n.t('Show in Sidebar'), () => reveal(idOf({ kind: 'account', accountId: simulatedApiId }))),
    item('discard', l10n.t('Reset Home'), () => simulation.reset()),
    separator(''),
    item('debug-stop', l10n.t('Stop'), () => api.stop()),
  ];
}

function separator(label: string): MenuItem {
  return { label, kind: QuickPickItemKind.Separator };
}

function item(icon: string, label: string, run: () => Promise<void> | void, description = ''): MenuItem {
  return { label, iconPath: new ThemeIcon(icon), description, run };
}
