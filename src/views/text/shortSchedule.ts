import { limitingStart } from '../../nuki/authorization/completeLimits.ts';
import { daysInWords, type DatedSchedule } from '../../nuki/authorization/schedule.ts';
import { dateLanguage } from '../../nuki/time/dateFormat.ts';
import { instantOf, isUnreadable } from '../../nuki/time/instant.ts';
import { clockTime, dayLength, isMinuteOfDay } from '../../nuki/time/timeOfDay.ts';
import type { RenderContext } from './renderContext.ts';

/** What a schedule is told by: words, the present, and the zone of the lock's clock, UTC where that is not known. */
interface Telling extends Pick<RenderContext, 't' | 'language' | 'now'> {
  readonly zone: string;
}

/**
 * When an authorization opens, as short as a row is: `Mon–Fri 08–12`, `27 Nov–4 Dec`, `until today 18:00`, and nothing of one without
 * limits. On the lock's clock, which is named where this computer's shows something else: `Mon–Fri 08–12 Berlin`.
 */
export function shortSchedule(
  schedule: DatedSchedule,
  zone: string | undefined,
  { t, language, now }: Pick<RenderContext, 't' | 'language' | 'now'>,
): string {
  const telling: Telling = { t, language, now, zone: zone ?? 'UTC' };
  const hours = hoursInShort(schedule, telling);
  const daily = [daysInWords(schedule, telling), hours].filter(Boolean).join(' ');
  const dates = datesToCome(schedule, telling);
  // An end at midnight is that of the day before.
  const days = [dates.from, dates.until && dates.until - 1].filter((day) => day !== undefined);
  const hasTime = (hours !== '' && zone !== undefined) || days.some((day) => isToday(day, telling));
  const isOtherClock = (hasTime && !isOwnClock(telling)) || days.some((day) => !isSameDayHere(day, telling));
  const limits = datesInShort(dates, telling);
  const parts = dates.from === undefined ? [daily, limits] : [limits, daily];
  return [parts.filter(Boolean).join(' · '), isOtherClock ? cityOf(telling.zone) : ''].filter(Boolean).join(' ');
}

/** 0 and 0 is how the API says that there is no limit. */
function hoursInShort({ allowedFromTime: from, allowedUntilTime: until }: DatedSchedule, { t }: Telling): string {
  if (!from && !until) return '';
  const limits = [from, until].filter((minutes) => minutes !== undefined);
  if (!limits.every(isMinuteOfDay)) return t('unknown hours');
  if (until === undefined) return t('from {0}', clockTime(from ?? 0));
  if (from === undefined) return t('until {0}', clockTime(until));
  const areFull = limits.every((minutes) => minutes % 60 === 0);
  return limits.map((minutes) => (areFull ? clockTime(minutes).slice(0, 2) : clockTime(minutes))).join('–');
}

/** In ms since 1970. */
interface Dates {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly areUnreadable?: boolean;
}

/** The dates without a start that has passed. */
function datesToCome(schedule: DatedSchedule, { now }: Telling): Dates {
  const start = limitingStart(schedule);
  if (isUnreadable(start) || isUnreadable(schedule.allowedUntilDate)) return { areUnreadable: true };
  const from = instantOf(start);
  return { from: from !== undefined && from > now ? from : undefined, until: instantOf(schedule.allowedUntilDate) };
}

function datesInShort({ from, until, areUnreadable }: Dates, telling: Telling): string {
  const { t } = telling;
  if (areUnreadable) return t('unknown date');
  if (from === undefined) return until === undefined ? '' : t('until {0}', endInShort(until, telling));
  if (until === undefined) return t('from {0}', startInShort(from, telling));
  if (!isToday(from, telling)) return daysInShort(from, until - 1, telling);
  const end = isToday(until - 1, telling) ? endTime(until, telling) : endInShort(until, telling);
  return `${startInShort(from, telling)}–${end}`;
}

function startInShort(from: number, telling: Telling): string {
  return isToday(from, telling) ? telling.t('today {0}', timeOf(from, telling)) : daysInShort(from, from, telling);
}

function endInShort(until: number, telling: Telling): string {
  const last = until - 1;
  return isToday(last, telling) ? telling.t('today {0}', endTime(until, telling)) : daysInShort(last, last, telling);
}

function endTime(until: number, telling: Telling): string {
  const time = timeOf(until, telling);
  return time === '00:00' ? '24:00' : time;
}

function timeOf(instant: number, { zone }: Telling): string {
  return formatFor('en-GB', zone, 'time').format(instant);
}

/** How far ahead, in ms, a day and a month alone are not taken for those of another year. */
const plainWithoutYear = 300 * dayLength;

/** One day, or two with what they have in common said once: `27–30 Nov`. */
function daysInShort(first: number, last: number, telling: Telling): string {
  const { zone, now } = telling;
  const needsYear = last - now > plainWithoutYear && yearOf(last, zone) !== yearOf(now, zone);
  const format = formatFor(dateLanguage(telling.language), zone, needsYear ? 'date' : 'day');
  return format.formatRange(first, last).replaceAll(/\s*–\s*/g, '–');
}

/** The day at an instant, so that days can be compared. */
function dayOf(instant: number, zone: string | undefined): string {
  return formatFor('en-CA', zone, 'numbers').format(instant);
}

function yearOf(instant: number, zone: string): string {
  return dayOf(instant, zone).slice(0, 4);
}

function isToday(instant: number, { zone, now }: Telling): boolean {
  return dayOf(instant, zone) === dayOf(now, zone);
}

function isSameDayHere(instant: number, { zone }: Telling): boolean {
  return dayOf(instant, undefined) === dayOf(instant, zone);
}

const styles = {
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  numbers: { day: '2-digit', month: '2-digit', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  dayAndTime: { day: 'numeric', hour: '2-digit', minute: '2-digit' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** By language, zone and style: to make one takes fifty times as long as to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `timeZone`: `undefined` for that of this computer. */
function formatFor(language: string, timeZone: string | undefined, style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${language} ${timeZone ?? new Date().getTimezoneOffset()} ${style}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(language, { ...styles[style], ...(timeZone !== undefined && { timeZone }) });
  formats.set(key, format);
  return format;
}

const month = 30 * dayLength;

const hour = 3_600_000;

/** By zone, in which hour it was found and at which offset of this computer: to find it takes longer than all else in a row. */
const ownClocks = new Map<string, { readonly at: string; readonly isOwn: boolean }>();

/** Whether this computer's clock shows what the lock's shows, in this hour and in the months to come. */
function isOwnClock({ zone, now }: Telling): boolean {
  const start = now - (now % hour);
  const at = `${start} ${new Date().getTimezoneOffset()}`;
  const known = ownClocks.get(zone);
  if (known?.at === at) return known.isOwn;
  const isOwn = Array.from({ length: 12 }, (_, months) => start + months * month).every(
    (instant) =>
      formatFor('en-GB', undefined, 'dayAndTime').format(instant) ===
      formatFor('en-GB', zone, 'dayAndTime').format(instant),
  );
  ownClocks.set(zone, { at, isOwn });
  return isOwn;
}

/** `Europe/Berlin` as `Berlin`. */
export function cityOf(zone: string): string {
  return zone.replace(/^.*\//, '').replaceAll('_', ' ');
}
