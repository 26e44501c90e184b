import { safeText } from '../../base/safeText.ts';
import {
  completionsOf,
  credentialOf,
  hasSucceeded,
  isHeldBack,
  ringOpenedBy,
  unexplainedSource,
  type ActivityEntry,
} from '../../nuki/activityLog.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import type { NukiError } from '../../nuki/http/errors.ts';
import { kindOf } from '../../nuki/vocabulary/kinds.ts';
import type { Locale } from '../../base/locale.ts';
import { formatInstant } from '../../nuki/authorization/schedule.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { logSources, logTriggers, word } from '../../nuki/vocabulary/words.ts';
import { filtered, type ActivityFilter, type ActivityList } from '../../model/activityList.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { RenderContext } from './renderContext.ts';
import { errorOf } from './deviceText.ts';
import { age } from './timeText.ts';
import { describeError, errorLabel } from './errorText.ts';

/** Younger entries also say how old they are; in milliseconds. */
const recent = 24 * 3_600_000;

/** The person in the entry, or its trigger where it names none: `Guest Weber`, `auto lock`. */
export function activityActor(entry: ActivityEntry, { t }: Locale): string {
  return personIn(entry) || word(logTriggers, entry.trigger, t);
}

function personIn({ name }: ActivityEntry): string {
  return safeText(name ?? '');
}

/**
 * What happened, when and how: `unlock · 12 min. ago, 23 Nov 2026, 12:48 · keypad · keypad code`. A failed attempt says so at the
 * beginning, as a narrow sidebar cuts off the end: `tried to unlock: invalid code`.
 */
export function activitySummary(entry: ActivityEntry, device: Smartlock, context: RenderContext): string {
  const { t } = context;
  return [
    deed(entry, device, context),
    ...circumstances(entry, context),
    when(entry, device, context),
    personIn(entry) ? word(logTriggers, entry.trigger, t) : undefined,
    sourceText(entry, context),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** Failed attempts by their actions; {0}: the reason. */
const attempts: Readonly<Record<string, string>> = {
  unlock: 'tried to unlock: {0}',
  lock: 'tried to lock: {0}',
  unlatch: 'tried to unlatch: {0}',
  "lock 'n' go": "tried to lock 'n' go: {0}",
  "lock 'n' go with unlatch": "tried to lock 'n' go with unlatch: {0}",
  'activate ring to open': 'tried to activate ring to open: {0}',
  'deactivate ring to open': 'tried to deactivate ring to open: {0}',
  'electric strike actuation': 'tried to open the door: {0}',
  'activate continuous mode': 'tried to activate continuous mode: {0}',
  'deactivate continuous mode': 'tried to deactivate continuous mode: {0}',
};

function deed(entry: ActivityEntry, { type }: Smartlock, { t }: Locale): string {
  if (isHeldBack(entry)) return t('Auto Unlock did not act: {0}', outcome(entry, { t }));
  const known = kindOf(type).logActions[entry.action];
  const plain = actionWord(entry.action, type, { t });
  const action = entry.autoUnlock ? t('{0} by Auto Unlock', plain) : plain;
  const succeeded = hasSucceeded(entry);
  if (succeeded) return action;
  if (succeeded === undefined) return t('outcome unknown: {0}', action);
  const attempt = entry.autoUnlock ? undefined : attempts[known ?? ''];
  return t(attempt ?? 'failed: {1} ({0})', outcome(entry, { t }), action);
}

/** What the log says of an attempt besides its end. */
function circumstances(entry: ActivityEntry, { t }: Locale): readonly string[] {
  const error = errorOf(entry);
  return [
    ...openerCircumstances(entry, { t }),
    ajarText(entry, { t }),
    error ? t('error: {0}', error) : undefined,
  ].filter((part) => part !== undefined);
}

/** How long a door has stood ajar. */
export function ajarText({ ajarTimeout }: ActivityEntry, { t }: Pick<Locale, 't'>): string | undefined {
  return ajarTimeout === undefined ? undefined : t('open for {0} min.', ajarTimeout);
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
  return word(kindOf(type).logActions, action, t);
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

/** When it happened, by the clock of the lock; of a recent entry also how long ago. */
export function when({ date }: ActivityEntry, { config }: Smartlock, context: RenderContext): string {
  const instant = instantOf(date);
  if (instant === undefined) return context.t('unknown date');
  const written = formatInstant(instant, timeZoneName(config?.timezoneId), context);
  const elapsed = context.now - instant;
  return elapsed >= 0 && elapsed < recent ? `${age(elapsed, context)}, ${written}` : written;
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
  return context.t(activityFilter ? 'Nothing that was read passes the filter.' : 'No activity.');
}

function activityErrorSentence(error: NukiError, account: string, context: RenderContext): string {
  return error.reason === 'permissionMissing'
    ? context.t(
        'The token of "{0}" may not read the activity log. Create one with that permission in Nuki Web.',
        account,
      )
    : describeError(error, { account }, context);
}
