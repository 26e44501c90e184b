import assert from 'node:assert/strict';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { eventually } from './eventually.ts';
import { english } from './languages.ts';
import { deadToken, goodToken, listOnlyToken, type NukiServer } from './nukiServer.ts';
import { describeWelcome } from './welcome.ts';
import { closeAll, openForwarded, startHome } from './windows.ts';

describe('an own account', () => {
  let nuki: NukiServer;
  let window: Workbench;

  before(async () => {
    nuki = await startHome();
    window = await openForwarded();
    await window.openSidebar();
  });

  after(closeAll);

  const reads = (path: RegExp): number =>
    nuki.home.exchanges.all.filter((request) => request.method === 'GET' && path.test(request.path)).length;

  it('asks nothing of Nuki before there is an account', () => {
    assert.equal(nuki.home.exchanges.all.length, 0);
  });

  it('refuses what cannot be a token before any request, and never echoes it', async () => {
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).click();
    for (const pasted of [
      'short',
      'two words that are long enough',
      'tökeñ-0123456789-0123456789',
      `${goodToken}\u200B`,
    ]) {
      await window.fillInput(pasted);
      await window.inputMessage.filter({ hasText: "That doesn't look like an API token" }).waitFor();
      assert.ok(!(await window.quickInput.innerText()).includes(pasted));
      await window.typeInput('');
    }
    assert.equal(nuki.home.exchanges.all.length, 0);
  });

  it('tells a wrong token, a missing permission and a missing network apart', async () => {
    await window.fillInput(deadToken);
    await window.inputMessage.filter({ hasText: 'Nuki rejected this token.' }).waitFor();
    await window.fillInput(listOnlyToken);
    await window.inputMessage.filter({ hasText: "can't read the account" }).waitFor();
    nuki.home.fault({ path: /^\/account/, times: 9, loseAnswer: true });
    await window.fillInput(goodToken);
    await window.inputMessage.filter({ hasText: "Nuki can't be reached" }).waitFor();
    nuki.home.clearFaults();
    assert.equal(await window.rows.count(), 0);
  });

  it('adds the account with a good token, pasted with "Bearer" and blanks around it', async () => {
    const lists = reads(/^\/smartlock$/);
    const answered = Promise.withResolvers<void>();
    nuki.home.fault({ path: /^\/account/, change: (answer) => answered.promise.then(() => answer) });
    await window.fillInput(`  Bearer ${goodToken} `);
    await window.inputMessage.filter({ hasText: 'Checking the token with Nuki…' }).waitFor();
    answered.resolve();
    await window.row(/^Anna Berger.*7 devices/).waitFor();
    await window.row(/^Front Door\s*locked/).waitFor();
    assert.equal(reads(/^\/smartlock$/), lists + 1);
  });

  it('has left a line in the log for each request that failed, without a token', async () => {
    await window.runCommand('Nuki: Show Log');
    const log = window.page.locator('.part.panel .view-lines');
    await log.getByText(/GET\s\/account\sfailed:\snetwork,/).waitFor();
    const lines = (await log.innerText()).replaceAll('\u00A0', ' ');
    for (const [line, count] of [
      [/GET \/account failed: unauthorized 401, api\.nuki\.io, \d+ ms/g, 2],
      [/GET \/smartlock failed: unauthorized 401, api\.nuki\.io, \d+ ms/g, 1],
      [/GET \/account failed: network, [A-Z_ ]+ .*, \d+ ms/g, 1],
    ] as const) {
      assert.equal(lines.match(line)?.length, count, lines);
    }
    for (const token of [deadToken, listOnlyToken, goodToken]) assert.ok(!lines.includes(token));
    await window.runCommand('View: Toggle Panel Visibility');
    await log.waitFor({ state: 'hidden' });
  });

  it('refuses the same account twice', async () => {
    await window.runCommand('Nuki: Add Account…');
    await window.fillInput(goodToken);
    await window.inputMessage.filter({ hasText: 'You have already added this account: Anna Berger.' }).waitFor();
    await window.page.keyboard.press('Escape');
    assert.equal(await window.row(/^Anna Berger.*devices/).count(), 1);
  });

  it('sends nothing when the question is answered with Cancel', async () => {
    await window.pressInlineAction('Front Door', 'Unlock…');
    await window.pressInDialog('Cancel');
    assert.deepEqual(nuki.actions(), []);
  });

  it('unlocks from the row with one request, and says confirmed when the door has turned', async () => {
    await window.pressInlineAction('Front Door', 'Unlock…');
    await window.pressInDialog('Unlock');
    await window.row(/^Front Door\s*unlocked ✓/).waitFor({ timeout: 30_000 });
    assert.equal(nuki.home.door(frontDoor).state, 3);
    assert.deepEqual(nuki.actions(), [`/smartlock/${frontDoor}/action {"action":1}`]);
  });

  it('locks from the palette and unlocks from the status bar, each with one request', async () => {
    await window.runCommand('Nuki: Lock');
    await window.choose(/Front Door/);
    await window.row(/^Front Door\s*locked ✓/).waitFor({ timeout: 30_000 });
    assert.equal(nuki.home.door(frontDoor).state, 1);
    await window.chooseFromMenu('Front Door', 'Show in Status Bar…');
    await window.clickStatusItem(/Front Door/);
    await window.choose('Unlock…');
    await window.pressInDialog('Unlock');
    await window.row(/^Front Door\s*unlocked ✓/).waitFor({ timeout: 30_000 });
    assert.equal(nuki.home.door(frontDoor).state, 3);
    assert.equal(nuki.actions().length, 3);
  });

  it('reads the authorizations of a device when it is opened, and not before', async () => {
    assert.equal(reads(/\/auth/), 0);
    await window.expand('Front Door');
    await window.row(/^Housekeeping Cleanin/).waitFor();
    assert.equal(reads(/\/auth/), 1);
  });

  it('keeps expansion over a refresh, which asks once for the devices and once for what lies open', async () => {
    const [lists, authorizations] = [reads(/^\/smartlock$/), reads(/\/auth/)];
    await window.pressTitleAction('Refresh');
    await eventually(() => reads(/^\/smartlock$/) > lists && reads(/\/auth/) > authorizations);
    await window.page.waitForFunction(
      () => document.querySelector('.part.sidebar .monaco-progress-container.active') === null,
    );
    await window.row(/^Housekeeping Cleanin/).waitFor();
    assert.equal(reads(/^\/smartlock$/), lists + 1);
    assert.equal(reads(/\/auth/), authorizations + 1);
  });

  it('renames the account', async () => {
    await window.chooseFromMenu(/^Anna Berger.*devices/, 'Rename Account…');
    await window.fillInput('Home');
    await window.row(/^Home.*7 devices/).waitFor();
  });

  it('replaces the token only by one of the same account', async () => {
    await window.chooseFromMenu(/^Home/, 'Replace Token…');
    await window.fillInput(deadToken);
    await window.inputMessage.filter({ hasText: 'Nuki rejected this token.' }).waitFor();
    await window.fillInput(goodToken);
    await window.quickInput.waitFor({ state: 'hidden' });
    await window.row(/^Home.*7 devices/).waitFor();
  });

  it('is still there after the window was loaded again', async () => {
    await window.reload();
    await window.openSidebar();
    await window.row(/^Home.*7 devices/).waitFor();
    await window.row(/^Front Door\s*unlocked/).waitFor();
  });

  it('keeps the token out of everything but the secret storage', async () => {
    const kept = await window.page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    );
    assert.ok(!kept.includes(goodToken));
  });

  it('removes the account with all that is known of it', async () => {
    await window.chooseFromMenu(/^Home/, 'Remove Account…');
    const { message, detail } = await window.readDialog();
    assert.equal(message, 'Remove the account Home?');
    assert.match(detail, /stays valid until you delete it in Nuki Web/);
    await window.pressInDialog('Remove');
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).waitFor();
    const asked = nuki.home.exchanges.all.length;
    await window.reload();
    await window.openSidebar();
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).waitFor();
    assert.equal(nuki.home.exchanges.all.length, asked);
  });

  describe('that shows nothing', () => describeWelcome(english, () => ({ nuki, window })));
});
