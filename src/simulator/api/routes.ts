import { forbidden, notFound } from '../answers.ts';
import type { CloudContent } from '../devices/cloud.ts';
import type { Device } from '../devices/device.ts';
import type { SimulatedHome } from '../home.ts';
import type { Twist } from '../devices/twist.ts';

/** A request as a route sees it. */
export interface Call {
  readonly home: SimulatedHome;
  /** The parts of the path that its template names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON of the request, `undefined` without one. @throws {Refusal} 400 where it is no JSON; an operation without a body never asks */
  readonly body: unknown;
  /** How its execution goes wrong. */
  readonly twist: Twist;
  /** What device events call what this request begins: `request 12` with the number of its exchange. */
  readonly deed: string;
  /** How far the copy of the cloud that answers is behind, in ms. */
  readonly lag: number;
}

/** An operation of the API. `path` is the template of Nuki's OpenAPI; a token needs one of `scopes`. */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly scopes: readonly string[];
  /** @throws {Refusal} for every answer that is an error */
  readonly answer: (call: Call) => Response;
}

/** The device that the path names. @throws {Refusal} 404 for no device, 403 for one of another account */
export function deviceOf({ home, params }: Call): Device {
  return deviceWithId(home, params['smartlockId']);
}

/** What the copy of the cloud that answers shows of the device in the path. @throws {Refusal} as `deviceOf` */
export function shownOf(call: Call): CloudContent {
  return deviceOf(call).cloud.behindBy(call.lag);
}

/** `id`: as a request names it. @throws {Refusal} 404 for no device, 403 for one of another account */
export function deviceWithId(home: SimulatedHome, id: unknown): Device {
  const device = home.devices().find((candidate) => String(candidate.id) === id);
  if (device !== undefined) return device;
  throw home.isForeign(id) ? forbidden() : notFound();
}
