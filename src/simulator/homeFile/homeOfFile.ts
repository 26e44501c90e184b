import type { Clock } from '../../base/clock.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { everyDay, readWeekdays } from '../../nuki/time/weekdays.ts';
import { timeZones } from '../../nuki/time/timeZones.ts';
import { deviceType, kindOf, phaseOf, statesOf } from '../../nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../../nuki/vocabulary/kindWords.ts';
import { completionStates, logSources, logTriggers, type Vocabulary } from '../../nuki/vocabulary/words.ts';
import { makeSmartlock } from '../devices/smartlockJson.ts';
import type { SimulatedDevice } from '../devices/device.ts';
import type { HomeOptions } from '../home.ts';
import { makeIntegrations, type IntegrationDetails } from '../integrations.ts';
import { doors, readFileDate, readHours, type HomeFile } from './homeFileSchema.ts';
import type {
  AccountUserJson,
  AuthorizationJson,
  LogJson,
  OpenerLogJson,
  ScheduleJson,
  SmartlockJson,
} from '../wire.ts';

export type FileDevice = HomeFile['devices'][number];
export type FileAuthorization = HomeFile['authorizations'][number];
type FilePerson = HomeFile['people'][number];
type FileLogEntry = HomeFile['log'][number];

const accountId = 1_000_000_001;
const firstUserId = 1_000_101;
const hour = 3_600_000;
const day = 24 * hour;

const usualFirmware: Readonly<Record<number, readonly [number, number, number]>> = {
  [deviceType.smartLock1]: [2, 8, 15],
  [deviceType.box]: [1, 2, 4],
  [deviceType.opener]: [1, 10, 1],
  [deviceType.smartDoor]: [1, 4, 10],
  [deviceType.smartLock3]: [4, 2, 8],
  [deviceType.smartLock5]: [5, 9, 4],
};

/** The home that a file describes, with the dates that count from the start of `clock`. The file has been checked. */
export function homeOf(file: HomeFile, clock: Clock, seed: number): HomeOptions {
  const now = clock.now();
  const created = isoDate('-500d', now);
  const users = file.people.map((person, index) => userOf(person, index, file, now));
  const hexIds = hexIdsOf(file.devices);
  const devices = file.devices.map((device, index) => {
    const listed = smartlockOf(device, hexIds[index] ?? '', now);
    const authorizations = authorizationsOf(device, listed, file, users, now);
    const log = logOf(device, listed, authorizations, file.log, now);
    return { listed, authorizations, log, unlatches: device.unlatches } satisfies SimulatedDevice;
  });
  return {
    clock,
    seed,
    account: { accountId, type: 0, emailVerified: true, creationDate: created, updateDate: created, ...file.account },
    users,
    tokens: [],
    integrations: makeIntegrations(file.integrations.map((entry) => integrationOf(entry, now))),
    devices,
  };
}

/** The number behind a word of a vocabulary, or the number itself; `undefined` for a word that is not in it. */
export function codeOf(vocabulary: Vocabulary, word: string | number): number | undefined {
  if (typeof word === 'number') return word;
  const found = Object.entries(vocabulary).find(([, known]) => known === word);
  return found && Number(found[0]);
}

export function typeOfDevice({ type }: FileDevice): number {
  return numberOf(deviceType, type);
}

export function typeOfAuthorization({ type, code }: FileAuthorization): number {
  return numberOf(authorizationType, type ?? (code === undefined ? 'app' : 'keypadCode'));
}

/** The devices that an authorization is for, by their names. */
export function devicesOf({ device }: FileAuthorization): readonly string[] {
  return typeof device === 'string' ? [device] : device;
}

/** The hex id of each device: its own, or the next that no other has. */
export function hexIdsOf(devices: readonly FileDevice[]): readonly string[] {
  const own = new Set(devices.flatMap(({ hexId }) => hexId?.toUpperCase() ?? []));
  let last = 0x1000_0000;
  return devices.map(({ hexId }) => {
    if (hexId !== undefined) return hexId.toUpperCase();
    do last += 1;
    while (own.has(hexOf(last)));
    return hexOf(last);
  });
}

function hexOf(number: number): string {
  return number.toString(16).toUpperCase();
}

function numberOf(table: Readonly<Record<string, number>>, word: string | number): number {
  return typeof word === 'number' ? word : (table[word] ?? 0);
}

function userOf(
  { name, email, language }: FilePerson,
  index: number,
  { people }: HomeFile,
  now: number,
): AccountUserJson {
  const date = isoDate('-400d', now);
  return {
    accountUserId: firstUserId + index,
    accountId,
    email: email ?? emailOf(name, index, people),
    name,
    language,
    creationDate: date,
    updateDate: date,
  };
}

/** An address made of the name, or of its number where the name has no letters for it or another one is called so. */
function emailOf(name: string, index: number, people: readonly FilePerson[]): string {
  const slug = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '.')
      .replace(/^\.|\.$/g, '');
  const address = `${slug(name)}@example.com`;
  const isTaken = people.some(
    (other, at) => at !== index && (slug(other.name) === slug(name) || other.email === address),
  );
  return slug(name) === '' || isTaken ? `person.${index + 1}@example.com` : address;
}

function smartlockOf(device: FileDevice, hex: string, now: number): SmartlockJson {
  const type = typeOfDevice(device);
  const kind = kindOf(type);
  const state = codeOf(statesOf(kind), device.state ?? 1) ?? 1;
  const [major = 1, minor = 0, patch = 0] = device.firmware?.split('.').map(Number) ?? usualFirmware[type] ?? [];
  const isClosed = phaseOf(kind, state) === 'secure';
  return makeSmartlock({
    type,
    hex,
    name: device.name,
    accountId,
    firmware: [major, minor, patch],
    timezoneId: timeZones.indexOf(device.timeZone),
    created: now - 400 * day,
    updated: now - hour,
    state: {
      state,
      lastAction: isClosed && kind.bolt ? 2 : 1,
      doorState: numberOf(doors, device.door),
      batteryCharge: device.battery,
      batteryCritical: device.batteryCritical ?? device.battery <= 20,
      nightMode: device.nightMode,
      ...(type === deviceType.opener && device.continuousMode && { mode: 3 }),
      ...(type === deviceType.opener && state === 3 && { ringToOpenEnd: isoDate('+20m', now) }),
    },
    config: { keypadPaired: device.keypad === 'Keypad', keypad2Paired: device.keypad === 'Keypad 2' },
    more: { favorite: device.favorite, serverState: device.online ? 0 : 4 },
  });
}

function authorizationsOf(
  device: FileDevice,
  { smartlockId }: SmartlockJson,
  { authorizations }: HomeFile,
  users: readonly AccountUserJson[],
  now: number,
): readonly AuthorizationJson[] {
  const own = authorizations.filter((entry) => devicesOf(entry).includes(device.name));
  const has = (type: number): boolean => own.some((entry) => typeOfAuthorization(entry) === type);
  const system = [
    ...(has(authorizationType.bridge)
      ? []
      : [{ type: authorizationType.bridge, name: 'Nuki Web', remoteAllowed: true }]),
    ...(device.keypad === 'none' || has(authorizationType.keypad)
      ? []
      : [{ type: authorizationType.keypad, name: device.keypad, remoteAllowed: false }]),
  ];
  const listed = [
    ...system.map((entry) => ({
      ...entry,
      enabled: true,
      lockCount: 0,
      creationDate: isoDate('-400d', now),
      updateDate: isoDate('-400d', now),
    })),
    ...own.map((entry) => fieldsOf(entry, users, now)),
  ];
  return listed.map((entry, index) => ({
    id: idAt(Date.parse(entry.creationDate), index, smartlockId),
    smartlockId,
    authId: entry.type === authorizationType.keypadCode ? 8192 + 4 * index : index + 1,
    ...entry,
  }));
}

/** What the file says of an authorization, whatever its device. */
function fieldsOf(
  entry: FileAuthorization,
  users: readonly AccountUserJson[],
  now: number,
): Omit<AuthorizationJson, 'id' | 'smartlockId' | 'authId'> {
  const type = typeOfAuthorization(entry);
  const isOfKeypad = type === authorizationType.keypad || type === authorizationType.keypadCode;
  const user = users.find(({ name }) => name === entry.person);
  const creationDate = isoDate(entry.created, now);
  return {
    type,
    name: entry.name ?? entry.person ?? '',
    enabled: entry.enabled,
    remoteAllowed: entry.remoteAllowed ?? !isOfKeypad,
    lockCount: entry.lockCount,
    creationDate,
    updateDate: entry.confirmed ? creationDate : null,
    ...scheduleOf(entry, creationDate, now),
    ...(user !== undefined && { accountUserId: user.accountUserId }),
    ...(entry.code !== undefined && { code: Number(entry.code) }),
    ...(entry.lastActive !== undefined && { lastActiveDate: isoDate(entry.lastActive, now) }),
  };
}

/** All limits where there is one, as they count only together. An end may be left open. */
function scheduleOf({ from, until, days, hours }: FileAuthorization, creationDate: string, now: number): ScheduleJson {
  if ([from, until, days, hours].every((limit) => limit === undefined)) return {};
  const [allowedFromTime, allowedUntilTime] = readHours(hours ?? '') ?? [0, 0];
  return {
    allowedFromDate: from === undefined ? creationDate : isoDate(from, now),
    ...(until !== undefined && { allowedUntilDate: isoDate(until, now) }),
    allowedWeekDays: (days === undefined ? undefined : readWeekdays(days, 'en')) ?? everyDay,
    allowedFromTime,
    allowedUntilTime,
  };
}

function integrationOf(
  { name, description, vendor, scopes, created, lastActive, legacy, phone }: HomeFile['integrations'][number],
  now: number,
): IntegrationDetails {
  return {
    name,
    vendorKey: vendor,
    ...(description !== undefined && { description }),
    scopes,
    createdAt: isoDate(created, now),
    ...(lastActive !== undefined && { lastActiveAt: isoDate(lastActive, now) }),
    isLegacy: legacy,
    device: phone,
  };
}

function logOf(
  device: FileDevice,
  { smartlockId, type }: SmartlockJson,
  authorizations: readonly AuthorizationJson[],
  entries: readonly FileLogEntry[],
  now: number,
): readonly LogJson[] {
  return entries
    .filter((entry) => entry.device === device.name)
    .map((entry, index): LogJson => {
      const date = isoDate(entry.at, now);
      const [authorization, ...others] = authorizations.filter(({ name }) => name === entry.name);
      return {
        id: idAt(Date.parse(date), index, smartlockId),
        smartlockId,
        deviceType: type === deviceType.box ? deviceType.smartLock1 : type,
        name: entry.name,
        action: codeOf(kindWordsOf(type).logActions, entry.action) ?? 0,
        trigger: codeOf(logTriggers, entry.trigger) ?? 0,
        state: codeOf(completionStates, entry.result) ?? 0,
        autoUnlock: entry.autoUnlock,
        date,
        source: codeOf(logSources, entry.source) ?? 0,
        ...(type === deviceType.opener && { openerLog: openerLogOf(entry) }),
        ...(authorization !== undefined && others.length === 0 && linksTo(authorization)),
      };
    })
    .toSorted((one, other) => Date.parse(other.date) - Date.parse(one.date));
}

/** What links an entry to an authorization, and to the account user whose it is. */
function linksTo({ id, accountUserId }: AuthorizationJson): Pick<LogJson, 'authId' | 'accountUserId'> {
  return { authId: id, ...(accountUserId !== undefined && { accountUserId }) };
}

/** What an entry of an Opener tells besides: that an app was used where it was someone, otherwise the doorbell. */
function openerLogOf({ name }: FileLogEntry): OpenerLogJson {
  const flags = { flagGeoFence: false, flagForce: false, flagDoorbellSuppression: false };
  return { activeCm: false, activeRto: false, source: name === '' ? 0 : 2, ...flags };
}

/** A date of the file as the API writes it. */
function isoDate(text: string, now: number): string {
  const { kind, ms } = readFileDate(text) ?? { kind: 'relative', ms: 0 };
  return new Date(kind === 'relative' ? now + ms : ms).toISOString();
}

/** An id by a date, its place among its like, and its device: later ones are greater as text. */
function idAt(at: number, place: number, smartlockId: number): string {
  const hex = (number: number, digits: number): string => (number % 16 ** digits).toString(16).padStart(digits, '0');
  return hex(Math.max(0, Math.floor(at / 1000)), 8) + hex(place, 6) + hex(smartlockId, 10);
}
