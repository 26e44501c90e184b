import assert from 'node:assert/strict';
import { createClient, type NukiClient } from '../../../../src/nuki/http/client.ts';
import { NukiError, outcomeIsUnknown } from '../../../../src/nuki/http/errors.ts';
import type { HttpServices } from '../../../../src/nuki/http/http.ts';
import { systemClock } from '../../../../src/base/clock.ts';
import { lockId } from '../../devices.ts';
import { answer, TestServer } from '../server.ts';

const token = 'a-token-of-the-tests-of-what-is-in-between';

async function failureOf(call: Promise<unknown>): Promise<NukiError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof NukiError);
    return error;
  }
}

const blocked = '<html><title>Web Page Blocked</title></html>';
const pages: readonly (readonly [what: string, body: string, type: string])[] = [
  ['a page of a company filter', blocked, 'text/html'],
  ['a page that says it is JSON', `\uFEFF \n${blocked}`, 'application/json'],
  ['a page of no kind', blocked, ''],
  ['a sentence', 'Access denied by policy', 'text/plain'],
];
const statuses = [200, 201, 202, 400, 401, 403, 404, 405, 409, 423, 451, 500, 502, 503, 504, 511];

const clientOf = (server: TestServer): NukiClient => createClient(token, server.services);

describe('what answers in the place of Nuki', () => {
  for (const [what, body, type] of pages) {
    it(`is never taken for Nuki, whatever its status: ${what}`, async () => {
      for (const status of statuses) {
        await using server = await TestServer.start(answer(status, body, { 'content-type': type }));
        const error = await failureOf(clientOf(server).smartlocks());
        assert.deepEqual([error?.reason, error?.status], ['intercepted', status]);
      }
    });

    it(`leaves open whether a write has arrived, and none is sent again: ${what}`, async () => {
      for (const status of statuses) {
        await using server = await TestServer.start(answer(status, body, { 'content-type': type }));
        const error = await failureOf(clientOf(server).act(lockId, 3));
        assert.equal(error?.reason, 'intercepted');
        assert.ok(outcomeIsUnknown(error));
        assert.equal(server.seen.length, 1);
      }
    });
  }

  it('is told by a status alone that only something in between gives', async () => {
    // Node's own `fetch` gives no answer with the status 407, but fails without a reason.
    for (const status of [407, 511]) {
      const fetch: HttpServices['fetch'] = () => Promise.resolve(new Response(null, { status }));
      const client = createClient(token, { fetch, clock: systemClock, random: () => 0 });
      assert.equal((await failureOf(client.smartlocks()))?.reason, 'intercepted');
    }
  });

  it('is kept waiting for, where it asks for that', async () => {
    for (const status of [429, 503]) {
      const headers = { 'content-type': 'text/html', 'retry-after': '120' };
      await using server = await TestServer.start(answer(status, blocked, headers));
      assert.equal((await failureOf(clientOf(server).smartlocks()))?.reason, 'rateLimited');
    }
  });

  it('is not kept waiting for longer than a quarter of an hour: nobody could unlock meanwhile', async () => {
    for (const status of [429, 503]) {
      const headers = { 'content-type': 'text/html', 'retry-after': '86400' };
      await using server = await TestServer.start(answer(status, blocked, headers));
      const failure = await failureOf(clientOf(server).smartlocks());
      assert.equal(failure?.reason, 'rateLimited');
      const wait = (failure.retryAt ?? 0) - Date.now();
      assert.ok(wait > 0 && wait <= 15 * 60_000, `${wait} ms`);
    }
  });
});

describe('an answer of Nuki itself', () => {
  const reasons = [
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'permissionMissing'],
    [404, 'notFound'],
    [500, 'server'],
  ] as const;
  for (const [what, body, type] of [
    ['without a body', '', 'text/html'],
    ['with a blank one', ' \n', 'text/plain'],
    ['with its error', '{"detailMessage":"no","stackTrace":[]}', 'application/json'],
    ['with its error, of no kind', '{"detailMessage":"no"}', ''],
  ] as const) {
    it(`keeps its meaning ${what}`, async () => {
      for (const [status, reason] of reasons) {
        await using server = await TestServer.start(answer(status, body, { 'content-type': type }));
        assert.equal((await failureOf(clientOf(server).smartlocks()))?.reason, reason);
        assert.equal((await failureOf(clientOf(server).act(lockId, 3)))?.reason, reason);
      }
    });
  }
});
