import { l10n, window } from 'vscode';
import type { ActResult } from '../model/doorkeeper.ts';
import { refOf } from '../model/deviceRef.ts';
import type { DeviceState } from '../model/snapshots.ts';
import { kindOf } from '../nuki/vocabulary/kinds.ts';
import { isOnline } from '../nuki/smartlock.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { deviceHeadline, deviceSummary } from '../views/text/deviceText.ts';
import { deviceIconName } from '../views/tree/icons.ts';
import { nameOf, pickAccount } from './pick.ts';
import type { CommandServices } from './services.ts';
import { accountName } from '../views/text/accountText.ts';

/** Locks every lock of an account that is not known to be locked now: says which, asks once, and tells the result of each. */
export async function lockAll(hint: unknown, services: CommandServices): Promise<void> {
  const { store, renderContext } = services;
  const title = l10n.t('Lock All');
  const account = await pickAccount(hint, services, title, ({ devices = [] }) => devices.length > 0);
  if (!account) return;
  const name = accountName(account, renderContext());
  const open = (account.devices ?? []).filter((state) => isToBeLocked(state, renderContext()));
  if (open.length === 0) return services.report.inform(l10n.t('{0}: every lock that can be reached is locked.', name));

  const list = open.map((state) => `${nameOf(state, services)}: ${deviceSummary(state, renderContext())}`);
  const question = l10n.t(
    open.length === 1 ? 'Lock {0} device of {1}?' : 'Lock {0} devices of {1}?',
    open.length,
    name,
  );
  const chosen = await window.showWarningMessage(question, { modal: true, detail: list.join('\n') }, title);
  if (chosen !== title) return;

  const results = await Promise.all(
    open.map(async (state): Promise<string> => {
      const result = await services.doorkeeper.act(refOf(state), 'lock');
      const now = store.device(refOf(state)) ?? state;
      return `${nameOf(state, services)}: ${resultText(result, now, renderContext())}`;
    }),
  );
  services.report.inform(results.join(' · '));
}

function isToBeLocked(state: DeviceState, renderContext: RenderContext): boolean {
  const { device } = state;
  const canLock = kindOf(device.type).actions.lock !== undefined && isOnline(device);
  return canLock && deviceIconName(state, renderContext) !== 'lock'; // the icon is a closed lock only where that is known
}

function resultText(result: ActResult, state: DeviceState, renderContext: RenderContext): string {
  return result.sent ? deviceHeadline(state, renderContext) : renderContext.t('nothing was done');
}
