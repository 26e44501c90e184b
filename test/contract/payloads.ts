// Responses of the Web API with something wrong in them, derived from Nuki's OpenAPI: each value of each schema deleted, null, of another
// type, out of range, doubled, or nested deeply.
import * as fc from 'fast-check';
import type { Schema } from './facts.ts';
import type { Place } from './specification.ts';

type Json = Record<string, unknown> | unknown[];

/** One thing wrong with an element of a response. */
export interface Wrong {
  readonly path: Place['path'];
  readonly how: How;
  /** Which of the ways to do so. */
  readonly way: number;
}

const otherTypes: readonly unknown[] = [true, false, 'text', '7', '', 7, 0, 0.5, [], [null], {}, { id: 7 }];
const unusual = [-1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e300];
const numbers: readonly unknown[] = [0, 1, 2, 3, 4, 5, 7, 13, 77, 99, 200, 226, 253, 254, 255].concat(unusual);
const texts: readonly unknown[] = [
  '',
  ' ',
  '../account',
  '__proto__',
  'constructor',
  '\u0000',
  '\u202Elocked',
  'locked',
  '2026-02-30T00:00:00Z',
  '-1',
  'x'.repeat(5_000),
];

const ways = {
  deleted: () => [undefined],
  null: () => [null],
  retyped: () => otherTypes,
  outOfRange: ({ type }: Schema) => (type === 'integer' || type === 'number' ? numbers : texts),
  doubled: () => [undefined],
  nested: () => [undefined],
} satisfies Record<string, (schema: Schema) => readonly unknown[]>;

export type How = keyof typeof ways;
export const hows = Object.keys(ways).filter((how): how is How => how in ways);

/** Everything that can be wrong alone, in the first way of doing so. */
export function singleWrongs(places: readonly Place[]): readonly Wrong[] {
  return places.flatMap(({ path }) => hows.map((how): Wrong => ({ path, how, way: 0 })));
}

/** One to four things wrong at once. */
export function anyWrongs(places: readonly Place[]): fc.Arbitrary<readonly Wrong[]> {
  const wrong = fc
    .tuple(fc.constantFrom(...places), fc.constantFrom(...hows), fc.nat({ max: 30 }))
    .map(([{ path, schema }, how, way]): Wrong => ({ path, how, way: way % ways[how](schema).length }));
  return fc.array(wrong, { minLength: 1, maxLength: 4 });
}

/** What an element of a response becomes: several where it is doubled, none where it is deleted. */
export function withWrongs(
  element: Record<string, unknown>,
  wrongs: readonly Wrong[],
  places: readonly Place[],
): unknown[] {
  let all: unknown[] = [structuredClone(element)];
  for (const { path, how, way } of wrongs) {
    const schema = places.find((place) => place.path.join() === path.join())?.schema ?? {};
    const value = structuredClone(ways[how](schema)[way]); // what is put into it stays in this payload
    all = path.length === 0 ? all.flatMap((one) => changed(one, how, value)) : all;
    if (path.length > 0) for (const one of all) if (isJson(one)) change(one, path, how, value);
  }
  return all;
}

function changed(old: unknown, how: How, value: unknown): unknown[] {
  if (how === 'deleted') return [];
  if (how === 'doubled') return [old, structuredClone(old)];
  return [how === 'nested' ? nestOf(old) : value];
}

/** Makes what is missing on the way to the place. */
function change(parent: Json, path: Place['path'], how: How, value: unknown): void {
  const [first, ...others] = path;
  if (first === undefined) return;
  const old: unknown = Reflect.get(parent, first);
  if (others.length > 0) {
    if (!isJson(old)) Reflect.set(parent, first, others[0] === 0 ? [] : {});
    const inner: unknown = Reflect.get(parent, first);
    if (isJson(inner)) change(inner, others, how, value);
  } else if (how === 'deleted') Reflect.deleteProperty(parent, first);
  else if (how === 'doubled') Reflect.set(parent, first, [old ?? null, old ?? null]);
  else Reflect.set(parent, first, how === 'nested' ? nestOf(old) : value);
}

function nestOf(value: unknown): unknown {
  let nest: unknown = value ?? null;
  for (let depth = 0; depth < 200; depth += 1) nest = depth % 2 === 0 ? [nest] : { nest };
  return nest;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
