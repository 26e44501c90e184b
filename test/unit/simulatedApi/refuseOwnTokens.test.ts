import assert from 'node:assert/strict';
import { ownTokenSentence, refuseOwnTokens, withoutTokens } from '../../../src/simulatedApi/refuseOwnTokens.ts';

const simulated = 'simulated-0123456789abcdef';
const own = 'fedcba9876543210fedcba9876543210';

function setUp() {
  const handled: string[] = [];
  const bodies: string[] = [];
  const refused: string[] = [];
  const asked: string[] = [];
  const handle = refuseOwnTokens(
    async (request) => {
      handled.push(request.url);
      bodies.push(await request.text());
      return new Response();
    },
    simulated,
    (tokens) => {
      asked.push(...tokens);
      return Promise.resolve(tokens.has(own));
    },
    ({ method, url }) => refused.push(`${method} ${url}`),
  );
  const send = (authorization: string | undefined, path = '/smartlock'): Promise<Response> =>
    handle(
      new Request(`http://127.0.0.1:8123${path}`, authorization === undefined ? {} : { headers: { authorization } }),
    );
  return { handle, send, handled, bodies, refused, asked };
}

describe('a token of the user’s own account', () => {
  for (const [how, authorization, path] of [
    ['as a bearer token', `Bearer ${own}`, '/smartlock'],
    ['in lower case', `bearer ${own}`, '/smartlock'],
    ['without a scheme', own, '/smartlock'],
    ['beside another one', `Bearer ${simulated}, Bearer ${own}`, '/smartlock'],
    ['in the address', `Bearer ${simulated}`, `/smartlock?access_token=${own}`],
    ['in a request to the simulation itself', `Bearer ${own}`, '/_sim/journal'],
  ] as const) {
    it(`is refused ${how}, with a sentence that says why and without being passed on`, async () => {
      const { send, handled, refused } = setUp();
      const response = await send(authorization, path);
      assert.equal(response.status, 401);
      assert.equal(response.headers.get('x-simulated'), 'keyturner');
      const text = await response.text();
      assert.deepEqual(JSON.parse(text), { error: ownTokenSentence });
      assert.ok(!text.includes(own));
      assert.deepEqual(handled, []);
      assert.deepEqual(refused, [`GET http://127.0.0.1:8123${path}`]);
    });
  }

  for (const [where, path, init] of [
    ['in a header of another name', '/smartlock', { headers: { 'X-API-KEY': own } }],
    ['as a password', '/smartlock', { headers: { authorization: `Basic ${btoa(`user:${own}`)}` } }],
    ['in the path', `/smartlock/${own}/log`, {}],
    ['in the path, with its letters encoded', `/smartlock/%66${own.slice(1)}`, {}],
    ['as a name in the query', `/smartlock?${own}`, {}],
    ['in JSON', '/smartlock/17/auth', { method: 'PUT', body: JSON.stringify({ name: 'x', list: [{ token: own }] }) }],
    ['in a form', '/smartlock/17/auth', { method: 'POST', body: `grant=x&token=${own}` }],
    ['in a body that is no JSON', '/_sim/faults', { method: 'POST', body: `{"name": "${own}` }],
  ] as const) {
    it(`is refused ${where}`, async () => {
      const { handle, handled } = setUp();
      const response = await handle(new Request(`http://127.0.0.1:8123${path}`, init));
      assert.equal(response.status, 401);
      assert.ok(!(await response.text()).includes(own));
      assert.deepEqual(handled, []);
    });
  }

  it('leaves the body of a request that has none to the API', async () => {
    const { handle, bodies } = setUp();
    const body = JSON.stringify({ name: 'Cleaner with a rather long-winded-name-of-hers' });
    await handle(new Request('http://127.0.0.1:8123/smartlock/17/auth', { method: 'PUT', body }));
    assert.deepEqual(bodies, [body]);
  });

  it('is looked for in no request that has the simulated API’s token alone', async () => {
    const { send, handled, asked } = setUp();
    await send(`Bearer ${simulated}`, '/smartlock/17179869184/log?limit=20&fromDate=2026-11-26T12:00:00Z');
    assert.equal(handled.length, 1);
    assert.deepEqual(asked, []);
  });

  it('is told from unknown tokens and from none, about which the API decides', async () => {
    const { send, handled, refused } = setUp();
    await send(`Bearer ${'x'.repeat(32)}`);
    await send('Bearer short');
    await send(undefined);
    assert.equal(handled.length, 3);
    assert.deepEqual(refused, []);
  });

  it('is left out of the path that is shown', () => {
    assert.equal(withoutTokens(`/smartlock/${own}/log`), '/smartlock/***/log');
    assert.equal(withoutTokens(`/smartlock/%66${own.slice(1)}/%ff%zz%`), '/smartlock/***/%ff%zz%');
  });
});
