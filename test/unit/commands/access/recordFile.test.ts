import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { recordFileOf } from '../../../../src/commands/access/recordFile.ts';
import { FileSystemError, user, workspace } from '../../vscodeStandIn.ts';
import { AccessHarness, fileWith, path, recordPath, said, weber } from './accessHarness.ts';

const { readFile, writeFile } = workspace.fs;

describe('the file of a record', () => {
  beforeEach(() => user.files.clear());
  afterEach(() => void Object.assign(workspace.fs, { readFile, writeFile }));

  it('is none only where there is none: one that cannot be read is no empty one', async () => {
    const record = recordFileOf(Uri.file(path));
    assert.equal(await record.read(), undefined);
    workspace.fs.readFile = () => Promise.reject(new FileSystemError('Unavailable'));
    await assert.rejects(record.read(), { code: 'Unavailable' });
  });

  it('is written only where it can be read as it was written', async () => {
    const record = recordFileOf(Uri.file(path));
    await record.write('whole');
    workspace.fs.writeFile = ({ path: to }) => Promise.resolve(void user.files.set(to, 'ha'));
    await assert.rejects(record.write('half'), FileSystemError);
  });

  it('keeps everything from being planned while it cannot be read', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    workspace.fs.readFile = (uri) =>
      uri.path === recordPath ? Promise.reject(new FileSystemError('Unavailable')) : readFile(uri);
    await harness.plan();
    assert.deepEqual(said(), ["club.nuki-access.record.json can't be read."]);
    assert.equal(harness.document(), undefined);
  });
});
