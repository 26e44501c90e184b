import assert from 'node:assert/strict';
import { frontDoor, intercom } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator } from '../testSimulator.ts';

const action = `/smartlock/${frontDoor}/action`;

describe('A fault of a simulated home', () => {
  it('answers the next matching requests in its own way, and no others', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ method: 'GET', path: /^\/smartlock$/, times: 2, answer: { status: 502, body: '<html>' } });
    assert.equal(await simulator.status('GET', '/account'), 200);
    assert.equal(await (await simulator.send('GET', '/smartlock')).text(), '<html>');
    assert.equal(await simulator.status('GET', '/smartlock'), 502);
    assert.equal(await simulator.status('GET', '/smartlock'), 200);
  });

  it('sends headers and JSON', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ answer: { status: 429, body: { error: 1 }, headers: { 'retry-after': '7' } } });
    const answer = await simulator.send('GET', '/account');
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7']);
    assert.deepEqual(await answer.json(), { error: 1 });
  });

  it('ends when it is cleared', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ times: Infinity, answer: { status: 500 } });
    assert.equal(await simulator.status('GET', '/account'), 500);
    simulator.home.clearFaults();
    assert.equal(await simulator.status('GET', '/account'), 200);
  });

  it('lets a request hang until it is given up, and counts it without a status', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ hang: true });
    const controller = new AbortController();
    const answer = simulator.send('POST', action, { action: 1 }, { signal: controller.signal });
    await simulator.clock.advance(60_000);
    controller.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.deepEqual(
      simulator.home.exchanges.all.map(({ status }) => status),
      [undefined],
    );
    assert.equal(simulator.home.door(frontDoor).state, 3);
  });

  it('loses the answer to what takes effect', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ loseAnswer: true });
    await assert.rejects(simulator.send('POST', action, { action: 1 }), TypeError);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 3);
  });

  it('makes an answer late, and changes it on its way', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ wait: 5000, change: (answer) => new Response(answer.body, { status: 206 }) });
    const started = simulator.clock.now();
    const answer = simulator.send('GET', '/account').then(({ status }) => [status, simulator.clock.now() - started]);
    await simulator.clock.advance(10_000);
    assert.deepEqual(await answer, [206, 5000]);
  });

  it('dates an answer that is changed on its way as every other', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ change: () => Response.json([]) });
    const { headers } = await simulator.send('GET', '/account');
    assert.equal(headers.get('date'), new Date(simulator.clock.now()).toUTCString());
  });

  it('accepts an action and never carries it out', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ never: true });
    assert.equal(await simulator.act(frontDoor, 1), 204);
    assert.equal(await simulator.isBusy(frontDoor), true);
    await simulator.clock.advance(60_000);
    assert.equal(await simulator.isBusy(frontDoor), false);
    assert.equal(simulator.home.door(frontDoor).state, 1);
    assert.notEqual((await simulator.log(frontDoor))[0]?.trigger, 4);
  });

  it('keeps a device busy for as long as it is told', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ after: 60_000 });
    await simulator.act(frontDoor, 1);
    await simulator.clock.advance(59_000);
    assert.equal(await simulator.isBusy(frontDoor), true);
    await simulator.clock.advance(15_000);
    assert.equal(await simulator.isBusy(frontDoor), false);
  });

  it('blocks the motor', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ completion: 1 });
    await simulator.act(frontDoor, 1);
    assert.deepEqual((await simulator.watch(frontDoor, 25)).shown, [1, 2, 254]);
    assert.equal((await simulator.log(frontDoor))[0]?.state, 1);
    await simulator.act(frontDoor, 1);
    await simulator.clock.advance(25_000);
    assert.equal(simulator.home.door(frontDoor).state, 3);
  });

  it('lets an action fail for any reason of the log: refused, the motor never turns; otherwise the device goes back', async () => {
    for (const completion of [2, 3, 4, 5, 6, 7, 8, 9, 10, 254, 255]) {
      const simulator = new TestSimulator();
      simulator.home.fault({ completion });
      await simulator.act(frontDoor, 1);
      const isRefusal = [3, 4, 9, 10].includes(completion);
      assert.deepEqual((await simulator.watch(frontDoor, 25)).shown, isRefusal ? [1] : [1, 2, 1], `${completion}`);
      assert.equal((await simulator.log(frontDoor))[0]?.state, completion);
    }
    const simulator = new TestSimulator();
    simulator.home.fault({ completion: 9 });
    await simulator.act(intercom, 2);
    await simulator.clock.advance(20_000);
    assert.equal(simulator.home.door(intercom).state, 3);
    await simulator.clock.advance(20 * 60_000);
    assert.equal(simulator.home.door(intercom).state, 1);
  });

  it('drops a change of an authorization', async () => {
    const simulator = new TestSimulator();
    const path = await simulator.pathOf(frontDoor, 'Family');
    simulator.home.fault({ method: 'POST', never: true });
    assert.equal(await simulator.status('POST', path, { name: 'Family!' }), 204);
    await simulator.clock.advance(30_000);
    assert.ok(simulator.home.authorizationsOnLock(frontDoor).some(({ name }) => name === 'Family'));
    assert.equal(await simulator.status('POST', path, { name: 'Family!' }), 204);
  });
});

describe('The latency of a simulated home', () => {
  it('is waited for on its clock, and ends with the request', async () => {
    const simulator = new TestSimulator({ latency: 100 });
    const started = simulator.clock.now();
    const answer = simulator.send('GET', '/account').then(() => simulator.clock.now() - started);
    await simulator.clock.advance(2000);
    const took = await answer;
    assert.ok(took >= 20 && took <= 2000, `${took}`);
    const controller = new AbortController();
    const given = simulator.send('GET', '/account', undefined, { signal: controller.signal });
    await simulator.clock.advance(0);
    controller.abort();
    await assert.rejects(given, { name: 'AbortError' });
    assert.equal(simulator.clock.waiting, 0);
  });

  it('does not start for a request that was given up before', async () => {
    const simulator = new TestSimulator();
    await assert.rejects(simulator.send('GET', '/account', undefined, { signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
    assert.equal(simulator.home.exchanges.all.length, 0);
  });
});
