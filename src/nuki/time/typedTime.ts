// Dates and times as people type them into a field, and as the field shows them.
import { dateFormat } from './dateFormat.ts';

/**
 * The date `2027-06-16` as it is shown wherever a schedule is: `16 Jun 2027`. It stays as it is where it is no date of the calendar, and in
 * languages whose dates {@link readDate} does not read.
 */
export function dateText(date: string, language: string): string {
  if (!isDate(date)) return date;
  const format = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  const shown = dateFormat(language, format).format(Date.parse(`${date}T12:00:00Z`));
  return readDate(shown, language, date) === date ? shown : date;
}

/** Whether this is a date of the calendar, such as `2027-06-16`. */
export function isDate(date: string): boolean {
  const noon = Date.parse(`${date}T12:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(noon) && new Date(noon).toISOString().startsWith(date);
}

const isoDate = /^(?<year>\d{4})[-./](?<month>\d{1,2})[-./](?<day>\d{1,2})$/;
const dayFirst = /^(?<day>\d{1,2})[.-]\s*(?<month>\d{1,2})(?:[.-]\s*(?<year>\d{4}|\d\d)?)?$/;
const slashed = /^(?<first>\d{1,2})\/(?<second>\d{1,2})(?:\/(?<year>\d{4}|\d\d))?$/;
const dayAndName =
  /^(?:\p{L}+\.?,?\s+)?(?<day>\d{1,2})(?:\.|st|nd|rd|th)?\s*(?<name>\p{L}{3,})\.?,?\s*(?<year>\d{4}|\d\d)?$/u;
const nameAndDay = /^(?<name>\p{L}{3,})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?<year>\d{4}))?$/u;

/**
 * The date in `2027-06-16`, `16.6.2027`, `16 Jun 2027`, `June 16` and the like, month names in English and in `language`, as `2027-06-16`.
 * Without a year it is the next one from `today` on. Of `6/7/2027` no one knows which is the month.
 * @returns `undefined` for what is no date
 */
export function readDate(text: string, language: string, today: string): string | undefined {
  const trimmed = text.trim().toLowerCase();
  const parts = partsOf(trimmed, language);
  if (!parts || parts.month === undefined) return undefined;
  const { day, month } = parts;
  const inYear = (year: number): string | undefined => {
    const date = `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
    return isDate(date) ? date : undefined;
  };
  if (parts.year !== undefined) return inYear(Number(parts.year) + (parts.year.length === 2 ? 2_000 : 0));
  const thisYear = Number(today.slice(0, 4));
  return [thisYear, thisYear + 1].map(inYear).find((date) => date !== undefined && date >= today);
}

interface DateParts {
  readonly day: string;
  /** `undefined` where the name is of no month. */
  readonly month: string | undefined;
  readonly year: string | undefined;
}

function partsOf(text: string, language: string): DateParts | undefined {
  const numeric = (isoDate.exec(text) ?? dayFirst.exec(text))?.groups;
  if (numeric) return { day: numeric['day'] ?? '', month: numeric['month'], year: numeric['year'] };
  const { first = '', second = '', year } = slashed.exec(text)?.groups ?? {};
  if (first !== '') return inOrder(first, second, year);
  const named = (dayAndName.exec(text) ?? nameAndDay.exec(text))?.groups;
  return named && { day: named['day'] ?? '', month: monthNamed(named['name'] ?? '', language), year: named['year'] };
}

function inOrder(first: string, second: string, year: string | undefined): DateParts | undefined {
  if (Number(first) > 12 || Number(first) === Number(second)) return { day: first, month: second, year };
  return Number(second) > 12 ? { day: second, month: first, year } : undefined;
}

/** The month, 1 to 12, whose name alone begins with `start`. */
function monthNamed(start: string, language: string): string | undefined {
  const names = [...monthNames('en'), ...monthNames(language)];
  const found = new Set(names.flatMap((name, at) => (name.startsWith(start) ? [(at % 12) + 1] : [])));
  return found.size === 1 ? String([...found][0]) : undefined;
}

/** By language: a field is read at every keystroke, and `Intl.DateTimeFormat` takes much time. */
const knownNames = new Map<string, readonly string[]>();

/** The twelve months as dates have them, in small letters: first their names, then the short ones. */
function monthNames(language: string): readonly string[] {
  const known = knownNames.get(language);
  if (known) return known;
  const names = (['long', 'short'] as const).flatMap((style) => {
    const format = dateFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, month) => {
      const parts = format.formatToParts(Date.UTC(2024, month, 15));
      return (parts.find(({ type }) => type === 'month')?.value ?? '').toLowerCase();
    });
  });
  knownNames.set(language, names);
  return names;
}

/**
 * The time in `9`, `930`, `09:30`, `9.30`, `9 Uhr`, `3pm` and the like as `09:30`, with its seconds where it has any: `23:59:59`.
 * @returns `undefined` for what is no time from 00:00 to 23:59:59
 */
export function readTime(text: string): string | undefined {
  const form = /^(\d{1,2})(?:[:.h]?([0-5]\d)(?::([0-5]\d))?)?\s*(?:([ap])\.?m\.?|uhr|h)?$/i;
  const [, hour = '', minute = '00', second = '00', half] = form.exec(text.trim()) ?? [];
  const hours = half === undefined ? Number(hour) : hoursOfHalf(Number(hour), half);
  if (hour === '' || hours === undefined || hours > 23) return undefined;
  const time = `${twoDigits(String(hours))}:${minute}`;
  return second === '00' ? time : `${time}:${second}`;
}

function hoursOfHalf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function twoDigits(part: string): string {
  return part.padStart(2, '0');
}
