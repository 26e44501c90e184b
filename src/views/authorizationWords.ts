import {
  authorizationLimit,
  instantOf,
  keypadCodeLimit,
  keypadCodeType,
  validityOf,
  type Authorization,
  type Validity,
} from '../nuki/authorization.ts';
import { safeText } from '../base/safeText.ts';
import { formatInstant, scheduleInWords, type Reader } from '../nuki/schedule.ts';
import { doubtfulTimeZoneIds, timeZoneName } from '../nuki/timeZones.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
import { authorizationTypes, word } from '../nuki/words.ts';
import type { AuthorizationWork, Creation } from '../model/authorizationWork.ts';
import type { AuthorizationList } from '../model/snapshots.ts';
import { detailLines, type Glance } from './deviceWords.ts';
import { age, clockMinute } from './timeWords.ts';

/**
 * Type, schedule on the lock's own clock, and whether it lets anybody in: `keypad code · Mon–Fri 09:00–17:00 · active`. What keeps
 * somebody out comes first, since a narrow sidebar cuts the end off.
 */
export function authorizationSummary(
  authorization: Authorization,
  device: Smartlock,
  glance: Glance,
  work?: AuthorizationWork,
): string {
  const { say, now } = glance;
  const validity = validityWord(authorization, now, glance);
  const parts = [
    word(authorizationTypes, authorization.type, say),
    scheduleInWords(authorization, timeZoneName(device.config?.timezoneId), glance),
  ];
  const inOrder = validityOf(authorization, now) === 'active' ? [...parts, validity] : [validity, ...parts];
  const pending = authorization.operationId ? say('pending on the lock') : undefined;
  const first = work ? workWords(work, glance) : pending;
  return (first === undefined ? inOrder : [first, ...inOrder]).join(' · ');
}

/** The same for an authorization that no list shows yet. */
export function creationSummary(work: Creation, device: Smartlock, glance: Glance): string {
  const type = word(authorizationTypes, work.wish.type, glance.say);
  return [
    workWords(work, glance),
    type,
    scheduleInWords(work.wish, timeZoneName(device.config?.timezoneId), glance),
  ].join(' · ');
}

/** How far something is that was asked for: under way, or not seen done, and when that was last looked for. */
export function workWords(work: AuthorizationWork, reader: Reader): string {
  const { say } = reader;
  if (work.what === 'create' && work.listedAs.length > 1) return say('more than once on the lock');
  if (!work.givenUp) return say(underWay[work.what]);
  const checked = work.checkedAt === undefined ? '' : ` (${say('checked {0}', clockMinute(work.checkedAt, reader))})`;
  return say(notSeen[work.what]) + checked;
}

const underWay: Readonly<Record<AuthorizationWork['what'], string>> = {
  create: 'pending on the lock',
  change: 'change pending on the lock',
  delete: 'deleting…',
};

const notSeen: Readonly<Record<AuthorizationWork['what'], string>> = {
  create: 'not on the lock yet',
  change: 'change not on the lock yet',
  delete: 'deletion not confirmed',
};

const validityWords: Readonly<Record<Validity, string>> = {
  active: 'active',
  upcoming: 'upcoming',
  expired: 'expired',
  disabled: 'disabled',
  unknown: 'validity unknown',
};

function validityWord(authorization: Authorization, now: number, reader: Reader): string {
  const { say } = reader;
  const validity = validityOf(authorization, now);
  const until = instantOf(authorization.allowedUntilDate);
  return validity === 'expired' && until !== undefined
    ? say('expired {0}', age(now - until, reader))
    : say(validityWords[validity]);
}

/** Everything there is to say of an authorization, a line each. Its code is not among it. */
export function authorizationDetails(authorization: Authorization, device: Smartlock, glance: Glance): string {
  const { say, now } = glance;
  const zone = timeZoneName(device.config?.timezoneId);
  const dateOf = (date: string | undefined): string | undefined => {
    const instant = instantOf(date);
    return instant === undefined ? undefined : formatInstant(instant, zone, glance);
  };
  return detailLines([
    [say('Type'), word(authorizationTypes, authorization.type, say)],
    [say('Schedule'), scheduleInWords(authorization, zone, glance)],
    [say('Status'), validityWord(authorization, now, glance)],
    [say('Time zone'), zoneWords(device, zone, glance)],
    [
      say('Remote access'),
      authorization.remoteAllowed === undefined ? undefined : say(authorization.remoteAllowed ? 'yes' : 'no'),
    ],
    [say('Used'), authorization.lockCount === undefined ? undefined : say('{0} times', authorization.lockCount)],
    [say('Last used'), dateOf(authorization.lastActiveDate)],
    [say('Created'), dateOf(authorization.creationDate)],
    [say('Changed'), dateOf(authorization.updateDate)],
  ]);
}

function zoneWords(device: Smartlock, zone: string | undefined, { say }: Reader): string {
  if (zone === undefined) return say("unknown: dates in UTC, hours by the lock's own clock");
  return doubtfulTimeZoneIds.includes(device.config?.timezoneId ?? -1)
    ? say("{0}: the lock's firmware may use another offset in summer", zone)
    : zone;
}

/** How full the device is: codes and other authorizations fill slots of their own. `5 of 200 · 12 of 100 codes` */
export function authorizationCount(list: AuthorizationList, device: Smartlock, { say }: Reader): string {
  const codes = list.items.filter(({ type }) => type === keypadCodeType).length;
  const others = say('{0} of {1}', list.items.length - codes, authorizationLimit(device));
  return codes === 0 ? others : `${others} · ${say('{0} of {1} codes', codes, keypadCodeLimit)}`;
}

/** An authorization's name fit to be shown. */
export function authorizationName({ name }: Pick<Authorization, 'name'>, { say }: Pick<Glance, 'say'>): string {
  return safeText(name) || say('(no name)');
}
