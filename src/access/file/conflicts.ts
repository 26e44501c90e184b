import { daysOf, hoursOf } from '../../nuki/authorization/scheduleRanges.ts';
import type { Entry, Moment } from './accessFile.ts';
import { momentText } from './fileWords.ts';
import { dailyLimitsOf } from './scheduleOf.ts';

/** Two entries that cannot both be at one door. */
export interface Conflict {
  /** One person has two, or two codes of one name could be used at the same time. */
  readonly kind: 'emailTwice' | 'windowsOverlap';
  readonly entry: Entry;
  readonly other: Entry;
  /** The alias of the door. */
  readonly door: string;
}

/** Each entry that conflicts with one before it, in the order in which they begin, with the first such one. */
export function conflictsOf(entries: readonly Entry[]): readonly Conflict[] {
  const windows = entries.map(windowOf).toSorted((one, other) => (one.from < other.from ? -1 : 1));
  const open = new Map<string, Window[]>();
  return windows.flatMap((window) => {
    const { entry } = window;
    const holder = entry.by === 'code' ? entry.name.normalize('NFC') : entry.email?.toLowerCase();
    for (const door of entry.doors) {
      const place = JSON.stringify([door, entry.by, holder]);
      const there = (open.get(place) ?? []).filter((other) => entry.by !== 'code' || window.from < other.until);
      const other = there.find((each) => entry.by !== 'code' || isAtSameTime(window, each));
      if (other)
        return [{ kind: entry.by === 'code' ? 'windowsOverlap' : 'emailTwice', entry, other: other.entry, door }];
      open.set(place, [...there, window]);
    }
    return [];
  });
}

/** When an entry opens, by the clock of any of its doors. */
interface Window {
  readonly entry: Entry;
  /** In the order of the alphabet. */
  readonly from: string;
  readonly until: string;
  readonly daily: readonly { readonly days: number; readonly from: number; readonly until: number }[];
}

function windowOf(entry: Entry): Window {
  const daily = dailyLimitsOf(entry).map(({ limits }) => ({ days: daysOf(limits), ...hoursOf(limits) }));
  return { entry, from: orderOf(entry.from) ?? '', until: orderOf(entry.until) ?? '~', daily };
}

/** A moment as a text that comes after those of all moments before it: `earlier` comes before `later` here too. */
export function orderOf(moment: Moment | undefined): string | undefined {
  return (
    moment && momentText({ ...moment, time: `${moment.time}:${String(moment.seconds).padStart(2, '0')}`, seconds: 0 })
  );
}

function isAtSameTime(one: Window, other: Window): boolean {
  return one.daily.some((mine) =>
    other.daily.some((theirs) => (mine.days & theirs.days) > 0 && mine.from < theirs.until && theirs.from < mine.until),
  );
}
