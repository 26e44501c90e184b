import {
  authorizationLimit,
  instantOf,
  keypadCodeLimit,
  keypadCodeType,
  validityOf,
  type Authorization,
  type Validity,
} from '../nuki/authorization.ts';
import { formatInstant, scheduleInWords, type Reader } from '../nuki/schedule.ts';
import { doubtfulTimeZoneIds, timeZoneName } from '../nuki/timeZones.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
import { authorizationTypes, word } from '../nuki/words.ts';
import type { AuthorizationList } from '../model/store.ts';
import { age, detailLines, type Glance } from './deviceWords.ts';

/**
 * Type, schedule on the lock's own clock, and whether it lets anybody in: `keypad code · Mon–Fri 09:00–17:00 · active`. What keeps
 * somebody out comes first, since a narrow sidebar cuts the end off.
 */
export function authorizationSummary(authorization: Authorization, device: Smartlock, glance: Glance): string {
  const { say, now } = glance;
  const validity = validityWord(authorization, now, glance);
  const parts = [
    word(authorizationTypes, authorization.type, say),
    scheduleInWords(authorization, timeZoneName(device.config?.timezoneId), glance),
  ];
  const inOrder = validityOf(authorization, now) === 'active' ? [...parts, validity] : [validity, ...parts];
  return (authorization.operationId ? [say('pending on the lock'), ...inOrder] : inOrder).join(' · ');
}

const validityWords: Readonly<Record<Validity, string>> = {
  active: 'active',
  upcoming: 'upcoming',
  expired: 'expired',
  disabled: 'disabled',
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
