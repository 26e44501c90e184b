import type { Authorization } from './authorization.ts';
import type { Reading } from '../http/decode.ts';

// By hand, where a schema would do: an account may list 200,000 of them, and the schema takes twice as long as reading the JSON. A test
// holds the two together.

/** An element of a list of authorizations, understood as `authorizationSchema` understands it. */
export function readAuthorization(json: unknown): Reading<Authorization> {
  if (!isObject(json)) return { problem: 'whole' };
  const { id, type, name } = json;
  if (typeof id !== 'string') return { problem: 'id' };
  if (!isInteger(type)) return { problem: 'type' };
  if (typeof name !== 'string') return { problem: 'name' };
  const value: Authorization = {
    id,
    type,
    name,
    smartlockId: integer(json['smartlockId']),
    accountUserId: integer(json['accountUserId']),
    enabled: isBoolean(json['enabled']),
    remoteAllowed: isBoolean(json['remoteAllowed']),
    allowedFromDate: text(json['allowedFromDate']),
    allowedUntilDate: text(json['allowedUntilDate']),
    allowedWeekDays: integer(json['allowedWeekDays']),
    allowedFromTime: integer(json['allowedFromTime']),
    allowedUntilTime: integer(json['allowedUntilTime']),
    lockCount: integer(json['lockCount']),
    lastActiveDate: text(json['lastActiveDate']),
    creationDate: text(json['creationDate']),
    updateDate: text(json['updateDate']),
    operationId: json['operationId'] !== undefined && json['operationId'] !== null,
  };
  return { value };
}

/** The keypad codes in a list, by the id of their authorization, of entries that are not understood too; of two with one id the first counts. */
export function codesIn(list: readonly unknown[]): Map<string, string> {
  const codes = new Map<string, string>();
  const seen = new Set<string>();
  for (const element of list) {
    if (!isObject(element)) continue;
    const { id, code } = element;
    if (typeof id !== 'string' || seen.has(id)) continue;
    seen.add(id);
    if (isInteger(code)) codes.set(id, String(code));
  }
  return codes;
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null;
}

/** Whether it is a whole number that JavaScript holds exactly. */
function isInteger(json: unknown): json is number {
  return Number.isSafeInteger(json);
}

function integer(json: unknown): number | undefined {
  return isInteger(json) ? json : undefined;
}

function text(json: unknown): string | undefined {
  return typeof json === 'string' ? json : undefined;
}

function isBoolean(json: unknown): boolean | undefined {
  return typeof json === 'boolean' ? json : undefined;
}
