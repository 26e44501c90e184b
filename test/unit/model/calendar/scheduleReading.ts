import { lockClockAt } from '../../nuki/lockClock.ts';

// What a reader takes a schedule in English words to mean, word by word: `Mon–Fri 09:00–17:00, from 1 Mar 2027, 08:00, until 30 Jun 2027, 18:00`.

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
const limit = /(?:^|, )(from|until) (?:(\d{1,2}) (\w+) (\d{4}), (\d\d:\d\d(?::\d\d)?)(?: UTC)?|unknown date)/g;
const hours = /(?:^| )(?:(\d\d:\d\d)–(\d\d:\d\d)|from (\d\d:\d\d)|until (\d\d:\d\d))$/;

/**
 * Whether the door opens at `instant` (ms since 1970) on the clock of `zone`, to one who reads `words`. `unclear` where they name an unknown
 * date, or an end whose hour comes twice near that instant.
 */
export function readingOf(words: string, instant: number, zone: string): 'open' | 'closed' | 'unclear' {
  const now = wallTextAt(instant, zone);
  let daily = words;
  for (const [text, which, day = '', month = '', year = '', time = ''] of words.matchAll(limit)) {
    if (day === '') return 'unclear';
    daily = daily.replace(text, '');
    const date = `${year}-${twoDigits(months.findIndex((each) => each.startsWith(month.slice(0, 3))) + 1)}-${twoDigits(Number(day))}`;
    const end = time.length === 5 ? `${date} ${time}:00` : `${date} ${time}`;
    if (isNearChange(instant, end, zone)) return 'unclear';
    if (which === 'from' ? now < end : now >= end) return 'closed';
  }
  return readDaily(daily === 'always' ? '' : daily, lockClockAt(instant, zone));
}

function readDaily(
  daily: string,
  { weekdayBit, minute }: ReturnType<typeof lockClockAt>,
): 'open' | 'closed' | 'unclear' {
  const found = hours.exec(daily);
  const days = daysIn(found ? daily.slice(0, found.index) : daily);
  const today = 6 - Math.log2(weekdayBit);
  const [, from = found?.[3] ?? '00:00', until = found?.[4] ?? '24:00'] = found ?? [];
  const [start, end] = [minutesIn(from), minutesIn(until)];
  if (start === end) return 'unclear';
  const isNamed = (day: number): boolean => days.has((day + 7) % 7);
  if (start < end) return isNamed(today) && minute >= start && minute < end ? 'open' : 'closed';
  return (isNamed(today) && minute >= start) || (isNamed(today - 1) && minute < end) ? 'open' : 'closed';
}

/** Monday is 0. */
function daysIn(text: string): ReadonlySet<number> {
  if (text === '') return new Set(weekdays.keys());
  return new Set(
    text.split(', ').flatMap((run) => {
      const [first = '', last = first] = run.split('–');
      return [...weekdays.keys()].slice(weekdays.indexOf(first), weekdays.indexOf(last) + 1);
    }),
  );
}

function minutesIn(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Whether an hour that comes twice may lie between an instant and an end that is written as a clock shows it. */
function isNearChange(instant: number, end: string, zone: string): boolean {
  const near = 3 * 3_600_000;
  const distance =
    Date.parse(`${end.replace(' ', 'T')}Z`) - Date.parse(`${wallTextAt(instant, zone).replace(' ', 'T')}Z`);
  if (Math.abs(distance) > near) return false;
  const offsets = [-near, 0, near].map(
    (by) => Date.parse(`${wallTextAt(instant + by, zone).replace(' ', 'T')}Z`) - instant - by,
  );
  return new Set(offsets).size > 1;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2027-03-28 02:30:00`. */
function wallTextAt(instant: number, zone: string): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone });
  formats.set(zone, format);
  return format.format(instant);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
