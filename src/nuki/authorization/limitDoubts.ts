import { instantOf, isUnreadable } from '../time/instant.ts';
import { everyDay, isEveryDay } from '../time/weekdays.ts';
import { endsTooEarly } from './authorization.ts';
import { limitFields, limitingStart } from './completeLimits.ts';
import type { DatedSchedule, Schedule } from './schedule.ts';
import { daysOf, hoursOf, wholeDay } from './scheduleRanges.ts';

/**
 * Why it is not known what a lock makes of limits. `incompleteLimits`: one is missing, and locks are reported to ignore the others then;
 * within them it opens in any case. `unclearHours`: they end where they start, or before. `unclearDates`: one cannot be read, or the end is
 * before the start. `unknownZone`: weekdays or hours on a clock of which the zone is not known.
 */
export type LimitDoubt = 'incompleteLimits' | 'unclearHours' | 'unclearDates' | 'unknownZone';

/** The doubts about the limits of an authorization on a lock in `zone` (IANA; `undefined` where it is not known). */
export function limitDoubts(schedule: DatedSchedule, zone: string | undefined): readonly LimitDoubt[] {
  return [
    ...(areIncomplete(schedule) ? ['incompleteLimits' as const] : []),
    ...(areHoursUnclear(schedule) ? ['unclearHours' as const] : []),
    ...(areDatesUnclear(schedule) ? ['unclearDates' as const] : []),
    ...(zone === undefined && hasDailyLimits(schedule) ? ['unknownZone' as const] : []),
  ];
}

/** The most that a lock may make of limits about which there are `doubts`: outside of it nothing opens. */
export function widestLimits(schedule: Schedule, doubts: readonly LimitDoubt[]): Schedule {
  if (doubts.includes('incompleteLimits')) return {};
  const { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } = schedule;
  const dates = doubts.includes('unclearDates') ? {} : { allowedFromDate, allowedUntilDate };
  if (doubts.includes('unknownZone')) return dates;
  // What starts on one day may end on the next.
  if (doubts.includes('unclearHours')) return { ...dates, allowedWeekDays: withDaysAfter(daysOf(schedule)) };
  return { ...dates, allowedWeekDays, allowedFromTime, allowedUntilTime };
}

/** Each weekday is half the bit of the one before it, and Monday (64) comes after Sunday (1). */
function withDaysAfter(mask: number): number {
  return (mask | (mask >> 1) | ((mask & 1) << 6)) & everyDay;
}

/** An end may be left open; whatever else is missing leaves limits incomplete. */
function areIncomplete(schedule: DatedSchedule): boolean {
  const isMissing = limitFields.some((field) => field !== 'allowedUntilDate' && schedule[field] === undefined);
  const hasDates = limitingStart(schedule) !== undefined || schedule.allowedUntilDate !== undefined;
  return isMissing && (hasDates || hasDailyLimits(schedule));
}

function hasDailyLimits(schedule: Schedule): boolean {
  return !isEveryDay(schedule.allowedWeekDays) || hoursOf(schedule) !== wholeDay;
}

function areHoursUnclear(schedule: Schedule): boolean {
  const { from, until } = hoursOf(schedule);
  return from >= until;
}

function areDatesUnclear(schedule: DatedSchedule): boolean {
  const until = instantOf(schedule.allowedUntilDate);
  return (
    isUnreadable(schedule.allowedFromDate) ||
    isUnreadable(schedule.allowedUntilDate) ||
    (until !== undefined && endsTooEarly(schedule, until))
  );
}
