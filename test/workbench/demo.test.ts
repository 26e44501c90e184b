import assert from 'node:assert/strict';
import type { Workbench } from '../vscode/page.ts';
import { describeActivity } from './activity.ts';
import { AuthorizationForm } from './authorizationForm.ts';
import { describeConversions, samples } from './conversions.ts';
import { eventually } from './eventually.ts';
import { closeAll, openShipped } from './windows.ts';

describe('the shipped package with the demo home', () => {
  let window: Workbench;

  before(async () => {
    window = await openShipped({ folder: samples });
    await window.openSidebar();
  });

  after(closeAll);

  it('welcomes with two ways to begin, and shows nothing in the status bar', async () => {
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).waitFor();
    await window.sidebar.getByText('Try the demo home', { exact: true }).waitFor();
    assert.equal(await window.rows.count(), 0);
    assert.equal(await window.statusItem(/Front Door|Nuki/).count(), 0);
  });

  it('shows the demo home in words', async () => {
    await window.sidebar.getByText('Try the demo home', { exact: true }).click();
    await window.row(/^Demo Home.*simulated · 7 devices/).waitFor();
    for (const words of [
      /^Front Door\s*locked$/,
      /^Cellar\s*offline · reported \d+ \w+, unlocked/,
      /^Garage\s*unlocked · battery low/,
      /^Guest House\s*locked/,
      /^Intercom.*ring to open until \d\d:\d\d/,
      /^Parcel Box.*unknown \(1\)/,
      /^Terrace\s*door open · unlocked · keypad battery low/,
    ]) {
      await window.row(words).waitFor();
    }
  });

  it('shows the words that matter at 300 px', async () => {
    await window.widenSidebar(300);
    for (const [name, words] of [
      ['Cellar', /^offline · reported \d/],
      ['Garage', /^unlocked · battery low$/],
      ['Intercom', /^ring to open until \d\d:\d\d$/],
      ['Terrace', /^door open · unlocked/],
    ] as const) {
      assert.match(await window.descriptionInSight(name), words);
    }
  });

  it('says the state of every row aloud', async () => {
    assert.equal(await window.row('Front Door').getAttribute('aria-label'), 'Front Door, locked');
    const garage = await window.row('Garage').getAttribute('aria-label');
    assert.equal(garage, 'Garage, unlocked · battery low, needs attention');
  });

  it('says everything else when the user points at a device', async () => {
    const told = await window.readHover('Front Door', /firmware 5\.9\.4/);
    for (const line of [
      'Front Door · Smart Lock (5th generation, Ultra)',
      'online · battery',
      'Keypad 2 · Europe/Berlin',
    ]) {
      assert.ok(told.includes(line), told);
    }
  });

  it('asks as always when the user follows a link of what is said there', async () => {
    const hover = await window.hoverOf(window.row('Front Door'), /firmware 5\.9\.4/);
    await hover.getByText('Unlock…', { exact: true }).click();
    assert.match((await window.readDialog()).message, /^Unlock Front Door\?/);
    await window.pressInDialog('Cancel');
    await window.row(/^Front Door\s*locked/).waitFor();
  });

  it('opens a device to its authorizations, in words and without codes', async () => {
    await window.expand('Front Door');
    await window.row(/^Authorizations\s*14/).waitFor();
    await window.row(/^Housekeeping Cleanin\s*Tue, Fri 09–13/).waitFor();
    await window.row(/^Guest Emil\s*expired/).waitFor();
    assert.doesNotMatch((await window.rows.allInnerTexts()).join('\n'), /\b[1-9]{6}\b/);
  });

  it('unlocks from the row: asks first, then follows until the lock confirms', async () => {
    await window.pressInlineAction('Front Door', 'Unlock…');
    const { message, detail, buttons } = await window.readDialog();
    assert.equal(message, 'Unlock Front Door?');
    assert.match(
      detail,
      /^Demo Home · Smart Lock \(5th generation, Ultra\) …[0-9A-F]{4}\s+Last reported: locked, .+ \(updated \d\d:\d\d:\d\d\)$/,
    );
    assert.deepEqual(buttons.toSorted(), ['Cancel', 'Unlock']);
    await window.pressInDialog('Unlock');
    await window.row(/^Front Door\s*unlocking…/).waitFor();
    await window.row(/^Front Door\s*unlocked ✓ \d\d:\d\d/).waitFor({ timeout: 30_000 });
    assert.equal(await window.notifications.count(), 0);
  });

  it('locks from the palette without asking', async () => {
    await window.runCommand('Nuki: Lock');
    await window.choose(/Front Door/);
    await window.row(/^Front Door\s*locking…/).waitFor();
    await window.row(/^Front Door\s*locked ✓ \d\d:\d\d/).waitFor({ timeout: 30_000 });
  });

  it('unlocks from the status bar, after a device was chosen for it', async () => {
    await window.chooseFromMenu('Front Door', 'Show in Status Bar…');
    await window.statusItem(/^\s*Front Door/).waitFor();
    await window.clickStatusItem(/Front Door/);
    await window.choose('Unlock…');
    await window.pressInDialog('Cancel');
    await window.clickStatusItem(/Front Door/);
    await window.choose('Unlock…');
    await window.pressInDialog('Unlock');
    await window.statusItem(/Front Door: unlocking…/).waitFor();
    await window.row(/^Front Door\s*unlocked ✓/).waitFor({ timeout: 30_000 });
    await window.statusItem(/^\s*Front Door\s*$/).waitFor({ timeout: 75_000 }); // the next refresh comes within a minute
  });

  it('shows the recent activity of the device in the status bar', async () => {
    await window.collapse(/^Demo Home/);
    await window.clickStatusItem(/Front Door/);
    await window.choose('Recent Activity');
    await window.row(/^Recent Activity/).waitFor();
    await window
      .row(/^Anna Berger\s*unlocked · \d+ (sec|min) ago$/)
      .first()
      .waitFor();
    await window.collapse('Front Door');
  });

  it('opens the form for the device of the status bar', async () => {
    const form = new AuthorizationForm(window);
    await window.clickStatusItem(/Front Door/);
    await window.choose('New Authorization…');
    await form.ready();
    assert.equal(await form.frame.getByLabel('Front Door', { exact: true }).isChecked(), true);
    await form.press('Cancel');
    await window.editorTab('New Authorization').waitFor({ state: 'hidden' });
  });

  it('shows a device of the status bar in the sidebar, and hides it again', async () => {
    await window.collapse(/^Demo Home/);
    await window.clickStatusItem(/Front Door/);
    await window.choose('Show in Sidebar');
    await window.row('Front Door').waitFor();
    await window.clickStatusItem(/Front Door/);
    await window.choose('Hide from Status Bar');
    await window.statusButton(/Front Door/).waitFor({ state: 'hidden' });
  });

  it('copies ids, decimal and hex', async () => {
    const clipboard = (): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());
    await window.chooseFromMenu('Front Door', 'Developer', 'Copy ID…');
    await window.option(/decimal, as in the Web API/).waitFor();
    await window.page.keyboard.press('Enter');
    await window.statusItem(/Copied \d+/).waitFor();
    const decimal = Number(await clipboard());
    await window.chooseFromMenu('Front Door', 'Developer', 'Copy ID…');
    await window.choose(/hex, as in the Nuki app/);
    await window.statusItem(/Copied [0-9A-F]{8}$/).waitFor();
    assert.equal(Math.floor(decimal / 2 ** 32), 5);
    assert.equal(Number.parseInt(await clipboard(), 16), decimal % 2 ** 32);
  });

  it('copies a code, takes it out of the clipboard after half a minute, and shows one for ten seconds', async () => {
    const clipboard = (): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());
    await window.chooseFromMenu(/^Family\s*$/, 'Copy Code');
    await window.statusItem(/Code copied\. The clipboard is cleared after 30 seconds\./).waitFor();
    const copiedAt = performance.now();
    assert.equal(await clipboard(), '445566');

    await window.chooseFromMenu(/^Family\s*$/, 'Reveal Code');
    await window.option('445566').waitFor();
    const shownAt = performance.now();
    assert.equal(await window.quickInput.locator('input[aria-activedescendant]').count(), 0); // it would be read aloud
    await window.quickInput.waitFor({ state: 'hidden' });
    const shown = (performance.now() - shownAt) / 1000;
    assert.ok(shown > 8 && shown < 13, `${shown} s`);
    assert.equal(await window.page.evaluate(() => document.documentElement.outerHTML.includes('445566')), false);

    await eventually(async () => (await clipboard()) !== '445566', 60_000);
    const kept = (performance.now() - copiedAt) / 1000;
    assert.equal(await clipboard(), '');
    assert.ok(kept > 28 && kept < 35, `${kept} s`);
  });

  it('leaves open what the user opens while a code is shown', async () => {
    await window.chooseFromMenu(/^Family\s*$/, 'Reveal Code');
    await window.option('445566').waitFor();
    await window.page.keyboard.press('F1');
    await window.page.keyboard.type('Nuki: Generate Keypad Code', { delay: 50 });
    await window.option('Nuki: Generate Keypad Code…').waitFor();
    assert.equal(await window.page.evaluate(() => document.documentElement.outerHTML.includes('445566')), false);
    await window.page.keyboard.press('Escape');
  });

  it('offers on each device what its kind can do, and on one that is offline only to close', async () => {
    await window.collapse('Front Door'); // leaves room for the others
    const others = ['New Authorization…', 'Show in Status Bar…', 'Wake and Refresh', 'Developer'];
    assert.deepEqual(await window.menuItems('Front Door'), ['Lock', 'Unlock…', 'Unlatch…', 'More', ...others]);
    assert.deepEqual(await window.menuItems('Front Door', 'More'), ["Lock 'n' Go…", "Lock 'n' Go with Unlatch…"]);
    assert.deepEqual(await window.menuItems('Front Door', 'Developer'), ['Copy ID…', 'Copy Request…', 'Show as JSON']);
    const offline = others.filter((title) => title !== 'Wake and Refresh');
    assert.deepEqual(await window.menuItems('Cellar'), ['Lock', ...offline]);
    assert.deepEqual(await window.menuItems('Parcel Box'), ['Unlock…', ...others]);
    assert.deepEqual(await window.menuItems('Intercom'), ['Deactivate Ring to Open', 'Open Door…', 'More', ...others]);
  });

  it('refuses to open a door that would act later, unattended', async () => {
    await window.runCommand('Nuki: Unlock…');
    await window.choose(/Cellar/);
    assert.match(
      await window.notificationText(/Cellar/),
      /^Cellar is offline and would act later, unattended\. Nothing was sent\.$/,
    );
    assert.equal(await window.dialog.count(), 0);
  });

  it('has a motor that blocks once, says so, and turns at the next try', async () => {
    await window.pressInlineAction('Garage', 'Lock');
    await window.row(/^Garage.*motor blocked/).waitFor({ timeout: 30_000 });
    await window.notification(/Garage.*motor blocked/).waitFor();
    await window.pressInlineAction('Garage', 'Lock');
    await window.row(/^Garage\s*locked ✓/).waitFor({ timeout: 30_000 });
  });

  it('is as it was at first once it was reset, which asks', async () => {
    await window.chooseFromMenu(/^Demo Home/, 'Reset the Demo Home…');
    assert.equal((await window.readDialog()).message, 'Reset the demo home?');
    await window.pressInDialog('Reset');
    await window.row(/^Garage\s*unlocked · battery low/).waitFor();
    await window.row(/^Front Door\s*locked/).waitFor();
  });

  it('is still there after the window was loaded again', async () => {
    await window.reload();
    await window.openSidebar();
    await window.row('Front Door').waitFor();
  });

  describe('and its activity', () => describeActivity(() => window));
  describe('for programmers', () => describeConversions(() => window));

  describe('when it is removed', () => {
    it('goes', async () => {
      await window.openSidebar();
      await window.chooseFromMenu(/^Demo Home/, 'Remove the Demo Home');
      await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).waitFor();
    });

    it('leaves a title of the view that does what it says, also where the user moves the view beside others', async () => {
      await window.runCommand('View: Move View');
      await window.choose(/^Devices/);
      await window.choose(/^Explorer/);
      const title = window.sidebar.locator('.pane-header').filter({ hasText: 'Nuki: Devices' });
      await title.hover();
      await title.getByRole('button', { name: 'Add Account…', exact: true }).click();
      await window.quickInput.getByPlaceholder('API token').waitFor();
      await window.page.keyboard.press('Escape');
    });
  });
});
