import { inPages } from '../../base/eventLoop.ts';
import type { AccountActivity } from './accountActivity.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';
import { logDisabled, logEnabled } from './attempt.ts';

/** `ever`: the log of its lock was read without a gap back to when the code or app was created; `inLog`: to where the log ends, which may not be all. */
export type FirstUse = 'ever' | 'inLog';

/** A lock's clock may be behind Nuki's, in ms, so that an entry tells of a time before its authorization was created. */
const mostBehind = dayLength;

interface Uses {
  readonly smartlockId: number;
  /** What entries of it are called: one of the same name that does not say by what it was may be a use, too. */
  readonly names: Set<string>;
  first: { readonly id: string; readonly at: number } | undefined;
  /** Whether an entry may be a use, and may be the first: it has no date, or does not say how it ended. */
  isUncertain: boolean;
}

/**
 * The entries that are the first use of an authorization, by their ids: the earliest success by it. Only where that is known: a log that was
 * not read whole, that has entries which could not be understood, or that was off for a time tells of no first use.
 * @param createdAt of an authorization by its id, ms since 1970; `undefined` where that is not known
 */
export async function firstUses(
  { attempts, request, reach }: Pick<AccountActivity, 'attempts' | 'request' | 'reach'>,
  createdAt: (authId: string) => number | undefined,
): Promise<ReadonlyMap<string, FirstUse>> {
  const { action, accountUserId, from } = request;
  if (reach.kind !== 'complete' || reach.unreadable > 0 || action !== undefined || accountUserId !== undefined)
    return new Map();
  const uses = new Map<string, Uses>();
  const switched = new Set<number>();
  const unattributed = new Set<string>();
  const oldest = new Map<number, number>();
  for await (const page of inPages(attempts)) {
    for (const { entry, at, outcome } of page) {
      const { smartlockId, authId, id, name = '' } = entry;
      oldest.set(smartlockId, Math.min(oldest.get(smartlockId) ?? Infinity, at ?? Infinity));
      if (entry.action === logEnabled || entry.action === logDisabled) switched.add(smartlockId);
      if (outcome !== 'done' && outcome !== 'unknown') continue;
      if (authId === undefined) {
        if (name !== '') unattributed.add(`${smartlockId}/${name}`);
        continue;
      }
      const known = uses.get(authId) ?? { smartlockId, names: new Set(), first: undefined, isUncertain: false };
      uses.set(authId, known);
      known.names.add(name);
      if (at === undefined || outcome === 'unknown') known.isUncertain = true;
      else if (known.first === undefined || at < known.first.at) known.first = { id, at };
    }
  }
  const firsts = new Map<string, FirstUse>();
  for (const [authId, { smartlockId, names, first, isUncertain }] of uses) {
    if (first === undefined || isUncertain || switched.has(smartlockId)) continue;
    if ([...names].some((name) => unattributed.has(`${smartlockId}/${name}`))) continue;
    const created = createdAt(authId);
    const reachesBack =
      created !== undefined &&
      (oldest.get(smartlockId) ?? Infinity) <= created &&
      (from === undefined || from <= created - mostBehind);
    if (reachesBack) firsts.set(first.id, 'ever');
    else if (from === undefined) firsts.set(first.id, 'inLog');
  }
  return firsts;
}
