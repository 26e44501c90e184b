import { env, l10n, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import { actions, type ActionName } from '../nuki/kinds.ts';
import { offeredActions } from '../nuki/smartlock.ts';
import type { Latches } from '../model/latches.ts';
import type { DeviceState } from '../model/store.ts';
import type { Report } from '../report.ts';
import { setting, writeSetting } from '../settings.ts';
import { deviceSummary } from '../views/deviceWords.ts';
import { addressOf, idOf, type NodeId } from '../views/nodes.ts';
import { accountName } from '../views/rows.ts';
import { formatReference, parseReference } from '../views/deviceReference.ts';
import { troubleSentence } from '../views/troubleWords.ts';
import { nukiWeb } from './accounts.ts';
import { actionCommandId, commandIds, type CommandId } from './ids.ts';
import { nameOf, pickDevice, type PickContext } from './pick.ts';

export interface SidebarContext extends PickContext {
  readonly report: Report;
  readonly latches: Latches;
  /** Reads accounts anew, with progress in the view. */
  readonly refreshAll: (accountIds: readonly string[]) => Promise<void>;
  readonly reveal: (id: NodeId) => Promise<void>;
  readonly run: (command: CommandId, hint?: NodeId) => Promise<void>;
}

/** The commands of the sidebar and the status bar as a whole. */
export function sidebarCommands(context: SidebarContext) {
  const { report } = context;
  return {
    [commandIds.refresh]: (hint: unknown) => refresh(hint, context),
    [commandIds.addDemoHome]: () => writeSetting('demoHome', true),
    [commandIds.removeDemoHome]: () => writeSetting('demoHome', undefined),
    [commandIds.chooseStatusBarDevice]: (hint: unknown) => chooseStatusBarDevice(hint, context),
    [commandIds.clearStatusBarDevice]: () => writeSetting('statusBar.device', undefined),
    [commandIds.openStatusBarMenu]: () => openStatusBarMenu(context),
    [commandIds.openWeb]: async () => {
      await env.openExternal(Uri.parse(nukiWeb));
    },
    [commandIds.showLog]: () => report.show(),
  };
}

async function refresh(hint: unknown, context: SidebarContext): Promise<void> {
  const address = addressOf(hint);
  await refreshNow(address ? [address.accountId] : context.store.accounts.map(({ id }) => id), context);
}

/** Says until when Nuki has asked to wait, where it has: until then a refresh sends nothing. */
async function refreshNow(
  accountIds: readonly string[],
  { store, glance, report, refreshAll }: SidebarContext,
): Promise<void> {
  await refreshAll(accountIds);
  for (const account of store.accounts) {
    const { id, error, refreshedAt } = account;
    if (error?.retryAt === undefined || !accountIds.includes(id)) continue;
    report.inform(troubleSentence(error, { account: accountName(account, glance()), refreshedAt }, glance()));
  }
}

async function chooseStatusBarDevice(hint: unknown, context: SidebarContext): Promise<void> {
  const state = await pickDevice(hint, context, l10n.t('Show in Status Bar'));
  if (!state) return;
  await writeSetting(
    'statusBar.device',
    formatReference({ accountId: state.accountId, smartlockId: state.device.smartlockId }),
  );
}

interface MenuItem extends QuickPickItem {
  run(): Promise<void>;
}

/** What the chosen device can do now, headed by its state. */
async function openStatusBarMenu(context: SidebarContext): Promise<void> {
  const { store, glance } = context;
  const chosen = parseReference(setting('statusBar.device'));
  const state = chosen && store.device(chosen.accountId, chosen.smartlockId);
  const items = [...(state ? deviceItems(state, context) : []), ...generalItems(state, context)];
  const title = state ? `${nameOf(state, context)} · ${deviceSummary(state, glance())}` : l10n.t('Nuki');
  await (await window.showQuickPick(items, { title, placeHolder: l10n.t('Choose an action') }))?.run();
}

function deviceItems({ accountId, device }: DeviceState, { run, reveal, latches }: SidebarContext): MenuItem[] {
  const id = idOf({ is: 'device', accountId, smartlockId: device.smartlockId });
  return [
    ...offeredActions(device, latches.canUnlatch(accountId, device.smartlockId)).map((action) =>
      item(actionIcons[action], l10n.t(actions[action].name), () => run(actionCommandId(action), id)),
    ),
    item('key', l10n.t('New Authorization…'), () => run(commandIds.createAuthorization, id)),
    item('history', l10n.t('Recent Activity'), () =>
      reveal(idOf({ is: 'activity', accountId, smartlockId: device.smartlockId })),
    ),
    item('list-tree', l10n.t('Show in Sidebar'), () => reveal(id)),
  ];
}

function generalItems(state: DeviceState | undefined, context: SidebarContext): MenuItem[] {
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
