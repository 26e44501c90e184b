import assert from 'node:assert/strict';
import { readTokenHolders, type TokenHolder } from '../../../../src/model/accounts/tokenHolders.ts';
import { createClient } from '../../../../src/nuki/http/client.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import { makeIntegrations, type IntegrationDetails } from '../../../../src/simulator/integrations.ts';
import type { SimulatedToken } from '../../../../src/simulator/tokens.ts';
import type { HomeOptions } from '../../../../src/simulator/home.ts';
import { FakeClock } from '../../fakeClock.ts';
import { TestSimulator } from '../../simulator/testSimulator.ts';

const needed = ['account', 'smartlock.readOnly', 'smartlock.action', 'smartlock.auth', 'smartlock.log'];
const day = 86_400_000;

/** What Keyturner, whose token has these scopes, says of the holders of a home; by their descriptions or names. */
async function read(
  { scopes = needed, ...token }: Partial<SimulatedToken>,
  others: readonly IntegrationDetails[] = [],
  changes: Partial<HomeOptions> = {},
) {
  const tokens = [{ token: demoToken, scopes, description: 'mine', ...token }];
  const simulator = new TestSimulator({ tokens, integrations: makeIntegrations(others), ...changes });
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return simulator.api(request);
  };
  const client = createClient(demoToken, { fetch, clock: simulator.clock, random: () => 0 });
  const { holders, unreadable } = await readTokenHolders(client, '7', simulator.clock.now());
  const of = (name: string): TokenHolder =>
    holders.find(({ integration }) => [integration.description, integration.name].includes(name)) ?? assert.fail(name);
  return { asked, holders, unreadable, of };
}

const token = (description: string, scopes: readonly string[] | undefined = needed): IntegrationDetails => ({
  name: 'API token',
  vendorKey: 'API_TOKEN',
  description,
  ...(scopes && { scopes }),
});

describe('the token that Keyturner uses', () => {
  it('is known where no other API token can do the same, by five reads', async () => {
    const { asked, of, holders } = await read({}, [
      token('no log', needed.slice(0, -1)),
      token(
        'no codes',
        needed.filter((scope) => scope !== 'smartlock.auth'),
      ),
      { name: 'Alexa', vendorKey: 'ALEXA', scopes: needed },
    ]);
    assert.deepEqual(
      ['mine', 'no log', 'no codes', 'Alexa'].map((name) => of(name).ownership),
      ['own', 'other', 'other', 'other'],
    );
    assert.equal(holders[0], of('mine'));
    assert.deepEqual(asked, [
      'GET /account/integration',
      'GET /account',
      'GET /smartlock',
      'GET /smartlock/auth/paged',
      'GET /smartlock/log',
    ]);
  });

  it('is one of several that can do the same, whenever they were used', async () => {
    const old = { ...token('another'), lastActiveAt: '2020-01-01T00:00:00.000Z' };
    const { of, holders } = await read({}, [token('less', []), old]);
    assert.deepEqual(
      [of('mine').ownership, of('another').ownership, of('less').ownership],
      ['maybe', 'maybe', 'other'],
    );
    assert.deepEqual(of('mine').marks, []);
    assert.equal(holders.at(-1), of('less'));
  });

  it('may be one whose scopes are not told, or differ where nothing was tried', async () => {
    const changing = {
      ...token(
        'no operating',
        needed.filter((scope) => scope !== 'smartlock.action'),
      ),
    };
    const { of } = await read({}, [{ name: 'API token', vendorKey: 'API_TOKEN', description: 'untold' }, changing]);
    assert.deepEqual(
      [of('mine').ownership, of('untold').ownership, of('no operating').ownership],
      ['maybe', 'maybe', 'maybe'],
    );
  });

  it('is not certain where something in the list was not understood', async () => {
    const [other] = makeIntegrations([token('other', [])]);
    assert.ok(other);
    const twice = { ...other, tokenId: '5' };
    const { of, unreadable } = await read({}, [], { integrations: [twice, { ...twice, name: 'the same id' }] });
    assert.deepEqual([of('mine').ownership, unreadable], ['maybe', 1]);
  });

  it('is not certain where something may be an API token and has no id', async () => {
    const [made] = makeIntegrations([token('without an id')]);
    assert.ok(made);
    const { tokenId: _, ...ofTheKey } = made;
    const withIt = await read({}, [], { integrations: [ofTheKey] });
    assert.deepEqual(
      withIt.holders.map(({ ownership }) => ownership),
      ['maybe', 'maybe'],
    );
    for (const other of [
      { ...ofTheKey, device: true },
      { ...ofTheKey, clientId: '77' },
      { ...ofTheKey, scopes: [] },
    ]) {
      const { of } = await read({}, [], { integrations: [other] });
      assert.deepEqual([of('mine').ownership, of('without an id').ownership], ['own', 'other']);
    }
  });

  it('is not certain where nothing could be tried, or where what fits has no id', async () => {
    const simulator = new TestSimulator({
      tokens: [{ token: demoToken, scopes: needed, description: 'mine' }],
      integrations: [],
    });
    const fetch: typeof globalThis.fetch = async (input, init) => await simulator.api(new Request(input, init));
    const client = createClient(demoToken, {
      fetch,
      clock: Object.assign(new FakeClock(), { wait: () => Promise.resolve() }),
      random: () => 0,
    });
    const ownerships = async (): Promise<readonly string[]> =>
      (await readTokenHolders(client, '7', simulator.clock.now())).holders.map(({ ownership }) => ownership);
    assert.deepEqual(await ownerships(), ['own']);
    const isProbe = ({ path }: { readonly path: string }): boolean => !path.startsWith('/account/integration');
    simulator.home.fault({ method: 'GET', meets: isProbe, times: 99, answer: { status: 500 } });
    assert.deepEqual(await ownerships(), ['maybe']);
    simulator.home.clearFaults();
    const withoutIds = async (list: Response): Promise<Response> =>
      new Response(
        JSON.stringify(await list.json(), (key, value: unknown) =>
          /^(token|client)Id$/.test(key) ? undefined : value,
        ),
        list,
      );
    simulator.home.fault({ method: 'GET', path: /integration/, change: withoutIds });
    assert.deepEqual(await ownerships(), ['maybe']);
  });

  it('is none of another account', async () => {
    const ofSub = { ...token('of a sub account'), subAccount: { accountId: 8, name: 'Ben' } };
    const { of } = await read({}, [ofSub]);
    assert.deepEqual([of('mine').ownership, of('of a sub account').ownership], ['own', 'other']);
  });

  it('of a sub account may have scopes that the account itself is refused', async () => {
    const { account } = new TestSimulator().home;
    const changes = { account: { ...account, masterAccountId: 9, rights: 2 } };
    const { of } = await read({ scopes: needed.slice(0, -1) }, [token('whole')], changes);
    assert.deepEqual([of('mine').ownership, of('whole').ownership], ['maybe', 'maybe']);
  });

  it('is marked where it can do what Keyturner has no use for', async () => {
    const { of } = await read({ scopes: [...needed, 'smartlock.config', 'notification', 'new.scope'] }, [
      token('other', ['smartlock.config']),
    ]);
    assert.deepEqual(of('mine').marks, [{ kind: 'broad', scopes: ['smartlock.config', 'notification', 'new.scope'] }]);
    assert.deepEqual(of('other').marks, []);
  });

  it('cannot be looked for without the permission for the account', async () => {
    await assert.rejects(
      read({ scopes: needed.slice(1) }),
      (error) => error instanceof NukiError && error.reason === 'unauthorized',
    );
  });
});

describe('what has access to an account', () => {
  const now = new TestSimulator().clock.now();
  const ago = (ms: number): string => new Date(now - ms).toISOString();
  const marksOf = async (details: Partial<IntegrationDetails> & object): Promise<unknown> => {
    const { of } = await read({}, [{ name: 'Alexa', vendorKey: 'ALEXA', ...details }]);
    return of('Alexa').marks;
  };

  for (const [what, details, marks] of [
    ['was not used for 90 days', { lastActiveAt: ago(90 * day) }, [{ kind: 'stale', since: 90 * day, wasUsed: true }]],
    ['was used 90 days ago but for a second', { lastActiveAt: ago(90 * day - 1_000), createdAt: ago(300 * day) }, []],
    ['was never used in 90 days', { createdAt: ago(90 * day) }, [{ kind: 'stale', since: 90 * day, wasUsed: false }]],
    ['was created since and not used', { createdAt: ago(89 * day) }, []],
    ['has no dates', {}, []],
    ['has a date that nothing knows', { createdAt: ago(300 * day), lastActiveAt: 'yesterday' }, []],
    ['is of the old kind', { isLegacy: true }, [{ kind: 'legacy' }]],
  ] as const) {
    it(`is marked as it should be where it ${what}`, async () => {
      assert.deepEqual(await marksOf(details), marks);
    });
  }

  it('is of the old kind by its version alone, and by the warning alone', async () => {
    const [made] = makeIntegrations([{ name: 'Old', vendorKey: 'OTHER' }]);
    assert.ok(made);
    for (const each of [
      { ...made, version: 'LEGACY' as const },
      { ...made, warning: true },
    ]) {
      const { of } = await read({}, [], { integrations: [each] });
      assert.deepEqual(of('Old').marks, [{ kind: 'legacy' }]);
    }
  });

  it('comes with what is marked first, then as Nuki lists it', async () => {
    const { holders } = await read({}, [
      { name: 'A', vendorKey: 'ALEXA' },
      { name: 'B', vendorKey: 'IOS', isLegacy: true },
      { name: 'C', vendorKey: 'IOS' },
    ]);
    assert.deepEqual(
      holders.map(({ integration }) => integration.name),
      ['API token', 'B', 'A', 'C'],
    );
  });
});
