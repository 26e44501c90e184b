import assert from 'node:assert/strict';
import { routes } from '../../../src/simulator/api/api.ts';
import { demoToken } from '../../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator, unknownToken } from './testSimulator.ts';

const refusal = 'Your access token is not authorized';

describe('A token of a simulated home', () => {
  it('that is dead is refused everywhere, known or not', async () => {
    const simulator = new TestSimulator();
    simulator.home.revoke(demoToken);
    for (const path of ['/account', '/smartlock', '/smartlock/log', '/no/such/path']) {
      const answer = simulator.send('GET', path);
      assert.equal((await answer).status, 401);
      assert.equal(await simulator.detailMessage(answer), refusal);
    }
    const api = simulator.api(new Request('https://api.nuki.io/smartlock'));
    assert.equal((await api).status, 401);
  });

  it('can do what its scopes say, and is refused elsewhere with the same 401', async () => {
    const cases: readonly (readonly [scope: string, allowed: number])[] = [
      ['smartlock.readOnly', 2],
      ['smartlock', 3],
      ['smartlock.action', 7],
      ['smartlock.config', 6],
      ['smartlock.log', 7],
      ['smartlock.auth', 16],
      ['account', 20],
      ['webhook.decentral', 3],
      ['notification', 0],
    ];
    for (const [scope, allowed] of cases) {
      const simulator = new TestSimulator({ tokens: [{ token: unknownToken, scopes: [scope] }] });
      const statuses: number[] = [];
      for (const { method, path } of routes) {
        statuses.push(await simulator.status(method, path.replace(/\{\w+\}/g, '1'), undefined, unknownToken));
      }
      assert.equal(statuses.filter((status) => status !== 401).length, allowed, scope);
    }
  });
});

describe('The simulated API', () => {
  it('has no other paths and methods', async () => {
    const simulator = new TestSimulator();
    const notFound = await simulator.send('GET', '/smartlocks');
    assert.equal(notFound.status, 404);
    assert.match(await notFound.text(), /"code":404.*"reasonPhrase":"Not Found"/);
    assert.equal(await simulator.status('PUT', '/smartlock'), 405);
    assert.equal(await simulator.status('DELETE', '/smartlock/log'), 405);
  });

  it('tells no device, a device of another account and a device by a wrong id apart', async () => {
    const simulator = new TestSimulator({ foreignDevices: [17_179_869_185] });
    assert.equal(await simulator.status('GET', '/smartlock/17179869185'), 403);
    assert.equal(await (await simulator.send('GET', '/smartlock/17179869185')).text(), '');
    assert.equal(await simulator.status('GET', '/smartlock/17179869186'), 404);
    assert.equal(await simulator.status('GET', '/smartlock/1A2B3C4D'), 404);
    assert.equal(await simulator.status('GET', `/smartlock/${frontDoor}`), 200);
  });

  it('refuses a body that is no JSON, and notes it as it is', async () => {
    const simulator = new TestSimulator();
    assert.equal(await simulator.status('POST', `/smartlock/${frontDoor}/action`, '{"action":'), 400);
    assert.equal(await simulator.status('POST', `/smartlock/${frontDoor}/action`), 400);
    assert.equal(await simulator.status('POST', `/smartlock/${frontDoor}/action`, { action: '1a' }), 400);
    assert.equal(simulator.home.exchanges.all[0]?.body, '{"action":');
  });

  it('dates its answers and calls JSON JSON', async () => {
    const simulator = new TestSimulator();
    const { headers } = await simulator.send('GET', '/account');
    assert.equal(headers.get('date'), new Date(simulator.clock.now()).toUTCString());
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
  });

  it('remembers the last thousand requests', async () => {
    const simulator = new TestSimulator();
    for (let count = 0; count < 1005; count += 1) await simulator.send('GET', `/account/user?offset=${count}`);
    const { all } = simulator.home.exchanges;
    assert.equal(all.length, 1000);
    const { number, path, status, operation } = all.at(-1) ?? {};
    assert.deepEqual([number, path, status], [1005, '/account/user?offset=1004', 200]);
    assert.equal(operation, 'GET /account/user');
  });

  for (const id of ['%E0%A4%A', '99999999999999999999999', '1e3', '-1', '0x1', '%20', '17179869186.0', '__proto__']) {
    it(`knows no device ${id}`, async () => {
      const simulator = new TestSimulator({ foreignDevices: [1000, 17_179_869_186] });
      assert.equal(await simulator.status('GET', `/smartlock/${id}`), 404);
      assert.equal(await simulator.status('POST', `/smartlock/${id}/action`, { action: 2 }), 404);
    });
  }

  for (const [method, path, error] of [
    ['POST', '/account/otp', 'POST /account/otp is not simulated.'],
    ['GET', '/service/7', 'GET /service/{serviceId} is not simulated.'],
    [
      'DELETE',
      `/smartlock/${frontDoor}`,
      'DELETE /smartlock/{smartlockId} is not simulated. With Nuki it removes the device from the account. ' +
        'DELETE /smartlock/{smartlockId}/auth/{id} removes an authorization.',
    ],
  ] as const) {
    it(`names what it lacks: ${method} ${path}`, async () => {
      const simulator = new TestSimulator();
      const answer = await simulator.send(method, path);
      assert.equal(answer.status, 501);
      assert.deepEqual(await answer.json(), { error });
      assert.equal(await simulator.status(method, path, undefined, unknownToken), 401);
      assert.equal(await simulator.status('GET', `/smartlock/${frontDoor}`), 200);
    });
  }
});

describe('Account users of a simulated home', () => {
  it('are created at once, changed, and removed later', async () => {
    const simulator = new TestSimulator();
    const answer = await simulator.send('PUT', '/account/user', { email: 'emma@example.com', name: 'Emma' });
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /"accountUserId":1000105,/);
    assert.equal(await simulator.status('PUT', '/account/user', { email: 'emma@example.com', name: 'Emma' }), 409);
    for (const wrong of [{ email: 'emma2@example.com' }, { name: 'Emma' }, { email: 'emma2', name: 'Emma' }]) {
      assert.equal(await simulator.status('PUT', '/account/user', wrong), 400, JSON.stringify(wrong));
    }
    assert.equal(
      await simulator.status('POST', '/account/user/1000105', { email: 'emma@example.com', name: 'Em' }),
      200,
    );
    assert.equal(await simulator.status('POST', '/account/user/1000105', {}), 200);
    assert.match(
      JSON.stringify(await simulator.json('/account/user/1000105')),
      /"email":"emma@example.com","name":"Em"/,
    );
    assert.equal(await simulator.status('DELETE', '/account/user/1000105'), 204);
    assert.equal(await simulator.status('POST', '/account/user/1000105', { name: 'Emma' }), 423);
    assert.equal(await simulator.status('DELETE', '/account/user/1000105'), 423);
    await simulator.clock.advance(10_000);
    assert.equal(await simulator.status('GET', '/account/user/1000105'), 404);
  });
});
