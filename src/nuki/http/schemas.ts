import * as v from 'valibot';
import { isUsableDeviceId } from '../deviceId.ts';

// The shape of the API's answers. Only the client needs it.

/** A field that may be missing: null or of a wrong type, it is `undefined` too. */
function maybe<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}

/** An object that may be missing. */
function maybeObject<T extends v.ObjectEntries>(entries: T) {
  return maybe(v.object(entries));
}

/** A whole number that JavaScript holds exactly. */
const integer = v.pipe(v.number(), v.safeInteger());

/** `operationId` is a string or an object; its presence means that an operation of another client is under way. */
const presence = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((operationId) => operationId !== undefined && operationId !== null),
  ),
  null,
);

/** `GET /account`: whose token it is. */
export const accountSchema = v.object({
  accountId: integer,
  name: maybe(v.string()),
  email: maybe(v.string()),
});

/** The same: what a sub-account may do. */
export const accountRightsSchema = v.object({ masterAccountId: maybe(integer), rights: maybe(integer) });

/**
 * An element of `GET /smartlock`. Only fields without which no row can be drawn are required. Unfamiliar numbers are kept, beyond the
 * OpenAPI's maxima too: it forbids values that it documents.
 */
export const smartlockSchema = v.object({
  smartlockId: v.pipe(integer, v.check(isUsableDeviceId)),
  type: integer,
  name: v.string(),
  favorite: maybe(v.boolean()),
  lmType: maybe(integer),
  operationId: presence,
  serverState: maybe(integer),
  adminPinState: maybe(integer),
  firmwareVersion: maybe(integer),
  updateDate: maybe(v.string()),
  virtualDevice: maybe(v.boolean()),
  error: maybe(v.string()),
  advancedConfig: maybeObject({ operationId: presence }),
  openerAdvancedConfig: maybeObject({ operationId: presence }),
  smartdoorAdvancedConfig: maybeObject({ operationId: presence }),
  currentSubscription: maybeObject({ state: maybe(v.string()) }),
  config: maybeObject({
    timezoneId: maybe(integer),
    autoUnlatch: maybe(v.boolean()),
    keypadPaired: maybe(v.boolean()),
    keypad2Paired: maybe(v.boolean()),
    productVariant: maybe(integer),
    operationId: presence,
  }),
  state: maybeObject({
    mode: maybe(integer),
    state: maybe(integer),
    trigger: maybe(integer),
    lastAction: maybe(integer),
    doorState: maybe(integer),
    batteryCritical: maybe(v.boolean()),
    batteryCharging: maybe(v.boolean()),
    batteryCharge: maybe(v.number()),
    keypadBatteryCritical: maybe(v.boolean()),
    doorsensorBatteryCritical: maybe(v.boolean()),
    keypadMountingState: maybe(integer),
    nightMode: maybe(v.boolean()),
    ringToOpenEnd: maybe(v.string()),
    operationId: presence,
  }),
});

/** How many entries an object has, whose names and values are not kept. */
const count = maybe(
  v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((entries) => Object.keys(entries).length),
  ),
);

/**
 * An element of `GET /smartlock/{id}/auth`. The keypad code that the API sends is left out, so that it cannot be shown or logged by
 * mistake.
 */
export const authorizationSchema = v.object({
  id: v.string(),
  type: integer,
  name: v.string(),
  smartlockId: maybe(integer),
  accountUserId: maybe(integer),
  enabled: maybe(v.boolean()),
  remoteAllowed: maybe(v.boolean()),
  allowedFromDate: maybe(v.string()),
  allowedUntilDate: maybe(v.string()),
  allowedWeekDays: maybe(integer),
  allowedFromTime: maybe(integer),
  allowedUntilTime: maybe(integer),
  lockCount: maybe(integer),
  lastActiveDate: maybe(v.string()),
  creationDate: maybe(v.string()),
  updateDate: maybe(v.string()),
  /** How many fingerprints open with this authorization. */
  fingerprints: count,
  error: maybe(v.string()),
  operationId: presence,
});

/** The keypad code of an authorization, whether the rest of it is understood or not. */
export const codeSchema = v.object({ id: v.string(), code: integer });

/** The fields that `POST /smartlock/{id}/auth/{id}` replaces: understood or not, they are sent back as they came. */
export const replacedFieldsSchema = v.object({
  name: v.optional(v.unknown()),
  enabled: v.optional(v.unknown()),
  remoteAllowed: v.optional(v.unknown()),
  code: v.optional(v.unknown()),
  accountUserId: v.optional(v.unknown()),
  allowedFromDate: v.optional(v.unknown()),
  allowedUntilDate: v.optional(v.unknown()),
  allowedWeekDays: v.optional(v.unknown()),
  allowedFromTime: v.optional(v.unknown()),
  allowedUntilTime: v.optional(v.unknown()),
});

/** A page of `GET /smartlock/auth/paged`, its entries not yet decoded. */
export const pageSchema = v.object({
  results: v.array(v.unknown()),
  pagination: v.object({ totalPages: integer, totalItems: integer }),
});

/** An element of `GET /account/user`. */
export const personSchema = v.object({
  accountUserId: integer,
  name: maybe(v.string()),
  email: maybe(v.string()),
});

/** An id that is a text here and a number there. */
const textId = maybe(
  v.pipe(
    v.union([v.string(), integer]),
    v.transform((id) => String(id)),
  ),
);

/** An element of `GET /account/integration`: something that has access to the account. What is no text among its scopes is left out. */
export const integrationSchema = v.object({
  vendorKey: maybe(v.string()),
  name: maybe(v.string()),
  description: maybe(v.string()),
  version: maybe(v.string()),
  warning: maybe(v.boolean()),
  device: maybe(v.boolean()),
  createdAt: maybe(v.string()),
  lastActiveAt: maybe(v.string()),
  scopes: maybe(
    v.pipe(
      v.array(v.unknown()),
      v.transform((scopes) => scopes.filter((scope) => typeof scope === 'string')),
    ),
  ),
  tokenId: textId,
  clientId: textId,
  subAccount: maybe(v.boolean()),
  subAccountId: maybe(integer),
  subAccountName: maybe(v.string()),
  advancedType: maybe(v.string()),
  advancedState: maybe(v.string()),
});

/** An element of `GET /smartlock/{id}/log`: an attempt; `state` says how it ended. */
export const activitySchema = v.object({
  id: v.string(),
  action: integer,
  trigger: maybe(integer),
  state: maybe(integer),
  date: maybe(v.string()),
  name: maybe(v.string()),
  source: maybe(integer),
  authId: maybe(v.string()),
  accountUserId: maybe(integer),
  autoUnlock: maybe(v.boolean()),
  ajarTimeout: maybe(integer),
  error: maybe(v.string()),
  openerLog: maybeObject({
    activeRto: maybe(v.boolean()),
    activeCm: maybe(v.boolean()),
    source: maybe(integer),
    flagGeoFence: maybe(v.boolean()),
    flagForce: maybe(v.boolean()),
    flagDoorbellSuppression: maybe(v.boolean()),
  }),
});

/** An element of `GET /smartlock/log`: that of any device. */
export const accountActivitySchema = v.object({ ...activitySchema.entries, smartlockId: integer });
