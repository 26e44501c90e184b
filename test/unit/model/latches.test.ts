import assert from 'node:assert/strict';
import { Latches } from '../../../src/model/latches.ts';
import { FakeMemento } from './fakes.ts';

describe('latches', () => {
  it('lets every lock unlatch until it has refused, and then that one alone', async () => {
    const latches = new Latches(new FakeMemento());
    assert.equal(latches.canUnlatch('7', 42), true);
    await latches.setCanUnlatch('7', 42, false);
    assert.equal(latches.canUnlatch('7', 42), false);
    assert.equal(latches.canUnlatch('7', 43), true);
    assert.equal(latches.canUnlatch('8', 42), true);
  });

  it('remembers over a restart, until told otherwise', async () => {
    const memento = new FakeMemento();
    await new Latches(memento).setCanUnlatch('7', 42, false);
    const restarted = new Latches(memento);
    assert.equal(restarted.canUnlatch('7', 42), false);
    await restarted.setCanUnlatch('7', 42, true);
    assert.equal(new Latches(memento).canUnlatch('7', 42), true);
  });

  it('tells of each change, and of which lock', async () => {
    const latches = new Latches(new FakeMemento());
    const changes: unknown[] = [];
    latches.onDidChange((device) => changes.push(device));
    await latches.setCanUnlatch('7', 42, false);
    assert.deepEqual(changes, [{ accountId: '7', smartlockId: 42 }]);
  });

  it('takes no notice of what somebody else left under its key', () => {
    const memento = new FakeMemento();
    void memento.update('nuki.cannotUnlatch', { 7: 42 });
    assert.equal(new Latches(memento).canUnlatch('7', 42), true);
  });
});
