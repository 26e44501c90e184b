import { isFields, type Fields } from '../jsonFields.ts';
import type { Exchange } from '../journal/exchange.ts';

/** The parts of an exchange that say what was asked for. */
export type Asked = Pick<Exchange, 'operation' | 'path' | 'body'>;

const ofOneDevice = /^\/smartlock\/(?!(?:auth|log)(?:\/|$))([^/]+)/;
const ofOneAuthorization = /^\/smartlock\/[^/]+\/auth\/([^/]+)/;

/** The path without its query. */
export function pathnameOf({ path }: Pick<Exchange, 'path'>): string {
  return path.split('?', 1)[0] ?? '';
}

export function queryOf({ path }: Pick<Exchange, 'path'>): URLSearchParams {
  const at = path.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : path.slice(at));
}

/** The id of the device in the path, as it was sent. */
export function deviceIdIn(exchange: Pick<Exchange, 'path'>): string | undefined {
  return ofOneDevice.exec(pathnameOf(exchange))?.[1];
}

/** The id of the authorization in the path. */
export function authorizationIdIn(exchange: Pick<Exchange, 'path'>): string | undefined {
  return ofOneAuthorization.exec(pathnameOf(exchange))?.[1];
}

/** The ids of all devices that the request names, as they were sent. */
export function deviceIdsIn(asked: Asked): readonly string[] {
  const inPath = deviceIdIn(asked);
  const { body } = asked;
  const inBody = isFields(body) && Array.isArray(body['smartlockIds']) ? body['smartlockIds'].map(idIn) : [];
  return [inPath, ...inBody].filter((id) => id !== undefined);
}

/** An id as text; `undefined` for what is neither a number nor text. */
export function idIn(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

/** Whether the request asks a device to act. */
export function acts({ operation = '' }: Pick<Exchange, 'operation'>): boolean {
  return /^POST \/smartlock\/\{smartlockId\}\/action(\/|$)/.test(operation);
}

/** Whether the request creates authorizations. */
export function creates({ operation = '' }: Pick<Exchange, 'operation'>): boolean {
  return /^PUT \/smartlock(\/\{smartlockId\})?\/auth(\/advanced)?$/.test(operation);
}

/** Whether the request replaces authorizations. */
export function replaces({ operation = '' }: Pick<Exchange, 'operation'>): boolean {
  return /^POST \/smartlock(\/\{smartlockId\}\/auth\/\{id\}|\/auth)$/.test(operation);
}

/** Whether the request deletes authorizations. */
export function deletes({ operation = '' }: Pick<Exchange, 'operation'>): boolean {
  return /^DELETE \/smartlock(\/\{smartlockId\}\/auth\/\{id\}|\/auth)$/.test(operation);
}

/** Whether the request asks a device to be read anew. */
export function syncs({ operation }: Pick<Exchange, 'operation'>): boolean {
  return operation === 'POST /smartlock/{smartlockId}/sync';
}

export function reads({ method }: Pick<Exchange, 'method'>): boolean {
  return method === 'GET';
}

export function readsLog({ operation }: Pick<Exchange, 'operation'>): boolean {
  return operation === 'GET /smartlock/log' || operation === 'GET /smartlock/{smartlockId}/log';
}

/** Whether Nuki has accepted the request, as far as the client was told. */
export function isAccepted({ status = 0, end = 'answered' }: Exchange): boolean {
  return end === 'answered' && status >= 200 && status < 300;
}

/** The authorizations in the body of a request that creates or replaces some. */
export function authorizationsIn(asked: Asked): readonly Fields[] {
  if (!creates(asked) && !replaces(asked)) return [];
  return (Array.isArray(asked.body) ? asked.body : [asked.body]).filter(isFields);
}

/** The number that a field holds, also where it was sent as text, as some clients do. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
