import assert from 'node:assert/strict';
import { tryPermissions } from '../../../../src/model/accounts/tokenPermissions.ts';
import { createClient, type NukiClient } from '../../../../src/nuki/http/client.ts';
import { simulatedApi } from '../../../../src/simulator/api/api.ts';
import { demoHomeOptions } from '../../../../src/simulator/demo/demo.ts';
import { SimulatedHome } from '../../../../src/simulator/home.ts';
import { FakeClock } from '../../fakeClock.ts';

const token = 'token-0123456789-abcdef';
const scopes = {
  account: 'account',
  devices: 'smartlock.readOnly',
  operate: 'smartlock.action',
  authorizations: 'smartlock.auth',
  log: 'smartlock.log',
} as const;

/** A home whose token may do so much, and its client. */
function homeThatGrants(granted: readonly string[]): { home: SimulatedHome; client: NukiClient } {
  const clock = new FakeClock();
  const home = new SimulatedHome({ ...demoHomeOptions(clock, 3), tokens: [{ token, scopes: granted }] });
  const api = simulatedApi(home);
  const client = createClient(token, { fetch: (input, init) => api(new Request(input, init)), clock, random: () => 0 });
  return { home, client };
}

async function grantsOf(granted: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const answer = await tryPermissions(homeThatGrants(granted).client);
  assert.equal(answer.kind, 'known');
  return Object.fromEntries(answer.grants);
}

describe('the permissions of a token', () => {
  const whole = {
    account: 'granted',
    devices: 'granted',
    operate: 'untried',
    authorizations: 'granted',
    log: 'granted',
  };

  it('are all there, but for the one that only an action would show', async () => {
    assert.deepEqual(await grantsOf(Object.values(scopes)), whole);
  });

  for (const name of ['account', 'devices', 'authorizations', 'log'] as const) {
    it(`lack "${name}" alone where that is missing, though Nuki answers as to a dead token`, async () => {
      const granted = Object.values(scopes).filter((scope) => scope !== scopes[name]);
      assert.deepEqual(await grantsOf(granted), { ...whole, [name]: 'missing' });
    });
  }

  it('of a sub account come with its own rights, which may say why one is missing', async () => {
    const rightsOf = async (own: object) => {
      const options = demoHomeOptions(new FakeClock(), 3);
      const home = new SimulatedHome({ ...options, account: { ...options.account, ...own }, tokens: [{ token }] });
      const api = simulatedApi(home);
      const fetch: typeof globalThis.fetch = (input, init) => api(new Request(input, init));
      const report = await tryPermissions(createClient(token, { fetch, clock: new FakeClock(), random: () => 0 }));
      assert.equal(report.kind, 'known');
      return report.rights;
    };
    assert.equal(await rightsOf({ masterAccountId: 7, rights: 26 }), 26);
    assert.equal(await rightsOf({ masterAccountId: 7, rights: 0 }), 0);
    assert.equal(await rightsOf({}), undefined);
    assert.equal(await rightsOf({ rights: 127 }), undefined);
    assert.equal(await rightsOf({ masterAccountId: 7, rights: 'all' }), undefined);
  });

  it('are tried by reads alone', async () => {
    const { home, client } = homeThatGrants(Object.values(scopes));
    await tryPermissions(client);
    assert.equal(home.exchanges.all.length, 4);
    assert.ok(home.exchanges.all.every(({ method }) => method === 'GET'));
  });

  it('are none where every read is refused: the token is dead', async () => {
    assert.deepEqual(await tryPermissions(homeThatGrants([]).client), { kind: 'refused' });
  });

  it('are not known where Nuki cannot be reached', async () => {
    const { home, client } = homeThatGrants(Object.values(scopes));
    home.fault({ times: 99, answer: { status: 501 } });
    const answer = await tryPermissions(client);
    assert.equal(answer.kind, 'failed');
  });

  it('are not known for what failed for another reason, where the rest was answered', async () => {
    const { home, client } = homeThatGrants(Object.values(scopes));
    home.fault({ path: /\/log/, times: 9, answer: { status: 501 } });
    const answer = await tryPermissions(client);
    assert.deepEqual(answer.kind === 'known' && Object.fromEntries(answer.grants), { ...whole, log: 'untried' });
  });
});
