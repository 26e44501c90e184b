import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { createClient } from '../../../../src/nuki/http/client.ts';
import { outcomeIsUnknown, NukiError } from '../../../../src/nuki/http/errors.ts';
import { lockId, lockJson } from '../../devices.ts';
import { answer, TestServer, type Answer } from '../server.ts';

const token = 'a-token-of-the-socket-tests';

/** A server that answers reads, and takes a write whole and dies without an answer, as often as it is sent. */
function takesWritesAndDies(sockets: Set<Socket>): Answer {
  const read = answer(200, JSON.stringify([lockJson()]));
  return (response, request, attempt) => {
    sockets.add(request.socket);
    if (request.method === 'GET') read(response, request, attempt);
    else request.socket.destroy();
  };
}

// A network stack may send a request again by itself, below `fetch`: what counts is what arrives.
describe('a write on a connection that was used before and dies without an answer', () => {
  for (const [what, write] of [
    ['an action', (client) => client.act(lockId, 3)],
    ['a creation', (client) => client.createAuthorization([lockId], { type: 0, name: 'Anna', remoteAllowed: true })],
    ['a deletion', (client) => client.deleteAuthorization(lockId, '0123456789abcdef01234567')],
  ] as const satisfies readonly (readonly [string, (client: ReturnType<typeof createClient>) => Promise<void>])[]) {
    it(`arrives once, and its outcome is unknown: ${what}`, async () => {
      const sockets = new Set<Socket>();
      await using server = await TestServer.start(takesWritesAndDies(sockets));
      const client = createClient(token, server.services);
      await client.smartlocks();
      const error = await write(client).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      assert.ok(error instanceof NukiError && outcomeIsUnknown(error));
      assert.equal(server.seen.filter(({ method }) => method !== 'GET').length, 1);
      assert.equal(sockets.size, 1, 'the connection was used before');
    });

    it(`does not arrive where the network stack may send it twice: ${what}`, async () => {
      await using server = await TestServer.start(takesWritesAndDies(new Set()));
      const client = createClient(token, { ...server.services, mayRepeat: () => true });
      await client.smartlocks();
      await assert.rejects(write(client), { name: 'NukiError', reason: 'mayRepeat' });
      assert.deepEqual(
        server.seen.map(({ method }) => method),
        ['GET'],
      );
    });
  }
});
