/** The bit of each weekday in `allowedWeekDays`, Monday first. Nuki guide, "Weekdays". */
export const weekdayBits = [64, 32, 16, 8, 4, 2, 1] as const;

/** All seven days; the API means the same by leaving the mask out. */
export const everyDay = 127;

/** Whether `mask` keeps nobody out: 127, absent, or the undocumented 0. */
export function isEveryDay(mask: number | undefined): boolean {
  return mask === undefined || mask === 0 || mask === everyDay;
}

/** The weekdays in `mask` (1 to 127) as places from 0, Monday, to 6, Sunday. */
export function weekdaysOf(mask: number): readonly number[] {
  return weekdayBits.flatMap((bit, day) => (mask & bit ? [day] : []));
}

/** `mask` (1 to 127) in words, runs of three and more days joined: `Mon–Fri, Sun`. */
export function weekdaysInWords(mask: number, language: string): string {
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const nameOf = (day: number): string => name.format(Date.UTC(2024, 0, 1 + day)); // 1 January 2024 was a Monday
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
