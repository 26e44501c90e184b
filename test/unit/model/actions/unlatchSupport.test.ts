import assert from 'node:assert/strict';
import { UnlatchSupport } from '../../../../src/model/actions/unlatchSupport.ts';
import { ref } from '../../devices.ts';
import { FakeRecords } from '../fakes.ts';

describe('latches', () => {
  it('lets every lock unlatch until it has refused, and then that one alone', () => {
    const unlatchSupport = new UnlatchSupport(new FakeRecords());
    assert.equal(unlatchSupport.canUnlatch(ref(42, '7')), true);
    unlatchSupport.setCanUnlatch(ref(42, '7'), false);
    assert.equal(unlatchSupport.canUnlatch(ref(42, '7')), false);
    assert.equal(unlatchSupport.canUnlatch(ref(43, '7')), true);
    assert.equal(unlatchSupport.canUnlatch(ref(42, '8')), true);
  });

  it('remembers over a restart, until told otherwise', () => {
    const { disk } = new FakeRecords();
    new UnlatchSupport(new FakeRecords(disk)).setCanUnlatch(ref(42, '7'), false);
    const restarted = new UnlatchSupport(new FakeRecords(disk));
    assert.equal(restarted.canUnlatch(ref(42, '7')), false);
    restarted.setCanUnlatch(ref(42, '7'), true);
    assert.equal(new UnlatchSupport(new FakeRecords(disk)).canUnlatch(ref(42, '7')), true);
  });

  it('tells of each change, and of which lock, also of one that another window has made', () => {
    const records = new FakeRecords();
    const unlatchSupport = new UnlatchSupport(records);
    const changes: unknown[] = [];
    unlatchSupport.onDidChange((device) => changes.push(device));
    unlatchSupport.setCanUnlatch(ref(42, '7'), false);
    assert.deepEqual(changes, [{ accountId: '7', smartlockId: 42 }]);
    const other = new UnlatchSupport(new FakeRecords(records.disk));
    other.setCanUnlatch(ref(42, '7'), true);
    other.setCanUnlatch(ref(43, '7'), false);
    records.reload();
    assert.deepEqual(changes.slice(1), [ref(42, '7'), ref(43, '7')]);
    assert.equal(unlatchSupport.canUnlatch(ref(43, '7')), false);
  });

  it('forgets the locks of an account that is removed, and those alone', () => {
    const records = new FakeRecords();
    const unlatchSupport = new UnlatchSupport(records);
    for (const lock of [ref(42, '7'), ref(43, '7'), ref(42, '77')]) unlatchSupport.setCanUnlatch(lock, false);
    unlatchSupport.forgetAccount('7');
    assert.deepEqual([...records.disk.keys()], ['cannotUnlatch/77/42']);
  });

  it('takes no notice of a foreign record', () => {
    const foreign = new FakeRecords(
      new Map([
        ['cannotUnlatch/x', true],
        ['cannotUnlatch', true],
      ]),
    );
    assert.equal(new UnlatchSupport(foreign).canUnlatch(ref(42, '7')), true);
  });
});
