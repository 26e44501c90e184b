import assert from 'node:assert/strict';
import { Uri, workspace } from 'vscode';
import { FileSystemError, user } from './vscodeStandIn.ts';

describe('the stand-in for VS Code', () => {
  for (const time of ['once', 'twice'])
    it(`is as new for each test, whatever the one before has done: ${time}`, async () => {
      const [file, content] = [Uri.file('/repository/club.nuki-access.yaml'), new TextEncoder().encode('version: 1')];
      assert.deepEqual(
        [workspace.isTrusted, workspace.textDocuments, user.seen, user.files],
        [true, [], [], new Map()],
      );
      await workspace.fs.writeFile(file, content);
      await workspace.openTextDocument(file);
      user.refuseWrite = () => new FileSystemError('NoPermissions');
      await assert.rejects(async () => await workspace.fs.writeFile(file, content));
    });
});
