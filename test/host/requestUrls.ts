import { subscribe } from 'node:diagnostics_channel';
import * as v from 'valibot';

const fetched = v.object({ request: v.object({ origin: v.unknown(), path: v.string() }) });
const requested = v.object({ request: v.object({ host: v.string(), path: v.string() }) });

/** The address of each request that this process sends from now on. */
export function recordRequestUrls(): string[] {
  const urls: string[] = [];
  subscribe('undici:request:create', (message) => {
    const { request } = v.parse(fetched, message);
    urls.push(`${String(request.origin)}${request.path}`);
  });
  subscribe('http.client.request.start', (message) => {
    const { request } = v.parse(requested, message);
    urls.push(`${request.host}${request.path}`);
  });
  return urls;
}
