import { authorizationType } from '../nuki/authorization/authorizationType.ts';
import { keypadNameBytes, type Authorization } from '../nuki/authorization/authorization.ts';
import type {
  AuthorizationChanges,
  AuthorizationsWithCodes,
  NewAuthorization,
} from '../nuki/authorization/authorizationWrites.ts';
import type { Schedule } from '../nuki/authorization/schedule.ts';
import { daysOf } from '../nuki/authorization/scheduleRanges.ts';

/**
 * A change of a device's authorizations that was sent and that no list shows done yet: the API says yes at once, and the lock takes it
 * later or never. Times are ms since 1970.
 */
export type PendingChange = PendingCreation | PendingEdit | PendingDeletion;

interface PendingBase {
  /** Distinct among the pending changes of a device. */
  readonly key: string;
  readonly since: number;
  /** When a list was last read that did not show it done. */
  readonly checkedAt?: number | undefined;
  /** The lists are no longer read for it; a later list may still show it done. */
  readonly givenUp: boolean;
}

export interface PendingCreation extends PendingBase {
  readonly kind: 'create';
  readonly requested: Omit<NewAuthorization, 'code'>;
  /** The ids of the listed authorizations that match: none yet, one that the lock is still taking, or, wrongly, several. */
  readonly listedAs: readonly string[];
  readonly hasCode: (code: string) => boolean;
  /** Tells the new authorization from all others by code or person, device and limits, never by its name. */
  readonly isIt: (authorization: Authorization, code: string | undefined) => boolean;
}

export interface PendingEdit extends PendingBase {
  readonly kind: 'change';
  readonly id: string;
  /** Whether an authorization, with its code, is as it was asked to be. */
  readonly isIt: (authorization: Authorization, code: string | undefined) => boolean;
}

export interface PendingDeletion extends PendingBase {
  readonly kind: 'delete';
  readonly id: string;
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
    const remainder = remainderOf(change, list);
    return remainder ? [{ ...remainder, checkedAt: readAt }] : [];
  });
}

function remainderOf(pending: PendingChange, list: AuthorizationsWithCodes): PendingChange | undefined {
  switch (pending.kind) {
    case 'create': {
      const found = list.items.filter((authorization) => pending.isIt(authorization, list.codes.get(authorization.id)));
      if (found.length === 1 && !found[0]?.operationId) return undefined;
      return { ...pending, listedAs: found.map(({ id }) => id) };
    }
    case 'change': {
      const now = list.items.find(({ id }) => id === pending.id);
      return now && !now.operationId && pending.isIt(now, list.codes.get(pending.id)) ? undefined : pending;
    }
    case 'delete':
      return isListed(pending.id, list) ? pending : undefined;
  }
}

/** An unreadable entry without an id may be the one. */
function isListed(id: string, { items, unreadable }: AuthorizationsWithCodes): boolean {
  return items.some((item) => item.id === id) || unreadable.some((entry) => entry.id === id || entry.id === undefined);
}

/**
 * Recognizes the authorization that was `requested`: not one of those listed `before`, of the same type, with the same code or person,
 * and with the same limits.
 */
export function creationMatcher(requested: NewAuthorization, before: ReadonlySet<string>): PendingCreation['isIt'] {
  return (authorization, code) =>
    !before.has(authorization.id) &&
    authorization.type === requested.type &&
    (requested.type === authorizationType.keypadCode
      ? code === String(requested.code)
      : authorization.accountUserId === requested.accountUserId) &&
    limitsOf(authorization) === limitsOf(requested);
}

/** Recognizes an authorization that was asked to become as `asked`, with the code in `changes` where there is one. */
export function editMatcher(asked: Authorization, changes: AuthorizationChanges): PendingEdit['isIt'] {
  return (now, code) =>
    isSameName(asked.name, now.name) &&
    isEnabled(now) === isEnabled(asked) &&
    now.remoteAllowed === asked.remoteAllowed &&
    limitsOf(now) === limitsOf(asked) &&
    (changes.code === undefined || code === String(changes.code));
}

/** An authorization without the field is enabled. */
function isEnabled({ enabled }: Authorization): boolean {
  return enabled !== false;
}

/** The most bytes of a character in UTF-8. */
const longestCharacterBytes = 4;

/** Whether the lock has taken the name `requested`: a keypad cuts it before the first character that does not fit. */
function isSameName(requested: string, kept: string): boolean {
  const isCut =
    requested.startsWith(kept) && new TextEncoder().encode(kept).length > keypadNameBytes - longestCharacterBytes;
  return kept === requested || isCut;
}

/** The limits in one notation: the API may write an instant otherwise, and has several ways to write "no limit". */
function limitsOf(limits: Schedule): string {
  const instant = (date: string | undefined): string => (date === undefined ? '' : String(Date.parse(date)));
  const { allowedFromTime: from, allowedUntilTime: until } = limits;
  return [
    instant(limits.allowedFromDate),
    instant(limits.allowedUntilDate),
    daysOf(limits),
    from ?? 0,
    until ?? 0,
  ].join('/');
}
