// What goes wrong in the demo home, so that whoever tries it sees how that looks.
import assert from 'node:assert/strict';
import { simulatedApi } from '../../../../src/simulator/api/api.ts';
import { demoHome } from '../../../../src/simulator/demo/demo.ts';
import { cellar, frontDoor, garage, guestHouse, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { addMishaps } from '../../../../src/simulator/demo/demoMishaps.ts';
import { TestSimulator } from '../testSimulator.ts';

class DemoSimulator extends TestSimulator {
  override readonly home = demoHome(this.clock, 1);
  override readonly api = simulatedApi(this.home);

  constructor() {
    super();
    addMishaps(this.home);
  }

  async names(smartlockId: number): Promise<readonly string[]> {
    return (await this.authorizations(smartlockId)).map(({ name }) => name);
  }
}

const guest = { name: 'Guest Weber', remoteAllowed: false, type: 13, code: 333_444 };
const blocked = 254;
const minute = 60_000;

describe('In the demo home', () => {
  it("the garage's motor blocks at the first action, as its log says, and turns at the next", async () => {
    const simulator = new DemoSimulator();
    await simulator.act(garage, 2);
    await simulator.clock.advance(minute);
    assert.equal((await simulator.device(garage)).state?.state, blocked);
    assert.equal((await simulator.log(garage))[0]?.state, 1);
    await simulator.act(garage, 2);
    await simulator.clock.advance(minute);
    assert.equal((await simulator.device(garage)).state?.state, 1);
    assert.equal((await simulator.log(garage))[0]?.state, 0);
  });

  it('the first code for the terrace is refused, as one that is used already, and the next is taken', async () => {
    const simulator = new DemoSimulator();
    const path = `/smartlock/${terrace}/auth`;
    const person = { name: 'Ben Berger', remoteAllowed: true, type: 0, accountUserId: 1_000_102 };
    assert.equal(await simulator.status('PUT', path, person), 204);
    assert.equal(await simulator.status('PUT', path, guest), 409);
    assert.equal(await simulator.status('PUT', path, { ...guest, code: 333_445 }), 204);
    await simulator.clock.advance(minute);
    const names = await simulator.names(terrace);
    assert.deepEqual(names.slice(-2), ['Ben Berger', 'Guest Weber']);
  });

  it('the first code for the guest house is taken by Nuki and never reaches the keypad, and the next does', async () => {
    const simulator = new DemoSimulator();
    const path = `/smartlock/${guestHouse}/auth`;
    assert.equal(await simulator.status('PUT', path, guest), 204);
    await simulator.clock.advance(60 * minute);
    assert.ok(!(await simulator.names(guestHouse)).includes('Guest Weber'));
    assert.equal(simulator.home.people.typeCode(guestHouse, 333_444).kind, 'unknown');
    assert.equal(await simulator.status('PUT', path, guest), 204);
    await simulator.clock.advance(minute);
    assert.equal(simulator.home.people.typeCode(guestHouse, 333_444).kind, 'opens');
  });

  it('one code of the guest house is listed and opens nothing, until the lock is asked for an update', async () => {
    const simulator = new DemoSimulator();
    const listed = async () => (await simulator.authorizations(guestHouse)).find(({ name }) => name === 'Guest Ida');
    assert.deepEqual([(await listed())?.updateDate, (await listed())?.enabled], [undefined, true]);
    assert.equal(simulator.home.people.typeCode(guestHouse, 428_571).kind, 'unknown');
    await simulator.status('POST', `/smartlock/${guestHouse}/sync`);
    await simulator.clock.advance(minute);
    assert.ok((await listed())?.updateDate);
    assert.notEqual(simulator.home.people.typeCode(guestHouse, 428_571).kind, 'unknown');
  });

  it('nothing goes wrong at the front door, and nothing else at the others', async () => {
    const simulator = new DemoSimulator();
    for (const action of [1, 2]) {
      await simulator.act(frontDoor, action);
      await simulator.act(terrace, action);
      await simulator.act(guestHouse, action);
      await simulator.clock.advance(minute);
      for (const id of [frontDoor, terrace, guestHouse]) assert.equal((await simulator.log(id))[0]?.state, 0, `${id}`);
    }
    assert.equal(await simulator.status('PUT', `/smartlock/${frontDoor}/auth`, guest), 204);
    await simulator.clock.advance(minute);
    assert.ok((await simulator.names(frontDoor)).includes('Guest Weber'));
    assert.equal(await simulator.act(cellar, 2), 204);
  });
});
