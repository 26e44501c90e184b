import { actions, kindOf, phaseOf, type ActionName, type ActionTraits } from '../nuki/vocabulary/kinds.ts';
import { isInContinuousMode, isSettled, phaseOfDevice, type Smartlock } from '../nuki/smartlock.ts';

/** How an action that was sent has ended, as far as it was seen. Times are milliseconds since 1970. */
export type Outcome =
  /** There is evidence that the device has done it. `already`: the device as it was reported before, where that was its end already. */
  | { readonly kind: 'confirmed'; readonly at: number; readonly already?: Smartlock }
  /** The device's log gives the reason: a completion state. */
  | { readonly kind: 'failed'; readonly at: number; readonly completion: number }
  /** The device itself reports a fault: a state of its kind. */
  | { readonly kind: 'fault'; readonly at: number; readonly state: number }
  /** Nothing proves that it was done, nor that it was not. */
  | { readonly kind: 'unconfirmed'; readonly at: number }
  /** The user no longer waited for it; what was sent is not called back by that. */
  | { readonly kind: 'unwatched'; readonly at: number };

/** An action that was sent from here; without an outcome it is under way. */
export interface Operation {
  readonly action: ActionName;
  /** When it was sent, in milliseconds since 1970. */
  readonly since: number;
  readonly outcome?: Outcome;
}

/** Whether `device` rests where `action` leads. */
export function hasArrived(device: Smartlock, action: ActionName): boolean {
  const { endsIn, notIn, continuous }: ActionTraits = actions[action];
  if (!isSettled(device) || !endsIn.includes(phaseOfDevice(device))) return false;
  return device.state?.state !== notIn && (continuous === undefined || continuous === isInContinuousMode(device));
}

/** These change nothing at a device that is there already; a latch can be pulled twice. */
const lasting: ReadonlySet<ActionName> = new Set<ActionName>([
  'unlock',
  'lock',
  'activateRingToOpen',
  'deactivateRingToOpen',
  'activateContinuousMode',
  'deactivateContinuousMode',
]);

/** Whether `action` had nothing to do at `before`, as far as was reported: it led there, and that is where the device rests `now`. */
export function wasAlready(before: Smartlock, now: Smartlock, action: ActionName): boolean {
  return lasting.has(action) && hasArrived(before, action) && !hasChanged(before, now);
}

function hasChanged(before: Smartlock, now: Smartlock): boolean {
  return before.state?.state !== now.state?.state || before.state?.mode !== now.state?.mode;
}

/** Whether it was not seen how it ended. */
export function isUnseen({ kind }: Outcome): boolean {
  return kind === 'unconfirmed' || kind === 'unwatched';
}

/** `operation` if it was not seen how it ended, otherwise nothing: what remains of it when a later one comes to nothing. */
export function inDoubt(operation: Operation | undefined): Operation | undefined {
  return operation?.outcome && isUnseen(operation.outcome) ? operation : undefined;
}

/**
 * What remains to be said of an operation once the device was read anew: a result that was seen fades, one that was not seen
 * stays until the device rests where it should, and, where it may have rested there all the time, until that was its last action.
 */
export function afterRefresh(operation: Operation | undefined, device: Smartlock): Operation | undefined {
  if (operation?.outcome === undefined) return operation;
  return isSeenDone(operation, device) ? undefined : inDoubt(operation);
}

function isSeenDone({ action }: Operation, device: Smartlock): boolean {
  const wasLast = device.state?.lastAction === kindOf(device.type).actions[action];
  return hasArrived(device, action) && (lasting.has(action) || wasLast);
}

/** The state that a device reports, when it is a fault that `before` did not have. */
export function freshFault(before: Smartlock, now: Smartlock): number | undefined {
  const state = now.state?.state;
  if (state === before.state?.state) return undefined;
  return phaseOf(kindOf(now.type), state) === 'fault' ? state : undefined;
}
