import {
  completionsOf,
  hasSucceeded,
  isHeldBack,
  ringOpenedBy,
  type AccountActivityEntry,
  type ActivityEntry,
} from '../../nuki/activityLog.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { kindWordsOf } from '../../nuki/vocabulary/kindWords.ts';
import { completionStates } from '../../nuki/vocabulary/words.ts';

/** What an entry of a log is about. `opened`: what lets someone in where it succeeds; `other`: every unfamiliar action, too. */
export const activityKinds = ['opened', 'locked', 'ringToOpen', 'doorbell', 'door', 'settings', 'other'] as const;
export type ActivityKind = (typeof activityKinds)[number];

/**
 * How it ended. `refused`: whoever it was was not let in; `failed`: it came to nothing for another reason; `heldBack`: Auto Unlock's own
 * filter, which refuses no one; `unknown`: the log does not say.
 */
export const attemptOutcomes = ['done', 'refused', 'failed', 'heldBack', 'unknown'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** An entry of the account's log, and what it comes to. */
export interface Attempt {
  readonly entry: AccountActivityEntry;
  /** Ms since 1970; `undefined` where the log has no readable date. */
  readonly at: number | undefined;
  readonly kind: ActivityKind;
  readonly outcome: AttemptOutcome;
  /** Whether someone could enter: an attempt that did not succeed is no opening. */
  readonly isOpening: boolean;
}

/** Of the actions as logs name them, whatever their code on a device. */
const kindOfAction: Readonly<Record<string, ActivityKind>> = {
  unlock: 'opened',
  unlatch: 'opened',
  "lock 'n' go": 'opened',
  "lock 'n' go with unlatch": 'opened',
  'electric strike actuation': 'opened',
  lock: 'locked',
  'full lock': 'locked',
  'activate ring to open': 'ringToOpen',
  'deactivate ring to open': 'ringToOpen',
  'activate continuous mode': 'ringToOpen',
  'deactivate continuous mode': 'ringToOpen',
  'doorbell rang': 'doorbell',
  'door ajar': 'door',
  'door status mismatch': 'door',
  'door opened': 'door',
  'door closed': 'door',
  'door sensor jammed': 'door',
  'restored to default settings': 'settings',
  'firmware update': 'settings',
  'door log enabled': 'settings',
  'door log disabled': 'settings',
  initialization: 'settings',
  calibration: 'settings',
  'log enabled': 'settings',
  'log disabled': 'settings',
  'fob: no action': 'other',
  'button: no action': 'other',
  'fob action 1': 'other',
  'fob action 2': 'other',
  'fob action 3': 'other',
};

/** The actions by which the log of a device is switched on and off. OpenAPI. */
export const logEnabled = 254;
export const logDisabled = 255;

/** Completion states that tell of someone who was not let in: credentials that are not known, and rejections. OpenAPI. */
const refusals: readonly number[] = [9, 10, 224, 225, 226];

/** The same among the errors of tap to unlock: a document that was revoked, and invalid access rights. OpenAPI. */
const tapToUnlockRefusals: readonly number[] = [0, 37];

/** @param type of the device; `undefined` where it is not known */
export function activityKindOf(action: number, type: number | undefined): ActivityKind {
  const word = type === undefined ? undefined : kindWordsOf(type).logActions[action];
  return (word === undefined ? undefined : kindOfAction[word]) ?? 'other';
}

export function outcomeOf(entry: ActivityEntry): AttemptOutcome {
  const succeeded = hasSucceeded(entry);
  if (succeeded === undefined) return 'unknown';
  if (succeeded) return 'done';
  if (isHeldBack(entry)) return 'heldBack';
  const refusalStates = completionsOf(entry) === completionStates ? refusals : tapToUnlockRefusals;
  return refusalStates.includes(entry.state ?? -1) ? 'refused' : 'failed';
}

/** @param type of the device; `undefined` where it is not known */
export function attemptOf(entry: AccountActivityEntry, type: number | undefined): Attempt {
  const kind = activityKindOf(entry.action, type);
  const outcome = outcomeOf(entry);
  const isOpening =
    outcome === 'done' && (kind === 'opened' || (kind === 'doorbell' && ringOpenedBy(entry) !== undefined));
  return { entry, at: instantOf(entry.date), kind, outcome, isOpening };
}
