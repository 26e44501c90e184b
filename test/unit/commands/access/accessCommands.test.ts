import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { accessCommands } from '../../../../src/commands/access/accessCommands.ts';
import { workspace } from '../../vscodeStandIn.ts';
import { AccessHarness, fileWith, path, said, weber } from './accessHarness.ts';

describe('the commands of access files', () => {
  afterEach(() => (workspace.isTrusted = true));

  it('do nothing in Restricted Mode, and say so, whoever runs them', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    workspace.isTrusted = false;
    const commands = Object.values(accessCommands(harness.services));
    for (const run of commands) await run(Uri.file(path));
    const refusal = "Access files aren't used in Restricted Mode. Trust this workspace first.";
    assert.deepEqual(
      said(),
      commands.map(() => refusal),
    );
    assert.deepEqual([harness.account.requests, harness.document()], [[], undefined]);
  });
});
