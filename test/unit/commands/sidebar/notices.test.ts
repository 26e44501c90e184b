import assert from 'node:assert/strict';
import { followEarlierChanges, mentionUnconfirmed } from '../../../../src/commands/sidebar/notices.ts';
import { Journal } from '../../../../src/model/actions/journal.ts';
import type { KeptChange } from '../../../../src/model/authorizations/pendingJournal.ts';
import { PendingJournal } from '../../../../src/model/authorizations/pendingJournal.ts';
import { cellar, frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import type { ActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import { lock, lockId, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, FakeRecords, ScriptedApi, storeOf } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { pendingCreation, pendingDeletion } from '../../pendingChanges.ts';
import { user } from '../../vscodeStandIn.ts';
import { servicesFor } from '../services.ts';

/** A window that starts while this change of an earlier one is open, and what it says within five minutes. */
async function start(change: KeptChange['change'], smartlockId: number) {
  const account = await TestAccount.open();
  const { store, simulator } = account;
  const since = simulator.clock.now() - 10_000;
  const kept: KeptChange = { accountId, smartlockId, change: { ...change, since } };
  const journal = new PendingJournal(new FakeRecords(new Map([['pendingChange/1', kept]])), assert.ifError);
  const ran: unknown[] = [];
  const runCommand = (...command: readonly unknown[]): Promise<void> => Promise.resolve(void ran.push(command));
  user.seen.length = 0;
  const following = followEarlierChanges(servicesFor(store, simulator.clock, { pendingJournal: journal, runCommand }));
  await account.advance(300);
  following.dispose();
  return { account, ran };
}

/** A window that starts 10 s after an earlier one has sent this, and what it says after that. */
async function startAfter(action: ActionName) {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [lock({}, { state: 3 })];
  const { store } = storeOf(clock, api);
  const records = new FakeRecords();
  new Journal(records, 'earlier', clock).begin(ref(lockId), action);
  await clock.advance(10_000);
  user.seen.length = 0;
  const journal = new Journal(records, 'this', clock);
  const watching = mentionUnconfirmed(servicesFor(store, clock), journal);
  await store.refresh(accountId);
  return { api, clock, journal, store, watching };
}

describe('an action of which an earlier window has not seen the end', () => {
  it('is sent no second time, and told in a message that stays, once no window can be following it', async () => {
    const { api, clock, journal, store, watching } = await startAfter('lock');
    await clock.advance(44_000);
    assert.equal(user.seen.length, 0);
    await clock.advance(2_000);
    const [said] = user.seen;
    assert.match(
      said?.text ?? '',
      /^Front door: "Lock" was sent at \d\d:\d\d, but the result is unknown\. Keyturner won't retry\. Check the door\.$/,
    );
    assert.deepEqual([said?.isError, said?.buttons], [true, ['Refresh']]);
    assert.equal(user.seen.length, 1);
    assert.equal(store.operation(ref(lockId))?.outcome?.kind, 'unconfirmed');
    assert.deepEqual(journal.entries, []);
    assert.equal(api.count('act'), 0);
    watching.dispose();
  });

  it("is waited for longer where it is a lock 'n' go", async () => {
    const { clock, watching } = await startAfter('lockNGo');
    await clock.advance(110_000);
    assert.equal(user.seen.length, 0);
    await clock.advance(10_000);
    assert.match(user.seen[0]?.text ?? '', /the result is unknown/);
    watching.dispose();
  });
});

describe('what an earlier window has sent', () => {
  it('is told to be on the lock when it is', async () => {
    const requested = { type: 13, name: 'Family', remoteAllowed: false };
    const { account } = await start(pendingCreation({ requested, answer: 'unknown' }), frontDoor);
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      ['Family is saved on the lock.'],
    );
    assert.deepEqual(account.writes, []);
  });

  it('is told by name and device when that is not seen, with what helps', async () => {
    user.press = () => 'Refresh';
    const id = (await TestAccount.open()).onLock(cellar, 'Cellar Fob')?.id ?? '';
    const { ran } = await start(pendingDeletion({ id, name: 'Cellar Fob' }), cellar);
    assert.deepEqual(
      user.seen.map(({ text, buttons }) => ({ text, buttons })),
      [
        {
          text: 'Cellar Fob · Cellar: deletion not confirmed, still listed by Nuki. They may still have access.',
          buttons: ['Refresh', 'Wake and Refresh'],
        },
      ],
    );
    assert.deepEqual(ran, [['nuki.devices.refresh', ref(cellar)]]);
  });
});
