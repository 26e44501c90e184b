import type { Locale } from '../../base/locale.ts';
import { safeText } from '../../base/safeText.ts';
import type { Door, Entry, Moment } from '../../access/file/accessFile.ts';
import type { LeftOut } from '../../access/plan/fileOfAccount.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { typeOfCredential } from '../../nuki/authorization/credential.ts';
import { daysInWords, formatLimit, scheduleInWords } from '../../nuki/authorization/schedule.ts';
import { clockTime } from '../../nuki/time/timeOfDay.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import { authorizationName } from './authorizationText.ts';

/** A door of an entry as its words name it. */
export interface EntryDoor {
  /** Fit to be shown. */
  readonly name: string;
  /** IANA; `undefined` where it is not known. */
  readonly zone: string | undefined;
}

/** When an entry opens, by the clock of each of its doors: `Mon–Fri 09:00–17:00, from 16 Jun 2027, 15:00`, or `always`. */
function entryWhen(
  { days, hours, from, until }: Pick<Entry, 'days' | 'hours' | 'from' | 'until'>,
  locale: Locale,
): string {
  const { t } = locale;
  const daily = [
    daysInWords({ allowedWeekDays: days }, locale),
    hours && `${clockTime(hours.from)}–${clockTime(hours.until)}`,
  ];
  const parts = [
    daily.filter(Boolean).join(' '),
    from && t('from {0}', momentInWords(from, locale)),
    until && t('until {0}', momentInWords(until, locale)),
  ].filter(Boolean);
  return parts.length === 0 ? t('always') : parts.join(', ');
}

/** A moment of a file, and which of two it is where the clock shows it twice. */
function momentInWords({ date, time, seconds, disambiguation }: Moment, locale: Locale): string {
  const wall = Date.parse(`${date}T${time}Z`) + seconds * 1_000;
  const shown = Number.isNaN(wall) ? `${date} ${time}` : formatLimit(wall, 'UTC', locale);
  if (disambiguation === undefined) return shown;
  return locale.t(disambiguation === 'earlier' ? '{0} (the first time)' : '{0} (the second time)', shown);
}

/**
 * What an entry gives, in lines: when and where, by which clock. Where the doors are in different time zones, one line for each zone.
 */
export function entryLines(
  entry: Pick<Entry, 'days' | 'hours' | 'from' | 'until'>,
  doors: readonly EntryDoor[],
  locale: Locale,
): { readonly when: string; readonly where: readonly string[] } {
  const { t } = locale;
  const when = entryWhen(entry, locale);
  const isAlways = when === t('always');
  const byZone = Map.groupBy(doors, ({ zone }) => zone);
  const clockOf = (zone: string | undefined): string => zone ?? t("dates in UTC, hours by the lock's own clock");
  const namesOf = (some: readonly EntryDoor[]): string => some.map(({ name }) => name).join(', ');
  const [[onlyZone] = []] = byZone;
  if (isAlways || byZone.size < 2) {
    const where = doors.length === 0 ? [] : [namesOf(doors)];
    return { when: isAlways || doors.length === 0 ? when : `${when} (${clockOf(onlyZone)})`, where };
  }
  return { when, where: [...byZone].map(([zone, some]) => `${namesOf(some)} (${clockOf(zone)})`) };
}

/** With what an entry opens: `keypad code`. */
export function entryType({ by }: Pick<Entry, 'by'>, { t }: Locale): string {
  return word(authorizationTypes, typeOfCredential[by], t);
}

/** What an entry means, in one line: `Mon–Fri 09:00–17:00 (Europe/Berlin) · Front Door, Garage · keypad code`. */
export function entryInWords(
  entry: Pick<Entry, 'days' | 'hours' | 'from' | 'until' | 'by' | 'email' | 'enabled'>,
  doors: readonly EntryDoor[],
  locale: Locale,
): string {
  const { when, where } = entryLines(entry, doors, locale);
  const disabled = entry.enabled ? '' : locale.t('disabled');
  return [when, ...where, entryType(entry, locale), safeText(entry.email ?? ''), disabled].filter(Boolean).join(' · ');
}

/** What the words about a file in its account need. */
interface AccessContext {
  readonly context: Locale;
  /** The name of a device, fit to be shown. */
  readonly deviceName: (smartlockId: number) => string;
  /** Its time zone (IANA), where it is known. */
  readonly zone: (smartlockId: number) => string | undefined;
}

/** What an entry means at its doors, as {@link entryInWords}. */
export function entryAtDoors(
  entry: Entry,
  doors: readonly Door[],
  { context, deviceName, zone }: AccessContext,
): string {
  const own = doors.filter(({ alias }) => entry.doors.includes(alias));
  const named = own.map(({ smartlockId }) => ({ name: deviceName(smartlockId), zone: zone(smartlockId) }));
  return entryInWords(entry, named, context);
}

interface AuthorizationAtDoor {
  readonly authorization: Authorization;
  readonly smartlockId: number;
}

/** An authorization at a door: `Front Door · keypad code · Anna · Mon–Fri 09:00–17:00 (Europe/Berlin)`. */
export function authorizationInWords(at: AuthorizationAtDoor, text: AccessContext): string {
  const { name, where, when } = authorizationParts(at, text);
  return [where, name, when].join(' · ');
}

/** The same apart: `Anna`, `Front Door · keypad code`, `Mon–Fri 09:00–17:00 (Europe/Berlin)`. */
export function authorizationParts(
  { authorization, smartlockId }: AuthorizationAtDoor,
  { context, deviceName, zone }: AccessContext,
): { readonly name: string; readonly where: string; readonly when: string } {
  const { t } = context;
  const schedule = scheduleInWords(authorization, zone(smartlockId), context);
  const clock = zone(smartlockId) ?? t("dates in UTC, hours by the lock's own clock");
  const when = schedule === t('always') ? schedule : `${schedule} (${clock})`;
  return {
    name: authorizationName(authorization, context),
    where: `${deviceName(smartlockId)} · ${word(authorizationTypes, authorization.type, t)}`,
    when: authorization.enabled === false ? `${when} · ${t('disabled')}` : when,
  };
}

const reasons: Readonly<Record<LeftOut['why'], string>> = {
  limits: 'limits incomplete or unclear',
  name: 'name too long or with invisible characters',
  person: 'no account user with an email address',
  pending: 'waiting for the lock',
  twice: 'another one of this person or name there',
};

/** Why authorizations are in no access file, with how many each: `2 (limits incomplete or unclear), 1 (waiting for the lock)`. */
export function leftOutText(leftOut: readonly LeftOut[], { t }: Locale): string {
  const byReason = Map.groupBy(leftOut, ({ why }) => why);
  return [...byReason].map(([why, some]) => `${some.length} (${t(reasons[why])})`).join(', ');
}

/** One of them: `Front Door: Anna (limits incomplete or unclear)`. */
export function leftOutLine({ authorization, why }: LeftOut, door: string, locale: Locale): string {
  return `${door}: ${authorizationName(authorization, locale)} (${locale.t(reasons[why])})`;
}

/** Why an authorization can be in no access file. */
export function unsayableText(why: LeftOut['why'], { t }: Locale): string {
  return t(reasons[why]);
}
