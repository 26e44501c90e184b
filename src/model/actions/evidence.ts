import { hasSucceeded, webTrigger, type ActivityEntry } from '../../nuki/activityLog.ts';
import { isSettled, phaseOfDevice, type Smartlock } from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { actions, kindOf, type ActionName, type ActionTraits } from '../../nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../../nuki/vocabulary/kindWords.ts';
import {
  freshFault,
  hasArrived,
  hasChanged,
  isFailedAttempt,
  isNewer,
  wasAlready,
  type Uncertainty,
  type Outcome,
} from './operation.ts';

// What a look at a device and its log proves of an action that was sent. Nuki gives no request a name that the log repeats: an entry is
// ours by its action, its trigger and its date alone, and every client of the Web API has the same trigger.

/** An action that was sent, and what was known just before. */
export interface Sent {
  readonly action: ActionName;
  /** When it was sent, by Nuki's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly device: Smartlock;
  /** The newest entries of the device's log; `undefined` when it could not be read. */
  readonly log: readonly ActivityEntry[] | undefined;
  /** When the same action was sent from here before and not seen to end; its entry may still come. In ms since 1970, by Nuki's clock. */
  readonly earlier?: readonly number[];
}

/** What a look after that has seen. */
export interface Sight {
  readonly device: Smartlock;
  /** All entries seen since that were not there before; `undefined` when the log could not be read, before or since. */
  readonly entries: readonly ActivityEntry[] | undefined;
  /** Whether the device was seen open by the action, now or earlier. */
  readonly hasOpened: boolean;
  /** Whether the device was seen in another state than before, now or earlier. */
  readonly hasLeft: boolean;
}

type WithoutTime<O> = O extends unknown ? Omit<O, 'at'> : never;

/** How an action has ended, without the time at which that is said. */
export type Ending = WithoutTime<Exclude<Outcome, { kind: 'unwatched' }>>;

/** By how many milliseconds the clocks of device, cloud and computer may differ. */
const clockTolerance = 60_000;

/**
 * The entries that may be of the action: of the same kind, by the Web API, and not dated before it. Entries may come late and in any order,
 * but all have the device's clock: what is dated before an entry that was known is older than the action.
 */
export function attemptsAmong(entries: readonly ActivityEntry[], sent: Sent): readonly ActivityEntry[] {
  const earliest = earliestDate(sent);
  return entries.filter(
    (entry) =>
      entry.action === codeOf(sent) &&
      entry.trigger === webTrigger &&
      hasSucceeded(entry) !== undefined &&
      !isFailedAttempt(entry.state) &&
      (instantOf(entry.date) ?? 0) >= earliest,
  );
}

function earliestDate(sent: Sent): number {
  const dates = (sent.log ?? []).map(({ date }) => instantOf(date) ?? 0);
  const known = dates.filter((date) => date <= sent.at + clockTolerance);
  return Math.max(sent.at - clockTolerance, ...known, afterUnloggedChange(sent));
}

/** The device's last change may have been the same remote action; while the log does not tell of it, its entry may still come. */
function afterUnloggedChange(sent: Sent): number {
  const { device, log } = sent;
  const changed = instantOf(device.updateDate);
  if (changed === undefined || device.state?.lastAction !== codeOf(sent) || !isRemote(device)) return 0;
  const isLogged = log?.some(
    ({ action, date }) => action === codeOf(sent) && (instantOf(date) ?? 0) >= changed - clockTolerance,
  );
  return isLogged ? 0 : changed + clockTolerance;
}

/** How many entries of the same action, sent from here before, the log does not have yet. */
function entriesToCome(sent: Sent): number {
  const { earlier = [], log = [] } = sent;
  const first = Math.min(...earlier);
  const come = log.filter(
    ({ action, trigger, date }) =>
      action === codeOf(sent) && trigger === webTrigger && (instantOf(date) ?? 0) >= first - clockTolerance,
  );
  return Math.max(0, earlier.length - come.length);
}

/** Whether the device got where it is by a remote action: a Box says "web", every other kind "system". Nuki guide, "Trigger". */
function isRemote({ type, state }: Smartlock): boolean {
  return state?.trigger === (kindWordsOf(type).triggers[webTrigger] === undefined ? 0 : webTrigger);
}

function codeOf({ action, device }: Sent): number | undefined {
  return kindOf(device.type).actions[action];
}

/** Whether the device has changed since by a remote action of this kind: by ours, or by that of an app, a keypad or another client. */
function mayBeOurs(sent: Sent, device: Smartlock): boolean {
  return isNewer(sent.device, device) && device.state?.lastAction === codeOf(sent) && isRemote(device);
}

/** Whether an action that opens first has done so, as far as `device` and the log tell. */
export function isOpenedFirst(sent: Sent, device: Smartlock, attempts: readonly ActivityEntry[]): boolean {
  if (!opensFirst(sent)) return false;
  return attempts.some(hasSucceeded) || (phaseOfDevice(device) === 'open' && mayBeOurs(sent, device));
}

function opensFirst({ action }: Sent): boolean {
  const { opensFirst: isTwofold = false }: ActionTraits = actions[action];
  return isTwofold;
}

/** What a {@link Sight} proves at once; `undefined` where it may be followed by something else. */
export function endSeen(sent: Sent, sight: Sight): Ending | undefined {
  const { device, entries } = sight;
  if (phaseOfDevice(device) === 'moving') return undefined;
  switch (attemptsEnd(sent, entries)) {
    case 'succeeded':
      return opensFirst(sent) ? endOfTwofold(sent, sight) : endOfSuccess(sent, device);
    case 'mixed':
      return { kind: 'unconfirmed', reason: 'mixed' };
    case 'unread':
      return sent.log === undefined && isReported(sent, device)
        ? { kind: 'unconfirmed', reason: 'unlogged' }
        : undefined;
    case 'failed':
    case 'earlier':
    case 'none':
      return undefined;
  }
}

/**
 * The failure that a {@link Sight} shows. It is ours only if nothing follows it for a while: another client may have failed, and ours still
 * be on its way.
 */
export function failureSeen(sent: Sent, sight: Sight): Ending | undefined {
  const { device, entries, hasOpened } = sight;
  if (!isSettled(device)) return undefined;
  switch (attemptsEnd(sent, entries)) {
    case 'failed':
      return hasOpened || hasMoved(sent, device) ? undefined : failureOf(sent, entries ?? []);
    case 'unread':
      return faultOf(sent, device);
    case 'succeeded':
      return opensFirst(sent) ? faultOf(sent, device) : undefined;
    case 'earlier':
      return { kind: 'unconfirmed', reason: 'earlier' };
    case 'none':
    case 'mixed':
      return undefined;
  }
}

/** What is left to say when the time is over. */
export function endAtLast(sent: Sent, sight: Sight | undefined): Ending {
  if (!sight) return { kind: 'unconfirmed', reason: 'unreadable' };
  const { device, entries } = sight;
  const end = endSeen(sent, sight) ?? failureSeen(sent, sight);
  if (end) return end;
  if (sight.hasOpened) return { kind: 'unconfirmed', reason: 'lockingUnseen' };
  if (entries && isSuccessOfOurs(sent, device, entries)) return { kind: 'confirmed', now: device };
  return { kind: 'unconfirmed', reason: uncertaintyOf(sent, sight) };
}

/** A success that the device does not show is believed if it is dated after the request, to the second. */
function isSuccessOfOurs(sent: Sent, device: Smartlock, entries: readonly ActivityEntry[]): boolean {
  if (attemptsEnd(sent, entries) !== 'succeeded') return false;
  const isDatedAfter = attemptsAmong(entries, sent).some(({ date }) => (instantOf(date) ?? 0) > sent.at - 1_000);
  return isNewer(sent.device, device) || isDatedAfter;
}

function uncertaintyOf(sent: Sent, { device, entries }: Sight): Uncertainty {
  if (entries === undefined && isReported(sent, device)) return 'unlogged';
  const isThere = hasArrived(device, sent.action) && (hasChanged(sent.device, device) || mayBeOurs(sent, device));
  return isThere ? 'anyone' : 'unseen';
}

function attemptsEnd(
  sent: Sent,
  entries: readonly ActivityEntry[] | undefined,
): 'succeeded' | 'failed' | 'mixed' | 'earlier' | 'none' | 'unread' {
  if (entries === undefined) return 'unread';
  const attempts = attemptsAmong(entries, sent);
  if (attempts.length === 0) return 'none';
  if (attempts.length <= entriesToCome(sent)) return 'earlier';
  const ends = new Set(attempts.map(hasSucceeded));
  if (ends.size === 2) return 'mixed';
  return ends.has(true) ? 'succeeded' : 'failed';
}

/** The device has done it. Where it is elsewhere it has moved on, if what Nuki shows is not still that of before. */
function endOfSuccess(sent: Sent, device: Smartlock): Ending | undefined {
  if (hasArrived(device, sent.action)) {
    const already = wasAlready(sent.device, device, sent.action);
    return { kind: 'confirmed', ...(already && { reportedBefore: sent.device }) };
  }
  const rests = !isFailedAttempt(device.state?.state) && phaseOfDevice(device) !== 'unknown';
  return rests && isNewer(sent.device, device) ? { kind: 'confirmed', now: device } : undefined;
}

/** It has opened; it is done when it has locked after that. */
function endOfTwofold(sent: Sent, { device, hasOpened, hasLeft }: Sight): Ending | undefined {
  // A later date alone may be that of another field, while the state is still that of before.
  const isOver = hasLeft || isFreshAction(sent, device);
  return hasOpened && isOver && isSettled(device) && hasArrived(device, sent.action) && isNewer(sent.device, device)
    ? { kind: 'confirmed' }
    : undefined;
}

/** Whether the device's last action is this one, and was another before. */
function isFreshAction(sent: Sent, { state }: Smartlock): boolean {
  return state?.lastAction === codeOf(sent) && sent.device.state?.lastAction !== codeOf(sent);
}

/** Whether the device is reported where the action leads, and by a change that may be ours. */
function isReported(sent: Sent, device: Smartlock): boolean {
  return hasArrived(device, sent.action) && mayBeOurs(sent, device);
}

/** The same, on a device that was elsewhere before. */
function hasMoved(sent: Sent, device: Smartlock): boolean {
  return isReported(sent, device) && hasChanged(sent.device, device);
}

function failureOf(sent: Sent, entries: readonly ActivityEntry[]): Ending {
  const reasons = new Set(attemptsAmong(entries, sent).map(({ state }) => state));
  const [completion] = reasons;
  return { kind: 'failed', ...(reasons.size === 1 && completion !== undefined && { completion }) };
}

/** A fault of the device with our action as its last. Where the log can be read, it tells better. */
function faultOf(sent: Sent, device: Smartlock): Ending | undefined {
  const state = freshFault(sent.device, device);
  return state !== undefined && mayBeOurs(sent, device) ? { kind: 'fault', state } : undefined;
}
