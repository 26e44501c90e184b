import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import {
  cellar,
  demoAccountId,
  frontDoor,
  garage,
  guestHouse,
  idAt,
  intercom,
  parcelBox,
  terrace,
} from './demoDevices.ts';
import type { AccountUserJson, AuthorizationJson, ScheduleJson, SmartlockJson } from '../wire.ts';

const hour = 3_600_000;
const day = 24 * hour;

const people = ['Anna Berger', 'Ben Berger', 'Clara Novak', 'Dora Lind'] as const;
type Person = (typeof people)[number];

function userId(person: Person): number {
  return 1_000_101 + people.indexOf(person);
}

/** The account users of the demo home. */
export function demoUsers(now: number): readonly AccountUserJson[] {
  return people.map((name, index) => ({
    accountUserId: userId(name),
    accountId: demoAccountId,
    email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
    name,
    language: index === 3 ? 'de' : 'en',
    creationDate: new Date(now - (400 - index) * day).toISOString(),
    updateDate: new Date(now - (400 - index) * day).toISOString(),
  }));
}

/** An authorization in short: type, name and special fields. */
type Brief = readonly [type: number, name: string, details?: Partial<AuthorizationJson>];

function app(person: Person, details: Partial<AuthorizationJson> = {}): Brief {
  return [authorizationType.app, person, { accountUserId: userId(person), ...details }];
}

function code(digits: number, name: string, details: Partial<AuthorizationJson> = {}): Brief {
  return [authorizationType.keypadCode, name, { code: digits, remoteAllowed: false, ...details }];
}

/** Windows by the weekday, in minutes of the lock's own clock. Monday is 64, Sunday 1. */
const visits = {
  housekeeping: { allowedWeekDays: 36, allowedFromTime: 9 * 60, allowedUntilTime: 13 * 60 },
  gardener: { allowedWeekDays: 18, allowedFromTime: 14 * 60, allowedUntilTime: 18 * 60 },
  painter: { allowedWeekDays: 126, allowedFromTime: 7 * 60, allowedUntilTime: 18 * 60 },
};

const everyDay = { allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 };

/** From early afternoon to the forenoon of a later day, when guests arrive and leave; in days from `now`. */
function between(now: number, from: number, until: number): ScheduleJson {
  const midnight = now - (now % day);
  return {
    allowedFromDate: new Date(midnight + from * day + 14 * hour).toISOString(),
    allowedUntilDate: new Date(midnight + until * day + 10 * hour).toISOString(),
    ...everyDay,
  };
}

/** The authorizations of a device of the demo home. */
export function demoAuthorizations({ smartlockId, creationDate }: SmartlockJson, now: number): AuthorizationJson[] {
  const since = { allowedFromDate: creationDate };
  const weekdays = { ...since, allowedWeekDays: 124, allowedFromTime: 8 * 60, allowedUntilTime: 12 * 60 };
  const madeAgo = (ago: number): Partial<AuthorizationJson> => ({
    creationDate: new Date(now - ago).toISOString(),
    updateDate: new Date(now - ago + 20_000).toISOString(),
  });
  const usedAgo = (ago: number): Partial<AuthorizationJson> => ({ lastActiveDate: new Date(now - ago).toISOString() });
  // Cut at 20 bytes, as the keypad does.
  const housekeeping = code(738291, 'Housekeeping Cleanin', { lockCount: 44, ...since, ...visits.housekeeping });
  const bensFob: Brief = [authorizationType.fob, "Ben's Fob", { lockCount: 55, accountUserId: userId('Ben Berger') }];
  const briefs: Readonly<Record<number, readonly Brief[]>> = {
    [frontDoor]: [
      app('Anna Berger', { lockCount: 812 }),
      app('Ben Berger', { lockCount: 640 }),
      app('Clara Novak', { lockCount: 37, ...weekdays }),
      app('Dora Lind', { enabled: false, lockCount: 2 }),
      [authorizationType.bridge, 'Nuki Web'],
      bensFob,
      [authorizationType.keypad, 'Keypad 2', { remoteAllowed: false }],
      code(445566, 'Family', { lockCount: 301 }),
      housekeeping,
      code(951357, 'Guest Emil', { lockCount: 6, ...between(now, -30, -23) }),
      code(246813, 'Guest Fritz', between(now, 5, 12)),
      code(864297, 'Plumber', { enabled: false, lockCount: 1 }),
      [authorizationType.zKey, 'Z-Key'],
      [authorizationType.virtual, 'Voice Assistant'],
    ],
    [garage]: [
      app('Anna Berger', { lockCount: 92 }),
      app('Ben Berger', { lockCount: 71 }),
      [authorizationType.bridge, 'Nuki Web'],
    ],
    [cellar]: [
      app('Anna Berger', { lockCount: 12 }),
      [authorizationType.bridge, 'Bridge'],
      [authorizationType.fob, 'Cellar Fob', { lockCount: 8 }],
      bensFob,
    ],
    [intercom]: [app('Anna Berger'), app('Ben Berger'), [authorizationType.bridge, 'Bridge']],
    [parcelBox]: [app('Anna Berger', { lockCount: 19 }), app('Ben Berger', between(now, -90, 275))],
    [terrace]: [
      app('Anna Berger', { lockCount: 130 }),
      [authorizationType.keypad, 'Keypad'],
      code(445566, 'Family', { lockCount: 88 }),
      code(573918, 'Ben', { lockCount: 12, accountUserId: userId('Ben Berger') }),
      code(696969, 'Gardener', { lockCount: 17, ...since, ...visits.gardener }),
      code(345876, 'Painter', { lockCount: 3, ...between(now, -6, 1), ...visits.painter, ...madeAgo(8 * day) }),
    ],
    [guestHouse]: [
      app('Anna Berger', { lockCount: 20 }),
      app('Dora Lind', between(now, 2, 9)),
      [authorizationType.keypad, 'Keypad'],
      housekeeping,
      code(319746, 'Guest Gerda', { lockCount: 6, ...between(now, -2, 3), ...madeAgo(5 * day), ...usedAgo(10 * hour) }),
      code(597531, 'Guest Hanna', { lockCount: 4, ...between(now, -9, -2) }),
      // Listed for most of a day, and never taken by the lock.
      code(428571, 'Guest Ida', {
        ...between(now, 1, 6),
        ...madeAgo(20 * hour),
        updateDate: null,
      }),
    ],
  };
  return (briefs[smartlockId] ?? []).map(([type, name, details], index) => ({
    id: idAt(now - (300 - index) * day, smartlockId),
    smartlockId,
    authId: type === authorizationType.keypadCode ? 8192 + 4 * index : index + 1,
    type,
    name,
    enabled: true,
    remoteAllowed: true,
    lockCount: 0,
    creationDate,
    updateDate: creationDate,
    ...(details?.lockCount && usedAgo(26 * hour)),
    ...details,
  }));
}
