import assert from 'node:assert/strict';
import { AuthorizationFollower } from '../../../../src/model/authorizations/authorizationFollower.ts';
import {
  keepPendingChanges,
  PendingJournal,
  type KeptChange,
} from '../../../../src/model/authorizations/pendingJournal.ts';
import { resumePendingChanges } from '../../../../src/model/authorizations/resumePendingChanges.ts';
import type { NewAuthorization } from '../../../../src/nuki/authorization/authorizationWrites.ts';
import { frontDoor, garage } from '../../../../src/simulator/demo/demoDevices.ts';
import { ref } from '../../devices.ts';
import { pendingCreation, pendingDeletion, pendingEdit } from '../../pendingChanges.ts';
import { TestSimulator } from '../../simulator/testSimulator.ts';
import { accountId, FakeRecords } from '../fakes.ts';
import { TestAccount } from '../testAccount.ts';

const code = 345678;
const weber: NewAuthorization = {
  type: 13,
  name: 'Guest Weber',
  remoteAllowed: false,
  code,
  allowedUntilDate: '2027-06-30T16:00:00.000Z',
};

/** A start of the extension on this disk, at the home of `simulator`; `ends` is what it tells of earlier changes. */
async function start(disk: Map<string, unknown>, simulator: TestSimulator) {
  const account = await TestAccount.open(simulator);
  const { store } = account;
  const { clock } = simulator;
  const journal = new PendingJournal(new FakeRecords(disk), assert.ifError);
  const ends: string[] = [];
  const follower = new AuthorizationFollower(store, clock);
  const keeping = keepPendingChanges(store, journal);
  const onEnd = ({ change }: KeptChange, { length }: { readonly length: number }): void =>
    void ends.push(`${change.kind}: ${length === 0 ? 'done' : 'not done'}`);
  const resuming = resumePendingChanges({ store, journal, follower, clock, onEnd });
  const end = (): void => {
    for (const each of [account.writer, follower, keeping, resuming]) each.dispose();
    store.setSources([]);
  };
  return { account, ends, end };
}

describe('pending changes over a restart', () => {
  it('of all kinds are shown and followed to their end, without a request that writes', async () => {
    const [disk, simulator] = [new Map<string, unknown>(), new TestSimulator()];
    const first = await start(disk, simulator);
    simulator.home.fault({ method: 'PUT', after: 60_000 });
    simulator.home.fault({ method: 'POST', after: 60_000 });
    simulator.home.fault({ method: 'DELETE', after: 60_000 });
    const { writer } = first.account;
    const family = await first.account.idOf(frontDoor, 'Family');
    const id = await first.account.idOf(garage, 'Ben Berger');
    await first.account.advanceUntil(writer.create(accountId, [frontDoor], weber));
    await first.account.advanceUntil(writer.change(ref(frontDoor), family, { name: 'Everybody' }));
    await first.account.advanceUntil(writer.remove(accountId, [{ smartlockId: garage, id, name: 'Ben Berger' }]));
    first.end();
    const second = await start(disk, simulator);
    const kinds = [frontDoor, garage].flatMap((each) => second.account.pendingChanges(each).map(({ kind }) => kind));
    assert.deepEqual(kinds.toSorted(), ['change', 'create', 'delete']);
    await second.account.advance(120);
    assert.deepEqual(second.ends.toSorted(), ['change: done', 'create: done', 'delete: done']);
    assert.deepEqual(second.account.writes, []);
    assert.equal(disk.size, 0);
  });

  it('never hold a code on the disk', async () => {
    const [disk, simulator] = [new Map<string, unknown>(), new TestSimulator()];
    const { account } = await start(disk, simulator);
    simulator.home.fault({ method: 'PUT', never: true });
    const family = await account.idOf(frontDoor, 'Family');
    const created = account.writer.create(accountId, [frontDoor], weber);
    await account.advanceUntil(created);
    await account.advanceUntil(account.writer.change(ref(frontDoor), family, { code: 345679 }));
    assert.equal(disk.size, 2);
    assert.doesNotMatch(JSON.stringify([...disk]), /34567[89]|445566/);
  });

  it('are not known to be taken where the window ended before the answer came', async () => {
    const [disk, simulator] = [new Map<string, unknown>(), new TestSimulator()];
    const first = await start(disk, simulator);
    simulator.home.fault({ method: 'PUT', wait: 15_000, never: true });
    const sending = first.account.writer.create(accountId, [frontDoor], weber);
    await first.account.advance(5);
    first.end();
    const second = await start(disk, simulator);
    assert.equal(second.account.pendingChanges(frontDoor)[0]?.answer, 'unknown');
    await second.account.advance(300);
    assert.deepEqual(second.ends, ['create: not done']);
    await second.account.advanceUntil(sending);
  });

  it('that were given up are looked for once, and told no second time', async () => {
    const [disk, simulator] = [new Map<string, unknown>(), new TestSimulator()];
    const first = await start(disk, simulator);
    simulator.home.fault({ method: 'PUT', unpublished: true });
    const sent = await first.account.advanceUntil(first.account.writer.create(accountId, [frontDoor], weber));
    assert.ok(sent.sent && (await first.account.advanceUntil(sent.followed)).length === 1);
    first.end();
    const second = await start(disk, simulator);
    await second.account.advance(10);
    const [left] = second.account.pendingChanges(frontDoor);
    assert.ok(left?.givenUp && left.checkedAt !== undefined);
    assert.deepEqual(second.ends, []);
    second.end();
  });

  it('are dropped after two days, and where they cannot be understood', () => {
    const kept: KeptChange = { ...ref(frontDoor), change: pendingCreation({ since: 1_000 }) };
    const odd = [
      undefined,
      {},
      { ...kept, accountId: 7 },
      { ...kept, change: { ...kept.change, kind: 'rename' } },
      { ...kept, change: { ...kept.change, before: [7] } },
      { ...kept, change: { ...pendingEdit(), asked: undefined } },
      { ...kept, change: { ...pendingDeletion(), name: 7 } },
      { ...kept, change: { ...pendingDeletion(), since: 'then' } },
    ];
    const disk = new Map<string, unknown>(odd.map((value, index) => [`pendingChange/${index}`, value]));
    disk.set('pendingChange/7/42/create', kept);
    disk.set('account/7', 'Home');
    const journal = new PendingJournal(new FakeRecords(disk), assert.ifError);
    const day = 86_400_000;
    assert.equal(journal.earlier(2 * day + 999).length, 1);
    assert.deepEqual([...disk.keys()], ['pendingChange/7/42/create', 'account/7']);
    assert.equal(journal.earlier(2 * day + 1_000).length, 0);
    assert.deepEqual([...disk.keys()], ['account/7']);
  });

  it('go with their account', async () => {
    const [disk, simulator] = [new Map<string, unknown>(), new TestSimulator()];
    const { account } = await start(disk, simulator);
    simulator.home.fault({ method: 'PUT', never: true });
    await account.advanceUntil(account.writer.create(accountId, [frontDoor], weber));
    assert.equal(disk.size, 1);
    account.store.setSources([]);
    assert.equal(disk.size, 0);
  });

  it('are lost, and nothing else, where nothing can be written', () => {
    const failures: unknown[] = [];
    const records = new FakeRecords();
    records.write = () => {
      throw new Error('the disk is full');
    };
    const journal = new PendingJournal(records, (error) => void failures.push(error));
    journal.keep(ref(frontDoor), [pendingCreation()]);
    assert.equal(failures.length, 1);
  });
});
