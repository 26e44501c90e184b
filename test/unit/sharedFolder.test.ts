import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Journal } from '../../src/model/actions/journal.ts';
import { SharedFolder } from '../../src/sharedFolder.ts';
import { lockId, ref } from './devices.ts';
import { FakeClock } from './fakeClock.ts';

describe('a folder that windows share', () => {
  let parent: string;
  let folder: string;
  const opened: SharedFolder[] = [];

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'keyturner-shared-'));
    folder = join(parent, 'not there yet', 'shared');
  });

  afterEach(() => {
    for (const each of opened.splice(0)) each.dispose();
    rmSync(parent, { recursive: true });
  });

  const open = (at = folder): SharedFolder => {
    const shared = new SharedFolder(at);
    opened.push(shared);
    return shared;
  };

  it('holds what was written, over a restart, until it is deleted', () => {
    const shared = open();
    shared.write('account/7', { label: 'Haus “am See”', place: 1 });
    shared.write('account/7', { label: 'Home', place: 1 });
    shared.write('flag', true);
    const kept = new Map<string, unknown>([
      ['account/7', { label: 'Home', place: 1 }],
      ['flag', true],
    ]);
    assert.deepEqual(shared.read(), kept);
    assert.deepEqual(open().read(), kept);
    shared.delete('account/7');
    shared.delete('never written');
    assert.deepEqual([...shared.read().keys()], ['flag']);
    assert.deepEqual([...open().read().keys()], ['flag']);
  });

  it('tells the other window of what this one has written, and this one of nothing', async () => {
    const [one, other] = [open(), open()];
    let ownChanges = 0;
    one.onDidChange(() => (ownChanges += 1));
    const told = new Promise<void>((resolve) => other.onDidChange(() => resolve()));
    one.write('account/7', { label: 'Home' });
    await told;
    assert.deepEqual([...other.read()], [['account/7', { label: 'Home' }]]);
    one.reload();
    assert.equal(ownChanges, 0);
  });

  it('undoes nothing that another window writes at the same time', () => {
    const [one, other] = [open(), open()];
    one.write('account/7', 1);
    other.write('account/8', 2);
    one.write('account/9', 3);
    other.delete('account/7');
    one.write('account/8', 4);
    for (const each of [one, other]) {
      each.reload();
      assert.deepEqual(
        each.read(),
        new Map([
          ['account/8', 4],
          ['account/9', 3],
        ]),
      );
    }
  });

  it('knows at once whether there is a record, before it has looked', () => {
    const [one, other] = [open(), open()];
    one.write('account/7', 1);
    assert.equal(other.has('account/7'), true);
    one.delete('account/7');
    assert.equal(other.has('account/7'), false);
  });

  it('leaves out what is no record, and is no worse for it', () => {
    const shared = open();
    shared.write('account/7', 1);
    writeFileSync(join(folder, 'account%2F8.json'), '{"label": "Ho');
    writeFileSync(join(folder, '%E0%A4%A.json'), '1');
    writeFileSync(join(folder, 'a crash has left this.part'), '1');
    shared.reload();
    assert.deepEqual(
      shared.read(),
      new Map<string, unknown>([
        ['account/7', 1],
        ['account/8', undefined],
      ]),
    );
  });

  it('hinders no action by a file that a power cut has left empty', () => {
    const shared = open();
    const front = ref(lockId);
    writeFileSync(join(folder, `sent%2F${lockId}%2F1.json`), '');
    shared.reload();
    for (const session of ['one', 'other']) {
      const journal = new Journal(open(), session, new FakeClock());
      assert.equal(journal.begin(front, 'unlock'), undefined);
      journal.end(front, { kind: 'confirmed', at: 0 });
    }
  });

  it('creates what is not there, and overwrites nothing', () => {
    const [one, other] = [open(), open()];
    assert.equal(one.create('sent/1', 'one'), true);
    assert.equal(other.create('sent/1', 'other'), false);
    other.reload();
    assert.deepEqual([...other.read()], [['sent/1', 'one']]);
    assert.deepEqual(readdirSync(folder), ['sent%2F1.json']);
    assert.throws(() => one.create('x'.repeat(400), 1));
    assert.deepEqual(readdirSync(folder), ['sent%2F1.json']);
  });

  it('tells one program alone that it has created a record, of several that try at once', async () => {
    const module = pathToFileURL('src/sharedFolder.ts').href;
    const script = `import { SharedFolder } from '${module}';
      const shared = new SharedFolder(process.argv[1]);
      const created = Array.from({ length: 50 }, (_, index) => shared.create('sent/' + index, process.pid));
      shared.dispose();
      console.log(created.filter((is) => is).length);`;
    const programs = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, folder]),
    );
    const counts = (await Promise.all(programs)).map(({ stdout }) => Number(stdout));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      50,
      counts.join(' '),
    );
    assert.equal(open().read().size, 50);
  }).timeout(20_000);

  it('leaves no part of a record where it cannot be written, and says so', () => {
    const shared = open();
    shared.write('account/7', 1);
    assert.throws(() => shared.write('x'.repeat(400), 1));
    assert.deepEqual(readdirSync(folder), ['account%2F7.json']);
    assert.deepEqual([...shared.read().keys()], ['account/7']);
  });

  it('is empty where there can be no folder', () => {
    writeFileSync(join(parent, 'a file'), '');
    const shared = open(join(parent, 'a file', 'shared'));
    shared.reload();
    assert.deepEqual([...shared.read()], []);
    assert.throws(() => shared.write('account/7', 1));
  });
});
