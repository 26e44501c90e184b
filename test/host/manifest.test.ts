import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import manifest from '../../package.json' with { type: 'json' };

const extension = extensions.getExtension('keyturner.keyturner');

describe('the extension', () => {
  it('is there, activates and exports nothing', async () => {
    assert.ok(extension);
    assert.equal(await extension.activate(), undefined);
    assert.equal(extension.isActive, true);
  });

  it('registers every command that its manifest promises', async () => {
    const registered = new Set(await commands.getCommands(true));
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });
});
