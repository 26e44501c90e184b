import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';

/** The middle one of some figures, NaN of none. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** Milliseconds of this thread's own work: what else the machine does meanwhile does not count. */
function busyTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** How long `work` keeps this thread busy, in milliseconds. */
export async function timeOf(work: () => unknown): Promise<number> {
  const start = busyTime();
  await work();
  return busyTime() - start;
}

/** How often each of two rivals is measured at least. */
export const leastSamples = 12;

/** Two rivals, of which one is ours. */
export interface Rivals<T> {
  readonly ours: T;
  readonly beside: T;
}

/** Measures both in turn, in the one order and in the other, so that what slows the machine slows both. */
export async function inTurn(
  measure: Rivals<(round: number) => Promise<number> | number>,
  rounds = leastSamples,
): Promise<Rivals<number[]>> {
  const taken: Rivals<number[]> = { ours: [], beside: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const which of orderOf(round)) taken[which].push(await measure[which](round));
  }
  return taken;
}

/** Which of two goes first in a round, and which follows. */
export function orderOf(round: number): readonly (keyof Rivals<unknown>)[] {
  return round % 2 === 0 ? ['ours', 'beside'] : ['beside', 'ours'];
}

export const megabyte = 2 ** 20;

setFlagsFromString('--expose-gc');
/** Made once: it comes with a context of its own, which is no small part of a heap. */
const collectGarbage = v.parse(v.function(), runInNewContext('gc'));

/** Bytes of the heap that are used, once everything that is not was given back. */
export function heapInUse(): number {
  for (let times = 0; times < 3; times += 1) collectGarbage();
  return process.memoryUsage().heapUsed;
}
