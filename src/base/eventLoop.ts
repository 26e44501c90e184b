/** How long, in milliseconds, work goes on before others have their turn; what was before it may have taken most of what a person feels. */
const longestTurn = 10;

/** Lets everything else that waits have its turn. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Goes through `items` in order, and lets everything else that waits have its turn in between, so that however many there are nothing
 * stands still. It ends early, with `false`, when `signal` aborts.
 */
export async function forEachYielding<T>(
  items: Iterable<T>,
  work: (item: T) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  let since = performance.now();
  for (const item of items) {
    if (signal?.aborted) return false;
    work(item);
    if (performance.now() - since < longestTurn) continue;
    await yieldToEventLoop();
    since = performance.now();
  }
  return true;
}
