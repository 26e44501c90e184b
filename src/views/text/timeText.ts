import type { Locale } from '../../base/locale.ts';

const ageSteps = [
  { unit: 'day', length: 86_400_000 },
  { unit: 'hour', length: 3_600_000 },
  { unit: 'minute', length: 60_000 },
  { unit: 'second', length: 1_000 },
] as const;

/** How long ago, in the largest unit that fits: `12 sec. ago`. @param elapsed milliseconds */
export function age(elapsed: number, { language }: Locale): string {
  const { unit, length } = ageSteps.find((step) => elapsed >= step.length) ?? { unit: 'second', length: 1_000 };
  const format = new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' });
  return format.format(-Math.max(0, Math.floor(elapsed / length)), unit);
}

/** By this computer's clock, to the second: `14:03:21`. @param instant milliseconds since 1970 */
export function clockSecond(instant: number, { language }: Locale): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(instant);
}

/** By this computer's clock, to the minute: `14:03`. @param instant milliseconds since 1970 */
export function clockMinute(instant: number, locale: Locale): string {
  return timeOfDay(instant, undefined, locale);
}

/** By this computer's clock: `23 Nov 2026, 14:03`. @param instant milliseconds since 1970 */
export function dateAndMinute(instant: number, { language }: Locale): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(
    instant,
  );
}

/**
 * By this computer's clock, as short as it is plain: `14:03:21` on the day of `now`, or as `clock` writes it, else `23 Nov, 14:03`, with
 * the year where that is another one. @param instant milliseconds since 1970, as `now`
 */
export function moment(instant: number, now: number, locale: Locale, clock = clockSecond): string {
  const [then, today] = [new Date(instant), new Date(now)];
  if (then.toDateString() === today.toDateString()) return clock(instant, locale);
  if (then.getFullYear() !== today.getFullYear()) return dateAndMinute(instant, locale);
  const format = new Intl.DateTimeFormat(locale.language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(instant);
}

/** By the clock of `timeZone` (IANA), or by this computer's clock, to the minute: `14:03`. @param instant milliseconds since 1970 */
export function timeOfDay(instant: number, timeZone: string | undefined, { language }: Locale): string {
  const format = new Intl.DateTimeFormat(language, {
    timeStyle: 'short',
    hourCycle: 'h23',
    ...(timeZone !== undefined && { timeZone }),
  });
  return format.format(instant);
}
