import { actions, kindOf, phaseOf, type ActionName, type ActionTraits } from '../nuki/vocabulary/kinds.ts';
import { isInContinuousMode, isSettled, phaseOfDevice, type Smartlock } from '../nuki/smartlock.ts';

/** How an action that was sent has ended, as far as it was seen. Times are milliseconds since 1970. */
export type Outcome =
  /** There is evidence that the device has done it. `already`: the device as it was reported before, where that was its end already. */
  | { readonly kind: 'confirmed'; readonly at: number; readonly reportedBefore?: Smartlock }
  /** The device's log gives the reason: a completion state. */
  | { readonly kind: 'failed'; readonly at: number; readonly completion: number }
  /** The device itself reports a fault: a state of its kind. */
  | { readonly kind: 'fault'; readonly at: number; readonly state: number }
  /** Nothing proves that it was done, nor that it was not. */
  | { readonly kind: 'unconfirmed'; readonly at: number }
  /** The user stopped waiting; what was sent is not recalled by that. */
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

/** They change nothing on a device that has arrived already. Unlatching is not one of them: a latch can be pulled twice. */
const lasting: ReadonlySet<ActionName> = new Set<ActionName>([
  'unlock',
  'lock',
  'activateRingToOpen',
  'deactivateRingToOpen',
  'activateContinuousMode',
  'deactivateContinuousMode',
]);

/** Whether `action` had nothing to do, as far as was reported: `before` rested already where it leads, and `now` still does. */
export function wasAlready(before: Smartlock, now: Smartlock, action: ActionName): boolean {
  return lasting.has(action) && hasArrived(before, action) && !hasChanged(before, now);
}

function hasChanged(before: Smartlock, now: Smartlock): boolean {
  return before.state?.state !== now.state?.state || before.state?.mode !== now.state?.mode;
}

/** Whether the outcome leaves open how the action ended. */
export function isUnseen({ kind }: Outcome): boolean {
  return kind === 'unconfirmed' || kind === 'unwatched';
}

/** `operation` if its outcome is unseen, otherwise `undefined`: what is shown again when a later operation comes to nothing. */
export function inDoubt(operation: Operation | undefined): Operation | undefined {
  return operation?.outcome && isUnseen(operation.outcome) ? operation : undefined;
}

/**
 * The operation to show once the device was read anew. A result that was seen is dropped. An unseen one stays until the device rests where
 * the action leads, and, unless the action is {@link lasting}, until it was the last action of the device.
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
