import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes, NewAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import { confirmations, confirmationSince, type Confirmation } from '../../nuki/authorization/confirmation.ts';
import type { Decoded } from '../../nuki/http/decode.ts';
import type { Schedule } from '../../nuki/authorization/schedule.ts';
import { haveSameLimits, isSameName } from '../../nuki/authorization/sameAccess.ts';
import { isEnough, longer, type Row } from '../news.ts';

/**
 * A change of a device's authorizations that was sent and that no list shows done yet: the API says yes at once, and the lock takes it
 * later or never. Times are ms since 1970. Never with a keypad code.
 */
export type PendingChange = PendingCreation | PendingEdit | PendingDeletion;

/** What Nuki has answered to a request. `unknown`: its answer was lost or says nothing, so it may have taken the request or not. */
export type Answer = 'awaited' | 'taken' | 'unknown';

interface PendingBase {
  /** Distinct among the pending changes of a device. */
  readonly key: string;
  readonly since: number;
  readonly answer: Answer;
  /** When a list was last read that did not show it done. */
  readonly checkedAt?: number | undefined;
  /** The lists are no longer read for it; a later list may still show it done. */
  readonly givenUp: boolean;
}

/** Whether a list shows what was asked for, which proves that Nuki has taken it. `untold`: it does, and this device never says more. */
type Listed = 'no' | 'yes' | 'untold';

/** Tells the code that was asked for from others. Gone once the lists are no longer read for the change: no code is kept longer. */
type CodeTest = ((code: string) => boolean) | undefined;

export interface PendingCreation extends PendingBase {
  readonly kind: 'create';
  readonly requested: Omit<NewAuthorization, 'code'>;
  /** Its limits as they were sent, complete. */
  readonly sent: Schedule;
  /** The ids of the authorizations that were listed before it was sent. */
  readonly before: readonly string[];
  /** The ids of the listed authorizations that match: none yet, one that the lock has not confirmed, or, wrongly, several. */
  readonly listedAs: readonly string[];
  readonly listed: Listed;
  readonly hasCode?: CodeTest;
}

export interface PendingEdit extends PendingBase {
  readonly kind: 'change';
  readonly id: string;
  /** The authorization as it was asked to be. */
  readonly asked: Authorization;
  /** Its `updateDate` before that. */
  readonly updatedBefore: string | undefined;
  readonly listed: Listed;
  /** Only where the code was changed. */
  readonly hasCode?: CodeTest;
}

export interface PendingDeletion extends PendingBase {
  readonly kind: 'delete';
  readonly id: string;
  readonly name: string;
  /** When the authorization was created, by this computer's clock, where that is known. */
  readonly createdAt?: number | undefined;
  /** The lists in a row that did not have it, where it is so new that they may be from before it was created. */
  readonly absent?: Row | undefined;
}

/** For so many milliseconds an older copy may not have an authorization that was created: they are minutes apart at most, as far as is known. */
export const youth = 10 * 60_000;

/** The name of the authorization that a change is about. */
export function pendingName(change: PendingChange): string {
  switch (change.kind) {
    case 'create':
      return change.requested.name;
    case 'change':
      return change.asked.name;
    case 'delete':
      return change.name;
  }
}

/** The change when the lists are no longer read for it. */
export function givenUp(change: PendingChange): PendingChange {
  return change.kind === 'delete' ? { ...change, givenUp: true } : { ...change, givenUp: true, hasCode: undefined };
}

/** Whether a change or the deletion of this authorization is still followed. */
export function isBeingChanged(id: string, pendingChanges: readonly PendingChange[] = []): boolean {
  return pendingChanges.some((change) => change.kind !== 'create' && change.id === id && !change.givenUp);
}

/** Whether Nuki lists it as it was asked for, on a device that never tells more. */
export function isUntold(change: PendingChange): boolean {
  return change.kind !== 'delete' && change.listed === 'untold';
}

/** Whether a list shows a new authorization several times. */
export function isListedTwice(change: PendingChange): boolean {
  return change.kind === 'create' && change.listedAs.length > 1;
}

/** Whether the last list has no longer what was to be deleted, and is no proof of it. */
export function isAbsent(change: PendingChange): boolean {
  return change.kind === 'delete' && change.absent !== undefined;
}

/** The pending changes that a newly read list does not show done. */
export function stillPending(
  pending: readonly PendingChange[],
  list: AuthorizationsWithCodes,
  readAt: number,
  now: number,
): readonly PendingChange[] {
  return pending.flatMap((change) => {
    const wasSetBack = change.since > now;
    if (readAt < change.since && !wasSetBack) return [change];
    const remainder = remainderOf(change, list, readAt);
    return remainder ? [{ ...remainder, checkedAt: readAt }] : [];
  });
}

function remainderOf(pending: PendingChange, list: AuthorizationsWithCodes, readAt: number): PendingChange | undefined {
  switch (pending.kind) {
    case 'create':
      return remainingCreation(pending, list);
    case 'change':
      return remainingEdit(pending, list);
    case 'delete':
      return remainingDeletion(pending, list, readAt);
  }
}

function remainingDeletion(
  pending: PendingDeletion,
  list: AuthorizationsWithCodes,
  readAt: number,
): PendingDeletion | undefined {
  if (isListed(pending.id, list)) return { ...pending, absent: undefined };
  if (readAt - (pending.createdAt ?? -Infinity) >= youth) return undefined;
  const absent = longer(pending.absent, readAt);
  return isEnough(absent) ? undefined : { ...pending, absent };
}

function remainingCreation(pending: PendingCreation, list: AuthorizationsWithCodes): PendingCreation | undefined {
  const found = list.items.filter((entry) => isRequested(pending, entry, list.codes.get(entry.id)));
  const listedAs = found.map(({ id }) => id);
  const [only] = found;
  if (!only) return { ...pending, listed: 'no', listedAs };
  const confirmation = found.length > 1 || only.operationId ? 'unconfirmed' : confirmations(list.items)(only);
  const listed = listedAfter(confirmation);
  return listed && { ...pending, answer: 'taken', listed, listedAs };
}

function remainingEdit(pending: PendingEdit, list: AuthorizationsWithCodes): PendingEdit | undefined {
  const now = list.items.find(({ id }) => id === pending.id);
  if (!now || now.operationId || !isAsAsked(pending, now, list.codes.get(pending.id)))
    return { ...pending, listed: 'no' };
  const listed = listedAfter(confirmationSince(pending.updatedBefore, now, list.items));
  return listed && { ...pending, answer: 'taken', listed };
}

/** `undefined` where the lock has confirmed it, and nothing is pending any more. */
function listedAfter(confirmation: Confirmation): Listed | undefined {
  switch (confirmation) {
    case 'confirmed':
      return undefined;
    case 'unconfirmed':
      return 'yes';
    case 'untold':
      return 'untold';
  }
}

/** An unreadable entry without an id may be the one. */
export function isListed(id: string, { items, unreadable }: Decoded<Pick<Authorization, 'id'>>): boolean {
  return items.some((item) => item.id === id) || unreadable.some((entry) => entry.id === id || entry.id === undefined);
}

/**
 * Whether an authorization is the one that was requested: not one of those listed before, of the same type, with the same code or person,
 * and with the same limits. Once the code is forgotten it is told by its name.
 */
function isRequested(
  { requested, sent, before, hasCode }: PendingCreation,
  entry: Authorization,
  code: string | undefined,
): boolean {
  if (before.includes(entry.id) || entry.type !== requested.type || !haveSameLimits(entry, sent)) return false;
  if (requested.type !== authorizationType.keypadCode) return entry.accountUserId === requested.accountUserId;
  return hasCode ? code !== undefined && hasCode(code) : isSameName(requested.name, entry.name);
}

/** Whether an authorization is as an edit asked, with the code of the edit as long as that is known. */
function isAsAsked({ asked, hasCode }: PendingEdit, now: Authorization, code: string | undefined): boolean {
  return (
    isSameName(asked.name, now.name) &&
    isEnabled(now) === isEnabled(asked) &&
    now.remoteAllowed === asked.remoteAllowed &&
    haveSameLimits(now, asked) &&
    (!hasCode || (code !== undefined && hasCode(code)))
  );
}

/** An authorization without the field is enabled. */
function isEnabled({ enabled }: Authorization): boolean {
  return enabled !== false;
}
