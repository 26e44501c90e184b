import assert from 'node:assert/strict';
import { validityOf } from '../../../../src/nuki/authorization/authorization.ts';
import { typeOfDeviceId } from '../../../../src/nuki/deviceId.ts';
import { kindOf } from '../../../../src/nuki/vocabulary/kinds.ts';
import { formatVersion } from '../../../../src/nuki/firmwareVersion.ts';
import { partsWithCriticalBattery, isOnline, phaseOfDevice } from '../../../../src/nuki/smartlock.ts';
import { demoApi, demoHome, demoToken } from '../../../../src/simulator/demo/demo.ts';
import {
  cellar,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../../../src/simulator/demo/demoDevices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { TestSimulator } from '../testSimulator.ts';

const all = [frontDoor, garage, cellar, intercom, parcelBox, terrace, guestHouse];

describe('The demo home', () => {
  it('has a token of the form that tokens have', () => {
    assert.match(demoToken, /^[A-Za-z0-9._-]{20,512}$/);
  });

  it('has one device of every kind, with the ids that the Web API would give it', async () => {
    const simulator = new TestSimulator();
    assert.equal(frontDoor, 21_913_877_581); // the example of Nuki's guide
    for (const id of all) {
      const device = await simulator.device(id);
      assert.equal(typeOfDeviceId(id), device.type);
      assert.notEqual(kindOf(device.type).name, 'unknown');
    }
    const types = await Promise.all(all.map(async (id) => (await simulator.device(id)).type));
    assert.deepEqual(
      types.toSorted((a, b) => a - b),
      [0, 1, 2, 3, 4, 4, 5],
    );
    assert.equal(formatVersion((await simulator.device(frontDoor)).firmwareVersion ?? 0), '5.9.4');
  });

  it('shows the conditions in which devices are found', async () => {
    const simulator = new TestSimulator();
    const at = async (id: number) => simulator.device(id);
    assert.equal(phaseOfDevice(await at(frontDoor)), 'secure');
    assert.deepEqual(partsWithCriticalBattery(await at(garage)), ['device']);
    assert.equal(isOnline(await at(cellar)), false);
    assert.ok(Date.parse((await at(cellar)).updateDate ?? '') < simulator.clock.now() - 3 * 86_400_000);
    assert.equal(phaseOfDevice(await at(intercom)), 'open');
    assert.deepEqual(partsWithCriticalBattery(await at(terrace)), ['keypad']);
  });

  it('stays as it is when nothing is done, until ring to open ends', async () => {
    const simulator = new TestSimulator();
    const before = await simulator.json('/smartlock');
    await simulator.clock.advance(17 * 60_000);
    assert.deepEqual(await simulator.json('/smartlock'), before);
    await simulator.clock.advance(2 * 60_000);
    assert.equal(phaseOfDevice(await simulator.device(intercom)), 'ready');
  });

  it('has authorizations of every type and of every validity, whenever it begins', async () => {
    for (const start of [Date.UTC(2026, 0, 1), Date.UTC(2031, 5, 30, 23, 59)]) {
      const home = demoHome(new FakeClock(start), 1);
      const entries = all.flatMap((id) => home.authorizationsOnLock(id));
      assert.deepEqual(
        [...new Set(entries.map(({ type }) => type))].toSorted((a, b) => a - b),
        [0, 1, 2, 3, 13, 14, 15],
      );
      const shown = entries.map((entry) => validityOf({ ...entry, updateDate: undefined, operationId: false }, start));
      assert.deepEqual([...new Set(shown)].toSorted(), ['active', 'disabled', 'expired', 'upcoming']);
      assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
      for (const { id } of entries) assert.match(id, /^[0-9a-f]{24}$/);
      const expired = entries.find(({ name }) => name === 'Guest Emil');
      assert.equal(expired?.enabled, true);
    }
  });

  it('has a past, with failed attempts and more than a page of it', async () => {
    const simulator = new TestSimulator();
    const log = await simulator.log(frontDoor, '?limit=50');
    assert.equal(log.length, 50);
    assert.ok(log.some(({ state }) => state !== 0));
    for (const trigger of [0, 1, 2, 4, 5, 6, 253, 255])
      assert.ok(
        log.some((entry) => entry.trigger === trigger),
        `${trigger}`,
      );
    for (const id of all) {
      const entries = await simulator.log(id, '?limit=50');
      assert.ok(entries.length > 0);
      assert.equal(new Set(entries.map((entry) => entry.id)).size, entries.length);
    }
  });

  it('is the same for the same seed and the same requests, and another for another seed', async () => {
    const story = async (seed: number): Promise<string> => {
      const clock = new FakeClock();
      const api = demoApi(clock, seed);
      const told: string[] = [];
      const send = async (method: string, path: string, body?: object): Promise<void> => {
        const init = { method, headers: { authorization: `Bearer ${demoToken}` } };
        const answer = await api(
          new Request(`https://api.nuki.io${path}`, body ? { ...init, body: JSON.stringify(body) } : init),
        );
        told.push(`${answer.status} ${await answer.text()}`);
      };
      await send('POST', `/smartlock/${frontDoor}/action`, { action: 3 });
      await send('PUT', `/smartlock/${frontDoor}/auth`, {
        name: 'Baker',
        remoteAllowed: false,
        type: 13,
        code: 333_444,
      });
      for (let step = 0; step < 30; step += 1) {
        await clock.advance(500);
        await send('GET', '/smartlock');
        await send('GET', `/smartlock/${frontDoor}/auth`);
        await send('GET', '/smartlock/log?limit=3');
      }
      return told.join('\n');
    };
    assert.equal(await story(7), await story(7));
    assert.notEqual(await story(7), await story(8));
  });
});
