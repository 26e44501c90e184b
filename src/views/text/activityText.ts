import { safeText } from '../../base/safeText.ts';
import {
  completionsOf,
  credentialOf,
  hasSucceeded,
  isHeldBack,
  keypadTrigger,
  ringOpenedBy,
  tapToUnlockError,
  unexplainedSource,
  type ActivityEntry,
} from '../../nuki/activityLog.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import type { NukiError } from '../../nuki/http/errors.ts';
import { kindOf } from '../../nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../../nuki/vocabulary/kindWords.ts';
import type { Locale, Translate } from '../../base/locale.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { completionStates, logSources, logTriggers, word } from '../../nuki/vocabulary/words.ts';
import { filtered, type ActivityFilter, type ActivityList } from '../../model/activity/activityList.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { RenderContext } from './renderContext.ts';
import { errorOf } from './deviceText.ts';
import { age, clockMinute, moment } from './timeText.ts';
import { describeError, errorLabel } from './errorText.ts';

/** Younger entries say how old they are, older ones the day and the minute; in milliseconds. */
const recent = 24 * 3_600_000;

/** What begins something on the device itself; the others are people, and programs that people use. */
const actors: Readonly<Record<number, string>> = { 1: 'By hand', 6: 'Auto Lock' };

/** Who was not let in, where the log has no name, by how the attempt ended. OpenAPI. */
const strangers: Readonly<Record<number, string>> = {
  224: 'Unknown code',
  225: 'Unknown fingerprint',
  226: 'Unknown NFC tag',
};

/** The person in the entry, or what set it off where it names none: `Guest Weber`, `Auto Lock`, `Unknown code`. */
export function activityActor(entry: ActivityEntry, locale: Locale): string {
  const { t } = locale;
  const { trigger = -1, state = -1 } = entry;
  if (personIn(entry)) return personIn(entry);
  if (strangers[state] !== undefined && completionsOf(entry) === completionStates) return t(strangers[state]);
  if (actors[trigger] !== undefined) return t(actors[trigger]);
  const credential = trigger === tapToUnlockError.trigger ? credentialOf(entry) : undefined;
  const words = credential === undefined ? triggerWord(entry, t) : word(logSources, credential, t);
  return asLabel(words, locale);
}

/** What set the entry off. A wrong code has a trigger of its own, which stands for the keypad. */
function triggerWord({ trigger }: ActivityEntry, t: Translate): string {
  return word(logTriggers, trigger === tapToUnlockError.trigger ? keypadTrigger : trigger, t);
}

function personIn({ name }: ActivityEntry): string {
  return safeText(name ?? '');
}

/** With a capital letter, as a row begins. */
export function asLabel(words: string, { language }: Pick<Locale, 'language'>): string {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

/** The label of an entry's row: who did it; what happened, where the device tells of no one. */
export function activityLabel(entry: ActivityEntry, device: Pick<Smartlock, 'type'>, context: RenderContext): string {
  return isEventOnly(entry, device)
    ? asLabel(actionWord(entry.action, device.type, context), context)
    : activityActor(entry, context);
}

/** Whether an entry tells that something happened, as that a door was opened, and neither of a person nor that anything failed. */
export function isEventOnly(entry: ActivityEntry, { type }: Pick<Smartlock, 'type'>): boolean {
  const { logActions, lastActions } = kindWordsOf(type);
  const isKnown = logActions[entry.action] !== undefined;
  const isAction =
    lastActions[entry.action] !== undefined || Object.values(kindOf(type).actions).includes(entry.action);
  return isKnown && !isAction && !personIn(entry) && hasSucceeded(entry) === true;
}

/**
 * What happened and when, by the user's clock, for a row that may end after some sixteen letters: `unlocked · 12 min ago`. A failed
 * attempt begins with its reason: `invalid code · 13 hr ago · tried: unlatch`.
 */
export function activitySummary(entry: ActivityEntry, device: Pick<Smartlock, 'type'>, context: RenderContext): string {
  const { t } = context;
  const error = errorOf(entry);
  const openedBy = ringOpenedBy(entry);
  return [
    ...(isEventOnly(entry, device) ? [] : [activityEnd(entry, device, context)]),
    openedBy && t(openings[openedBy]),
    when(entry, context),
    triedText(entry, device, context),
    entry.autoUnlock && !isHeldBack(entry) ? 'Auto Unlock' : undefined,
    ajarText(entry, context),
    error ? t('error: {0}', error) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** What was done, by the name of the action in a log. */
const deeds: Readonly<Record<string, string>> = {
  unlock: 'unlocked',
  lock: 'locked',
  'full lock': 'fully locked',
  unlatch: 'unlatched',
  'activate ring to open': 'ring to open on',
  'deactivate ring to open': 'ring to open off',
  'electric strike actuation': 'opened the door',
  'activate continuous mode': 'continuous mode on',
  'deactivate continuous mode': 'continuous mode off',
};

/** What was tried and not done; `undefined` where it was done, or held back. */
export function triedText(
  entry: ActivityEntry,
  { type }: Pick<Smartlock, 'type'>,
  { t }: Pick<Locale, 't'>,
): string | undefined {
  return hasSucceeded(entry) || isHeldBack(entry) ? undefined : t('tried: {0}', actionWord(entry.action, type, { t }));
}

/** What was done, or why it was not. */
export function activityEnd(entry: ActivityEntry, { type }: Pick<Smartlock, 'type'>, { t }: Locale): string {
  if (isHeldBack(entry)) return t('Auto Unlock skipped');
  const succeeded = hasSucceeded(entry);
  if (succeeded === undefined) return t('result unknown');
  if (!succeeded) return outcome(entry, { t });
  const action = kindWordsOf(type).logActions[entry.action] ?? '';
  return deeds[action] === undefined ? actionWord(entry.action, type, { t }) : t(deeds[action]);
}

function when({ date }: ActivityEntry, context: RenderContext): string {
  const instant = instantOf(date);
  if (instant === undefined) return context.t('unknown date');
  const elapsed = context.now - instant;
  return elapsed >= 0 && elapsed < recent
    ? age(elapsed, context)
    : moment(instant, context.ownNow, context, clockMinute);
}

/** How long a door has stood ajar. */
export function ajarText({ ajarTimeout }: ActivityEntry, { t }: Pick<Locale, 't'>): string | undefined {
  return ajarTimeout === undefined ? undefined : t('stood open for {0} min.', ajarTimeout);
}

/** What let someone in at an Opener, and what else it tells of the moment. */
export function openerCircumstances(entry: ActivityEntry, { t }: Pick<Locale, 't'>): readonly string[] {
  const { activeRto, activeCm, flagGeoFence, flagForce, flagDoorbellSuppression } = entry.openerLog ?? {};
  const openedBy = ringOpenedBy(entry);
  return [
    openedBy && t(openings[openedBy]),
    activeRto && openedBy !== 'ringToOpen' ? t('ring to open was active') : undefined,
    activeCm && openedBy !== 'continuousMode' ? t('continuous mode was active') : undefined,
    flagGeoFence ? t('geofence') : undefined,
    flagForce ? t('forced') : undefined,
    flagDoorbellSuppression ? t('doorbell suppressed') : undefined,
  ].filter((part) => part !== undefined);
}

const openings = {
  ringToOpen: 'let in by ring to open',
  continuousMode: 'let in by continuous mode',
} as const;

/** What Nuki's log calls an action of this type of device. */
export function actionWord(action: number, type: number, { t }: Pick<Locale, 't'>): string {
  return word(kindWordsOf(type).logActions, action, t);
}

/** How the attempt ended: `success`, `invalid code`. */
export function outcome(entry: ActivityEntry, { t }: Pick<Locale, 't'>): string {
  return word(completionsOf(entry), entry.state, t);
}

/** What was used at a keypad, or the number that Nuki sends instead. */
export function sourceText(entry: ActivityEntry, { t }: Locale): string | undefined {
  const credential = credentialOf(entry);
  if (credential !== undefined) return word(logSources, credential, t);
  const unexplained = unexplainedSource(entry);
  return unexplained === undefined ? undefined : t('source {0}', unexplained);
}

/** The error, the filter and the number of entries of a device's activity; empty before it was read. */
export function activityGroupSummary(state: DeviceState, context: RenderContext): string {
  const { device, activity, activityError, activityFilter } = state;
  const { t } = context;
  return [
    activityError && errorLabel(activityError, undefined, context),
    activityFilter && t('only {0}', filterWord(activityFilter, device, context)),
    activity && countText(activity, activityFilter, context),
    activity && activity.unreadable > 0 ? t('{0} unreadable', activity.unreadable) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function countText({ items }: ActivityList, filter: ActivityFilter | undefined, { t }: Locale): string {
  if (filter) return t('{0} of {1}', filtered(items, filter).length, items.length);
  return t(items.length === 1 ? '{0} entry' : '{0} entries', items.length);
}

/** The action or person that passes a filter, fit to be shown. */
export function filterWord(filter: ActivityFilter, { type }: Smartlock, locale: Pick<Locale, 't'>): string {
  return 'action' in filter ? actionWord(filter.action, type, locale) : safeText(filter.name) || locale.t('(no name)');
}

/** Why no entries are shown, in a sentence. `account`: the account's name, fit to be shown. */
export function activityNotice(
  { activity, activityError, activityFilter }: DeviceState,
  account: string,
  context: RenderContext,
): string {
  if (activityError) return activityErrorSentence(activityError, account, context);
  if (!activity) return context.t('loading…');
  return context.t(activityFilter ? 'No loaded activity matches the filter.' : 'No activity.');
}

/** Why a log cannot be read, in a sentence. `account`: the account's name, fit to be shown. */
export function activityErrorSentence(error: NukiError, account: string, context: RenderContext): string {
  return error.reason === 'permissionMissing'
    ? context.t(
        'The token of "{0}" can\'t read the activity log. Create one with that permission in Nuki Web.',
        account,
      )
    : describeError(error, { account }, context);
}
