import type { Step } from '../plan/accessPlan.ts';

export function doorOf(step: Step): number {
  return step.kind === 'add' ? step.wanted.smartlockId : step.owned.smartlockId;
}

function entryOf(step: Step): string {
  return step.kind === 'remove' ? step.owned.entry : step.wanted.entry.key;
}

/** Additions, what widens, other changes, removals. */
function rankOf(step: Step): number {
  if (step.kind === 'change') return step.gains.length > 0 ? 1 : 2;
  return step.kind === 'add' ? 0 : 3;
}

/** What has to be confirmed before each step: what its entry is given at its door, before anything is taken away there. */
export function stepsBefore(steps: readonly Step[]): ReadonlyMap<Step, readonly Step[]> {
  const places = Map.groupBy(steps, (step) => JSON.stringify([entryOf(step), doorOf(step)]));
  const before = (step: Step, all: readonly Step[]) => all.filter((other) => rankOf(other) < rankOf(step));
  return new Map([...places.values()].flatMap((all) => all.map((step) => [step, before(step, all)] as const)));
}

/** Steps that are asked for at once: what an entry is given at several doors, with one code; any other step alone. */
export function stepsTogether(steps: readonly Step[]): readonly (readonly Step[])[] {
  const alike = (step: Step): unknown => {
    if (step.kind !== 'add') return step;
    const { entry, part } = step.wanted;
    return JSON.stringify([entry.key, entry.by, part]);
  };
  return [...Map.groupBy(steps, alike).values()];
}
