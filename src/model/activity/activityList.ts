import type { ActivityEntry } from '../../nuki/activityLog.ts';
import type { Decoded } from '../../nuki/http/decode.ts';
import { isEnough, isOlderLog, longer, type Row } from '../news.ts';

/** How many entries a page of the log holds; the API gives no more at once. */
export const pageSize = 50;

/** The newest part of a device's log, as far as it was read. */
export interface ActivityList {
  /** Newest first, each id once. */
  readonly items: readonly ActivityEntry[];
  /** Whether the log ends here. */
  readonly isComplete: boolean;
  /** The id of the last entry that was read, understood or not; the next page begins after it. */
  readonly oldestId: string | undefined;
  /** How many entries could not be understood. */
  readonly unreadable: number;
  /** When the newest page was asked for, by our clock; ms since 1970. */
  readonly readAt: number;
  /** Answers of older copies since the newest page was read. */
  readonly older?: Row | undefined;
}

/** Which entries are shown: those of one action, by its code, or of one person, by the name as the log has it. */
export type ActivityFilter = { readonly action: number } | { readonly name: string };

/**
 * The list with its newest page read anew, at `askedAt` by our clock while it is `now` by Nuki's (ms since 1970). A page without any known
 * entry may leave a gap before these, so the known ones are dropped. A page of an older copy leaves the list as it is, unless no other
 * answers for a while.
 */
export function withNewest(
  known: ActivityList | undefined,
  page: Decoded<ActivityEntry>,
  askedAt: number,
  now: number,
): ActivityList {
  if (known && isOlderLog(known.items, page.items, now)) {
    const older = longer(known.older, askedAt);
    if (!isEnough(older)) return { ...known, older };
  }
  const newest = listOf(page, askedAt);
  const ids = new Set(page.items.map(({ id }) => id));
  const lastShared = known?.items.findLastIndex(({ id }) => ids.has(id)) ?? -1;
  if (!known || newest.isComplete || lastShared === -1) return newest;
  return {
    ...known,
    older: undefined,
    readAt: askedAt,
    items: [...newest.items, ...known.items.slice(lastShared + 1)],
    unreadable: Math.max(known.unreadable, newest.unreadable),
  };
}

/** The list with the page that follows it. A page that brings nothing new ends it: asking again would bring the same. */
export function withNext(known: ActivityList, page: Decoded<ActivityEntry>): ActivityList {
  const next = listOf(page, known.readAt);
  const ids = new Set(known.items.map(({ id }) => id));
  const added = next.items.filter(({ id }) => !ids.has(id));
  return {
    items: [...known.items, ...added],
    isComplete: next.isComplete || next.oldestId === known.oldestId || added.length + next.unreadable === 0,
    oldestId: next.oldestId ?? known.oldestId,
    unreadable: known.unreadable + next.unreadable,
    readAt: known.readAt,
  };
}

/** The entries that a filter lets through; without one all. */
export function filtered(
  items: readonly ActivityEntry[],
  filter: ActivityFilter | undefined,
): readonly ActivityEntry[] {
  if (!filter) return items;
  return items.filter((entry) => ('action' in filter ? entry.action === filter.action : entry.name === filter.name));
}

/** A page alone: one that is shorter than asked for is the last. */
function listOf({ items, unreadable }: Decoded<ActivityEntry>, readAt: number): ActivityList {
  const oldestId = idOfLast(items, unreadable);
  return {
    items,
    isComplete: items.length + unreadable.length < pageSize || oldestId === undefined,
    oldestId,
    unreadable: unreadable.filter(({ problem }) => problem !== 'duplicate').length,
    readAt,
  };
}

function idOfLast(
  items: readonly ActivityEntry[],
  unreadable: Decoded<ActivityEntry>['unreadable'],
): string | undefined {
  const last = items.length + unreadable.length - 1;
  return unreadable.find(({ index }) => index === last)?.id ?? items.at(-1)?.id;
}
