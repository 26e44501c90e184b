import assert from 'node:assert/strict';
import type { HttpServices } from '../../../../src/nuki/http/http.ts';
import { recordRequests, type RequestLogEntry } from '../../../../src/nuki/http/requestLog.ts';
import { FakeClock } from '../../fakeClock.ts';

const token = 'token-0123456789-abcdef';

function watched(fetch: HttpServices['fetch']): {
  requestLog: readonly RequestLogEntry[];
  fetch: HttpServices['fetch'];
} {
  const requestLog: RequestLogEntry[] = [];
  return { requestLog, fetch: recordRequests(fetch, new FakeClock(), requestLog) };
}

describe('the traffic that is remembered', () => {
  it('is the last twenty requests, in order, with method, path and status', async () => {
    const traffic = watched(async () => new Response(null, { status: 204 }));
    for (let count = 0; count < 25; count += 1) await traffic.fetch(`https://api.nuki.io/account/${count}`);
    assert.equal(traffic.requestLog.length, 20);
    assert.deepEqual({ ...traffic.requestLog[0], at: 0 }, { at: 0, method: 'GET', path: '/account/…', status: 204 });
  });

  it('does not tell whose it was: no id, no query, no token', async () => {
    const traffic = watched(async () => Response.json([]));
    const headers = { authorization: `Bearer ${token}` };
    await traffic.fetch('https://api.nuki.io/smartlock/21913877581/auth/5f2b7d0e9c1a4e0012ab34cd?email=a@b.c', {
      headers,
    });
    await traffic.fetch(new Request('https://api.nuki.io/smartlock/21913877581/action', { method: 'POST', headers }));
    assert.deepEqual(
      traffic.requestLog.map(({ method, path }) => `${method} ${path}`),
      ['GET /smartlock/…/auth/…', 'POST /smartlock/…/action'],
    );
  });

  it('knows of a request without an answer, and lets its failure through', async () => {
    const failure = new TypeError('fetch failed');
    const traffic = watched(() => Promise.reject(failure));
    await assert.rejects(traffic.fetch('https://api.nuki.io/account'), failure);
    assert.equal(traffic.requestLog[0]?.status, undefined);
    assert.equal(traffic.requestLog[0]?.path, '/account');
  });
});
