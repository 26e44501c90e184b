import type { Unconfirmed } from '../../model/authorizations/authorizationFollower.ts';
import type { Sent } from '../../model/authorizations/authorizationWriter.ts';
import { isUntold, type PendingChange } from '../../model/authorizations/pendingChanges.ts';
import { doorOf, type Step } from '../plan/accessPlan.ts';
import type { NotBegun, StepState } from './applyPlan.ts';

/** How far the steps of a plan are. */
export class StepStates {
  readonly #states = new Map<Step, StepState>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  of(step: Step): StepState {
    return this.#states.get(step) ?? { kind: 'notBegun' };
  }

  /** Whether its turn is still to come. */
  isOpen(step: Step): boolean {
    const state = this.of(step);
    return state.kind === 'notBegun' && state.why === undefined;
  }

  set(step: Step, state: StepState): void {
    this.#states.set(step, state);
    this.#onChange();
  }

  fail(step: Step, why: Extract<StepState, { kind: 'failed' }>['why']): void {
    this.set(step, { kind: 'failed', why });
  }

  leave(steps: readonly Step[], why: NotBegun): void {
    for (const step of steps) this.set(step, { kind: 'notBegun', why });
  }
}

/** What no list has shown done at the door of a step. */
export function pendingAt(step: Step, unconfirmed: readonly Unconfirmed[] | undefined): PendingChange | undefined {
  return unconfirmed?.find(({ smartlockId }) => smartlockId === doorOf(step))?.pendingChange;
}

/** How far a step is that was sent. `unconfirmed`: what no list has shown done; not known where the user no longer waits. */
export function stateAfter(step: Step, { doubt }: Sent, unconfirmed: readonly Unconfirmed[] | undefined): StepState {
  const pending = pendingAt(step, unconfirmed);
  if (unconfirmed && !pending) return { kind: 'done' };
  if (pending && isUntold(pending)) return { kind: 'untold' };
  const isTaken = pending ? pending.answer === 'taken' : !doubt;
  return { kind: isTaken ? 'pending' : 'unknown' };
}
