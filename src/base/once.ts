/** A function that calls `create` when it is first called, and answers with the same value from then on. */
export function once<T>(create: () => T): () => T {
  let created: T | undefined;
  return () => (created ??= create());
}
