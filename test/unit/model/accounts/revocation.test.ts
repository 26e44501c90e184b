import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { revoke, type RevocationResult } from '../../../../src/model/accounts/revocation.ts';
import { createClient } from '../../../../src/nuki/http/client.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { revocationOf, type Revocation } from '../../../../src/nuki/integration.ts';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import { TestSimulator } from '../../simulator/testSimulator.ts';

/** The demo home, its client, and what was asked of it. */
function setUp() {
  const simulator = new TestSimulator();
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    asked.push(`${request.method} ${request.url.replace('https://api.nuki.io', '')}`);
    return simulator.api(request);
  };
  const client = createClient(demoToken, { fetch, clock: simulator.clock, random: () => 0 });
  const play = async (revocation: Revocation): Promise<RevocationResult> => {
    const over = { isTrue: false };
    const end = (): void => void (over.isTrue = true);
    const work = revoke(client, revocation, simulator.clock);
    work.then(end, end);
    const late = AbortSignal.timeout(30_000); // the test has failed by then, and its process would never end
    while (!over.isTrue && !late.aborted) {
      // Between two attempts the client waits by the true clock.
      if (simulator.clock.waiting > 0) await simulator.clock.advance(500);
      await new Promise(setImmediate);
    }
    return await work;
  };
  const named = (name: string): Revocation => {
    const found = simulator.home.integrations.find((one) => [one.description, one.name].includes(name));
    return revocationOf({ ...empty, tokenId: found?.tokenId, clientId: found?.clientId }) ?? assert.fail(name);
  };
  const deletions = (): readonly string[] => asked.filter((request) => request.startsWith('DELETE'));
  return { simulator, client, asked, play, named, deletions };
}

const empty = {
  vendorKey: undefined,
  name: undefined,
  description: undefined,
  version: undefined,
  warning: undefined,
  device: undefined,
  createdAt: undefined,
  lastActiveAt: undefined,
  scopes: undefined,
  tokenId: undefined,
  clientId: undefined,
  subAccount: undefined,
  subAccountId: undefined,
  subAccountName: undefined,
  advancedType: undefined,
  advancedState: undefined,
};

const deletion = { method: 'DELETE', path: /^\/account\/integration/ } as const;
const list = { method: 'GET', path: /^\/account\/integration/, times: 99 } as const;

describe('a revocation', () => {
  it('names one token alone, and is proven by the list', async () => {
    const { simulator, play, named, deletions } = setUp();
    const before = simulator.home.integrations.length;
    assert.equal(await play(named('Home Assistant')), 'gone');
    assert.deepEqual(deletions(), ['DELETE /account/integration?tokenId=50001']);
    assert.equal(simulator.home.integrations.length, before - 1);
    assert.equal(simulator.home.tokens.held.length, 1);
  });

  it('names the client of what has no token of its own', async () => {
    const { play, named, deletions } = setUp();
    assert.equal(await play(named('Amazon Alexa')), 'gone');
    assert.deepEqual(deletions(), ['DELETE /account/integration?apiKeyId=2020202']);
  });

  it("of the client's own token is proven by refusals of every read", async () => {
    const { simulator, play } = setUp();
    const [own] = simulator.home.tokens.held;
    assert.equal(await play({ kind: 'token', tokenId: String(own?.tokenId) }), 'refused');
  });

  it('that Nuki accepts and does not carry out is not confirmed', async () => {
    const { simulator, play, named, deletions } = setUp();
    simulator.home.fault({ ...deletion, answer: { status: 204 } });
    assert.equal(await play(named('Home Assistant')), 'listed');
    assert.equal(deletions().length, 1);
  });

  it('whose answer is lost is sent once, and looked for', async () => {
    for (const fault of [{ loseAnswer: true }, { answer: { status: 502 } }] as const) {
      const { simulator, play, named, deletions } = setUp();
      simulator.home.fault({ ...deletion, ...fault });
      assert.equal(await play(named('Home Assistant')), 'loseAnswer' in fault ? 'gone' : 'listed');
      assert.equal(deletions().length, 1);
    }
  });

  it('that Nuki refuses is told, and nothing is read', async () => {
    const { simulator, play, named, asked } = setUp();
    simulator.home.fault({ ...deletion, answer: { status: 400 } });
    await assert.rejects(play(named('Home Assistant')), (error) => error instanceof NukiError && error.status === 400);
    assert.equal(asked.length, 1);
  });

  it('is not confirmed where no list can be read, or the account alone is refused', async () => {
    for (const status of [500, 401]) {
      const { simulator, play, named } = setUp();
      simulator.home.fault({ ...list, answer: { status } });
      assert.equal(await play(named('Home Assistant')), 'unknown', `${status}`);
    }
  });

  it('is not confirmed where something in the list was not understood', async () => {
    const { simulator, play, named } = setUp();
    const withBroken = async (listed: Response): Promise<Response> =>
      Response.json([...v.parse(v.array(v.unknown()), await listed.json()), 5]);
    simulator.home.fault({ ...list, change: withBroken });
    assert.equal(await play(named('Home Assistant')), 'unknown');
  });

  it('takes no id that is no number, and sends nothing then', async () => {
    const { client, asked } = setUp();
    for (const id of ['', '0', '-1', 'abc', '1&apiKeyId=2', '1234567890123456']) {
      for (const revocation of [
        { kind: 'token', tokenId: id },
        { kind: 'client', clientId: id },
      ] as const) {
        await assert.rejects(
          client.revoke(revocation),
          (error) => error instanceof NukiError && error.reason === 'unsupportedId',
        );
      }
    }
    assert.deepEqual(asked, []);
  });

  it('never names the client of what has a token, whatever its ids are', () => {
    const id = fc.option(fc.oneof(fc.string(), fc.nat().map(String)), { nil: undefined });
    fc.assert(
      fc.property(id, id, (tokenId, clientId) => {
        const revocation = revocationOf({ ...empty, tokenId, clientId });
        if (tokenId !== undefined) assert.notEqual(revocation?.kind, 'client');
        if (tokenId === undefined && clientId === undefined) assert.equal(revocation, undefined);
      }),
    );
  });
});
