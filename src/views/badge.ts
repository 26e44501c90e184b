import type { ViewBadge } from 'vscode';
import { isAdminPinInvalid, isOnline, partsWithCriticalBattery, phaseOfDevice } from '../nuki/smartlock.ts';
import type { AccountState, DeviceState } from '../model/snapshots.ts';
import type { RenderContext } from './text/renderContext.ts';
import { deviceHeadline, deviceName, troubleTexts } from './text/deviceText.ts';
import { devicesIn } from './text/duplicateNames.ts';

/** The number of devices that need the user's attention, with the reasons; `undefined` where none does. */
export function badgeOf(accounts: readonly AccountState[], context: RenderContext): ViewBadge | undefined {
  const lines = devicesInNeed(accounts, context);
  return lines.length === 0 ? undefined : { value: lines.length, tooltip: lines.join('\n') };
}

function devicesInNeed(accounts: readonly AccountState[], context: RenderContext): readonly string[] {
  return accounts.flatMap((account) => {
    const others = devicesIn(account);
    return (account.devices ?? []).flatMap((state) => {
      const reasons = reasonsOf(state, context);
      return reasons.length === 0 ? [] : [`${deviceName(state.device, others, context)}: ${reasons.join(', ')}`];
    });
  });
}

function reasonsOf(state: DeviceState, context: RenderContext): string[] {
  const { device, operation } = state;
  const { t } = context;
  const hasFailed = operation?.outcome !== undefined && operation.outcome.kind !== 'confirmed';
  const isUnwell = !isOnline(device) || phaseOfDevice(device) === 'fault' || hasFailed;
  return [
    ...(isUnwell ? [deviceHeadline(state, context)] : []),
    ...(partsWithCriticalBattery(device).length > 0 ? [t('battery critical')] : []),
    ...troubleTexts(device, context),
    ...(isAdminPinInvalid(device) ? [t('admin PIN invalid')] : []),
  ];
}
