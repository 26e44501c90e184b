import assert from 'node:assert/strict';
import { KeptRecord } from '../../../../src/access/apply/keptRecord.ts';
import type { Owned } from '../../../../src/access/record/accessRecord.ts';
import { recordText } from '../../../../src/access/record/recordText.ts';
import { MemoryRecord } from './applying.ts';

const written = { name: 'A', enabled: true, remoteAllowed: false };
const owned = (id: string): Owned => ({ entry: id, smartlockId: 17_198_957_927, part: 0, by: 'code', id, written });
const both =
  (...more: readonly Owned[]) =>
  (all: readonly Owned[]) => [...all, ...more];

describe('the record while a plan is applied', () => {
  it('is written where there was no file yet', async () => {
    const file = new MemoryRecord();
    assert.ok(await new KeptRecord(file, undefined, []).change(both(owned('a'))));
    assert.deepEqual(file.owned, [owned('a')]);
  });

  it('keeps changes that are asked for at once', async () => {
    const file = new MemoryRecord();
    const record = new KeptRecord(file, undefined, []);
    await Promise.all(['a', 'b', 'c'].map((id) => record.change(both(owned(id)))));
    assert.deepEqual(
      file.owned.map(({ id }) => id),
      ['a', 'b', 'c'],
    );
  });

  it('is not written again where nothing is different', async () => {
    const file = new MemoryRecord(recordText({ owned: [owned('a')] }));
    await new KeptRecord(file, file.text, [owned('a')]).change((all) => all);
    assert.deepEqual(file.texts, []);
  });

  for (const [what, text] of [
    ['has written', 'something else'],
    ['has deleted', undefined],
  ] as const) {
    it(`is written no more once someone else ${what} it`, async () => {
      const file = new MemoryRecord(recordText({ owned: [] }));
      const record = new KeptRecord(file, file.text, []);
      file.text = text;
      assert.equal(await record.change(both(owned('a'))), false);
      assert.equal(record.stopped, 'record');
      file.text = recordText({ owned: [] });
      assert.equal(await record.change(both(owned('a'))), false);
      assert.deepEqual([file.texts, record.owned], [[], []]);
    });
  }

  it('is written no more once it could not be', async () => {
    const file = new MemoryRecord();
    const record = new KeptRecord(file, undefined, []);
    file.write = () => Promise.reject(new Error('the disk is full'));
    assert.equal(await record.change(both(owned('a'))), false);
    file.write = (text) => Promise.resolve(void file.texts.push(text));
    assert.equal(await record.change(both(owned('a'))), false);
    assert.deepEqual([record.stopped, file.texts], ['notWritten', []]);
  });
});
