import assert from 'node:assert/strict';
import { UnlatchSupport } from '../../../src/model/unlatchSupport.ts';
import { FakeMemento } from './fakes.ts';

describe('latches', () => {
  it('lets every lock unlatch until it has refused, and then that one alone', async () => {
    const unlatchSupport = new UnlatchSupport(new FakeMemento());
    assert.equal(unlatchSupport.canUnlatch('7', 42), true);
    await unlatchSupport.setCanUnlatch('7', 42, false);
    assert.equal(unlatchSupport.canUnlatch('7', 42), false);
    assert.equal(unlatchSupport.canUnlatch('7', 43), true);
    assert.equal(unlatchSupport.canUnlatch('8', 42), true);
  });

  it('remembers over a restart, until told otherwise', async () => {
    const memento = new FakeMemento();
    await new UnlatchSupport(memento).setCanUnlatch('7', 42, false);
    const restarted = new UnlatchSupport(memento);
    assert.equal(restarted.canUnlatch('7', 42), false);
    await restarted.setCanUnlatch('7', 42, true);
    assert.equal(new UnlatchSupport(memento).canUnlatch('7', 42), true);
  });

  it('tells of each change, and of which lock', async () => {
    const unlatchSupport = new UnlatchSupport(new FakeMemento());
    const changes: unknown[] = [];
    unlatchSupport.onDidChange((device) => changes.push(device));
    await unlatchSupport.setCanUnlatch('7', 42, false);
    assert.deepEqual(changes, [{ accountId: '7', smartlockId: 42 }]);
  });

  it('takes no notice of what somebody else left under its key', () => {
    const memento = new FakeMemento();
    void memento.update('nuki.cannotUnlatch', { 7: 42 });
    assert.equal(new UnlatchSupport(memento).canUnlatch('7', 42), true);
  });
});
