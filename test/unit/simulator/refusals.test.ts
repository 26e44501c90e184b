import assert from 'node:assert/strict';
import { terrace } from '../../../src/simulator/demo/demoDevices.ts';
import { demoToken } from '../../../src/simulator/demo/demo.ts';
import { TestSimulator } from './testSimulator.ts';

const code = { name: 'Baker', remoteAllowed: false, type: 13, code: 345_678 };
const auth = `/smartlock/${terrace}/auth`;
const user = '/account/user';

describe('The simulated API refuses', () => {
  for (const [what, body] of [
    ['nothing', 'null'],
    ['a list', '[]'],
    ['a text', '"code"'],
    ['a number', '7'],
  ] as const) {
    it(`${what} where an object is due`, async () => {
      const simulator = new TestSimulator();
      assert.equal(await simulator.status('PUT', auth, body), 400);
      assert.equal(
        await simulator.detailMessage(simulator.send('PUT', auth, body)),
        "The supplied value 'null' for parameter 'body' is not valid",
      );
    });
  }

  it('an object where a list is due', async () => {
    assert.equal(await new TestSimulator().status('DELETE', '/smartlock/auth', '{}'), 400);
  });

  for (const [name, value] of [
    ['allowedWeekDays', 128],
    ['allowedWeekDays', -1],
    ['allowedWeekDays', 1.5],
    ['allowedWeekDays', '12x'],
    ['allowedWeekDays', 'x12'],
    ['allowedWeekDays', true],
    ['allowedFromTime', 1440],
    ['allowedUntilTime', 1440],
    ['allowedFromDate', 1_800_000_000_000],
    ['allowedFromDate', '2027-06-16'],
    ['allowedFromDate', '2027-06-16T08:30:00Z, or later'],
    ['allowedFromDate', 'on 2027-06-16T08:30:00Z'],
    ['allowedFromDate', '2027-06-16T08:30:00'],
    ['allowedFromDate', '2027-13-16T08:30:00Z'],
    ['name', 7],
    ['remoteAllowed', 'no'],
  ] as const) {
    it(`${JSON.stringify(value)} as ${name}, and says so`, async () => {
      const simulator = new TestSimulator();
      assert.equal(await simulator.status('PUT', auth, { ...code, [name]: value }), 400);
      assert.equal(
        await simulator.detailMessage(simulator.send('PUT', auth, { ...code, [name]: value })),
        `The supplied value '${value}' for parameter '${name}' is not valid`,
      );
    });
  }

  for (const date of ['2027-06-16T08:30Z', '2027-06-16T08:30:00.000Z', '2027-06-16T10:30:00+02:00', null]) {
    it(`no date written as ${date}`, async () => {
      assert.equal(await new TestSimulator().status('PUT', auth, { ...code, allowedFromDate: date }), 204);
    });
  }

  for (const header of ['', 'Bearer', 'Bearer ', demoToken, `Basic ${demoToken}`, `Not Bearer ${demoToken}`]) {
    it(`a request with "${header.replace(demoToken, '(token)')}"`, async () => {
      const request = new Request('https://api.nuki.io/account', { headers: { authorization: header } });
      const answer = await new TestSimulator().api(request);
      assert.equal(answer.status, 401);
      assert.deepEqual(await answer.json(), {
        detailMessage: 'Your access token is not authorized',
        stackTrace: [],
        suppressedExceptions: [],
      });
    });
  }

  it('paths and methods that it has not in the words of its framework', async () => {
    const simulator = new TestSimulator();
    const uri = 'http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html';
    assert.deepEqual(await simulator.json('/smartdoor'), {
      code: 404,
      description: 'The server has not found anything matching the request URI',
      homeRef: '/',
      reasonPhrase: 'Not Found',
      uri,
    });
    assert.deepEqual(await (await simulator.send('PUT', '/account')).json(), {
      code: 405,
      description: 'The method specified in the request is not allowed for the resource',
      homeRef: '/',
      reasonPhrase: 'Method Not Allowed',
      uri,
    });
  });

  it('people without an address or a name, and an address that another has', async () => {
    const simulator = new TestSimulator();
    const status = (body: object): Promise<number> => simulator.status('PUT', user, body);
    assert.equal(await status({ name: 'Eva' }), 400);
    assert.equal(await status({ email: 'eva@example.com' }), 400);
    assert.equal(await status({ email: '', name: 'Eva' }), 400);
    for (const email of ['eva', 'eva@', '@example.com', 'e va@example.com', 'eva@example.com and more', 'to a@b.c']) {
      assert.equal(await status({ email, name: 'Eva' }), 400, email);
    }
    assert.equal(await status({ email: 'anna.berger@example.com', name: 'Eva' }), 409);
    assert.equal(await status({ email: 'eva@example.com', name: 'Eva' }), 200);
  });
});

describe('The simulated API lists people', () => {
  const names = async (query: string): Promise<unknown> => {
    const people = await new TestSimulator().json(`${user}${query}`);
    assert.ok(Array.isArray(people));
    return people.map((person: { name: string }) => person.name.split(' ')[0]);
  };

  it('by address, and in pages', async () => {
    assert.deepEqual(await names(''), ['Anna', 'Ben', 'Clara', 'Dora']);
    assert.deepEqual(await names('?email=ben.berger@example.com'), ['Ben']);
    assert.deepEqual(await names('?offset=1&limit=2'), ['Ben', 'Clara']);
    assert.deepEqual(await names('?offset=3'), ['Dora']);
  });

  it('with what one of them became, who may keep the address', async () => {
    const simulator = new TestSimulator();
    const anna = `${user}/1000101`;
    assert.equal(await simulator.status('POST', anna, { email: 'anna.berger@example.com', name: 'Anna B.' }), 200);
    assert.equal(await simulator.status('POST', anna, { email: 'ben.berger@example.com' }), 409);
    assert.equal(await simulator.status('POST', `${user}/7`, { name: 'Nobody' }), 404);
    assert.partialDeepStrictEqual(await simulator.json(anna), { name: 'Anna B.', email: 'anna.berger@example.com' });
  });

  it('each with a number after the last, and a language', async () => {
    const simulator = new TestSimulator();
    const create = async (more: object): Promise<unknown> =>
      (await simulator.send('PUT', user, { name: 'Eva', ...more })).json();
    const first = await create({ email: 'eva@example.com' });
    assert.partialDeepStrictEqual(first, { accountUserId: 1_000_105, language: 'en', name: 'Eva' });
    const second = await create({ email: 'eve@example.com', language: 'de' });
    assert.partialDeepStrictEqual(second, { accountUserId: 1_000_106, language: 'de' });
  });
});
