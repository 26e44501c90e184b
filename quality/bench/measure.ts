import { median } from './median.ts';

/** Smallest, middle and largest of some figures. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spreadOf(figures: readonly number[]): Spread {
  return { min: Math.min(...figures), median: median(figures), max: Math.max(...figures) };
}

/** The three as columns of a table, rounded. */
export function columns({ min, median: middle, max } = spreadOf([]), digits = 1) {
  return { min: round(min, digits), median: round(middle, digits), max: round(max, digits) };
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Milliseconds of this thread's own work: what else the machine does meanwhile does not count. */
export function busyTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** How long `work` keeps this thread busy, in milliseconds. */
export function timeOf(work: () => unknown): number {
  const start = busyTime();
  work();
  return busyTime() - start;
}

/** Measures rivals in turn, in the one order and in the other, so that what slows the machine slows all of them. */
export function interleaved(rounds: number, ...rivals: readonly (() => number)[]): readonly Spread[] {
  const figures = rivals.map((measure) => ({ measure, taken: [] as number[] }));
  for (let done = 0; done < rounds; done += 1) {
    for (const { measure, taken } of done % 2 === 0 ? figures : figures.toReversed()) taken.push(measure());
  }
  return figures.map(({ taken }) => spreadOf(taken));
}

export function ratioOf(ours: Spread | undefined, theirs: Spread | undefined): number {
  return (ours?.median ?? NaN) / (theirs?.median ?? NaN);
}
