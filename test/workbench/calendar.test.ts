import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { AuthorizationForm } from './authorizationForm.ts';
import { eventually } from './eventually.ts';
import { closeAll, openHome, type HomeWindow } from './windows.ts';
import { ownWorker } from './workers.ts';

describe('the access calendar in the window', () => {
  let home: HomeWindow;
  let calendar: FrameLocator;

  const row = (name: string): Locator => calendar.locator('.row', { hasText: name }).first();
  const button = (name: string): Locator => calendar.getByRole('button', { name, exact: true });

  before(async () => {
    home = await openHome();
    calendar = home.window.webview();
  });

  after(closeAll);

  it('opens from the row of the account with two reads, and says when they were', async () => {
    const { nuki, window } = home;
    const before = nuki.home.exchanges.all.length;
    await window.chooseFromMenu(/Anna Berger/, 'Show Access Calendar');
    await calendar.getByText(/as of \d\d:\d\d/).waitFor();
    await row('Clara Novak').waitFor();
    const reads = nuki.home.exchanges.all.slice(before).map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    assert.deepEqual(reads.toSorted(), ['GET /account/user', 'GET /smartlock/auth/paged']);
    assert.equal(await row('Clara Novak').locator('[role=gridcell]').count(), 7);
  });

  it('answers who can enter at a time', async () => {
    await calendar.getByLabel('Who can enter at: Time', { exact: true }).fill('10:00');
    await calendar.getByRole('button', { name: 'Ask', exact: true }).click();
    await calendar
      .locator('.answer')
      .getByText(/Anna Berger/)
      .first()
      .waitFor();
  });

  it('has the same as a table', async () => {
    await button('Table').click();
    await calendar.getByRole('rowheader', { name: 'Clara Novak' }).first().waitFor();
    await button('Copy').click();
    await calendar.getByText('Copied the table.').waitFor();
    await button('Picture').click();
    await row('Clara Novak').waitFor();
  });

  it('is written to a file that stands by itself', async () => {
    const { window } = home;
    const file = join(ownWorker().forwarded.data, 'calendar.html');
    await button('Save…').click();
    await window.quickInput.getByRole('button', { name: 'OK', exact: true }).waitFor();
    await window.options.first().waitFor();
    await window.typeInput(file);
    await window.option('data').waitFor(); // what else is in the folder
    await window.page.keyboard.press('Enter');
    await window.notificationText(/Saved the access calendar/);
    const text = await readFile(file, 'utf8');
    assert.match(text, /^<!DOCTYPE html>/);
    assert.ok(text.includes('Clara Novak'));
    assert.doesNotMatch(text, /445566|<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it('opens the form of the authorization whose bar is clicked', async () => {
    await row('Anna Berger')
      .locator('.track')
      .click({ position: { x: 40, y: 15 } });
    const form = new AuthorizationForm(home.window);
    await form.ready();
    assert.equal(await form.frame.getByLabel('Name', { exact: true }).inputValue(), 'Anna Berger');
    await home.window.runCommand('View: Close Editor');
    await row('Clara Novak').waitFor();
  });

  it('opens the form of a new authorization with the times of the stretch that is chosen by keyboard', async () => {
    await button('Next').click();
    await row('Front Door').locator('[data-column="2"]').focus();
    await home.window.page.keyboard.press('Enter');
    const form = new AuthorizationForm(home.window);
    await form.ready();
    const valueOf = async (label: string): Promise<string> =>
      await form.frame.getByLabel(label, { exact: true }).inputValue();
    assert.equal(await valueOf('From: Time'), '00:00');
    assert.equal(await valueOf('Until: Time'), '00:00');
    assert.notEqual(await valueOf('From: Date'), await valueOf('Until: Date'));
    assert.ok(await form.frame.getByLabel('Front Door', { exact: true }).isChecked());
    await home.window.runCommand('View: Close Editor');
  });

  it('shows one device from its row, and people from theirs', async () => {
    const { window } = home;
    await window.expand('Front Door');
    await window.chooseFromMenu(/^Authorizations/, 'Show Access Calendar');
    await calendar.getByText(/· Front Door ·/).waitFor();
    assert.equal(await calendar.locator('.row.group').count(), 1);
    await window.runCommand('View: Close Editor');
    await window.collapse('Front Door'); // a group in it is called People, too
    await window.chooseFromMenu(/^People/, 'Show Access Calendar');
    await calendar.locator('.row.group', { hasText: 'Anna Berger' }).waitFor();
    assert.equal(await button('People').getAttribute('aria-pressed'), 'true');
    await window.runCommand('View: Close Editor');
  });

  it('opens once: asked for again, it comes to the front with the rows that were asked for', async () => {
    const { window } = home;
    await window.chooseFromMenu(/Anna Berger/, 'Show Access Calendar');
    await calendar.locator('.row.group', { hasText: 'Front Door' }).waitFor();
    await window.runCommand('Preferences: Open User Settings (JSON)');
    await window.editorTab('settings.json').waitFor();
    await window.chooseFromMenu(/^People/, 'Show Access Calendar');
    await calendar.locator('.row.group', { hasText: 'Anna Berger' }).waitFor();
    assert.equal(await window.editorTab('Access Calendar').count(), 1);
    await button('Devices').click();
    await calendar.locator('.row.group', { hasText: 'Front Door' }).waitFor();
  });

  it('asks nothing while it is hidden, and is there again after the window was loaded again', async () => {
    const { nuki, window } = home;
    await button('Month').click();
    await eventually(async () => (await calendar.getByRole('columnheader').count()) > 28);
    await eventually(async () => /accountId.{0,300}period.{0,30}month/.test(await window.stored()));
    await window.reload();
    await window.editorTab('Access Calendar').click(); // VS Code may bring back what was closed just before, too
    await calendar.getByRole('heading', { name: 'Access Calendar' }).waitFor();
    await eventually(async () => (await calendar.getByRole('columnheader').count()) > 28);
    await row('Front Door').waitFor();
    assert.ok(nuki.home.exchanges.all.every(({ method }) => method === 'GET'));
  });
});
