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
  const removed = new Set(removals.map(({ before }) => before.id));
  const staying = list.items.filter(({ id }) => !removed.has(id));
  const occupancy = occupancyOf(state, staying, undefined);
  for (const wanted of missing) {
    const { type, as, accountUserId } = wanted;
    const problemBeside = (others: readonly RemoveStep[]): Blocked | undefined => {
      const more = [...others.map(({ before }) => before), ...adds.map((add) => add.wanted)];
      const codes = more.filter(isCode).length;
      const users = new Set(more.filter(isApp).map((each) => each.accountUserId));
      const [problem] = creationProblems(
        { type, name: as.name, accountUserId },
        {
          codes: withMore(occupancy.codes, codes),
          others: withMore(occupancy.others, more.length - codes),
          takenCodes: occupancy.takenCodes,
          appUsers: { has: (id) => occupancy.appUsers.has(id) || users.has(id) },
        },
      );
      return isCode(wanted) && !hasKeypad(state.device) ? 'noKeypad' : problem;
    };
    const kept = removals.filter((removal) => !makesRoom(removal, wanted));
    const now = problemBeside(removals);
    const why = now && kept.length < removals.length ? problemBeside(kept) : now;
    if (why) {
      blocked.push({ kind: 'blocked', wanted, why });
      continue;
    }
    adds.push({ kind: 'add', wanted, waitsForRemovals: now !== undefined });
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
