import { subscribe } from 'node:diagnostics_channel';
import * as v from 'valibot';
import { measured } from '../hardening/figures.ts';

// Listens to every connection that this process opens while all the other files of this folder run. Nuki is a simulated home in this very
// process then, so that whatever is asked of a network is asked of somebody else.

const asked: string[] = [];
const fetched = v.object({ request: v.object({ origin: v.unknown(), path: v.string() }) });
const requested = v.object({ request: v.object({ host: v.string(), path: v.string() }) });

subscribe('undici:request:create', (message) => {
  const { request } = v.parse(fetched, message);
  asked.push(`${String(request.origin)}${request.path}`);
});
subscribe('http.client.request.start', (message) => {
  const { request } = v.parse(requested, message);
  asked.push(`${request.host}${request.path}`);
});

describe('the network', () => {
  it('G12: is listened to', async () => {
    const own = 'http://127.0.0.1:49999/';
    await fetch(own).catch(() => undefined);
    measured('G12', 'a request by fetch is heard', asked.splice(0).includes(own));
  });

  after(function () {
    const root = this.test?.parent?.parent;
    root?.afterAll(() => measured('G12', `${asked.length} other requests ${asked.join(', ')}`, asked.length === 0));
  });
});
