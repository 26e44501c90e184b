import { safeText } from '../base/safeText.ts';
import { completionsOf, hasSucceeded, type ActivityEntry } from '../nuki/activity.ts';
import { instantOf } from '../nuki/authorization.ts';
import type { NukiError } from '../nuki/errors.ts';
import { kindOf } from '../nuki/kinds.ts';
import { formatInstant, type Reader } from '../nuki/schedule.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
import { timeZoneName } from '../nuki/timeZones.ts';
import { logSources, logTriggers, word } from '../nuki/words.ts';
import { filtered, type ActivityFilter, type ActivityList } from '../model/activityList.ts';
import type { DeviceState } from '../model/snapshots.ts';
import { detailLines, type Glance } from './deviceWords.ts';
import { age } from './timeWords.ts';
import { troubleSentence, troubleWord } from './troubleWords.ts';

/** For how long an entry also says how old it is, in milliseconds. */
const recent = 24 * 3_600_000;

/** Who it was, or what set it off where the log names nobody: `Guest Weber`, `auto lock`. */
export function activityActor(entry: ActivityEntry, { say }: Reader): string {
  return personIn(entry) || word(logTriggers, entry.trigger, say);
}

function personIn({ name }: ActivityEntry): string {
  return safeText(name ?? '');
}

/**
 * What, when and how, to be read after who: `unlock · 12 min. ago, 23 Nov 2026, 12:48 · keypad · keypad code`. What was not done says
 * so first: `tried to unlock: invalid code`. A narrow sidebar cuts the end off.
 */
export function activitySummary(entry: ActivityEntry, device: Smartlock, glance: Glance): string {
  const { say } = glance;
  return [
    deed(entry, device, glance),
    when(entry, device, glance),
    personIn(entry) ? word(logTriggers, entry.trigger, say) : undefined,
    sourceWord(entry, glance),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** Attempts that came to nothing, by their actions; {0}: why. */
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

function deed(entry: ActivityEntry, { type }: Smartlock, { say }: Reader): string {
  const known = kindOf(type).logActions[entry.action];
  const action = actionWord(entry.action, type, { say });
  const succeeded = hasSucceeded(entry);
  if (succeeded) return action;
  if (succeeded === undefined) return say('outcome unknown: {0}', action);
  return say(attempts[known ?? ''] ?? 'failed: {1} ({0})', outcome(entry, { say }), action);
}

function actionWord(action: number, type: number, { say }: Pick<Reader, 'say'>): string {
  return word(kindOf(type).logActions, action, say);
}

/** How the attempt ended: `success`, `invalid code`. */
function outcome(entry: ActivityEntry, { say }: Pick<Reader, 'say'>): string {
  return word(completionsOf(entry), entry.state, say);
}

/** What told the lock who it was, where that is more than the trigger says. */
function sourceWord({ source }: ActivityEntry, { say }: Reader): string | undefined {
  return source === undefined || source === 0 ? undefined : word(logSources, source, say);
}

function when({ date }: ActivityEntry, { config }: Smartlock, glance: Glance): string {
  const instant = instantOf(date);
  if (instant === undefined) return glance.say('unknown date');
  const written = formatInstant(instant, timeZoneName(config?.timezoneId), glance);
  const elapsed = glance.now - instant;
  return elapsed >= 0 && elapsed < recent ? `${age(elapsed, glance)}, ${written}` : written;
}

/** Everything there is to say of an entry, a line each. */
export function activityDetails(entry: ActivityEntry, device: Smartlock, glance: Glance): string {
  const { say } = glance;
  return detailLines([
    [say('Action'), actionWord(entry.action, device.type, glance)],
    [say('Outcome'), outcome(entry, glance)],
    [say('Trigger'), word(logTriggers, entry.trigger, say)],
    [say('Source'), sourceWord(entry, glance)],
    [say('Time'), when(entry, device, glance)],
    [say('Time zone'), timeZoneName(device.config?.timezoneId) ?? say('unknown')],
  ]);
}

/** How much of the log is here, what of it is shown, and what is wrong with it; nothing before it was read. */
export function activityGroupSummary(state: DeviceState, glance: Glance): string {
  const { device, activity, activityError, activityFilter } = state;
  const { say } = glance;
  return [
    activityError && troubleWord(activityError, undefined, glance),
    activityFilter && say('only {0}', filterWord(activityFilter, device, glance)),
    activity && countWords(activity, activityFilter, glance),
    activity && activity.unreadable > 0 ? say('{0} unreadable', activity.unreadable) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function countWords({ items }: ActivityList, filter: ActivityFilter | undefined, { say }: Reader): string {
  if (filter) return say('{0} of {1}', filtered(items, filter).length, items.length);
  return say(items.length === 1 ? '{0} entry' : '{0} entries', items.length);
}

/** The action or the person that a filter lets through, fit to be shown. */
export function filterWord(filter: ActivityFilter, { type }: Smartlock, reader: Pick<Reader, 'say'>): string {
  return 'action' in filter
    ? actionWord(filter.action, type, reader)
    : safeText(filter.name) || reader.say('(no name)');
}

/** Why there are no entries to be seen, in one sentence; `account`: its name, fit to be shown. */
export function activityNotice(
  { activity, activityError, activityFilter }: DeviceState,
  account: string,
  glance: Glance,
): string {
  if (activityError) return activityTrouble(activityError, account, glance);
  if (!activity) return glance.say('loading…');
  return glance.say(activityFilter ? 'Nothing that was read passes the filter.' : 'No activity.');
}

function activityTrouble(error: NukiError, account: string, glance: Glance): string {
  return error.reason === 'permissionMissing'
    ? glance.say(
        'The token of "{0}" may not read the activity log. Create one with that permission in Nuki Web.',
        account,
      )
    : troubleSentence(error, { account }, glance);
}
