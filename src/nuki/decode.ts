import * as v from 'valibot';
import { NukiError } from './errors.ts';

/** An element of a list that could not be understood. */
export interface Unreadable {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** Its id as it stands in the answer, where there is one; for showing only. */
  readonly id: string | undefined;
  /** The path of the first field that was not understood, or `duplicate`. */
  readonly problem: string;
}

/** A list of the API, each element understood alone. */
export interface Decoded<T> {
  readonly items: readonly T[];
  readonly unreadable: readonly Unreadable[];
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  return v.getDotPath(issue) ?? 'whole';
}

/**
 * Understands one object.
 * @throws {NukiError} `unexpectedAnswer` with the path of the first field that is not as it should be
 */
export function decode<T extends v.GenericSchema>(schema: T, json: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (!result.success) throw new NukiError('unexpectedAnswer', { path: pathOf(result.issues[0]) });
  return result.output;
}

/** What an element means, or the path of the first field that was not understood. */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

/**
 * Understands a list element by element; of two elements with one id the first is kept.
 * @throws {NukiError} `unexpectedAnswer` when `json` is no list
 */
export function decodeList<T extends v.GenericSchema>(
  schema: T,
  json: unknown,
  idField: string,
): Decoded<v.InferOutput<T>> {
  return readList(json, idField, (element): Reading<v.InferOutput<T>> => {
    const result = v.safeParse(schema, element, { abortEarly: true });
    return result.success ? { value: result.output } : { problem: pathOf(result.issues[0]) };
  });
}

/** The same with each element understood by `read`. @throws {NukiError} `unexpectedAnswer` when `json` is no list */
export function readList<T>(json: unknown, idField: string, read: (element: unknown) => Reading<T>): Decoded<T> {
  const items: T[] = [];
  const unreadable: Unreadable[] = [];
  const seen = new Set<string>();
  for (const [index, element] of listIn(json).entries()) {
    const id = idOf(element, idField);
    const reading = read(element);
    if ('problem' in reading) {
      unreadable.push({ index, id, problem: reading.problem });
    } else if (id !== undefined && seen.has(id)) {
      unreadable.push({ index, id, problem: 'duplicate' });
    } else {
      items.push(reading.value);
    }
    if (id !== undefined) seen.add(id);
  }
  return { items, unreadable };
}

/** @throws {NukiError} `unexpectedAnswer` when `json` is no list */
export function listIn(json: unknown): readonly unknown[] {
  if (!Array.isArray(json)) throw new NukiError('unexpectedAnswer', { path: 'list' });
  return json;
}

function idOf(element: unknown, idField: string): string | undefined {
  if (typeof element !== 'object' || element === null || !Object.hasOwn(element, idField)) return undefined;
  const id: unknown = Reflect.get(element, idField);
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined;
}
