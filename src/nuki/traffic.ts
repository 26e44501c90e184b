import type { Clock } from '../base/clock.ts';
import type { World } from './http.ts';

/** A request and what became of it, without anything that tells whose it was. */
export interface Passage {
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** The path, each id in it replaced by `…`. */
  readonly path: string;
  /** The HTTP status; `undefined` where there was no answer. */
  readonly status: number | undefined;
}

const kept = 20;

/** Remembers the last requests that pass through it, for whoever looks for a cause. */
export class Traffic {
  readonly #passages: Passage[] = [];
  readonly fetch: World['fetch'];

  constructor(fetch: World['fetch'], clock: Clock) {
    this.fetch = async (input, init) => {
      const request = input instanceof Request ? input : new Request(input, init);
      const path = new URL(request.url).pathname.replace(/\/(?=[^/]*\d)[^/]+/g, '/…');
      const note = (status?: number): void => {
        this.#passages.push({ at: clock.now(), method: request.method, path, status });
        if (this.#passages.length > kept) this.#passages.shift();
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

  /** The last requests, the oldest first. */
  get passages(): readonly Passage[] {
    return this.#passages;
  }
}
