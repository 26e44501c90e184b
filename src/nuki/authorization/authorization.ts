import type { InferOutput } from 'valibot';
import type { authorizationSchema } from '../http/schemas.ts';
import type { Smartlock } from '../smartlock.ts';
import { deviceType } from '../vocabulary/kinds.ts';

/** Somebody's right to a device. */
export type Authorization = Readonly<InferOutput<typeof authorizationSchema>>;

/** Whether an authorization lets anybody in at `now` (ms since 1970), its weekdays and hours apart. */
export type Validity = 'active' | 'upcoming' | 'expired' | 'disabled' | 'unknown';

export function validityOf(authorization: Authorization, now: number): Validity {
  if (authorization.enabled === false) return 'disabled';
  const from = instantOf(authorization.allowedFromDate);
  const until = instantOf(authorization.allowedUntilDate);
  if (until !== undefined && until <= now) return 'expired';
  if (from !== undefined && from > now) return 'upcoming';
  return isUnreadable(authorization.allowedFromDate) || isUnreadable(authorization.allowedUntilDate)
    ? 'unknown'
    : 'active';
}

/** Whether there is a limit of which nobody can say when it is. */
export function isUnreadable(date: string | undefined): boolean {
  return date !== undefined && instantOf(date) === undefined;
}

/** An instant in the form of ISO 8601; whether there is such a day is another question. */
export const isoInstant: RegExp = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** An ISO 8601 instant with an offset as ms since 1970; without an offset it means nothing certain and is not known. */
export function instantOf(date: string | undefined): number | undefined {
  const [, day] = isoInstant.exec(date ?? '') ?? [];
  if (date === undefined || day === undefined || !isOnCalendar(day)) return undefined;
  const instant = Date.parse(date);
  return Number.isNaN(instant) ? undefined : instant;
}

/** An instant (ms since 1970) as the API writes it, `2027-06-16T08:30:00.000Z`. Throws a RangeError where no date is that far away. */
export function wireInstant(instant: number): string {
  return new Date(instant).toISOString();
}

/** JavaScript reads 30 February as 2 March. */
function isOnCalendar(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}

/** How many bytes of a name in UTF-8 a keypad keeps. Nuki guide: 20 characters; the field in the device holds 20 bytes. */
export const keypadNameBytes = 20;

/** How many keypad codes a keypad stores. Newer keypads may hold more; nothing public says so. Nuki guide, "Limits". */
export const keypadCodeLimit = 100;

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
