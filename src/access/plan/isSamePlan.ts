import { deepEqual } from '../../base/deepEqual.ts';
import { keyOfOwned } from '../record/accessRecord.ts';
import type { Plan, Step } from './accessPlan.ts';
import { writtenOf } from './asWritten.ts';

/** Whether by two plans the same would be done, and the same asked before. */
export function isSamePlan(a: Plan, b: Plan): boolean {
  return a.accountId === b.accountId && deepEqual(a.steps.map(askedBy), b.steps.map(askedBy));
}

/** What a step does, and to what: not where its entry stands in the file, nor how often someone has opened with it meanwhile. */
function askedBy(step: Step): unknown {
  const target = step.kind === 'add' ? step.waitsForRemovals : [keyOfOwned(step.owned), writtenOf(step.before)];
  if (step.kind === 'remove') return [step.kind, target];
  const { entry, smartlockId, part, type, as, accountUserId } = step.wanted;
  const changes = step.kind === 'change' ? step.changes : undefined;
  return [step.kind, target, changes, entry.key, entry.email, smartlockId, part, type, as, accountUserId];
}
