/** Whether a date is there and is no instant that {@link instantOf} knows. */
export function isUnreadable(date: string | undefined): boolean {
  return date !== undefined && instantOf(date) === undefined;
}

/** The form of an ISO 8601 instant; it may still name a day that the calendar does not have. */
export const isoInstant: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** An ISO 8601 instant as ms since 1970; `undefined` for anything else, and without an offset, when the instant is not certain. */
export function instantOf(date: string | undefined): number | undefined {
  if (date === undefined || !isoInstant.test(date) || !isOnCalendar(date.slice(0, dayForm.length))) return undefined;
  const instant = Date.parse(date);
  return Number.isNaN(instant) ? undefined : instant;
}

/** The instant in a text as people write it: also with a space for the `T` or before the offset, and with `UTC` for the `Z`. */
export function readInstant(text: string): number | undefined {
  const written = text.trim().toUpperCase();
  return instantOf(written.replace(/^([\d-]+)[T\s]\s*([\d:.]+)\s*(?:UTC|Z|([+-]\d\d:?\d\d))$/, toIso));
}

function toIso(_: string, day: string, time: string, offset = 'Z'): string {
  return `${day}T${time}${offset}`;
}

/** An instant (ms since 1970) as the API writes it, `2027-06-16T08:30:00.000Z`. Throws a RangeError beyond the range of Date. */
export function wireInstant(instant: number): string {
  return new Date(instant).toISOString();
}

const dayForm = '2027-06-16';

/** JavaScript reads 30 February as 2 March. Every month has the first 28 days. */
function isOnCalendar(day: string): boolean {
  const ofMonth = Number(day.slice(-2));
  return ofMonth <= 28 || new Date(`${day}T00:00Z`).getUTCDate() === ofMonth;
}
