import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workbench } from '../vscode/page.ts';
import { ActivityPage } from './activityPage.ts';
import { eventually } from './eventually.ts';
import type { NukiServer } from './nukiServer.ts';
import { closeAll, openHome } from './windows.ts';

describe('the activity of an account', () => {
  let nuki: NukiServer;
  let window: Workbench;
  let page: ActivityPage;
  const folder = mkdtempSync(join(tmpdir(), 'keyturner-activity-'));

  before(async () => {
    ({ nuki, window } = await openHome());
    page = new ActivityPage(window);
  });

  after(async () => {
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
  });

  const reads = (): string[] =>
    nuki.home.exchanges.all.flatMap(({ path }) =>
      /\/log\b|\/account\/user/.test(path) ? [path.split('?')[0] ?? ''] : [],
    );

  it('is shown from the row of the account, with one page of the log and the account users', async () => {
    assert.deepEqual(reads(), []);
    await window.chooseFromMenu(/^Anna Berger/, 'Show Activity');
    await page.ready();
    await page.frame.getByText(/^50 entries · read back to /).waitFor();
    assert.deepEqual(reads().toSorted(), ['/account/user', '/smartlock/log']);
    const all = (await page.rows().allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
    assert.ok(
      all.some((text) => /Intercom Anna Berger ring to open on/.test(text)),
      all.join('\n'),
    );
    assert.equal(await page.frame.locator('.days').getByRole('rowheader').count(), 7);
  });

  it('is filtered to who was refused, and says who filters', async () => {
    await page.frame.locator('#time').selectOption('week');
    await page.frame.locator('#result').selectOption('refused');
    await page.frame.getByText('Filtered by Nuki: Period. Filtered here, among what was read: Result.').waitFor();
    await page.frame.getByText('No older activity matches the filter.').waitFor();
    const shown = await page.rows().allInnerTexts();
    assert.ok(shown.length >= 2);
    for (const text of shown) assert.match(text, /tried: /);
    assert.ok(
      shown.some((text) => /Unknown code\s+invalid code/.test(text)),
      shown.join('\n'),
    );
  });

  it('tells all of a row on Enter, without a code, and shows its door in the sidebar', async () => {
    await page.rows('Unknown code').first().focus();
    await window.page.keyboard.press('Enter');
    const details = page.frame.locator('.list-details');
    await details.getByText('keypad code').waitFor();
    assert.doesNotMatch(await details.innerText(), /\b[1-9]{6}\b/);
    await details.getByRole('button', { name: 'Show in Sidebar' }).click();
    await window.row('Front Door').and(window.page.locator('.focused')).waitFor();
  });

  it('is exported as it is filtered', async () => {
    const file = join(folder, 'activity.csv');
    mkdirSync(join(folder, 'of another day'));
    await page.frame.getByRole('button', { name: 'Export…' }).click();
    await window.quickInput.getByRole('button', { name: 'OK', exact: true }).waitFor();
    await window.options.first().waitFor();
    await window.typeInput(file);
    await window.option('of another day').waitFor(); // what else is in the folder
    await window.page.keyboard.press('Enter');
    assert.match(await window.notificationText(/Exported/), /^Exported \d+ entries\.$/);
    const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\r\n');
    assert.match(head, /time/i);
    assert.equal(lines.length, await page.rows().count());
  });

  it('has its filter saved, and shows it again after the window was loaded again', async () => {
    await page.frame.getByRole('button', { name: 'Save Filter…' }).click();
    await page.frame.getByLabel('Name of the filter').fill('Refused this week');
    await window.page.keyboard.press('Enter');
    await page.frame.getByLabel('Saved filters').waitFor();
    await eventually(async () => /result\W{1,40}refused/.test(await window.stored()), 30_000);
    await window.reload();
    await page.ready();
    assert.equal(await page.frame.locator('#result').inputValue(), 'refused');
    assert.equal(await page.frame.locator('#time').inputValue(), 'week');
    await page.frame.getByRole('button', { name: 'Reset Filter' }).click();
    await page.rows('Auto Lock').first().waitFor();
    await page.frame.getByLabel('Saved filters').selectOption('Refused this week');
    await page.frame.getByText('No older activity matches the filter.').waitFor();
    assert.equal(await page.rows('Auto Lock').count(), 0);
  });

  it('asks for nothing while it is hidden', async () => {
    await window.runCommand('Preferences: Open User Settings (JSON)');
    await window.editorTab('settings.json').waitFor(); // else it comes to the front later
    const before = reads().length;
    await window.editorTab('Activity').click();
    await page.ready();
    assert.equal(reads().length, before);
  });

  it('shows one door where it is opened from the row of its activity', async () => {
    await window.runCommand('View: Close All Editors');
    await window.expand('Front Door');
    await window.chooseFromMenu('Recent Activity', 'Show Activity');
    await page.ready();
    const doors = await page.frame.locator('.list-body .door').allInnerTexts();
    assert.deepEqual([...new Set(doors)], ['Front Door']);
    await window.chooseFromMenu('Recent Activity', 'Show Activity');
    await window.chooseFromMenu(/7 devices/, 'Show Activity');
    await page.rows('Intercom').first().waitFor();
    assert.equal(await window.editorTab('Activity').count(), 2); // of the door, and of the account
  });
});
