import { safeText } from '../../base/safeText.ts';
import { emailKey, type Person } from '../../nuki/account.ts';
import { longestName, type Authorization } from '../../nuki/authorization/authorization.ts';
import { limitingStart } from '../../nuki/authorization/completeLimits.ts';
import { credentials, typeOfCredential, type Credential } from '../../nuki/authorization/credential.ts';
import { fitsKeypad } from '../../nuki/authorization/keypadName.ts';
import { limitDoubts } from '../../nuki/authorization/limitDoubts.ts';
import { daysOf } from '../../nuki/authorization/scheduleRanges.ts';
import { scheduleProblems } from '../../nuki/authorization/scheduleRules.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { isMinuteOfDay, minutesPerDay } from '../../nuki/time/timeOfDay.ts';
import { isWeekdayMask } from '../../nuki/time/weekdays.ts';
import { wallTimeAt } from '../../nuki/time/zonedTime.ts';
import type { Entry, Moment } from './accessFile.ts';

/** What an entry says of an authorization, apart from its key and its doors. */
export type EntryContent = Omit<Entry, 'index' | 'key' | 'doors'>;

/**
 * Why no entry can say what an authorization is. `limits`: what the lock makes of them is not certain, no clock is known to show them, or
 * they could never open; `name`: it is empty, too long, or has characters that cannot be seen; `person`: it belongs to no account user with
 * an email address; `pending`: something is under way with it.
 */
export type Unsayable = 'limits' | 'name' | 'person' | 'pending';

/** What `by` says of an authorization of this type; `undefined` of one that is no person's. */
export function credentialOf(type: number): Credential | undefined {
  return credentials.find((credential) => typeOfCredential[credential] === type);
}

/**
 * What an entry says of an authorization at a door in `zone` (IANA; `undefined` where it is not known), or why none can.
 * `emails`: of {@link emailsOf}. `undefined` for what connects the device itself.
 */
export function entryOf(
  authorization: Authorization,
  zone: string | undefined,
  emails: ReadonlyMap<number, string>,
): EntryContent | Unsayable | undefined {
  const { type, enabled, remoteAllowed, operationId } = authorization;
  const by = credentialOf(type);
  if (by === undefined) return undefined;
  if (operationId) return 'pending';
  const name = nameOf(authorization, by);
  if (name === undefined) return 'name';
  const email = by === 'code' ? undefined : emails.get(authorization.accountUserId ?? NaN);
  if (by !== 'code' && email === undefined) return 'person';
  const limits = limitsOf(authorization, zone);
  if (!limits) return 'limits';
  // Nothing but an app can be far away.
  const remote = by === 'app' && remoteAllowed === true;
  return { name, by, email, remote, enabled: enabled !== false, ...limits };
}

function nameOf({ name }: Authorization, by: Credential): string | undefined {
  const fits = by === 'code' ? fitsKeypad(name) : name.length <= longestName;
  return name !== '' && fits && safeText(name) === name ? name : undefined;
}

/** The email addresses by which entries name account users, by the ids of these: of two with one address no one could tell whose it is. */
export function emailsOf(people: readonly Person[]): ReadonlyMap<number, string> {
  const known = people.filter(({ email }) => emailKey(email) !== '');
  const alone = [...Map.groupBy(known, ({ email }) => emailKey(email)).values()].filter(({ length }) => length === 1);
  return new Map(alone.flat().map(({ accountUserId, email = '' }) => [accountUserId, email.trim()]));
}

function limitsOf(
  authorization: Authorization,
  zone: string | undefined,
): Pick<Entry, 'days' | 'hours' | 'from' | 'until'> | undefined {
  const { allowedWeekDays: mask, allowedUntilDate } = authorization;
  // What a lock makes of no day at all is not documented.
  if (limitDoubts(authorization, zone).length > 0 || mask === 0 || !isWeekdayMask(mask ?? 1)) return undefined;
  const hours = hoursOf(authorization);
  const from = momentOf(limitingStart(authorization), zone);
  const until = momentOf(allowedUntilDate, zone);
  if (hours === 'unclear' || from === 'unclear' || until === 'unclear') return undefined;
  if (couldNeverOpen(authorization, zone)) return undefined;
  return { days: daysOf(authorization), hours, from, until };
}

/** Whether none of its days and hours ever lay between its start and its end: in a file that is an error. */
function couldNeverOpen(authorization: Authorization, zone: string | undefined): boolean {
  const start = instantOf(limitingStart(authorization));
  return start !== undefined && Object.values(scheduleProblems(authorization, start, zone)).includes('neverActive');
}

/** 0 and 0 is how the API says that there is no limit. */
function hoursOf({ allowedFromTime, allowedUntilTime }: Authorization): Entry['hours'] | 'unclear' {
  if (!allowedFromTime && !allowedUntilTime) return undefined;
  if (!isMinute(allowedFromTime) || !isMinute(allowedUntilTime)) return 'unclear';
  return { from: allowedFromTime, until: allowedUntilTime };
}

function isMinute(minutes: number | undefined): minutes is number {
  return minutes !== undefined && isMinuteOfDay(minutes) && minutes < minutesPerDay;
}

function momentOf(date: string | undefined, zone: string | undefined): Moment | undefined | 'unclear' {
  if (date === undefined) return undefined;
  const instant = instantOf(date);
  if (zone === undefined || instant === undefined || instant % 1_000 !== 0) return 'unclear';
  const { date: day, time, disambiguation } = wallTimeAt(instant, zone);
  if (!/^\d{4}-/.test(day)) return 'unclear';
  return { date: day, time, seconds: (instant / 1_000) % 60, disambiguation };
}
