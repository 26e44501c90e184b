import type { Authorization } from './authorization.ts';
import type { Decoded } from '../http/decode.ts';
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
  /** With every other type. */
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

/** The body of a POST that changes nothing but `changes`. */
export function replacement({ fields }: RawAuthorization, changes: AuthorizationChanges): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of replacedFields) {
    const value = field in changes ? changes[field] : fields[field];
    if (value !== undefined) body[field] = value;
  }
  return body;
}

/** Whether `changes` differ from what the authorization has. A field that is not there is no limit, as `null` is. */
export function changesAnything({ fields }: RawAuthorization, changes: AuthorizationChanges): boolean {
  return replacedFields.some((field) => field in changes && (fields[field] ?? null) !== changes[field]);
}

/** Whether an authorization has changed between two readings. */
export function hasChanged(before: RawAuthorization, now: RawAuthorization): boolean {
  return (
    before.authorization.updateDate !== now.authorization.updateDate ||
    replacedFields.some((field) => JSON.stringify(before.fields[field]) !== JSON.stringify(now.fields[field]))
  );
}
