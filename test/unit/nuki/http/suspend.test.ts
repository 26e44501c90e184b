import assert from 'node:assert/strict';
import { createClient } from '../../../../src/nuki/http/client.ts';
import { NukiError, outcomeIsUnknown } from '../../../../src/nuki/http/errors.ts';
import type { HttpServices } from '../../../../src/nuki/http/http.ts';
import { FakeClock } from '../../fakeClock.ts';
import { lockId } from '../../devices.ts';
import { startWaitingTime } from '../../waitingTime.ts';
import { answer, TestServer } from '../server.ts';

const token = 'a-token-of-the-suspend-tests';
const second = 1_000;

/** A client whose connection is not there before `connect` is called; its clock can jump, as it does when the computer sleeps. */
function connecting(server: TestServer) {
  const clock = new FakeClock();
  const connected = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const fetch: HttpServices['fetch'] = async (input, init) => {
    const request = new Request(input, init);
    asked.resolve();
    const aborted = new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    await Promise.race([connected.promise, aborted]);
    return await server.services.fetch(request);
  };
  const client = createClient(token, { ...server.services, clock, fetch });
  return { clock, client, asked: asked.promise, connect: connected.resolve };
}

const failureOf = async (call: Promise<void>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a write during which the computer sleeps', () => {
  it('is not sent afterwards where the connection was not there yet, and it is not known whether it was', async () => {
    await using server = await TestServer.start(answer(204));
    const { clock, client, asked, connect } = connecting(server);
    const acting = failureOf(client.act(lockId, 3));
    await asked;
    const waited = startWaitingTime();
    clock.jump(8 * 3_600 * second);
    const error = await acting;
    assert.ok(waited() < second, 'by the clock, not by a timer that stood still');
    connect();
    assert.ok(error instanceof NukiError && outcomeIsUnknown(error), String(error));
    assert.equal(error.reason, 'timeout');
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(server.seen.length, 0);
  });

  it('is sent after a nap within its time', async () => {
    await using server = await TestServer.start(answer(204));
    const { clock, client, asked, connect } = connecting(server);
    const acting = failureOf(client.act(lockId, 3));
    await asked;
    clock.jump(19 * second);
    connect();
    assert.equal(await acting, undefined);
    assert.equal(server.seen.length, 1);
  });

  it('has the time that is left to the wish, and is not sent at all when none is', async () => {
    await using server = await TestServer.start(() => undefined);
    const { clock, client, connect } = connecting(server);
    connect();
    const late = await failureOf(client.act(lockId, 3, clock.now()));
    assert.ok(late instanceof NukiError && late.reason === 'expired');
    assert.equal(server.seen.length, 0);
    const error = await failureOf(client.act(lockId, 3, clock.now() + 1_000));
    assert.ok(error instanceof NukiError && error.reason === 'timeout');
    assert.equal(server.seen.length, 1);
  });
});
