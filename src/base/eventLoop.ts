/** Lets everything else that waits have its turn. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** As many entries as are worked through in some 20 ms: less than the user feels. */
const pageSize = 1_000;

/** The pages of a long list, of `size` entries each, each after a turn of the event loop for everything else. */
export async function* inPages<T>(
  list: readonly T[],
  size = pageSize,
  yieldTurn = yieldToEventLoop,
): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) {
    if (start > 0) await yieldTurn();
    yield list.slice(start, start + size);
  }
}
