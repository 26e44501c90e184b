import type { Range } from '../../../nuki/authorization/scheduleRanges.ts';
import { minutesPerDay } from '../../../nuki/time/timeOfDay.ts';
import type { Row } from '../../protocol/calendar.ts';

type Count = Row['counts'][number];

/** More steps than that no one can tell apart in a picture. */
const mostSteps = 250;

/** When something opens for sure, and when it may; `sure` lies within `possible`. In minutes of the period, in order. */
export interface Openings {
  readonly sure: readonly Range[];
  readonly possible: readonly Range[];
}

/** How many open at the same time, in steps in order. */
export function countsOf(all: readonly Openings[]): readonly Count[] {
  const changes = new Map<number, { sure: number; possible: number }>();
  const change = (minute: number, part: keyof Openings, by: number): void => {
    const known = changes.get(minute) ?? { sure: 0, possible: 0 };
    known[part] += by;
    changes.set(minute, known);
  };
  for (const openings of all) {
    for (const part of ['sure', 'possible'] as const) {
      for (const { from, until } of openings[part]) {
        change(from, part, 1);
        change(until, part, -1);
      }
    }
  }
  const steps: Count[] = [];
  let [sure, possible, from] = [0, 0, 0];
  for (const [minute, by] of [...changes].toSorted(([a], [b]) => a - b)) {
    if (by.sure === 0 && by.possible === 0) continue;
    if (possible > 0 && minute > from) steps.push({ from, until: minute, sure, possible });
    [sure, possible, from] = [sure + by.sure, possible + by.possible, minute];
  }
  return steps;
}

/** The steps to be drawn: where there are very many, each has the most of a longer stretch. */
export function drawnCounts(steps: readonly Count[], days: number): readonly Count[] {
  if (steps.length <= mostSteps) return steps;
  const length = minutesPerDay / (days > 7 ? 8 : 24);
  const slots = new Map<number, { sure: number; possible: number }>();
  for (const { from, until, sure, possible } of steps) {
    for (let slot = Math.floor(from / length); slot * length < until; slot++) {
      const known = slots.get(slot);
      slots.set(slot, {
        sure: Math.max(sure, known?.sure ?? 0),
        possible: Math.max(possible, known?.possible ?? 0),
      });
    }
  }
  return [...slots].map(([slot, count]) => ({ from: slot * length, until: (slot + 1) * length, ...count }));
}

/** The fewest and the most that open at once on a day. `length`: how many minutes of it the clock shows. */
export function countOnDay(
  counts: readonly Count[],
  day: number,
  length: number,
): { readonly least: number; readonly most: number; readonly possible: number } {
  const [from, until] = [day * minutesPerDay, (day + 1) * minutesPerDay];
  const steps = counts.filter((step) => step.from < until && step.until > from);
  const covered = steps.reduce((sum, step) => sum + Math.min(step.until, until) - Math.max(step.from, from), 0);
  return {
    least: covered < length ? 0 : Math.min(...steps.map(({ sure }) => sure)),
    most: Math.max(0, ...steps.map(({ sure }) => sure)),
    possible: Math.max(0, ...steps.map(({ possible }) => possible)),
  };
}

/** Ranges of days in minutes since midnight, as minutes of the period; what reaches midnight goes on after it. */
export function inPeriod(days: readonly (readonly Range[])[]): readonly Range[] {
  const result: { from: number; until: number }[] = [];
  days.forEach((ranges, day) => {
    for (const range of ranges) {
      const [from, until] = [range.from + day * minutesPerDay, range.until + day * minutesPerDay];
      const last = result.at(-1);
      if (last && last.until >= from) last.until = Math.max(last.until, until);
      else result.push({ from, until });
    }
  });
  return result;
}

/** What of some ranges lies outside of others; both in order. */
export function without(ranges: readonly Range[], others: readonly Range[]): readonly Range[] {
  return ranges.flatMap(({ from, until }) => {
    const rest: Range[] = [];
    let start = from;
    for (const other of others) {
      if (other.until <= start) continue;
      if (other.from >= until) break;
      if (other.from > start) rest.push({ from: start, until: other.from });
      start = other.until;
    }
    return start < until ? [...rest, { from: start, until }] : rest;
  });
}
