import { redact } from '../../base/redact.ts';
import { safeText, textLength } from '../../base/safeText.ts';
import type { Locale, Translate } from '../../base/locale.ts';
import { hasArrived, isUnseen, type Operation, type Outcome, type Uncertainty } from '../../model/actions/operation.ts';
import { isStale } from '../../model/refresh.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { needsAttention, signsOfTampering } from '../../nuki/attention.ts';
import { deviceIdSuffix } from '../../nuki/deviceId.ts';
import { withoutCodes } from '../../nuki/http/maskSecrets.ts';
import {
  isAdminPinInvalid,
  isBusy,
  isDoorOpen,
  isInContinuousMode,
  isInUsualMode,
  isOnline,
  partsWithCriticalBattery,
  unusualDoorState,
  type Smartlock,
} from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { actions, deviceType, generations, kindOf, kinds, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { stateWordOf } from '../../nuki/vocabulary/kindWords.ts';
import {
  completionStates,
  doorStates,
  lockMechanisms,
  productVariants,
  serverStates,
  word,
} from '../../nuki/vocabulary/words.ts';
import { isNameAmbiguous, type Devices } from './duplicateNames.ts';
import type { RenderContext } from './renderContext.ts';
import { age, clockMinute, dayOrMinute, moment } from './timeText.ts';

type Confirmed = Outcome & { readonly kind: 'confirmed' };
type Failed = Outcome & { readonly kind: 'failed' | 'fault' };

/** Whether the known state of the device may be shown as its state now. */
export function isCurrent(
  { device, seenAt, doubt }: DeviceState,
  { ownNow, refreshIntervalMs: interval }: RenderContext,
): boolean {
  return isOnline(device) && !doubt && !isStale(seenAt, ownNow, interval);
}

/** The device's state in a word or two, however old it is, by this computer's clock: `locked`, `ring to open until 18:30`. */
export function stateWord(device: Smartlock, locale: Locale): string {
  if (isInContinuousMode(device)) return locale.t('continuous mode');
  const until = ringToOpenEnd(device);
  if (until !== undefined) return locale.t('ring to open until {0}', clockMinute(until, locale));
  return stateWordOf(kindOf(device.type), device.state?.state, locale.t);
}

/** Until when ring to open is active, in milliseconds since 1970; `undefined` where it is not, or for how long is not told. */
function ringToOpenEnd({ type, state }: Smartlock): number | undefined {
  const isRinging = !kindOf(type).bolt && kindOf(type).states.open?.[state?.state ?? -1] === 'ring to open active';
  return isRinging ? instantOf(state?.ringToOpenEnd) : undefined;
}

/**
 * A device in one line, for a row that may end after some twenty letters: what is wrong first, then how the last action ended and the
 * state, then the rest that is not as usual. An action whose end was not seen stands alone.
 */
export function deviceSummary(state: DeviceState, context: RenderContext): string {
  const { device, operation } = state;
  const { t } = context;
  if (operation?.outcome && isUnseen(operation.outcome)) return deviceHeadline(state, context);
  const isWell = !needsAttention(device); // most devices
  const parts: string[] = [];
  if (!kinds[device.type]) parts.push(t('unknown kind ({0})', device.type));
  if (!isWell) parts.push(...signsOfTampering(device).map((sign) => t(sign)));
  parts.push(deviceHeadline(state, context));
  if (!operation && isBusy(device)) parts.push(t('busy'));
  if (!isInUsualMode(device)) parts.push(modeText(device, context));
  const door = unusualDoorState(device);
  if (door !== undefined && isCurrent(state, context)) parts.push(word(doorStates, door, t));
  if (!isWell) parts.push(...conditionTexts(device, context));
  return parts.join(' · ');
}

/** The `summary` of a device for a screen reader: a check mark and the mark of a row are said in words. */
export function spokenSummary({ device }: DeviceState, summary: string, { t }: Locale): string {
  const inWords = summary.includes('✓') ? summary.replaceAll('✓', t('confirmed')) : summary;
  return needsAttention(device) ? `${inWords}, ${t('needs attention')}` : inWords;
}

/** The most important fact about a device: `unlocking…`, `failed: motor blocked`, `door open · locked`. */
export function deviceHeadline(state: DeviceState, context: RenderContext): string {
  const { device, operation } = state;
  const { t } = context;
  if (operation && !operation.outcome) return progressText(operation, context);
  const door = isDoorOpen(device) && isCurrent(state, context) ? [t('door open')] : [];
  const now = stateSummary(state, context);
  if (!operation?.outcome) return [...door, now].join(' · ');
  const { action, outcome } = operation;
  switch (outcome.kind) {
    case 'confirmed':
      return [...door, confirmedText(state, action, outcome, context)].join(' · ');
    case 'failed':
    case 'fault': {
      const isSaid = failureReason(device, outcome, t) === now;
      return [failureText(device, outcome, t), ...door, ...(isSaid ? [] : [now])].join(' · ');
    }
    case 'unconfirmed':
      return outcome.reason === 'unlogged'
        ? [...door, now, t('log not readable')].join(' · ')
        : t(
            outcome.reason === 'lockingUnseen' ? 'locking not seen – check the door' : 'not confirmed – check the door',
          );
    case 'unwatched':
      return t('not confirmed – check the door');
  }
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

/** An action that its log proves, by a check mark and the minute: `unlocked ✓ 11:21`. The action is named where the state is another one. */
function confirmedText(state: DeviceState, action: ActionName, outcome: Confirmed, context: RenderContext): string {
  const { device } = state;
  const { t, ownNow } = context;
  const now = stateSummary(state, context);
  const time = moment(outcome.at, ownNow, context, clockMinute);
  const done = `${t(actions[action].name)} ✓ ${time}`;
  if (!isCurrent(state, context)) return `${done} · ${now}`;
  if (outcome.now || !hasArrived(device, action)) return `${now} · ${done}`;
  if (ringToOpenEnd(device) !== undefined) return `${now} ✓`;
  return `${outcome.reportedBefore ? t('already {0}', now) : now} ✓ ${time}`;
}

function failureText(device: Smartlock, outcome: Failed, t: Translate): string {
  const reason = failureReason(device, outcome, t);
  return reason === undefined ? t('failed') : t('failed: {0}', reason);
}

/** Why an action failed; `undefined` where several attempts have failed, each for another reason. */
function failureReason(device: Smartlock, outcome: Failed, t: Translate): string | undefined {
  if (outcome.kind === 'fault') return stateWordOf(kindOf(device.type), outcome.state, t);
  return outcome.completion === undefined ? undefined : word(completionStates, outcome.completion, t);
}

/** Why it is not known how an action ended; {0} is the time until which Nuki asks to wait. */
const uncertainties: Readonly<Record<Uncertainty, string>> = {
  unseen: 'not confirmed within 30 seconds',
  perhapsNotTaken: 'not confirmed: unknown whether Nuki accepted it',
  unreadable: 'not confirmed: the device could not be read',
  rateLimited: 'not confirmed: Nuki asked to wait until {0}',
  anyone: 'not confirmed: unknown who did it',
  unlogged: 'reported, but the log is not readable',
  mixed: 'not confirmed: another client acted at the same time',
  earlier: 'not confirmed: an earlier command may have done it',
  lockingUnseen: 'has opened, locking not seen',
};

/** How the last action ended, with the reason; `undefined` while it is under way. */
export function outcomeText(device: Smartlock, { action, outcome }: Operation, locale: Locale): string | undefined {
  const { t } = locale;
  switch (outcome?.kind) {
    case undefined:
      return undefined;
    case 'confirmed':
      return t('"{0}" confirmed {1}', t(actions[action].name), clockMinute(outcome.at, locale));
    case 'failed':
    case 'fault':
      return failureText(device, outcome, t);
    case 'unconfirmed':
      return t(uncertainties[outcome.reason], clockMinute(outcome.retryAt ?? outcome.at, locale));
    case 'unwatched':
      return t('not confirmed: stopped waiting');
  }
}

/**
 * The state, or what the device reported last and when, where it may have changed since. Since when a device is offline is not told by
 * Nuki: its own date is that of the last report.
 */
export function stateSummary(state: DeviceState, context: RenderContext): string {
  const { device, doubt } = state;
  const { t, now, ownNow } = context;
  const known = stateWord(device, context);
  const offline = isOnline(device) ? undefined : connectionText(device, context);
  if (doubt?.kind === 'contradictory') {
    return [offline, contradiction(device, doubt.other, context)].filter((part) => part !== undefined).join(' · ');
  }
  if (isCurrent(state, context)) return known;
  const reported = instantOf(device.updateDate);
  if (offline === undefined) {
    return reported === undefined
      ? t('last reported {0}', known)
      : t('last reported {0}, {1}', known, age(now - reported, context));
  }
  return reported === undefined
    ? `${offline} · ${t('last reported {0}', known)}`
    : `${offline} · ${t('reported {1}, {0}', known, dayOrMinute(reported, ownNow, context))}`;
}

function connectionText({ serverState }: Smartlock, { t }: Locale): string {
  return serverState === undefined ? t('connection unknown') : word(serverStates, serverState, t);
}

/** When what is said of devices was asked for (ms since 1970): a list is looked at for a while. */
export function readText(askedAt: number, context: RenderContext): string {
  return context.t('updated {0}', moment(askedAt, context.ownNow, context));
}

/** Which two states Nuki reports under one date; without saying them where they differ in something else. */
function contradiction(device: Smartlock, other: Smartlock, locale: Locale): string {
  const one = stateWord(device, locale);
  const another = stateWord(other, locale);
  return one === another ? locale.t('unknown: conflicting reports') : locale.t('unknown: {0} or {1}', one, another);
}

function modeText(device: Smartlock, { t }: Locale): string {
  return t('mode: {0}', word(kindOf(device.type).modes, device.state?.mode, t));
}

/** What someone has to look at on the device besides its state: tampering, the PIN, batteries and an error that Nuki names. */
export function attentionTexts(device: Smartlock, locale: Locale): readonly string[] {
  return [...signsOfTampering(device).map((sign) => locale.t(sign)), ...conditionTexts(device, locale)];
}

function conditionTexts(device: Smartlock, { t }: Locale): readonly string[] {
  const error = errorOf(device);
  return [
    ...(isAdminPinInvalid(device) ? [t('admin PIN invalid')] : []),
    ...partsWithCriticalBattery(device).map((part) => t(batterySentences[part])),
    ...(error ? [t('error: {0}', error)] : []),
  ];
}

/** Nuki's own word for an error, fit to be shown and without what may be a keypad code; empty where there is none. */
export function errorOf({ error }: { readonly error?: string | undefined }): string {
  return error ? safeText(withoutCodes(redact(error)), textLength) : '';
}

const batterySentences = {
  device: 'battery low',
  keypad: 'keypad battery low',
  'door sensor': 'door sensor battery low',
} as const;

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

/** What tells devices of one type apart: the variant of a Smart Lock, the mechanism of a Smart Door; `undefined` where it is not told. */
function variantText({ type, config, lmType }: Smartlock, t: Translate): string | undefined {
  if (type === deviceType.smartLock5 && config?.productVariant) return word(productVariants, config.productVariant, t);
  return type === deviceType.smartDoor && lmType ? word(lockMechanisms, lmType, t) : undefined;
}
