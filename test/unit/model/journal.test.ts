import assert from 'node:assert/strict';
import { Journal, keepJournal, type SentAction } from '../../../src/model/journal.ts';
import { lock } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, FakeMemento, ScriptedApi, storeOf } from './fakes.ts';

const sent: SentAction = { accountId, smartlockId: 42, action: 'unlock', since: 1_000 };

async function play() {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  const memento = new FakeMemento();
  const journal = new Journal(memento);
  const keeping = keepJournal(store, journal);
  const { smartlockId } = lock();
  return { store, journal, memento, keeping, smartlockId };
}

describe('the journal', () => {
  it('F56: holds what was sent until it is taken out, over a restart too', async () => {
    const memento = new FakeMemento();
    await new Journal(memento).add(sent);
    await new Journal(memento).add({ ...sent, smartlockId: 43 });
    const restarted = new Journal(memento);
    assert.deepEqual(
      restarted.entries.map(({ smartlockId }) => smartlockId),
      [42, 43],
    );
    await restarted.remove(sent);
    assert.deepEqual(
      new Journal(memento).entries.map(({ smartlockId }) => smartlockId),
      [43],
    );
  });

  it('takes no notice of entries that it did not write', () => {
    const memento = new FakeMemento();
    void memento.update('nuki.sentActions', [
      sent,
      { ...sent, action: 'constructor' },
      { ...sent, since: 'now' },
      null,
      7,
    ]);
    assert.deepEqual(new Journal(memento).entries, [sent]);
  });

  it('F56: holds an action while it is under way, and no longer', async () => {
    const { store, journal, smartlockId } = await play();
    store.setOperation(accountId, smartlockId, { action: 'unlock', since: 5 });
    assert.deepEqual(journal.entries, [{ accountId, smartlockId, action: 'unlock', since: 5 }]);
    await store.readDevice(accountId, smartlockId);
    assert.equal(journal.entries.length, 1);
    store.setOperation(accountId, smartlockId, { action: 'unlock', since: 5, outcome: { result: 'confirmed', at: 9 } });
    assert.deepEqual(journal.entries, []);
  });

  it('F56, R30: keeps an action that is under way when the host ends, without a name or a secret', async () => {
    const { store, memento, keeping, smartlockId } = await play();
    store.setOperation(accountId, smartlockId, { action: 'unlock', since: 5 });
    keeping.dispose();
    store.setOperation(accountId, smartlockId, { action: 'unlock', since: 5, outcome: { result: 'unwatched', at: 9 } });
    assert.deepEqual(new Journal(memento).entries, [{ accountId, smartlockId, action: 'unlock', since: 5 }]);
    assert.deepEqual(memento.kept.get('nuki.sentActions'), [{ accountId, smartlockId, action: 'unlock', since: 5 }]);
  });
});
