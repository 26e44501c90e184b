import assert from 'node:assert/strict';
import {
  cellar,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator } from './testSimulator.ts';

const minute = 60_000;

describe('An action on a simulated device', () => {
  it('is accepted at once, with nothing to read, and takes effect later', async () => {
    const simulator = new TestSimulator();
    const answer = await simulator.send('POST', `/smartlock/${frontDoor}/action`, { action: 1 });
    assert.equal(answer.status, 204);
    assert.equal(await answer.text(), '');
    assert.equal(simulator.home.door(frontDoor).state, 1);
    await simulator.clock.advance(400);
    assert.equal(simulator.home.door(frontDoor).state, 1);
    await simulator.clock.advance(12_000);
    assert.equal(simulator.home.door(frontDoor).state, 3);
  });

  it('takes half a second to eight seconds to reach the device, as the seed has it', async () => {
    const times: number[] = [];
    for (let seed = 1; seed <= 60; seed += 1) {
      const simulator = new TestSimulator({}, seed);
      await simulator.act(frontDoor, 1);
      while (simulator.home.door(frontDoor).state === 1) await simulator.clock.advance(50);
      times.push(simulator.clock.now() - new TestSimulator().clock.now());
    }
    assert.ok(
      Math.min(...times) >= 500 && Math.max(...times) <= 8050,
      `${Math.min(...times)} to ${Math.max(...times)}`,
    );
    assert.ok(new Set(times).size > 20);
  });

  it('makes the device busy until the API knows how it ended: further actions are answered with 423 and a bare body', async () => {
    const simulator = new TestSimulator();
    await simulator.act(frontDoor, 1);
    assert.equal(await simulator.isBusy(frontDoor), true);
    const second = simulator.send('POST', `/smartlock/${frontDoor}/action`, { action: 2 });
    assert.equal((await second).status, 423);
    assert.equal(await simulator.detailMessage(second), undefined);
    assert.equal(await simulator.act(garage, 2), 204);
    await simulator.clock.advance(20_000);
    assert.equal(await simulator.isBusy(frontDoor), false);
    assert.equal((await simulator.device(frontDoor)).state?.state, 3);
    assert.equal(await simulator.act(frontDoor, 2), 204);
  });

  it('shows in the API one to three seconds after it is true, and in the log later than in the state', async () => {
    const simulator = new TestSimulator();
    const before = (await simulator.log(frontDoor))[0];
    await simulator.act(frontDoor, 1);
    const at = { door: 0, shown: 0, logged: 0 };
    for (let passed = 0; at.logged === 0 && passed < 30_000; passed += 100) {
      await simulator.clock.advance(100);
      if (at.door === 0 && simulator.home.door(frontDoor).state === 3) at.door = passed;
      if (at.shown === 0 && (await simulator.device(frontDoor)).state?.state === 3) at.shown = passed;
      if ((await simulator.log(frontDoor))[0]?.id !== before?.id) at.logged = passed;
    }
    assert.ok(at.shown - at.door >= 400 && at.shown - at.door <= 2700, JSON.stringify(at));
    assert.ok(at.logged > at.door && at.logged - at.door <= 6100, JSON.stringify(at));
  });

  it('is written to the log under the name of the account', async () => {
    const simulator = new TestSimulator();
    await simulator.act(frontDoor, 1);
    await simulator.clock.advance(30_000);
    const [entry] = await simulator.log(frontDoor, '?limit=1');
    assert.match(entry?.id ?? '', /^[0-9a-f]{24}$/);
    assert.deepEqual(
      { ...entry, id: '', date: '' },
      { id: '', date: '', action: 1, trigger: 4, state: 0, source: 0, autoUnlock: false, name: 'Anna Berger' },
    );
    const { state, updateDate } = await simulator.device(frontDoor);
    assert.deepEqual([state?.trigger, state?.lastAction], [0, 1]);
    assert.ok(Date.parse(updateDate ?? '') > simulator.clock.now() - 30_000);
  });

  const ways: readonly (readonly [what: string, id: number, action: number, door: number[], seconds: number])[] = [
    ['unlock', frontDoor, 1, [1, 2, 3], 20],
    ['lock', garage, 2, [3, 4, 1], 20],
    ['unlatch, which ends unlocked', frontDoor, 3, [1, 7, 5, 3], 25],
    ["lock 'n' go, which locks again", frontDoor, 4, [1, 2, 6, 4, 1], 45],
    ["lock 'n' go with unlatch", terrace, 5, [3, 7, 5, 6, 4, 1], 50],
    ['unlock a Box, which closes by itself', parcelBox, 1, [1, 2, 3, 1], 30],
    ['open an Opener, which keeps ringing to open', intercom, 3, [3, 7, 5, 3], 25],
    ['deactivate ring to open', intercom, 2, [3, 1], 20],
  ];
  for (const [what, id, action, door, seconds] of ways) {
    it(`goes its way: ${what}`, async () => {
      const simulator = new TestSimulator();
      assert.equal(await simulator.act(id, action), 204);
      const seen = await simulator.watch(id, seconds);
      assert.deepEqual(seen.door, door);
      assert.deepEqual(seen.shown, door);
    });
  }

  it('that changes nothing is logged all the same', async () => {
    const simulator = new TestSimulator();
    const before = await simulator.log(frontDoor, '?limit=1');
    await simulator.act(frontDoor, 2);
    assert.deepEqual((await simulator.watch(frontDoor, 20)).door, [1]);
    const [entry] = await simulator.log(frontDoor, '?limit=1');
    assert.notEqual(entry?.id, before[0]?.id);
    assert.deepEqual([entry?.action, entry?.state], [2, 0]);
  });

  it('activates ring to open for its time', async () => {
    const simulator = new TestSimulator();
    await simulator.act(intercom, 2);
    await simulator.clock.advance(20_000);
    assert.equal((await simulator.device(intercom)).state?.ringToOpenEnd, undefined);
    await simulator.act(intercom, 1);
    await simulator.clock.advance(20_000);
    const { state } = await simulator.device(intercom);
    assert.equal(state?.state, 3);
    assert.ok(Date.parse(state?.ringToOpenEnd ?? '') > simulator.clock.now() + 19 * minute);
    await simulator.clock.advance(20 * minute);
    assert.equal((await simulator.device(intercom)).state?.state, 1);
  });

  it('switches continuous mode, which is a mode and no state', async () => {
    const simulator = new TestSimulator();
    await simulator.act(intercom, 2);
    await simulator.clock.advance(20_000);
    await simulator.act(intercom, 6);
    await simulator.clock.advance(20_000);
    const on = await simulator.device(intercom);
    assert.deepEqual([on.state?.mode, on.state?.state, on.state?.lastAction], [3, 1, 6]);
    await simulator.act(intercom, 7);
    await simulator.clock.advance(20_000);
    assert.equal((await simulator.device(intercom)).state?.mode, 2);
  });

  it('that the kind or the region does not have is refused', async () => {
    const simulator = new TestSimulator();
    const unlatch = simulator.send('POST', `/smartlock/${guestHouse}/action`, { action: 3 });
    assert.equal((await unlatch).status, 400);
    assert.match((await simulator.detailMessage(unlatch)) ?? '', /'3' for parameter 'action'/);
    assert.equal(await simulator.act(guestHouse, 5), 400);
    assert.equal(await simulator.act(guestHouse, 1), 204);
    assert.equal(await simulator.act(parcelBox, 2), 400);
    assert.equal(await simulator.act(intercom, 4), 400);
    for (const path of [`${parcelBox}/action/lock`, `${intercom}/action/lock`, `${intercom}/action/unlock`]) {
      assert.equal(await simulator.status('POST', `/smartlock/${path}`), 405);
    }
  });

  it('is stored while the device is offline, and carried out when it is back', async () => {
    const simulator = new TestSimulator();
    assert.equal(await simulator.act(cellar, 2), 204);
    await simulator.clock.advance(10 * minute);
    assert.equal(simulator.home.door(cellar).state, 3);
    const offline = await simulator.device(cellar);
    assert.deepEqual([offline.serverState, await simulator.isBusy(cellar), offline.state?.state], [4, false, 3]);
    simulator.home.setServerState(cellar, 0);
    assert.deepEqual((await simulator.watch(cellar, 25)).door, [3, 4, 1]);
    assert.equal((await simulator.log(cellar))[0]?.action, 2);
  });
});

describe('A simulated door', () => {
  it('can be turned by hand, which the API learns later', async () => {
    const simulator = new TestSimulator();
    simulator.home.turnByHand(frontDoor, 3);
    assert.equal(simulator.home.door(frontDoor).state, 3);
    assert.equal((await simulator.device(frontDoor)).state?.state, 1);
    await simulator.clock.advance(10_000);
    const { state } = await simulator.device(frontDoor);
    assert.deepEqual([state?.state, state?.trigger, state?.lastAction], [3, 1, 1]);
    const [entry] = await simulator.log(frontDoor);
    assert.deepEqual([entry?.action, entry?.trigger, entry?.name], [1, 1, '']);
  });

  it('that a hand turns back ends the action as cancelled, not as done', async () => {
    const simulator = new TestSimulator();
    await simulator.act(frontDoor, 1);
    while (simulator.home.door(frontDoor).state !== 2) await simulator.clock.advance(50);
    simulator.home.turnByHand(frontDoor, 1);
    await simulator.clock.advance(20_000);
    assert.equal(simulator.home.door(frontDoor).state, 1);
    assert.equal(await simulator.isBusy(frontDoor), false);
    assert.equal((await simulator.device(frontDoor)).state?.state, 1);
    const [own] = (await simulator.log(frontDoor)).filter(({ trigger }) => trigger === 4);
    assert.deepEqual([own?.action, own?.state], [1, 2]);
  });

  it('opens and closes', async () => {
    const simulator = new TestSimulator();
    simulator.home.moveDoor(frontDoor, 3);
    await simulator.clock.advance(10_000);
    assert.equal((await simulator.device(frontDoor)).state?.doorState, 3);
    assert.equal((await simulator.log(frontDoor))[0]?.action, 240);
  });

  it('that is cut off keeps its last known state in the API until it is back', async () => {
    const simulator = new TestSimulator();
    simulator.home.setServerState(frontDoor, 4);
    simulator.home.turnByHand(frontDoor, 3);
    await simulator.clock.advance(minute);
    const offline = await simulator.device(frontDoor);
    assert.deepEqual([offline.serverState, offline.state?.state], [4, 1]);
    simulator.home.setServerState(frontDoor, 0);
    await simulator.clock.advance(10_000);
    assert.equal((await simulator.device(frontDoor)).state?.state, 3);
    assert.equal((await simulator.log(frontDoor))[0]?.trigger, 1);
  });

  it('is unknown to a home without it', () => {
    assert.throws(() => new TestSimulator().home.door(1), /no device 1/);
  });
});
