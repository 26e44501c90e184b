import assert from 'node:assert/strict';
import { followEarlierChanges } from '../../../src/commands/notices.ts';
import type { KeptChange } from '../../../src/model/pendingJournal.ts';
import { PendingJournal } from '../../../src/model/pendingJournal.ts';
import { cellar, frontDoor } from '../../../src/simulator/demoDevices.ts';
import { ref } from '../devices.ts';
import { accountId, FakeRecords } from '../model/fakes.ts';
import { TestAccount } from '../model/testAccount.ts';
import { pendingCreation, pendingDeletion } from '../pendingChanges.ts';
import { user } from '../vscodeStandIn.ts';
import { servicesFor } from './services.ts';

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

describe('what an earlier window has sent', () => {
  it('is told to be on the lock when it is', async () => {
    const requested = { type: 13, name: 'Family', remoteAllowed: false };
    const { account } = await start(pendingCreation({ requested, answer: 'unknown' }), frontDoor);
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      ['Family is on the lock.'],
    );
    assert.deepEqual(account.writes, []);
  });

  it('is told by name and device when that is not seen, with what helps', async () => {
    user.press = () => 'Check Again';
    const id = (await TestAccount.open()).onLock(cellar, 'Cellar Fob')?.id ?? '';
    const { ran } = await start(pendingDeletion({ id, name: 'Cellar Fob' }), cellar);
    assert.deepEqual(
      user.seen.map(({ text, buttons }) => ({ text, buttons })),
      [
        {
          text: 'Nuki still lists Cellar Fob · Cellar: the deletion is not confirmed. Whoever was to lose access may still have it.',
          buttons: ['Check Again', 'Update from Lock'],
        },
      ],
    );
    assert.deepEqual(ran, [['nuki.authorizations.check', ref(cellar)]]);
  });
});
