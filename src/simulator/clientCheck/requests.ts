import type { Exchange } from '../exchange.ts';

/** The parts of an exchange that say what was asked for. */
export type Asked = Pick<Exchange, 'operation' | 'path' | 'body'>;

/** A JSON object of a body or an answer. */
export type Fields = Readonly<Record<string, unknown>>;

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

/** Whether the request creates or replaces authorizations. */
export function writesAuthorizations({ operation = '' }: Pick<Exchange, 'operation'>): boolean {
  return creates({ operation }) || replaces({ operation });
}

/** Whether the request creates authorizations. */
export function creates({ operation = '' }: Pick<Exchange, 'operation'>): boolean {
  return /^PUT \/smartlock(\/\{smartlockId\})?\/auth(\/advanced)?$/.test(operation);
}

/** Whether the request replaces authorizations. */
export function replaces({ operation = '' }: Pick<Exchange, 'operation'>): boolean {
  return /^POST \/smartlock(\/\{smartlockId\}\/auth\/\{id\}|\/auth)$/.test(operation);
}

/** The authorizations in the body of a request that creates or replaces some. */
export function authorizationsIn(exchange: Asked): readonly Fields[] {
  if (!writesAuthorizations(exchange)) return [];
  return (Array.isArray(exchange.body) ? exchange.body : [exchange.body]).filter(isFields);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The number that a field holds, also where it was sent as text, as some clients do. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** The objects of a list that was answered; empty for anything else. */
export function listIn(answer: unknown): readonly Fields[] {
  return Array.isArray(answer) ? answer.filter(isFields) : [];
}
