/** `create`, which runs with the first call; later calls return what that one did. */
export function once<T>(create: () => T): () => T {
  const created: { value?: T } = {};
  return () => (created.value ??= create());
}
