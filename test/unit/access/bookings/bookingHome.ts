import type { AccessFile, BookingSource, Door, Entry } from '../../../../src/access/file/accessFile.ts';
import type { EntryEdit } from '../../../../src/access/file/editAccessFile.ts';
import { bookingEdits, type BookingChanges } from '../../../../src/access/bookings/bookings.ts';
import { readCalendar } from '../../../../src/access/bookings/calendarFile.ts';
import type { BookingList } from '../../../../src/access/bookings/bookingList.ts';
import { fileDoor } from '../entries.ts';

export const vienna = 'Europe/Vienna';
export const flat: BookingSource = { name: 'flat', doors: ['front'] };

/** A day in May 2027. */
export const now = Date.parse('2027-05-01T12:00:00Z');

export function doorOf(alias: string, given: Partial<Door> = {}): Door {
  return fileDoor(alias, { name: 'Front Door', ...given });
}

export function fileWith(given: Partial<AccessFile> = {}): AccessFile {
  return { doors: [doorOf('front')], entries: [], sources: [flat], ...given };
}

/** A calendar of events, each given by its lines. */
export function calendarOf(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** A whole-day event as booking platforms write it. */
export function stay(uid: string, arrival: string, departure: string): readonly string[] {
  return [`UID:${uid}`, `DTSTART;VALUE=DATE:${arrival}`, `DTEND;VALUE=DATE:${departure}`, 'SUMMARY:Reserved'];
}

export type Bookings = Extract<BookingList, { kind: 'bookings' }>;

/** The bookings of a list that is read. */
export function read(list: BookingList): Bookings {
  if (list.kind === 'refused') throw new Error(list.why);
  return list;
}

export function entriesAfter(file: AccessFile, edits: readonly EntryEdit[]): readonly Entry[] {
  return edits.reduce<readonly Entry[]>((entries, edit) => {
    if (edit.kind === 'addEntry') return [...entries, edit.entry];
    if (edit.kind === 'removeEntry') return entries.filter(({ key }) => key !== edit.key);
    return entries.map((entry) => (entry.key === edit.key ? edit.entry : entry));
  }, file.entries);
}

interface Run {
  readonly file?: AccessFile;
  readonly source?: BookingSource;
  readonly zone?: string | undefined;
  readonly at?: number;
}

/** What a calendar changes, and the file then. */
export function runCalendar(text: string, given: Run = {}): Course {
  return runList(read(readCalendar(text)), given);
}

interface Course {
  readonly changes: BookingChanges;
  readonly file: AccessFile;
}

export function runList(list: Bookings, given: Run = {}): Course {
  const { file = fileWith(), source = flat, at = now } = given;
  const zone = 'zone' in given ? given.zone : vienna;
  const changes = bookingEdits({ file, source, list, zoneOf: () => zone, now: at });
  return { changes, file: { ...file, entries: entriesAfter(file, changes.edits) } };
}

/** The window of an entry: `2027-06-16 15:00 – 2027-06-20 10:00`. */
export function windowOf({ from, until }: Entry): string {
  return [from, until]
    .map((moment) => moment && [moment.date, moment.time, moment.disambiguation].filter(Boolean).join(' '))
    .join(' – ');
}
