import { limitNothing } from '../../nuki/authorization/completeLimits.ts';
import { validityOf } from '../../nuki/authorization/authorization.ts';
import { clockChangesOf, joined, openSpans, type ClockChange } from '../../nuki/authorization/openTimes.ts';
import type { Range } from '../../nuki/authorization/scheduleRanges.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';
import { daysOn, wallTimeAt, type WallTime, type ZonedDay } from '../../nuki/time/zonedTime.ts';
import { entriesOf, entryKey, inOrder, type Entry, type RequestedEntry } from '../authorizations/entries.ts';
import {
  holdersOf,
  idOfHolder,
  keyOfHolder,
  requestedByHolder,
  unlistedHolders,
  type Holder,
} from '../people/holders.ts';
import { standstillOf, type Standstill } from '../authorizations/standing.ts';
import { inShownOrder } from '../shownOrder.ts';
import type { AccountState, DeviceState } from '../snapshots.ts';
import { accessOn, isSureWithin, type AccessDoubt, type EntryAccess } from './entryAccess.ts';

/** What the rows of a calendar stand together by. */
export type CalendarOrder = 'doors' | 'persons';

export interface CalendarOptions {
  readonly order: CalendarOrder;
  /** The first day, `2027-06-14`, on every lock's own clock. */
  readonly from: string;
  /** How many days there are. */
  readonly days: number;
  /** By Nuki's clock, ms since 1970. */
  readonly now: number;
  /** By this computer's clock, ms since 1970. */
  readonly ownNow: number;
  /** In whose order names are. */
  readonly language: string;
  /** The one device that is shown, instead of all. */
  readonly smartlockId?: number | undefined;
}

/** Who can enter where and when, in a number of days. The days of a group are worked out when it is drawn. */
export interface Calendar {
  readonly order: CalendarOrder;
  /** `2027-06-14` and on. Each is the day of that date on the clock of each lock. */
  readonly dates: readonly string[];
  readonly groups: readonly CalendarGroup[];
  /** The rows of a group, worked out once. */
  draw(group: CalendarGroup): DrawnGroup;
}

export type CalendarGroup =
  | { readonly kind: 'door'; readonly key: string; readonly count: number; readonly state: DeviceState }
  | {
      readonly kind: 'holder';
      readonly key: string;
      readonly count: number;
      readonly holder: Holder;
      /** What was asked for them here and no list has yet. */
      readonly requested: readonly RequestedEntry[];
    };

export interface DrawnGroup {
  readonly rows: readonly CalendarRow[];
  /** Of a door. */
  readonly door?: Door;
  /** When someone can enter through a door, day by day. */
  readonly union?: readonly DoorDay[];
}

/** A door as all of its rows have it. */
export interface Door {
  readonly state: DeviceState;
  readonly clock: CalendarClock;
  readonly standstill: Standstill | undefined;
  readonly accessOf: (entry: Entry) => EntryAccess;
}

/** The clock of locks in one zone, on the days of the calendar. */
export interface CalendarClock {
  /** IANA; `undefined` where it is not known, and the days are those of UTC. */
  readonly zone: string | undefined;
  readonly days: readonly ClockDay[];
  /** What it shows now. */
  readonly now: WallTime;
}

export interface ClockDay extends ZonedDay {
  /** Times that the clock skips or shows twice. */
  readonly clockChanges: readonly ClockChange[];
  /** Of an entry without limits: all that the clock shows. */
  readonly always: RowDay;
}

/** What is worth a mark at a row, the gravest first. */
export type RowMark = AccessDoubt | 'disabled' | 'expired' | 'expiresSoon' | 'upcoming';

/** An entry at a door. */
export interface CalendarRow {
  readonly key: string;
  readonly door: Door;
  readonly access: EntryAccess;
  readonly marks: readonly RowMark[];
  readonly days: readonly RowDay[];
  /** Whether it opens on any of the days, or may. */
  readonly opens: boolean;
}

/** In minutes since midnight on the lock's clock, in order. */
export interface RowDay {
  /** When it opens by its limits; of a disabled one too, which opens never. */
  readonly spans: readonly Range[];
  /** When it may open, for all that is known: where it is not certain what the lock makes of its limits, more than `spans`. */
  readonly possible: readonly Range[];
}

/** In minutes since midnight on the lock's clock, in order. */
export interface DoorDay {
  /** When someone is certain to be let in. */
  readonly certain: readonly Range[];
  /** When someone may be, for all that is known; `certain` is within it. */
  readonly possible: readonly Range[];
  /** How many entries are certain to open at some time of the day. */
  readonly count: number;
}

/** What ends within this many ms ends soon. */
const soon = 7 * dayLength;

/** Throws a RangeError for a first day that is none. */
export function calendarOf(account: AccountState, options: CalendarOptions): Calendar {
  const { order, from, days, language, smartlockId } = options;
  const all = account.devices ?? [];
  const devices = smartlockId === undefined ? all : all.filter(({ device }) => device.smartlockId === smartlockId);
  const shown = inShownOrder(devices, language);
  const places = new Map(shown.map((state, place) => [state, place]));
  const doorOf = doorsOf(options);
  const drawn = new Map<CalendarGroup, DrawnGroup>();
  const draw = (group: CalendarGroup): DrawnGroup =>
    group.kind === 'door'
      ? drawnDoor(doorOf(group.state), options)
      : { rows: rowsOf(inOrder([...group.holder.held, ...group.requested], language, places), doorOf, options) };
  return {
    order,
    dates: daysOn(from, 'UTC', days).map(({ date }) => date),
    groups: order === 'doors' ? shown.map(doorGroup) : holderGroups({ ...account, devices: shown }, language),
    draw: (group) => {
      const known = drawn.get(group) ?? draw(group);
      drawn.set(group, known);
      return known;
    },
  };
}

function doorGroup(state: DeviceState): CalendarGroup {
  return { kind: 'door', key: String(state.device.smartlockId), count: entriesOf(state).length, state };
}

/** Whoever holds something, and what was asked for them and is not listed. */
function holderGroups(account: AccountState, language: string): readonly CalendarGroup[] {
  const allRequested = requestedByHolder(account);
  const holders = new Map(holdersOf(account, language).map((holder) => [keyOfHolder(idOfHolder(holder)), holder]));
  return [...holders.values(), ...unlistedHolders(allRequested, holders)].flatMap(
    (holder): readonly CalendarGroup[] => {
      const key = keyOfHolder(idOfHolder(holder));
      const requested = allRequested.get(key) ?? [];
      const count = holder.held.length + requested.length;
      return count === 0 ? [] : [{ kind: 'holder', key, count, holder, requested }];
    },
  );
}

/** The doors as their rows have them, each and each clock worked out once. */
function doorsOf({ from, days, now, ownNow }: CalendarOptions): (state: DeviceState) => Door {
  const clocks = new Map<string | undefined, CalendarClock>();
  const doors = new Map<DeviceState, Door>();
  const clockOf = (timezoneId: number | undefined): CalendarClock => {
    const zone = timeZoneName(timezoneId);
    const known = clocks.get(zone) ?? {
      zone,
      days: daysOn(from, zone ?? 'UTC', days).map(clockDay),
      now: wallTimeAt(now, zone ?? 'UTC'),
    };
    clocks.set(zone, known);
    return known;
  };
  return (state) => {
    const known = doors.get(state) ?? {
      state,
      clock: clockOf(state.device.config?.timezoneId),
      standstill: standstillOf(state, { now, ownNow }),
      accessOf: accessOn(state),
    };
    doors.set(state, known);
    return known;
  };
}

function clockDay(day: ZonedDay): ClockDay {
  const whole = openSpans({}, [day])[0] ?? [];
  return { ...day, clockChanges: clockChangesOf(day.stretches), always: { spans: whole, possible: whole } };
}

function drawnDoor(door: Door, options: CalendarOptions): DrawnGroup {
  const rows = rowsOf(inOrder(entriesOf(door.state), options.language), () => door, options);
  return { rows, door, union: unionsOf(door.clock, rows) };
}

function rowsOf(
  entries: readonly Entry[],
  doorOf: (state: DeviceState) => Door,
  { now }: CalendarOptions,
): readonly CalendarRow[] {
  return entries.map((entry) => {
    const door = doorOf(entry.state);
    const access = door.accessOf(entry);
    const days = daysOf(access, door.clock);
    const opens = !access.isDisabled && days.some(({ possible }) => possible.length > 0);
    return { key: entryKey(entry), door, access, marks: marksOf(access, now), days, opens };
  });
}

function daysOf({ limits, widest }: EntryAccess, { days }: CalendarClock): readonly RowDay[] {
  if (limitNothing(limits)) return days.map(({ always }) => always);
  const spans = openSpans(limits, days);
  const possible = widest === limits ? spans : openSpans(widest, days);
  // Most days of a row are alike: they are the same object, as a large account has millions of them.
  const distinct: RowDay[] = [];
  return days.map((_, day) => {
    const made: RowDay = { spans: spans[day] ?? [], possible: possible[day] ?? [] };
    const known = distinct.find((each) => each.spans === made.spans && each.possible === made.possible);
    if (!known) distinct.push(made);
    return known ?? made;
  });
}

function marksOf({ entry, limits, doubts, isDisabled }: EntryAccess, now: number): readonly RowMark[] {
  const isListed = entry.kind === 'listed';
  const validity = isListed && !isDisabled ? validityOf({ ...entry.authorization, enabled: true }, now) : 'active';
  const until = instantOf(limits.allowedUntilDate) ?? Infinity;
  return [
    ...doubts,
    ...(isDisabled ? ['disabled' as const] : []),
    ...(validity === 'expired' || validity === 'upcoming' ? [validity] : []),
    ...(validity === 'active' && until > now && until <= now + soon ? ['expiresSoon' as const] : []),
  ];
}

function unionsOf({ days }: CalendarClock, rows: readonly CalendarRow[]): readonly DoorDay[] {
  const open = rows.filter(({ opens }) => opens);
  const sure = open.filter(({ access }) => isSureWithin(access.doubts));
  const isUndoubted = open.every(({ access }) => access.doubts.length === 0);
  return days.map(({ always }, day) => {
    const certain = sure.map((row) => row.days[day]?.spans ?? []).filter(({ length }) => length > 0);
    const union = unionOf(certain, always.spans);
    const possible = isUndoubted
      ? union
      : unionOf(
          open.map((row) => row.days[day]?.possible ?? []),
          always.spans,
        );
    return { certain: union, possible, count: certain.length };
  });
}

/** `whole`: all that there can be. Spans that are shared are looked at once. */
function unionOf(lists: readonly (readonly Range[])[], whole: readonly Range[]): readonly Range[] {
  const distinct = new Set(lists);
  if (distinct.has(whole)) return whole;
  const [only = []] = distinct;
  return distinct.size < 2 ? only : joined([...distinct].flat().toSorted((a, b) => a.from - b.from));
}
