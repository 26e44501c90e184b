import { daysOf, validPeriod, hoursOf, wholeDay, type Range } from './scheduleRanges.ts';
import type { Schedule } from './schedule.ts';
import { daysFrom, type ClockReading, type Stretch, type ZonedDay } from '../time/zonedTime.ts';

/** A day on the lock's clock. All ranges are minutes since midnight on it, 0 to 1,440. */
export interface OpenDay {
  /** `2027-06-16`. */
  readonly date: string;
  /** Its bit in `allowedWeekDays`. */
  readonly weekdayBit: number;
  /** When the door opens, in order. */
  readonly spans: readonly Range[];
  /** Times that the clock skips or shows twice. */
  readonly clockChanges: readonly ClockChange[];
}

export interface ClockChange extends Range {
  readonly kind: 'gap' | 'overlap';
}

/**
 * When the door of a lock in `zone` (IANA) opens for `schedule` on the day at `instant` (ms since 1970), the whole of it, and on the days
 * after it: `count` in all. That every end is exclusive is assumed; Nuki documents nothing. Throws a RangeError for an unknown zone.
 */
export function nextDays(schedule: Schedule, instant: number, zone: string, count: number): readonly OpenDay[] {
  const days = daysFrom(instant, zone, count);
  const spans = openSpans(schedule, days);
  return days.map(({ date, weekdayBit, stretches }, index) => ({
    date,
    weekdayBit,
    spans: spans[index] ?? [],
    clockChanges: clockChangesOf(stretches),
  }));
}

/** When the door of a lock opens for `schedule` on days of its clock, each in minutes since midnight on it. */
export function openSpans(schedule: Schedule, days: readonly ZonedDay[]): readonly (readonly Range[])[] {
  const period = validPeriod(schedule);
  const mask = daysOf(schedule);
  const hours = hoursOf(schedule);
  const usual = hours.from < hours.until ? [hours] : closed;
  return days.map(({ weekdayBit, stretches }) => {
    if ((mask & weekdayBit) === 0) return closed;
    const [first] = stretches;
    // Most days are plain: they share their spans, as a calendar has hundreds of thousands of them.
    if (first && isWholeDay(first) && period.from <= first.from && period.until >= first.until) return usual;
    return spansOf(stretches, hours, period);
  });
}

const closed: readonly Range[] = [];

function isWholeDay({ fromMinute, untilMinute }: Stretch): boolean {
  return fromMinute === wholeDay.from && untilMinute === wholeDay.until;
}

/** Whether the door of a lock opens for `schedule` when its clock shows `reading`. The ends are exclusive, as for {@link nextDays}. */
export function opensAt(schedule: Schedule, { instant, weekdayBit, minute }: ClockReading): boolean {
  return (
    (daysOf(schedule) & weekdayBit) !== 0 &&
    isWithin(minute, hoursOf(schedule)) &&
    isWithin(instant, validPeriod(schedule))
  );
}

function isWithin(value: number, { from, until }: Range): boolean {
  return value >= from && value < until;
}

function spansOf(stretches: readonly Stretch[], hours: Range, period: Range): readonly Range[] {
  const open = stretches.map((stretch) => {
    const clock = { from: stretch.fromMinute, until: stretch.untilMinute };
    return overlapOf([clock, hours, minutesWithin(period, stretch)]);
  });
  return joined(open.filter(({ from, until }) => from < until));
}

/** `period` (ms since 1970) as the clock would show it if it ran on as in `stretch`; a minute that has begun counts. */
function minutesWithin({ from, until }: Range, stretch: Stretch): Range {
  const minuteAt = (instant: number): number => stretch.fromMinute + (instant - stretch.from) / 60_000;
  return { from: Math.floor(minuteAt(from)), until: Math.ceil(minuteAt(until)) };
}

function overlapOf(ranges: readonly Range[]): Range {
  return {
    from: Math.max(...ranges.map(({ from }) => from)),
    until: Math.min(...ranges.map(({ until }) => until)),
  };
}

/** Ranges in the order of their starts; those that touch, as those before and after a clock that is put back do, made one. */
export function joined(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last === undefined || range.from > last.until) result.push(range);
    else {
      const both = { from: Math.min(last.from, range.from), until: Math.max(last.until, range.until) };
      result.splice(-1, 1, both);
    }
  }
  return result;
}

/** The times that a clock skips or shows twice on a day. */
export function clockChangesOf(stretches: readonly Stretch[]): readonly ClockChange[] {
  const ends = [wholeDay.from, ...stretches.map(({ untilMinute }) => untilMinute)];
  const starts = [...stretches.map(({ fromMinute }) => fromMinute), wholeDay.until];
  return ends.flatMap((end, index): readonly ClockChange[] => {
    const start = starts[index] ?? end;
    if (start === end) return [];
    return [start > end ? { kind: 'gap', from: end, until: start } : { kind: 'overlap', from: start, until: end }];
  });
}
