import type { Clock } from '../../base/clock.ts';

/** A request and its outcome, without anything that identifies the account. */
export interface RequestLogEntry {
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** The path, each id in it replaced by `…`. */
  readonly path: string;
  /** The HTTP status; `undefined` where there was no answer. */
  readonly status: number | undefined;
}

type Fetch = typeof globalThis.fetch;

/** A path, each id in it replaced by `…`. */
export function withoutIds(path: string): string {
  return path.replace(/\/(?=[^/]*\d)[^/]+/g, '/…');
}

/** How many requests are kept. */
const capacity = 20;

/** A `fetch` that keeps its last 20 requests in `requestLog`, so that the user can find a cause. */
export function recordRequests(fetch: Fetch, clock: Clock, requestLog: RequestLogEntry[]): Fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    const path = withoutIds(new URL(request.url).pathname);
    const note = (status?: number): void => {
      requestLog.push({ at: clock.now(), method: request.method, path, status });
      if (requestLog.length > capacity) requestLog.shift();
    };
    try {
      const response = await fetch(input, init);
      note(response.status);
      return response;
    } catch (error) {
      note();
      throw error;
    }
  };
}
