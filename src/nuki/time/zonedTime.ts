// Wall clock times in a zone, and instants. Always by the polyfill's Temporal, as a native one differs from program to program; by its
// functions, of which the build takes only those imported here.
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { wireInstant } from './instant.ts';
import { dayLength } from './timeOfDay.ts';

/** What a clock shows: a date such as `2027-06-16` and a time such as `10:30`. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}

/** An instant as the API writes it, `2027-06-16T08:30:00.000Z`, and the zone's offset from UTC then, `+02:00`. */
export interface ZonedInstant {
  readonly instant: string;
  readonly offset: string;
}

/** Which of the two instants is meant where a clock shows the same time twice. */
export type Disambiguation = 'earlier' | 'later';

/** When a clock shows a time: once, never because it was put forward over it, or twice because it was put back. */
export type WallTimeResolution =
  | ({ readonly kind: 'exact' } & ZonedInstant)
  | { readonly kind: 'gap'; readonly firstValid: WallTime }
  | { readonly kind: 'overlap'; readonly earlier: ZonedInstant; readonly later: ZonedInstant }
  | { readonly kind: 'invalid' };

const dateForm = /^\d{4}-\d\d-\d\d$/;
const timeForm = /^\d\d:\d\d$/;

/**
 * When the clock of `zone` shows a wall time. Only dates of the calendar and times from 00:00 to 23:59 are valid; nothing rolls over.
 * Throws a RangeError for a zone that is no IANA name.
 */
export function resolveWallTime({ date, time }: WallTime, zone: string): WallTimeResolution {
  const wall = plainDateTime(date, time);
  if (wall === undefined) return { kind: 'invalid' };
  const only = onlyInstant(wall, zone);
  if (only) return { kind: 'exact', ...zonedInstant(only) };
  const earlier = PlainDateTime.toZonedDateTime(wall, zone, { disambiguation: 'earlier' });
  if (PlainDateTime.equals(ZonedDateTime.toPlainDateTime(earlier), wall)) {
    const later = PlainDateTime.toZonedDateTime(wall, zone, { disambiguation: 'later' });
    return { kind: 'overlap', earlier: zonedInstant(earlier), later: zonedInstant(later) };
  }
  const inUtc = PlainDateTime.toZonedDateTime(wall, 'UTC').epochMilliseconds;
  return { kind: 'gap', firstValid: wallTimeOf(zonedAt(firstAt(inUtc, pacesFrom(earlier, 1)), zone)) };
}

/** The instant at which a clock shows `wall`; `undefined` where there is none or there are two. */
function onlyInstant(wall: PlainDateTime.Record, zone: string): ZonedDateTime.Record | undefined {
  try {
    return PlainDateTime.toZonedDateTime(wall, zone, { disambiguation: 'reject' });
  } catch {
    return undefined;
  }
}

function plainDateTime(date: string, time: string): PlainDateTime.Record | undefined {
  if (!dateForm.test(date) || !timeForm.test(time)) return undefined;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  try {
    return PlainDateTime.create(year, month, day, hour, minute);
  } catch {
    return undefined;
  }
}

function zonedInstant(at: ZonedDateTime.Record): ZonedInstant {
  return { instant: wireInstant(at.epochMilliseconds), offset: ZonedDateTime.offset(at) };
}

function wallTimeOf(at: ZonedDateTime.Record): WallTime {
  return {
    date: PlainDate.toString(ZonedDateTime.toPlainDate(at)),
    time: PlainTime.toString(ZonedDateTime.toPlainTime(at), { smallestUnit: 'minute' }),
  };
}

/** What the clock of `zone` (IANA) shows at `instant` (ms since 1970), to the minute, and which of the two where it shows that twice. */
export function wallTimeAt(
  instant: number,
  zone: string,
): WallTime & { readonly offset: string; readonly disambiguation: Disambiguation | undefined } {
  const at = zonedAt(instant, zone);
  return { ...wallTimeOf(at), offset: ZonedDateTime.offset(at), disambiguation: disambiguationOf(at) };
}

function zonedAt(instant: number, zone: string): ZonedDateTime.Record {
  return Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(instant), zone);
}

function disambiguationOf(at: ZonedDateTime.Record): Disambiguation | undefined {
  const shown = ZonedDateTime.toPlainDateTime(at);
  const earlier = PlainDateTime.toZonedDateTime(shown, at.timeZoneId, { disambiguation: 'earlier' });
  const later = PlainDateTime.toZonedDateTime(shown, at.timeZoneId, { disambiguation: 'later' });
  if (ZonedDateTime.equals(earlier, later)) return undefined;
  return at.epochMilliseconds === earlier.epochMilliseconds ? 'earlier' : 'later';
}

/** The offset of `zone` from UTC at `instant` (ms since 1970): `+02:00`, `-03:30`. */
export function offsetAt(instant: number, zone: string): string {
  return ZonedDateTime.offset(zonedAt(instant, zone));
}

/** `from`, and each instant after it and before `until` (ms since 1970) at which the clock of `zone` (IANA) is put forward or back. */
export function clockChangesBetween(from: number, until: number, zone: string): readonly number[] {
  const days = Math.ceil((until - from) / dayLength);
  return pacesFrom(zonedAt(from, zone), days).flatMap((pace) => (pace.from < until ? [pace.from] : []));
}

/** An instant (ms since 1970), and what the clock of a lock shows then: a bit of `allowedWeekDays`, and minutes since midnight. */
export interface ClockReading {
  readonly instant: number;
  readonly weekdayBit: number;
  readonly minute: number;
}

/** What the clock of `zone` (IANA) shows at `instant` (ms since 1970). */
export function clockReading(instant: number, zone: string): ClockReading {
  const shown = instant + ZonedDateTime.offsetNanoseconds(zonedAt(instant, zone)) / 1_000_000;
  return { instant, weekdayBit: weekdayBitOf(shown), minute: minuteOfDay(shown) };
}

/** `shown`: what a clock shows, in ms as if it were UTC. Monday is 64 and Sunday is 1. */
function weekdayBitOf(shown: number): number {
  return 64 >> ((new Date(shown).getUTCDay() || 7) - 1);
}

function minuteOfDay(shown: number): number {
  return Math.floor((shown - Math.floor(shown / dayLength) * dayLength) / 60_000);
}

/** A day on the clock of a zone, in stretches without a clock change: one, or two around a change. */
export interface ZonedDay {
  /** `2027-06-16`. */
  readonly date: string;
  /** Its bit in `allowedWeekDays`. */
  readonly weekdayBit: number;
  readonly stretches: readonly Stretch[];
}

/** From an instant (ms since 1970) to before another, with what the clock shows then in minutes since midnight, 0 to 1,440. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly fromMinute: number;
  readonly untilMinute: number;
}

/** The day at `instant` (ms since 1970) on the clock of `zone`, and the days after it: `count` in all. */
export function daysFrom(instant: number, zone: string, count: number): readonly ZonedDay[] {
  return daysOn(PlainDate.toString(ZonedDateTime.toPlainDate(zonedAt(instant, zone))), zone, count);
}

/** The day `2027-06-16` on the clock of `zone` (IANA), and the days after it: `count` in all. */
export function daysOn(date: string, zone: string, count: number): readonly ZonedDay[] {
  const epoch = Date.parse(`${date}T00:00Z`);
  const day = new Date(epoch);
  const first = PlainDate.create(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
  // From the first instant of that date: 00:00 need not exist.
  const paces = pacesFrom(PlainDate.toZonedDateTime(first, { timeZone: zone }), count + 1);
  return Array.from({ length: count }, (_, days) => zonedDay(epoch + days * dayLength, paces));
}

/** From an instant to before another (ms since 1970), in which a clock is ahead of UTC by the same `offset` in ms. */
interface Pace {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/** The paces of a clock in a number of days. Looks up the zone at its clock changes only, as each lookup takes long. */
function pacesFrom(start: ZonedDateTime.Record, days: number): readonly Pace[] {
  const end = start.epochMilliseconds + (days + 1) * dayLength;
  const paces: Pace[] = [];
  for (let at: ZonedDateTime.Record | null = start; at !== null && at.epochMilliseconds < end;) {
    const change: ZonedDateTime.Record | null = ZonedDateTime.getTimeZoneTransition(at, 'next');
    const [from, until] = [at.epochMilliseconds, change?.epochMilliseconds ?? Infinity];
    paces.push({ from, until, offset: ZonedDateTime.offsetNanoseconds(at) / 1_000_000 });
    at = change;
  }
  return paces;
}

/** `midnight`: 00:00 of that day in UTC, in ms since 1970. */
function zonedDay(midnight: number, paces: readonly Pace[]): ZonedDay {
  const [start, end] = [firstAt(midnight, paces), firstAt(midnight + dayLength, paces)];
  const stretches = paces.flatMap((pace): readonly Stretch[] => {
    const [from, until] = [Math.max(pace.from, start), Math.min(pace.until, end)];
    if (from >= until) return [];
    const fromMinute = minuteOfDay(from + pace.offset);
    return [{ from, until, fromMinute, untilMinute: fromMinute + (until - from) / 60_000 }];
  });
  return { date: new Date(midnight).toISOString().slice(0, -14), weekdayBit: weekdayBitOf(midnight), stretches };
}

/** The first instant at which the clock shows `wall`, written as if it were UTC, or later. */
function firstAt(wall: number, paces: readonly Pace[]): number {
  const instants = paces
    .filter(({ until, offset }) => wall - offset < until)
    .map(({ from, offset }) => Math.max(from, wall - offset));
  return Math.min(...instants);
}
