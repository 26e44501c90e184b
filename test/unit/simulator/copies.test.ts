import assert from 'node:assert/strict';
import { frontDoor, terrace } from '../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator } from './testSimulator.ts';

describe('Copies of the cloud', () => {
  it('may be behind: device, list, log and authorizations are then as they were, with the old date', async () => {
    const simulator = new TestSimulator({ conditions: { copies: [60_000] } });
    const before = {
      device: await simulator.device(frontDoor),
      list: await simulator.json('/smartlock'),
      log: await simulator.log(frontDoor),
      authorizations: await simulator.authorizations(frontDoor),
    };
    await simulator.act(frontDoor, 1);
    const path = await simulator.pathOf(frontDoor, 'Plumber');
    await simulator.status('DELETE', path);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 3);
    const after = {
      device: await simulator.device(frontDoor),
      list: await simulator.json('/smartlock'),
      log: await simulator.log(frontDoor),
      authorizations: await simulator.authorizations(frontDoor),
    };
    assert.deepEqual(after, before);
    await simulator.clock.advance(60_000);
    const { state, updateDate } = await simulator.device(frontDoor);
    assert.equal(state?.state, 3);
    assert.ok(Date.parse(updateDate ?? '') > Date.parse(before.device.updateDate ?? ''));
    assert.equal((await simulator.log(frontDoor)).length, Math.min(20, before.log.length + 1));
    assert.equal((await simulator.authorizations(frontDoor)).length, before.authorizations.length - 1);
  });

  it('answer in turns: a read may be older than the one before it', async () => {
    const simulator = new TestSimulator({ conditions: { copies: [0, 60_000] } });
    await simulator.act(frontDoor, 1);
    await simulator.clock.advance(30_000);
    const seen: (number | undefined)[] = [];
    for (let reads = 0; reads < 40; reads++) seen.push((await simulator.device(frontDoor)).state?.state);
    assert.ok(seen.some((state, index) => state === 1 && seen[index - 1] === 3));
  });

  it('that are behind take no writes: what is refused depends on the present', async () => {
    const simulator = new TestSimulator({ conditions: { copies: [60_000] } });
    assert.equal(await simulator.act(frontDoor, 1), 204);
    assert.equal(await simulator.act(frontDoor, 2), 423);
    assert.equal(await simulator.isBusy(frontDoor), false);
  });
});

describe('The clocks of a simulated home', () => {
  it('are three: of the computer, of the cloud, and of the devices, which log whole seconds', async () => {
    const simulator = new TestSimulator({ conditions: { cloudClock: 40_000, deviceClock: -20_300 } });
    await simulator.act(terrace, 2);
    await simulator.clock.advance(30_000);
    const now = simulator.clock.now();
    const { headers } = await simulator.send('GET', '/smartlock');
    assert.ok(Date.parse(headers.get('date') ?? '') > now + 38_000);
    const { updateDate } = await simulator.device(terrace);
    assert.ok(Date.parse(updateDate ?? '') > now);
    const [entry] = await simulator.log(terrace);
    assert.ok(Date.parse(entry?.date ?? '') < now - 20_000);
    assert.match(entry?.date ?? '', /:\d\d\.000Z$/);
  });

  it('leave the date of a device alone while its state is the same', async () => {
    const simulator = new TestSimulator();
    const { updateDate } = await simulator.device(frontDoor);
    await simulator.act(frontDoor, 2);
    await simulator.clock.advance(30_000);
    const again = await simulator.device(frontDoor);
    // The front door was locked, by auto lock: that it is so remotely now is all that has changed.
    assert.notEqual(again.updateDate, updateDate);
    await simulator.act(frontDoor, 2);
    await simulator.clock.advance(30_000);
    assert.equal((await simulator.device(frontDoor)).updateDate, again.updateDate);
  });
});
