/** The bit of each weekday in `allowedWeekDays`, Monday first. Nuki guide, "Weekdays". */
export const weekdayBits = [64, 32, 16, 8, 4, 2, 1] as const;

/** All seven days; leaving out the mask means the same. */
export const everyDay = 127;

/** The most usual masks: every day, the weekdays, the weekend, each day alone. */
export const weekdayPresets: readonly number[] = [everyDay, 124, 3, ...weekdayBits];

/** Whether `mask` leaves out no weekday: 127, absent, or the undocumented 0. */
export function isEveryDay(mask: number | undefined): boolean {
  return mask === undefined || mask === 0 || mask === everyDay;
}

/** The weekdays in `mask` (1 to 127), from 0, Monday, to 6, Sunday. */
export function weekdaysOf(mask: number): readonly number[] {
  return weekdayBits.flatMap((bit, day) => (mask & bit ? [day] : []));
}

/** `mask` (1 to 127) in words, runs of three and more days joined: `Mon–Fri, Sun`. */
export function weekdaysInWords(mask: number, language: string): string {
  const names = weekdayNames(language, 'short');
  const nameOf = (day: number): string => names[day] ?? '';
  const runs: { first: number; last: number }[] = [];
  for (const day of weekdaysOf(mask)) {
    const run = runs.at(-1);
    if (run?.last === day - 1) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs
    .flatMap(({ first, last }) =>
      last - first < 2 ? [...new Set([first, last])].map(nameOf) : [`${nameOf(first)}–${nameOf(last)}`],
    )
    .join(', ');
}

/** By language and style: every row with a schedule needs them, and `Intl.DateTimeFormat` takes much time and memory. */
const knownNames = new Map<string, readonly string[]>();

/** The names of the seven days in a language, Monday first. */
export function weekdayNames(language: string, style: 'short' | 'long'): readonly string[] {
  const key = `${language} ${style}`;
  const known = knownNames.get(key);
  if (known) return known;
  const name = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
  const names = weekdayBits.map((_, day) => name.format(Date.UTC(2024, 0, 1 + day))); // 1 January 2024 was a Monday
  knownNames.set(key, names);
  return names;
}

/** Whether `mask` is a whole number from 0 to 127. */
export function isWeekdayMask(mask: number): boolean {
  return Number.isInteger(mask) && mask >= 0 && mask <= everyDay;
}

/**
 * The mask in `124`, `0b1111100`, `Mon–Fri, Sun` or `monday wednesday`, with names in English and in `language`, of two letters or more.
 * A run may cross Sunday: `Sat–Mon`.
 * @returns `undefined` for anything else
 */
export function readWeekdays(text: string, language: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (/^(\d{1,3}|0b[01]{1,7})$/.test(trimmed)) return isWeekdayMask(Number(trimmed)) ? Number(trimmed) : undefined;
  const runs = trimmed.replace(/\s*(?:\u2013|\u2014|-|\.\.+|\u2026)\s*/g, '-').split(/[\s,;+&]+/);
  const days = runs.filter(Boolean).map((run) => daysOfRun(run, language));
  if (days.length === 0 || days.includes(undefined)) return undefined;
  return days.flatMap((run) => run ?? []).reduce((mask, day) => mask | (weekdayBits[day] ?? 0), 0);
}

function daysOfRun(run: string, language: string): readonly number[] | undefined {
  const ends = run.split('-').map((name) => dayNamed(name, language));
  const [first, last = first] = ends;
  if (first === undefined || last === undefined || ends.includes(undefined) || ends.length > 2) return undefined;
  return weekdayBits.map((_, after) => (first + after) % 7).slice(0, ((last - first + 7) % 7) + 1);
}

/** The day, 0 to 6, whose name alone begins with `name`, which may end in a period. */
export function dayNamed(name: string, language: string): number | undefined {
  const start = name.replace(/\.$/, '');
  if (start.length < 2) return undefined;
  const known = [...new Set(['en', language])].flatMap((each) => weekdayNames(each, 'long'));
  const days = new Set(known.flatMap((day, at) => (day.toLowerCase().startsWith(start) ? [at % 7] : [])));
  return days.size === 1 ? [...days][0] : undefined;
}
