/** Says whether a value that came from outside is a `T`. */
export type Check<T> = (value: unknown) => value is T;

export const text = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
export const nothing = (value: unknown): value is null => value === null;

export function oneOf<const T extends string>(words: readonly T[]): Check<T> {
  return (value): value is T => words.some((word) => word === value);
}

export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/** An object with all these fields; others don't matter. */
export function object<T extends object>(checks: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> {
  return (value): value is T =>
    isObject(value) && Object.entries<Check<unknown>>(checks).every(([key, check]) => check(value[key]));
}

/** An object with all these fields and no others. */
export function exactly<T extends object>(checks: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> {
  const hasAll = object<T>(checks);
  return (value): value is T => hasAll(value) && Object.keys(value).every((key) => Object.hasOwn(checks, key));
}

/** An object with any of these fields and no others. */
export function some<K extends string, T>(keys: readonly K[], check: Check<T>): Check<{ readonly [N in K]?: T }> {
  const isKey = oneOf(keys);
  return (value): value is { readonly [N in K]?: T } =>
    isObject(value) && Object.entries(value).every(([key, entry]) => isKey(key) && check(entry));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
