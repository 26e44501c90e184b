import type { Twist } from '../devices/twist.ts';

/** A request as a fault sees it. */
export interface MetRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** As it was sent. */
  readonly body: string;
}

/** An answer instead of the right one. Objects are sent as JSON. */
export interface WrongAnswer {
  readonly status: number;
  readonly body?: string | object | undefined;
  readonly headers?: Record<string, string>;
}

export function responseOf({ status, body, headers = {} }: WrongAnswer): Response {
  if (typeof body === 'object') return Response.json(body, { status, headers });
  return new Response(body ?? null, { status, headers });
}

/** A page of something between the client and Nuki: a gateway, a filter, a hotel. */
export function htmlPage(status: number, title: string): WrongAnswer {
  const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, body, headers: { 'content-type': 'text/html' } };
}

/** What goes wrong with a delivery to a webhook. */
export interface DeliveryFault {
  readonly name: string;
  /** It is sent a second time. */
  readonly twice?: boolean;
  /** By how many ms it is sent late. */
  readonly wait?: number;
}

/**
 * A fault of the next requests that it matches. Fields can be combined; without `answer` the request takes effect as usual, or as
 * `Twist` says, before its answer goes wrong.
 */
export interface Fault extends Twist {
  /** Its name, where it is one of the named faults. */
  readonly name?: string;
  readonly method?: string;
  /** Matched against the path with its query. */
  readonly path?: RegExp;
  /** Matched against the body as it was sent. */
  readonly body?: RegExp;
  /** Whether a request that the three fields above match meets it. */
  readonly meets?: (request: MetRequest) => boolean;
  /** How many matching requests it applies to; 1 by default. */
  readonly times?: number;
  /** The answer of a request that then has no effect. */
  readonly answer?: WrongAnswer | ((request: MetRequest) => WrongAnswer);
  /** The token of the request is revoked before it is answered. */
  readonly revokesToken?: boolean;
  /** The copy of the cloud that answers is behind by so many ms. */
  readonly lag?: number;
  /** No answer ever comes; only its signal ends the request. */
  readonly hang?: boolean;
  /** The connection breaks before the answer. */
  readonly loseAnswer?: boolean;
  /** By how many ms the answer is late. */
  readonly wait?: number;
  /** Changes the answer on its way. */
  readonly change?: (answer: Response) => Response | Promise<Response>;
}

/** A fault in place: of requests, of deliveries, or a state of the home, which ends by its time (ms since 1970) or when it is cleared. */
export type PlacedFault = { readonly name?: string; readonly smartlockId?: number } & (
  | { readonly kind: 'request'; readonly fault: Fault; left: number }
  | { readonly kind: 'delivery'; readonly delivery: DeliveryFault; left: number }
  | {
      readonly kind: 'state';
      readonly meets: (request: MetRequest) => boolean;
      readonly until: number;
      readonly end: () => void;
    }
);

/** The faults of a home, in the order in which they were set. */
export class Faults {
  #placed: readonly PlacedFault[] = [];

  add(fault: Fault): void {
    this.place({ kind: 'request', fault, left: fault.times ?? 1 });
  }

  place(placed: PlacedFault): void {
    this.#placed = [...this.#placed, placed];
  }

  /** Ends all faults, or those that `which` is true of. */
  clear(which: (placed: PlacedFault) => boolean = () => true): void {
    const cleared = this.#placed.filter(which);
    this.#placed = this.#placed.filter((placed) => !cleared.includes(placed));
    for (const placed of cleared) if (placed.kind === 'state') placed.end();
  }

  /** The first fault that the request meets; it then applies to one request fewer. States of the home come last, as they hinder no other. */
  take(request: MetRequest): Fault | undefined {
    for (const placed of this.#placed) {
      if (placed.kind !== 'request' || placed.left < 1 || !applies(placed.fault, request)) continue;
      placed.left -= 1;
      return placed.fault;
    }
    const state = this.#placed.find((placed) => placed.kind === 'state' && placed.meets(request));
    return state?.name === undefined ? undefined : { name: state.name };
  }

  /** The first fault of the next delivery, which tells of a device or of the account; it then applies to one delivery fewer. */
  takeOfDelivery(smartlockId?: number): DeliveryFault | undefined {
    for (const placed of this.#placed) {
      if (placed.kind !== 'delivery' || placed.left < 1) continue;
      if (placed.smartlockId !== undefined && placed.smartlockId !== smartlockId) continue;
      placed.left -= 1;
      return placed.delivery;
    }
    return undefined;
  }

  /** Those that are not over. */
  get placed(): readonly PlacedFault[] {
    return this.#placed.filter((placed) => placed.kind === 'state' || placed.left > 0);
  }
}

function applies({ method, path, body, meets }: Fault, request: MetRequest): boolean {
  return (
    (method ?? request.method) === request.method &&
    (path?.test(request.path) ?? true) &&
    (body?.test(request.body) ?? true) &&
    (meets?.(request) ?? true)
  );
}
