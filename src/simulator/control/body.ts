import { isFields } from '../jsonFields.ts';
import { refusal } from './routes.ts';

/** A JSON object that may have fields of some names alone. Each method throws a {@link Refusal} 400 for a value that is not allowed. */
export class Body {
  readonly #fields: ReadonlyMap<string, unknown>;

  /** @throws {Refusal} 400 where `body` is no object, is empty, or has another field than `names` */
  constructor(body: unknown, names: readonly string[]) {
    const fields = new Map(Object.entries(isFields(body) ? body : {}));
    if (fields.size === 0) throw refusal(400, `Send a JSON object with ${orList(names)}.`);
    for (const name of fields.keys()) refuseUnless(names, name, 'field');
    this.#fields = fields;
  }

  get names(): readonly string[] {
    return [...this.#fields.keys()];
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  number(name: string, min: number, max: number): number | undefined {
    const isOne = (value: unknown): value is number => inRange(value, min, max);
    return this.#value(name, isOne, `a number from ${min} to ${max}`);
  }

  wholeNumber(name: string, min: number, max: number): number | undefined {
    const isOne = (value: unknown): value is number => Number.isSafeInteger(value) && inRange(value, min, max);
    return this.#value(name, isOne, `a whole number from ${min} to ${max}`);
  }

  flag(name: string): boolean | undefined {
    return this.#value(name, (value) => typeof value === 'boolean', 'true or false');
  }

  /** A field that says only that something is to happen. */
  checkTrue(name: string): void {
    this.#value(name, (value) => value === true, 'true');
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const isOne = (value: unknown): value is T => choices.some((choice) => choice === value);
    return this.#value(name, isOne, orList(choices));
  }

  /** From 1 to 64 characters. */
  name(name: string): string | undefined {
    const isOne = (value: unknown): value is string =>
      typeof value === 'string' && value.length >= 1 && value.length <= 64;
    return this.#value(name, isOne, 'a text of 1 to 64 characters');
  }

  /** An instant, ms since 1970. */
  instant(name: string): number | undefined {
    const isOne = (value: unknown): value is string =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT.+(?:Z|[+-]\d\d:\d\d)$/.test(value) && Date.parse(value) >= 0;
    const text = this.#value(name, isOne, 'a time such as "2026-03-01T12:00:00Z"');
    return text === undefined ? undefined : Date.parse(text);
  }

  #value<T>(name: string, isOne: (value: unknown) => value is T, allowed: string): T | undefined {
    const value = this.#fields.get(name);
    if (!this.has(name)) return undefined;
    if (isOne(value)) return value;
    throw refusal(400, `"${name}" must be ${allowed}.`);
  }
}

/** @throws {Refusal} 400 where a field is missing */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw refusal(400, `"${name}" is missing.`);
  return value;
}

/** @throws {Refusal} 400 for a query with another name than `names` */
export function checkQuery(query: Readonly<Record<string, string>>, names: readonly string[]): void {
  for (const name of Object.keys(query)) refuseUnless(names, name, 'parameter');
}

/** @throws {Refusal} 400 where `name` is none of `names` */
function refuseUnless(names: readonly string[], name: string, what: string): void {
  if (names.includes(name)) return;
  const there = names.length === 0 ? 'It takes none.' : `It takes ${orList(names)}.`;
  throw refusal(400, `There is no ${what} ${JSON.stringify(name.slice(0, 64))} here. ${there}`);
}

function inRange(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max;
}

/** "a", "b" or "c". */
export function orList(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names.map((name) => JSON.stringify(name)));
}
