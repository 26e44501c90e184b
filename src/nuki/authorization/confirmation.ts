import { instantOf } from '../time/instant.ts';
import type { Authorization } from './authorization.ts';
import { isForPerson } from './authorizationType.ts';

/**
 * What a list says of the device itself. `unconfirmed`: Nuki lists the authorization, and the device has not said that it has taken it.
 * `untold`: this device never says so.
 */
export type Confirmation = 'confirmed' | 'unconfirmed' | 'untold';

/**
 * Tells which authorizations of one device's list the device has confirmed. The sign of it is an `updateDate`: codes have been listed for
 * days without one while the keypad refused them.
 */
export function confirmations(items: readonly Authorization[]): (authorization: Authorization) => Confirmation {
  const known = confirmationsIn.get(items);
  if (known) return known;
  const isDatedType = datedTypes(items);
  const confirmationOf = (authorization: Authorization): Confirmation => {
    // What connects a device is paired at the device: Nuki has it from there.
    if (wasUsed(authorization) || isDated(authorization) || !isForPerson(authorization.type)) return 'confirmed';
    return isDatedType(authorization.type) ? 'unconfirmed' : 'untold';
  };
  confirmationsIn.set(items, confirmationOf);
  return confirmationOf;
}

/** By list: each row asks, and without it 200 rows would each look through 200 authorizations. */
const confirmationsIn = new WeakMap<readonly Authorization[], (authorization: Authorization) => Confirmation>();

/** Whether the device has confirmed an authorization of its list since `before`, an earlier `updateDate` of it, by the API's own dates. */
export function confirmationSince(
  before: string | undefined,
  authorization: Authorization,
  items: readonly Authorization[],
): Confirmation {
  const { type, updateDate } = authorization;
  const now = instantOf(updateDate);
  if (now === undefined) return isForPerson(type) && datedTypes(items)(type) ? 'unconfirmed' : 'untold';
  return now > (instantOf(before) ?? -Infinity) ? 'confirmed' : 'unconfirmed';
}

/** Tells of which types the device dates what it has taken: of those of which one has a date, or, where none is in use, of all. */
function datedTypes(items: readonly Authorization[]): (type: number) => boolean {
  const known = new Map<number, boolean>();
  const ofAll = areDated(items) ?? true;
  return (type) => {
    const isTypeDated = known.get(type) ?? areDated(items.filter((other) => other.type === type)) ?? ofAll;
    known.set(type, isTypeDated);
    return isTypeDated;
  };
}

/** Whether a device dates what it has taken: not so where one that is in use has no date. `undefined` where nothing tells. */
function areDated(items: readonly Authorization[]): boolean | undefined {
  if (items.some(isDated)) return true;
  return items.some(wasUsed) ? false : undefined;
}

function isDated({ updateDate }: Authorization): boolean {
  return instantOf(updateDate) !== undefined;
}

/** Anyone who has opened with it was let in by the device. */
function wasUsed({ lockCount, lastActiveDate }: Authorization): boolean {
  return (lockCount ?? 0) > 0 || instantOf(lastActiveDate) !== undefined;
}
