import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../../../src/simulator/demo/demoDevices.ts';
import type { DeviceEvent } from '../../../../src/simulator/devices/deviceEvents.ts';
import { TestSimulator } from '../testSimulator.ts';

/** What the newest entry of the log says, after everything has arrived. */
async function newest(simulator: TestSimulator, id: number): Promise<Record<string, unknown>> {
  await simulator.clock.advance(40_000);
  const entries = v.parse(v.array(v.record(v.string(), v.unknown())), await simulator.json(`/smartlock/${id}/log`));
  return { ...entries[0] };
}

function assertFields(entry: Record<string, unknown>, fields: Record<string, unknown>): void {
  assert.deepEqual({ ...entry, ...fields }, entry);
}

describe('A keypad', () => {
  it('opens to a code that is valid now; state and log tell of it as of the keypad', async () => {
    const simulator = new TestSimulator();
    assert.equal(simulator.home.people.typeCode(frontDoor, 445_566).kind, 'opens');
    assertFields(await newest(simulator, frontDoor), { action: 1, trigger: 255, source: 1, state: 0, name: 'Family' });
    assert.equal(simulator.home.door(frontDoor).state, 3);
    assert.equal(simulator.home.door(frontDoor).trigger, 0);
  });

  for (const [why, code, name] of [
    ['expired', 951_357, 'Guest Emil'],
    ['disabled', 864_297, 'Plumber'],
    ['too early', 246_813, 'Guest Fritz'],
  ] as const) {
    it(`refuses a code that is ${why}; the log names its person all the same`, async () => {
      const simulator = new TestSimulator();
      const { conditions } = simulator.home;
      assert.equal(conditions.listsUnconfirmed, false);
      const path = await simulator.pathOf(frontDoor, name);
      const all = { allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 };
      const day = 86_400_000;
      const at = (days: number): string => new Date(simulator.clock.now() + days * day).toISOString();
      const dates = why === 'expired' ? [-9, -2] : [2, 9];
      const limits = { allowedFromDate: at(dates[0] ?? 0), allowedUntilDate: at(dates[1] ?? 0), ...all };
      await simulator.status('POST', path, { name, ...(why === 'disabled' ? { enabled: false } : limits) });
      await simulator.clock.advance(20_000);
      assert.equal(simulator.home.people.typeCode(frontDoor, code).kind, 'refused');
      const entry = await newest(simulator, frontDoor);
      assertFields(entry, { action: 1, trigger: 255, source: 1, name });
      assert.notEqual(entry['state'], 0);
      assert.equal(simulator.home.door(frontDoor).state, 1);
    });
  }

  it('shows a wrong code, finger or tag for a moment, and logs it without a name', async () => {
    for (const [what, source, state] of [
      ['code', 1, 224],
      ['fingerprint', 2, 225],
    ] as const) {
      const simulator = new TestSimulator();
      simulator.home.people.failAtKeypad(frontDoor, what);
      assert.deepEqual(await simulator.watch(frontDoor, 10), { door: [state, 1], shown: [1, state, 1] });
      assertFields(await newest(simulator, frontDoor), { trigger: 255, source, state, name: '' });
    }
    const simulator = new TestSimulator();
    assert.equal(simulator.home.people.typeCode(frontDoor, 999_999).kind, 'unknown');
    assertFields(await newest(simulator, frontDoor), { state: 224 });
    simulator.home.people.failAtKeypad(frontDoor, 'tag');
    assertFields(await newest(simulator, frontDoor), { state: 226 });
    simulator.home.people.tapInVain(frontDoor);
    assertFields(await newest(simulator, frontDoor), { trigger: 253, source: 3, state: 37 });
  });

  it('locks with its arrow key', async () => {
    const simulator = new TestSimulator();
    simulator.home.people.lockAtKeypad(terrace);
    assertFields(await newest(simulator, terrace), { action: 2, trigger: 255, source: 0, state: 0 });
    assert.equal(simulator.home.door(terrace).state, 1);
  });

  it('opens to nobody when its own authorization is disabled', async () => {
    const simulator = new TestSimulator();
    const path = await simulator.pathOf(frontDoor, 'Keypad 2');
    assert.equal(await simulator.status('POST', path, { name: 'Keypad 2', enabled: false }), 204);
    await simulator.clock.advance(20_000);
    assert.equal(simulator.home.people.typeCode(frontDoor, 445_566).kind, 'unknown');
    assert.equal(simulator.home.door(frontDoor).state, 224);
  });

  it('is paired no more when its own authorization is removed: no code can be created', async () => {
    const simulator = new TestSimulator();
    await simulator.status('DELETE', await simulator.pathOf(terrace, 'Keypad'));
    await simulator.clock.advance(20_000);
    const body = { name: 'Baker', remoteAllowed: false, type: 13, code: 333_444 };
    assert.equal(await simulator.status('PUT', `/smartlock/${terrace}/auth`, body), 400);
  });
});

describe('Others at a device', () => {
  it('move it by app, fob, button, hub and auto lock, each with its own trigger', async () => {
    const simulator = new TestSimulator();
    const { people } = simulator.home;
    people.useApp(frontDoor, 'unlock', 'Ben');
    assertFields(await newest(simulator, frontDoor), { action: 1, trigger: 0, name: 'Ben', state: 0 });
    people.useFob(frontDoor, 'lock', "Ben's Fob");
    assertFields(await newest(simulator, frontDoor), { action: 2, trigger: 0, name: "Ben's Fob" });
    people.pressButton(frontDoor, 'unlock');
    assertFields(await newest(simulator, frontDoor), { action: 1, trigger: 2, name: '' });
    people.autoLock(frontDoor);
    assertFields(await newest(simulator, frontDoor), { action: 2, trigger: 6, name: '' });
    assert.equal((await simulator.device(frontDoor)).state?.trigger, 6);
    people.useHub(frontDoor, 'unlock', 171);
    assertFields(await newest(simulator, frontDoor), { trigger: 171 });
    people.useApp(parcelBox, 'unlock', 'Ben');
    assertFields(await newest(simulator, parcelBox), { trigger: 5 });
  });

  it('leave numbers that the specification does not have', async () => {
    const simulator = new TestSimulator();
    const { people } = simulator.home;
    people.pressFob(frontDoor, 130, "Ben's Fob");
    assertFields(await newest(simulator, frontDoor), { action: 130, trigger: 0, name: "Ben's Fob" });
    people.calibrate(frontDoor);
    assert.deepEqual((await simulator.watch(frontDoor, 20)).shown, [1, 252, 1]);
    people.useApp(frontDoor, 'unlock', 'Ben', { completion: 11 });
    assertFields(await newest(simulator, frontDoor), { state: 11 });
    people.useApp(intercom, 'deactivateRingToOpen', 'Ben');
    await simulator.clock.advance(10_000);
    assert.equal((await simulator.device(intercom)).state?.lastAction, 0);
  });

  it('come home with Auto Unlock, which filters itself and rests in night mode', async () => {
    const simulator = new TestSimulator();
    const { people } = simulator.home;
    people.autoUnlock(frontDoor, 'Ben', true);
    assertFields(await newest(simulator, frontDoor), { action: 1, trigger: 0, state: 3, autoUnlock: true });
    assert.equal(simulator.home.door(frontDoor).state, 1);
    people.autoUnlock(frontDoor, 'Ben');
    assertFields(await newest(simulator, frontDoor), { state: 0, autoUnlock: true, name: 'Ben' });
    assert.equal(simulator.home.door(frontDoor).state, 3);
    people.autoUnlock(guestHouse, 'Dora');
    assertFields(await newest(simulator, guestHouse), { state: 10, autoUnlock: true });
    assert.equal(simulator.home.door(guestHouse).state, 1);
  });

  it('use other clients of the Web API, whose entries look like the client’s own, with an operation shown or not', async () => {
    const simulator = new TestSimulator();
    const { people } = simulator.home;
    people.actElsewhere(garage, 'lock', { isShown: false });
    assert.equal(await simulator.isBusy(garage), false);
    assertFields(await newest(simulator, garage), { action: 2, trigger: 4, name: 'Anna Berger', state: 0 });
    people.actElsewhere(garage, 'unlock', { name: 'Neighbour' });
    assert.equal(await simulator.isBusy(garage), true);
    assertFields(await newest(simulator, garage), { action: 1, trigger: 4, name: 'Neighbour' });
    assert.equal(simulator.home.door(garage).state, 3);
  });

  it('come by themselves where the home is not a calm one', async () => {
    const simulator = new TestSimulator({ conditions: { quietTime: 10_000 } });
    const seen = new Set<string>();
    simulator.home.watch((event) => event.kind === 'entry' && seen.add(`${event.entry.action}/${event.entry.trigger}`));
    for (let minutes = 0; minutes < 60; minutes++) {
      await simulator.clock.advance(60_000);
      await simulator.json('/smartlock');
    }
    assert.ok(seen.size > 12, [...seen].join(' '));
  });

  it('are each known by name to whoever watches the home', async () => {
    const simulator = new TestSimulator();
    const events: DeviceEvent[] = [];
    simulator.home.watch((event) => events.push(event));
    await simulator.act(frontDoor, 1);
    simulator.home.people.useApp(garage, 'lock', 'Ben');
    await simulator.clock.advance(30_000);
    await simulator.json('/smartlock');
    const told = (deed: string): string[] => events.filter((event) => event.deed === deed).map(({ kind }) => kind);
    assert.deepEqual(told('request 1'), ['accepted', 'state', 'state', 'ended', 'entry', 'listed']);
    assert.deepEqual(told('door 1'), ['accepted', 'state', 'state', 'ended', 'entry', 'listed']);
  });
});

describe('An Opener', () => {
  it('logs a ring, and lets nobody in by it', async () => {
    const simulator = new TestSimulator();
    await simulator.act(intercom, 2);
    await simulator.clock.advance(30_000);
    simulator.home.people.ring(intercom);
    const entry = await newest(simulator, intercom);
    assertFields(entry, { action: 224, name: '' });
    const { activeRto, activeCm } = v.parse(
      v.looseObject({ activeRto: v.boolean(), activeCm: v.boolean() }),
      entry['openerLog'],
    );
    assert.deepEqual([activeRto, activeCm], [false, false]);
    assert.equal(simulator.home.door(intercom).state, 1);
  });

  it('lets a visitor in while ring to open is active, which the ring uses up where it is set so', async () => {
    const simulator = new TestSimulator();
    await simulator.json('/smartlock');
    simulator.home.people.ring(intercom);
    assert.deepEqual((await simulator.watch(intercom, 20)).door, [7, 5, 3]);
    const used = new TestSimulator({
      devices: simulator.home.devices().map(({ cloud: { listed } }) => ({
        listed: {
          ...listed,
          ...(listed.openerAdvancedConfig && {
            openerAdvancedConfig: { ...listed.openerAdvancedConfig, disableRtoAfterRing: true },
          }),
        },
      })),
    });
    await used.json('/smartlock');
    used.home.people.ring(intercom);
    assert.deepEqual((await used.watch(intercom, 20)).door, [7, 5, 1]);
    const [opening, ring] = await used.log(intercom);
    assert.deepEqual([opening?.action, ring?.action], [3, 224]);
  });

  it('lets everybody in who rings in continuous mode', async () => {
    const simulator = new TestSimulator();
    await simulator.act(intercom, 2);
    await simulator.clock.advance(30_000);
    await simulator.act(intercom, 6);
    await simulator.clock.advance(30_000);
    simulator.home.people.ring(intercom);
    assert.deepEqual((await simulator.watch(intercom, 20)).door, [7, 5, 1]);
    assert.equal((await simulator.device(intercom)).state?.mode, 3);
  });
});

describe("Lock 'n' go", () => {
  it('may block in its second half: the log tells of its success, and then that locking failed', async () => {
    const simulator = new TestSimulator();
    simulator.home.fault({ method: 'POST', blocksLater: true });
    await simulator.act(frontDoor, 4);
    assert.deepEqual((await simulator.watch(frontDoor, 40)).door, [1, 2, 6, 4, 254]);
    const entries = (await simulator.log(frontDoor)).slice(0, 2);
    assert.deepEqual(
      entries.map(({ action, state }) => [action, state]),
      [
        [2, 1],
        [4, 0],
      ],
    );
  });
});

describe('The authorization of Nuki Web or of a bridge', () => {
  it('is the way to a device from afar: disabled, the device is registered no more', async () => {
    const simulator = new TestSimulator();
    const path = await simulator.pathOf(garage, 'Nuki Web');
    assert.equal(await simulator.status('POST', path, { name: 'Nuki Web', enabled: false }), 204);
    await simulator.clock.advance(20_000);
    assert.equal((await simulator.device(garage)).serverState, 3);
    await simulator.act(garage, 2);
    await simulator.clock.advance(60_000);
    assert.equal(simulator.home.door(garage).state, 3);
  });
});
