import assert from 'node:assert/strict';
import * as v from 'valibot';
import { demoHomeOptions } from '../../../src/simulator/demo/demo.ts';
import { frontDoor, garage, guestHouse, terrace } from '../../../src/simulator/demo/demoDevices.ts';
import type { LogJson } from '../../../src/simulator/wire.ts';
import { FakeClock } from '../fakeClock.ts';
import { TestSimulator } from './testSimulator.ts';

/** Entry `index` of a log that is one minute older with each. */
function entry(index: number): LogJson {
  const at = new FakeClock().now() - index * 60_000;
  return {
    id: Math.floor(at / 1000)
      .toString(16)
      .padEnd(24, '0'),
    smartlockId: garage,
    deviceType: 4,
    name: `${index}`,
    action: index % 2 === 0 ? 1 : 2,
    trigger: 1,
    state: 0,
    autoUnlock: false,
    date: new Date(at).toISOString(),
    source: 0,
    ...(index % 10 === 0 && { accountUserId: 7, authId: 'aa' }),
  };
}

/** The demo home, whose garage has a log of 120 entries. */
function playWithLongLog(): TestSimulator {
  const { devices } = demoHomeOptions(new FakeClock(), 1);
  const log = Array.from({ length: 120 }, (_, index) => entry(index));
  return new TestSimulator({
    devices: devices.map((device) => (device.listed.smartlockId === garage ? { ...device, log } : device)),
  });
}

describe('The simulated log', () => {
  it('comes newest first, twenty entries unless told, never more than fifty', async () => {
    const simulator = playWithLongLog();
    const names = async (query: string): Promise<string[]> =>
      (await simulator.log(garage, query)).map(({ name }) => name ?? '');
    assert.deepEqual(
      await names(''),
      Array.from({ length: 20 }, (_, index) => `${index}`),
    );
    assert.equal((await names('?limit=50')).length, 50);
    assert.equal((await names('?limit=1000')).length, 50);
    assert.equal((await names('?limit=1000&offset=100'))[0], '0');
  });

  it('is read in pages of 50, 50, 20 and none by the id of the last entry', async () => {
    const simulator = playWithLongLog();
    const sizes: number[] = [];
    const seen = new Set<string>();
    for (let query = '?limit=50'; ;) {
      const page = await simulator.log(garage, query);
      sizes.push(page.length);
      for (const { id } of page) seen.add(id);
      const last = page.at(-1);
      if (last === undefined) break;
      query = `?limit=50&id=${last.id}`;
    }
    assert.deepEqual(sizes, [50, 50, 20, 0]);
    assert.equal(seen.size, 120);
  });

  it('filters by date, action, person and authorization', async () => {
    const simulator = playWithLongLog();
    const count = async (query: string): Promise<number> => (await simulator.log(garage, `?limit=50&${query}`)).length;
    assert.equal(await count(`fromDate=${entry(4).date}`), 5);
    assert.equal(await count(`toDate=${entry(115).date}`), 5);
    assert.equal(await count(`fromDate=${entry(9).date}&action=1`), 5);
    assert.equal(await count('accountUserId=7'), 12);
    assert.equal(await count('authId=aa&action=2'), 0);
  });

  it('refuses Unix time with 400', async () => {
    const simulator = new TestSimulator();
    for (const query of ['fromDate=1700000000', 'toDate=1700000000000', 'fromDate=yesterday']) {
      assert.equal(await simulator.status('GET', `/smartlock/log?${query}`), 400, query);
    }
  });

  it('of all devices is one list', async () => {
    const simulator = new TestSimulator();
    await simulator.act(frontDoor, 1);
    await simulator.act(garage, 2);
    await simulator.clock.advance(30_000);
    const text = JSON.stringify(await simulator.json('/smartlock/log?limit=2'));
    assert.ok(text.includes(`${frontDoor}`) && text.includes(`${garage}`));
  });

  it('can be asked for those of a person, and of an authorization of one device', async () => {
    const simulator = new TestSimulator();
    const { id } = (await simulator.authorizations(frontDoor)).find(({ name }) => name === 'Family') ?? {};
    const ben = 1_000_102;
    const filtered = async (path: string): Promise<readonly LogJson[]> =>
      v.parse(v.array(v.custom<LogJson>((logged) => typeof logged === 'object')), await simulator.json(path));
    const ofFamily = await filtered(`/smartlock/${frontDoor}/log?limit=50&authId=${id}`);
    assert.ok(ofFamily.length > 0 && ofFamily.every(({ name, authId }) => name === 'Family' && authId === id));
    for (const path of ['/smartlock/log', `/smartlock/${frontDoor}/log`]) {
      const ofBen = await filtered(`${path}?limit=50&accountUserId=${ben}`);
      assert.ok(ofBen.length > 0 && ofBen.every(({ accountUserId }) => accountUserId === ben), path);
      const locked = await filtered(`${path}?limit=50&action=2&accountUserId=${ben}`);
      assert.ok(locked.length > 0 && locked.every(({ action }) => action === 2), path);
    }
    const all = await filtered('/smartlock/log?limit=50');
    assert.deepEqual(await filtered(`/smartlock/log?limit=50&authId=${id}`), all);
    assert.equal(simulator.home.people.typeCode(frontDoor, 445_566).kind, 'opens');
    await simulator.clock.advance(30_000);
    assert.equal((await filtered(`/smartlock/${frontDoor}/log?limit=50&authId=${id}`)).length, ofFamily.length + 1);
  });

  it('links what was done with a code, an app or a fob to the authorization, and to the account user whose it is', async () => {
    const simulator = new TestSimulator();
    const { people } = simulator.home;
    people.typeCode(terrace, 445_566);
    people.useApp(garage, 'unlock', 'Ben Berger');
    people.useFob(frontDoor, 'lock', "Ben's Fob");
    people.pressFob(frontDoor, 129, "Ben's Fob");
    people.failAtKeypad(guestHouse, 'code');
    await simulator.clock.advance(60_000);
    for (const [id, action] of [
      [terrace, 1],
      [garage, 1],
      [frontDoor, 2],
      [frontDoor, 129],
    ] as const) {
      const logged = (await simulator.log(id, '?limit=5')).find((each) => each.action === action) ?? assert.fail();
      const used = (await simulator.authorizations(id)).find((each) => each.id === logged.authId) ?? assert.fail();
      assert.deepEqual([logged.name, logged.accountUserId], [used.name, used.accountUserId]);
    }
    const [refused] = await simulator.log(guestHouse, '?limit=1');
    assert.deepEqual([refused?.state, refused?.authId, refused?.accountUserId], [224, undefined, undefined]);
  });

  it('of all devices is read in pages of what a question asks, to the end, by the id of the last entry', async () => {
    const simulator = playWithLongLog();
    const read = async (query: string): Promise<readonly LogJson[]> =>
      v.parse(
        v.array(v.custom<LogJson>((each) => typeof each === 'object')),
        await simulator.json(`/smartlock/log?${query}`),
      );
    const [from, to] = [entry(99).date, entry(10).date];
    const found: LogJson[] = [];
    for (let before = ''; ;) {
      const page = await read(`limit=50&fromDate=${from}&toDate=${to}&action=1${before}`);
      if (page.length === 0) break;
      found.push(...page);
      before = `&id=${page.at(-1)?.id}`;
    }
    const ofGarage = found.filter(({ smartlockId }) => smartlockId === garage);
    assert.equal(ofGarage.length, 45);
    assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
    assert.ok(found.every(({ action, date }) => action === 1 && date >= from && date <= to));
    const ofPerson = await read(`limit=50&fromDate=${from}&toDate=${to}&accountUserId=7`);
    assert.deepEqual(
      ofPerson.map(({ name }) => name),
      ['10', '20', '30', '40', '50', '60', '70', '80', '90'],
    );
  });
});
