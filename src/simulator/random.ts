/** A source of random numbers; the same seed gives the same numbers. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /**
   * A duration like those of networks and sleeping devices, log-normal: mostly near `median`, sometimes much longer, from `min` to `max`;
   * all in ms.
   */
  duration(median: number, min: number, max: number): number;
  /** Lower-case hex digits. */
  hex(length: number): string;
}

/** mulberry32: small, fast, and good enough for a simulation. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    duration: (median, min, max) => Math.round(Math.min(max, Math.max(min, median * Math.exp(0.6 * normal())))),
    hex: (length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join(''),
  };
}

/** One of `items`. @throws {Error} where there are none */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random.next() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}
