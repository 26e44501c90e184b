import assert from 'node:assert/strict';
import type { Workbench } from '../vscode/page.ts';
import { goodToken, type NukiServer } from './nukiServer.ts';
import { closeAll, openForwarded, startHome } from './windows.ts';

describe('who holds a token', () => {
  let nuki: NukiServer;
  let window: Workbench;

  before(async () => {
    nuki = await startHome({ tokens: [{ token: goodToken, description: 'VS Code' }] });
    window = await openForwarded();
    await window.openSidebar();
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).click();
    await window.fillInput(goodToken);
    await window.row(/^Anna Berger.*7 devices/).waitFor();
  });

  after(closeAll);

  const named = (name: string): boolean => nuki.home.integrations.some(({ description }) => description === name);

  it('is a list with what each can do, and what should be done something about', async () => {
    await window.runCommand('Nuki: Show Who Holds a Token');
    await window.option(/VS Code.*this one is Keyturner's/).waitFor();
    await window.option(/Home Assistant.*Not used for 140 days/).waitFor();
    await window.option(/Conrad Connect.*Connected the old way/).waitFor();
    await window.option(/Ben's iPhone.*via Ben Berger/).waitFor();
  });

  it('shows the details of one, and revokes it after a question', async () => {
    await window.choose('Home Assistant');
    await window.option(/Permissions.*manage devices, operate devices/).waitFor();
    await window.option('Not used for 140 days').waitFor();
    await window.choose('Revoke…');
    const { message, detail } = await window.readDialog();
    assert.equal(message, 'Revoke Home Assistant?');
    assert.match(detail, /loses its access to Anna Berger/);
    assert.ok(named('Home Assistant'));
    await window.pressInDialog('Revoke');
    await window.notification(/^Home Assistant was revoked\./).waitFor();
    assert.ok(!named('Home Assistant'));
    assert.equal(nuki.home.tokens.held.length, 1);
  });

  it('loses its token with the account, where that is asked for', async () => {
    await window.runCommand('Nuki: Remove Account…');
    const { detail, buttons } = await window.readDialog();
    assert.match(detail, /"VS Code" at Nuki/);
    assert.ok(buttons.includes('Remove'));
    await window.pressInDialog('Remove and Revoke Token');
    await window.notification(/was removed, and its token was revoked\./).waitFor();
    assert.deepEqual(nuki.home.tokens.held, []);
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).waitFor();
  });
});
