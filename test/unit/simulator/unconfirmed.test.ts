import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { Conditions } from '../../../src/simulator/conditions.ts';
import { frontDoor, terrace } from '../../../src/simulator/demo/demoDevices.ts';
import type { AuthorizationJson } from '../../../src/simulator/wire.ts';
import { TestSimulator } from './testSimulator.ts';

const baker = { name: 'Baker', remoteAllowed: false, type: 13, code: 333_444 };
const listing: Partial<Conditions> = { listsUnconfirmed: true };

/** The authorization with this name as the API lists it; `undefined` where it does not. */
async function listed(simulator: TestSimulator, name: string): Promise<Record<string, unknown> | undefined> {
  const list: unknown = await simulator.json(`/smartlock/${frontDoor}/auth`);
  return v.parse(v.array(v.record(v.string(), v.unknown())), list).find((entry) => entry['name'] === name);
}

function stored(simulator: TestSimulator, name: string): AuthorizationJson | undefined {
  return simulator.home.authorizationsOnLock(frontDoor).find((entry) => entry.name === name);
}

function create(simulator: TestSimulator, body: object = baker): Promise<number> {
  return simulator.status('PUT', `/smartlock/${frontDoor}/auth`, body);
}

describe('An authorization that the cloud lists before the lock has it', () => {
  it('has no date of an update, missing or null, until the lock confirms it', async () => {
    const simulator = new TestSimulator({ conditions: listing });
    const kinds = new Set<string>();
    for (const [index, code] of [333_444, 333_445, 333_446, 333_447, 333_448].entries()) {
      await create(simulator, { ...baker, name: `Code ${index}`, code });
      const entry = await listed(simulator, `Code ${index}`);
      assert.ok(entry);
      assert.equal(entry['updateDate'] ?? null, null);
      kinds.add('updateDate' in entry ? 'null' : 'missing');
    }
    assert.deepEqual([...kinds].toSorted(), ['missing', 'null']);
    assert.equal(simulator.home.people.typeCode(frontDoor, 333_444).kind, 'unknown');
    await simulator.clock.advance(30_000);
    assert.match(String((await listed(simulator, 'Code 0'))?.['updateDate']), /^2026/);
    assert.equal(simulator.home.people.typeCode(frontDoor, 333_444).kind, 'opens');
  });

  it('shows what a change sent, with the date of the one before', async () => {
    const simulator = new TestSimulator({ conditions: listing });
    const before = await listed(simulator, 'Plumber');
    await simulator.status('POST', await simulator.pathOf(frontDoor, 'Plumber'), { name: 'Plumber 2' });
    const after = await listed(simulator, 'Plumber 2');
    assert.equal(after?.['updateDate'], before?.['updateDate']);
    assert.equal(stored(simulator, 'Plumber 2'), undefined);
    await simulator.clock.advance(30_000);
    assert.notEqual((await listed(simulator, 'Plumber 2'))?.['updateDate'], before?.['updateDate']);
  });

  it('may never reach the lock: it stays listed and refused, until a sync brings it there', async () => {
    const simulator = new TestSimulator({ conditions: { ...listing, lostWrites: 1 } });
    assert.equal(await create(simulator), 204);
    await simulator.clock.advance(3_600_000);
    assert.equal((await listed(simulator, 'Baker'))?.['updateDate'] ?? null, null);
    assert.equal(simulator.home.people.typeCode(frontDoor, 333_444).kind, 'unknown');
    await simulator.status('POST', `/smartlock/${frontDoor}/sync`);
    await simulator.clock.advance(30_000);
    assert.match(String((await listed(simulator, 'Baker'))?.['updateDate']), /^2026/);
    assert.equal(simulator.home.people.typeCode(frontDoor, 333_444).kind, 'opens');
  });

  it('may be on the lock without the cloud hearing of it; a rename helps', async () => {
    const simulator = new TestSimulator({ conditions: { ...listing, unheardWrites: 1 } });
    await create(simulator);
    await simulator.clock.advance(600_000);
    assert.equal((await listed(simulator, 'Baker'))?.['updateDate'] ?? null, null);
    assert.ok(stored(simulator, 'Baker'));
    simulator.home.fault({ method: 'POST', unpublished: false });
    await simulator.status('POST', await simulator.pathOf(frontDoor, 'Baker'), { name: 'Baker 2' });
    await simulator.clock.advance(30_000);
    assert.match(String((await listed(simulator, 'Baker 2'))?.['updateDate']), /^2026/);
  });

  it('stays unconfirmed for good where the lock refuses it: of two with one code the lock has one', async () => {
    const simulator = new TestSimulator({ conditions: listing });
    await create(simulator);
    assert.equal(await create(simulator, { ...baker, name: 'Baker again' }), 204);
    await simulator.clock.advance(600_000);
    const dates = [await listed(simulator, 'Baker'), await listed(simulator, 'Baker again')].map(
      (entry) => entry?.['updateDate'] ?? null,
    );
    assert.equal(dates.filter((date) => date === null).length, 1);
    assert.equal(simulator.home.authorizationsOnLock(frontDoor).filter(({ code }) => code === 333_444).length, 1);
  });

  it('may say in an error that the lock has refused it', async () => {
    const simulator = new TestSimulator({ conditions: { ...listing, oddFields: 0.001 } });
    await create(simulator);
    await create(simulator, { ...baker, name: 'Baker again' });
    await simulator.clock.advance(60_000);
    const errors = [await listed(simulator, 'Baker'), await listed(simulator, 'Baker again')].map(
      (entry) => entry?.['error'],
    );
    assert.equal(errors.filter((error) => typeof error === 'string').length, 1);
  });
});

describe('Quick updates of an authorization', () => {
  it('are taken four times, the fifth meets 423, and the last but one wins', async () => {
    const simulator = new TestSimulator({ conditions: { quickUpdates: 4 } });
    const path = await simulator.pathOf(frontDoor, 'Plumber');
    const statuses: number[] = [];
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five'])
      statuses.push(await simulator.status('POST', path, { name }));
    assert.deepEqual(statuses, [204, 204, 204, 204, 423]);
    await simulator.clock.advance(30_000);
    assert.ok(stored(simulator, 'Three'));
    assert.ok(await listed(simulator, 'Three'));
    assert.equal((await listed(simulator, 'Three'))?.['operationId'], undefined);
  });
});

describe('A removed authorization in an untidy home', () => {
  it('may stay listed for minutes', async () => {
    const simulator = new TestSimulator({ conditions: { removedStay: 1 } });
    await simulator.status('DELETE', await simulator.pathOf(frontDoor, 'Plumber'));
    await simulator.clock.advance(15_000);
    assert.equal(stored(simulator, 'Plumber'), undefined);
    assert.ok(await listed(simulator, 'Plumber'));
    await simulator.clock.advance(400_000);
    assert.equal(await listed(simulator, 'Plumber'), undefined);
  });

  it('may be a ghost, which blocks its code', async () => {
    const simulator = new TestSimulator({ conditions: { ghosts: 1 } });
    await simulator.status('DELETE', await simulator.pathOf(frontDoor, 'Plumber'));
    await simulator.clock.advance(3_600_000);
    assert.equal(stored(simulator, 'Plumber'), undefined);
    assert.ok(await listed(simulator, 'Plumber'));
    assert.equal(await create(simulator, { ...baker, code: 864_297 }), 409);
  });
});

describe('A keypad', () => {
  it('of the second generation holds 200 codes', async () => {
    const simulator = new TestSimulator();
    const codes = Array.from({ length: 999_999 - 311_111 }, (_, index) => 311_111 + index)
      .filter((code) => !String(code).includes('0'))
      .slice(0, 210);
    for (const code of codes) await create(simulator, { ...baker, name: `${code}`, code });
    await simulator.clock.advance(60_000);
    const count = simulator.home.authorizationsOnLock(frontDoor).filter(({ type }) => type === 13).length;
    assert.equal(count, 200);
  });

  it('refuses a name of more than 20 bytes with 422, in the body of Restlet', async () => {
    const simulator = new TestSimulator({ conditions: { longNames: 'refused' } });
    const body = { ...baker, name: 'PIN for guest99@example.com' };
    const answer = await simulator.send('PUT', `/smartlock/${terrace}/auth`, body);
    assert.equal(answer.status, 422);
    const error = v.object({
      code: v.literal(422),
      reasonPhrase: v.literal('Unprocessable Entity'),
      homeRef: v.string(),
    });
    assert.ok(v.is(error, await answer.json()));
    assert.equal(await create(simulator, { ...baker, name: 'exactly twenty bytes' }), 204);
  });
});
