import type { Locale } from '../../base/locale.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import { hexOfDeviceId } from '../../nuki/deviceId.ts';
import { formatVersion } from '../../nuki/firmwareVersion.ts';
import { hasKeypad, partsWithCriticalBattery, type Smartlock } from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { kindOf } from '../../nuki/vocabulary/kinds.ts';
import { adminPinStates, doorStates, keypadMountingStates, serverStates, word } from '../../nuki/vocabulary/words.ts';
import { accountName } from '../text/accountText.ts';
import { deviceName, errorOf, isCurrent, kindText, stateSummary } from '../text/deviceText.ts';
import type { Devices } from '../text/duplicateNames.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { age, dateAndMinute } from '../text/timeText.ts';
import { detailLines } from './detailLines.ts';

/** The hover of a device's row, made when it is asked for. */
export function deviceTooltip(
  state: DeviceState,
  others: Devices,
  account: AccountState,
  context: RenderContext,
): string {
  const heading = deviceName(state.device, others, context);
  return [heading, accountName(account, context), '', deviceDetails(state, context)].join('\n');
}

/** Everything known of a device, a line each. */
export function deviceDetails(state: DeviceState, context: RenderContext): string {
  const { device, seenAt } = state;
  const { t, ownNow } = context;
  const kind = kindOf(device.type);
  const zone = timeZoneName(device.config?.timezoneId);
  const updated = instantOf(device.updateDate);
  return detailLines([
    [t('State'), stateSummary(state, context)],
    [t('Kind'), kindText(device, context)],
    [t('Mode'), word(kind.modes, device.state?.mode, t)],
    [t('Trigger'), word(kind.triggers, device.state?.trigger, t)],
    [t('Last action'), word(kind.lastActions, device.state?.lastAction, t)],
    [t('Door sensor'), doorSummary(state, context)],
    [t('Battery'), batterySummary(device, context)],
    [t('Keypad'), keypadSummary(device, context)],
    [t('Error'), errorOf(device) || undefined],
    [t('Night mode'), device.state?.nightMode ? t('active') : undefined],
    [t('Virtual device'), device.virtualDevice ? t('yes') : undefined],
    [t('Server state'), word(serverStates, device.serverState, t)],
    [t('Admin PIN'), word(adminPinStates, device.adminPinState, t)],
    [t('Firmware'), device.firmwareVersion === undefined ? undefined : formatVersion(device.firmwareVersion)],
    [t('Time zone'), zone ?? t('unknown')],
    [t('ID'), `${device.smartlockId} (${hexOfDeviceId(device.smartlockId)})`],
    [t('Reported'), updated === undefined ? undefined : dateAndMinute(updated, context)],
    [t('Read'), age(ownNow - seenAt, context)],
  ]);
}

function doorSummary(state: DeviceState, context: RenderContext): string {
  const { t } = context;
  const door = state.device.state?.doorState;
  const known = word(doorStates, door, t);
  const shown = door === undefined || isCurrent(state, context) ? known : t('last known: {0}', known);
  const isLow = partsWithCriticalBattery(state.device).includes('door sensor');
  return isLow ? `${shown}, ${t('battery critical')}` : shown;
}

function batterySummary(device: Smartlock, locale: Locale): string | undefined {
  const { t } = locale;
  const { batteryCharge, batteryCharging, batteryCritical } = device.state ?? {};
  const parts = [
    batteryCritical === undefined ? undefined : t(batteryCritical ? 'critical' : 'good'),
    batteryCharge === undefined ? undefined : t('{0} %', batteryCharge),
    batteryCharging ? t('charging') : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function keypadSummary(device: Smartlock, { t }: Locale): string {
  if (!hasKeypad(device)) return t('none paired');
  const model = device.config?.keypad2Paired ? 'Keypad 2' : 'Keypad';
  const mounting = device.state?.keypadMountingState;
  return [
    model,
    t(device.state?.keypadBatteryCritical ? 'battery critical' : 'battery good'),
    mounting === undefined ? undefined : mountingText(mounting, { t }),
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

function mountingText(mounting: number, { t }: Pick<Locale, 't'>): string {
  const known = keypadMountingStates[mounting];
  return known === undefined ? t('mounting state {0}', mounting) : t(known);
}
