import { daysOf, hoursOf, validPeriod, type Range } from '../../../src/nuki/authorization/scheduleRanges.ts';
import type { Schedule } from '../../../src/nuki/authorization/schedule.ts';
import { weekdayBits } from '../../../src/nuki/time/weekdays.ts';

// What a lock does by its own clock, an instant at a time. The clock is that of Intl, so that it is another than the one under test.

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(zone, clock);
  return clock;
}

/** What a lock in `zone` compares its limits with at `instant` (ms since 1970): a bit of `allowedWeekDays`, and minutes since midnight. */
export function lockClockAt(instant: number, zone: string): { readonly weekdayBit: number; readonly minute: number } {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const weekdayBit = weekdayBits[weekdays.indexOf(parts.get('weekday') ?? '')] ?? 0;
  return { weekdayBit, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

/** Whether a lock in `zone` opens for `schedule` at `instant`: within its dates, and by its clock on its weekdays and within its hours. */
export function isOpenAt(schedule: Schedule, instant: number, zone: string): boolean {
  const { weekdayBit, minute } = lockClockAt(instant, zone);
  return (
    isWithin(instant, validPeriod(schedule)) &&
    (daysOf(schedule) & weekdayBit) !== 0 &&
    isWithin(minute, hoursOf(schedule))
  );
}

function isWithin(value: number, { from, until }: Range): boolean {
  return value >= from && value < until;
}
