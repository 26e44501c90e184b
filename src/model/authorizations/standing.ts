import { instantOf } from '../../nuki/time/instant.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { confirmations, type Confirmation } from '../../nuki/authorization/confirmation.ts';
import type { PendingChange } from './pendingChanges.ts';
import type { DeviceState } from '../snapshots.ts';

/** How certain it is that a device has an authorization as Nuki lists it. */
export interface Standing {
  /** What was asked of it here and is not seen done. */
  readonly pending: PendingChange | undefined;
  readonly confirmation: Confirmation;
}

/** How certain it is that a device has an authorization of its list. */
export function standingOf(
  authorization: Authorization,
  { authorizations, pendingChanges = [] }: Pick<DeviceState, 'authorizations' | 'pendingChanges'>,
): Standing {
  return {
    pending: pendingChangeOf(authorization.id, pendingChanges),
    confirmation: confirmations(authorizations?.items ?? [authorization])(authorization),
  };
}

/** The pending change of an authorization; a creation is that of each entry that it may be. A change of it goes before its creation. */
export function pendingChangeOf(id: string, pendingChanges: readonly PendingChange[]): PendingChange | undefined {
  const created = pendingChanges.find((change) => change.kind === 'create' && change.listedAs.includes(id));
  return pendingChanges.find((change) => change.kind !== 'create' && change.id === id) ?? created;
}

/** How long, in ms, a device usually takes at most to confirm something: until then it is not said to stand still. */
const usualWait = 5 * 60_000;

/** What a device has not done for long, in ms since 1970 by Nuki's clock. */
export interface Standstill {
  /** Since when nothing was confirmed though something was waiting. */
  readonly since: number;
  /** The newest date of an authorization or of the log, however old; `undefined` where there is none. */
  readonly lastSign: number | undefined;
}

/**
 * Whether a device has confirmed nothing for long though something waits for it. `now` is by Nuki's clock, which dates what the API
 * answers, `ownNow` by this computer's, which dates what was sent from here; both in ms since 1970.
 */
export function standstillOf(
  state: DeviceState,
  { now, ownNow }: { readonly now: number; readonly ownNow: number },
): Standstill | undefined {
  const sent = sentDates(state).map((date) => date + now - ownNow);
  const waitingSince = Math.min(...unconfirmedDates(state), ...sent);
  if (waitingSince === Infinity) return undefined;
  const signs = signsOfLife(state).filter((date) => date <= now);
  const lastSign = signs.length > 0 ? Math.max(...signs) : undefined;
  const since = Math.max(waitingSince, lastSign ?? -Infinity);
  return now - since > usualWait ? { since, lastSign } : undefined;
}

/** When the authorizations were created that the device has not confirmed, whoever asked for them. */
function unconfirmedDates({ authorizations }: DeviceState): readonly number[] {
  const items = authorizations?.items ?? [];
  const confirmationOf = confirmations(items);
  const unconfirmed = items.filter((authorization) => confirmationOf(authorization) === 'unconfirmed');
  return instantsOf(unconfirmed.map(({ creationDate }) => creationDate));
}

/** When the changes were sent that Nuki has taken and the device has not. */
function sentDates({ pendingChanges = [] }: DeviceState): readonly number[] {
  return pendingChanges.filter(({ answer }) => answer === 'taken').map(({ since }) => since);
}

function signsOfLife({ authorizations, activity }: DeviceState): readonly number[] {
  const updates = (authorizations?.items ?? []).map(({ updateDate }) => updateDate);
  const entries = (activity?.items ?? []).map(({ date }) => date);
  return instantsOf([...updates, ...entries]);
}

function instantsOf(dates: readonly (string | undefined)[]): readonly number[] {
  return dates.map(instantOf).filter((instant) => instant !== undefined);
}
