import assert from 'node:assert/strict';
import * as v from 'valibot';
import { cellar, frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import type { HomeOptions } from '../../../../src/simulator/home.ts';
import { TestSimulator } from '../testSimulator.ts';
import { FakeReceiver, until } from './fakeReceiver.ts';

const baker = { name: 'Baker', remoteAllowed: false, type: 13, code: 333_444 };
const ofFrontDoor = `/smartlock/${frontDoor}/auth`;

/** A home all of whose webhooks go to one receiver. */
class Test {
  readonly receiver = new FakeReceiver();
  readonly simulator: TestSimulator;

  constructor(changes: Partial<HomeOptions> = {}) {
    this.simulator = new TestSimulator({ webhooks: this.receiver.central, ...changes });
  }

  /** Lets `seconds` pass in the home, and all deliveries end. */
  async pass(seconds: number): Promise<void> {
    const { clock, home } = this.simulator;
    await clock.advance(seconds * 1000);
    home.devices();
    await until(() => home.webhooks.deliveries.all.every(({ receipt }) => receipt !== undefined));
  }

  /** The bodies of those about `about`. */
  bodies(about: string): readonly Readonly<Record<string, unknown>>[] {
    return this.receiver.about(about).map(({ json }) => json);
  }

  async record(path: string): Promise<Record<string, unknown>> {
    return v.parse(v.record(v.string(), v.unknown()), await this.simulator.json(path));
  }

  async list(path: string): Promise<readonly Record<string, unknown>[]> {
    return v.parse(v.array(v.record(v.string(), v.unknown())), await this.simulator.json(path));
  }
}

const stateOf = v.object({ state: v.object({ state: v.number() }) });

describe('The webhooks of a home', () => {
  it('tell each state that the cloud hears of while a client acts', async () => {
    const test = new Test();
    await test.simulator.act(frontDoor, 1);
    await test.pass(30);
    const told = test.bodies('DEVICE_STATUS');
    assert.deepEqual(
      told.map((body) => v.parse(stateOf, body).state.state),
      [2, 3],
    );
    const { state, serverState, adminPinState } = await test.record(`/smartlock/${frontDoor}`);
    const last = { feature: 'DEVICE_STATUS', smartlockId: frontDoor, state, serverState, adminPinState };
    assert.deepEqual(told.at(-1), last);
  });

  it('tell a turn by hand, and the entry of the log as it is listed', async () => {
    const test = new Test();
    test.simulator.home.turnByHand(frontDoor, 3);
    await test.pass(30);
    assert.equal(v.parse(stateOf, test.bodies('DEVICE_STATUS').at(-1)).state.state, 3);
    const [entry] = await test.list(`/smartlock/${frontDoor}/log`);
    assert.deepEqual(test.bodies('DEVICE_LOGS'), [{ feature: 'DEVICE_LOGS', smartlockLog: entry }]);
  });

  it('tell that a device is offline, and nothing that happens there until it is back', async () => {
    const test = new Test();
    test.simulator.home.setServerState(frontDoor, 4);
    test.simulator.home.turnByHand(frontDoor, 3);
    await test.pass(60);
    assert.deepEqual(
      test.receiver.received.map(({ json }) => [json['feature'], json['serverState']]),
      [['DEVICE_STATUS', 4]],
    );
    test.simulator.home.setServerState(frontDoor, 0);
    await test.pass(60);
    assert.equal(v.parse(stateOf, test.bodies('DEVICE_STATUS').at(-1)).state.state, 3);
    assert.equal(test.bodies('DEVICE_LOGS').length, 1);
  });

  it('tell an authorization that is created, changed and deleted, with its code', async () => {
    const test = new Test();
    await test.simulator.status('PUT', ofFrontDoor, baker);
    await test.pass(30);
    const path = await test.simulator.pathOf(frontDoor, 'Baker');
    const created = await test.record(path);
    assert.equal(created['code'], 333_444);
    assert.deepEqual(test.bodies('DEVICE_AUTHS'), [
      { feature: 'DEVICE_AUTHS', deleted: false, smartlockAuth: created },
    ]);

    await test.simulator.status('POST', path, { ...baker, name: 'Butcher' });
    await test.pass(30);
    const changed = await test.record(path);
    assert.deepEqual(test.bodies('DEVICE_AUTHS').slice(1), [
      { feature: 'DEVICE_AUTHS', deleted: false, smartlockAuth: changed },
    ]);

    await test.simulator.status('DELETE', path);
    await test.pass(30);
    const [deletion, ...others] = test.bodies('DEVICE_AUTHS').slice(2);
    assert.deepEqual(others, []);
    assert.equal(deletion?.['deleted'], true);
    assert.equal(v.parse(v.object({ id: v.string() }), deletion['smartlockAuth']).id, changed['id']);
  });

  it('tell twice of a creation that is listed before the lock has it', async () => {
    const test = new Test({ conditions: { listsUnconfirmed: true } });
    await test.simulator.status('PUT', ofFrontDoor, baker);
    await test.pass(30);
    const entry = v.object({ smartlockAuth: v.object({ updateDate: v.nullish(v.string()) }) });
    const dates = test.bodies('DEVICE_AUTHS').map((body) => v.parse(entry, body).smartlockAuth.updateDate ?? undefined);
    assert.equal(dates.length, 2);
    assert.equal(dates[0], undefined);
    assert.match(dates[1] ?? '', /^2026/);
  });

  it('tell a change of the configuration', async () => {
    const test = new Test();
    await test.simulator.status('DELETE', await test.simulator.pathOf(frontDoor, 'Keypad 2'));
    await test.pass(30);
    const { config } = await test.record(`/smartlock/${frontDoor}`);
    assert.equal(v.parse(v.object({ keypad2Paired: v.boolean() }), config).keypad2Paired, false);
    assert.deepEqual(test.bodies('DEVICE_CONFIG'), [{ feature: 'DEVICE_CONFIG', smartlockId: frontDoor, config }]);
  });

  it('tell a name that is changed, with the rest of the master data', async () => {
    const test = new Test();
    assert.equal(await test.simulator.status('POST', `/smartlock/${frontDoor}`, { name: 'Main Door' }), 204);
    await test.pass(30);
    const [told, ...others] = test.bodies('DEVICE_MASTERDATA');
    assert.deepEqual([told?.['smartlockId'], told?.['name']], [frontDoor, 'Main Door']);
    assert.deepEqual(others, []);
  });

  it('tell settings that are changed, also those that the payload does not show', async () => {
    const test = new Test();
    const { config, advancedConfig } = await test.record(`/smartlock/${frontDoor}`);
    const changed = { ...v.parse(v.record(v.string(), v.unknown()), config), ledEnabled: false };
    assert.equal(await test.simulator.status('POST', `/smartlock/${frontDoor}/config`, changed), 204);
    await test.pass(30);
    const told = v.object({ config: v.object({ ledEnabled: v.literal(false) }) });
    assert.equal(test.bodies('DEVICE_CONFIG').filter((body) => v.is(told, body)).length, 1);
    const advanced = { ...v.parse(v.record(v.string(), v.unknown()), advancedConfig), autoLock: false };
    assert.equal(await test.simulator.status('POST', `/smartlock/${frontDoor}/advanced/config`, advanced), 204);
    await test.pass(30);
    assert.equal(test.bodies('DEVICE_CONFIG').length, 2);
    assert.deepEqual(test.bodies('DEVICE_MASTERDATA'), []);
  });

  it('tell master data and configuration of a device that is synced, though nothing has changed', async () => {
    const test = new Test();
    await test.simulator.status('POST', `/smartlock/${frontDoor}/sync`);
    await test.pass(30);
    assert.deepEqual(
      test.receiver.received.map(({ json }) => json['feature']),
      ['DEVICE_MASTERDATA', 'DEVICE_CONFIG'],
    );
    const listed = await test.record(`/smartlock/${frontDoor}`);
    const [told] = test.bodies('DEVICE_MASTERDATA');
    // The fields of the example in Nuki's guide.
    const fields =
      'smartlockId accountId type authId name favorite firmwareVersion hardwareVersion serverState adminPinState creationDate updateDate';
    const data = Object.fromEntries(fields.split(' ').map((field) => [field, listed[field]]));
    assert.deepEqual(told, { feature: 'DEVICE_MASTERDATA', deleted: false, ...data });
  });

  it('tell a person who is added, changed and removed', async () => {
    const test = new Test();
    const eva = { email: 'eva@example.com', name: 'Eva' };
    assert.equal(await test.simulator.status('PUT', '/account/user', eva), 200);
    const created = (await test.list('/account/user')).at(-1);
    const path = `/account/user/${v.parse(v.number(), created?.['accountUserId'])}`;
    await test.simulator.status('POST', path, { ...eva, name: 'Eva Meier' });
    const changed = await test.record(path);
    await test.simulator.status('DELETE', path);
    await test.pass(30);
    const [first, second, last, ...others] = test.bodies('ACCOUNT_USER');
    assert.deepEqual(first, { feature: 'ACCOUNT_USER', deleted: false, accountUser: created });
    assert.deepEqual(second, { feature: 'ACCOUNT_USER', deleted: false, accountUser: changed });
    assert.equal(last?.['deleted'], true);
    assert.deepEqual(others, []);
  });

  it('tell nothing of devices where nothing happens', async () => {
    const test = new Test();
    await test.simulator.act(frontDoor, 1);
    await test.simulator.json('/smartlock');
    await test.pass(30);
    assert.ok(test.receiver.received.length > 0);
    assert.ok(test.receiver.received.every(({ body }) => !body.includes(String(cellar))));
  });
});
