import type { Twist } from './device.ts';

/**
 * Something that goes wrong with the next requests that it matches. Parts can be combined; without `answer` the request takes
 * effect as usual (or with the departures of `Twist`) before its answer goes wrong.
 */
export interface Fault extends Twist {
  readonly method?: string;
  /** Matched against the path with its query. */
  readonly path?: RegExp;
  /** How many matching requests, 1 unless told. */
  readonly times?: number;
  /** The request is answered so and does nothing. Objects are sent as JSON. */
  readonly answer?: {
    readonly status: number;
    readonly body?: string | object;
    readonly headers?: Record<string, string>;
  };
  /** No answer ever comes; the request ends with its signal only. */
  readonly hang?: boolean;
  /** The connection breaks before the answer. */
  readonly loseAnswer?: boolean;
  /** The answer is so many ms late. */
  readonly wait?: number;
  /** The answer is changed on its way. */
  readonly change?: (answer: Response) => Response | Promise<Response>;
}

/** The faults of a home, in the order in which they were set. */
export class Faults {
  readonly #faults: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** The first fault that matches, counted down. */
  take(method: string, path: string): Fault | undefined {
    const found = this.#faults.find(
      ({ fault, left }) => left > 0 && (fault.method ?? method) === method && (fault.path?.test(path) ?? true),
    );
    if (found !== undefined) found.left -= 1;
    return found?.fault;
  }
}
