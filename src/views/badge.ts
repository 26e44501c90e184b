import type { ViewBadge } from 'vscode';
import { batteryTroubles, isOnline, phaseOfDevice } from '../nuki/smartlock.ts';
import type { AccountState, DeviceState } from '../model/snapshots.ts';
import { deviceHeadline, deviceName, type Glance } from './deviceWords.ts';
import { devicesIn } from './sharedNames.ts';

/** The number of devices that somebody should look after, with the reasons; nothing where all is well. */
export function badgeOf(accounts: readonly AccountState[], glance: Glance): ViewBadge | undefined {
  const lines = devicesInNeed(accounts, glance);
  return lines.length === 0 ? undefined : { value: lines.length, tooltip: lines.join('\n') };
}

function devicesInNeed(accounts: readonly AccountState[], glance: Glance): readonly string[] {
  return accounts.flatMap((account) => {
    const others = devicesIn(account);
    return (account.devices ?? []).flatMap((state) => {
      const reasons = reasonsOf(state, glance);
      return reasons.length === 0 ? [] : [`${deviceName(state.device, others, glance)}: ${reasons.join(', ')}`];
    });
  });
}

function reasonsOf(state: DeviceState, glance: Glance): string[] {
  const { device, operation } = state;
  const { say } = glance;
  const hasFailed = operation?.outcome !== undefined && operation.outcome.result !== 'confirmed';
  const isUnwell = !isOnline(device) || phaseOfDevice(device) === 'fault' || hasFailed;
  return [
    ...(isUnwell ? [deviceHeadline(state, glance)] : []),
    ...(batteryTroubles(device).length > 0 ? [say('battery critical')] : []),
    ...(device.adminPinState === 2 ? [say('admin PIN invalid')] : []),
  ];
}
