import assert from 'node:assert/strict';
import { Journal, keepJournal, type SentAction } from '../../../src/model/journal.ts';
import { lock, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, FakeMemento, ScriptedApi, storeOf } from './fakes.ts';

const session = 'this start';
const sent: SentAction = { accountId, smartlockId: 42, action: 'unlock', since: 1_000, session };

async function play() {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  const memento = new FakeMemento();
  const journal = new Journal(memento, session);
  const keeping = keepJournal(store, journal);
  const { smartlockId } = lock();
  return { api, store, journal, memento, keeping, smartlockId };
}

describe('the journal', () => {
  it('holds what was sent until it is taken out, over a restart too', async () => {
    const memento = new FakeMemento();
    await new Journal(memento, session).add(sent);
    await new Journal(memento, session).add({ ...sent, smartlockId: 43 });
    const restarted = new Journal(memento, session);
    assert.deepEqual(
      restarted.entries.map(({ smartlockId }) => smartlockId),
      [42, 43],
    );
    await restarted.remove(sent);
    assert.deepEqual(
      new Journal(memento, session).entries.map(({ smartlockId }) => smartlockId),
      [43],
    );
  });

  it('knows of each entry whether it is still there, by account, device, time and start', async () => {
    const journal = new Journal(new FakeMemento(), session);
    await journal.add(sent);
    await journal.add({ ...sent, smartlockId: 43 });
    assert.equal(journal.has(sent), true);
    for (const other of [{ accountId: 'another' }, { smartlockId: 44 }, { since: 1_001 }, { session: 'another' }]) {
      assert.equal(journal.has({ ...sent, ...other }), false);
    }
  });

  it('is empty where nothing, or something else, is kept', async () => {
    const memento = new FakeMemento();
    assert.deepEqual(new Journal(memento, session).entries, []);
    await memento.update('nuki.sentActions', { length: 1 });
    assert.deepEqual(new Journal(memento, session).entries, []);
  });

  it('takes no notice of entries that it did not write', () => {
    const memento = new FakeMemento();
    void memento.update('nuki.sentActions', [
      sent,
      { ...sent, action: 'constructor' },
      { ...sent, action: 1 },
      { ...sent, since: 'now' },
      { ...sent, accountId: 7 },
      { ...sent, smartlockId: '42' },
      { ...sent, session: undefined },
      {},
      ...['accountId', 'smartlockId', 'since', 'session', 'action'].map((missing) =>
        Object.fromEntries(Object.entries(sent).filter(([name]) => name !== missing)),
      ),
      'unlock',
      null,
      7,
    ]);
    assert.deepEqual(new Journal(memento, session).entries, [sent]);
  });

  it('holds an action also while a list leaves out its device, and no longer', async () => {
    const { api, store, journal, smartlockId } = await play();
    api.devices = [];
    await store.refresh(accountId);
    store.setOperation(ref(smartlockId), { action: 'unlock', since: 5 });
    assert.equal(journal.entries.length, 1);
    store.setOperation(ref(smartlockId), { action: 'unlock', since: 5, outcome: { kind: 'confirmed', at: 9 } });
    assert.deepEqual(journal.entries, []);
  });

  it('holds an action while it is under way, and no longer', async () => {
    const { store, journal, smartlockId } = await play();
    store.setOperation(ref(smartlockId), { action: 'unlock', since: 5 });
    assert.deepEqual(journal.entries, [{ accountId, smartlockId, action: 'unlock', since: 5, session }]);
    await store.readDevice(ref(smartlockId));
    assert.equal(journal.entries.length, 1);
    store.setOperation(ref(smartlockId), { action: 'unlock', since: 5, outcome: { kind: 'confirmed', at: 9 } });
    assert.deepEqual(journal.entries, []);
  });

  it('keeps an action that is under way when the host ends, without a name or a secret', async () => {
    const { store, memento, keeping, smartlockId } = await play();
    store.setOperation(ref(smartlockId), { action: 'unlock', since: 5 });
    keeping.dispose();
    store.setOperation(ref(smartlockId), { action: 'unlock', since: 5, outcome: { kind: 'unwatched', at: 9 } });
    assert.deepEqual(new Journal(memento, session).entries, [
      { accountId, smartlockId, action: 'unlock', since: 5, session },
    ]);
    assert.deepEqual(memento.kept.get('nuki.sentActions'), [
      { accountId, smartlockId, action: 'unlock', since: 5, session },
    ]);
  });

  it('leaves alone what another window follows on the same device', async () => {
    const { store, journal, memento, smartlockId } = await play();
    const other = new Journal(memento, 'another window');
    await other.add({ accountId, smartlockId, action: 'lock', since: 7 });
    await store.readDevice(ref(smartlockId));
    store.setOperation(ref(smartlockId), { action: 'unlock', since: 9 });
    assert.deepEqual(
      journal.entries.map(({ action }) => action),
      ['lock', 'unlock'],
    );
    store.setOperation(ref(smartlockId), undefined);
    assert.deepEqual(
      journal.entries.map((entry) => [entry.action, entry.session]),
      [['lock', 'another window']],
    );
    assert.equal(journal.own(ref(smartlockId)), undefined);
  });

  it('tells for how long another window may follow what it sent; and no longer', () => {
    const journal = new Journal(new FakeMemento(), session);
    const theirs = { ...sent, session: 'another window' };
    assert.equal(journal.followedFor(theirs, sent.since), 55_000);
    assert.equal(journal.followedFor(theirs, sent.since + 54_999), 1);
    assert.equal(journal.followedFor(theirs, sent.since + 55_000), 0);
    assert.equal(journal.followedFor(theirs, sent.since - 1), 0, 'the clock was set back');
  });
});
