import { redact } from '../../base/redact.ts';
import { safeText, textLength } from '../../base/safeText.ts';
import { deviceIdSuffix } from '../../nuki/deviceId.ts';
import { withoutCodes } from '../../nuki/http/maskSecrets.ts';
import { actions, generations, kindOf, kinds, stateWordOf } from '../../nuki/vocabulary/kinds.ts';
import type { Locale } from '../../base/locale.ts';
import {
  doorSensorRemoved,
  partsWithCriticalBattery,
  isBusy,
  isDoorOpen,
  isInContinuousMode,
  isInUsualMode,
  isOnline,
  reportedDoorState,
  signsOfTampering,
  variantText,
  type Smartlock,
} from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { completionStates, doorStates, serverStates, word } from '../../nuki/vocabulary/words.ts';
import type { Operation, Uncertainty } from '../../model/operation.ts';
import { isStale } from '../../model/refresh.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { isNameAmbiguous, type Devices } from './duplicateNames.ts';
import type { RenderContext } from './renderContext.ts';
import { age, clockMinute, clockSecond, moment, timeOfDay } from './timeText.ts';

/** Whether the known state of the device may be shown as its state now. */
export function isCurrent(
  { device, seenAt, doubt }: DeviceState,
  { ownNow, refreshIntervalMs: interval }: RenderContext,
): boolean {
  return isOnline(device) && !doubt && !isStale(seenAt, ownNow, interval);
}

/** The device's state in a word or two, however old it is: `locked`, `ring to open until 18:30`. */
export function stateWord(device: Smartlock, locale: Locale): string {
  const kind = kindOf(device.type);
  if (isInContinuousMode(device)) return locale.t('continuous mode');
  const until = ringToOpenEndText(device, locale);
  if (until !== undefined) return locale.t('ring to open until {0}', until);
  return stateWordOf(kind, device.state?.state, locale.t);
}

function ringToOpenEndText({ type, state, config }: Smartlock, locale: Locale): string | undefined {
  const end = instantOf(state?.ringToOpenEnd);
  if (
    end === undefined ||
    kindOf(type).bolt ||
    kindOf(type).states.open?.[state?.state ?? -1] !== 'ring to open active'
  )
    return undefined;
  return timeOfDay(end, timeZoneName(config?.timezoneId), locale);
}

/** In one line: state or current operation, its outcome, mode, door and batteries. An old state is marked, an old door state left out. */
export function deviceSummary(state: DeviceState, context: RenderContext): string {
  const { device, operation } = state;
  const { t } = context;
  return [
    kinds[device.type] ? undefined : t('unknown kind ({0})', device.type),
    isUnderWay(operation) ? progressText(operation, context) : stateAndOutcome(state, context),
    !operation && isBusy(device) ? t('busy') : undefined,
    modeText(device, context),
    doorText(state, context),
    ...troubleTexts(device, context),
    ...batteryTexts(device, context),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** The most important fact about a device: `unlocking…`, `failed: motor blocked`, `locked`. */
export function deviceHeadline(state: DeviceState, context: RenderContext): string {
  const { device, operation } = state;
  if (isUnderWay(operation)) return progressText(operation, context);
  const headline = headlineWithoutDoor(state, context);
  const door = isDoorOpen(device) ? doorText(state, context) : undefined;
  return door === undefined ? headline : `${headline} · ${door}`;
}

function headlineWithoutDoor(state: DeviceState, context: RenderContext): string {
  const { device, operation } = state;
  const outcome = operation && outcomeText(device, operation, context);
  return outcome && saysWhere(operation) ? outcome : stateAndOutcome(state, context);
}

/** How the device is and how the last action ended. The outcome comes first where the state is not known now: a narrow row is cut off. */
function stateAndOutcome(state: DeviceState, context: RenderContext): string {
  const { device, operation } = state;
  const now = stateSummary(state, context);
  const outcome = operation && outcomeText(device, operation, context);
  if (outcome === undefined) return now;
  return (isCurrent(state, context) ? [now, outcome] : [outcome, now]).join(' · ');
}

/** Whether the outcome of an action says of itself how the device is. */
function saysWhere({ outcome }: Operation): boolean {
  if (outcome?.kind === 'confirmed') return outcome.now === undefined;
  return outcome?.kind !== 'unconfirmed' || !['anyone', 'unlogged'].includes(outcome.reason);
}

/** Whether an action that was sent from here has not ended yet. */
export function isUnderWay(operation: Operation | undefined): operation is Operation {
  return operation !== undefined && operation.outcome === undefined;
}

/** What is being done: `unlocking…`. */
export function progressText({ action, isElsewhere }: Operation, { t }: Locale): string {
  const doing = t(actions[action].doing);
  return isElsewhere ? t('{0} in another window…', doing) : `${doing}…`;
}

/** How the device is, or was last known to be and why that is not certain now. */
export function stateSummary(state: DeviceState, context: RenderContext): string {
  const { device, seenAt, doubt } = state;
  const { t, ownNow } = context;
  const known = stateWord(device, context);
  const server = isOnline(device) ? [] : [word(serverStates, device.serverState, t)];
  if (doubt?.kind === 'contradictory') return [...server, contradiction(device, doubt.other, context)].join(' · ');
  const lastKnown = t('last known: {0}', known);
  if (doubt || !isOnline(device)) {
    const reported = instantOf(device.updateDate);
    const when = reported === undefined ? [] : [t('reported {0}', moment(reported, ownNow, context))];
    return [...server, [lastKnown, ...when].join(', ')].join(' · ');
  }
  return isCurrent(state, context) ? known : `${lastKnown}, ${age(ownNow - seenAt, context)}`;
}

/** When what is said of devices was asked for (ms since 1970): a list is looked at for a while. */
export function readText(askedAt: number, context: RenderContext): string {
  return context.t('read {0}', moment(askedAt, context.ownNow, context));
}

/** Which two states Nuki reports under one date; without saying them where they differ in something else. */
export function contradiction(device: Smartlock, other: Smartlock, locale: Locale): string {
  const one = stateWord(device, locale);
  const another = stateWord(other, locale);
  return one === another
    ? locale.t('unknown: two reports contradict each other')
    : locale.t('unknown: reported as {0} and as {1}', one, another);
}

/** Why it is not known how an action ended; {0} is the time until which Nuki asks to wait. */
const uncertainties: Readonly<Record<Uncertainty, string>> = {
  unseen: 'not confirmed · check the door',
  perhapsNotTaken: 'not known whether Nuki has taken it · check the door',
  unreadable: 'not confirmed: could not be read · check the door',
  rateLimited: 'not confirmed: Nuki asked to wait until {0} · check the door',
  anyone: 'not known by whom · check the door',
  unlogged: 'reported, the log could not be read',
  mixed: 'not confirmed: another client acted at the same time · check the door',
  earlier: 'not confirmed: an earlier one may have done it · check the door',
  lockingUnseen: 'opened, locking not seen · check the door',
};

/** How the last action ended; `undefined` while it is under way. */
export function outcomeText(device: Smartlock, { action, outcome }: Operation, locale: Locale): string | undefined {
  const { t } = locale;
  switch (outcome?.kind) {
    case undefined:
      return undefined;
    case 'confirmed':
      if (outcome.now) return t('"{0}" confirmed {1}', t(actions[action].name), clockSecond(outcome.at, locale));
      return outcome.reportedBefore
        ? t(
            'confirmed {0}, was already reported as {1}',
            clockSecond(outcome.at, locale),
            stateWord(outcome.reportedBefore, locale),
          )
        : t('confirmed {0}', clockSecond(outcome.at, locale));
    case 'failed':
      if (outcome.completion === undefined) return t('failed');
      return t('failed: {0}', word(completionStates, outcome.completion, t));
    case 'fault':
      return t('failed: {0}', stateWordOf(kindOf(device.type), outcome.state, t));
    case 'unconfirmed':
      return t(uncertainties[outcome.reason], clockMinute(outcome.retryAt ?? outcome.at, locale));
    case 'unwatched':
      return t('sent, not followed · check the door');
  }
}

function modeText(device: Smartlock, { t }: Locale): string | undefined {
  if (isInUsualMode(device)) return undefined;
  return t('mode: {0}', word(kindOf(device.type).modes, device.state?.mode, t));
}

/** The state of the door, where a door sensor has told it and it is current; tampering is said at any age. */
function doorText(state: DeviceState, context: RenderContext): string | undefined {
  const door = reportedDoorState(state.device);
  return door === undefined || door === doorSensorRemoved || !isCurrent(state, context)
    ? undefined
    : word(doorStates, door, context.t);
}

/** What somebody has to look at on the device besides its state and batteries: tampering, and an error that Nuki names. */
export function troubleTexts(device: Smartlock, { t }: Locale): readonly string[] {
  const error = errorOf(device);
  return [...signsOfTampering(device).map((sign) => t(sign)), ...(error ? [t('error: {0}', error)] : [])];
}

/** Nuki's own word for an error, fit to be shown and without what may be a keypad code; empty where there is none. */
export function errorOf({ error }: { readonly error?: string | undefined }): string {
  return safeText(withoutCodes(redact(error ?? '')), textLength);
}

const batterySentences = {
  device: 'battery critical',
  keypad: 'keypad battery critical',
  'door sensor': 'door sensor battery critical',
} as const;

function batteryTexts(device: Smartlock, { t }: Locale): string[] {
  const criticalParts = partsWithCriticalBattery(device).map((part) => t(batterySentences[part]));
  const charge = device.state?.batteryCharge;
  return criticalParts.length > 0 || charge === undefined ? criticalParts : [t('{0} %', charge)];
}

/** The kind with its generation and variant: `Smart Lock (5th generation, Ultra)`. */
export function kindText(device: Smartlock, { t }: Locale): string {
  const name = kinds[device.type] ? t(kindOf(device.type).name) : t('unknown kind ({0})', device.type);
  const generation = generations[device.type];
  const details = [generation && t(generation), variantText(device, t)].filter((detail) => detail !== undefined);
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}

/** A device's name fit to be shown, with the end of its id where one of the `others` has the same name. */
export function deviceName(device: Smartlock, others: Devices, { t }: Locale): string {
  const name = safeText(device.name) || t('Device {0}', device.smartlockId);
  return isNameAmbiguous(device, others) ? `${name} ${deviceIdSuffix(device.smartlockId)}` : name;
}
