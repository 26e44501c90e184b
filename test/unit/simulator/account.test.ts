import assert from 'node:assert/strict';
import * as v from 'valibot';
import { demoToken } from '../../../src/simulator/demo/demo.ts';
import { demoAccountId } from '../../../src/simulator/demo/demoDevices.ts';
import type { IntegrationJson } from '../../../src/simulator/wire.ts';
import { TestSimulator, unknownToken } from './testSimulator.ts';

const integrations = v.array(
  v.object({
    tokenId: v.optional(v.string()),
    clientId: v.string(),
    scopes: v.array(v.string()),
    lastActiveAt: v.optional(v.string()),
  }),
);

async function integrationsOf(simulator: TestSimulator): Promise<v.InferOutput<typeof integrations>> {
  return v.parse(integrations, await simulator.json('/account/integration'));
}

describe('What has access to a simulated account', () => {
  const tokens = [{ token: demoToken }, { token: unknownToken, scopes: ['smartlock'] }];

  it('are its tokens, with their scopes and their last use, and without what they are', async () => {
    const simulator = new TestSimulator({ tokens, integrations: [] });
    const [own, other] = await integrationsOf(simulator);
    assert.equal(own?.lastActiveAt, new Date(simulator.clock.now()).toISOString());
    assert.ok(own.scopes.includes('account') && own.scopes.includes('webhook.decentral'));
    assert.deepEqual([other?.scopes, other?.lastActiveAt], [['smartlock'], undefined]);
    const text = JSON.stringify(await simulator.json('/account/integration'));
    assert.ok(!text.includes(demoToken) && !text.includes(unknownToken));
  });

  it('loses it when its token is revoked, and no other does', async () => {
    const simulator = new TestSimulator({ tokens, integrations: [] });
    assert.equal(await simulator.status('GET', '/smartlock', undefined, unknownToken), 200);
    const [, other] = await integrationsOf(simulator);
    assert.equal(await simulator.status('DELETE', `/account/integration?tokenId=${other?.tokenId}`), 204);
    assert.equal(await simulator.status('GET', '/smartlock', undefined, unknownToken), 401);
    assert.equal((await integrationsOf(simulator)).length, 1);
  });

  it('loses it with the API key, the client that revokes it too', async () => {
    const simulator = new TestSimulator({ tokens, integrations: [] });
    const [own] = await integrationsOf(simulator);
    assert.equal(await simulator.status('DELETE', `/account/integration?apiKeyId=${own?.clientId}`), 204);
    assert.equal(await simulator.status('GET', '/account'), 401);
    assert.equal(await simulator.status('GET', '/smartlock', undefined, unknownToken), 401);
  });

  it('loses it with the API key, and no program does', async () => {
    const simulator = new TestSimulator({ tokens });
    const programs = simulator.home.integrations.filter(({ vendorKey }) => vendorKey !== 'API_TOKEN');
    assert.ok(programs.length > 3 && programs.length < simulator.home.integrations.length);
    const [own] = await integrationsOf(simulator);
    assert.equal(await simulator.status('DELETE', `/account/integration?apiKeyId=${own?.clientId}`), 204);
    assert.deepEqual(simulator.home.integrations, programs);
  });

  it('revokes a token that is not one of the home, a program by its client, and nothing by a wrong pair', async () => {
    const simulator = new TestSimulator({ tokens });
    const named = (name: string): IntegrationJson | undefined =>
      simulator.home.integrations.find((one) => [one.name, one.description].includes(name));
    const assistant = named('Home Assistant')?.tokenId;
    const alexa = named('Amazon Alexa')?.clientId;
    const wrong = `/account/integration?apiKeyId=${alexa}&tokenId=${assistant}`;
    assert.equal(await simulator.status('DELETE', wrong), 404);
    const before = simulator.home.integrations.length;
    assert.equal(await simulator.status('DELETE', `/account/integration?tokenId=${assistant}`), 204);
    assert.equal(await simulator.status('DELETE', `/account/integration?apiKeyId=${alexa}`), 204);
    assert.equal(simulator.home.integrations.length, before - 2);
    assert.deepEqual([named('Home Assistant'), named('Amazon Alexa')], [undefined, undefined]);
    assert.equal(await simulator.status('GET', '/account'), 200);
  });

  it('is not revoked where it is not said whose', async () => {
    const simulator = new TestSimulator({ tokens, integrations: [] });
    for (const [query, status] of [
      ['', 400],
      ['?tokenId=x', 400],
      ['?tokenId=7', 404],
      ['?apiKeyId=7', 404],
    ] as const) {
      assert.equal(await simulator.status('DELETE', `/account/integration${query}`), status, query);
    }
    assert.equal((await integrationsOf(simulator)).length, 2);
  });

  for (const [query, survives] of [
    ['', false],
    ['?deleteApiTokens=true', false],
    ['?deleteApiTokens=false', true],
  ] as const) {
    it(`${survives ? 'keeps' : 'loses'} it with a new password${query && ` and ${query}`}`, async () => {
      const simulator = new TestSimulator({ tokens, integrations: [] });
      const body = { language: 'de', password: 'long enough' };
      assert.equal(await simulator.status('POST', `/account${query}`, body), 204);
      assert.equal(await simulator.status('GET', '/smartlock', undefined, unknownToken), survives ? 200 : 401);
    });
  }

  it('keeps it where the account changes otherwise, or the password is refused', async () => {
    const simulator = new TestSimulator({ tokens, integrations: [] });
    assert.equal(await simulator.status('POST', '/account', { language: 'de', name: 'A' }), 204);
    assert.partialDeepStrictEqual(await simulator.json('/account'), { language: 'de', name: 'A' });
    const refused = simulator.send('POST', '/account', { language: 'de', password: 'secret' });
    assert.match((await simulator.detailMessage(refused)) ?? '', /'\*{6}' for parameter 'password' is not valid$/);
    assert.equal(await simulator.status('POST', '/account?deleteApiTokens=no', { language: 'de' }), 400);
    assert.partialDeepStrictEqual(await simulator.json('/account'), { name: 'A', email: 'anna.berger@example.com' });
  });
});

describe('People of a simulated account', () => {
  for (const peopleTakeAuthorizations of [true, false]) {
    it(`${peopleTakeAuthorizations ? 'take' : 'leave'} their authorizations when they are removed, and no others`, async () => {
      const simulator = new TestSimulator({ conditions: { peopleTakeAuthorizations } });
      const ben = 1_000_102;
      const counted = (): readonly number[] => {
        const all = simulator.home.devices().flatMap(({ id }) => simulator.home.authorizationsOnLock(id));
        return [all.filter(({ accountUserId }) => accountUserId === ben).length, all.length];
      };
      const [ofBen = 0, all = 0] = counted();
      assert.ok(ofBen > 4);
      assert.equal(await simulator.status('DELETE', `/account/user/${ben}`), 204);
      assert.deepEqual(counted(), [ofBen, all]);
      await simulator.clock.advance(60_000);
      assert.equal(await simulator.status('GET', `/account/user/${ben}`), 404);
      // The cellar is offline: what it has to do waits.
      const gone = peopleTakeAuthorizations ? ofBen - 1 : 0;
      assert.deepEqual(counted(), [ofBen - gone, all - gone]);
    });
  }
});

describe('Accounts that share the devices of a simulated one', () => {
  it('are made, listed by a part of their address, changed and removed', async () => {
    const simulator = new TestSimulator();
    const eva = { email: 'eva@example.com', name: 'Eva', language: 'de', password: 'long enough', rights: 8 };
    for (const name of Object.keys(eva)) {
      assert.equal(await simulator.status('PUT', '/account/sub', { ...eva, [name]: null }), 400, name);
    }
    assert.equal(await simulator.status('PUT', '/account/sub', { ...eva, email: 'anna.berger@example.com' }), 409);
    const made: unknown = await (await simulator.send('PUT', '/account/sub', eva)).json();
    assert.partialDeepStrictEqual(made, { accountId: demoAccountId + 2, masterAccountId: demoAccountId, rights: 8 });
    assert.ok(!JSON.stringify(made).includes('long enough'));
    assert.deepEqual(await simulator.json('/account/sub?email=eva'), [made]);
    const path = `/account/sub/${demoAccountId + 2}`;
    assert.equal(await simulator.status('POST', path, { language: 'en', email: 'eva@example.com', rights: 127 }), 204);
    assert.partialDeepStrictEqual(await simulator.json(path), { language: 'en', rights: 127, name: 'Eva' });
    assert.equal(await simulator.status('DELETE', path), 204);
    assert.equal(await simulator.status('GET', path), 404);
    assert.deepEqual(await simulator.json('/account/sub?email=eva'), []);
  });
});

describe('Notifications of a simulated account', () => {
  const settings = [{ triggerEvents: ['lock', 'ring'] }];

  it('have a key where they go to an address, and none where they go to a phone', async () => {
    const simulator = new TestSimulator();
    const create = async (body: object): Promise<Record<string, unknown>> => {
      const answer = await simulator.send('PUT', '/notification', { settings, ...body });
      return v.parse(v.record(v.string(), v.unknown()), await answer.json());
    };
    const hook = await create({ os: 2, pushId: 'http://127.0.0.1:9/x' });
    assert.match(String(hook['secret']), /^[0-9a-f]{40}$/);
    const phone = await create({ os: 1, pushId: 'abc' });
    assert.equal('secret' in phone, false);
    const path = `/notification/${String(hook['notificationId'])}`;
    const changed = await simulator.send('POST', path, { os: 2, pushId: 'http://127.0.0.1:9/y', settings });
    assert.partialDeepStrictEqual(await changed.json(), { secret: hook['secret'], pushId: 'http://127.0.0.1:9/y' });
  });

  for (const wrong of [
    { os: 3 },
    { os: null },
    { pushId: '' },
    { os: 2, pushId: 'nowhere' },
    { settings: null },
    { settings: [{}] },
    { settings: [{ triggerEvents: [1] }] },
    { settings: [{ triggerEvents: [], smartlockId: -1 }] },
    { settings: [7] },
  ]) {
    it(`are refused with ${JSON.stringify(wrong)}`, async () => {
      const simulator = new TestSimulator();
      assert.equal(await simulator.status('PUT', '/notification', { os: 0, pushId: 'x', settings, ...wrong }), 400);
      assert.deepEqual(await simulator.json('/notification'), []);
    });
  }
});
