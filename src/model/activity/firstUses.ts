import { inPages } from '../../base/eventLoop.ts';
import type { AccountActivity } from './accountActivity.ts';

/** `ever`: the log was read without a gap back to when the code or app was created; `inLog`: to where the log ends, which may not be all. */
export type FirstUse = 'ever' | 'inLog';

/** A lock's clock may be behind Nuki's, so that an entry tells of a time before its authorization was created. */
const day = 24 * 60 * 60_000;
const logEnabled = 254;
const logDisabled = 255;

interface Uses {
  readonly smartlockId: number;
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
  let oldest = Infinity;
  for await (const page of inPages(attempts)) {
    for (const { entry, at, outcome } of page) {
      const { smartlockId, authId, id } = entry;
      oldest = Math.min(oldest, at ?? Infinity);
      if (entry.action === logEnabled || entry.action === logDisabled) switched.add(smartlockId);
      if (authId === undefined || (outcome !== 'done' && outcome !== 'unknown')) continue;
      const known = uses.get(authId) ?? { smartlockId, first: undefined, isUncertain: false };
      uses.set(authId, known);
      if (at === undefined || outcome === 'unknown') known.isUncertain = true;
      else if (known.first === undefined || at < known.first.at) known.first = { id, at };
    }
  }
  const firsts = new Map<string, FirstUse>();
  for (const [authId, { smartlockId, first, isUncertain }] of uses) {
    if (first === undefined || isUncertain || switched.has(smartlockId)) continue;
    const created = createdAt(authId);
    const reachesBack = created !== undefined && oldest <= created && (from === undefined || from <= created - day);
    if (reachesBack) firsts.set(first.id, 'ever');
    else if (from === undefined) firsts.set(first.id, 'inLog');
  }
  return firsts;
}
