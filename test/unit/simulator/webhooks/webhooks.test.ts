import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { ActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import { Refusal } from '../../../../src/simulator/answers.ts';
import { demoAccountId, frontDoor, garage } from '../../../../src/simulator/demo/demoDevices.ts';
import { setFault } from '../../../../src/simulator/faults/namedFaults.ts';
import type { Twist } from '../../../../src/simulator/devices/twist.ts';
import type { RequestType } from '../../../../src/simulator/webhooks/requestOutcomes.ts';
import { TestSimulation } from '../testSimulation.ts';
import { TestSimulator } from '../testSimulator.ts';
import { FakeReceiver, receiverSecret, receiverUrl, signatureByNode, until } from './fakeReceiver.ts';

async function pass(simulator: TestSimulator, seconds: number): Promise<void> {
  await simulator.clock.advance(seconds * 1000);
  simulator.home.devices();
  await until(() => simulator.home.webhooks.deliveries.all.every(({ receipt }) => receipt !== undefined));
}

describe('A registration', () => {
  it('gets its own features, signed with a key of its own', async () => {
    const receiver = new FakeReceiver();
    const simulator = new TestSimulator({ webhooks: receiver.decentral });
    const { webhooks } = simulator.home;
    const logs = webhooks.register('http://localhost:1/logs', ['DEVICE_LOGS']);
    const states = webhooks.register('http://[::1]:2/states', ['DEVICE_STATUS', 'DEVICE_AUTHS', 'DEVICE_STATUS']);
    assert.deepEqual(states.webhookFeatures, ['DEVICE_STATUS', 'DEVICE_AUTHS']);
    assert.deepEqual(webhooks.registered, [logs, states]);
    assert.notEqual(logs.id, states.id);
    assert.notEqual(logs.secret, states.secret);

    simulator.home.turnByHand(frontDoor, 3);
    await pass(simulator, 30);
    assert.deepEqual(
      new Map(receiver.received.map(({ url, json }) => [url, json['feature']])),
      new Map([
        ['http://[::1]:2/states', 'DEVICE_STATUS'],
        ['http://localhost:1/logs', 'DEVICE_LOGS'],
      ]),
    );
    assert.equal(receiver.received.length, 2);
    for (const { url, headers, body } of receiver.received) {
      const { secret } = url === logs.webhookUrl ? logs : states;
      assert.equal(headers.get('x-nuki-signature-sha256'), signatureByNode('sha256', body, secret));
    }
  });

  it('gets nothing once it is ended, also of what was waiting', async () => {
    const receiver = new FakeReceiver();
    const simulator = new TestSimulator({ webhooks: receiver.decentral });
    const { webhooks } = simulator.home;
    const answers: ((answer: Response) => void)[] = [];
    receiver.answer = () => new Promise((resolve) => void answers.push(resolve));
    const { id } = webhooks.register('http://127.0.0.1:1', ['DEVICE_STATUS', 'DEVICE_LOGS']);
    simulator.home.turnByHand(frontDoor, 3);
    await simulator.clock.advance(30_000);
    simulator.home.devices();
    await until(() => answers.length === 1);
    assert.equal(webhooks.unregister(id), true);
    assert.equal(webhooks.unregister(id), false);
    answers[0]?.(new Response());
    simulator.home.turnByHand(frontDoor, 1);
    await pass(simulator, 30);
    assert.deepEqual(webhooks.registered, []);
    assert.equal(receiver.received.length, 1);
    assert.equal(webhooks.replay(1), false);
  });

  it('leads to this computer alone', () => {
    const { webhooks } = new TestSimulator().home;
    const here = [
      'http://127.0.0.1',
      'http://127.0.0.1:9000/a?b',
      'https://127.1.2.3/',
      'http://localhost:1',
      'http://LOCALHOST/',
      'http://[::1]:8',
      'http://2130706433/',
    ];
    for (const url of here) assert.equal(webhooks.register(url, ['DEVICE_LOGS']).webhookUrl, url);
    const elsewhere = [
      'https://example.com/hook',
      'http://192.168.1.10/',
      'http://10.0.0.1',
      'http://169.254.169.254/latest/meta-data',
      'http://0.0.0.0:80',
      'http://[::]/',
      'http://[::ffff:10.0.0.1]/',
      'http://localhost.example.com',
      'http://127.0.0.1.example.com',
      'http://example.com#@127.0.0.1/',
      'http://127.0.0.1@example.com',
      'http://user:key@127.0.0.1/',
      'ftp://127.0.0.1/',
      'file:///etc/passwd',
      '127.0.0.1:9000',
      '',
      undefined,
      7,
    ];
    for (const url of elsewhere) {
      assert.throws(
        () => webhooks.register(url, ['DEVICE_LOGS']),
        (error) =>
          error instanceof Refusal && error.status === 400 && JSON.stringify(error.body).includes('to this computer'),
        String(url),
      );
    }
    assert.equal(webhooks.registered.length, here.length);
  });

  it('needs features that there are', () => {
    const { webhooks } = new TestSimulator().home;
    for (const features of [undefined, null, 'DEVICE_LOGS', [], ['DEVICE_LOGS', 'DEVICE_LOG'], [7]]) {
      assert.throws(() => webhooks.register('http://127.0.0.1', features), /400/, JSON.stringify(features));
    }
    assert.throws(
      () => webhooks.register('http://127.0.0.1', ['DEVICE_LOGS', 'DEVICE_LOG']),
      (error) => error instanceof Refusal && JSON.stringify(error.body).includes("value 'DEVICE_LOG' for"),
    );
  });
});

describe('The log of deliveries', () => {
  const entry = v.object({
    id: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)),
    succeeded: v.boolean(),
    responseStatus: v.number(),
    duration: v.number(),
    accountId: v.literal(demoAccountId),
    apiKeyId: v.number(),
    response: v.object({
      headers: v.record(v.string(), v.string()),
      body: v.record(v.string(), v.unknown()),
      timestamp: v.string(),
      path: v.literal(receiverUrl),
    }),
    created: v.string(),
    updated: v.string(),
  });

  it('has what was sent and how it was answered, newest first, and pages back by id', async () => {
    const receiver = new FakeReceiver();
    const simulator = new TestSimulator({ webhooks: receiver.central });
    receiver.answer = ({ json }) => new Response(null, { status: json['feature'] === 'DEVICE_LOGS' ? 503 : 200 });
    for (const state of [3, 1, 3]) {
      simulator.home.turnByHand(frontDoor, state);
      await pass(simulator, 30);
    }
    const { webhooks } = simulator.home;
    const logs = v.parse(v.array(entry), webhooks.logs());
    const ofOneTurn = [
      ['DEVICE_LOGS', false, 503],
      ['DEVICE_STATUS', true, 200],
    ];
    assert.deepEqual(
      logs.map(({ response, succeeded, responseStatus }) => [response.body['feature'], succeeded, responseStatus]),
      [...ofOneTurn, ...ofOneTurn, ...ofOneTurn],
    );
    const { headers, body } = logs[0]?.response ?? assert.fail();
    assert.equal(headers['X-Nuki-Signature-SHA256'], signatureByNode('sha256', JSON.stringify(body), receiverSecret));
    const ids = logs.map(({ id }) => id);
    assert.deepEqual(
      v.parse(v.array(entry), webhooks.logs(2, ids[1])).map(({ id }) => id),
      ids.slice(2, 4),
    );
    for (let count = 0; count < 120; count += 1) webhooks.replay(1);
    await pass(simulator, 0);
    assert.equal(webhooks.logs().length, 50);
    assert.equal(webhooks.logs(500).length, 100);
  });
});

describe('An API-triggered webhook', () => {
  const requestIdOf = (simulator: TestSimulator, type: RequestType, action: ActionName, twist: Twist = {}): string => {
    const device = simulator.home.devices().find(({ id }) => id === frontDoor) ?? assert.fail();
    simulator.home.act(device, action, twist, 'request 1');
    return simulator.home.webhooks.awaitOutcome(type, 'request 1', [{ smartlockId: frontDoor }]);
  };

  it('tells that an action has succeeded, by the id of its request', async () => {
    const receiver = new FakeReceiver();
    const simulator = new TestSimulator({ webhooks: receiver.central });
    const requestId = requestIdOf(simulator, 'UnlockAction', 'unlock');
    await pass(simulator, 120);
    const [told, ...others] = receiver.about('UnlockAction');
    assert.deepEqual(told?.json, { type: 'UnlockAction', requestId, smartlockId: frontDoor, success: true });
    assert.deepEqual(others, []);
    const logged = simulator.home.webhooks.logs().flatMap((log) => log.requestId ?? []);
    assert.deepEqual(logged, [requestId]);
  });

  it('tells why one has failed, by Nuki’s error code', async () => {
    for (const [completion, errorCode] of [
      [1, '42'],
      [4, '45'],
      [10, '4f'],
      [254, 'ff'],
    ] as const) {
      const receiver = new FakeReceiver();
      const simulator = new TestSimulator({ webhooks: receiver.central });
      const requestId = requestIdOf(simulator, 'LockAction', 'lock', { completion });
      await pass(simulator, 120);
      const detail = [{ smartlockId: frontDoor, success: false, errorCode }];
      assert.deepEqual(
        receiver.about('LockAction').map(({ json }) => json),
        [{ type: 'LockAction', requestId, smartlockId: frontDoor, success: false, detail }],
      );
    }
  });

  it('gives up a device that is not reached after a minute', async () => {
    for (const twist of [{ never: true }, { after: 90_000 }]) {
      const receiver = new FakeReceiver();
      const simulator = new TestSimulator({ webhooks: receiver.central });
      requestIdOf(simulator, 'UnlockAction', 'unlock', twist);
      await pass(simulator, 59);
      assert.deepEqual(receiver.about('UnlockAction'), []);
      await pass(simulator, 121);
      const told = receiver.about('UnlockAction').map(({ json }) => [json['success'], json['detail']]);
      assert.deepEqual(told, [[false, [{ smartlockId: frontDoor, success: false, errorCode: 'ff' }]]]);
    }
  });

  it('tells of a creation on several devices once all have ended', async () => {
    const receiver = new FakeReceiver();
    const simulator = new TestSimulator({ webhooks: receiver.central });
    const { home } = simulator;
    const devices = [frontDoor, garage].map((id) => home.devices().find((device) => device.id === id) ?? assert.fail());
    const entries = devices.map((device, index) => {
      const id = home.timeline.newId();
      const [known = assert.fail()] = device.store.stored;
      const twist = index === 1 ? { never: true } : {};
      device.store.change(id, { ...known, id, name: 'Eva', accountUserId: 7 }, twist, 'request 5');
      return { smartlockId: device.id, id };
    });
    const requestId = home.webhooks.awaitOutcome('AuthCreation', 'request 5', entries);
    await pass(simulator, 120);
    const [first, second] = entries;
    const detail = [
      { ...first, success: true },
      { ...second, success: false, errorCode: 'ff' },
    ];
    assert.deepEqual(
      receiver.about('AuthCreation').map(({ json }) => json),
      [{ type: 'AuthCreation', requestId, success: false, detail }],
    );
  });
});

describe('A fault of deliveries', () => {
  it('sends one twice, or late, so that others overtake it', async () => {
    const receiver = new FakeReceiver();
    const simulator = new TestSimulator({ webhooks: receiver.central });
    setFault(simulator.home, 'webhook-late', { smartlockId: garage });
    setFault(simulator.home, 'webhook-duplicate');
    simulator.home.setServerState(garage, 4);
    simulator.home.setServerState(frontDoor, 4);
    await pass(simulator, 1);
    await pass(simulator, 300);
    assert.deepEqual(
      receiver.received.map(({ json }) => json['smartlockId']),
      [frontDoor, frontDoor, garage],
    );
    assert.deepEqual(
      simulator.home.webhooks.deliveries.all.map(({ fault }) => fault),
      ['webhook-duplicate', 'webhook-duplicate', 'webhook-late'],
    );
  });
});

describe('A home that no one is registered with', () => {
  it('sends nothing and remembers nothing', async () => {
    const receiver = new FakeReceiver();
    const simulator = new TestSimulator({ webhooks: receiver.decentral });
    await simulator.act(frontDoor, 1);
    simulator.home.webhooks.awaitOutcome('UnlockAction', 'request 1', [{ smartlockId: frontDoor }]);
    await pass(simulator, 120);
    assert.deepEqual(simulator.home.webhooks.deliveries.all, []);
    assert.deepEqual(receiver.received, []);
  });
});

describe('A simulation with a webhook', () => {
  const webhook = { url: receiverUrl, secret: receiverSecret };

  it('sends without being asked, by the clock of the receiver, however fast its own runs', async () => {
    const receiver = new FakeReceiver();
    const test = new TestSimulation({ speed: 60, send: receiver.send, webhook });
    receiver.answer = async () => {
      await test.computer.wait(9000);
      return new Response();
    };
    test.simulation.home.turnByHand(frontDoor, 3);
    const { deliveries } = test.simulation.home.webhooks;
    await test.computer.advance(2000);
    await until(() => receiver.received.length === 1);
    await test.computer.advance(9000);
    await until(() => deliveries.all[0]?.receipt !== undefined);
    assert.deepEqual(deliveries.all[0]?.receipt, { kind: 'answered', status: 200, body: '', ms: 9000 });
    test.simulation.dispose();
  });

  it('sends nothing of what was before a reset', async () => {
    const receiver = new FakeReceiver();
    const test = new TestSimulation({ send: receiver.send, webhook });
    const { home } = test.simulation;
    home.webhooks.register('http://127.0.0.1:1', ['DEVICE_STATUS']);
    home.turnByHand(frontDoor, 3);
    test.simulation.reset();
    await test.computer.advance(60_000);
    home.devices();
    assert.deepEqual(home.webhooks.deliveries.all, []);
    assert.deepEqual(test.simulation.home.webhooks.registered, []);
    const told: number[] = [];
    test.simulation.onDidDeliver(({ number }) => told.push(number));
    test.simulation.home.turnByHand(frontDoor, 3);
    await test.computer.advance(60_000);
    await until(() => told.length === 2);
    assert.deepEqual(told, [1, 2]);
    assert.deepEqual(
      receiver.received.map(({ url }) => url),
      [receiverUrl, receiverUrl],
    );
  });
});
