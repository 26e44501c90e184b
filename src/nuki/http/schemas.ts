import { isUsableDeviceId } from '../deviceId.ts';
import { anything, flag, integer, list, made, maybe, number, object, text, type Schema } from './schema.ts';

// The shape of the API's answers. Only the client needs it.

/** `operationId` is a string or an object; its presence means that an operation of another client is under way. */
const presence: Schema<boolean> = (operationId) => operationId !== undefined && operationId !== null;

/** `GET /account`: whose token it is. */
export const accountSchema = object({
  accountId: integer,
  name: maybe(text),
  email: maybe(text),
});

/** The same: what a sub-account may do. */
export const accountRightsSchema = object({ masterAccountId: maybe(integer), rights: maybe(integer) });

/**
 * An element of `GET /smartlock`. Only fields without which no row can be drawn are required. Unfamiliar numbers are kept, beyond the
 * OpenAPI's maxima too: it forbids values that it documents.
 */
export const smartlockSchema = object({
  smartlockId: made(integer, (id) => (isUsableDeviceId(id) ? id : undefined)),
  type: integer,
  name: text,
  favorite: maybe(flag),
  lmType: maybe(integer),
  operationId: presence,
  serverState: maybe(integer),
  adminPinState: maybe(integer),
  firmwareVersion: maybe(integer),
  updateDate: maybe(text),
  virtualDevice: maybe(flag),
  error: maybe(text),
  advancedConfig: maybe(object({ operationId: presence })),
  openerAdvancedConfig: maybe(object({ operationId: presence })),
  smartdoorAdvancedConfig: maybe(object({ operationId: presence })),
  currentSubscription: maybe(object({ state: maybe(text) })),
  config: maybe(
    object({
      timezoneId: maybe(integer),
      autoUnlatch: maybe(flag),
      keypadPaired: maybe(flag),
      keypad2Paired: maybe(flag),
      productVariant: maybe(integer),
      operationId: presence,
    }),
  ),
  state: maybe(
    object({
      mode: maybe(integer),
      state: maybe(integer),
      trigger: maybe(integer),
      lastAction: maybe(integer),
      doorState: maybe(integer),
      batteryCritical: maybe(flag),
      batteryCharging: maybe(flag),
      batteryCharge: maybe(number),
      keypadBatteryCritical: maybe(flag),
      doorsensorBatteryCritical: maybe(flag),
      keypadMountingState: maybe(integer),
      nightMode: maybe(flag),
      ringToOpenEnd: maybe(text),
      operationId: presence,
    }),
  ),
});

/** How many entries an object has, whose names and values are not kept. */
const count = maybe(
  made(anything, (entries) => (typeof entries === 'object' && entries ? Object.keys(entries).length : undefined)),
);

/**
 * An element of `GET /smartlock/{id}/auth`. The keypad code that the API sends is left out, so that it cannot be shown or logged by
 * mistake.
 */
export const authorizationSchema = object({
  id: text,
  type: integer,
  name: text,
  smartlockId: maybe(integer),
  accountUserId: maybe(integer),
  enabled: maybe(flag),
  remoteAllowed: maybe(flag),
  allowedFromDate: maybe(text),
  allowedUntilDate: maybe(text),
  allowedWeekDays: maybe(integer),
  allowedFromTime: maybe(integer),
  allowedUntilTime: maybe(integer),
  lockCount: maybe(integer),
  lastActiveDate: maybe(text),
  creationDate: maybe(text),
  updateDate: maybe(text),
  /** How many fingerprints open with this authorization. */
  fingerprints: count,
  error: maybe(text),
  operationId: presence,
});

/** The keypad code of an authorization, whether the rest of it is understood or not. */
export const codeSchema = object({ id: text, code: integer });

/** The fields that `POST /smartlock/{id}/auth/{id}` replaces: understood or not, they are sent back as they came. */
export const replacedFieldsSchema = object({
  name: anything,
  enabled: anything,
  remoteAllowed: anything,
  code: anything,
  accountUserId: anything,
  allowedFromDate: anything,
  allowedUntilDate: anything,
  allowedWeekDays: anything,
  allowedFromTime: anything,
  allowedUntilTime: anything,
});

/** A page of `GET /smartlock/auth/paged`, its entries not yet decoded. */
export const pageSchema = object({
  results: list,
  pagination: object({ totalPages: integer, totalItems: integer }),
});

/** An element of `GET /account/user`. */
export const personSchema = object({
  accountUserId: integer,
  name: maybe(text),
  email: maybe(text),
});

/** An id that is a text here and a number there. */
const textId: Schema<string | undefined> = (id) => maybe(text)(id) ?? maybe(made(integer, String))(id);

/** An element of `GET /account/integration`: something that has access to the account. What is no text among its scopes is left out. */
export const integrationSchema = object({
  vendorKey: maybe(text),
  name: maybe(text),
  description: maybe(text),
  version: maybe(text),
  warning: maybe(flag),
  device: maybe(flag),
  createdAt: maybe(text),
  lastActiveAt: maybe(text),
  scopes: maybe(made(list, (scopes) => scopes.filter((scope) => typeof scope === 'string'))),
  tokenId: textId,
  clientId: textId,
  subAccount: maybe(flag),
  subAccountId: maybe(integer),
  subAccountName: maybe(text),
  advancedType: maybe(text),
  advancedState: maybe(text),
});

const activityFields = {
  id: text,
  action: integer,
  trigger: maybe(integer),
  state: maybe(integer),
  date: maybe(text),
  name: maybe(text),
  source: maybe(integer),
  authId: maybe(text),
  accountUserId: maybe(integer),
  autoUnlock: maybe(flag),
  ajarTimeout: maybe(integer),
  error: maybe(text),
  openerLog: maybe(
    object({
      activeRto: maybe(flag),
      activeCm: maybe(flag),
      source: maybe(integer),
      flagGeoFence: maybe(flag),
      flagForce: maybe(flag),
      flagDoorbellSuppression: maybe(flag),
    }),
  ),
};

/** An element of `GET /smartlock/{id}/log`: an attempt; `state` says how it ended. */
export const activitySchema = object(activityFields);

/** An element of `GET /smartlock/log`: that of any device. */
export const accountActivitySchema = object({ ...activityFields, smartlockId: integer });
