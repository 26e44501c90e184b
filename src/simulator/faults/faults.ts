import type { FaultName } from './namedFaults.ts';
import type { Twist } from './twist.ts';

/**
 * A fault of the next requests that it matches. Fields can be combined; without `answer` the request takes effect as usual, or as
 * `Twist` says, before its answer goes wrong.
 */
export interface Fault extends Twist {
  /** Its name, where it is one of the named faults. */
  readonly name?: FaultName;
  readonly method?: string;
  /** Matched against the path with its query. */
  readonly path?: RegExp;
  /** Matched against the body as it was sent. */
  readonly body?: RegExp;
  /** How many matching requests it applies to; 1 by default. */
  readonly times?: number;
  /** The answer of a request that then has no effect. Objects are sent as JSON. */
  readonly answer?: {
    readonly status: number;
    readonly body?: string | object;
    readonly headers?: Record<string, string>;
  };
  /** No answer ever comes; only its signal ends the request. */
  readonly hang?: boolean;
  /** The connection breaks before the answer. */
  readonly loseAnswer?: boolean;
  /** By how many ms the answer is late. */
  readonly wait?: number;
  /** Changes the answer on its way. */
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

  /** The first fault that matches; it then applies to one request fewer. */
  take(method: string, path: string, body: string): Fault | undefined {
    const found = this.#faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method ?? method) === method &&
        (fault.path?.test(path) ?? true) &&
        (fault.body?.test(body) ?? true),
    );
    if (found !== undefined) found.left -= 1;
    return found?.fault;
  }
}
