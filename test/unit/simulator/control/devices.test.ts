import assert from 'node:assert/strict';
import { deeds } from '../../../../src/simulator/control/deeds.ts';
import { cellar, frontDoor, intercom } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestSimulation } from '../testSimulation.ts';

const half = 30_000;

/** Does something at a device; @returns the answer's JSON as text, after the status */
async function act(test: TestSimulation, smartlockId: number, deed: object): Promise<string> {
  const answer = await test.send('POST', `/_sim/devices/${smartlockId}`, deed);
  return `${answer.status} ${await answer.text()}`;
}

describe('The devices of a simulation', () => {
  it('are shown as they really are, their authorizations without codes', async () => {
    const test = new TestSimulation();
    const { home } = test.simulation;
    await test.send('POST', `/smartlock/${frontDoor}/action`, { action: 1 });
    await test.computer.advance(half);
    const list = JSON.stringify(await test.json('GET', '/_sim/devices'));
    assert.equal(list.split('"smartlockId"').length - 1, home.devices().length);
    const one = JSON.stringify(await test.json('GET', `/_sim/devices/${frontDoor}`));
    assert.match(one, /"online":true,"state":\{[^}]*"state":3/);
    for (const { name, code } of home.authorizationsOnLock(frontDoor)) {
      assert.ok(one.includes(JSON.stringify(name)), name);
      assert.ok(code === undefined || !one.includes(String(code)), `the code of ${name}`);
    }
    assert.doesNotMatch(one, /"code"/);
  });

  it('are moved, rung, discharged and cut off', async () => {
    const test = new TestSimulation();
    const { home } = test.simulation;
    await act(test, frontDoor, { turn: 'unlock' });
    assert.equal(home.door(frontDoor).state, 3);
    assert.equal(home.door(frontDoor).trigger, 1);
    await act(test, frontDoor, { door: 'open' });
    assert.equal(home.door(frontDoor).doorState, 3);
    await act(test, frontDoor, { battery: 8, critical: true });
    assert.equal(home.door(frontDoor).batteryCharge, 8);
    await act(test, cellar, { online: false });
    await test.computer.advance(half);
    const listed = JSON.stringify(await (await test.sendOwn('GET', `/smartlock/${frontDoor}`)).json());
    assert.match(listed, /"state":3,.*"batteryCritical":true,.*"batteryCharge":8/);
    assert.match(await (await test.sendOwn('GET', `/smartlock/${cellar}`)).text(), /"serverState":4/);
    await act(test, intercom, { ring: true });
    await test.computer.advance(half);
    assert.match(
      await (await test.sendOwn('GET', `/smartlock/${intercom}/log`)).text(),
      /^\[[^{]*\{[^[]*"action":224|"action":3/,
    );
  });

  it('say whether a typed code opened, and why not', async () => {
    const test = new TestSimulation();
    const { home } = test.simulation;
    const create = (name: string, code: number, more: object = {}) =>
      test.send('PUT', `/smartlock/${frontDoor}/auth`, { name, type: 13, code, remoteAllowed: false, ...more });
    const limits = { allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 };
    await create('Cleaner', 778899);
    await create('Past', 778898, {
      ...limits,
      allowedFromDate: '2026-01-01T00:00:00Z',
      allowedUntilDate: '2026-02-01T00:00:00Z',
    });
    await create('Future', 778897, {
      ...limits,
      allowedFromDate: '2027-01-01T00:00:00Z',
      allowedUntilDate: '2027-02-01T00:00:00Z',
    });
    assert.match(
      await act(test, frontDoor, { typeCode: 778899 }),
      /"opened":false,"why":"The API lists this code, but the keypad does not have it\."/,
    );
    await test.computer.advance(half);
    assert.match(await act(test, frontDoor, { typeCode: 778899 }), /^200 .*"opened":true,"whose":"Cleaner"/);
    assert.match(
      await act(test, frontDoor, { typeCode: 778898 }),
      /"opened":false,"whose":"Past","why":"The code has expired\."/,
    );
    assert.match(await act(test, frontDoor, { typeCode: 778897 }), /"why":"The code is not valid yet\."/);
    assert.match(await act(test, frontDoor, { typeCode: 999_999 }), /"why":"The keypad does not know this code\."/);
    await test.computer.advance(half);
    assert.equal(home.door(frontDoor).state, 3);
  });

  it('do everything that is listed, each as its example says', async () => {
    for (const { example, needs } of Object.values(deeds)) {
      const test = new TestSimulation();
      const device = needs === 'bell' ? intercom : frontDoor;
      assert.match(await act(test, device, example), /^200 /, JSON.stringify(example));
      await test.computer.advance(half);
    }
  });

  it('refuse what they cannot do, with a sentence', async () => {
    const test = new TestSimulation();
    const cases: readonly (readonly [number, object, RegExp])[] = [
      [frontDoor, { ring: true }, /This device has no bell\./],
      [intercom, { turn: 'lock' }, /This device has no bolt\./],
      [intercom, { typeCode: 123456 }, /This device has no keypad\./],
      [frontDoor, { turn: 'left' }, /\\"turn\\" must be \\"lock\\" or \\"unlock\\"/],
      [frontDoor, { turn: 'lock', door: 'open' }, /Send one of/],
      [frontDoor, { critical: true }, /Send one of/],
      [frontDoor, { turn: 'lock', critical: true }, /\\"critical\\" does not go with \\"turn\\"/],
      [frontDoor, { battery: 101 }, /whole number from 0 to 100/],
      [frontDoor, { online: 1 }, /must be true or false/],
      [frontDoor, { mistypeCode: false }, /must be true/],
      [frontDoor, { explode: true }, /There is no field \\"explode\\"/],
      [frontDoor, { app: 'open' }, /\\"app\\" must be \\"/],
      [frontDoor, { app: 'lock', name: '' }, /1 to 64 characters/],
    ];
    for (const [id, deed, error] of cases) {
      const answer = await act(test, id, deed);
      assert.match(answer, /^400 /, JSON.stringify(deed));
      assert.match(answer, error);
    }
    assert.equal(test.simulation.home.door(frontDoor).state, 1);
  });
});
