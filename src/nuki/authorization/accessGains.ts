import { instantOf, isUnreadable } from '../time/instant.ts';
import type { Authorization } from './authorization.ts';
import { daysOf, hoursOf, wholeDay, type Range } from './scheduleRanges.ts';
import type { Schedule } from './schedule.ts';

/** What an authorization allows. A missing field is no limit. */
export type Access = Schedule & Pick<Authorization, 'enabled' | 'remoteAllowed'>;

/** What gives more access: the switch, opening from afar, an earlier start, a later end, more weekdays, more hours. */
export type AccessGain = 'enabled' | 'remote' | 'from' | 'until' | 'weekdays' | 'hours';

/** The ways in which `after` gives access that `before` did not. What cannot be compared counts as a gain. Empty when nothing is gained. */
export function accessGains(before: Access, after: Access): readonly AccessGain[] {
  return [...comparisons].flatMap(([gain, isWider]) => (isWider(before, after) ? [gain] : []));
}

const comparisons: ReadonlyMap<AccessGain, (before: Access, after: Access) => boolean> = new Map([
  ['enabled', (before, after) => before.enabled === false && after.enabled !== false],
  ['remote', (before, after) => before.remoteAllowed !== true && after.remoteAllowed === true],
  ['from', (before, after) => dateIsWider(before.allowedFromDate, after.allowedFromDate, startsEarlier)],
  ['until', (before, after) => dateIsWider(before.allowedUntilDate, after.allowedUntilDate, endsLater)],
  ['weekdays', daysAreWider],
  ['hours', hoursAreWider],
]);

/** Whether the dates differ and `after` is wider or one of the two cannot be read. */
function dateIsWider(
  before: string | undefined,
  after: string | undefined,
  isWider: (before: number | undefined, after: number | undefined) => boolean,
): boolean {
  if (before === after) return false;
  if (isUnreadable(before) || isUnreadable(after)) return true;
  return isWider(instantOf(before), instantOf(after));
}

function startsEarlier(before = -Infinity, after = -Infinity): boolean {
  return after < before;
}

function endsLater(before = Infinity, after = Infinity): boolean {
  return after > before;
}

/** A mask of 0 may mean never or always: Nuki documents nothing. */
function daysAreWider(before: Access, after: Access): boolean {
  if (before.allowedWeekDays === after.allowedWeekDays) return false;
  const certainly = before.allowedWeekDays === 0 ? 0 : daysOf(before);
  return (daysOf(after) & ~certainly) !== 0;
}

function hoursAreWider(before: Access, after: Access): boolean {
  if (before.allowedFromTime === after.allowedFromTime && before.allowedUntilTime === after.allowedUntilTime)
    return false;
  const certainly = hoursOf(before);
  const possibly = possibleHoursOf(after);
  return possibly.from < certainly.from || possibly.until > certainly.until;
}

/** Hours that end where they start, or before, may mean anything: Nuki documents nothing. */
function possibleHoursOf(access: Access): Range {
  const hours = hoursOf(access);
  return isEmpty(hours) ? wholeDay : hours;
}

function isEmpty({ from, until }: Range): boolean {
  return from >= until;
}
