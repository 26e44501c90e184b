import assert from 'node:assert/strict';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import {
  deliveryTimeout,
  failuresUntilDeactivation,
  listedDelivery,
  type Delivery,
} from '../../../../src/simulator/webhooks/deliveries.ts';
import { TestSimulator } from '../testSimulator.ts';
import { FakeReceiver, receiverSecret, receiverUrl, signatureByNode, until } from './fakeReceiver.ts';

/** A home that tells one receiver of a door that is turned by hand. */
class Test {
  readonly receiver = new FakeReceiver();
  readonly simulator = new TestSimulator({ webhooks: this.receiver.central });

  get deliveries(): readonly Delivery[] {
    return this.simulator.home.webhooks.deliveries.all;
  }

  /** Two deliveries: a state and an entry of the log. */
  async turn(state: 1 | 3): Promise<void> {
    this.simulator.home.turnByHand(frontDoor, state);
    await this.pass();
  }

  async pass(): Promise<void> {
    await this.simulator.clock.advance(30_000);
    this.simulator.home.devices();
  }

  allEnded(): Promise<void> {
    return until(() => this.deliveries.every(({ receipt }) => receipt !== undefined));
  }

  /** What became of each, in short. */
  get results(): readonly unknown[] {
    return this.deliveries.map(({ receipt }) => (receipt?.kind === 'answered' ? receipt.status : receipt?.kind));
  }
}

describe('A delivery', () => {
  it('is a POST of JSON that follows no redirect, signed twice with the receiver’s key', async () => {
    const test = new Test();
    await test.turn(3);
    await test.allEnded();
    assert.equal(test.receiver.received.length, 2);
    for (const { url, method, headers, body, redirect } of test.receiver.received) {
      assert.equal(url, receiverUrl);
      assert.equal(method, 'POST');
      assert.equal(redirect, 'manual');
      assert.equal(headers.get('content-type'), 'application/json; charset=UTF-8');
      assert.equal(headers.get('x-simulated'), 'keyturner');
      assert.equal(headers.get('x-nuki-signature-sha256'), signatureByNode('sha256', body, receiverSecret));
      assert.equal(headers.get('x-nuki-signature'), signatureByNode('sha1', body, receiverSecret));
    }
  });

  it('waits until the one before it has ended', async () => {
    const test = new Test();
    const answers: ((answer: Response) => void)[] = [];
    test.receiver.answer = () => new Promise((resolve) => void answers.push(resolve));
    await test.turn(3);
    await test.turn(1);
    for (let count = 1; count <= 4; count += 1) {
      await until(() => answers.length === count);
      assert.equal(test.receiver.received.length, count);
      answers[count - 1]?.(new Response('thanks'));
    }
    await test.allEnded();
    assert.deepEqual(test.results, [200, 200, 200, 200]);
    assert.deepEqual(
      test.receiver.received.map(({ body }) => body),
      test.deliveries.map(({ body }) => body),
    );
    assert.deepEqual(
      test.deliveries.map(({ number }) => number),
      [1, 2, 3, 4],
    );
  });

  it('is given up after ten seconds of the receiver, and is not sent again', async () => {
    const test = new Test();
    test.receiver.answer = () => new Promise<Response>(() => {});
    await test.turn(3);
    await until(() => test.receiver.received.length === 1);
    await test.receiver.clock.advance(deliveryTimeout - 1);
    assert.deepEqual(test.results, [undefined, undefined]);
    assert.equal(test.receiver.received[0]?.signal?.aborted, false);
    await test.receiver.clock.advance(1);
    await until(() => test.receiver.received.length === 2);
    assert.deepEqual(test.results, ['timedOut', undefined]);
    assert.equal(test.receiver.received[0]?.signal?.aborted, true);
    await test.receiver.clock.advance(deliveryTimeout);
    await test.allEnded();
    assert.equal(test.receiver.received.length, 2);
    assert.equal(test.receiver.clock.waiting, 0);
  });

  it('is given up too while the answer’s body never ends', async () => {
    const test = new Test();
    test.receiver.answer = () => new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(5)) }));
    await test.turn(3);
    await until(() => test.receiver.received.length === 1);
    await test.receiver.clock.advance(deliveryTimeout);
    await until(() => test.receiver.received.length === 2);
    assert.deepEqual(test.results, ['timedOut', undefined]);
  });

  it('is sent once, whatever the receiver does', async () => {
    const answers: (() => Promise<Response>)[] = [
      () => Promise.resolve(new Response('broken', { status: 500 })),
      () => Promise.resolve(new Response(null, { status: 302, headers: { location: 'http://127.0.0.1/other' } })),
      () => Promise.reject(new TypeError('fetch failed')),
      () => Promise.resolve(new Response('x'.repeat(5000))),
    ];
    const test = new Test();
    test.receiver.answer = () => answers.shift()?.() ?? new Response(null, { status: 204 });
    await test.turn(3);
    await test.turn(1);
    await test.allEnded();
    assert.equal(test.receiver.received.length, 4);
    assert.deepEqual(test.results, [500, 302, 'unreachable', 200]);
    const [broken, , , long] = test.deliveries.map(({ receipt }) => receipt);
    assert.equal(broken?.kind === 'answered' && broken.body, 'broken');
    assert.equal(long?.kind === 'answered' && long.body.length, 2000);
  });

  it('is listed with what came of it, and with no secret', async () => {
    const test = new Test();
    test.receiver.answer = () => new Response('stored 333444');
    const baker = { name: 'Baker', remoteAllowed: false, type: 13, code: 333_444 };
    await test.simulator.status('PUT', `/smartlock/${frontDoor}/auth`, baker);
    await test.pass();
    await test.allEnded();
    assert.match(test.receiver.received[0]?.body ?? '', /"code":333444/);
    const [delivery = assert.fail()] = test.deliveries;
    const { at, body, ...listed } = { at: 0, body: {}, ...listedDelivery(delivery) };
    assert.deepEqual(listed, {
      number: 1,
      url: receiverUrl,
      about: 'DEVICE_AUTHS',
      end: 'answered',
      ms: 0,
      status: 200,
      answer: 'stored ******',
    });
    assert.ok(at > Date.UTC(2026, 10, 23, 12) && at < Date.UTC(2026, 10, 23, 12, 1));
    assert.match(JSON.stringify(body), /"name":"Baker"/);
    assert.doesNotMatch(JSON.stringify(listedDelivery(delivery)), /333444|the key of/);
  });

  it('can be sent once more, as it was', async () => {
    const test = new Test();
    await test.turn(3);
    await test.allEnded();
    const told: number[] = [];
    test.simulator.home.webhooks.deliveries.onDidEnd(({ number }) => told.push(number));
    assert.equal(test.simulator.home.webhooks.replay(1), true);
    assert.equal(test.simulator.home.webhooks.replay(7), false);
    await test.allEnded();
    assert.equal(test.receiver.received.length, 3);
    assert.equal(test.receiver.received[2]?.body, test.receiver.received[0]?.body);
    assert.deepEqual(
      test.deliveries.map(({ number, replayOf }) => [number, replayOf]),
      [
        [1, undefined],
        [2, undefined],
        [3, 1],
      ],
    );
    assert.deepEqual(told, [3]);
  });

  it('is remembered until 300 others have followed', async () => {
    const test = new Test();
    await test.turn(3);
    await test.allEnded();
    for (let count = 0; count < 300; count += 1) test.simulator.home.webhooks.replay(2);
    await test.allEnded();
    assert.equal(test.deliveries.length, 300);
    assert.equal(test.deliveries[0]?.number, 3);
    assert.equal(test.receiver.received.length, 302);
  });
});

describe('A receiver that fails ten times in a row', () => {
  it('gets nothing more until it is reactivated', async () => {
    const test = new Test();
    test.receiver.answer = () => new Response(null, { status: 500 });
    for (let turns = 0; turns < failuresUntilDeactivation / 2; turns += 1) {
      await test.turn(turns % 2 === 0 ? 3 : 1);
      await test.allEnded();
    }
    await test.turn(1);
    assert.equal(test.deliveries.length, failuresUntilDeactivation);
    assert.equal(test.receiver.received.length, failuresUntilDeactivation);
    test.receiver.answer = () => new Response();
    test.simulator.home.webhooks.reactivate();
    await test.turn(3);
    await test.allEnded();
    assert.deepEqual(test.results.slice(failuresUntilDeactivation), [200, 200]);
  });

  it('loses what was waiting for it', async () => {
    const test = new Test();
    const answers: ((answer: Response) => void)[] = [];
    test.receiver.answer = () => new Promise((resolve) => void answers.push(resolve));
    for (let turns = 0; turns < 6; turns += 1) await test.turn(turns % 2 === 0 ? 3 : 1);
    for (let count = 1; count <= failuresUntilDeactivation; count += 1) {
      await until(() => answers.length === count);
      answers[count - 1]?.(new Response(null, { status: 404 }));
    }
    await test.allEnded();
    assert.equal(test.receiver.received.length, failuresUntilDeactivation);
    assert.deepEqual(test.results.slice(-3), [404, 'dropped', 'dropped']);
  });

  it('is not one that answers now and then', async () => {
    const test = new Test();
    test.receiver.answer = ({ json }) => new Response(null, { status: json['feature'] === 'DEVICE_LOGS' ? 200 : 500 });
    for (let turns = 0; turns < 20; turns += 1) await test.turn(turns % 2 === 0 ? 3 : 1);
    await test.allEnded();
    assert.equal(test.receiver.received.length, 40);
  });
});

describe('A home that is over', () => {
  it('sends nothing more, and gives up what is under way', async () => {
    const test = new Test();
    test.receiver.answer = () => new Promise<Response>(() => {});
    await test.turn(3);
    await until(() => test.receiver.received.length === 1);
    test.simulator.home.dispose();
    await test.turn(1);
    assert.equal(test.receiver.received[0]?.signal?.aborted, true);
    await until(() => test.receiver.clock.waiting === 0);
    await test.receiver.clock.advance(60_000);
    assert.equal(test.receiver.received.length, 1);
    assert.equal(test.deliveries.length, 2);
    assert.equal(test.simulator.home.webhooks.replay(1), false);
  });
});
