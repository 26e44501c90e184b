import { instantOf } from '../time/instant.ts';
import type { Schedule } from './schedule.ts';
import { minutesPerDay } from '../time/timeOfDay.ts';
import { everyDay, isEveryDay } from '../time/weekdays.ts';

/** From the first of two numbers to before the second: ms since 1970, or minutes since midnight. Empty where the second is not the larger. */
export interface Range {
  readonly from: number;
  readonly until: number;
}

/** Minutes since midnight, from 00:00 to 24:00. */
export const wholeDay: Range = { from: 0, until: minutesPerDay };

/** The dates of a schedule as instants (ms since 1970), infinite where open. Within a date that cannot be read nothing opens. */
export function validPeriod({ allowedFromDate, allowedUntilDate }: Schedule): Range {
  return {
    from: allowedFromDate === undefined ? -Infinity : (instantOf(allowedFromDate) ?? Infinity),
    until: allowedUntilDate === undefined ? Infinity : (instantOf(allowedUntilDate) ?? -Infinity),
  };
}

/** The bits of the weekdays on which a schedule opens, all of them where there is no limit. */
export function daysOf({ allowedWeekDays: mask }: Schedule): number {
  return mask === undefined || isEveryDay(mask) ? everyDay : mask;
}

/**
 * The daily hours of a schedule in minutes since midnight; an end that is missing is that of the day, and 0 and 0 no limit.
 * Hours that reach over midnight are empty: what a lock makes of them is not documented.
 */
export function hoursOf({ allowedFromTime, allowedUntilTime }: Schedule): Range {
  if (!allowedFromTime && !allowedUntilTime) return wholeDay;
  return { from: allowedFromTime ?? wholeDay.from, until: allowedUntilTime ?? wholeDay.until };
}
