import { clockTime } from '../../nuki/time/timeOfDay.ts';
import { wallTimeAt } from '../../nuki/time/zonedTime.ts';
import type { Door, Entry, Moment } from '../file/accessFile.ts';
import { momentKey } from '../file/momentKey.ts';
import { instantAt, type Edge } from './bookingInstant.ts';
import type { Booking, BookingTime } from './bookingList.ts';

/** A door, and the zone of its clock (IANA); `undefined` where it is not known. */
type ZonedDoor = Door & { readonly zone: string | undefined };

/** By their aliases. */
export type Doors = ReadonlyMap<string, ZonedDoor>;

/** Where a booking begins and ends when it says only days, in minutes since midnight. */
const usualCheckIn = 15 * 60;
const usualCheckOut = 10 * 60;

/** Somewhere on earth it is still earlier than anywhere else: what is over there is over everywhere. */
const lastZone = 'Etc/GMT+12';

/** And somewhere it is later than anywhere else: what has not begun there has begun nowhere. */
const firstZone = 'Etc/GMT-14';

/** A window, and the doors that it has for a booking. */
export interface Stay {
  readonly doors: readonly string[];
  readonly from: Moment;
  readonly until: Moment;
  /** In ms since 1970. */
  readonly end: number;
}

/** The windows of a booking at doors, by the doors' own clocks, or why there are none. */
export function staysOf(booking: Booking, aliases: readonly string[], doors: Doors): readonly Stay[] | Problem {
  const byClock = Map.groupBy(
    aliases.flatMap((alias) => doors.get(alias) ?? []),
    clockOf,
  );
  const byWindow = new Map<string, Stay>();
  for (const alike of byClock.values()) {
    const stay = stayAt(alike, booking);
    if (typeof stay === 'string') return stay;
    const window = `${momentKey(stay.from)} ${momentKey(stay.until)}`;
    const same = byWindow.get(window);
    byWindow.set(
      window,
      same ? { ...stay, doors: [...same.doors, ...stay.doors], end: Math.max(same.end, stay.end) } : stay,
    );
  }
  return [...byWindow.values()].map((stay) => ({
    ...stay,
    doors: aliases.filter((alias) => stay.doors.includes(alias)),
  }));
}

type Problem = 'doorZone' | 'order';

/** All of a door that decides when a booking begins and ends there. */
function clockOf({ zone, checkIn, checkOut, bufferBefore, bufferAfter }: ZonedDoor): string {
  return JSON.stringify([zone, checkIn, checkOut, bufferBefore, bufferAfter]);
}

/** The window of a booking at doors that are alike. */
function stayAt(alike: readonly ZonedDoor[], booking: Booking): Stay | Problem {
  const from = alike[0] && edgeAt(booking.from, alike[0], 'from');
  const until = alike[0] && edgeAt(booking.until, alike[0], 'until');
  if (!from || !until) return 'doorZone';
  // A file tells the order by what the clock shows.
  if (from.instant >= until.instant || momentKey(from.moment) >= momentKey(until.moment)) return 'order';
  return { doors: alike.map(({ alias }) => alias), from: from.moment, until: until.moment, end: until.instant };
}

/** When a booking begins or ends at a door, by the door's clock. The zone is needed only for an instant. */
function edgeAt(
  time: BookingTime,
  door: ZonedDoor,
  edge: Edge,
): { readonly moment: Moment; readonly instant: number } | undefined {
  if (time.kind === 'instant' && door.zone === undefined) return undefined;
  const zone = door.zone ?? 'UTC';
  const minutes = edge === 'from' ? (door.checkIn ?? usualCheckIn) : (door.checkOut ?? usualCheckOut);
  const stated =
    time.kind === 'instant'
      ? time.instant
      : instantAt(time.kind === 'day' ? { date: time.date, time: clockTime(minutes) } : time, zone, edge);
  if (stated === undefined) return undefined;
  const seconds = time.kind === 'wall' ? time.seconds * 1_000 : 0;
  const buffer = edge === 'from' ? -door.bufferBefore : door.bufferAfter;
  const instant = stated + seconds + buffer * 60_000;
  const { date, time: shown, disambiguation } = wallTimeAt(instant, zone);
  return { instant, moment: { date, time: shown, seconds: Math.floor(instant / 1_000) % 60, disambiguation } };
}

/** When an entry ends at the last of its doors, in ms since 1970. */
export function endOf(entry: Entry, until: Moment, doors: Doors): number {
  const ends = entry.doors.map((alias) => instantAt(until, doors.get(alias)?.zone ?? lastZone, 'until') ?? Infinity);
  return Math.max(...ends) + until.seconds * 1_000;
}

/** When an entry begins at the first of its doors, in ms since 1970; -Infinity where it has no beginning. */
export function startOf({ doors: aliases, from }: Entry, doors: Doors): number {
  if (from === undefined) return -Infinity;
  const zones = aliases.map((alias) => doors.get(alias)?.zone ?? firstZone);
  return Math.min(...zones.map((zone) => instantAt(from, zone, 'from') ?? -Infinity)) + from.seconds * 1_000;
}
