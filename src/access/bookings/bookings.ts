import { safeText } from '../../base/safeText.ts';
import { keypadNameBytes } from '../../nuki/authorization/authorization.ts';
import { keypadName, nameBytes } from '../../nuki/authorization/keypadName.ts';
import { everyDay } from '../../nuki/time/weekdays.ts';
import type { AccessFile, BookingSource, Door, Entry } from '../file/accessFile.ts';
import type { EntryEdit } from '../file/editAccessFile.ts';
import { momentKey } from '../file/momentKey.ts';
import type { Booking, BookingList, BookingProblem } from './bookingList.ts';
import { shortHash } from './shortHash.ts';
import { endOf, startOf, staysOf, type Stay } from './stays.ts';

/** What bookings change in an access file. The numbers are of bookings, which may have several entries. */
export interface BookingChanges {
  readonly edits: readonly EntryEdit[];
  readonly added: number;
  readonly changed: number;
  /** No longer among the bookings, and not over. */
  readonly removed: number;
  /** How many of those have begun: someone may be there, as some calendars leave out a stay on its first day. */
  readonly begun: number;
  /** Over, whether still among the bookings or not: their entries are removed. */
  readonly over: number;
  /** Of the bookings that the file had: how many are not over. */
  readonly toCome: number;
  readonly problems: readonly BookingProblem[];
  /** Why the user is to be asked first. */
  readonly doubt?: 'empty' | 'moreThanHalf' | 'begun' | undefined;
}

interface BookingsFrom {
  readonly file: AccessFile;
  readonly source: BookingSource;
  readonly list: Extract<BookingList, { kind: 'bookings' }>;
  /** IANA; `undefined` where it is not known. */
  readonly zoneOf: (door: Door) => string | undefined;
  /** In ms since 1970. */
  readonly now: number;
}

/**
 * What to edit in a file so that its entries of a source are as its bookings are now: times follow the bookings, all else of an entry stays
 * as the user has it. Doors that give a stay other times get entries of their own, as one entry has one window at all of its doors: so a
 * stay is never longer than a door allows, and never shorter. Entries of other sources, and of none, are left alone.
 */
export function bookingEdits({ file, source, list, zoneOf, now }: BookingsFrom): BookingChanges {
  const doors = new Map(file.doors.map((door) => [door.alias, { ...door, zone: zoneOf(door) }]));
  const isOwn = ({ booking }: Entry): boolean => booking === source.name;
  const own = Map.groupBy(file.entries.filter(isOwn), ({ key }) => key.split('/').slice(0, 2).join('/'));
  const foreignKeys = new Set(file.entries.filter((entry) => !isOwn(entry)).map(({ key }) => key));
  const keys = new Set(file.entries.map(({ key }) => key));
  const names = new Set(file.entries.map(({ name }) => name));
  const problems = [...list.problems];
  const wanted = new Map<string, readonly Entry[]>();
  for (const [key, [booking, ...others]] of Map.groupBy(list.bookings, ({ id }) => bookingKey(source.name, id))) {
    if (!booking) continue;
    const { id, place } = booking;
    const entries = own.get(key) ?? [];
    const isTwice = others.length > 0 || foreignKeys.has(key);
    const stays = isTwice ? 'twice' : staysOf(booking, entries.length > 0 ? doorsOf(entries) : source.doors, doors);
    if (typeof stays === 'string') problems.push({ kind: stays, place, id });
    else {
      const toCome = stays.filter(({ end }) => end > now);
      wanted.set(key, entriesOf({ key, booking, stays: toCome, entries, source, keys, names }));
    }
  }
  const left = new Set(problems.flatMap(({ id }) => (id === undefined ? [] : [bookingKey(source.name, id)])));
  const isOver = (entry: Entry): boolean => entry.until !== undefined && endOf(entry, entry.until, doors) <= now;
  const hasBegun = (entry: Entry): boolean => startOf(entry, doors) <= now;
  const had = [...own].map(([key, entries]) => {
    const edits = left.has(key) ? [] : editsOf(entries, wanted.get(key) ?? []);
    const isGone = !left.has(key) && (wanted.get(key) ?? []).length === 0;
    return {
      edits,
      isGone,
      isOver: entries.every(isOver) || (isGone && wanted.has(key)),
      hasBegun: entries.some(hasBegun),
    };
  });
  const added = [...wanted].flatMap(([key, entries]) => (own.has(key) || left.has(key) ? [] : [entries]));
  const toCome = had.filter((each) => !each.isOver).length;
  const dropped = had.filter((each) => each.isGone && !each.isOver);
  const removed = dropped.length;
  const begun = dropped.filter((each) => each.hasBegun).length;
  const isEmpty = list.bookings.length + left.size === 0;
  return {
    edits: [...had.flatMap(({ edits }) => edits), ...addsOf(added.flat(), file)],
    added: added.filter(({ length }) => length > 0).length,
    changed: had.filter(({ edits, isGone }) => edits.length > 0 && !isGone).length,
    removed,
    begun,
    over: had.filter((each) => each.isGone && each.isOver).length,
    toCome,
    problems,
    doubt: doubtAbout(removed, begun, toCome, isEmpty),
  };
}

function doubtAbout(removed: number, begun: number, toCome: number, isEmpty: boolean): BookingChanges['doubt'] {
  if (removed === 0) return undefined;
  if (isEmpty) return 'empty';
  if (removed * 2 > toCome) return 'moreThanHalf';
  return begun > 0 ? 'begun' : undefined;
}

/** What a key of an access file consists of, with the source before the id; a hash tells apart what would look the same. */
export function bookingKey(source: string, id: string): string {
  const key = [source, id].map((part) => part.replaceAll(/[^\w.@-]+/g, '-').slice(0, longestPart)).join('/');
  return key === `${source}/${id}` ? key : `${key}-${shortHash(`${source}/${id}`)}`;
}

/** In characters. The UIDs of booking platforms have up to 80. */
const longestPart = 80;

function doorsOf(entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.flatMap(({ doors }) => doors))];
}

interface EntriesFrom {
  readonly key: string;
  readonly booking: Booking;
  readonly stays: readonly Stay[];
  /** What the file has for the booking. */
  readonly entries: readonly Entry[];
  readonly source: BookingSource;
  /** What is in use in the file; what is used here is added. */
  readonly keys: Set<string>;
  readonly names: Set<string>;
}

/** An entry for each window. It keeps the key of the one that has its first door. */
function entriesOf({ key, booking, stays, entries, source, keys, names }: EntriesFrom): readonly Entry[] {
  if (stays.length === 0) return [];
  const used = new Set<string>();
  const given = entries[0] ?? newEntry(booking, source, names);
  names.add(given.name);
  return stays.map(({ doors, from, until }) => {
    const kept = entries.find((entry) => !used.has(entry.key) && entry.doors.includes(doors[0] ?? ''));
    const ownKey = kept?.key ?? freeKey(key, keys);
    used.add(ownKey);
    keys.add(ownKey);
    return { ...(kept ?? given), key: ownKey, doors, from, until };
  });
}

function freeKey(key: string, keys: ReadonlySet<string>): string {
  let free = key;
  for (let number = 2; keys.has(free); number++) free = `${key}/${number}`;
  return free;
}

function newEntry({ id, name = '' }: Booking, source: BookingSource, names: ReadonlySet<string>): Entry {
  const mark = shortHash(`${source.name}/${id}`);
  const shown = keypadName(safeText(name)) || `Booking ${mark}`;
  return {
    index: 0,
    key: '',
    name: names.has(shown) ? told(shown, mark.slice(0, 4)) : shown,
    doors: [],
    by: 'code',
    remote: false,
    enabled: true,
    days: everyDay,
    booking: source.name,
  };
}

/** `name` with `mark` behind it, cut so that a keypad holds both. */
function told(name: string, mark: string): string {
  return `${keypadName(name, keypadNameBytes - nameBytes(` ${mark}`))} ${mark}`;
}

function editsOf(entries: readonly Entry[], wanted: readonly Entry[]): readonly EntryEdit[] {
  const edits = entries.flatMap((entry): readonly EntryEdit[] => {
    const { key } = entry;
    const target = wanted.find((each) => each.key === key);
    if (!target) return [{ kind: 'removeEntry', key }];
    return isSame(entry, target) ? [] : [{ kind: 'changeEntry', key, entry: target }];
  });
  const keys = new Set(entries.map(({ key }) => key));
  const parts = wanted.filter(({ key }) => !keys.has(key)).map((entry) => ({ kind: 'addEntry', entry }) as const);
  return [...edits, ...parts];
}

function isSame(entry: Entry, target: Entry): boolean {
  const textOf = ({ doors, from, until }: Entry): string =>
    JSON.stringify([doors, from && momentKey(from), until && momentKey(until)]);
  return textOf(entry) === textOf(target);
}

/** In the order of their arrival, behind what the file has. */
function addsOf(entries: readonly Entry[], file: AccessFile): readonly EntryEdit[] {
  const arrival = ({ from }: Entry): string => (from ? momentKey(from) : '');
  const sorted = entries.toSorted(
    (one, other) => Number(arrival(one) > arrival(other)) - Number(arrival(one) < arrival(other)),
  );
  return sorted.map((entry, at) => ({ kind: 'addEntry', entry: { ...entry, index: file.entries.length + at } }));
}
