import { instantOf, isoInstant, wireInstant } from '../time/instant.ts';
import { daysOf, validPeriod, hoursOf, wholeDay, type Range } from './scheduleRanges.ts';
import { nextDays, type ClockChange } from './openTimes.ts';
import type { Schedule } from './schedule.ts';
import { doubtfulTimeZoneIds, timeZoneName } from '../time/timeZones.ts';
import { everyDay, isEveryDay } from '../time/weekdays.ts';
import { dayLength } from '../time/timeOfDay.ts';

/** Why a schedule is not sent. What Nuki does not document is refused, as what a lock makes of it is not known. */
export type ScheduleProblem =
  /** A date is no ISO 8601 instant with an offset, or names a day that there is not. */
  | 'format'
  | 'noSuchDate'
  | 'untilBeforeFrom'
  /** It ends when it begins. */
  | 'empty'
  | 'alreadyExpired'
  /** Weekdays or minutes are no whole number. */
  | 'integer'
  /** A mask of 0: it may mean never or always. */
  | 'noDays'
  /** A mask with more than the seven bits. */
  | 'unknownDays'
  /** One end of the hours without the other. */
  | 'oneTimeOnly'
  /** Outside 0 to 1,439. That 1,440 would be the end of the day is not documented. */
  | 'minutesRange'
  | 'sameTimes'
  /** The hours reach over midnight: two authorizations can do that, see {@link overnightHalves}. */
  | 'overnight'
  /** Weekdays and hours are the lock's own, and its zone is not known. */
  | 'zoneUnknown'
  /** No permitted weekday and hour lies within the dates, as far as they are still to come. */
  | 'neverActive';

export type LimitName = 'from' | 'until' | 'weekdays' | 'hours';

/** What is wrong, by the limit to mend. */
export type ScheduleProblems = { readonly [N in LimitName]?: ScheduleProblem };

/** Everything that is wrong with `schedule` on a lock in `zone` (IANA; `undefined` where it is not known) at `now` (ms since 1970). */
export function scheduleProblems(schedule: Schedule, now: number, zone: string | undefined): ScheduleProblems {
  const limits = normalized(schedule);
  const problems: Record<LimitName, ScheduleProblem | undefined> = {
    from: dateProblem(limits.allowedFromDate),
    until: dateProblem(limits.allowedUntilDate) ?? endProblem(limits, now),
    weekdays: weekdaysProblem(limits.allowedWeekDays) ?? zoneProblem(zone, limits.allowedWeekDays),
    hours: hoursProblem(limits) ?? zoneProblem(zone, limits.allowedFromTime),
  };
  const found = Object.entries(problems).filter(([, problem]) => problem !== undefined);
  if (found.length > 0) return Object.fromEntries(found);
  if (zone === undefined || opensOnceMore(limits, now, zone)) return {};
  return limits.allowedWeekDays === undefined ? { hours: 'neverActive' } : { weekdays: 'neverActive' };
}

/** `schedule` without the ways of saying that there is no limit: 0 and 0 for the hours, 127 for the weekdays. */
export function normalized(schedule: Schedule): Schedule {
  return withoutEveryDay(withoutAllDay(schedule));
}

function withoutAllDay(schedule: Schedule): Schedule {
  const { allowedFromTime: from, allowedUntilTime: until, ...others } = schedule;
  return from === 0 && until === 0 ? others : schedule;
}

function withoutEveryDay(schedule: Schedule): Schedule {
  const { allowedWeekDays: mask, ...others } = schedule;
  return mask === everyDay ? others : schedule;
}

function dateProblem(date: string | undefined): ScheduleProblem | undefined {
  if (date === undefined || instantOf(date) !== undefined) return undefined;
  return isoInstant.test(date) ? 'noSuchDate' : 'format';
}

function endProblem({ allowedFromDate, allowedUntilDate }: Schedule, now: number): ScheduleProblem | undefined {
  const from = instantOf(allowedFromDate);
  const until = instantOf(allowedUntilDate);
  if (until === undefined) return undefined;
  if (from !== undefined && until < from) return 'untilBeforeFrom';
  if (from === until) return 'empty';
  return until <= now ? 'alreadyExpired' : undefined;
}

function weekdaysProblem(mask: number | undefined): ScheduleProblem | undefined {
  if (mask === undefined) return undefined;
  if (!Number.isInteger(mask)) return 'integer';
  if (mask === 0) return 'noDays';
  return mask < 0 || mask > 127 ? 'unknownDays' : undefined;
}

function hoursProblem({ allowedFromTime: from, allowedUntilTime: until }: Schedule): ScheduleProblem | undefined {
  if (from === undefined && until === undefined) return undefined;
  if (from === undefined || until === undefined) return 'oneTimeOnly';
  if (!Number.isInteger(from) || !Number.isInteger(until)) return 'integer';
  if (Math.min(from, until) < 0 || Math.max(from, until) >= wholeDay.until) return 'minutesRange';
  if (from === until) return 'sameTimes';
  return from > until ? 'overnight' : undefined;
}

function zoneProblem(zone: string | undefined, limit: number | undefined): ScheduleProblem | undefined {
  return zone === undefined && limit !== undefined ? 'zoneUnknown' : undefined;
}

/** In 15 days every weekday comes twice, and no clock skips the same hours twice within them. */
const daysThatShowAll = 15;

function opensOnceMore(schedule: Schedule, now: number, zone: string): boolean {
  const { from, until } = validPeriod(schedule);
  const start = Math.max(now, from);
  if (until - start >= daysThatShowAll * dayLength) return true;
  const fromThen = { ...schedule, allowedFromDate: wireInstant(start) };
  return nextDays(fromThen, start, zone, daysThatShowAll).some(({ spans }) => spans.length > 0);
}

/** What is worth knowing of a schedule that can be sent. */
export type ScheduleNote =
  | { readonly kind: 'startInPast' | 'noEnd' }
  /** It has weekdays or hours, and the lock's firmware may count another summer time than the world: test at the lock. */
  | { readonly kind: 'doubtfulZone' }
  /** On that day the clock skips all of its hours, skips some of them, or shows some of them twice: `from` and `until`, in minutes. */
  | ({ readonly kind: 'skipped' | 'shortened' | 'repeated'; readonly date: string } & Range);

/**
 * What is worth knowing of `schedule` on a lock in `zone` (IANA) at `now` (ms since 1970): of its clock changes those within the dates,
 * in the first year to come. Throws a RangeError for a zone that is no IANA name.
 */
export function scheduleNotes(schedule: Schedule, now: number, zone: string): readonly ScheduleNote[] {
  const limits = normalized(schedule);
  const hasDailyLimits = limits.allowedWeekDays !== undefined || limits.allowedFromTime !== undefined;
  const isDoubtful = doubtfulTimeZoneIds.some((id) => timeZoneName(id) === zone);
  return [
    ...(validPeriod(limits).from < now && limits.allowedFromDate !== undefined
      ? [{ kind: 'startInPast' } as const]
      : []),
    ...(limits.allowedUntilDate === undefined ? [{ kind: 'noEnd' } as const] : []),
    ...(hasDailyLimits && isDoubtful ? [{ kind: 'doubtfulZone' } as const] : []),
    ...(limits.allowedFromTime === undefined ? [] : clockChangeNotes(limits, now, zone)),
  ];
}

function clockChangeNotes(schedule: Schedule, now: number, zone: string): readonly ScheduleNote[] {
  const period = validPeriod(schedule);
  const start = Math.max(now, period.from);
  if (start >= period.until) return [];
  const days = Math.min(366, Math.ceil((period.until - start) / dayLength) + 1);
  const hours = hoursOf(schedule);
  return nextDays(schedule, start, zone, days).flatMap(({ date, weekdayBit, clockChanges }) =>
    clockChanges.flatMap((change): readonly ScheduleNote[] => {
      const from = Math.max(change.from, hours.from);
      const until = Math.min(change.until, hours.until);
      if (from >= until || (daysOf(schedule) & weekdayBit) === 0) return [];
      return [{ kind: effectOf(change, hours), date, from, until }];
    }),
  );
}

function effectOf(change: ClockChange, hours: Range): 'skipped' | 'shortened' | 'repeated' {
  if (change.kind === 'overlap') return 'repeated';
  return change.from <= hours.from && hours.until <= change.until ? 'skipped' : 'shortened';
}

type Hours = { readonly [N in 'allowedFromTime' | 'allowedUntilTime']: number };

/**
 * Hours over midnight, such as 22:00–06:00, as up to two schedules: the evening until 23:59 on the same weekdays, and the morning on the
 * days after. The last minute is lost, since no end of a day is documented. Empty for any other hours.
 */
export function overnightHalves(schedule: Schedule): readonly (Schedule & Hours)[] {
  const { from, until } = hoursOf(schedule);
  if (from <= until) return [];
  const lastMinute = wholeDay.until - 1;
  const evening = { ...normalized(schedule), allowedFromTime: from, allowedUntilTime: lastMinute };
  const morning = {
    ...normalized({ ...schedule, ...dayAfter(schedule) }),
    allowedFromTime: 0,
    allowedUntilTime: until,
  };
  return [...(from < lastMinute ? [evening] : []), ...(until > 0 ? [morning] : [])];
}

/** Each weekday is half the bit of the one before it, and Monday (64) comes after Sunday (1). */
function dayAfter({ allowedWeekDays: mask }: Schedule): Pick<Schedule, 'allowedWeekDays'> {
  return mask === undefined || isEveryDay(mask) ? {} : { allowedWeekDays: (mask >> 1) | ((mask & 1) << 6) };
}
