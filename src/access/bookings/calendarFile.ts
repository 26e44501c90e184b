import ICAL from 'ical.js';
import * as v from 'valibot';
import { dayLength } from '../../nuki/time/timeOfDay.ts';
import { instantAt, type Edge } from './bookingInstant.ts';
import {
  bookingsIn,
  isBookingDate,
  largestList,
  mostBookings,
  type BookingList,
  type BookingProblemKind,
  type BookingTime,
  type Found,
} from './bookingList.ts';

// Only these lines reach the parser: neither what a platform writes about a guest nor a rule of repetition does.
const needed = /^(?:BEGIN|END|UID|DTSTART|DTEND|DURATION|STATUS|SEQUENCE)[;:]/i;
const repeating = /^(?:RRULE|RDATE|RECURRENCE-ID)[;:]/i;
const repeats = 'X-REPEATS:1';

/** In UTF-16 code units. An id or a date is never longer, and the parser takes long for lines of thousands of parameters. */
const longestLine = 1_000;

/** A component of jCal (RFC 7265) with its own properties; what lies deeper is not looked at. */
const componentForm = v.tuple([
  v.string(),
  v.array(v.tupleWithRest([v.string(), v.record(v.string(), v.unknown()), v.string()], v.unknown())),
  v.array(v.unknown()),
]);

type Component = v.InferOutput<typeof componentForm>;

/** The bookings of an iCalendar text (RFC 5545): the dates and UIDs of its events. Never throws. */
export function readCalendar(text: string): BookingList {
  if (text.length > largestList) return { kind: 'refused', why: 'tooLarge' };
  const events = eventsIn(text);
  if (events === undefined) return { kind: 'refused', why: 'notACalendar' };
  if (events.length > mostBookings) return { kind: 'refused', why: 'tooMany' };
  const zones = new Map<string, string | undefined>();
  return bookingsIn(events.map((event, index) => foundIn(event, index + 1, zones)));
}

function eventsIn(text: string): readonly Component[] | undefined {
  const unfolded = text.replaceAll(/\r\n?/g, '\n').replaceAll(/\n[ \t]/g, '');
  const lines = unfolded
    .split('\n')
    .flatMap((line) => (repeating.test(line) ? [repeats] : needed.test(line) ? [line] : []));
  if (lines.some(({ length }) => length > longestLine)) return undefined;
  try {
    const root: unknown = ICAL.parse(lines.join('\r\n'));
    const calendars = partsNamed('vcalendar', Array.isArray(root) && Array.isArray(root[0]) ? root : [root]);
    return calendars.length === 0 ? undefined : calendars.flatMap(([, , parts]) => partsNamed('vevent', parts));
  } catch {
    return undefined; // it breaks off, or is no calendar at all
  }
}

function partsNamed(name: string, parts: readonly unknown[]): readonly Component[] {
  return parts.flatMap((part) => {
    const read = v.safeParse(componentForm, part);
    return read.success && read.output[0] === name ? [read.output] : [];
  });
}

type Zones = Map<string, string | undefined>;

function foundIn(event: Component, place: number, zones: Zones): Found {
  const id = valueOf(event, 'uid')?.trim() ?? '';
  const sequence = Number(/^\d{1,9}$/.exec(valueOf(event, 'sequence') ?? '')?.[0] ?? 0);
  return { place, id: id === '' ? undefined : id, sequence, is: stayOf(event, zones) };
}

function stayOf(event: Component, zones: Zones): Found['is'] {
  if (valueOf(event, 'x-repeats') !== undefined) return 'repeats';
  if (valueOf(event, 'status')?.trim().toUpperCase() === 'CANCELLED') return 'cancelled';
  const start = dateOf(event, 'dtstart', zones);
  if (typeof start === 'string') return start;
  const end = hasOne(event, 'dtend') ? dateOf(event, 'dtend', zones) : afterDuration(start, valueOf(event, 'duration'));
  if (typeof end === 'string') return end;
  const areDays = isMidnight(start) && isMidnight(end);
  const [from, until] = areDays ? [dayOf(start), dayOf(end)] : [timeAt(start, 'from'), timeAt(end, 'until')];
  return from && until ? { from, until } : 'noDate';
}

/** A date as a calendar writes it. */
interface Written {
  readonly date: string;
  /** `undefined` for a whole day. */
  readonly time: string | undefined;
  readonly seconds: number;
  /** IANA; `undefined` for the clock of the door. */
  readonly zone: string | undefined;
  /** Whether it is written in UTC. */
  readonly isUtc: boolean;
  /** How much later than that it is meant, in ms of a stopwatch. */
  readonly later: number;
}

function dateOf(event: Component, name: string, zones: Zones): Written | BookingProblemKind {
  const [only, ...others] = event[1].filter(([each]) => each === name);
  // The parser's form for a date without a time that is not said to be one ends with `T::`.
  const written = /^(\d{4}-\d\d-\d\d)(?:T::|T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(Z)?)?$/.exec(String(only?.[3]));
  const [, date = '', hour, minute = '', second = '0', utc] = written ?? [];
  if (others.length > 0 || !isBookingDate(date)) return 'noDate';
  const time = hour === undefined ? undefined : `${hour}:${minute}`;
  const tzid = only?.[1]['tzid'];
  const isLocal = time !== undefined && utc === undefined && typeof tzid === 'string';
  const zone = isLocal ? zoneNamed(tzid, zones) : undefined;
  if (isLocal && zone === undefined) return 'zone';
  return { date, time, seconds: Number(second) % 60, zone: utc ? 'UTC' : zone, isUtc: utc !== undefined, later: 0 };
}

/** The zone that a calendar means: by its IANA name, also with a maker's path before it. A rule of its own for a zone is not read. */
function zoneNamed(tzid: string, zones: Zones): string | undefined {
  if (!zones.has(tzid)) {
    const parts = tzid.split('/').slice(-3);
    const names = [tzid, ...parts.map((_, index) => parts.slice(index).join('/')).slice(0, -1)];
    zones.set(tzid, names.find(isZone));
  }
  return zones.get(tzid);
}

function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && instantAt({ date: '2027-01-01', time: '00:00' }, name, 'from') !== undefined;
  } catch {
    return false;
  }
}

/** Weeks and days by the clock, hours and less by a stopwatch (RFC 5545, 3.3.6); a whole day without a duration is that day. */
function afterDuration(start: Written, duration: string | undefined): Written | BookingProblemKind {
  const form = /^\+?P(?=[\dT])(?:(\d{1,3})W|(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})S)?)?$/;
  const written = form.exec(duration?.trim() ?? (start.time === undefined ? 'P1D' : ''));
  if (!written) return 'noDate';
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = written
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const later = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  if (start.time === undefined && later > 0) return 'noDate';
  const date = new Date(Date.parse(`${start.date}T00:00Z`) + (weeks * 7 + days) * dayLength).toISOString().slice(0, 10);
  return isBookingDate(date) ? { ...start, date, later } : 'noDate';
}

/** From midnight to midnight is how programs that have no type for whole days write them. */
function isMidnight({ time, seconds, isUtc, later }: Written): boolean {
  return time === '00:00' && seconds === 0 && !isUtc && later === 0;
}

function dayOf({ date }: Written): BookingTime {
  return { kind: 'day', date };
}

function timeAt(written: Written, edge: Edge): BookingTime | undefined {
  const { date, time, seconds, zone, later } = written;
  if (time === undefined) return dayOf(written);
  const instant = instantAt({ date, time }, zone ?? 'UTC', edge);
  if (instant === undefined) return undefined;
  const meant = instant + seconds * 1_000 + later;
  if (zone !== undefined) return { kind: 'instant', instant: meant };
  const shown = new Date(meant).toISOString();
  return { kind: 'wall', date: shown.slice(0, 10), time: shown.slice(11, 16), seconds: Number(shown.slice(17, 19)) };
}

function hasOne(event: Component, name: string): boolean {
  return event[1].some(([each]) => each === name);
}

function valueOf(event: Component, name: string): string | undefined {
  const value = event[1].find(([each]) => each === name)?.[3];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
