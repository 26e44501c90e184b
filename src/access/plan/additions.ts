import { creationProblems, occupancyOf, type Slots } from '../../model/authorizations/creationProblem.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { hasKeypad } from '../../nuki/smartlock.ts';
import type { AddStep, Blocked, RemoveStep, Wanted } from './accessPlan.ts';
import type { ReadDoor } from './ownedAt.ts';

/** What can be added at a door, and what cannot. */
export interface Additions {
  readonly adds: readonly AddStep[];
  readonly blocked: readonly { readonly kind: 'blocked'; readonly wanted: Wanted; readonly why: Blocked }[];
}

/**
 * Which of `missing` there is room for at a door, at once or when the `removals` are done. `makesRoom`: whether a removal may come before
 * something is added.
 */
export function additionsAt(
  { state, list }: ReadDoor,
  missing: readonly Wanted[],
  removals: readonly RemoveStep[],
  makesRoom: (removal: RemoveStep, wanted: Wanted) => boolean,
): Additions {
  const adds: AddStep[] = [];
  const blocked: { kind: 'blocked'; wanted: Wanted; why: Blocked }[] = [];
  if (missing.length === 0) return { adds, blocked };
  const occupancy = occupancyOf(state, list.items, undefined);
  const added = { codes: 0, others: 0, appUsers: new Set<number>() };
  for (const wanted of missing) {
    const { type, as, accountUserId } = wanted;
    const problemWithout = (gone: readonly RemoveStep[]): Blocked | undefined => {
      const goneCodes = gone.filter(({ before }) => isCode(before)).length;
      const goneUsers = new Set(gone.filter(({ before }) => isApp(before)).map(({ before }) => before.accountUserId));
      const has = (id: number): boolean => (occupancy.appUsers.has(id) && !goneUsers.has(id)) || added.appUsers.has(id);
      const [problem] = creationProblems(
        { type, name: as.name, accountUserId },
        {
          codes: withMore(occupancy.codes, added.codes - goneCodes),
          others: withMore(occupancy.others, added.others - gone.length + goneCodes),
          takenCodes: occupancy.takenCodes,
          appUsers: { has },
        },
      );
      return isCode(wanted) && !hasKeypad(state.device) ? 'noKeypad' : problem;
    };
    const room = removals.filter((removal) => makesRoom(removal, wanted));
    const now = problemWithout([]);
    const why = now && room.length > 0 ? problemWithout(room) : now;
    if (why) {
      blocked.push({ kind: 'blocked', wanted, why });
      continue;
    }
    adds.push({ kind: 'add', wanted, waitsForRemovals: now !== undefined });
    added[isCode(wanted) ? 'codes' : 'others'] += 1;
    if (isApp(wanted) && accountUserId !== undefined) added.appUsers.add(accountUserId);
  }
  return { adds, blocked };
}

function isCode({ type }: { readonly type: number }): boolean {
  return type === authorizationType.keypadCode;
}

function isApp({ type }: { readonly type: number }): boolean {
  return type === authorizationType.app;
}

function withMore({ used = 0, limit }: Slots, more: number): Slots {
  return { used: used + more, limit };
}
