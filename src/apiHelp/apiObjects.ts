import type { EnclosingObject } from './fieldAt.ts';

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

/** The objects' names, for the user. */
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
  subAccount: 'Sub-account, as written',
  person: 'Account user',
  notification: 'Notification',
  intercom: 'Intercom model',
};

/** The field that holds such an object, and the fields by which it is recognized. OpenAPI 4.10.0. */
const indicators: Readonly<Record<ApiObject, { readonly heldBy?: string; readonly fields: readonly string[] }>> = {
  device: {
    fields: (
      'serverState adminPinState firmwareVersion hardwareVersion config virtualDevice lmType favorite ' +
      'advancedConfig smartdoorAdvancedConfig openerAdvancedConfig webConfig'
    ).split(' '),
  },
  state: {
    heldBy: 'state',
    fields: ['mode', 'lastAction', 'doorState', 'batteryCritical', 'ringToOpenTimer', 'nightMode'],
  },
  config: {
    heldBy: 'config',
    fields: [
      'timezoneId',
      'fobPaired',
      'keypadPaired',
      'capabilities',
      'advertisingMode',
      'homekitState',
      'productVariant',
    ],
  },
  lockSettings: { heldBy: 'advancedConfig', fields: ['motorSpeed', 'detachedCylinder', 'totalDegrees', 'lngTimeout'] },
  doorSettings: { heldBy: 'smartdoorAdvancedConfig', fields: ['buzzerVolume', 'supportedBatteryTypes', 'lngTimeout'] },
  openerSettings: {
    heldBy: 'openerAdvancedConfig',
    fields: ['doorbellSuppression', 'soundRing', 'soundOpen', 'soundLevel', 'rtoTimeout', 'electricStrikeDelay'],
  },
  authorization: {
    fields: ['allowedFromTime', 'allowedUntilTime', 'allowedWeekDays', 'allowedFromDate', 'remoteAllowed', 'lockCount'],
  },
  log: { fields: ['trigger', 'action', 'source', 'autoUnlock', 'deviceType', 'openerLog', 'ajarTimeout'] },
  openerLog: { heldBy: 'openerLog', fields: ['activeCm', 'activeRto', 'flagGeoFence'] },
  action: { fields: ['action', 'option'] },
  account: { fields: ['masterAccountId', 'emailVerified', 'b2bActive', 'descent'] },
  subAccount: { fields: ['password', 'rights'] },
  person: { fields: ['accountUserId', 'email'] },
  notification: { fields: ['notificationId', 'pushId', 'referenceId'] },
  intercom: { fields: ['brandId', 'verified', 'conGndBus'] },
};

const apiObjects = Object.keys(apiObjectNames).filter(isApiObject);

export function isApiObject(name: string): name is ApiObject {
  return Object.hasOwn(apiObjectNames, name);
}

/**
 * The object of the API that a text describes: by the field that holds it, otherwise the one with the most of its fields in it. One generic
 * name is not enough; `undefined` where two objects fit equally well.
 */
export function apiObjectOf({ name, fields }: EnclosingObject): ApiObject | undefined {
  const held = name === undefined ? undefined : apiObjects.find((each) => indicators[each].heldBy === name);
  if (held !== undefined) return held;
  const scored = apiObjects.map((apiObject) => ({ apiObject, score: scoreOf(apiObject, fields) }));
  const [best, next] = scored.toSorted((a, b) => b.score - a.score);
  const isClear = best !== undefined && best.score >= 2 && best.score > (next?.score ?? 0);
  return isClear ? best.apiObject : undefined;
}

function scoreOf(apiObject: ApiObject, fields: EnclosingObject['fields']): number {
  const found = indicators[apiObject].fields.filter((field) => fields.has(field));
  return found.reduce((score, field) => score + (isGenericName(field) ? 1 : 2), 0);
}

const genericNames = new Set(
  (
    'type state mode trigger action option source rights os status verified config email password capabilities batteryType ' +
    'deviceType firmwareVersion hardwareVersion descent operatingMode referenceId notificationId'
  ).split(' '),
);

/** Whether other programs use the name of this field too: alone it does not tell that a text is about Nuki. */
export function isGenericName(field: string): boolean {
  return genericNames.has(field);
}

const nukiNames = new Set([
  'smartlockId',
  'nukiId',
  ...apiObjects.flatMap((apiObject) => indicators[apiObject].fields).filter((field) => !isGenericName(field)),
]);

/** Whether `text`, or a field of one of the objects, tells that they are about Nuki. */
export function isAboutNuki(objects: readonly EnclosingObject[], text: string): boolean {
  const fields = objects.flatMap((object) => [...object.fields.keys()]);
  return /nuki|smart-?lock/i.test(text) || fields.some((field) => nukiNames.has(field));
}
