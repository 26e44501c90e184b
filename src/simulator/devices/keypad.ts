import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { timeZones } from '../../nuki/time/timeZones.ts';
import type { AuthorizationJson, ScheduleJson } from '../wire.ts';

/** What a keypad does when someone types a code. `entry`: whose code it is. */
export type Verdict =
  | { readonly kind: 'opens'; readonly entry: AuthorizationJson }
  | { readonly kind: 'refused'; readonly entry: AuthorizationJson }
  | { readonly kind: 'unknown' };

/**
 * Judges `code` by what the device itself stores. `instant`: ms since 1970 by the device's clock. Without its own authorization, or
 * with a disabled one, a keypad opens to no one.
 */
export function verdictOn(
  code: number,
  stored: readonly AuthorizationJson[],
  instant: number,
  timezoneId: number,
): Verdict {
  const isOff = stored.some(({ type, enabled }) => type === authorizationType.keypad && !enabled);
  const entry = stored.find((candidate) => candidate.type === authorizationType.keypadCode && candidate.code === code);
  if (isOff || entry === undefined) return { kind: 'unknown' };
  return { kind: admits(entry, instant, timezoneId) ? 'opens' : 'refused', entry };
}

/**
 * Whether limits are complete, but for an end, which may be left open. They count only together: two users found codes with two dates
 * alone to be always valid (forum, "limited time access code").
 */
export function limitsCount({
  allowedFromDate,
  allowedWeekDays,
  allowedFromTime,
  allowedUntilTime,
}: ScheduleJson): boolean {
  return ![allowedFromDate, allowedWeekDays, allowedFromTime, allowedUntilTime].includes(undefined);
}

/** Whether an authorization lets someone in at `instant`. The dates are UTC, days and times those of the device's place. */
export function admits(entry: AuthorizationJson, instant: number, timezoneId: number): boolean {
  if (!entry.enabled) return false;
  const { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } = entry;
  if (!limitsCount(entry)) return true;
  if (instant < Date.parse(allowedFromDate ?? '')) return false;
  if (allowedUntilDate !== undefined && instant >= Date.parse(allowedUntilDate)) return false;
  const { weekday, minute } = placeTimeOf(instant, timezoneId);
  // Nothing says what no weekday means; 127 is every day.
  if (allowedWeekDays && !(allowedWeekDays & weekday)) return false;
  // 0 and 0 is all day. Of a window over midnight nothing is known; here it never opens.
  if (!allowedFromTime && !allowedUntilTime) return true;
  return minute >= (allowedFromTime ?? 0) && minute < (allowedUntilTime ?? 0);
}

const days = ['Sun', 'Sat', 'Fri', 'Thu', 'Wed', 'Tue', 'Mon'];

/** The weekday as its bit, Monday 64 to Sunday 1, and the minute of the day. */
function placeTimeOf(instant: number, timezoneId: number): { weekday: number; minute: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timeZones[timezoneId] ?? 'UTC',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const weekday = 2 ** days.indexOf(parts.get('weekday') ?? '');
  return { weekday, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}
