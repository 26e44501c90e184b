import { deadline, lookTimes } from '../../src/model/actions/follow.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import type { Bench, Gate, Row } from './bench.ts';
import { gate } from './gates.ts';
import { round } from './measure.ts';

/** How many operations are drawn. */
const samples = 200_000;

// An assumption, since Nuki publishes no times: log-normal, in milliseconds, half of all operations are over after 3 s and 95 % after
// 10 s. 1.6449 is the normal distribution's 95 %.
const median = 3_000;
const spread = Math.log(10_000 / median) / 1.6449;

/** When a schedule looks, in milliseconds after an action was sent. */
export type Schedule = readonly number[];

const every = (ms: number): Schedule => Array.from({ length: Math.floor((deadline - 1) / ms) }, (_, n) => (n + 1) * ms);
const doubling: Schedule = [1, 3, 7, 15, 31, 63].map((seconds) => seconds * 1_000); // waits of 1, 2, 4, 8, … s

/** What a schedule costs and gives. Times are milliseconds. */
export interface Measure {
  /** From the end of an operation to the look that sees it. */
  readonly meanLag: number;
  readonly lag95: number;
  /** Looks until then. */
  readonly requests: number;
  /** Share of the operations that no look has seen; they count as requests, and not as lag. */
  readonly unseen: number;
}

export function measure(schedule: Schedule, ends: readonly number[]): Measure {
  const lags: number[] = [];
  let requests = 0;
  for (const end of ends) {
    const look = schedule.findIndex((time) => time >= end);
    requests += look === -1 ? schedule.length : look + 1;
    if (look !== -1) lags.push((schedule[look] ?? NaN) - end);
  }
  lags.sort((a, b) => a - b);
  return {
    meanLag: lags.reduce((sum, lag) => sum + lag, 0) / lags.length,
    lag95: lags[Math.ceil(lags.length * 0.95) - 1] ?? NaN,
    requests: requests / ends.length,
    unseen: 1 - lags.length / ends.length,
  };
}

/** When operations end, in milliseconds after they were sent. */
export function drawEnds(seed: number, count: number): readonly number[] {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Array.from({ length: count }, () => median * Math.exp(spread * normal()));
}

/** What is promised of the schedule that is in use. */
export function gatesOf({ meanLag, lag95, requests }: Measure): readonly Gate[] {
  return [gate('mean lag, s', meanLag / 1_000), gate('95 % lag, s', lag95 / 1_000), gate('looks per action', requests)];
}

/** How soon after its end an operation is seen, and what that costs, by the way of looking. */
export const schedule: Bench = {
  name: 'When to look for the end of an action',
  run: (seed) => {
    const ends = drawEnds(seed, samples);
    const schedules: Readonly<Record<string, Schedule>> = {
      'as it is': lookTimes.filter((time) => time < deadline),
      'every 2 s': every(2_000),
      'every 5 s': every(5_000),
      'every 30 s': [30_000, 60_000],
      'after 1, 2, 4, 8, … s': doubling,
    };
    const measures = Object.entries(schedules).map(([name, times]) => [name, measure(times, ends)] as const);
    const rows: Row[] = measures.map(([name, { meanLag, lag95, requests, unseen }]) => ({
      schedule: name,
      'mean lag, s': round(meanLag / 1_000, 3),
      '95 % lag, s': round(lag95 / 1_000, 3),
      'looks per action': round(requests, 2),
      'unseen, %': round(unseen * 100, 2),
    }));
    return { samples, rows, gates: measures[0] ? gatesOf(measures[0][1]) : [] };
  },
};
