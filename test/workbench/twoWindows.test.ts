import assert from 'node:assert/strict';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { AuthorizationForm } from './authorizationForm.ts';
import { eventually } from './eventually.ts';
import { anotherGoodToken, goodToken, type NukiServer } from './nukiServer.ts';
import { addAccount, closeAll, openAnother, openForwarded, startHome } from './windows.ts';
import { sharedKeyringSetting } from './workers.ts';

describe('two windows of one user', () => {
  let nuki: NukiServer;
  let one: Workbench;
  let other: Workbench;

  before(async () => {
    nuki = await startHome();
    one = await openForwarded({ settings: { [sharedKeyringSetting]: true } });
    other = await openAnother(one);
    await one.openSidebar();
    await other.openSidebar();
    await other.sidebar.getByRole('button', { name: 'Add Account', exact: true }).waitFor();
  });

  after(closeAll);

  const lists = (): number => nuki.home.exchanges.all.filter(({ path }) => path === '/smartlock').length;
  const noAccount = async (window: Workbench): Promise<void> =>
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).waitFor();

  it('both have an account that was added in one of them', async () => {
    await addAccount(one);
    await other.row(/^Anna Berger.*7 devices/).waitFor();
    await other.row(/^Front Door\s*locked/).waitFor();
  });

  it('both show the name that was given in the other', async () => {
    await other.chooseFromMenu(/^Anna Berger.*devices/, 'Rename Account…');
    await other.fillInput('Home');
    await one.row(/^Home.*7 devices/).waitFor();
  });

  it('both use the token that was entered in one', async () => {
    await one.chooseFromMenu(/^Home/, 'Replace Token…');
    await one.fillInput(anotherGoodToken);
    await one.quickInput.waitFor({ state: 'hidden' });
    nuki.home.revoke(goodToken);
    const asked = lists();
    await other.pressTitleAction('Refresh');
    await eventually(() => lists() > asked);
    await other.row(/^Home\s*7 devices/).waitFor();
    assert.equal(nuki.home.exchanges.all.filter(({ status }) => status === 401).length, 0);
  });

  it('send one request for each gesture', async () => {
    const sent = nuki.actions().length;
    await Promise.all([one.pressInlineAction('Front Door', 'Unlock…'), other.chooseFromMenu('Garage', 'Lock')]);
    await one.pressInDialog('Unlock');
    await one.row(/^Front Door\s*unlocked ✓/).waitFor();
    await other.row(/^Garage\s*locked ✓/).waitFor();
    assert.equal(nuki.actions().length, sent + 2);
    assert.equal(nuki.home.door(frontDoor).state, 3);
  });

  it('do nothing for an account that was removed in one of them, whatever was open in the other', async () => {
    await other.chooseFromMenu('Front Door', 'New Authorization…');
    const form = new AuthorizationForm(other);
    await form.ready();
    await form.fill('Name', 'Guest Weber');
    await form.generateCode();
    await other.chooseFromMenu('Front Door', 'Unlatch…');
    await other.dialog.waitFor();
    const sent = nuki.home.exchanges.all.filter(({ method }) => method !== 'GET').length;

    await one.chooseFromMenu(/^Home/, 'Remove Account…');
    await one.pressInDialog('Remove');
    await noAccount(one);
    await other.pressInDialog('Unlatch');
    await other.notification(/The account was removed\. Nothing was sent\./).waitFor();
    await noAccount(other);
    await form.alert.filter({ hasText: 'The account was removed' }).waitFor();
    await form.send(/^Create/);
    await form.alert.filter({ hasText: 'Nothing was sent' }).waitFor();
    assert.equal(nuki.home.exchanges.all.filter(({ method }) => method !== 'GET').length, sent);
  });

  it('show nothing of it after they were loaded again', async () => {
    await other.closeAllEditors();
    const asked = nuki.home.exchanges.all.length;
    await other.reload();
    await other.openSidebar();
    await noAccount(other);
    assert.equal(nuki.home.exchanges.all.length, asked);
  });
});
