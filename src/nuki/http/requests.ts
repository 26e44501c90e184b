import { authorizationType } from '../authorization/authorizationType.ts';
import type { Authorization } from '../authorization/authorization.ts';
import { idleStart, withCompleteLimits } from '../authorization/completeLimits.ts';
import { hiddenSecret } from './maskSecrets.ts';
import { authorizationPath, devicePath } from './paths.ts';

/** A request of the Web API, as it is sent but for the token. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

/** @throws {NukiError} `unsupportedId`, as does every function here, for an id that may not go into a URL */
export function readDevice(id: number): ApiRequest {
  return { method: 'GET', path: devicePath(id) };
}

export function readAuthorizations(id: number): ApiRequest {
  return { method: 'GET', path: `${devicePath(id)}/auth` };
}

export function readAuthorization(id: number, authorizationId: string): ApiRequest {
  return { method: 'GET', path: authorizationPath(id, authorizationId) };
}

/** The newest entries of a device's log; the API gives 50 at most. */
export function readActivity(id: number): ApiRequest {
  return { method: 'GET', path: `${devicePath(id)}/log?limit=50` };
}

export function act(id: number, action: number): ApiRequest {
  return { method: 'POST', path: `${devicePath(id)}/action`, body: { action } };
}

/** How long, in ms, Nuki usually takes to read a device after {@link sync}. */
export const syncTime = 5_000;

export function sync(id: number): ApiRequest {
  return { method: 'POST', path: `${devicePath(id)}/sync` };
}

/**
 * An update that changes nothing: it replaces the authorization, so it has to hold every field, and complete limits where there are any.
 * The keypad code is masked, and the API refuses the request until the user fills it in. `now`: ms since 1970.
 */
export function replaceAuthorization(id: number, authorization: Authorization, now: number): ApiRequest {
  const { name, enabled, remoteAllowed, accountUserId, type } = authorization;
  const { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } = authorization;
  const limits = { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime };
  const code = type === authorizationType.keypadCode ? hiddenSecret : undefined;
  const complete = withCompleteLimits(limits, idleStart(authorization, now));
  const body = { name, enabled, remoteAllowed, code, accountUserId, ...complete };
  return { method: 'POST', path: authorizationPath(id, authorization.id), body };
}

export function deleteAuthorization(id: number, authorizationId: string): ApiRequest {
  return { method: 'DELETE', path: authorizationPath(id, authorizationId) };
}
