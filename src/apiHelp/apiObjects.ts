import type { Enclosing } from './fieldAt.ts';

/** An object of the API: the same field means something else in another one. */
export type ApiObject =
  | 'device'
  | 'state'
  | 'config'
  | 'lockSettings'
  | 'doorSettings'
  | 'openerSettings'
  | 'authorization'
  | 'log'
  | 'openerLog'
  | 'action'
  | 'account'
  | 'subAccount'
  | 'person'
  | 'notification'
  | 'intercom';

/** What the objects are called, for whoever reads. */
export const apiObjectNames: Readonly<Record<ApiObject, string>> = {
  device: 'Device',
  state: 'Device state',
  config: 'Device settings',
  lockSettings: 'Advanced settings of a lock',
  doorSettings: 'Advanced settings of a Smart Door',
  openerSettings: 'Advanced settings of an Opener',
  authorization: 'Authorization',
  log: 'Log entry',
  openerLog: "Opener's part of a log entry",
  action: 'Action',
  account: 'Account',
  subAccount: 'Sub account, as written',
  person: 'Account user',
  notification: 'Notification',
  intercom: 'Intercom model',
};

/** The field that holds an object of this kind, and the fields that such an object is known by. OpenAPI 4.10.0. */
const indicatorFields: Readonly<Record<ApiObject, { readonly heldBy?: string; readonly has: readonly string[] }>> = {
  device: {
    has: (
      'serverState adminPinState firmwareVersion hardwareVersion config virtualDevice lmType favorite ' +
      'advancedConfig smartdoorAdvancedConfig openerAdvancedConfig webConfig'
    ).split(' '),
  },
  state: {
    heldBy: 'state',
    has: ['mode', 'lastAction', 'doorState', 'batteryCritical', 'ringToOpenTimer', 'nightMode'],
  },
  config: {
    heldBy: 'config',
    has: [
      'timezoneId',
      'fobPaired',
      'keypadPaired',
      'capabilities',
      'advertisingMode',
      'homekitState',
      'productVariant',
    ],
  },
  lockSettings: { heldBy: 'advancedConfig', has: ['motorSpeed', 'detachedCylinder', 'totalDegrees', 'lngTimeout'] },
  doorSettings: { heldBy: 'smartdoorAdvancedConfig', has: ['buzzerVolume', 'supportedBatteryTypes', 'lngTimeout'] },
  openerSettings: {
    heldBy: 'openerAdvancedConfig',
    has: ['doorbellSuppression', 'soundRing', 'soundOpen', 'soundLevel', 'rtoTimeout', 'electricStrikeDelay'],
  },
  authorization: {
    has: ['allowedFromTime', 'allowedUntilTime', 'allowedWeekDays', 'allowedFromDate', 'remoteAllowed', 'lockCount'],
  },
  log: { has: ['trigger', 'action', 'source', 'autoUnlock', 'deviceType', 'openerLog', 'ajarTimeout'] },
  openerLog: { heldBy: 'openerLog', has: ['activeCm', 'activeRto', 'flagGeoFence'] },
  action: { has: ['action', 'option'] },
  account: { has: ['masterAccountId', 'emailVerified', 'b2bActive', 'descent'] },
  subAccount: { has: ['password', 'rights'] },
  person: { has: ['accountUserId', 'email'] },
  notification: { has: ['notificationId', 'pushId', 'referenceId'] },
  intercom: { has: ['brandId', 'verified', 'conGndBus'] },
};

const apiObjects = Object.keys(apiObjectNames).filter((name): name is ApiObject => Object.hasOwn(apiObjectNames, name));

/**
 * Which object of the API this is: by the field that holds it, else by what it has most signs of. One everyday name is no sign, and where
 * several objects have as many, it is none of them.
 */
export function apiObjectOf({ name, fields }: Enclosing): ApiObject | undefined {
  const held = apiObjects.find((place) => name !== undefined && indicatorFields[place].heldBy === name);
  if (held !== undefined) return held;
  const scores = apiObjects.map((place) => ({
    place,
    score: scoreOf(indicatorFields[place].has.filter((each) => fields.has(each))),
  }));
  const [best, next] = scores.toSorted((a, b) => b.score - a.score);
  return best && best.score >= 2 && best.score > (next?.score ?? 0) ? best.place : undefined;
}

function scoreOf(found: readonly string[]): number {
  return found.reduce((score, name) => score + (isGenericName(name) ? 1 : 2), 0);
}

/** Names that other programs use too: alone they are no sign of Nuki. */
const genericNames = new Set(
  (
    'type state mode trigger action option source rights os status verified config email password capabilities batteryType ' +
    'deviceType firmwareVersion hardwareVersion descent operatingMode referenceId notificationId'
  ).split(' '),
);

export function isGenericName(field: string): boolean {
  return genericNames.has(field);
}

const ownNames = new Set([
  'smartlockId',
  'nukiId',
  ...apiObjects.flatMap((place) => indicatorFields[place].has).filter((name) => !genericNames.has(name)),
]);

/** Whether one of these objects, or the text around them, is plainly about Nuki. */
export function isAboutNuki(around: readonly Enclosing[], text: string): boolean {
  return /nuki|smart-?lock/i.test(text) || around.some(({ fields }) => [...fields.keys()].some((f) => ownNames.has(f)));
}
