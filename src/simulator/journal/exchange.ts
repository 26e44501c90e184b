import type { AuthorizationJson } from '../wire.ts';

/** A request that reached the simulated API, and its answer: an entry of the journal. Secrets are in it as they were sent, but for the token. */
export interface Exchange {
  /** From 1 on, in the order in which requests came. */
  readonly number: number;
  /** When it came, ms since 1970 by the home's clock. */
  readonly at: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The operation by its template in Nuki's OpenAPI, such as "POST /smartlock/{smartlockId}/action"; missing where it is none. */
  readonly operation?: string;
  /** A hash of the token, which tells clients apart; missing without a token. */
  readonly client?: string;
  /** The scopes of which the token needs one, where it is valid and has none of them. */
  readonly missingScopes?: readonly string[];
  /** The JSON of the request, or its text where that is no JSON. */
  readonly body?: unknown;
  /** The fault that it met, by its name. */
  readonly fault?: string;
  /** How it ended; missing while it is under way. `lost`: the connection broke before the answer; `aborted`: the client went away. */
  readonly end?: 'answered' | 'lost' | 'aborted';
  /** When it ended, ms since 1970 by the home's clock. */
  readonly endedAt?: number;
  readonly status?: number;
  /** Whole seconds, from the answer's `Retry-After`. */
  readonly retryAfter?: number;
  /** The JSON of the answer, or its text where that is no JSON. */
  readonly answer?: unknown;
  /** For the client check alone; no part of what a journal shows. */
  readonly known?: Known;
}

/** What the home knew when a request came, where no answer tells it. */
export interface Known {
  /** The authorizations that the request is to replace, as they were listed. With codes. */
  readonly replaced?: readonly AuthorizationJson[];
  /** Whether an earlier change to the authorization that the request writes has not reached the device. */
  readonly changeUnderWay?: true;
  /** The ids of all devices, where the request names one that is none of them. */
  readonly deviceIds?: readonly number[];
  /** The `timezoneId` of each device for which the request sends hours. */
  readonly timezoneIds?: readonly number[];
  /** How many entries of the log the query is about, where it asks for more than one answer holds. */
  readonly entries?: number;
}
