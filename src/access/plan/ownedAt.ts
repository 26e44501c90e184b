import { youth, type PendingChange } from '../../model/authorizations/pendingChanges.ts';
import { standingOf } from '../../model/authorizations/standing.ts';
import type { AuthorizationList, DeviceState } from '../../model/snapshots.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { confirmationSince } from '../../nuki/authorization/confirmation.ts';
import { typeOfCredential } from '../../nuki/authorization/credential.ts';
import { fitsKeypad } from '../../nuki/authorization/keypadName.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import type { Asked, Owned } from '../record/accessRecord.ts';
import { isAsWritten, writtenOf } from './asWritten.ts';

/** What the list of a door tells of something that a record owns there. `owned` is what is known of it by now. */
export type Found =
  /** Listed as it was written. */
  | { readonly kind: 'listed'; readonly owned: Owned; readonly item: Authorization; readonly isConfirmed: boolean }
  | {
      readonly kind: 'pending';
      readonly owned: Owned;
      readonly item?: Authorization | undefined;
      readonly pending?: PendingChange | undefined;
    }
  /** Changed elsewhere; without `item` it is gone. */
  | { readonly kind: 'drifted'; readonly owned: Owned; readonly item?: Authorization | undefined }
  | { readonly kind: 'ambiguous'; readonly owned: Owned; readonly candidates: readonly Authorization[] }
  /** It was asked for, and no list has shown it: the lock may still have it, or not. */
  | { readonly kind: 'lost'; readonly owned: Owned };

/** A door whose list can be believed. */
export interface ReadDoor {
  readonly state: DeviceState;
  readonly list: AuthorizationList;
  /** When the list was read, and now, in ms since 1970 by Nuki's clock. */
  readonly readAt: number;
  readonly now: number;
}

/**
 * What the list of a door tells of all that a record owns there; what is proven gone, or was asked for and never came, is left out.
 * `known`: the ids that the record names.
 */
export function ownedAt(door: ReadDoor, owned: readonly Owned[], known: ReadonlySet<string>): readonly Found[] {
  if (owned.length === 0) return [];
  const items = new Map(door.list.items.map((item) => [item.id, item]));
  const candidates = candidatesOf(owned, door, known);
  return owned.flatMap((each) => {
    if (each.id !== undefined) {
      const item = items.get(each.id);
      return item ? [foundOfListed(each, item, door)] : foundOfUnlisted(each, each.id, door);
    }
    const possible = candidates.get(each);
    return isAdded(each) && possible ? foundOfAdded(each, possible, door) : [];
  });
}

type Added = Owned & { readonly asked: Extract<Asked, { readonly kind: 'add' }> };
type AskedChange = Extract<Asked, { readonly kind: 'change' }>;

/** What of a list may be what was asked for, and whether something else that was asked for may be it, too. */
interface Candidates {
  readonly fits: readonly Authorization[];
  readonly isShared: boolean;
}

function candidatesOf(
  owned: readonly Owned[],
  { list, now }: ReadDoor,
  known: ReadonlySet<string>,
): ReadonlyMap<Owned, Candidates> {
  const added = owned.filter(isAdded);
  if (added.length === 0) return new Map();
  const byName = Map.groupBy(
    list.items.filter(({ id }) => !known.has(id)),
    ({ name }) => name,
  );
  const found = added.map((each) => {
    const alike = namesKeptOf(each).flatMap((name) => byName.get(name) ?? []);
    const others = new Set(each.asked.others);
    return [each, alike.filter((item) => !others.has(item.id) && isAsAsked(each, item, now))] as const;
  });
  const claims = new Map<string, number>();
  for (const { id } of found.flatMap(([, fits]) => fits)) claims.set(id, (claims.get(id) ?? 0) + 1);
  return new Map(
    found.map(([each, fits]) => [each, { fits, isShared: fits.some(({ id }) => (claims.get(id) ?? 0) > 1) }]),
  );
}

function isAdded(owned: Owned): owned is Added {
  return owned.id === undefined && owned.asked?.kind === 'add';
}

/** The names that the lock may have made of the one that was asked for: a long list is not gone through for each. */
function namesKeptOf({ by, asked }: Added): readonly string[] {
  const { name } = asked.to;
  if (by !== 'code' || fitsKeypad(name)) return [name];
  return Array.from(name, (_, index) => name.slice(0, index + 1));
}

/** Whether a listed authorization may be what was asked for and has no id yet. `now`: ms since 1970 by Nuki's clock. */
export function mayBe(owned: Owned, item: Authorization, now: number): boolean {
  return isAdded(owned) && !owned.asked.others.includes(item.id) && isAsAsked(owned, item, now);
}

function isAsAsked({ by, asked }: Added, item: Authorization, now: number): boolean {
  return (
    item.type === typeOfCredential[by] &&
    (by === 'code' || item.accountUserId === asked.accountUserId) &&
    wasCreatedSince(asked.since ?? asked.at, item) &&
    isAsWritten(asked.to, item, now)
  );
}

/** Nuki reads each device once a day, in ms: what is not there after two never comes. */
const lostAfter = 2 * dayLength;

/** By how much Nuki's clock may be known wrongly, in ms. */
const clockTolerance = 60_000;

function wasCreatedSince(at: string, { creationDate }: Authorization): boolean {
  const created = instantOf(creationDate);
  return created === undefined || created >= (instantOf(at) ?? Infinity) - clockTolerance;
}

function foundOfAdded(owned: Added, { fits, isShared }: Candidates, door: ReadDoor): readonly Found[] {
  const [only] = fits;
  if (only && (fits.length > 1 || isShared)) return [{ kind: 'ambiguous', owned, candidates: fits }];
  if (only) return [foundOfListed(listedAs(owned, only), only, door)];
  const pending = creationOf(owned, door.state);
  if (pending || isYoung(owned.asked.at, door)) return [{ kind: 'pending', owned, pending }];
  return mayStillCome(owned.asked, door) ? [{ kind: 'lost', owned }] : [];
}

/** What was asked for here and no list has: the record is not needed to know it. */
function creationOf({ by, asked }: Added, { pendingChanges = [] }: DeviceState): PendingChange | undefined {
  return pendingChanges.find(
    (change) =>
      change.kind === 'create' &&
      change.requested.type === typeOfCredential[by] &&
      change.requested.name === asked.to.name &&
      change.requested.accountUserId === asked.accountUserId,
  );
}

/** What is proven to be as `item` is no longer asked for. */
export function listedAs({ entry, smartlockId, part, by, created }: Owned, item: Authorization): Owned {
  const { id, creationDate = created } = item;
  const dated = creationDate === undefined ? {} : { created: creationDate };
  return { entry, smartlockId, part, by, id, ...dated, written: writtenOf(item) };
}

function foundOfListed(owned: Owned, item: Authorization, door: ReadDoor): Found {
  const { asked } = owned;
  const { pending, confirmation } = standingOf(item, door.state);
  if (item.operationId || pending || wasReadBefore(asked?.at, door)) return { kind: 'pending', owned, item, pending };
  const isDone = asked?.kind === 'change' && isAsWritten(asked.to, item, door.now);
  if (isDone && !isConfirmedChange(asked, item, door)) return { kind: 'pending', owned, item };
  const settled = isDone ? listedAs(owned, item) : owned;
  const mayCome = !isDone && isYoung(asked?.at, door);
  if (!settled.written || !isAsWritten(settled.written, item, door.now))
    return { kind: 'drifted', owned: settled, item };
  if (mayCome) return { kind: 'pending', owned, item };
  return { kind: 'listed', owned: settled, item, isConfirmed: confirmation !== 'unconfirmed' };
}

/** Whether a lock has a change that Nuki lists: it has confirmed that since, or never says so, or Nuki has read it since. */
function isConfirmedChange(asked: AskedChange, item: Authorization, door: ReadDoor): boolean {
  const confirmation = confirmationSince(asked.updatedBefore, item, door.list.items);
  return confirmation !== 'unconfirmed' || !mayStillCome(asked, door);
}

function foundOfUnlisted(owned: Owned, id: string, door: ReadDoor): readonly Found[] {
  const { pendingChanges = [] } = door.state;
  const pending = pendingChanges.find((change) => change.kind !== 'create' && change.id === id);
  if (pending || wasReadBefore(owned.asked?.at, door) || isYoung(owned.created, door))
    return [{ kind: 'pending', owned, pending }];
  return owned.asked?.kind === 'remove' ? [] : [{ kind: 'drifted', owned }];
}

function mayStillCome({ at }: Asked, { readAt }: ReadDoor): boolean {
  return readAt - (instantOf(at) ?? -Infinity) < lostAfter;
}

/** Whether a list was read before what was asked for. */
function wasReadBefore(at: string | undefined, { readAt }: ReadDoor): boolean {
  return readAt < (instantOf(at) ?? -Infinity);
}

/** Whether a list may be from before an instant, or Nuki may not have done what it was asked for then. */
function isYoung(at: string | undefined, { readAt }: ReadDoor): boolean {
  const instant = instantOf(at);
  return instant !== undefined && readAt - instant < youth;
}
