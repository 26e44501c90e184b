import assert from 'node:assert/strict';
import { largestRecord, type AccessRecord, type Owned } from '../../../../src/access/record/accessRecord.ts';
import { readRecord } from '../../../../src/access/record/readRecord.ts';
import { recordName, sharingRecord } from '../../../../src/access/record/recordName.ts';
import { recordText } from '../../../../src/access/record/recordText.ts';
import { lockId } from '../../devices.ts';

const written = { name: 'Guest Weber', enabled: true, remoteAllowed: false, allowedWeekDays: 124 } as const;
const at = '2026-11-23T12:00:00.000Z';
const listed: Owned = {
  entry: 'weber',
  smartlockId: lockId,
  part: 0,
  by: 'code',
  id: '5f0c1d2e3a4b5c6d7e8f9a0b',
  created: at,
  written,
  asked: { kind: 'change', at, to: { ...written, name: 'Weber' }, updatedBefore: at },
};
const removed: Owned = { ...listed, id: '5f0c1d2e3a4b5c6d7e8f9a0c', asked: { kind: 'remove', at } };
const added: Owned = {
  entry: 'anna',
  smartlockId: lockId,
  part: 1,
  by: 'app',
  asked: { kind: 'add', at, to: written, accountUserId: 11, others: ['5f0c1d2e3a4b5c6d7e8f9a0d'] },
};
const record: AccessRecord = { owned: [added, listed, removed] };

/** The text of a record that is as it should be but for what is changed in its first or its only element. */
function textWith(changes: object, one: Owned = listed): string {
  return JSON.stringify({ version: 1, owned: [{ ...one, ...changes }] });
}

describe('a record', () => {
  it('is read as it was written', () => {
    assert.deepEqual(readRecord(recordText(record)), record);
    assert.deepEqual(readRecord(recordText({ owned: [] })), { owned: [] });
  });

  it('is written the same whatever its order, with a line feed at the end', () => {
    const text = recordText(record);
    assert.equal(recordText({ owned: record.owned.toReversed() }), text);
    assert.equal(recordText(readRecord(text) ?? { owned: [] }), text);
    assert.match(text, /^\{\n {2}"version": 1,\n[^]*\n\}\n$/);
  });

  it('is not understood where it has another version or more than there is in one', () => {
    for (const [field, value] of Object.entries({ version: 2, code: 123_456, account: '7', token: 'x' })) {
      assert.equal(readRecord(JSON.stringify({ version: 1, owned: [], [field]: value })), undefined, field);
    }
    assert.equal(readRecord(textWith({ code: 123_456 })), undefined);
    assert.equal(readRecord(textWith({ written: { ...written, code: 123_456 } })), undefined);
  });

  const hostile: Readonly<Record<string, string>> = {
    'no JSON': '{',
    'another thing': '[]',
    'nested deeper than a stack': '['.repeat(100_000),
    'too large': `${' '.repeat(largestRecord)}{"version":1,"owned":[]}`,
    'a reserved name': '{"version":1,"owned":[],"__proto__":{}}',
    'an id that is a path': textWith({ id: '../../account' }),
    'an id with a line feed': textWith({ id: '5f0c1d2e\n' }),
    'no id': textWith({ id: '' }),
    'a door that is none': textWith({ smartlockId: -1 }),
    'a door between doors': textWith({ smartlockId: 1.5 }),
    'another part': textWith({ part: 2 }),
    'another credential': textWith({ by: 'bridge' }),
    'a name that does not end': textWith({ written: { ...written, name: 'x'.repeat(1_000) } }),
    'an id that nothing was written of': textWith({ written: undefined }),
    'an id of what is to be added': textWith({ asked: added.asked }),
    'neither an id nor a request': textWith({ asked: undefined }, added),
    'a request without a time': textWith({ asked: { kind: 'remove', at: 'yesterday' } }),
    'one id twice': JSON.stringify({ version: 1, owned: [listed, { ...listed, entry: 'other' }] }),
    'one request twice': JSON.stringify({ version: 1, owned: [added, { ...added, by: 'code' }] }),
  };
  for (const [what, text] of Object.entries(hostile)) {
    it(`is not understood with ${what}`, () => {
      assert.equal(readRecord(text), undefined);
    });
  }

  it('lies beside its file', () => {
    assert.equal(recordName('/home/club/doors.nuki-access.yaml'), '/home/club/doors.nuki-access.record.json');
    assert.equal(recordName('a.nuki-access.json'), 'a.nuki-access.record.json');
    assert.equal(recordName('a.nuki-access.record.json'), undefined);
    assert.equal(recordName('a.yaml'), undefined);
  });

  it('is the same for files that differ in nothing but their format', () => {
    assert.deepEqual(sharingRecord('/club/a.nuki-access.yml'), [
      '/club/a.nuki-access.yaml',
      '/club/a.nuki-access.json',
    ]);
    assert.deepEqual(sharingRecord('/club/a.yaml'), []);
  });
});
