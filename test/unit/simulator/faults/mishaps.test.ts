import assert from 'node:assert/strict';
import * as v from 'valibot';
import { usual, type Conditions } from '../../../../src/simulator/conditions.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator } from '../testSimulator.ts';

/** The answers to so many reads: status, kind of text, and Retry-After. */
async function read(conditions: Partial<Conditions>, times: number): Promise<string[]> {
  const simulator = new TestSimulator({ conditions });
  const seen: string[] = [];
  for (let index = 0; index < times; index++) {
    const { status, headers } = await simulator.send('GET', '/smartlock');
    seen.push(`${status} ${headers.get('content-type') ?? ''} ${headers.has('retry-after') ? 'wait' : ''}`.trim());
  }
  return seen;
}

describe('Something between a client and the simulated API', () => {
  it('answers with a page of its own: a hotel, a filter, a gateway', async () => {
    const seen = new Set(await read({ foreignPages: 1 }, 60));
    assert.deepEqual([...seen].toSorted(), ['200 text/html', '403 text/html', '502 text/html', '511 text/html']);
  });

  it('answers a write so whether or not the write has passed on', async () => {
    const simulator = new TestSimulator({ conditions: { foreignPages: 1 } });
    let moved = 0;
    for (let index = 0; index < 20; index++) {
      const state = simulator.home.door(frontDoor).state;
      await simulator.act(frontDoor, state === 1 ? 1 : 2);
      await simulator.clock.advance(20_000);
      if (simulator.home.door(frontDoor).state !== state) moved += 1;
    }
    assert.ok(moved > 3 && moved < 17, `${moved} of 20`);
  });
});

describe('Too many requests', () => {
  it('are refused with 429 or 503, which say when to come again', async () => {
    const seen = new Set(await read({ tooManyRequests: 1 }, 30));
    assert.deepEqual([...seen].toSorted(), ['429  wait', '503  wait']);
  });

  it('are, of creations at once, those of a bulk: refused with 429 that says nothing', async () => {
    const simulator = new TestSimulator({ conditions: { creationsPerMinute: 60 } });
    const codes = Array.from({ length: 9_999 }, (_, index) => 311_111 + index).filter((code) => !/0/.test(`${code}`));
    const statuses: number[] = [];
    const waits: boolean[] = [];
    for (const code of codes.slice(0, 96)) {
      const body = { name: `${code}`, remoteAllowed: false, type: 13, code };
      const { status, headers } = await simulator.send('PUT', `/smartlock/${frontDoor}/auth`, body);
      statuses.push(status);
      if (status === 429) waits.push(headers.has('retry-after'));
    }
    assert.equal(statuses.filter((status) => status === 204).length, 60);
    assert.deepEqual([...new Set(waits)], [false]);
  });
});

describe('An account that is not paid', () => {
  it('may read, but neither act nor create', async () => {
    const simulator = new TestSimulator({ conditions: { unpaid: true } });
    const body = { name: 'Baker', remoteAllowed: false, type: 13, code: 333_444 };
    assert.equal(await simulator.act(frontDoor, 1), 402);
    assert.equal(await simulator.status('PUT', `/smartlock/${frontDoor}/auth`, body), 402);
    assert.equal(await simulator.status('GET', '/smartlock'), 200);
  });
});

describe('A paged list in an untidy home', () => {
  it('may miss a result, the way on, or its last page', async () => {
    const page = v.object({
      results: v.array(v.unknown()),
      pagination: v.object({ totalItems: v.number(), nextPage: v.optional(v.string()) }),
    });
    const simulator = new TestSimulator({ conditions: { cutPages: 1 } });
    const seen = new Set<string>();
    for (let index = 0; index < 40; index++) {
      const whole = new TestSimulator();
      const first = v.parse(page, await simulator.json('/smartlock/auth/paged?page=0&size=10'));
      const all = v.parse(page, await whole.json('/smartlock/auth/paged?page=0&size=10'));
      assert.equal(first.pagination.totalItems, all.pagination.totalItems);
      if (first.results.length < all.results.length) seen.add('a result');
      else if (first.pagination.nextPage === undefined) seen.add('the way on');
      const { totalItems } = all.pagination;
      const last = v.parse(
        page,
        await simulator.json(`/smartlock/auth/paged?page=${Math.floor((totalItems - 1) / 10)}&size=10`),
      );
      if (last.results.length === 0) seen.add('the last page');
    }
    assert.deepEqual([...seen].toSorted(), ['a result', 'the last page', 'the way on']);
  });
});

describe('A device beyond the specification', () => {
  it('has an error, a moved keypad, a removed sensor, unknown numbers, or lacks fields', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed < 40; seed++) {
      const simulator = new TestSimulator({ conditions: { oddFields: 1 } }, seed);
      const list = v.parse(
        v.array(v.looseObject({ error: v.optional(v.string()), state: v.looseObject({}) })),
        await simulator.json('/smartlock'),
      );
      for (const { error, state, ...device } of list) {
        if (error !== undefined) seen.add('error');
        if ('keypadMountingState' in state) seen.add(`keypad ${String(state['keypadMountingState'])}`);
        if (state['doorState'] === 240) seen.add('removed');
        if (Number(state['trigger']) > 100) seen.add('trigger');
        if (Number(state['lastAction']) > 50) seen.add('last action');
        if (!('webConfig' in device)) seen.add('missing');
        assert.ok(!Object.values({ ...device, ...state }).includes(null));
      }
    }
    assert.deepEqual([...seen].toSorted(), [
      'error',
      'keypad 2',
      'keypad 255',
      'last action',
      'missing',
      'removed',
      'trigger',
    ]);
  });
});

describe('The usual home', () => {
  it('plays everything at once, the same again with the same seed', async () => {
    const play = async (): Promise<string> => {
      const simulator = new TestSimulator({ conditions: usual }, 7);
      let told = '';
      for (let index = 0; index < 30; index++) {
        told += `${await simulator.act(frontDoor, 1 + (index % 2))} `;
        await simulator.clock.advance(20_000);
        told += await (await simulator.send('GET', `/smartlock/${frontDoor}/log`)).text();
      }
      return told;
    };
    assert.equal(await play(), await play());
  });
});
