import * as v from 'valibot';
import { forEachYielding } from '../../base/eventLoop.ts';
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
  return readList(json, idField, readingBy(schema));
}

/** The same for a list that may be long: others have their turn in between. @throws {NukiError} `unexpectedAnswer` */
export async function decodeLongList<T extends v.GenericSchema>(
  schema: T,
  json: unknown,
  idField: string,
): Promise<Decoded<v.InferOutput<T>>> {
  const list = new Gathering(idField, readingBy(schema));
  await forEachYielding(listIn(json).entries(), ([index, element]) => list.add(index, element));
  return { items: list.items, unreadable: list.unreadable };
}

/** The same with each element understood by `read`. @throws {NukiError} `unexpectedAnswer` when `json` is no list */
export function readList<T>(json: unknown, idField: string, read: (element: unknown) => Reading<T>): Decoded<T> {
  const list = new Gathering(idField, read);
  for (const [index, element] of listIn(json).entries()) list.add(index, element);
  return { items: list.items, unreadable: list.unreadable };
}

function readingBy<T extends v.GenericSchema>(schema: T): (element: unknown) => Reading<v.InferOutput<T>> {
  return (element) => {
    const result = v.safeParse(schema, element, { abortEarly: true });
    return result.success ? { value: result.output } : { problem: pathOf(result.issues[0]) };
  };
}

/** A list as far as it has been read. */
class Gathering<T> {
  readonly items: T[] = [];
  readonly unreadable: Unreadable[] = [];
  readonly #seen = new Set<string>();
  readonly #idField: string;
  readonly #read: (element: unknown) => Reading<T>;

  constructor(idField: string, read: (element: unknown) => Reading<T>) {
    this.#idField = idField;
    this.#read = read;
  }

  add(index: number, element: unknown): void {
    const id = idOf(element, this.#idField);
    const reading = this.#read(element);
    if ('problem' in reading) this.unreadable.push({ index, id, problem: reading.problem });
    else if (id !== undefined && this.#seen.has(id)) this.unreadable.push({ index, id, problem: 'duplicate' });
    else this.items.push(reading.value);
    if (id !== undefined) this.#seen.add(id);
  }
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
