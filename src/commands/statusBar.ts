import { l10n, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { actions, type ActionName } from '../nuki/vocabulary/kinds.ts';
import { offeredActions } from '../nuki/smartlock.ts';
import type { UnlatchSupport } from '../model/unlatchSupport.ts';
import type { DeviceState } from '../model/snapshots.ts';
import { setting, writeSetting } from '../settings.ts';
import { keyOf, parseKey, refOf } from '../model/deviceRef.ts';
import { deviceSummary } from '../views/text/deviceText.ts';
import { idOf, type NodeId } from '../views/tree/nodes.ts';
import { actionCommandId, commandIds, type CommandId } from './ids.ts';
import { nameOf, pickDevice } from './pick.ts';
import { refreshNow, type SidebarContext } from './sidebar.ts';

export interface StatusBarContext extends SidebarContext {
  readonly unlatchSupport: UnlatchSupport;
  readonly run: (command: CommandId, hint?: NodeId) => Promise<void>;
  readonly reveal: (id: NodeId) => Promise<void>;
}

/** The commands of the item in the status bar. */
export function statusBarCommands(context: StatusBarContext) {
  return {
    [commandIds.chooseStatusBarDevice]: (hint: unknown) => chooseStatusBarDevice(hint, context),
    [commandIds.clearStatusBarDevice]: () => writeSetting('statusBar.device', undefined),
    [commandIds.openStatusBarMenu]: () => openStatusBarMenu(context),
  };
}

async function chooseStatusBarDevice(hint: unknown, context: StatusBarContext): Promise<void> {
  const state = await pickDevice(hint, context, l10n.t('Show in Status Bar'));
  if (!state) return;
  await writeSetting('statusBar.device', keyOf(refOf(state)));
}

interface MenuItem extends QuickPickItem {
  run(): Promise<void>;
}

/** What the chosen device can do now, headed by its state. */
async function openStatusBarMenu(context: StatusBarContext): Promise<void> {
  const { store, renderContext } = context;
  const chosen = parseKey(setting('statusBar.device'));
  const state = chosen && store.device(chosen);
  const items = [...(state ? deviceItems(state, context) : []), ...generalItems(state, context)];
  const title = state ? `${nameOf(state, context)} · ${deviceSummary(state, renderContext())}` : l10n.t('Nuki');
  await (await window.showQuickPick(items, { title, placeHolder: l10n.t('Choose an action') }))?.run();
}

function deviceItems(state: DeviceState, { run, reveal, unlatchSupport }: StatusBarContext): MenuItem[] {
  const ref = refOf(state);
  const id = idOf({ ...ref, kind: 'device' });
  return [
    ...offeredActions(state.device, unlatchSupport.canUnlatch(ref)).map((action) =>
      item(actionIcons[action], l10n.t(actions[action].name), () => run(actionCommandId(action), id)),
    ),
    item('key', l10n.t('New Authorization…'), () => run(commandIds.createAuthorization, id)),
    item('history', l10n.t('Recent Activity'), () => reveal(idOf({ ...ref, kind: 'activity' }))),
    item('list-tree', l10n.t('Show in Sidebar'), () => reveal(id)),
  ];
}

function generalItems(state: DeviceState | undefined, context: StatusBarContext): MenuItem[] {
  const { run } = context;
  return [
    ...(state ? [item('refresh', l10n.t('Refresh'), () => refreshNow([state.accountId], context))] : []),
    item('settings', l10n.t(state ? 'Choose Another Device…' : 'Choose a Device…'), () =>
      run(commandIds.chooseStatusBarDevice),
    ),
    item('eye-closed', l10n.t('Hide from Status Bar'), () => run(commandIds.clearStatusBarDevice)),
  ];
}

/** With the icon beside the label: one inside of it would be read aloud by its name. */
function item(icon: string, label: string, run: () => Promise<void>): MenuItem {
  return { label, iconPath: new ThemeIcon(icon), run };
}

const actionIcons: Readonly<Record<ActionName, string>> = {
  unlock: 'unlock',
  lock: 'lock',
  unlatch: 'sign-out',
  lockNGo: 'redo',
  lockNGoUnlatch: 'redo',
  activateRingToOpen: 'bell-dot',
  deactivateRingToOpen: 'bell',
  open: 'sign-in',
  activateContinuousMode: 'sync',
  deactivateContinuousMode: 'sync-ignored',
};
