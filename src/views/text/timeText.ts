import type { Locale } from '../../base/locale.ts';
import { dateFormat, dateLanguage } from '../../nuki/time/dateFormat.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';

const ageSteps = [
  { unit: 'day', length: dayLength },
  { unit: 'hour', length: 3_600_000 },
  { unit: 'minute', length: 60_000 },
  { unit: 'second', length: 1_000 },
] as const;

/** How long ago, in the largest unit that fits: `12 sec ago`. @param elapsed milliseconds */
export function age(elapsed: number, { language }: Locale): string {
  const { unit, length } = ageSteps.find((step) => elapsed >= step.length) ?? { unit: 'second', length: 1_000 };
  return ageFormat(dateLanguage(language)).format(-Math.max(0, Math.floor(elapsed / length)), unit);
}

/** By this computer's clock, to the second: `14:03:21`. @param instant milliseconds since 1970 */
export function clockSecond(instant: number, locale: Locale): string {
  return written(instant, { timeStyle: 'medium' }, locale);
}

/** By this computer's clock, to the minute: `14:03`. @param instant milliseconds since 1970 */
export function clockMinute(instant: number, locale: Locale): string {
  return written(instant, { timeStyle: 'short' }, locale);
}

/** By this computer's clock: `23 Nov 2026, 14:03`. @param instant milliseconds since 1970 */
export function dateAndMinute(instant: number, locale: Locale): string {
  return written(instant, { ...day, year: 'numeric', ...minute }, locale);
}

/**
 * By this computer's clock, as short as it is plain: `14:03:21` on the day of `now`, or as `clock` writes it, else `23 Nov, 14:03`, with
 * the year where that is another one. @param instant milliseconds since 1970, as `now`
 */
export function moment(instant: number, now: number, locale: Locale, clock = clockSecond): string {
  if (isSameDay(instant, now)) return clock(instant, locale);
  return written(instant, { ...day, ...yearUnlessNow(instant, now), ...minute }, locale);
}

/** The same for a row: `14:03` on the day of `now`, else `23 Nov`. @param instant milliseconds since 1970, as `now` */
export function dayOrMinute(instant: number, now: number, locale: Locale): string {
  if (isSameDay(instant, now)) return clockMinute(instant, locale);
  return written(instant, { ...day, ...yearUnlessNow(instant, now) }, locale);
}

/** By the clock of `timeZone` (IANA), to the minute: `14:03`. @param instant milliseconds since 1970 */
export function timeOfDay(instant: number, timeZone: string, locale: Locale): string {
  return written(instant, { timeStyle: 'short', timeZone }, locale);
}

/**
 * A day by the clock of `timeZone` (IANA), with the year where that is not the one of `now`: `Fri, 27 Nov`. @param instant milliseconds
 * since 1970, as `now`
 */
export function dateInWords(instant: number, now: number, timeZone: string, locale: Locale): string {
  return written(instant, { weekday: 'short', ...day, ...yearUnlessNow(instant, now), timeZone }, locale);
}

/** The same, and said where it is the day of `now`: `Today, Fri, 27 Nov`. */
export function dayInWords(instant: number, now: number, timeZone: string, locale: Locale): string {
  const words = dateInWords(instant, now, timeZone, locale);
  return words === dateInWords(now, now, timeZone, locale) ? `${locale.t('Today')}, ${words}` : words;
}

/** By the clock of `timeZone` (IANA), to the second: `Fri, 27 Nov 2026, 14:03:21`. @param instant milliseconds since 1970 */
export function dateAndSecond(instant: number, timeZone: string, locale: Locale): string {
  return written(
    instant,
    { weekday: 'short', ...day, year: 'numeric', ...minute, second: '2-digit', timeZone },
    locale,
  );
}

const day = { day: 'numeric', month: 'short' } as const;
const minute = { hour: '2-digit', minute: '2-digit' } as const;

function isSameDay(instant: number, now: number): boolean {
  return new Date(instant).toDateString() === new Date(now).toDateString();
}

function yearUnlessNow(instant: number, now: number): Intl.DateTimeFormatOptions {
  return new Date(instant).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' };
}

function written(instant: number, options: Intl.DateTimeFormatOptions, { language }: Locale): string {
  return dateFormat(language, { ...options, hourCycle: 'h23' }).format(instant);
}

/** The date of this computer's clock, as fields and names of files have it: `2026-11-26`. @param instant milliseconds since 1970 */
export function isoDate(instant: number): string {
  const date = new Date(instant);
  const parts = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return [date.getFullYear(), ...parts].join('-');
}

function ageFormat(language: string): Intl.RelativeTimeFormat {
  const format = ageFormats.get(language) ?? new Intl.RelativeTimeFormat(language, { style: 'short' });
  ageFormats.set(language, format);
  return format;
}

/** By language: to make one takes fifty times as long as to use it. */
const ageFormats = new Map<string, Intl.RelativeTimeFormat>();
