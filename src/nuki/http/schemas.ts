import * as v from 'valibot';
import { isUsableDeviceId } from '../deviceId.ts';

// What the API's answers look like, apart from what can be said of them: only the client needs this, and loads it on first use.

/** A field that nothing depends on: missing, null or of a wrong type it is simply not known. */
function maybe<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}

/** An object that nothing depends on; what it lacks is not known. */
function maybeObject<T extends v.ObjectEntries>(entries: T) {
  return maybe(v.object(entries));
}

/** A whole number that JavaScript holds exactly. */
const integer = v.pipe(v.number(), v.safeInteger());

/** `operationId` is a string or an object, and means one thing: somebody else's operation is under way. */
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
});

/**
 * An element of `GET /smartlock`. Only what a row cannot be drawn without is required; unfamiliar numbers stay numbers, and the
 * OpenAPI's own maxima are not believed (it forbids values that it documents).
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
  config: maybeObject({
    timezoneId: maybe(integer),
    keypadPaired: maybe(v.boolean()),
    keypad2Paired: maybe(v.boolean()),
    productVariant: maybe(integer),
    capabilities: maybe(integer),
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
    ringToOpenEnd: maybe(v.string()),
    operationId: presence,
  }),
});

/**
 * An element of `GET /smartlock/{id}/auth`. The keypad code that the API sends along is not taken over: what is not kept cannot
 * be shown or logged by mistake.
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
  operationId: presence,
});

/** The keypad code of an authorization, whether the rest of it is understood or not. */
export const codeSchema = v.object({ id: v.string(), code: integer });

/** What `POST /smartlock/{id}/auth/{id}` takes, as the API has it: understood or not, it is sent back as it came. */
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

/** What a page of `GET /smartlock/auth/paged` holds besides its entries. */
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

/** An element of `GET /smartlock/{id}/log`: an attempt, which `state` says the end of. */
export const activitySchema = v.object({
  id: v.string(),
  action: integer,
  trigger: maybe(integer),
  state: maybe(integer),
  date: maybe(v.string()),
  name: maybe(v.string()),
  source: maybe(integer),
});
