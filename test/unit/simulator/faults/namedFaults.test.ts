import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { served } from '../../../../src/simulator/conditions.ts';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import { frontDoor, garage, intercom, parcelBox } from '../../../../src/simulator/demo/demoDevices.ts';
import {
  activeFaults,
  clearFaults,
  faultNames,
  faultText,
  faultUnit,
  lastsUntilCleared,
  setFault,
  type FaultName,
} from '../../../../src/simulator/faults/namedFaults.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import { TestSimulation } from '../testSimulation.ts';
import { TestSimulator, unknownToken } from '../testSimulator.ts';

const action = `/smartlock/${frontDoor}/action`;
const auth = `/smartlock/${frontDoor}/auth`;
const baker = { name: 'Baker', remoteAllowed: false, type: 13, code: 333_444 };

/** A home in the conditions of the server's, but for copies that lag by chance. */
function makeSimulator(): TestSimulator {
  return new TestSimulator({ conditions: { ...served, copies: [0] } });
}

function withFault(name: FaultName, times?: number): TestSimulator {
  const simulator = makeSimulator();
  setFault(simulator.home, name, times === undefined ? {} : { times });
  return simulator;
}

async function listed(simulator: TestSimulator, name: string): Promise<Record<string, unknown> | undefined> {
  const list = v.parse(v.array(v.record(v.string(), v.unknown())), await simulator.json(auth));
  return list.find((entry) => entry['name'] === name);
}

function isStored(simulator: TestSimulator, name: string): boolean {
  return simulator.home.authorizationsOnLock(frontDoor).some((entry) => entry.name === name);
}

/** The statuses of `count` equal requests. */
async function statuses(count: number, send: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  while (all.length < count) all.push(await send());
  return all;
}

/** How many ms the answer takes by the home's clock. */
async function durationOf(simulator: TestSimulator, answer: Promise<unknown>): Promise<number> {
  const started = simulator.clock.now();
  const end = answer.then(() => simulator.clock.now());
  await simulator.clock.advance(60_000);
  return (await end) - started;
}

describe('The named fault', () => {
  describe('offline', () => {
    it('shows all devices as offline and keeps what is sent to them until it is cleared', async () => {
      const simulator = withFault('offline');
      assert.equal((await simulator.device(frontDoor)).serverState, 4);
      assert.equal((await simulator.device(garage)).serverState, 4);
      assert.equal(await simulator.act(frontDoor, 1), 204);
      await simulator.clock.advance(3_600_000);
      assert.equal(simulator.home.door(frontDoor).state, 1);
      clearFaults(simulator.home);
      assert.equal((await simulator.device(frontDoor)).serverState, 0);
      await simulator.clock.advance(30_000);
      assert.equal(simulator.home.door(frontDoor).state, 3);
    });

    it('lasts for so many minutes', async () => {
      const simulator = withFault('offline', 2);
      await simulator.clock.advance(119_000);
      assert.equal((await simulator.device(frontDoor)).serverState, 4);
      assert.deepEqual(activeFaults(simulator.home), [{ name: 'offline', left: 1 }]);
      await simulator.clock.advance(2000);
      assert.equal((await simulator.device(frontDoor)).serverState, 0);
      assert.deepEqual(activeFaults(simulator.home), []);
    });

    it('is that of one device, and leaves offline at its end what was so before', async () => {
      const simulator = makeSimulator();
      simulator.home.setServerState(garage, 4);
      setFault(simulator.home, 'offline', { smartlockId: frontDoor });
      assert.equal((await simulator.device(frontDoor)).serverState, 4);
      assert.equal((await simulator.device(intercom)).serverState, 0);
      setFault(simulator.home, 'offline');
      clearFaults(simulator.home);
      assert.equal((await simulator.device(frontDoor)).serverState, 0);
      assert.equal((await simulator.device(intercom)).serverState, 0);
      assert.equal((await simulator.device(garage)).serverState, 4);
    });

    it('hinders no other fault', async () => {
      const simulator = withFault('offline');
      setFault(simulator.home, 'bad-gateway-html');
      assert.equal(await simulator.status('GET', '/smartlock'), 502);
      assert.equal((await simulator.device(frontDoor)).serverState, 4);
    });
  });

  it('slow makes answers take ten seconds', async () => {
    const simulator = withFault('slow', 2);
    for (const expected of [10_000, 10_000, 0])
      assert.equal(await durationOf(simulator, simulator.send('GET', '/smartlock')), expected);
  });

  it('lost-answer carries out what it does not answer; reads are answered', async () => {
    const simulator = withFault('lost-answer', 2);
    assert.equal(await simulator.status('GET', '/smartlock'), 200);
    await assert.rejects(simulator.act(frontDoor, 1), TypeError);
    await assert.rejects(simulator.status('PUT', auth, baker), TypeError);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 3);
    assert.ok(isStored(simulator, 'Baker'));
    assert.equal(await simulator.act(frontDoor, 2), 204);
  });

  it('never-executed accepts actions that nothing comes of', async () => {
    const simulator = withFault('never-executed', 2);
    for (const expected of [1, 1, 3]) {
      assert.equal(await simulator.act(frontDoor, 1), 204);
      await simulator.clock.advance(60_000);
      assert.equal(simulator.home.door(frontDoor).state, expected);
    }
  });

  it('late carries out actions, changes of authorizations and settings after two minutes', async () => {
    const simulator = withFault('late', 3);
    const configOf = async (): Promise<Record<string, unknown>> =>
      v.parse(v.object({ config: v.record(v.string(), v.unknown()) }), await simulator.json(`/smartlock/${garage}`))
        .config;
    const settings = { ...(await configOf()), ledBrightness: 0 };
    assert.equal(await simulator.act(frontDoor, 1), 204);
    assert.equal(await simulator.status('PUT', auth, baker), 204);
    assert.equal(await simulator.status('POST', `/smartlock/${garage}/config`, settings), 204);
    const seen = async (): Promise<unknown[]> => [
      simulator.home.door(frontDoor).state,
      isStored(simulator, 'Baker'),
      (await configOf())['ledBrightness'],
    ];
    await simulator.clock.advance(119_000);
    assert.deepEqual(await seen(), [1, false, 3]);
    await simulator.clock.advance(10_000);
    assert.deepEqual(await seen(), [3, true, 0]);
    assert.equal(await simulator.act(frontDoor, 2), 204);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 1);
  });

  it('motor-blocked lets the motor stop on its way, and the log tells of it', async () => {
    const simulator = withFault('motor-blocked');
    assert.equal(await simulator.act(frontDoor, 1), 204);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 254);
    assert.equal((await simulator.log(frontDoor))[0]?.state, 1);
    await simulator.act(frontDoor, 1);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 3);
  });

  it('busy-423 refuses actions and changes of what is there, and takes creations', async () => {
    const simulator = withFault('busy-423', 3);
    const family = await simulator.pathOf(frontDoor, 'Family');
    assert.equal(await simulator.status('PUT', auth, baker), 204);
    assert.equal(await simulator.act(frontDoor, 1), 423);
    const answer = await simulator.send('POST', family, { name: 'Family' });
    assert.deepEqual([answer.status, await answer.json()], [423, { stackTrace: [], suppressedExceptions: [] }]);
    assert.equal(await simulator.status('DELETE', family), 423);
    assert.equal(await simulator.status('DELETE', family), 204);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 1);
  });

  it('rate-limit answers 429, with and without Retry-After in turn, and nothing is done', async () => {
    const simulator = withFault('rate-limit', 3);
    const waits: (string | null)[] = [];
    for (let count = 0; count < 3; count += 1) {
      const answer = await simulator.send('POST', action, { action: 1 });
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [429, 'text/html']);
      waits.push(answer.headers.get('retry-after'));
    }
    assert.deepEqual(waits, ['5', null, '5']);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 1);
    assert.equal(await simulator.status('GET', '/account'), 200);
  });

  for (const [name, status, title] of [
    ['bad-gateway-html', 502, '502 Bad Gateway'],
    ['block-page-403', 403, 'Web Page Blocked'],
  ] as const) {
    it(`${name} answers with a page, and nothing is done`, async () => {
      const simulator = withFault(name);
      const answer = await simulator.send('POST', action, { action: 1 });
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [status, 'text/html']);
      assert.match(await answer.text(), new RegExp(`^<html>.*${title}.*</html>$`));
      await simulator.clock.advance(30_000);
      assert.equal(simulator.home.door(frontDoor).state, 1);
      assert.equal(await simulator.act(frontDoor, 1), 204);
    });
  }

  it('truncated-json ends the body half-way, and answers writes as ever', async () => {
    const simulator = withFault('truncated-json', 2);
    assert.equal(await simulator.status('POST', `/smartlock/${frontDoor}/sync`), 204);
    for (const path of ['/smartlock', auth]) {
      const answer = await simulator.send('GET', path);
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/json']);
      await assert.rejects(answer.json(), SyntaxError);
    }
    assert.ok(Array.isArray(await simulator.json(auth)));
  });

  it('stale-copy answers with what was a minute ago', async () => {
    const simulator = makeSimulator();
    const entries = (await simulator.log(frontDoor)).map(({ id }) => id);
    await simulator.act(frontDoor, 1);
    await simulator.clock.advance(50_000);
    setFault(simulator.home, 'stale-copy', { times: 2 });
    assert.equal((await simulator.device(frontDoor)).state?.state, 1);
    assert.deepEqual(
      (await simulator.log(frontDoor)).map(({ id }) => id),
      entries,
    );
    assert.equal((await simulator.device(frontDoor)).state?.state, 3);
    assert.notDeepEqual(
      (await simulator.log(frontDoor)).map(({ id }) => id),
      entries,
    );
  });

  it('ghost deletes from the device what stays listed until a sync', async () => {
    const simulator = withFault('ghost');
    assert.equal(await simulator.status('DELETE', await simulator.pathOf(frontDoor, 'Family')), 204);
    await simulator.clock.advance(3_600_000);
    assert.ok(!isStored(simulator, 'Family'));
    assert.ok(await listed(simulator, 'Family'));
    await simulator.status('POST', `/smartlock/${frontDoor}/sync`);
    await simulator.clock.advance(30_000);
    assert.equal(await listed(simulator, 'Family'), undefined);
    await simulator.status('DELETE', await simulator.pathOf(frontDoor, 'Plumber'));
    await simulator.clock.advance(30_000);
    assert.equal(await listed(simulator, 'Plumber'), undefined);
  });

  it('lost-write leaves list and device as they are, for good', async () => {
    const simulator = withFault('lost-write', 3);
    const before = await simulator.json(auth);
    assert.equal(await simulator.status('PUT', auth, baker), 204);
    assert.equal(await simulator.status('POST', await simulator.pathOf(frontDoor, 'Family'), { name: 'Fam' }), 204);
    assert.equal(await simulator.status('DELETE', await simulator.pathOf(frontDoor, 'Plumber')), 204);
    assert.deepEqual(await simulator.json(auth), before);
    await simulator.status('POST', `/smartlock/${frontDoor}/sync`);
    await simulator.clock.advance(60_000);
    assert.deepEqual(await simulator.json(auth), before);
    assert.deepEqual(
      ['Baker', 'Fam', 'Plumber'].map((name) => isStored(simulator, name)),
      [false, false, true],
    );
    assert.equal(await simulator.status('PUT', auth, baker), 204);
    await simulator.clock.advance(30_000);
    assert.ok(isStored(simulator, 'Baker'));
  });

  for (const listsUnconfirmed of [true, false]) {
    it(`unconfirmed lists a code that the keypad refuses until a sync, in a home that lists ${listsUnconfirmed ? 'all' : 'only what is confirmed'}`, async () => {
      const simulator = new TestSimulator({ conditions: { listsUnconfirmed } });
      setFault(simulator.home, 'unconfirmed', { times: 2 });
      for (const code of [333_444, 333_445]) {
        assert.equal(await simulator.status('PUT', auth, { ...baker, name: `Baker ${code}`, code }), 204);
      }
      await simulator.clock.advance(24 * 3_600_000);
      assert.equal((await listed(simulator, 'Baker 333444'))?.['updateDate'], null);
      assert.equal((await listed(simulator, 'Baker 333445'))?.['updateDate'], null);
      assert.equal(simulator.home.people.typeCode(frontDoor, 333_444).kind, 'unknown');
      await simulator.status('POST', `/smartlock/${frontDoor}/sync`);
      await simulator.clock.advance(30_000);
      assert.match(String((await listed(simulator, 'Baker 333444'))?.['updateDate']), /^2026/);
      assert.equal(simulator.home.people.typeCode(frontDoor, 333_444).kind, 'opens');
      await simulator.status('PUT', auth, { ...baker, code: 333_446 });
      await simulator.clock.advance(30_000);
      assert.match(String((await listed(simulator, 'Baker'))?.['updateDate']), /^2026/);
    });
  }

  it('token-dies revokes the token of the request, and clearing does not bring it back', async () => {
    const tokens = [{ token: demoToken }, { token: unknownToken }, { token: 'a-third-token-of-this-account' }];
    const simulator = new TestSimulator({ tokens });
    setFault(simulator.home, 'token-dies', { times: 2 });
    assert.equal(await simulator.status('GET', '/smartlock'), 401);
    assert.equal(await simulator.status('GET', '/account', undefined, unknownToken), 401);
    clearFaults(simulator.home);
    for (const [token, status] of [
      [demoToken, 401],
      [unknownToken, 401],
      ['a-third-token-of-this-account', 200],
    ] as const)
      assert.equal(await simulator.status('GET', '/smartlock', undefined, token), status);
  });

  describe('scope-missing', () => {
    it('refuses one operation with 401 until it is cleared, on all devices, while others work', async () => {
      const simulator = withFault('scope-missing');
      assert.equal(await simulator.status('GET', '/smartlock'), 200);
      assert.deepEqual(
        await statuses(3, () => simulator.status('GET', `/smartlock/${frontDoor}/log?limit=5`)),
        [401, 401, 401],
      );
      assert.equal(await simulator.status('GET', `/smartlock/${garage}/log`), 401);
      assert.equal(await simulator.act(frontDoor, 1), 204);
      assert.equal(await simulator.status('GET', auth), 200);
      assert.match(
        String(await simulator.detailMessage(simulator.send('GET', `/smartlock/${frontDoor}/log`))),
        /not authorized/,
      );
      clearFaults(simulator.home, 'scope-missing');
      assert.equal(await simulator.status('GET', `/smartlock/${frontDoor}/log`), 200);
    });

    it('takes authorizations by their ids as one operation', async () => {
      const simulator = makeSimulator();
      const [family, plumber] = [
        await simulator.pathOf(frontDoor, 'Family'),
        await simulator.pathOf(frontDoor, 'Plumber'),
      ];
      setFault(simulator.home, 'scope-missing', { times: 2 });
      assert.equal(await simulator.status('DELETE', family), 401);
      assert.equal(await simulator.status('DELETE', plumber), 401);
      assert.equal(await simulator.status('DELETE', plumber), 204);
    });
  });

  it('us-lock refuses to pull the latch with 400, and does the rest', async () => {
    const simulator = withFault('us-lock');
    assert.equal(await simulator.act(frontDoor, 3), 400);
    assert.equal(
      await simulator.detailMessage(simulator.send('POST', action, { action: 5 })),
      "The supplied value '5' for parameter 'action' is not valid",
    );
    assert.equal(await simulator.act(intercom, 3), 204);
    assert.equal(await simulator.act(parcelBox, 1), 204);
    assert.equal(await simulator.act(frontDoor, 1), 204);
    await simulator.clock.advance(30_000);
    assert.equal(simulator.home.door(frontDoor).state, 3);
    clearFaults(simulator.home);
    assert.equal(await simulator.act(frontDoor, 3), 204);
  });

  for (const [name, expected] of [
    ['webhook-duplicate', { name: 'webhook-duplicate', twice: true }],
    ['webhook-late', { name: 'webhook-late', wait: 60_000 }],
  ] as const) {
    it(`${name} is met by deliveries and by no request`, async () => {
      const simulator = withFault(name, 2);
      const { faults } = simulator.home;
      await simulator.status('GET', '/smartlock');
      assert.deepEqual(
        [1, 2, 3].map(() => faults.takeOfDelivery(frontDoor)),
        [expected, expected, undefined],
      );
      setFault(simulator.home, name, { smartlockId: garage });
      assert.equal(faults.takeOfDelivery(frontDoor), undefined);
      assert.equal(faults.takeOfDelivery(), undefined);
      assert.deepEqual(faults.takeOfDelivery(garage), expected);
    });
  }
});

describe('Faults by name', () => {
  it('are listed with what is left of them, until they are over', async () => {
    const api = makeSimulator();
    setFault(api.home, 'rate-limit', { times: 2 });
    setFault(api.home, 'us-lock', { smartlockId: frontDoor });
    setFault(api.home, 'slow');
    assert.deepEqual(activeFaults(api.home), [
      { name: 'rate-limit', left: 2 },
      { name: 'us-lock', smartlockId: frontDoor },
      { name: 'slow', left: 1 },
    ]);
    await api.status('GET', '/account');
    assert.deepEqual(activeFaults(api.home)[0], { name: 'rate-limit', left: 1 });
    await api.status('GET', '/account');
    assert.deepEqual(
      activeFaults(api.home).map(({ name }) => name),
      ['us-lock', 'slow'],
    );
    clearFaults(api.home, 'slow');
    assert.deepEqual(
      activeFaults(api.home).map(({ name }) => name),
      ['us-lock'],
    );
    clearFaults(api.home);
    assert.deepEqual(activeFaults(api.home), []);
    assert.equal(await api.act(frontDoor, 3), 204);
  });

  it('take the place of the same fault of the same device', async () => {
    const { home } = makeSimulator();
    setFault(home, 'slow', { times: 5 });
    setFault(home, 'slow', { times: 2 });
    setFault(home, 'slow', { times: 3, smartlockId: garage });
    assert.deepEqual(activeFaults(home), [
      { name: 'slow', left: 2 },
      { name: 'slow', left: 3, smartlockId: garage },
    ]);
  });

  it('of one device are met by its requests alone', async () => {
    const simulator = makeSimulator();
    setFault(simulator.home, 'bad-gateway-html', { smartlockId: garage });
    assert.equal(await simulator.status('GET', '/smartlock'), 200);
    assert.equal(await simulator.act(frontDoor, 1), 204);
    assert.equal(await simulator.status('GET', `/smartlock/${garage}`), 502);
    assert.equal(await simulator.status('GET', `/smartlock/${garage}`), 200);
    assert.deepEqual(
      simulator.home.exchanges.all.map(({ fault }) => fault),
      [undefined, undefined, 'bad-gateway-html', undefined],
    );
  });

  for (const name of faultNames) {
    it(`end when they are cleared, and tell requests their name: ${name}`, () => {
      const { home } = makeSimulator();
      const meet = (): (string | undefined)[] => [
        home.takeFault({ method: 'GET', path: `/smartlock/${frontDoor}/log`, body: '' })?.name,
        home.takeFault({ method: 'POST', path: action, body: '{"action":3}' })?.name,
        home.takeFault({ method: 'PUT', path: auth, body: JSON.stringify(baker) })?.name,
        home.takeFault({ method: 'DELETE', path: `${auth}/5d8f0e8a`, body: '' })?.name,
        home.faults.takeOfDelivery(frontDoor)?.name,
      ];
      setFault(home, name, { times: 3, smartlockId: frontDoor });
      assert.deepEqual(
        [...new Set(meet())].filter((met) => met !== undefined),
        [name],
      );
      setFault(home, name);
      clearFaults(home, name);
      assert.deepEqual(meet(), [undefined, undefined, undefined, undefined, undefined]);
    });
  }

  it('leave alone what has no name, when they are cleared', async () => {
    const simulator = withFault('slow');
    simulator.home.fault({ answer: { status: 500 } });
    clearFaults(simulator.home);
    assert.equal(await simulator.status('GET', '/account'), 500);
  });

  it('take whole numbers from 1 on, and devices of the home', () => {
    const { home } = makeSimulator();
    for (const times of [0, -1, 1.5, NaN, Infinity]) assert.throws(() => setFault(home, 'slow', { times }), RangeError);
    assert.throws(() => setFault(home, 'offline', { smartlockId: 1 }), /There is no device 1 in this home\./);
    assert.deepEqual(activeFaults(home), []);
  });

  it('say what they do, what is counted, and which last', () => {
    const texts = faultNames.map((name) => faultText(name, inEnglish));
    assert.equal(new Set(texts).size, 20);
    for (const text of texts) assert.match(text, /^[A-Z].*\.$/);
    assert.deepEqual(
      faultNames.filter((name) => faultUnit(name) !== 'requests'),
      ['offline', 'webhook-duplicate', 'webhook-late'],
    );
    assert.deepEqual(faultNames.filter(lastsUntilCleared), ['offline', 'scope-missing', 'us-lock']);
  });
});

describe('Any faults together', () => {
  const path = fc.constantFrom(
    '/account',
    '/smartlock',
    '/smartlock/auth',
    '/smartlock/auth/paged',
    '/smartlock/log',
    '/smartlock/x',
    '/nothing',
    ...[frontDoor, intercom, 1].flatMap((id) =>
      ['', '/action', '/action/advanced', '/auth', '/auth/0', '/log', '/sync', '/config'].map(
        (rest) => `/smartlock/${id}${rest}`,
      ),
    ),
  );
  const request = fc.record({
    method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
    path,
    body: fc.option(fc.constantFrom({ action: 3 }, { action: 1 }, baker, [], 'no JSON'), { nil: undefined }),
  });
  const fault = fc.record({
    name: fc.constantFrom(...faultNames),
    times: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    smartlockId: fc.option(fc.constant(frontDoor), { nil: undefined }),
  });
  const step = fc.oneof(
    { weight: 3, arbitrary: request },
    { weight: 2, arbitrary: fault },
    { weight: 1, arbitrary: fc.constantFrom('clear', 'a minute') },
  );

  it('end each request as an answer or a broken connection, and never what controls the simulation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const test = new TestSimulation({ speed: 1 });
        try {
          for (const what of steps) {
            if (what === 'a minute') await test.computer.advance(60_000);
            else if (what === 'clear') assert.equal((await test.send('DELETE', '/_sim/faults')).status, 200);
            else if ('name' in what) assert.equal((await test.send('POST', '/_sim/faults', what)).status, 200);
            else {
              const { method, path: to, body } = what;
              const end = test.send(method, to, method === 'GET' ? undefined : body).then(
                async ({ status, body: content }) => {
                  assert.notEqual(status, 500);
                  await content?.cancel();
                  return 'answered';
                },
                (error: unknown) => {
                  assert.ok(error instanceof TypeError, String(error));
                  return 'lost';
                },
              );
              await test.computer.advance(10_000);
              assert.equal(test.simulation.exchanges.all.at(-1)?.end, await end);
            }
          }
          assert.equal((await test.sendOwn('GET', '/smartlock')).status, 200);
        } finally {
          test.simulation.dispose();
        }
      }),
      { numRuns: 60 },
    );
  });
});
