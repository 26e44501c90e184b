import { dateFormat } from '../../../nuki/time/dateFormat.ts';
import type { WallTime } from '../../../nuki/time/zonedTime.ts';
import { clockTime, minutesPerDay, dayLength } from '../../../nuki/time/timeOfDay.ts';
import type { Day, View } from '../../protocol/calendar.ts';

/** A period of whole days: the first, `2027-06-14`, and how many there are. */
export interface Period {
  readonly from: string;
  readonly days: number;
}

/** The week, from Monday on, or the month with the day of a view. `today`: where it names none of the calendar. */
export function periodOf({ period, date }: View, today: string): Period {
  const named = midnightOf(date);
  const day = Number.isNaN(named) ? midnightOf(today) : named;
  const at = new Date(day);
  if (period === 'week') return { from: dateOf(day - ((at.getUTCDay() + 6) % 7) * dayLength), days: 7 };
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const first = Date.UTC(year, month);
  return { from: dateOf(first), days: (Date.UTC(year, month + 1) - first) / dayLength };
}

/** The view of the period so many periods after that of `view`, or before it. */
export function moved(view: View, by: number, today: string): View {
  let date = view.date;
  for (let step = 0; step < Math.abs(by); step++) {
    const { from, days } = periodOf({ ...view, date }, today);
    date = dateOf(midnightOf(from) + (by > 0 ? days : -1) * dayLength);
  }
  return /^(20\d\d-.*)?$/.test(date) ? { ...view, date } : view;
}

/** What a clock shows so many minutes after the first midnight of a period, if no hour is skipped or comes twice. */
export function wallTimeIn({ from }: Period, minutes: number): WallTime {
  const day = Math.floor(minutes / minutesPerDay);
  return { date: dateOf(midnightOf(from) + day * dayLength), time: clockTime(minutes - day * minutesPerDay) };
}

/** `23–29 Nov 2026`, or the month. */
export function periodText({ from, days }: Period, period: View['period'], language: string): string {
  const options: Intl.DateTimeFormatOptions =
    period === 'week' ? { day: 'numeric', month: 'short', year: 'numeric' } : { month: 'long', year: 'numeric' };
  const format = dateFormat(language, { ...options, timeZone: 'UTC' });
  const first = midnightOf(from);
  return format.formatRange(first, first + (days - 1) * dayLength).replaceAll(/\s*–\s*/g, '–');
}

/** The columns of a period. */
export function columnsOf({ from, days }: Period, today: string, language: string): readonly Day[] {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    dateFormat(language, { ...options, timeZone: 'UTC' });
  const weekday = format({ weekday: 'short' });
  const number = format({ day: 'numeric' });
  const spoken = format({ weekday: 'long', day: 'numeric', month: 'long' });
  return Array.from({ length: days }, (_, index): Day => {
    const midnight = midnightOf(from) + index * dayLength;
    return {
      label: `${weekday.format(midnight)} ${number.format(midnight)}`,
      short: String(new Date(midnight).getUTCDate()),
      spoken: spoken.format(midnight),
      isToday: dateOf(midnight) === today,
      isWeekend: [0, 6].includes(new Date(midnight).getUTCDay()),
    };
  });
}

function midnightOf(date: string): number {
  return Date.parse(`${date}T00:00Z`);
}

function dateOf(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}
