/** In milliseconds. */
const usualWait = 60_000;

/** No wait is longer, however long the API asks for, in milliseconds: a mistake of the server must end some day. */
const longestWait = 24 * 60 * 60_000;

/**
 * When the API may be asked again, by a `Retry-After` of seconds or an HTTP date; RFC 9110, 10.2.3.
 * A header that is absent, in the past or anything else means one minute; no wait is longer than a day.
 * @param now milliseconds since 1970
 * @param date when the API has answered, as an HTTP date: its clock may differ from the one that says `now`
 * @returns milliseconds since 1970
 */
export function retryAtOf(retryAfter: string | null, now: number, date: string | null = null): number {
  const wait = waitOf(retryAfter ?? '', httpDate(date ?? '') ?? now);
  return now + (wait > 0 ? Math.min(wait, longestWait) : usualWait);
}

/** In milliseconds; 0 or less for what is no future time. */
function waitOf(retryAfter: string, answeredAt: number): number {
  if (/^\d{1,6}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  return (httpDate(retryAfter) ?? 0) - answeredAt;
}

/** Only the form of HTTP: Date reads many others, and 30 February as 2 March. The weekday may be wrong. */
function httpDate(text: string): number | undefined {
  const date = new Date(text);
  const isInForm = /^[A-Z][a-z]{2}, /.test(text) && date.toUTCString().slice(5) === text.slice(5);
  return isInForm ? date.getTime() : undefined;
}
