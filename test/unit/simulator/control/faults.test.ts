import assert from 'node:assert/strict';
import { behaviours } from '../../../../src/simulator/behaviours.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { faultNames } from '../../../../src/simulator/faults/namedFaults.ts';
import { TestSimulation } from '../testSimulation.ts';

const faults = '/_sim/faults';

describe('The faults of a simulation', () => {
  it('are listed by name, each with what it does and what is left of it', async () => {
    const test = new TestSimulation({ faults: [{ name: 'late', times: 3 }] });
    const text = JSON.stringify(await test.json('GET', faults));
    for (const name of faultNames) assert.ok(text.includes(`{"name":"${name}","does":"`), name);
    assert.match(text, /"late",.*?"active":\[\{"left":3\}\]/);
    assert.match(text, /"slow",.*?"active":\[\]/);
  });

  it('are set for one device or all, and ended by name or all at once', async () => {
    const test = new TestSimulation();
    await test.send('POST', faults, { name: 'slow', times: 2 });
    await test.send('POST', faults, { name: 'us-lock', smartlockId: frontDoor });
    assert.deepEqual(await test.json('POST', faults, { name: 'bad-gateway-html' }), {
      active: [
        { name: 'slow', left: 2 },
        { name: 'us-lock', smartlockId: frontDoor },
        { name: 'bad-gateway-html', left: 1 },
      ],
    });
    assert.deepEqual(await test.json('DELETE', `${faults}?name=slow`), {
      active: [
        { name: 'us-lock', smartlockId: frontDoor },
        { name: 'bad-gateway-html', left: 1 },
      ],
    });
    assert.equal((await test.send('GET', '/smartlock')).status, 502);
    assert.equal(test.simulation.exchanges.all[0]?.fault, 'bad-gateway-html');
    assert.deepEqual(await test.json('DELETE', faults), { active: [] });
  });

  it('that a simulation begins with are there again after a reset', async () => {
    const test = new TestSimulation({ faults: [{ name: 'block-page-403' }] });
    assert.equal((await test.send('GET', '/smartlock')).status, 403);
    assert.equal((await test.send('GET', '/smartlock')).status, 200);
    test.simulation.reset();
    assert.equal((await test.send('GET', '/smartlock')).status, 403);
  });

  it('are refused with a sentence where there is no such fault, device or number', async () => {
    const test = new TestSimulation();
    const cases: readonly (readonly [object, RegExp])[] = [
      [{ name: 'fire' }, /There is no fault \\"fire\\"\. It is one of \\"offline\\", .* or \\"webhook-late\\"\./],
      [{ times: 2 }, /There is no fault/],
      [{ name: 'slow', times: 0 }, /whole number from 1/],
      [{ name: 'slow', smartlockId: 5 }, /There is no device 5 in this home\./],
      [{ name: 'slow', device: 5 }, /There is no field \\"device\\"/],
    ];
    for (const [body, error] of cases) {
      const answer = await test.send('POST', faults, body);
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), error);
    }
    assert.equal((await test.send('DELETE', `${faults}?name=fire`)).status, 400);
  });
});

describe('What the simulation has inferred', () => {
  it('is listed with its sources', async () => {
    const test = new TestSimulation();
    assert.deepEqual(await test.json('GET', '/_sim/inferred'), { behaviours });
  });
});
