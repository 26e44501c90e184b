import { readDate, readTime } from './typedTime.ts';
import { dayNamed } from './weekdays.ts';
import type { WallTime } from './zonedTime.ts';

/** A date and a time in one text, or the moment at which it is typed. */
export type TypedMoment = 'now' | WallTime;

const timeAtTheEnd =
  /^(?<day>.*?)(?:^|[\s,]+|(?<=\d)t)(?:(?:at|um)\s+)?(?<time>\d{1,2}(?:[:.h]?[0-5]\d)?(?::[0-5]\d)?\s*(?:[ap]\.?m\.?|uhr|h)?)$/;

/**
 * The moment in `2027-06-16 10:30`, `16 Jun 15:00`, `Sunday 3pm`, `tomorrow 9`, `15:00` or `now`, names in English and in `language`. A day of
 * the week is the next one from `today`, `2027-06-16`, on; without a day it is today. Seconds are left out.
 * @returns `undefined` for what is no date with a time
 */
export function readMoment(text: string, language: string, today: string): TypedMoment | undefined {
  const typed = text.trim().toLowerCase();
  if (relativeNames(0, 'second', language).includes(typed)) return 'now';
  // `6 Dec 2026` is a date alone, and not 20:26.
  if (readDate(typed, language, today) !== undefined) return undefined;
  const { day = '', time = '' } = timeAtTheEnd.exec(typed)?.groups ?? {};
  const date = dateOf(day, language, today);
  const clock = readTime(time)?.slice(0, 5);
  return date === undefined || clock === undefined ? undefined : { date, time: clock };
}

function dateOf(day: string, language: string, today: string): string | undefined {
  if (day === '' || relativeNames(0, 'day', language).includes(day)) return today;
  if (relativeNames(1, 'day', language).includes(day)) return daysAfter(today, 1);
  const weekday = dayNamed(day, language);
  if (weekday === undefined) return readDate(day, language, today);
  return daysAfter(today, (weekday - weekdayOf(today) + 7) % 7);
}

/** `now`, `today` or `tomorrow`, in English and in `language`. */
function relativeNames(count: number, unit: 'second' | 'day', language: string): readonly string[] {
  return ['en', language].map((each) =>
    new Intl.RelativeTimeFormat(each, { numeric: 'auto' }).format(count, unit).toLowerCase(),
  );
}

/** From 0, Monday, to 6, Sunday. */
function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
}

function daysAfter(date: string, days: number): string {
  const day = new Date(`${date}T00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
