import type { Authorization } from './authorization.ts';
import { authorizationType } from './authorizationType.ts';
import { idleStart, limitFields, limitNothing, missingLimits } from './completeLimits.ts';
import type { Decoded } from '../http/decode.ts';
import { keypadName } from './keypadName.ts';
import type { Schedule } from './schedule.ts';

/** The authorizations of one or more devices, and apart from them the keypad codes, by the id of the authorization. */
export interface AuthorizationsWithCodes extends Decoded<Authorization> {
  readonly codes: ReadonlyMap<string, string>;
}

/** What a new authorization is made of. A missing field of the schedule means no limit. Web API, `PUT /smartlock/auth`. */
export interface NewAuthorization extends Schedule {
  readonly type: number;
  readonly name: string;
  readonly remoteAllowed: boolean;
  /** Six digits, with type 13 only. */
  readonly code?: number;
  /** With every other type; a code may have one. */
  readonly accountUserId?: number;
}

/**
 * Every field that `POST /smartlock/{id}/auth/{id}` takes. It replaces the authorization: a field that is left out is not kept but lost,
 * so all of them are sent each time.
 */
export const replacedFields = [
  'name',
  'enabled',
  'remoteAllowed',
  'code',
  'accountUserId',
  'allowedFromDate',
  'allowedUntilDate',
  'allowedWeekDays',
  'allowedFromTime',
  'allowedUntilTime',
] as const;

export type ReplacedField = (typeof replacedFields)[number];

/** One authorization as the API holds it, field by field, understood or not. It may hold a keypad code: not for showing or logging. */
export interface RawAuthorization {
  readonly authorization: Authorization;
  readonly fields: { readonly [F in ReplacedField]?: unknown };
}

/** What the user has changed; `null` removes a limit. A field that is not named here is sent back as the API sent it. */
export type AuthorizationChanges = {
  readonly [F in ReplacedField]?: F extends 'accountUserId'
    ? never
    : F extends 'name'
      ? string
      : F extends 'code'
        ? number
        : F extends keyof Schedule
          ? NonNullable<Schedule[F]> | null
          : boolean;
};

/** An authorization as `changes` make it, but for its code. */
export function withChanges(authorization: Authorization, changes: AuthorizationChanges): Authorization {
  const { code: _, ...shown } = changes;
  const given = Object.entries(shown).map(([field, value]) => [field, value ?? undefined] as const);
  return { ...authorization, ...Object.fromEntries(given) };
}

/**
 * `changes`, and with them whatever else has to be sent otherwise than it came: limits that were not complete are completed by what limits
 * nothing, all are cleared where `changes` take the last one away, and the name of a keypad code is cut to what a keypad holds.
 * `now`: ms since 1970.
 */
export function completedChanges(
  raw: RawAuthorization,
  changes: AuthorizationChanges,
  now: number,
): AuthorizationChanges {
  const { name, type } = { ...raw.authorization, ...changes };
  const cut = type === authorizationType.keypadCode ? keypadName(name) : name;
  return { ...limitChanges(raw, changes, now), ...(cut !== name && { name: cut }) };
}

function limitChanges(
  { authorization, fields }: RawAuthorization,
  changes: AuthorizationChanges,
  now: number,
): AuthorizationChanges {
  const asked = { ...fields, ...changes };
  if (limitFields.some((field) => field in changes) && limitNothing(asked)) return { ...changes, ...noLimits };
  return { ...changes, ...missingLimits(asked, idleStart(authorization, now)) };
}

const noLimits: AuthorizationChanges = {
  allowedFromDate: null,
  allowedUntilDate: null,
  allowedWeekDays: null,
  allowedFromTime: null,
  allowedUntilTime: null,
};

/** The body of a POST that changes nothing but `changes` and what they need, see {@link completedChanges}. `now`: ms since 1970. */
export function replacement(
  raw: RawAuthorization,
  changes: AuthorizationChanges,
  now: number,
): Record<string, unknown> {
  const sent = { ...raw.fields, ...completedChanges(raw, changes, now) };
  return Object.fromEntries(
    replacedFields.flatMap((field) => (sent[field] === undefined ? [] : [[field, sent[field]]])),
  );
}

/** Whether `changes` differ from what the authorization has. A field that is not there is no limit, as `null` is. */
export function changesAnything({ fields }: RawAuthorization, changes: AuthorizationChanges): boolean {
  return replacedFields.some((field) => field in changes && (fields[field] ?? null) !== changes[field]);
}

/** Whether an authorization has changed between two readings. The lock's first confirmation, which dates it, is no change. */
export function hasChanged(before: RawAuthorization, now: RawAuthorization): boolean {
  const { updateDate } = before.authorization;
  return (
    (updateDate !== undefined && updateDate !== now.authorization.updateDate) ||
    replacedFields.some((field) => JSON.stringify(before.fields[field]) !== JSON.stringify(now.fields[field]))
  );
}
