import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator, unknownToken } from './testSimulator.ts';
import { FakeReceiver, until } from './webhooks/fakeReceiver.ts';

const confirmation = v.strictObject({ requestId: v.string() });

/** Sends a request of the advanced API. @returns the id of the webhook that tells how it ended */
async function request(simulator: TestSimulator, method: string, path: string, body?: object): Promise<string> {
  const answer = await simulator.send(method, path, body);
  assert.equal(answer.status, 200);
  return v.parse(confirmation, await answer.json()).requestId;
}

/** What webhooks tell of requests within two minutes, without what they tell of devices. */
async function outcomes(simulator: TestSimulator, receiver: FakeReceiver): Promise<readonly object[]> {
  await simulator.clock.advance(120_000);
  simulator.home.devices();
  await until(() => simulator.home.webhooks.deliveries.all.every(({ receipt }) => receipt !== undefined));
  return receiver.received.map(({ json }) => json).filter((json) => 'requestId' in json);
}

describe('An advanced request', () => {
  for (const [path, body, type] of [
    ['action/advanced', { action: 3 }, 'Action'],
    ['action/unlock/advanced', undefined, 'UnlockAction'],
    ['action/lock/advanced', undefined, 'LockAction'],
  ] as const) {
    it(`is accepted with an id, and a webhook with that id tells how it ended: ${path}`, async () => {
      const receiver = new FakeReceiver();
      const simulator = new TestSimulator({ webhooks: receiver.central });
      const requestId = await request(simulator, 'POST', `/smartlock/${garage}/${path}`, body);
      const told = { type, requestId, smartlockId: garage, success: true };
      assert.deepEqual(await outcomes(simulator, receiver), [told]);
      simulator.home.fault({ method: 'POST', completion: 1 });
      const failing = await request(simulator, 'POST', `/smartlock/${garage}/${path}`, body);
      const detail = [{ smartlockId: garage, success: false, errorCode: '42' }];
      assert.deepEqual(await outcomes(simulator, receiver), [
        told,
        { type, requestId: failing, smartlockId: garage, success: false, detail },
      ]);
    });
  }

  it('is refused as the simple one is', async () => {
    const simulator = new TestSimulator({ foreignDevices: [17_179_869_185] });
    for (const [id, path, body, status] of [
      [guestHouse, 'action', { action: 3 }, 400],
      [frontDoor, 'action', { action: 6 }, 400],
      [frontDoor, 'action', undefined, 400],
      [parcelBox, 'action/lock', undefined, 405],
      [intercom, 'action/unlock', undefined, 405],
      [17_179_869_185, 'action/lock', undefined, 403],
      [17_179_869_186, 'action/lock', undefined, 404],
    ] as const) {
      for (const form of [path, `${path}/advanced`]) {
        assert.equal(await simulator.status('POST', `/smartlock/${id}/${form}`, body), status, `${id} ${form}`);
      }
    }
    await request(simulator, 'POST', `/smartlock/${frontDoor}/action/lock/advanced`);
    assert.equal(await simulator.status('POST', `/smartlock/${frontDoor}/action/lock/advanced`), 423);
  });

  it('is carried out though no one gets webhooks', async () => {
    const simulator = new TestSimulator();
    await request(simulator, 'POST', `/smartlock/${frontDoor}/action/unlock/advanced`);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 3);
  });

  it('creates app authorizations on several devices, and tells the id of each', async () => {
    const receiver = new FakeReceiver();
    const simulator = new TestSimulator({ webhooks: receiver.central });
    const body = { name: 'Clara', remoteAllowed: true, accountUserId: 1_000_103, smartlockIds: [garage, terrace] };
    const requestId = await request(simulator, 'PUT', '/smartlock/auth/advanced', body);
    const [told] = await outcomes(simulator, receiver);
    const detail = [garage, terrace].map((smartlockId) => {
      const stored = simulator.home.authorizationsOnLock(smartlockId).find(({ name }) => name === 'Clara');
      assert.equal(stored?.type, 0);
      return { smartlockId, id: stored.id, success: true };
    });
    const outcome = v.parse(v.looseObject({ detail: v.array(v.object({ smartlockId: v.number() })) }), told);
    const inOrder = outcome.detail.toSorted((one, other) => one.smartlockId - other.smartlockId);
    assert.deepEqual(
      { ...outcome, detail: inOrder.map(({ smartlockId }) => smartlockId) },
      { type: 'AuthCreation', requestId, success: true, detail: [terrace, garage] },
    );
    for (const each of detail) assert.ok(JSON.stringify(told).includes(JSON.stringify(each)), each.id);
  });

  it('creates no keypad codes', async () => {
    const simulator = new TestSimulator();
    const code = { name: 'Baker', remoteAllowed: false, type: 13, code: 333_444, smartlockIds: [frontDoor] };
    assert.equal(await simulator.status('PUT', '/smartlock/auth/advanced', code), 400);
    await simulator.clock.advance(30_000);
    assert.equal((await simulator.authorizations(frontDoor)).filter(({ name }) => name === 'Baker').length, 0);
  });
});

describe('Webhooks of a simulated account', () => {
  const hook = { webhookUrl: 'http://127.0.0.1:9000/x', webhookFeatures: ['DEVICE_STATUS'] };
  const registration = v.object({ id: v.number(), secret: v.string(), webhookUrl: v.string() });

  it('are registered and ended by requests, with the permission for it', async () => {
    const receiver = new FakeReceiver();
    const tokens = [{ token: unknownToken, scopes: ['account', 'smartlock'] }];
    const other = new TestSimulator({ tokens });
    assert.equal(await other.status('PUT', '/api/decentralWebhook', hook, unknownToken), 401);
    const simulator = new TestSimulator({ webhooks: receiver.decentral });
    const { id } = v.parse(registration, await (await simulator.send('PUT', '/api/decentralWebhook', hook)).json());
    assert.equal(await simulator.act(frontDoor, 1), 204);
    await simulator.clock.advance(60_000);
    simulator.home.devices();
    await until(() => receiver.received.length > 0);
    assert.equal(receiver.received[0]?.url, hook.webhookUrl);
    assert.equal(await simulator.status('DELETE', `/api/decentralWebhook/${id}`), 204);
    assert.equal(await simulator.status('DELETE', `/api/decentralWebhook/${id}`), 403);
    assert.deepEqual(await simulator.json('/api/decentralWebhook'), []);
  });

  it('go to this computer alone, whatever a request asks for, and say so', async () => {
    const simulator = new TestSimulator();
    const answer = simulator.send('PUT', '/api/decentralWebhook', { ...hook, webhookUrl: 'https://example.com/' });
    assert.equal((await answer).status, 400);
    assert.match((await simulator.detailMessage(answer)) ?? '', /to this computer alone/);
  });
});
