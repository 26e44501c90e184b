import assert from 'node:assert/strict';
import { AccountBook } from '../../../../src/model/accounts/accountBook.ts';
import { moveToRecords } from '../../../../src/model/accounts/globalStateRecords.ts';
import { UnlatchSupport } from '../../../../src/model/actions/unlatchSupport.ts';
import { ref } from '../../devices.ts';
import { FakeMemento, FakeRecords, FakeSecrets, pending } from '../fakes.ts';

const entries = [
  { id: '9', label: 'Home' },
  { id: '7', label: 'Office' },
];

const bookOf = (records: FakeRecords): AccountBook =>
  new AccountBook(new FakeSecrets(), records, () => pending<never>().promise);

describe('what version 0.1.0 has kept in globalState', () => {
  it('is moved to the records: accounts in their order, and locks that cannot unlatch', () => {
    const memento = new FakeMemento();
    memento.kept.set('nuki.accounts', entries);
    memento.kept.set('nuki.cannotUnlatch', ['7/42']);
    const records = new FakeRecords();
    moveToRecords(memento, records);
    assert.deepEqual(bookOf(records).entries, entries);
    assert.equal(new UnlatchSupport(records).canUnlatch(ref(42, '7')), false);
    assert.deepEqual(
      [...memento.kept.values()].filter((value) => value !== undefined),
      [],
    );
  });

  it('is moved once: what was renamed since keeps its name, and nothing is written again', () => {
    const memento = new FakeMemento();
    const records = new FakeRecords();
    memento.kept.set('nuki.accounts', entries);
    moveToRecords(memento, records);
    bookOf(records).rename('7', 'Cottage');
    memento.kept.set('nuki.accounts', entries); // a window that had it in mind still
    moveToRecords(memento, records);
    assert.deepEqual(bookOf(records).entries.at(1), { id: '7', label: 'Cottage' });
    const writes = memento.written.length;
    moveToRecords(memento, records);
    assert.equal(memento.written.length, writes);
  });

  it('is left out where it is something else', () => {
    for (const kept of [undefined, null, 'x', {}, [null, 1, {}, { id: 7, label: 'x' }, { id: '7' }]]) {
      const memento = new FakeMemento();
      const records = new FakeRecords();
      memento.kept.set('nuki.accounts', kept);
      memento.kept.set('nuki.cannotUnlatch', kept);
      moveToRecords(memento, records);
      assert.deepEqual([...records.disk], []);
    }
  });
});
