import assert from 'node:assert/strict';
import * as v from 'valibot';
import { cellar, frontDoor, garage, guestHouse, intercom, terrace } from '../../../src/simulator/demo/demoDevices.ts';
import type { SettingsPart } from '../../../src/simulator/wire.ts';
import { TestSimulator, unknownToken } from './testSimulator.ts';

type Settings = Readonly<Record<string, unknown>>;

const record = v.record(v.string(), v.unknown());

async function listed(simulator: TestSimulator, smartlockId: number): Promise<Settings> {
  return v.parse(record, await simulator.json(`/smartlock/${smartlockId}`));
}

async function part(simulator: TestSimulator, smartlockId: number, name: SettingsPart): Promise<Settings> {
  return v.parse(record, (await listed(simulator, smartlockId))[name]);
}

const parts: readonly (readonly [path: string, name: SettingsPart, id: number, set: Settings, other: number])[] = [
  ['config', 'config', frontDoor, { ledBrightness: 0, timezoneId: 12 }, 0],
  ['advanced/config', 'advancedConfig', frontDoor, { autoLock: false, unlatchDuration: 10 }, intercom],
  ['advanced/openerconfig', 'openerAdvancedConfig', intercom, { rtoTimeout: 5, soundRing: 3 }, frontDoor],
  ['advanced/smartdoorconfig', 'smartdoorAdvancedConfig', terrace, { buzzerVolume: 0, autoLock: false }, garage],
];

describe('The settings of a device', () => {
  for (const [path, name, id, set, other] of parts) {
    const url = `/smartlock/${id}/${path}`;

    it(`are accepted, and shown once the device has them: ${path}`, async () => {
      const simulator = new TestSimulator();
      const before = await part(simulator, id, name);
      assert.equal(await simulator.status('POST', url, { ...before, ...set }), 204);
      const meanwhile = await part(simulator, id, name);
      assert.deepEqual({ ...meanwhile, operationId: undefined }, { ...before, operationId: undefined });
      assert.equal(typeof meanwhile['operationId'], 'string');
      assert.equal(await simulator.status('POST', url, before), 423);
      await simulator.clock.advance(30_000);
      assert.deepEqual(await part(simulator, id, name), { ...before, ...set });
      assert.equal(await simulator.status('POST', url, before), 204);
    });

    it(`stay as they are where the device is never reached: ${path}`, async () => {
      const simulator = new TestSimulator();
      const before = await part(simulator, id, name);
      simulator.home.fault({ method: 'POST', never: true });
      assert.equal(await simulator.status('POST', url, { ...before, ...set }), 204);
      await simulator.clock.advance(60_000);
      assert.deepEqual(await part(simulator, id, name), before);
    });

    it(`have to be complete, and valid: ${path}`, async () => {
      const simulator = new TestSimulator();
      const before = await part(simulator, id, name);
      assert.equal(await simulator.status('POST', url, set), 400);
      assert.equal(await simulator.status('POST', url, []), 400);
      const wrong = Object.fromEntries(Object.keys(set).map((field) => [field, 9999]));
      assert.equal(await simulator.status('POST', url, { ...before, ...wrong }), 400);
      await simulator.clock.advance(30_000);
      assert.deepEqual(await part(simulator, id, name), before);
    });

    if (other > 0) {
      it(`are refused for another kind of device: ${path}`, async () => {
        const simulator = new TestSimulator();
        const whole = await part(simulator, id, name);
        assert.equal(await simulator.status('POST', `/smartlock/${other}/${path}`, { ...whole, ...set }), 400);
      });
    }

    it(`need the permission for settings: ${path}`, async () => {
      const tokens = [{ token: unknownToken, scopes: ['smartlock', 'smartlock.action', 'smartlock.auth'] }];
      assert.equal(await new TestSimulator({ tokens }).status('POST', url, {}, unknownToken), 401);
    });
  }

  it('that are read-only are left as they are', async () => {
    const simulator = new TestSimulator();
    const before = await part(simulator, garage, 'config');
    const body = { ...before, keypadPaired: true, capabilities: 2, deviceType: 0, unknown: 7, ledEnabled: false };
    assert.equal(await simulator.status('POST', `/smartlock/${garage}/config`, body), 204);
    await simulator.clock.advance(30_000);
    assert.deepEqual(await part(simulator, garage, 'config'), { ...before, ledEnabled: false });
  });

  it('of an offline device wait until it is back', async () => {
    const simulator = new TestSimulator();
    const before = await part(simulator, cellar, 'config');
    assert.equal(await simulator.status('POST', `/smartlock/${cellar}/config`, { ...before, ledEnabled: false }), 204);
    await simulator.clock.advance(600_000);
    assert.deepEqual(await part(simulator, cellar, 'config'), before);
    simulator.home.setServerState(cellar, 0);
    await simulator.clock.advance(60_000);
    assert.equal((await part(simulator, cellar, 'config'))['ledEnabled'], false);
  });

  it('decide what the device does: how long ring to open lasts', async () => {
    const simulator = new TestSimulator();
    const settings = await part(simulator, intercom, 'openerAdvancedConfig');
    const url = `/smartlock/${intercom}`;
    assert.equal(await simulator.status('POST', `${url}/advanced/openerconfig`, { ...settings, rtoTimeout: 1 }), 204);
    await simulator.clock.advance(30_000);
    assert.equal(await simulator.act(intercom, 1), 204);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(intercom).state, 3);
    await simulator.clock.advance(60_000);
    assert.equal(simulator.home.door(intercom).state, 1);
  });
});

describe('What the cloud alone keeps of a device', () => {
  it('is its name in the account and whether it is a favorite', async () => {
    const simulator = new TestSimulator();
    const { config } = await listed(simulator, guestHouse);
    assert.equal(await simulator.status('POST', `/smartlock/${guestHouse}`, { favorite: true }), 204);
    assert.equal(await simulator.status('POST', `/smartlock/${guestHouse}`, { name: 'Cottage' }), 204);
    const { name, favorite, config: after } = await listed(simulator, guestHouse);
    assert.deepEqual([name, favorite], ['Cottage', true]);
    assert.deepEqual(after, config);
    for (const wrong of [{ name: '' }, { name: 7 }, { favorite: 'yes' }, []]) {
      assert.equal(await simulator.status('POST', `/smartlock/${guestHouse}`, wrong), 400, JSON.stringify(wrong));
    }
  });

  it('is what Nuki Web mails and has shown', async () => {
    const simulator = new TestSimulator();
    const url = `/smartlock/${garage}/web/config`;
    assert.equal(await simulator.status('POST', url, { dismissedLiftUpHandleWarning: [1, 2] }), 204);
    assert.equal(await simulator.status('POST', url, { batteryWarningPerMailEnabled: true }), 204);
    assert.deepEqual((await listed(simulator, garage))['webConfig'], {
      batteryWarningPerMailEnabled: true,
      dismissedLiftUpHandleWarning: [1, 2],
    });
    assert.equal(await simulator.status('POST', url, { dismissedLiftUpHandleWarning: ['x'] }), 400);
  });
});

describe('The PIN of a device', () => {
  it('is taken with four digits, by the 5th generation with six, and then is right', async () => {
    const simulator = new TestSimulator();
    const [device] = simulator.home.devices().filter(({ id }) => id === garage);
    device?.cloud.learnAdminPin(2);
    await simulator.clock.advance(10_000);
    assert.equal((await listed(simulator, garage))['adminPinState'], 2);
    const status = (id: number, adminPin: unknown): Promise<number> =>
      simulator.status('POST', `/smartlock/${id}/admin/pin`, { adminPin });
    assert.equal(await status(garage, 10_000), 400);
    assert.equal(await status(frontDoor, 1_000_000), 400);
    assert.equal(await status(garage, null), 400);
    assert.equal(await status(frontDoor, 654_321), 204);
    assert.equal(await status(garage, 1234), 204);
    await simulator.clock.advance(30_000);
    assert.equal((await listed(simulator, garage))['adminPinState'], 0);
  });
});
