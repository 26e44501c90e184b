import { median } from './measure.ts';
import { short } from './table.ts';

/** Time or memory by the size of what was worked on: samples for each size. */
export interface Growth {
  readonly what: string;
  readonly unit: string;
  readonly sizes: readonly { readonly size: number; readonly samples: readonly number[] }[];
}

/** The power of the size by which the medians grow, of those that are larger than the smallest: that one is mostly what is always there. */
function exponentOf({ sizes }: Growth): number {
  return slopeOf(sizes.slice(1).map(({ size, samples }) => [size, median(samples)] as const));
}

/** The same of n log n. */
function largestExponentOf({ sizes }: Growth): number {
  return slopeOf(sizes.slice(1).map(({ size }) => [size, size * Math.log(size)] as const));
}

/** What the machine does besides moves an exponent by less than this. */
const tolerance = 0.05;

/** Whether it grows no faster than n log n. */
export function growsSlowly(growth: Growth): boolean {
  return exponentOf(growth) <= largestExponentOf(growth) + tolerance;
}

/** By least squares of the logarithms. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [x, y] = [mean(logs.map(([one]) => one)), mean(logs.map(([, one]) => one))];
  const sum = (of: (dx: number, dy: number) => number): number => mean(logs.map(([lx, ly]) => of(lx - x, ly - y)));
  return sum((dx, dy) => dx * dy) / sum((dx) => dx * dx);
}

/** A table in Markdown: the medians, and the exponent beside that of n log n. */
export function growthTable(all: readonly Growth[]): string {
  return all
    .flatMap((growth) => {
      const sizes = growth.sizes.map(({ size }) => size.toLocaleString('en'));
      const medians = growth.sizes.map(({ samples }) => `${short(median(samples))} ${growth.unit}`);
      return [
        `| ${growth.what} | ${sizes.join(' | ')} | exponent | n log n | |`,
        `|---|${sizes.map(() => '---').join('|')}|---|---|---|`,
        `| | ${[...medians, exponentOf(growth).toFixed(2), largestExponentOf(growth).toFixed(2)].join(' | ')} | ${growsSlowly(growth) ? 'kept' : '**missed**'} |`,
        '',
      ];
    })
    .join('\n');
}
