import { Refusal } from '../answers.ts';
import type { CheckResult } from '../clientCheck/check.ts';
import type { Exchanges } from '../journal/exchanges.ts';
import type { SimulatedHome } from '../home.ts';
import type { Outcome } from '../journal/outcomes.ts';
import type { SettableClock } from '../time/settableClock.ts';

/** What the control routes read and change. */
export interface Controlled {
  readonly home: SimulatedHome;
  readonly clock: SettableClock;
  readonly exchanges: Exchanges;
  readonly outcomes: readonly Outcome[];
  check(): CheckResult;
  reset(): void;
}

/** A request as a control route sees it. */
export interface ControlCall {
  readonly simulation: Controlled;
  /** The parts of the path that its template names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON of the request, `undefined` without one. */
  readonly body: unknown;
}

/** Something that programs can ask of the simulation itself, or do to it. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** What it does, in a line. */
  readonly does: string;
  /** @returns the JSON of the answer @throws {Refusal} for every answer that is an error */
  readonly answer: (call: ControlCall) => object;
}

/** The answer to what cannot be done, with a sentence that says why. */
export function refusal(status: 400 | 404 | 405 | 409, error: string): Refusal {
  return new Refusal(status, { error });
}
