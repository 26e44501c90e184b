import assert from 'node:assert/strict';
import type { Conditions } from '../../../src/simulator/conditions.ts';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator } from './testSimulator.ts';

const late: Partial<Conditions> = { logLag: { median: 20_000, min: 2000, max: 90_000, inOrder: false } };

/** A door that is moved by hand every second, and the ids of its entries in the order in which the log first shows them. */
async function playTwenty(
  conditions: Partial<Conditions>,
): Promise<{ ids: string[]; dates: string[]; waits: number[] }> {
  const simulator = new TestSimulator({ conditions });
  const began = simulator.clock.now();
  const old = new Set((await simulator.log(frontDoor, '?limit=50')).map(({ id }) => id));
  const [ids, dates, waits]: [string[], string[], number[]] = [[], [], []];
  for (let second = 0; second < 120; second++) {
    if (second < 20) simulator.home.turnByHand(frontDoor, second % 2 === 0 ? 3 : 1);
    await simulator.clock.advance(1000);
    for (const { id, date } of (await simulator.log(frontDoor, '?limit=50')).toReversed()) {
      if (old.has(id) || ids.includes(id)) continue;
      ids.push(id);
      dates.push(date ?? '');
      waits.push(simulator.clock.now() - began - Date.parse(date ?? '') + began);
    }
  }
  return { ids, dates, waits };
}

describe('A late log', () => {
  it('shows entries out of order, each after 2 to 90 seconds', async () => {
    const { dates, waits } = await playTwenty(late);
    assert.equal(dates.length, 20);
    assert.notDeepEqual(dates, dates.toSorted());
    assert.ok(Math.min(...waits) >= 2000 && Math.max(...waits) > 30_000 && Math.max(...waits) < 93_000);
  });

  it('gives ids by the time of the event, or by the time at which the cloud heard of it', async () => {
    const byEvent = await playTwenty(late);
    assert.notDeepEqual(byEvent.ids, byEvent.ids.toSorted());
    const byArrival = await playTwenty({ ...late, logIds: 'by arrival' });
    assert.deepEqual(byArrival.ids, byArrival.ids.toSorted());
  });

  it('may leave out names', async () => {
    const simulator = new TestSimulator({ conditions: { namelessEntries: 1 } });
    await simulator.act(frontDoor, 1);
    await simulator.clock.advance(30_000);
    const [entry] = await simulator.log(frontDoor);
    assert.deepEqual([entry?.trigger, entry?.name], [4, '']);
  });
});

describe('The id of an operation', () => {
  /** Whether it is shown, every half second from the command on. */
  const shown = async (conditions: Partial<Conditions>): Promise<boolean[]> => {
    const simulator = new TestSimulator({ conditions });
    await simulator.act(frontDoor, 1);
    const seen: boolean[] = [];
    for (let half = 0; half < 60; half++) {
      seen.push(await simulator.isBusy(frontDoor));
      await simulator.clock.advance(500);
    }
    assert.equal(simulator.home.door(frontDoor).state, 3);
    return seen;
  };

  it('is shown at once, and gone when the cloud has heard of the end', async () => {
    const seen = await shown({});
    assert.equal(seen[0], true);
    assert.equal(seen.at(-1), false);
  });

  it('may be shown late, or never', async () => {
    const seen = await shown({ operationsShownLate: 1 });
    assert.equal(seen[0], false);
    assert.ok(seen.includes(true));
    assert.equal(seen.at(-1), false);
    assert.ok(!(await shown({ operationsNeverShown: 1 })).includes(true));
  });

  it('may stay for a while after the end', async () => {
    const count = async (conditions: Partial<Conditions>): Promise<number> =>
      (await shown(conditions)).filter(Boolean).length;
    assert.ok((await count({ operationsStay: 5000 })) >= (await count({})) + 9);
  });
});
