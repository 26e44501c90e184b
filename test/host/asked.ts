import { subscribe } from 'node:diagnostics_channel';
import * as v from 'valibot';

const fetched = v.object({ request: v.object({ origin: v.unknown(), path: v.string() }) });
const requested = v.object({ request: v.object({ host: v.string(), path: v.string() }) });

/** Whatever this process asks of a network from now on. */
export function listenToRequests(): string[] {
  const asked: string[] = [];
  subscribe('undici:request:create', (message) => {
    const { request } = v.parse(fetched, message);
    asked.push(`${String(request.origin)}${request.path}`);
  });
  subscribe('http.client.request.start', (message) => {
    const { request } = v.parse(requested, message);
    asked.push(`${request.host}${request.path}`);
  });
  return asked;
}
