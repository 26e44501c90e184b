import { inPages } from '../../base/eventLoop.ts';
import { NukiError } from './errors.ts';
import { Misfit, type Schema } from './schema.ts';

/** An element of a list that could not be understood. */
export interface Unreadable {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** Its id as it stands in the answer, where there is one; for showing only. */
  readonly id: string | undefined;
  /** The path of the first field that was not understood, or `duplicate`. */
  readonly problem: string;
  /** Its type as it stands in the answer, where that is a number. */
  readonly type?: number;
}

/** A list of the API, each element understood alone. */
export interface Decoded<T> {
  readonly items: readonly T[];
  readonly unreadable: readonly Unreadable[];
}

function pathOf({ path }: Misfit): string {
  return path || 'whole';
}

/**
 * Understands one object.
 * @throws {NukiError} `unexpectedAnswer` with the path of the first field that is not as it should be
 */
export function decode<T>(schema: Schema<T>, json: unknown): T {
  const understood = schema(json);
  if (understood instanceof Misfit) throw new NukiError('unexpectedAnswer', { path: pathOf(understood) });
  return understood;
}

/** How a list is understood. */
interface ListOptions<T> {
  /** What the schema has made of the element of an id before. */
  readonly known?: (id: string) => T | undefined;
  /** How many elements are understood in a turn. */
  readonly inTurn?: number;
}

/**
 * Understands a list element by element, with turns for everything else where it is long; of two elements with one id the first is kept.
 * @throws {NukiError} `unexpectedAnswer` when `json` is no list, or one in which nothing is an object
 */
export async function decodeList<T>(
  schema: Schema<T>,
  json: unknown,
  idField: string,
  { known, inTurn }: ListOptions<T> = {},
): Promise<Decoded<T>> {
  if (!Array.isArray(json) || (json.length > 0 && !json.some(isObject))) {
    throw new NukiError('unexpectedAnswer', { path: 'list' });
  }
  const items: T[] = [];
  const unreadable: Unreadable[] = [];
  const ids = new Set<string>();
  let index = 0;
  for await (const page of inPages<unknown>(json, inTurn)) {
    for (const element of page) {
      const id = idOf(element, idField);
      const understood = schema(element, id === undefined ? undefined : known?.(id));
      if (understood instanceof Misfit) unreadable.push({ index, id, ...typeOf(element), problem: pathOf(understood) });
      else if (id !== undefined && ids.has(id))
        unreadable.push({ index, id, ...typeOf(element), problem: 'duplicate' });
      else items.push(understood);
      if (id !== undefined) ids.add(id);
      index += 1;
    }
  }
  return { items, unreadable };
}

function isObject(element: unknown): element is object {
  return typeof element === 'object' && element !== null && !Array.isArray(element);
}

/** How deep the answers of the API nest, and then some. */
const greatestDepth = 100;

/**
 * The same JSON, which can be worked through by recursion: deeper, that would end in an overflow of the stack.
 * @throws {NukiError} `unexpectedAnswer`
 */
export function notTooDeep(json: unknown): unknown {
  if (isDeeperThan(greatestDepth, json)) throw new NukiError('unexpectedAnswer', { path: 'depth' });
  return json;
}

function isDeeperThan(depth: number, json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return depth === 0 || Object.values(json).some((value) => isDeeperThan(depth - 1, value));
}

function typeOf(element: unknown): { readonly type?: number } {
  const type = ownValue(element, 'type');
  return typeof type === 'number' ? { type } : {};
}

function ownValue(element: unknown, field: string): unknown {
  return isObject(element) && Object.hasOwn(element, field) ? Reflect.get(element, field) : undefined;
}

function idOf(element: unknown, idField: string): string | undefined {
  const id = ownValue(element, idField);
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined;
}
