export const minutesPerDay = 1_440;

/** Milliseconds of a day without a clock change. */
export const dayLength = minutesPerDay * 60_000;

/** Minutes since midnight as the clock shows them, `540` as `09:00`; `undefined` outside 0 to 1,440. Nuki guide, "Times". */
export function formatTimeOfDay(minutes: number): string | undefined {
  return isMinuteOfDay(minutes) ? clockTime(minutes) : undefined;
}

/** The same for minutes that are known to be from 0 to 1,440. */
export function clockTime(minutes: number): string {
  const padded = (part: number): string => String(part).padStart(2, '0');
  return `${padded(Math.floor(minutes / 60))}:${padded(minutes % 60)}`;
}

/** Minutes since midnight by a clock of twelve hours, `540` as `9:00 AM`; `undefined` outside 0 to 1,440. */
export function formatTwelveHours(minutes: number): string | undefined {
  const [hours = '', rest = ''] = formatTimeOfDay(minutes)?.split(':') ?? [];
  if (hours === '') return undefined;
  const hour = Number(hours) % 24;
  return `${hour % 12 || 12}:${rest} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** Whether `minutes` is a whole number from 0 to 1,440, which is the end of the day. */
export function isMinuteOfDay(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 0 && minutes <= minutesPerDay;
}

/**
 * The whole minutes since midnight in `540`, `09:00`, `23:59:59`, `9.00 Uhr`, `9:00 AM` or `9 pm`, 0 to 1,440.
 * @returns `undefined` for what is no time of day
 */
export function readTimeOfDay(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d{1,4}$/.test(trimmed)) return inDay(Number(trimmed));
  const clock = /^(\d{1,2})(?:[:.]([0-5]\d)(?::([0-5]\d))?)?\s*(?:([ap])\.?m\.?|uhr|h)?$/i.exec(trimmed);
  if (!clock) return undefined;
  const [, hours, minutes = 0, seconds = 0, half] = clock;
  if (hours === '24' && Number(seconds) > 0) return undefined;
  if (half === undefined) return inDay(Number(hours) * 60 + Number(minutes));
  if (Number(hours) < 1 || Number(hours) > 12) return undefined;
  const afternoon = half.toLowerCase() === 'p' ? 12 : 0;
  return inDay(((Number(hours) % 12) + afternoon) * 60 + Number(minutes));
}

/** Whether a time of day has seconds other than 0, which {@link readTimeOfDay} leaves out. */
export function hasSeconds(text: string): boolean {
  return /:\d\d:(?!00)\d\d/.test(text);
}

function inDay(minutes: number): number | undefined {
  return isMinuteOfDay(minutes) ? minutes : undefined;
}
