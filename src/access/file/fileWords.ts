// The words of an access file: days, hours and moments, as it writes and reads them.
import { clockTime, readTimeOfDay } from '../../nuki/time/timeOfDay.ts';
import { readWeekdays, weekdaysInWords } from '../../nuki/time/weekdays.ts';
import type { Entry, Moment } from './accessFile.ts';

export type Hours = NonNullable<Entry['hours']>;

const time = '([01]?\\d|2[0-3]):[0-5]\\d';

/** `15:00`. */
export const timeForm = `^${time}$`;

/** `09:00-17:00`, with a hyphen or an en dash. */
export const hoursForm = `^${time} ?[-–] ?${time}$`;

/** `2027-06-16 15:00`, with seconds where it has any, and `earlier` or `later` where the clock shows it twice. */
export const momentForm = `^\\d{4}-\\d\\d-\\d\\d ${time}(:[0-5]\\d)?( (earlier|later))?$`;

/** `Mon-Fri, Sun`: English names of days and what joins them. */
export const daysForm = '^[A-Za-z., –-]{2,100}$';

const patterns = {
  time: new RegExp(timeForm),
  hours: new RegExp(hoursForm),
  moment: new RegExp(momentForm),
  days: new RegExp(daysForm),
};

/** Whether a text is a time, hours or a moment as a file writes them. */
export function isTimeText(text: string): boolean {
  return patterns.time.test(text) || patterns.hours.test(text) || patterns.moment.test(text);
}

/** The bits of `allowedWeekDays`; `undefined` for what are no days. */
export function readDays(text: string): number | undefined {
  return patterns.days.test(text) ? readWeekdays(text, 'en') : undefined;
}

/** `mask`: 1 to 127. With hyphens: VS Code marks an en dash as a character that may be mistaken for one. */
export function daysText(mask: number): string {
  return weekdaysInWords(mask, 'en').replaceAll('–', '-');
}

/** `undefined` for what is no time of day from 00:00 to 23:59. */
export function readTime(text: string): number | undefined {
  return patterns.time.test(text) ? readTimeOfDay(text) : undefined;
}

/** `undefined` for what are no hours. */
export function readHours(text: string): Hours | undefined {
  if (!patterns.hours.test(text)) return undefined;
  const [from = NaN, until = NaN] = text.split(/[-–]/).map((each) => readTimeOfDay(each) ?? NaN);
  return { from, until };
}

export function hoursText({ from, until }: Hours): string {
  return `${clockTime(from)}-${clockTime(until)}`;
}

/** `undefined` for what is no moment; a day that the calendar does not have is read. */
export function readMoment(text: string): Moment | undefined {
  if (!patterns.moment.test(text)) return undefined;
  const [date = '', clock = '', disambiguation] = text.split(' ');
  const [hour = '', minute = '', seconds = '0'] = clock.split(':');
  return {
    date,
    time: `${hour.padStart(2, '0')}:${minute}`,
    seconds: Number(seconds),
    ...((disambiguation === 'earlier' || disambiguation === 'later') && { disambiguation }),
  };
}

export function momentText({ date, time: clock, seconds, disambiguation }: Moment): string {
  const exact = seconds === 0 ? clock : `${clock}:${String(seconds).padStart(2, '0')}`;
  return [date, exact, disambiguation].filter((part) => part !== undefined).join(' ');
}
