import { doorOf, entryKeyOf, type Step } from '../plan/accessPlan.ts';

/** What has to be confirmed before each step: what the plan does before it for the same entry at the same door. */
export function stepsBefore(steps: readonly Step[]): ReadonlyMap<Step, readonly Step[]> {
  const places = Map.groupBy(steps, (step) => JSON.stringify([entryKeyOf(step), doorOf(step)]));
  return new Map([...places.values()].flatMap((all) => all.map((step, index) => [step, all.slice(0, index)] as const)));
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
