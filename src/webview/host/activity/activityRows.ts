import { safeText, textLength } from '../../../base/safeText.ts';
import type { Attempt } from '../../../model/activity/attempt.ts';
import type { FirstUse } from '../../../model/activity/firstUses.ts';
import { credentialOf } from '../../../nuki/activityLog.ts';
import { withoutCodes } from '../../../nuki/http/maskSecrets.ts';
import { timeZoneName } from '../../../nuki/time/timeZones.ts';
import type { Smartlock } from '../../../nuki/smartlock.ts';
import { logTriggers, openerLogSources, word } from '../../../nuki/vocabulary/words.ts';
import {
  actionWord,
  activityActor,
  activityEnd,
  activityLabel,
  ajarText,
  isEventOnly,
  openerCircumstances,
  outcome as outcomeText,
  sourceText,
  triedText,
} from '../../../views/text/activityText.ts';
import { errorOf } from '../../../views/text/deviceText.ts';
import type { RenderContext } from '../../../views/text/renderContext.ts';
import { cityOf } from '../../../views/text/shortSchedule.ts';
import { dateAndSecond, dateInWords, dayInWords, timeOfDay } from '../../../views/text/timeText.ts';
import type { ActivityRow, Details, Outcome } from '../../protocol/activity.ts';

/** What rows are written with. */
export interface RowContext extends RenderContext {
  /** IANA, of this computer. */
  readonly ownZone: string;
  /** `undefined` for a device that is not listed. */
  readonly device: (smartlockId: number) => Smartlock | undefined;
  readonly deviceName: (smartlockId: number) => string;
}

/** Of a device that is not listed, no action is familiar. */
const unlisted = { type: -1 } as const;

/** An entry of the log as a row. */
export function rowOf(attempt: Attempt, firstUse: FirstUse | undefined, context: RowContext): ActivityRow {
  const { entry, at } = attempt;
  const { t } = context;
  const device = context.device(entry.smartlockId) ?? unlisted;
  const isEvent = isEventOnly(entry, device);
  const day = at === undefined ? t('unknown date') : dayInWords(at, context.ownNow, context.ownZone, context);
  const { time, zone } =
    at === undefined ? { time: '', zone: '' } : timeAtLock(at, zoneOf(entry.smartlockId, context), context);
  return {
    id: entry.id,
    day,
    time,
    zone,
    outcome: signOf(attempt, isEvent),
    who: isEvent ? '' : whoOf(attempt, context),
    words: isEvent ? activityLabel(entry, device, context) : activityEnd(entry, device, context),
    more: moreOf(attempt, device, context),
    door: context.deviceName(entry.smartlockId),
    badge: firstUse === undefined ? '' : firstUseText(attempt, context),
  };
}

/** Who was refused may be called by what was typed, which may nearly be a code. */
function whoOf({ entry }: Attempt, context: RowContext): string {
  return activityActor(isCode(entry.name ?? '') ? { ...entry, name: '' } : entry, context);
}

/** Whether a name has in it what may be a keypad code. */
export function isCode(name: string): boolean {
  return withoutCodes(name) !== name;
}

function signOf({ outcome }: Attempt, isEvent: boolean): Outcome {
  if (isEvent || outcome === 'heldBack') return 'event';
  return outcome;
}

function zoneOf(smartlockId: number, { device }: RowContext): string | undefined {
  return timeZoneName(device(smartlockId)?.config?.timezoneId);
}

/** What the lock's clock showed, and where that is unless the user's shows the same. */
function timeAtLock(
  at: number,
  zone: string | undefined,
  context: RowContext,
): { readonly time: string; readonly zone: string } {
  const own = timeOfDay(at, context.ownZone, context);
  if (zone === undefined) return { time: own, zone: '' };
  const time = timeOfDay(at, zone, context);
  const date = dateInWords(at, context.ownNow, zone, context);
  const isSameDay = date === dateInWords(at, context.ownNow, context.ownZone, context);
  if (time === own && isSameDay) return { time, zone: '' };
  return { time, zone: isSameDay ? cityOf(zone) : `${cityOf(zone)}, ${date}` };
}

/** What was tried, and with what. */
function moreOf({ entry }: Attempt, device: Pick<Smartlock, 'type'>, context: RowContext): string {
  const { t } = context;
  const error = errorOf(entry);
  const { name = '' } = entry;
  const isNamed = safeText(name) !== '' && !isCode(name);
  return [
    triedText(entry, device, context),
    sourceText(entry, context) ?? (isNamed ? triggerText(entry.trigger, context) : undefined),
    entry.autoUnlock ? 'Auto Unlock' : undefined,
    ...openerCircumstances(entry, context),
    ajarText(entry, context),
    error ? t('error: {0}', error) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function triggerText(trigger: number | undefined, { t }: RowContext): string | undefined {
  return trigger === undefined ? undefined : word(logTriggers, trigger, t);
}

function firstUseText({ entry }: Attempt, { t }: RowContext): string {
  return credentialOf(entry) === keypadCode ? t('First use of this code') : t('First use');
}

const keypadCode = 1;

/** All that is known of an entry, in the order in which it is asked for. */
export function detailsOf(attempt: Attempt, firstUse: FirstUse | undefined, context: RowContext): Details {
  const { entry, at } = attempt;
  const { t } = context;
  const device = context.device(entry.smartlockId) ?? unlisted;
  const zone = zoneOf(entry.smartlockId, context);
  const isElsewhere = zone !== undefined && zone !== context.ownZone;
  const error = errorOf(entry);
  const { openerLog } = entry;
  const facts: readonly (readonly [field: string, value: string | undefined])[] = [
    [
      t('Your time'),
      at === undefined ? t('unknown date') : `${dateAndSecond(at, context.ownZone, context)} (${context.ownZone})`,
    ],
    [
      t('Time at the lock'),
      at === undefined || !isElsewhere ? undefined : `${dateAndSecond(at, zone, context)} (${zone})`,
    ],
    [t('Device'), `${context.deviceName(entry.smartlockId)} (${entry.smartlockId})`],
    [t('Action'), actionWord(entry.action, device.type, context)],
    [t('Result'), outcomeText(entry, context)],
    [t('Trigger'), triggerText(entry.trigger, context)],
    [t('Source'), sourceText(entry, context)],
    [t('Circumstances'), openerCircumstances(entry, context).join(' · ') || undefined],
    [t('Activated by'), openerLog?.source === undefined ? undefined : word(openerLogSources, openerLog.source, t)],
    [t('Error'), error],
    [t('First use'), firstUse === undefined ? undefined : t(firstUseSentences[firstUse])],
    [t('Authorization'), entry.authId],
    [t('Account user'), entry.accountUserId === undefined ? undefined : String(entry.accountUserId)],
    [t('Log entry'), entry.id],
  ];
  return {
    id: entry.id,
    facts: facts.flatMap(([field, value]) => (value ? [{ field, value: safeText(value, textLength) }] : [])),
  };
}

const firstUseSentences: Readonly<Record<FirstUse, string>> = {
  ever: 'never used successfully before',
  inLog: 'not used successfully before, as far as the log goes back',
};
