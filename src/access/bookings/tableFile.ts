import Papa from 'papaparse';
import { readInstant } from '../../nuki/time/instant.ts';
import { readDate, readTime } from '../../nuki/time/typedTime.ts';
import type { BookingColumns } from '../file/accessFile.ts';
import {
  bookingsIn,
  isBookingDate,
  largestList,
  mostBookings,
  type BookingList,
  type BookingProblemKind,
  type BookingTime,
  type Found,
  type ListRefusal,
} from './bookingList.ts';

/** More columns than that are no table of bookings. */
const mostColumns = 200;

/** In UTF-16 code units; no date and no time is longer. */
const longestDate = 40;
const longestId = 1_000;

type Rows = readonly (readonly string[])[];

/** The titles of the columns, in their order, or why the text is no table that can be used. */
export function titlesIn(text: string): readonly string[] | ListRefusal {
  const rows = rowsOf(text);
  return typeof rows === 'string' ? rows : titlesOf(rows);
}

/**
 * The bookings in a table with a row of titles, separated by commas, semicolons or tabs. Months have names in English and in `language`.
 * Everything in it is text, formulas too. Never throws.
 */
export function readTable(text: string, columns: BookingColumns, language: string): BookingList {
  const rows = rowsOf(text);
  if (typeof rows === 'string') return { kind: 'refused', why: rows };
  const titles = titlesOf(rows);
  const at = (title: string): number => titles.indexOf(title);
  const wanted = [
    columns.id,
    columns.arrival,
    columns.departure,
    ...(columns.name === undefined ? [] : [columns.name]),
  ];
  const lacks = wanted.filter((title) => at(title) < 0);
  if (lacks.length > 0) return { kind: 'refused', why: 'noColumn', lacks };
  const [id = 0, arrival = 0, departure = 0, name] = wanted.map(at);
  if (rows.some((row) => wanted.some((title) => row[at(title)]?.includes('\uFFFD')))) {
    return { kind: 'refused', why: 'notUtf8' };
  }
  const found = rows.slice(1).flatMap((row, index): readonly Found[] => {
    const cell = (column: number): string => row[column]?.trim() ?? '';
    if (row.every((each) => each.trim() === '')) return [];
    const written = cell(id);
    const is = stayIn(cell(arrival), cell(departure), name === undefined ? '' : cell(name), language);
    const hasId = written !== '' && written.length <= longestId;
    return [{ place: index + 2, id: hasId ? written : undefined, sequence: 0, is }];
  });
  return found.length > mostBookings ? { kind: 'refused', why: 'tooMany' } : bookingsIn(found);
}

function rowsOf(text: string): Rows | ListRefusal {
  if (text.length > largestList) return 'tooLarge';
  const table = text.replace(/^\uFEFF/, '');
  const { data, errors } = Papa.parse<string[]>(table, {
    delimitersToGuess: [',', ';', '\t'],
    preview: 2 * mostBookings,
  });
  const titles = titlesOf(data);
  if (titles.some((title) => title.includes('\uFFFD') || title.includes('\0'))) return 'notUtf8';
  if (errors.some(({ type }) => type === 'Quotes')) return 'quotes'; // rows may have become one
  if (data.length >= 2 * mostBookings) return 'tooMany';
  const isTable = titles.length >= 3 && titles.length <= mostColumns && new Set(titles).size === titles.length;
  return isTable ? data : 'notATable';
}

function titlesOf([titles = []]: Rows): readonly string[] {
  return titles.map((title) => title.trim());
}

function stayIn(arrival: string, departure: string, name: string, language: string): Found['is'] {
  const from = timeIn(arrival, language);
  const until = timeIn(departure, language);
  if (typeof from === 'string') return from;
  if (typeof until === 'string') return until;
  const [first, last] = isMidnight(from) && isMidnight(until) ? [dayOf(from), dayOf(until)] : [from, until];
  return { from: first, until: last, name: name === '' ? undefined : name };
}

const dateAndTime =
  /^(?<date>.*?\d{4}|.*?\d{4}[-./]\d{1,2}[-./]\d{1,2})(?:T|,?\s+)(?<time>\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*\S+)?)$/i;

/** A date, with its time where the cell has one; with an offset from UTC it is an instant. */
function timeIn(cell: string, language: string): BookingTime | BookingProblemKind {
  if (cell === '' || cell.length > longestDate) return 'noDate';
  const instant = readInstant(cell);
  if (instant !== undefined) return isBookingDate(cell.slice(0, 10)) ? { kind: 'instant', instant } : 'noDate';
  const { date: day = cell, time } = dateAndTime.exec(cell)?.groups ?? {};
  const date = dateIn(day, language);
  if (!isBookingDate(date)) return date === 'unclearDate' ? date : 'noDate';
  if (time === undefined) return { kind: 'day', date };
  const [hours, minutes, seconds = '0'] = readTime(time)?.split(':') ?? [];
  return minutes === undefined
    ? 'noDate'
    : { kind: 'wall', date, time: `${hours}:${minutes}`, seconds: Number(seconds) };
}

/** With dashes a day may come first or a month; only what is clear is read, and a year is never added. */
function dateIn(text: string, language: string): string {
  const clear = /^\d{4}/.test(text) ? text : text.replaceAll('-', '/');
  const date = /\d{4}/.test(text) ? readDate(clear, language, '') : undefined;
  if (date !== undefined) return date;
  return /^\d{1,2}[-./]\s*\d{1,2}(?:[-./]\s*(?:\d{2,4})?)?$/.test(text.trim()) ? 'unclearDate' : '';
}

function isMidnight(time: BookingTime): time is Extract<BookingTime, { kind: 'wall' }> {
  return time.kind === 'wall' && time.time === '00:00' && time.seconds === 0;
}

function dayOf({ date }: { readonly date: string }): BookingTime {
  return { kind: 'day', date };
}
