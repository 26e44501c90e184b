import type { Clock } from '../base/clock.ts';
import { hasSucceeded, webTrigger, type ActivityEntry } from '../nuki/activityLog.ts';
import { instantOf } from '../nuki/time/instant.ts';
import { NukiError } from '../nuki/http/errors.ts';
import { kindOf, type ActionName } from '../nuki/vocabulary/kinds.ts';
import { isBusy, isSettled, type Smartlock } from '../nuki/smartlock.ts';
import { freshFault, hasArrived, wasAlready, type Outcome } from './operation.ts';

/** For how many milliseconds an action is followed. */
export const deadline = 30_000;

/**
 * When to look, in milliseconds after the action was sent: first after 1.5 s, then every second until 8 s, then every 1.5 s. Half of all
 * operations are done after about 3 s; looking more often costs requests, less often lets a person wait.
 */
export const lookTimes: readonly number[] = [
  ...Array.from({ length: 7 }, (_, look) => 1_500 + look * 1_000),
  ...Array.from({ length: 15 }, (_, look) => 9_000 + look * 1_500),
];

/** What was known just before the action was sent. */
export interface Before {
  readonly device: Smartlock;
  /** The newest entries of the device's log; `undefined` when it could not be read. */
  readonly log: readonly ActivityEntry[] | undefined;
}

/** How the follower reads; both throw {@link NukiError}, and a failed look is followed by the next. */
export interface DeviceReader {
  device(signal: AbortSignal): Promise<Smartlock>;
  log(signal: AbortSignal): Promise<readonly ActivityEntry[]>;
}

/**
 * Follows an action that was sent until there is evidence of how it ended, or the deadline has passed. An abort of `signal` ends the
 * following, not the action: the outcome is then `unwatched`.
 */
export async function follow(
  action: ActionName,
  before: Before,
  reader: DeviceReader,
  clock: Clock,
  signal: AbortSignal,
): Promise<Outcome> {
  const sentAt = clock.now();
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  void clock.wait(deadline, stop).then(() => ended.abort());
  const look = createLook(action, before, reader);
  try {
    for (const time of lookTimes) {
      const wait = sentAt + time - clock.now();
      if (wait < 0) continue; // a slow look has missed this one; the next is soon enough
      await clock.wait(wait, stop);
      if (stop.aborted) break;
      const observation = await look(stop);
      if (observation) return { ...observation, at: clock.now() };
    }
    return { kind: signal.aborted ? 'unwatched' : 'unconfirmed', at: clock.now() };
  } finally {
    ended.abort();
  }
}

type Observation =
  | { readonly kind: 'confirmed'; readonly already?: Smartlock }
  | { readonly kind: 'failed'; readonly completion: number }
  | { readonly kind: 'fault'; readonly state: number };

function createLook(
  action: ActionName,
  before: Before,
  reader: DeviceReader,
): (signal: AbortSignal) => Promise<Observation | undefined> {
  const code = kindOf(before.device.type).actions[action];
  const known = new Set(before.log?.map(({ id }) => id));
  // A device that was busy, or whose state is not known, may have been there already.
  const mayHaveBeenThere =
    before.device.state?.state === undefined || isBusy(before.device) || hasArrived(before.device, action);

  /** The evidence of the log: an entry that was not there before, of this action, triggered by the Web API. */
  const ownEntry = async (signal: AbortSignal): Promise<ActivityEntry | undefined> =>
    before.log === undefined
      ? undefined
      : (await reader.log(signal)).find(
          (entry) =>
            !known.has(entry.id) &&
            isLater(entry, before.device) &&
            entry.action === code &&
            entry.trigger === webTrigger,
        );

  /** The evidence of the device's state; there is none when it was there already. */
  const hasMoved = (device: Smartlock): boolean =>
    !mayHaveBeenThere && hasArrived(device, action) && device.state?.lastAction === code;

  return async (signal) => {
    try {
      const device = await reader.device(signal);
      if (!isSettled(device)) return undefined;
      const moved = hasMoved(device);
      // The log is read before anything is claimed: our action may have failed, and someone else moved the device. If the log does not
      // answer, the state of the device decides.
      const entry = await ownEntry(signal).catch((error: unknown) => {
        if (!(error instanceof NukiError)) throw error;
      });
      const succeeded = entry && hasSucceeded(entry);
      if (succeeded === false && entry?.state !== undefined) return { kind: 'failed', completion: entry.state };
      if (moved) return { kind: 'confirmed' };
      const fault = freshFault(before.device, device);
      if (fault !== undefined) return { kind: 'fault', state: fault };
      if (!succeeded || !hasArrived(device, action)) return undefined;
      return { kind: 'confirmed', ...(wasAlready(before.device, device, action) && { reportedBefore: before.device }) };
    } catch (error) {
      if (error instanceof NukiError) return undefined;
      throw error;
    }
  };
}

/**
 * Nuki's log lags behind the state: the entry of an earlier action may come only now. One that is not dated after the last change of the
 * device before ours is taken for such an entry, never for ours.
 */
function isLater(entry: ActivityEntry, before: Smartlock): boolean {
  const written = instantOf(entry.date);
  const lastChange = instantOf(before.updateDate);
  return written !== undefined && (lastChange === undefined || written > lastChange);
}
