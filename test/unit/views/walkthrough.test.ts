import assert from 'node:assert/strict';
import type { Answer, PendingChange } from '../../../src/model/authorizations/pendingChanges.ts';
import type { AccountState } from '../../../src/model/snapshots.ts';
import { doneSteps, keepStepsUpdated } from '../../../src/views/walkthrough.ts';
import { lock, lockId, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { pendingCreation, pendingDeletion } from '../pendingChanges.ts';
import { commands } from '../vscodeStandIn.ts';

const accountWith = (...pendingChanges: readonly PendingChange[]): AccountState => ({
  id: '7',
  label: 'Home',
  simulated: false,
  unreadable: [],
  devices: [{ accountId: '7', device: lock(), seenAt: 1_000, pendingChanges }],
});

describe('a step of the walkthrough is done', () => {
  it('when there is an account besides the demo home', () => {
    assert.equal(doneSteps([]).addedAccount, false);
    assert.equal(doneSteps([{ ...accountWith(), simulated: true }]).addedAccount, false);
    assert.equal(doneSteps([accountWith()]).addedAccount, true);
  });

  it('when devices are shown, and not for an account that has none or cannot be read', () => {
    const { devices: _, ...unread } = accountWith();
    assert.equal(doneSteps([]).showsDevices, false);
    assert.equal(doneSteps([{ ...unread, devices: undefined }]).showsDevices, false);
    assert.equal(doneSteps([{ ...unread, devices: [] }]).showsDevices, false);
    assert.equal(doneSteps([{ ...unread, devices: [] }, accountWith()]).showsDevices, true);
  });

  it('when Nuki has taken an authorization, and not while it is asked, refuses, or deletes one', () => {
    const created = (answer: Answer): PendingChange => pendingCreation({ answer });
    const isDone = (change: PendingChange): boolean => doneSteps([accountWith(change)]).createdAuthorization;
    assert.equal(doneSteps([accountWith()]).createdAuthorization, false);
    assert.equal(isDone(created('awaited')), false);
    assert.equal(isDone(created('unknown')), false);
    assert.equal(isDone(pendingDeletion()), false);
    assert.equal(isDone(created('taken')), true);
  });

  it('and is told anew at each refresh, for a walkthrough that is opened later', async () => {
    const told: unknown[][] = [];
    commands.registerCommand('setContext', (...values) => Promise.resolve(void told.push(values)));
    const clock = new FakeClock();
    const { store } = storeOf(clock, new ScriptedApi(clock));
    keepStepsUpdated(store);
    await store.refresh(accountId);
    clock.jump(1_000);
    await store.refresh(accountId);
    const valuesOf = (key: string) => told.filter(([each]) => each === `nuki.${key}`).map(([, value]) => value);
    assert.deepEqual(valuesOf('showsDevices'), ['now', 'still']);
    store.updatePendingChanges(ref(lockId), () => [pendingCreation()]);
    store.updatePendingChanges(ref(lockId), () => []);
    await store.refresh(accountId);
    assert.deepEqual(valuesOf('createdAuthorization'), ['now', 'still']);
  });
});
