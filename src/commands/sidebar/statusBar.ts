import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { actions, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { offeredActions } from '../../nuki/smartlock.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { writeSetting } from '../../settings.ts';
import { keyOf, refOf } from '../../model/deviceRef.ts';
import { deviceSummary, isCurrent, readText } from '../../views/text/deviceText.ts';
import { idOf } from '../../views/tree/nodes.ts';
import { actionCommandId, commandIds } from '../ids.ts';
import { nameOf, pickDevice } from '../pick.ts';
import type { Services } from '../services.ts';
import { refreshNow } from './sidebar.ts';

/** The commands of the item in the status bar. */
export function statusBarCommands(services: Services) {
  return {
    [commandIds.chooseStatusBarDevice]: (hint: unknown) => chooseStatusBarDevice(hint, services),
    [commandIds.clearStatusBarDevice]: () => writeSetting('statusBar.device', undefined),
    [commandIds.openStatusBarMenu]: () => openStatusBarMenu(services),
  };
}

async function chooseStatusBarDevice(hint: unknown, services: Services): Promise<void> {
  const state = await pickDevice(hint, services, l10n.t('Show in Status Bar'));
  if (!state) return;
  await writeSetting('statusBar.device', keyOf(refOf(state)));
}

interface MenuItem extends QuickPickItem {
  run?(): Promise<void>;
}

/** What the chosen device can do now, headed by its state. The first entry, which Enter chooses, opens no door. */
async function openStatusBarMenu(services: Services): Promise<void> {
  const { store, renderContext, statusBarDevice } = services;
  const chosen = statusBarDevice();
  const state = chosen && store.device(chosen);
  const items = state ? deviceItems(state, services) : statusBarEntries('Choose a Device…', services);
  const context = renderContext();
  const title = state
    ? [nameOf(state, services), deviceSummary(state, context), readText(state.seenAt, context)].join(' · ')
    : l10n.t('Nuki');
  await (await window.showQuickPick(items, { title, placeHolder: l10n.t('Choose an action') }))?.run?.();
}

function deviceItems(state: DeviceState, services: Services): readonly MenuItem[] {
  const { renderContext, runCommand: run, reveal, unlatchSupport } = services;
  const ref = refOf(state);
  const offered = offeredActions(state.device, unlatchSupport.canUnlatch(ref), isCurrent(state, renderContext()));
  const closing = offered.filter((action) => actions[action].closes);
  const opening = offered.filter((action) => !actions[action].closes);
  const actionItem = (action: ActionName): MenuItem =>
    item(actionIcons[action], actionTitle(action), () => run(actionCommandId(action), ref));
  const refresh = item('refresh', l10n.t('Refresh'), () => refreshNow([state.accountId], services));
  const show = item('list-tree', l10n.t('Show in Sidebar'), () => reveal(idOf({ ...ref, kind: 'device' })));
  const isSafeFirst = closing.length > 0;
  return [
    separator(l10n.t('Door')),
    ...(isSafeFirst ? closing.map(actionItem) : [show]),
    ...opening.map(actionItem),
    ...(isSafeFirst ? [show] : []),
    refresh,
    separator(l10n.t('Access')),
    item('key', l10n.t('New Authorization…'), () => run(commandIds.createAuthorization, ref)),
    item('history', l10n.t('Recent Activity'), () => reveal(idOf({ ...ref, kind: 'activity' }))),
    separator(l10n.t('Status Bar')),
    ...statusBarEntries('Choose Another Device…', services),
  ];
}

/** What changes the item itself. */
function statusBarEntries(choose: string, { runCommand: run }: Services): readonly MenuItem[] {
  return [
    item('settings', l10n.t(choose), () => run(commandIds.chooseStatusBarDevice)),
    item('eye-closed', l10n.t('Hide from Status Bar'), () => run(commandIds.clearStatusBarDevice)),
  ];
}

/** An action as the menu of the device's row calls it. */
function actionTitle(action: ActionName): string {
  const { name, closes } = actions[action];
  return closes ? l10n.t(name) : `${l10n.t(name)}…`;
}

function separator(label: string): MenuItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** The icon is not part of the label, where a screen reader would read its name aloud. */
function item(icon: string, label: string, run: () => Promise<void>): MenuItem {
  return { label, iconPath: new ThemeIcon(icon), run };
}

const actionIcons: Readonly<Record<ActionName, string>> = {
  unlock: 'nuki-unlocked',
  lock: 'nuki-locked',
  unlatch: 'nuki-unlatch',
  lockNGo: 'nuki-lock-n-go',
  lockNGoUnlatch: 'nuki-lock-n-go',
  activateRingToOpen: 'nuki-ring-to-open',
  deactivateRingToOpen: 'bell',
  open: 'nuki-open-door',
  activateContinuousMode: 'sync',
  deactivateContinuousMode: 'sync-ignored',
};
