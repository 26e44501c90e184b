import { actions, kindOf, type ActionName, type ActionTraits } from '../../nuki/vocabulary/kinds.ts';
import { isInContinuousMode, phaseOfDevice, type Smartlock } from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';

/** Why it is not known how an action has ended. */
export type Uncertainty =
  /** Nothing of it was seen. */
  | 'unseen'
  /** Nothing of it was seen, and the API's answer has left open whether it was taken. */
  | 'perhapsNotTaken'
  /** The device could not be read since. */
  | 'unreadable'
  /** The API asks to wait, longer than an action is followed. */
  | 'rateLimited'
  /** The device is where the action leads, and its log has no entry of ours: someone else may have done it. */
  | 'anyone'
  /** The device has got there by a remote action, and its log cannot be read: an app or a keypad may have done it. */
  | 'unlogged'
  /** Another client of the Web API has done the same at the same time, and only one of the two has succeeded. */
  | 'mixed'
  /** The log tells of one attempt, which may be the same action that was sent from here before. */
  | 'earlier'
  /** It has opened, as it does first; that it then locked was not seen. */
  | 'lockingUnseen';

/** How an action that was sent has ended, as far as it was seen. Times are milliseconds since 1970. */
export type Outcome =
  /**
   * The device's log says that it was done. `reportedBefore`: the device as it was reported before, where that was its end already; `now`:
   * the device as it is reported, where that is not where the action leads.
   */
  | { readonly kind: 'confirmed'; readonly at: number; readonly reportedBefore?: Smartlock; readonly now?: Smartlock }
  /** The device's log says so, and gives the reason: a completion state; none where several attempts have failed, each for another. */
  | { readonly kind: 'failed'; readonly at: number; readonly completion?: number }
  /** The device itself reports a fault: a state of its kind. */
  | { readonly kind: 'fault'; readonly at: number; readonly state: number }
  /** Nothing proves that it was done, nor that it was not. `retryAt`: until when the API asks to wait. */
  | { readonly kind: 'unconfirmed'; readonly at: number; readonly reason: Uncertainty; readonly retryAt?: number }
  /** The user stopped waiting; what was sent is not recalled by that. */
  | { readonly kind: 'unwatched'; readonly at: number };

/** An action that was sent from here; without an outcome it is under way. */
export interface Operation {
  readonly action: ActionName;
  /** Another window of the user has sent it. */
  readonly isElsewhere?: true;
  /** When it was sent, in milliseconds since 1970. */
  readonly since: number;
  readonly outcome?: Outcome;
}

const kinds: readonly unknown[] = [
  'confirmed',
  'failed',
  'fault',
  'unconfirmed',
  'unwatched',
] satisfies Outcome['kind'][];
const reasons: readonly unknown[] = [
  'unseen',
  'perhapsNotTaken',
  'unreadable',
  'rateLimited',
  'anyone',
  'unlogged',
  'mixed',
  'earlier',
  'lockingUnseen',
] satisfies Uncertainty[];

/** Whether a value that another window has written is an outcome. */
export function isOutcome(value: unknown): value is Outcome {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !kinds.includes(value.kind)) return false;
  if (!('at' in value) || typeof value.at !== 'number') return false;
  if (value.kind === 'fault') return 'state' in value && typeof value.state === 'number';
  return value.kind !== 'unconfirmed' || ('reason' in value && reasons.includes(value.reason));
}

/** Whether `device` rests where `action` leads. */
export function hasArrived(device: Smartlock, action: ActionName): boolean {
  const { endsIn, continuous }: ActionTraits = actions[action];
  if (!endsIn.includes(phaseOfDevice(device))) return false;
  return continuous === undefined || continuous === isInContinuousMode(device);
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

/** Whether a device has another state or another mode. */
export function hasChanged(before: Smartlock, now: Smartlock): boolean {
  return before.state?.state !== now.state?.state || before.state?.mode !== now.state?.mode;
}

/** Whether Nuki dates what it shows of a device later than before. */
export function isNewer(before: Smartlock, now: Smartlock): boolean {
  return (instantOf(now.updateDate) ?? 0) > (instantOf(before.updateDate) ?? 0);
}

/** Whether the outcome leaves open what the door is like: where the device has got there, only whose deed it was is open. */
export function isUnseen(outcome: Outcome): boolean {
  return outcome.kind === 'unwatched' || (outcome.kind === 'unconfirmed' && outcome.reason !== 'unlogged');
}

/** `operation` if its outcome is unseen, otherwise `undefined`: what is shown again when a later operation comes to nothing. */
export function inDoubt(operation: Operation | undefined): Operation | undefined {
  return operation?.outcome && isUnseen(operation.outcome) ? operation : undefined;
}

/** For how many milliseconds a result that was seen is shown at least: a refresh may follow it at once. */
const shownAtLeastMs = 10_000;

/**
 * The operation to show once the device was read anew, which was asked for at `askedAt`, in ms since 1970. A result that was seen stays for
 * {@link shownAtLeastMs} while it holds. An unseen one stays until the device rests where the action leads, and, unless the action is
 * {@link lasting}, until it was the last action of the device.
 */
export function afterRefresh(
  operation: Operation | undefined,
  device: Smartlock,
  askedAt: number,
): Operation | undefined {
  if (operation?.outcome === undefined) return operation;
  const { action, outcome } = operation;
  if (isUnseen(outcome)) return isSeenDone(operation, device) ? undefined : operation;
  const isNew = Math.abs(askedAt - outcome.at) < shownAtLeastMs;
  return isNew && holds(outcome, action, device) ? operation : undefined;
}

/** Whether what was said of `device` when the action ended is still so. */
function holds(outcome: Outcome, action: ActionName, device: Smartlock): boolean {
  const hasFailed = outcome.kind === 'failed' || outcome.kind === 'fault';
  const hadMovedOn = outcome.kind === 'confirmed' && outcome.now !== undefined;
  return hasFailed || hadMovedOn || hasArrived(device, action);
}

function isSeenDone({ action }: Operation, device: Smartlock): boolean {
  const wasLast = device.state?.lastAction === kindOf(device.type).actions[action];
  return hasArrived(device, action) && (lasting.has(action) || wasLast);
}

/** States of a lock for a moment after someone at the door was not let in: wrong code, fingerprint or NFC tag. OpenAPI. */
const failedAttempts: readonly (number | undefined)[] = [224, 225, 226];

/** Whether `state` tells of someone's failed attempt at the door, which ends no action of ours. */
export function isFailedAttempt(state: number | undefined): boolean {
  return failedAttempts.includes(state);
}

/** `state` of a lock: its motor is blocked. Nuki guide, "State". */
const motorBlocked = 254;

/** The state that a device reports, when it is a fault by which an action ends and which `before` did not have. */
export function freshFault(before: Smartlock, now: Smartlock): number | undefined {
  const isFresh = now.state?.state === motorBlocked && before.state?.state !== motorBlocked;
  return isFresh && kindOf(now.type).bolt ? motorBlocked : undefined;
}
