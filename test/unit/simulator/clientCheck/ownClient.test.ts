import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { AccountActivity } from '../../../../src/model/activity/accountActivity.ts';
import { everything } from '../../../../src/model/activity/accountFilter.ts';
import { Doorkeeper } from '../../../../src/model/actions/doorkeeper.ts';
import { Refresher } from '../../../../src/model/refresh.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import type { ActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import { checkClient, reportOf, type RuleId } from '../../../../src/simulator/clientCheck/check.ts';
import { ruleIds } from '../../../../src/simulator/clientCheck/rules.ts';
import { served, usual, type Conditions } from '../../../../src/simulator/conditions.ts';
import { frontDoor, garage, guestHouse, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { Exchanges } from '../../../../src/simulator/journal/exchanges.ts';
import { faultNames, setFault } from '../../../../src/simulator/faults/namedFaults.ts';
import { ref } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { TestSimulator } from '../testSimulator.ts';

const code = { name: 'Baker', type: 13, code: 333_444, remoteAllowed: false } as const;
const guest = { ...code, name: 'A guest with a long name', code: 918_273, allowedWeekDays: 96 } as const;

function ignoreNukiError(error: unknown): void {
  assert.ok(error instanceof NukiError, String(error));
}

/** Keyturner's own store, doorkeeper, writer and refresher on a home whose exchanges are kept. */
class OwnClient {
  readonly exchanges = new Exchanges(1, { exchanges: 10_000, bodies: 1e8, answers: 1e8 });
  readonly simulator: TestSimulator;

  constructor(conditions: Partial<Conditions>, seed: number) {
    this.simulator = new TestSimulator({ exchanges: this.exchanges, conditions }, seed);
  }

  async use(meet: () => void = () => {}): Promise<void> {
    const account = await TestAccount.open(this.simulator);
    const { store, writer } = account;
    const { clock } = this.simulator;
    const doorkeeper = new Doorkeeper(store, clock, () => Promise.resolve(true));
    const refresher = new Refresher(
      store,
      { clock, random: () => 0 },
      () => ({ shown: true, accountIds: [accountId] }),
      () => 30_000,
      (error) => assert.fail(String(error)),
    );
    refresher.update();
    meet();
    const act = (id: number, action: ActionName) => doorkeeper.act(ref(id), action);
    const play = async (...work: (() => Promise<unknown>)[]): Promise<void> => {
      for (const each of work) {
        await account.advanceUntil(each().catch(ignoreNukiError));
        await account.advance(20);
      }
    };
    await play(
      () => act(frontDoor, 'unlatch'),
      () => act(frontDoor, 'lock'),
      () => act(guestHouse, 'lockNGo'),
      () => Promise.all([act(frontDoor, 'lock'), act(garage, 'lock'), act(terrace, 'lock')]),
      () => store.readAuthorizations(ref(frontDoor)),
      () => store.readAuthorizations(ref(frontDoor)),
      () => writer.create(accountId, [frontDoor], code),
      () => writer.create(accountId, [frontDoor, terrace, guestHouse], guest),
    );
    const client = await store.client(accountId);
    await play(async () => {
      const first = await client.activity(frontDoor, 50);
      await client.activity(frontDoor, 50, { before: first.items.at(-1)?.id });
      await client.allAuthorizations();
    });
    const activity = new AccountActivity(
      { client: () => store.client(accountId), nukiNow: () => clock.now(), typeOf: () => undefined },
      { ...everything, time: { kind: 'last', days: 30 } },
    );
    await play(
      () => activity.readOn(40),
      () => activity.readAll(),
      () => activity.readNewer(),
    );
    for (const name of ['Clara Novak', 'Baker', 'Family']) {
      const id = account.onLock(frontDoor, name)?.id ?? '';
      await play(
        () => writer.change(ref(frontDoor), id, { enabled: false }),
        () => writer.change(ref(frontDoor), id, { allowedUntilDate: '2026-12-24T10:00:00.000Z' }),
        () => writer.change(ref(frontDoor), id, { enabled: true }),
        () => writer.remove(accountId, [{ smartlockId: frontDoor, id, name }]),
      );
    }
    await account.advance(300);
    refresher.dispose();
    doorkeeper.dispose();
  }
}

/** Keyturner sends no sync by itself, asks for no more entries than an answer holds, and a page of authorizations holds all of this home. */
const notMet: readonly RuleId[] = ['sync-loop', 'short-page'];

describe('Keyturner itself as a client', () => {
  const seen = new Set<RuleId>();
  const expectNothing = (exchanges: Exchanges): void => {
    const result = checkClient(exchanges.all);
    for (const rule of result.seen) seen.add(rule);
    assert.deepEqual(result.findings, [], `\n${reportOf([result], inEnglish).join('\n')}`);
  };

  for (const [name, conditions] of Object.entries({ calm: {}, served, usual })) {
    it(`breaks no rule in a home where it is ${name}`, async () => {
      const own = new OwnClient(conditions, 1);
      await own.use();
      assert.ok(own.exchanges.all.length > 100, `${own.exchanges.all.length}`);
      expectNothing(own.exchanges);
    });
  }

  for (const fault of faultNames) {
    it(`breaks no rule where it meets ${fault}`, async () => {
      const own = new OwnClient(served, 1);
      await own.use(() => setFault(own.simulator.home, fault, { times: 3 }));
      expectNothing(own.exchanges);
    });
  }

  it('came to where it could have broken them', () => {
    assert.deepEqual(
      ruleIds.filter((rule) => !seen.has(rule)),
      notMet,
    );
  });
});
