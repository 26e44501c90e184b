import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { AuthorizationChanges } from '../../nuki/authorization/authorizationWrites.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { limitFields } from '../../nuki/authorization/completeLimits.ts';
import { fitsKeypad } from '../../nuki/authorization/keypadName.ts';
import { isSameName, limitsOf } from '../../nuki/authorization/sameAccess.ts';
import type { Schedule } from '../../nuki/authorization/schedule.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import type { Written } from '../record/accessRecord.ts';

/** What of an authorization an access file decides, and its type, by which a name may be cut. */
export type Granted = Pick<Authorization, 'name' | 'type' | 'enabled' | 'remoteAllowed' | keyof Schedule>;

/**
 * What has to be asked for so that `now` is as `wished`. What says the same is left out, however it is written: a name that a keypad has
 * cut, 0 and 0 for all day, starts that are past, remote use of what is no app. `at`: ms since 1970 by Nuki's clock.
 */
export function changesTo(wished: Written, now: Granted, at: number): AuthorizationChanges {
  const [is, shall] = [limitsOf(withoutPastStart(now, at)), limitsOf(withoutPastStart(wished, at))];
  return {
    ...(!isNameKept(wished.name, now) && { name: wished.name }),
    ...(isEnabled(now) !== wished.enabled && { enabled: wished.enabled }),
    ...(now.type === authorizationType.app &&
      isRemoteAllowed(now) !== wished.remoteAllowed && { remoteAllowed: wished.remoteAllowed }),
    ...(is.from !== shall.from && { allowedFromDate: wished.allowedFromDate ?? null }),
    ...(is.until !== shall.until && { allowedUntilDate: wished.allowedUntilDate ?? null }),
    ...(is.weekdays !== shall.weekdays && { allowedWeekDays: wished.allowedWeekDays ?? null }),
    ...(is.hours !== shall.hours && {
      allowedFromTime: wished.allowedFromTime ?? null,
      allowedUntilTime: wished.allowedUntilTime ?? null,
    }),
  };
}

/** Whether an authorization is as it was written, by meaning, see {@link changesTo}. `at`: ms since 1970 by Nuki's clock. */
export function isAsWritten(written: Written, now: Granted, at: number): boolean {
  return Object.keys(changesTo(written, now, at)).length === 0;
}

/** What an access file decides of an authorization, as a list shows it. */
export function writtenOf(now: Granted): Written {
  const limits = limitFields.flatMap((field) => (now[field] === undefined ? [] : [[field, now[field]] as const]));
  return {
    name: now.name,
    enabled: isEnabled(now),
    remoteAllowed: isRemoteAllowed(now),
    ...Object.fromEntries(limits),
  };
}

/** A start that is past limits nothing any more, as one that was filled in. */
function withoutPastStart(limits: Schedule, at: number): Schedule {
  const start = instantOf(limits.allowedFromDate);
  return start === undefined || start > at ? limits : { ...limits, allowedFromDate: undefined };
}

/** Only a name that a keypad cannot hold is cut: of any other the beginning is another name. */
function isNameKept(wished: string, { name, type }: Granted): boolean {
  const isCut = type === authorizationType.keypadCode && !fitsKeypad(wished) && isSameName(wished, name);
  return wished === name || isCut;
}

/** An authorization without the field is enabled. */
function isEnabled({ enabled }: Granted): boolean {
  return enabled !== false;
}

/** Only an app can be far away, whatever is listed of a code. */
function isRemoteAllowed({ type, remoteAllowed }: Granted): boolean {
  return type === authorizationType.app && remoteAllowed === true;
}
