import { emailKey } from '../../nuki/account.ts';
import { daysOf, hoursOf } from '../../nuki/authorization/scheduleRanges.ts';
import type { Entry } from './accessFile.ts';
import { momentKey } from './momentKey.ts';
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
    const holder = entry.by === 'code' ? entry.name.normalize('NFC') : emailKey(entry.email);
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
  /** As {@link momentKey}; before and after all of them where the entry has none. */
  readonly from: string;
  readonly until: string;
  readonly daily: readonly { readonly days: number; readonly from: number; readonly until: number }[];
}

function windowOf(entry: Entry): Window {
  const daily = dailyLimitsOf(entry).map(({ limits }) => ({ days: daysOf(limits), ...hoursOf(limits) }));
  const { from, until } = entry;
  return { entry, from: from ? momentKey(from) : '', until: until ? momentKey(until) : '~', daily };
}

function isAtSameTime(one: Window, other: Window): boolean {
  return one.daily.some((mine) =>
    other.daily.some((theirs) => (mine.days & theirs.days) > 0 && mine.from < theirs.until && theirs.from < mine.until),
  );
}
