import type { Locale } from '../../base/locale.ts';
import { refOf } from '../../model/deviceRef.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import { standstillOf } from '../../model/authorizations/standing.ts';
import { hasSucceeded, type ActivityEntry } from '../../nuki/activityLog.ts';
import { hexOfDeviceId } from '../../nuki/deviceId.ts';
import { formatVersion } from '../../nuki/firmwareVersion.ts';
import {
  hasKeypad,
  isAdminPinInvalid,
  isBusy,
  isInUsualMode,
  isOnline,
  offeredActions,
  unusualDoorState,
  type Smartlock,
} from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { actions, deviceType, kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../../nuki/vocabulary/kindWords.ts';
import { adminPinStates, doorStates, serverStates, word } from '../../nuki/vocabulary/words.ts';
import { accountName } from '../text/accountText.ts';
import { activityActor, actionWord } from '../text/activityText.ts';
import { standstillText } from '../text/authorizationText.ts';
import {
  attentionTexts,
  deviceName,
  isCurrent,
  isUnderWay,
  kindText,
  outcomeText,
  progressText,
  stateSummary,
} from '../text/deviceText.ts';
import type { Devices } from '../text/duplicateNames.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { dateAndMinute } from '../text/timeText.ts';
import { deviceIconName } from '../tree/icons.ts';
import { idOf } from '../tree/nodes.ts';
import { timeZoneDoubt } from './authorizationHover.ts';
import { beside, line, type Hover, type HoverCommand, type HoverLine, type HoverLink } from './hover.ts';

/** A device and its account as they are known. `canUnlatch`: whether it is not known to be unable to. */
export interface KnownDevice {
  readonly state: DeviceState;
  readonly others: Devices;
  readonly account: AccountState;
  readonly canUnlatch: boolean;
}

/** What is said of a device: how it is, what happened last, how it is connected; then what is unusual. */
export function deviceHover({ state, others, account, canUnlatch }: KnownDevice, context: RenderContext): Hover {
  const { device } = state;
  return {
    title: deviceName(device, others, context),
    subtitle: beside(kindText(device, context), accountName(account, context)),
    lines: [
      { icon: deviceIconName(state, context), text: stateText(state, context) },
      ...line('history', lastActionText(state, context)),
      { icon: isOnline(device) ? 'plug' : 'debug-disconnect', text: connectionText(device, context) },
      ...unusualLines(state, context),
    ],
    links: linksOf(state, canUnlatch, context),
    footer: [identityText(device, context), datesText(state, context)],
  };
}

function stateText(state: DeviceState, context: RenderContext): string {
  const { device, operation } = state;
  const { t } = context;
  if (isUnderWay(operation)) return progressText(operation, context);
  return beside(
    operation && outcomeText(device, operation, context),
    stateSummary(state, context),
    isBusy(device) && !operation ? t('busy') : undefined,
    doorText(state, context),
  );
}

/** Whether the door is open or closed, where a door sensor has told it. */
function doorText(state: DeviceState, context: RenderContext): string | undefined {
  const door = state.device.state?.doorState;
  if (door !== 2 && door !== 3) return undefined;
  const known = word(doorStates, door, context.t);
  return isCurrent(state, context) ? known : context.t('last reported: {0}', known);
}

/** What happened last. The device tells what and how; when and by whom only its log, where that was read later than the device reported. */
function lastActionText(state: DeviceState, context: RenderContext): string | undefined {
  const { t } = context;
  const { device } = state;
  const { lastAction, trigger } = device.state ?? {};
  if (lastAction === undefined) return undefined;
  const { triggers, lastActions } = kindWordsOf(device.type);
  const logged = lastLogged(state, lastAction, context);
  if (!logged) {
    const how = trigger === undefined ? undefined : word(triggers, trigger, t);
    return t('Last action: {0}', beside(word(lastActions, lastAction, t), how));
  }
  const at = instantOf(logged.date);
  return t(
    'Last action: {0}',
    beside(
      actionWord(logged.action, device.type, context),
      activityActor(logged, context),
      at === undefined ? undefined : dateAndMinute(at, context),
    ),
  );
}

/** The entry of the last action in a log that is known to reach as far as the device's last report. */
function lastLogged(
  { device, activity }: DeviceState,
  lastAction: number,
  { now, ownNow }: RenderContext,
): ActivityEntry | undefined {
  const reported = instantOf(device.updateDate);
  if (!activity || reported === undefined || activity.readAt + now - ownNow < reported) return undefined;
  const newest = activity.items.find(({ action }) => kindWordsOf(device.type).lastActions[action] !== undefined);
  return newest?.action === lastAction && hasSucceeded(newest) ? newest : undefined;
}

function connectionText(device: Smartlock, context: RenderContext): string {
  const { serverState } = device;
  const server =
    serverState === undefined ? context.t('connection unknown') : word(serverStates, serverState, context.t);
  return beside(server, batteryText(device, context));
}

function batteryText({ state }: Smartlock, { t }: Locale): string | undefined {
  const { batteryCharge, batteryCharging, batteryCritical } = state ?? {};
  const good = batteryCharge === undefined && batteryCritical === false ? t('battery good') : undefined;
  return beside(
    good,
    batteryCharge === undefined ? undefined : t('battery {0} %', batteryCharge),
    batteryCharging ? t('charging') : undefined,
  );
}

function unusualLines(state: DeviceState, context: RenderContext): readonly HoverLine[] {
  const { device } = state;
  const { t } = context;
  const standstill = standstillOf(state, context);
  const modes = kindOf(device.type).modes;
  const mode = isInUsualMode(device) ? undefined : t('mode: {0}', word(modes, device.state?.mode, t));
  const pin = device.adminPinState || undefined;
  const troubles = [...attentionTexts(device, context), standstill && standstillText(standstill, context)];
  const remarks = [
    sensorText(device, context),
    mode,
    pin === undefined || isAdminPinInvalid(device) ? undefined : t('admin PIN: {0}', word(adminPinStates, pin, t)),
    device.state?.nightMode ? t('night mode') : undefined,
    device.virtualDevice ? t('virtual device') : undefined,
    timeZoneDoubt(device, context),
  ];
  return [...troubles.flatMap((text) => line('warning', text)), ...remarks.flatMap((text) => line('info', text))];
}

/** What keeps a door sensor from telling whether the door is open. */
function sensorText(device: Smartlock, { t }: Locale): string | undefined {
  const door = unusualDoorState(device);
  return door === undefined ? undefined : word(doorStates, door, t);
}

const linkCommands: Readonly<Partial<Record<ActionName, HoverCommand>>> = {
  lock: 'nuki.device.lock',
  unlock: 'nuki.device.unlock',
  unlatch: 'nuki.device.unlatch',
  open: 'nuki.device.open',
  activateRingToOpen: 'nuki.device.activateRingToOpen',
  deactivateRingToOpen: 'nuki.device.deactivateRingToOpen',
};

function linksOf(state: DeviceState, canUnlatch: boolean, { t }: Locale): readonly HoverLink[] {
  const row = idOf({ ...refOf(state), kind: 'device' });
  const closingFirst = offeredActions(state.device, canUnlatch).toSorted(
    (one, other) => Number(actions[other].closes) - Number(actions[one].closes),
  );
  const offered = closingFirst.flatMap((action): HoverLink[] => {
    const command = linkCommands[action];
    const { name, closes } = actions[action];
    return command ? [{ title: closes ? t(name) : `${t(name)}…`, command, row }] : [];
  });
  return [
    ...offered,
    { title: t('New Authorization…'), command: 'nuki.authorization.create', row },
    ...(isOnline(state.device) ? [{ title: t('Wake and Refresh'), command: 'nuki.device.sync', row } as const] : []),
  ];
}

function identityText(device: Smartlock, { t }: Locale): string {
  const { smartlockId, firmwareVersion, config } = device;
  return beside(
    t('ID {0} ({1})', smartlockId, hexOfDeviceId(smartlockId)),
    firmwareVersion === undefined ? undefined : t('firmware {0}', formatVersion(firmwareVersion)),
    hasKeypad(device) ? (config?.keypad2Paired ? 'Keypad 2' : 'Keypad') : undefined,
    timeZoneName(config?.timezoneId) ?? t('time zone unknown'),
  );
}

/** By the user's clock. */
function datesText({ device, seenAt }: DeviceState, context: RenderContext): string {
  const { t } = context;
  const reported = instantOf(device.updateDate);
  return beside(
    reported === undefined
      ? undefined
      : t(isLock(device) ? 'Reported by lock {0}' : 'Reported by device {0}', dateAndMinute(reported, context)),
    t('Updated {0}', dateAndMinute(seenAt, context)),
  );
}

function isLock({ type }: Smartlock): boolean {
  return kindOf(type).bolt && type !== deviceType.box;
}
