import { instantOf, isUnreadable } from '../time/instant.ts';
import type { Understood } from '../http/schema.ts';
import type { authorizationSchema } from '../http/schemas.ts';
import type { Smartlock } from '../smartlock.ts';
import { deviceType } from '../vocabulary/kinds.ts';

/** A right to use a device: of an app, a fob, a code, or another client. */
export type Authorization = Readonly<Understood<typeof authorizationSchema>>;

/**
 * Whether an authorization is valid at `now` (ms since 1970), apart from its weekdays and hours. `unknown` where a date cannot be read, or
 * its end was before it began or was created: what a lock makes of that no one knows.
 */
export type Validity = 'active' | 'upcoming' | 'expired' | 'disabled' | 'unknown';

export function validityOf(authorization: Authorization, now: number): Validity {
  if (authorization.enabled === false) return 'disabled';
  const from = instantOf(authorization.allowedFromDate);
  const until = instantOf(authorization.allowedUntilDate);
  if (until !== undefined && until <= now) return endsTooEarly(authorization, until) ? 'unknown' : 'expired';
  if (from !== undefined && from > now) return 'upcoming';
  return isUnreadable(authorization.allowedFromDate) || isUnreadable(authorization.allowedUntilDate)
    ? 'unknown'
    : 'active';
}

/** Before any lock of Nuki: 1970 is what a clock says that was never set. */
const firstYear = Date.UTC(2014, 0);

/** Whether an authorization ends (ms since 1970) before it begins, was created, or could have been meant to. */
export function endsTooEarly(
  { allowedFromDate, creationDate }: Partial<Pick<Authorization, 'allowedFromDate' | 'creationDate'>>,
  until: number,
): boolean {
  return until < Math.max(firstYear, instantOf(allowedFromDate) ?? firstYear, instantOf(creationDate) ?? firstYear);
}

/** The longest name that the API takes. Web API, `SmartlockAuthCreate.name`. */
export const longestName = 32;

/** How many bytes of a name in UTF-8 a keypad keeps. Nuki guide: 20 characters; the field in the device holds 20 bytes. */
export const keypadNameBytes = 20;

/** How many keypad codes a keypad stores at most. Nuki guide, "Limits"; one in use holds 137. */
export const keypadCodeLimit = 200;

/** How many keypad codes an older keypad stores. Which one is older the API does not tell. Nuki guide, "Limits". */
export const olderKeypadCodeLimit = 100;

/**
 * How many other authorizations a device stores: 200 on the Smart Locks from the 2nd generation on and on the Smart Door; the guide's
 * number for older devices, 100, for everything else. The 1st generation is told from the 2nd by its firmware 1.x.
 */
export function authorizationLimit({ type, firmwareVersion }: Pick<Smartlock, 'type' | 'firmwareVersion'>): number {
  const isFirstGeneration = type === deviceType.smartLock1 && (firmwareVersion ?? 0) < 2 * 65_536;
  return typesWith200.includes(type) && !isFirstGeneration ? 200 : 100;
}

const typesWith200: readonly number[] = [
  deviceType.smartLock1,
  deviceType.smartDoor,
  deviceType.smartLock3,
  deviceType.smartLock5,
];
