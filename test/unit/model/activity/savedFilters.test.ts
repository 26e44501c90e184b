import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { everything, type AccountFilter } from '../../../../src/model/activity/accountFilter.ts';
import { mostSavedFilters, SavedFilters } from '../../../../src/model/activity/savedFilters.ts';
import { UnlatchSupport } from '../../../../src/model/actions/unlatchSupport.ts';
import { forgetDevices } from '../../../../src/commands/accounts/accounts.ts';
import { FakeRecords } from '../fakes.ts';

const nights: AccountFilter = {
  time: { kind: 'between', from: Date.UTC(2026, 10, 1) },
  people: [{ accountUserId: 7 }, { name: 'Guest' }],
  doors: [17_198_957_927],
  kinds: ['opened', 'locked'],
  outcomes: ['refused'],
};
const week: AccountFilter = { ...everything, time: { kind: 'last', days: 7 } };

/** What another start of VS Code finds. */
function restarted({ disk }: FakeRecords): FakeRecords {
  return new FakeRecords(new Map([...disk].map(([key, value]) => [key, JSON.parse(JSON.stringify(value))])));
}

describe('Saved filters', () => {
  it('are there after a restart, by name, each for its account', () => {
    const records = new FakeRecords();
    assert.ok(new SavedFilters(records, '7').save('Week', week));
    assert.ok(new SavedFilters(records, '7').save('Nights', nights));
    assert.ok(new SavedFilters(records, '8').save('All', everything));
    const list = (accountId: string) => new SavedFilters(restarted(records), accountId).list();
    assert.deepEqual(list('7'), [
      { name: 'Nights', filter: nights },
      { name: 'Week', filter: week },
    ]);
    assert.deepEqual(list('8'), [{ name: 'All', filter: everything }]);
  });

  it('are replaced, renamed and deleted by name', () => {
    const filters = new SavedFilters(new FakeRecords(), '7');
    filters.save('A', week);
    filters.save('B', week);
    assert.ok(filters.save('A', nights));
    assert.ok(!filters.rename('A', 'B'));
    assert.ok(!filters.rename('C', 'D'));
    assert.ok(!filters.rename('A', '\u200b'));
    assert.ok(filters.rename('A', 'C'));
    assert.deepEqual(filters.list(), [
      { name: 'B', filter: week },
      { name: 'C', filter: nights },
    ]);
    filters.delete('B');
    filters.delete('B');
    assert.deepEqual(
      filters.list().map(({ name }) => name),
      ['C'],
    );
  });

  it('are bounded in number and in the length of their names', () => {
    const filters = new SavedFilters(new FakeRecords(), '7');
    for (let number = 0; number < mostSavedFilters; number += 1) assert.ok(filters.save(`${number}`, week));
    assert.ok(!filters.save('One more', week));
    assert.ok(filters.save('3', nights));
    filters.delete('4');
    assert.ok(filters.save('x'.repeat(1_000), week));
    assert.equal(Math.max(...filters.list().map(({ name }) => name.length)), 40);
    assert.ok(!filters.save(' \n', week));
  });

  it('of two windows do not undo each other', () => {
    const disk = new Map<string, unknown>();
    const [one, other] = [new FakeRecords(disk), new FakeRecords(disk)].map(
      (records) => new SavedFilters(records, '7'),
    );
    one?.save('Of one', week);
    other?.save('Of the other', nights);
    assert.deepEqual(
      new SavedFilters(new FakeRecords(disk), '7').list().map(({ name }) => name),
      ['Of one', 'Of the other'],
    );
  });

  it('are forgotten with their account, and no others', () => {
    const records = new FakeRecords();
    for (const account of ['7', '77']) new SavedFilters(records, account).save('Week', week);
    forgetDevices('7', { records, unlatchSupport: new UnlatchSupport(records) });
    assert.deepEqual([...records.disk.keys()], ['activityFilter/0/77']);
  });

  it('that cannot be understood whole are left out: a limit that is lost would show too much', () => {
    const damaged: readonly unknown[] = [
      undefined,
      null,
      'Week',
      { name: 'Week' },
      { name: '', filter: week },
      { name: 'x'.repeat(41), filter: week },
      { name: 'A\u202eB', filter: week },
      { name: 'W', filter: { ...week, time: { kind: 'last', days: 0 } } },
      { name: 'W', filter: { ...week, time: { kind: 'between', from: 1e300 } } },
      { name: 'W', filter: { ...week, time: { kind: 'future' } } },
      { name: 'W', filter: { ...week, doors: ['1'] } },
      { name: 'W', filter: { ...week, doors: Array.from({ length: 1_001 }, () => 1) } },
      { name: 'W', filter: { ...week, kinds: ['opened', 'burnt'] } },
      { name: 'W', filter: { ...week, people: [{}] } },
      { name: 'W', filter: { ...week, outcomes: undefined } },
    ];
    for (const value of damaged) {
      assert.deepEqual(new SavedFilters(new FakeRecords(new Map([['activityFilter/0/7', value]])), '7').list(), []);
    }
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const records = new FakeRecords(new Map([['activityFilter/0/7', value]]));
        assert.ok(new SavedFilters(records, '7').list().length <= 1);
      }),
    );
  });
});
