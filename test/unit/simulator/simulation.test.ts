import assert from 'node:assert/strict';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import { demoHomeOptions } from '../../../src/simulator/demo/demo.ts';
import { withoutItsSecrets } from '../../../src/simulator/journal/withoutItsSecrets.ts';
import type { Outcome } from '../../../src/simulator/journal/outcomes.ts';
import { clientToken, TestSimulation } from './testSimulation.ts';

const action = `/smartlock/${frontDoor}/action`;
const day = 24 * 3_600_000;

describe('A simulation', () => {
  it('says in every answer, also in errors, that it is one', async () => {
    const test = new TestSimulation();
    for (const [path, token] of [['/smartlock'], ['/nothing'], ['/%E0%A4%A'], ['/smartlock', 'unknown']] as const) {
      assert.equal((await test.send('GET', path, undefined, token)).headers.get('x-simulated'), 'keyturner', path);
    }
    assert.equal((await test.sendOwn('GET', '/smartlock')).headers.get('x-simulated'), 'keyturner');
  });

  it('has a home whose clock starts when it is told to', async () => {
    const test = new TestSimulation();
    assert.equal((await test.send('GET', '/account')).headers.get('date'), 'Sun, 01 Mar 2026 12:00:00 GMT');
  });

  it('plays what is due while no one asks', async () => {
    const test = new TestSimulation();
    const states: number[] = [];
    test.simulation.home.watch((event) => event.kind === 'state' && states.push(event.state.state));
    await test.send('POST', action, { action: 1 });
    await test.computer.advance(30_000);
    assert.deepEqual(states, [2, 3]);
    test.simulation.dispose();
    assert.equal(test.computer.waiting, 0);
  });

  it('lets the editor’s account see the same home, without a trace and with its token alone', async () => {
    const test = new TestSimulation();
    test.simulation.home.fault({ times: Infinity, answer: { status: 500 } });
    assert.equal((await test.sendOwn('GET', '/smartlock')).status, 200);
    assert.equal((await test.sendOwn('GET', '/smartlock', undefined, clientToken)).status, 401);
    assert.equal((await test.sendOwn('POST', action, { action: 1 })).status, 204);
    await test.computer.advance(30_000);
    assert.equal(test.simulation.home.door(frontDoor).state, 3);
    assert.deepEqual(test.simulation.exchanges.all, []);
  });

  it('does not let reads of the editor’s account change what a client is answered', async () => {
    const answersOf = async (looks: number): Promise<string> => {
      const test = new TestSimulation({ speed: 0 });
      for (let step = 0; step < 40; step += 1) {
        for (let look = 0; look < looks; look += 1) await test.sendOwn('GET', '/smartlock');
        await test.send('POST', action, { action: 1 + (step % 2) });
        await test.send('GET', '/smartlock');
        test.simulation.clock.advance(2000);
      }
      return JSON.stringify(test.simulation.exchanges.all);
    };
    assert.equal(await answersOf(3), await answersOf(0));
  });

  it('tells how an accepted write came out, by the number of its exchange', async () => {
    const test = new TestSimulation();
    const outcomes: Outcome[] = [];
    test.simulation.onDidComeOut((outcome) => outcomes.push(outcome));
    await test.send('GET', '/smartlock');
    await test.send('POST', action, { action: 1 });
    await test.computer.advance(30_000);
    test.simulation.home.fault({ never: true });
    await test.send('POST', action, { action: 2 });
    await test.computer.advance(30_000);
    const code = { name: 'Cleaner', type: 13, code: 778899, remoteAllowed: false };
    await test.send('PUT', `/smartlock/${frontDoor}/auth`, code);
    await test.computer.advance(30_000);
    // The cloud compares with what is confirmed only, so both are accepted; the lock has the code once.
    await test.send('PUT', `/smartlock/${frontDoor}/auth`, { ...code, name: 'Gardener', code: 778898 });
    await test.send('PUT', `/smartlock/${frontDoor}/auth`, { ...code, name: 'Again', code: 778898 });
    await test.computer.advance(30_000);
    const twice = outcomes.splice(3);
    assert.deepEqual(
      outcomes.map((outcome) => [outcome.exchange, outcome.smartlockId, outcome.kind]),
      [
        [2, frontDoor, 'ended'],
        [3, frontDoor, 'dropped'],
        [4, frontDoor, 'stored'],
      ],
    );
    assert.deepEqual(new Set(twice.map(({ exchange }) => exchange)), new Set([5, 6]));
    assert.deepEqual(
      twice.map(({ kind }) => kind),
      ['stored', 'refused'],
    );
  });

  it('tells of quick updates which one was overtaken', async () => {
    const test = new TestSimulation();
    const outcomes: Outcome[] = [];
    test.simulation.onDidComeOut((outcome) => outcomes.push(outcome));
    const { id } = test.simulation.home.authorizationsOnLock(frontDoor).find(({ name }) => name === 'Family') ?? {};
    const path = `/smartlock/${frontDoor}/auth/${id}`;
    for (const name of ['One', 'Two', 'Three']) await test.send('POST', path, { name, remoteAllowed: true });
    await test.computer.advance(30_000);
    assert.deepEqual(
      outcomes.map(({ exchange, kind }) => [exchange, kind]),
      [
        [1, 'overtaken'],
        [3, 'overtaken'],
        [2, 'stored'],
      ],
    );
  });

  it('tells when the API shows something else, by whatever cause, and not before', async () => {
    const test = new TestSimulation();
    const { home, onDidChange } = test.simulation;
    let changes = 0;
    onDidChange(() => (changes += 1));
    await test.send('GET', '/smartlock');
    assert.equal(changes, 0);
    home.setServerState(frontDoor, 4);
    assert.equal(changes, 1);
    await test.send('PUT', '/account/user', { name: 'Emma', email: 'emma@example.com' });
    assert.equal(changes, 2);
    home.turnByHand(frontDoor, 3);
    home.setServerState(frontDoor, 0);
    const before = changes;
    await test.computer.advance(60_000);
    assert.ok(changes > before, 'the turn of the knob');
  });

  it('begins anew when it is reset: the same home at the same time, and exchanges from 1', async () => {
    const test = new TestSimulation({ speed: 0 });
    const before = await (await test.send('GET', '/smartlock')).text();
    await test.send('POST', action, { action: 1 });
    test.simulation.clock.advance(day);
    const changes: string[] = [];
    test.simulation.onDidChange(() => changes.push('changed'));
    test.simulation.reset();
    assert.deepEqual(changes, ['changed']);
    assert.equal(await (await test.send('GET', '/smartlock')).text(), before);
    assert.deepEqual(
      test.simulation.exchanges.all.map(({ number, path }) => [number, path]),
      [[1, '/smartlock']],
    );
  });

  it('lets what is under way end at once when it is reset or disposed, and forgets it', async () => {
    const test = new TestSimulation({ faults: [{ name: 'slow', times: 2 }] });
    const first = test.send('GET', '/smartlock');
    await test.computer.advance(10);
    test.simulation.reset();
    assert.equal((await first).status, 200);
    assert.deepEqual(test.simulation.exchanges.all, []);
    const second = test.send('GET', '/smartlock');
    await test.computer.advance(10);
    test.simulation.dispose();
    assert.equal((await second).status, 200);
    assert.equal(test.computer.waiting, 0);
  });

  it('gives the same journal for the same seed, home and requests, byte for byte', async () => {
    const journalOf = async (seed: number): Promise<string> => {
      const test = new TestSimulation({ speed: 0, seed });
      const outcomes: Outcome[] = [];
      test.simulation.onDidComeOut((outcome) => outcomes.push(outcome));
      for (let step = 0; step < 60; step += 1) {
        const code = { name: `Guest ${step}`, type: 13, code: 711_111 + step, remoteAllowed: false };
        await test.send('POST', action, { action: 1 + (step % 5) });
        await test.send('PUT', `/smartlock/${frontDoor}/auth`, code);
        await test.send('GET', '/smartlock/auth');
        await test.send('GET', `/smartlock/${frontDoor}/log?limit=50`);
        test.simulation.clock.advance(step === 30 ? day : 3000);
      }
      return [...test.simulation.exchanges.all.map(withoutItsSecrets), ...outcomes]
        .map((entry) => JSON.stringify(entry))
        .join('\n');
    };
    const [first, second, other] = [await journalOf(7), await journalOf(7), await journalOf(8)];
    assert.equal(first, second);
    assert.notEqual(first, other);
  });

  it('plays a day that is advanced in one step as it plays one that passes', async () => {
    const stateAfter = async (pass: (test: TestSimulation) => Promise<void> | void): Promise<unknown> => {
      const test = new TestSimulation();
      const { smartlockId } = { smartlockId: frontDoor };
      await test.send('POST', action, { action: 4 });
      await pass(test);
      const { home } = test.simulation;
      const log = await (await test.sendOwn('GET', `/smartlock/${smartlockId}/log`)).json();
      return [home.door(smartlockId), log];
    };
    const passing = await stateAfter(({ computer }) => computer.advance(day));
    const advanced = await stateAfter(({ simulation }) => simulation.clock.advance(day));
    assert.deepEqual(advanced, passing);
  });

  it('is quick: a day is played in one step', async () => {
    const test = new TestSimulation({ speed: 0, home: demoHomeOptions });
    await test.send('POST', action, { action: 1 });
    test.simulation.clock.advance(day);
    assert.equal(test.simulation.home.door(frontDoor).state, 3);
  });
});
