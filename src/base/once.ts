/**
 * A function that calls `create` when it is first called, and answers with the same value from then on. What has failed is tried again at
 * the next call: a part of the extension that could not be loaded may be there then.
 */
export function once<T>(create: () => Promise<T>): () => Promise<T> {
  let created: Promise<T> | undefined;
  return () => {
    created ??= create().catch((error: unknown) => {
      created = undefined;
      throw error;
    });
    return created;
  };
}
