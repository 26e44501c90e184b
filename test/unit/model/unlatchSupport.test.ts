import assert from 'node:assert/strict';
import { UnlatchSupport } from '../../../src/model/unlatchSupport.ts';
import { ref } from '../devices.ts';
import { FakeMemento } from './fakes.ts';

describe('latches', () => {
  it('lets every lock unlatch until it has refused, and then that one alone', async () => {
    const unlatchSupport = new UnlatchSupport(new FakeMemento());
    assert.equal(unlatchSupport.canUnlatch(ref(42, '7')), true);
    await unlatchSupport.setCanUnlatch(ref(42, '7'), false);
    assert.equal(unlatchSupport.canUnlatch(ref(42, '7')), false);
    assert.equal(unlatchSupport.canUnlatch(ref(43, '7')), true);
    assert.equal(unlatchSupport.canUnlatch(ref(42, '8')), true);
  });

  it('remembers over a restart, until told otherwise', async () => {
    const memento = new FakeMemento();
    await new UnlatchSupport(memento).setCanUnlatch(ref(42, '7'), false);
    const restarted = new UnlatchSupport(memento);
    assert.equal(restarted.canUnlatch(ref(42, '7')), false);
    await restarted.setCanUnlatch(ref(42, '7'), true);
    assert.equal(new UnlatchSupport(memento).canUnlatch(ref(42, '7')), true);
  });

  it('tells of each change, and of which lock', async () => {
    const unlatchSupport = new UnlatchSupport(new FakeMemento());
    const changes: unknown[] = [];
    unlatchSupport.onDidChange((device) => changes.push(device));
    await unlatchSupport.setCanUnlatch(ref(42, '7'), false);
    assert.deepEqual(changes, [{ accountId: '7', smartlockId: 42 }]);
  });

  it('takes no notice of a foreign value under its key', () => {
    const memento = new FakeMemento();
    void memento.update('nuki.cannotUnlatch', { 7: 42 });
    assert.equal(new UnlatchSupport(memento).canUnlatch(ref(42, '7')), true);
  });
});
