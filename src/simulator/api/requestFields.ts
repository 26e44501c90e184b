import { minutesPerDay } from '../../nuki/time/timeOfDay.ts';
import { badParameter } from '../answers.ts';
import { limitsCount } from '../devices/keypad.ts';
import { isFields, type Fields } from '../jsonFields.ts';
import type { ScheduleJson } from '../wire.ts';

/** @throws {Refusal} 400 when `body` is no object */
export function fieldsOf(body: unknown): Fields {
  if (!isFields(body)) throw badParameter('body', null);
  return body;
}

/** @throws {Refusal} 400 when `body` is no list */
export function listOf(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) throw badParameter('body', null);
  return body as unknown[];
}

/**
 * A whole number from `min` to `max`, as a number or, as some clients send it, as text; `undefined` where it is missing or null.
 * @throws {Refusal} 400 for anything else
 */
export function integerField(fields: Fields, name: string, min = 0, max = 2 ** 31 - 1): number | undefined {
  const value = fields[name] ?? undefined;
  return value === undefined ? undefined : integerOf(name, value, min, max);
}

/** The whole number that `value` is, from `min` to `max`. @throws {Refusal} 400 for anything else */
export function integerOf(name: string, value: unknown, min = -Infinity, max = Infinity): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= min && number <= max) return number;
  throw badParameter(name, value);
}

/** @throws {Refusal} 400 for anything that is neither missing, null nor a boolean */
export function booleanField(fields: Fields, name: string): boolean | undefined {
  const value = fields[name] ?? undefined;
  if (value !== undefined && typeof value !== 'boolean') throw badParameter(name, value);
  return value;
}

/** @throws {Refusal} 400 for anything that is neither missing, null nor text */
export function textField(fields: Fields, name: string): string | undefined {
  const value = fields[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw badParameter(name, value);
  return value;
}

/** Text that is not empty. @throws {Refusal} 400 for anything else that is neither missing nor null */
export function nonEmptyField(fields: Fields, name: string): string | undefined {
  const text = textField(fields, name);
  if (text === '') throw badParameter(name, text);
  return text;
}

/** @throws {Refusal} 400 for anything that is neither missing, null nor an address */
export function emailField(fields: Fields): string | undefined {
  const email = textField(fields, 'email');
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email)) throw badParameter('email', email);
  return email;
}

/** @throws {Refusal} 400 for anything that is neither missing, null nor an object */
export function objectField(fields: Fields, name: string): Fields | undefined {
  const value = fields[name] ?? undefined;
  if (value !== undefined && !isFields(value)) throw badParameter(name, value);
  return value;
}

/** @throws {Refusal} 400 for anything that is neither missing, null nor a list */
export function listField(fields: Fields, name: string): readonly unknown[] | undefined {
  const value = fields[name] ?? undefined;
  if (value !== undefined && !Array.isArray(value)) throw badParameter(name, value);
  return value;
}

/** One of `texts`. @throws {Refusal} 400 for anything else that is neither missing nor null */
export function choiceField<T extends string>(fields: Fields, name: string, texts: readonly T[]): T | undefined {
  const value = fields[name] ?? undefined;
  const chosen = texts.find((text) => text === value);
  if (value !== undefined && chosen === undefined) throw badParameter(name, value);
  return chosen;
}

/**
 * A date, as ms since 1970. The forms that Nuki's developers gave as examples: with or without seconds, fractions, an offset.
 * @throws {Refusal} 400 for anything else; Unix time is none of the forms
 */
export function dateField(fields: Fields, name: string): number | undefined {
  const value = textField(fields, name);
  if (value === undefined) return undefined;
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(instant)) throw badParameter(name, value);
  return instant;
}

/**
 * The limits in a request; a field that is missing or null is not set. Limits that are not complete are none.
 * @throws {Refusal} 400
 */
export function scheduleFields(fields: Fields): ScheduleJson {
  const schedule: ScheduleJson = {};
  for (const name of ['allowedFromDate', 'allowedUntilDate'] as const) {
    const instant = dateField(fields, name);
    if (instant !== undefined) schedule[name] = new Date(instant).toISOString();
  }
  for (const [name, max] of [
    ['allowedWeekDays', 127],
    ['allowedFromTime', lastMinute],
    ['allowedUntilTime', lastMinute],
  ] as const) {
    const number = integerField(fields, name, 0, max);
    if (number !== undefined) schedule[name] = number;
  }
  return limitsCount(schedule) ? schedule : {};
}

/** Times of day run from 0 to 1,439, as a gym learned that had sent 1,440. */
const lastMinute = minutesPerDay - 1;
