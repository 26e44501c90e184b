import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frontDoor, garage, guestHouse } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { AuthorizationHome } from './authorizationHome.ts';
import { closeAll } from './windows.ts';
import { ownWorker } from './workers.ts';

describe('commands for authorizations', () => {
  let home: AuthorizationHome;
  let window: Workbench;

  before(async () => {
    home = await AuthorizationHome.open();
    window = home.window;
    await home.showFrontDoor(560);
  });

  after(closeAll);

  /** Where the window's server keeps its files, this test's among them. */
  const folder = (): string => ownWorker().forwarded.data;
  const clipboard = (): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());
  const codes = (): readonly string[] =>
    [frontDoor, guestHouse, garage]
      .flatMap((id) => home.nuki.home.authorizationsOnLock(id))
      .flatMap(({ code }) => (code === undefined ? [] : [String(code)]));

  it('deletes several that were chosen together, listed in the question, in one request, and nothing of the system', async () => {
    const people = ['Plumber', "Ben's Fob", 'Housekeeping Cleanin'];
    await window.expand('System');
    await window.row('Z-Key').click(); // belongs to the system, and can only be renamed
    for (const name of people) await window.row(name).click({ modifiers: ['ControlOrMeta'] });
    await window.pressForDialog('Delete');
    const asked = await window.readDialog();
    assert.equal(asked.message, 'Delete 3 authorizations?');
    assert.match(asked.detail, /Not included, because they belong to the system: Z-Key$/);
    await window.pressInDialog('Cancel');
    await window.row('Z-Key').click({ modifiers: ['ControlOrMeta'] });
    await window.chooseFromMenu('Plumber', 'Delete Authorization…');
    const { message, detail } = await window.readDialog();
    assert.equal(message, 'Delete 3 authorizations?');
    assert.deepEqual(
      detail.split('\n').toSorted(),
      people.map((name) => `${name} · Front Door · Anna Berger`).toSorted(),
    );
    await window.pressInDialog('Delete');
    for (const name of people) {
      await window.row(name).waitFor({ state: 'hidden', timeout: 60_000 });
      assert.equal(home.onLock(frontDoor, name), undefined);
    }
    assert.deepEqual(home.writes(), ['DELETE /smartlock/auth']);
    assert.ok(home.onLock(frontDoor, 'Z-Key'));
  });

  it('asks about the row that has the focus when Delete is pressed, and on a device does nothing', async () => {
    await window.row('Clara Novak').click();
    await window.page.keyboard.press('ArrowUp'); // which selects nothing
    await window.pressForDialog('Delete');
    assert.equal((await window.readDialog()).message, 'Delete Ben Berger?');
    await window.pressInDialog('Cancel');
    await window.row('Front Door').click();
    await window.row('Family').waitFor({ state: 'hidden' });
    await window.page.keyboard.press('Delete');
    await window.row('Front Door').click();
    await window.row('Family').waitFor();
    assert.equal(await window.dialog.count(), 0);
    assert.deepEqual(home.writes(), []);
  });

  it('cleans up what has expired on one device, and on no other', async () => {
    await window.collapse('Front Door');
    await window.expand('Guest House');
    await window.row('Guest Hanna').waitFor();
    await window.chooseFromMenu(/^Authorizations/, 'Delete Expired Authorizations…');
    const { message, detail } = await window.readDialog();
    assert.equal(message, 'Delete 1 expired authorization?');
    assert.match(detail, /^Guest Hanna · Guest House · Anna Berger · \d/);
    assert.doesNotMatch(detail, /Guest Emil/);
    await window.pressInDialog('Delete');
    await window.row('Guest Hanna').waitFor({ state: 'hidden', timeout: 60_000 });
    assert.equal(home.onLock(guestHouse, 'Guest Hanna'), undefined);
    assert.ok(home.onLock(frontDoor, 'Guest Emil'));
    assert.equal(home.writes().length, 1);
    await window.collapse('Guest House');
    await window.expand('Front Door');
  });

  it('leaves alone what was copied since a code was', async () => {
    await window.chooseFromMenu(/^Family/, 'Copy Code');
    await window.statusItem(/Code copied/).waitFor();
    await window.page.evaluate(() => {
      const read = navigator.clipboard.readText.bind(navigator.clipboard);
      navigator.clipboard.readText = () => {
        document.body.dataset['wasRead'] = 'yes';
        return read();
      };
      return navigator.clipboard.writeText('my own');
    });
    await window.page.locator('body[data-was-read]').waitFor({ timeout: 60_000 }); // the extension looks when its time has come
    await window.runCommand('Nuki: Copy Request…'); // answered after all that the extension has begun
    await window.option(/Front Door/).waitFor();
    await window.page.keyboard.press('Escape');
    assert.equal(await clipboard(), 'my own');
  });

  it('exports the authorizations of a device as CSV, without codes', async () => {
    const text = await exportTo(/^Authorizations/, 'front-door.csv');
    const [columns, ...lines] = text.trim().split('\r\n');
    assert.match(columns ?? '', /^"device","smartlockId","name","type","status","onLock","pending","schedule"/);
    assert.equal(lines.length, home.nuki.home.authorizationsOnLock(frontDoor).length);
    assert.ok(lines.every((line) => line.startsWith(`"Front Door","${frontDoor}",`)));
    assert.match(text, /"Clara Novak","app","active","confirmed","","Mon–Fri 08:00–12:00"/);
    for (const code of codes()) assert.ok(!text.includes(code), 'a code is in the file');
  });

  it('exports those of a whole account as JSON, without codes', async () => {
    const text = await exportTo(/Anna Berger\s*7 devices/, 'everything.json');
    const entries: unknown = JSON.parse(text);
    assert.ok(Array.isArray(entries));
    const names = new Set(entries.map(({ device }: { device: string }) => device));
    assert.equal(names.size, 7);
    assert.doesNotMatch(text, /"code"/);
    for (const code of codes()) assert.ok(!text.includes(code), 'a code is in the file');
  });

  async function exportTo(row: RegExp, name: string): Promise<string> {
    const file = join(folder(), name);
    await window.chooseFromMenu(row, 'Export Authorizations…');
    await window.quickInput.getByRole('button', { name: 'OK', exact: true }).waitFor();
    await window.options.first().waitFor();
    await window.typeInput(file);
    await window.option('data').waitFor(); // what else is in the folder
    await window.page.keyboard.press('Enter');
    assert.match(await window.notificationText(/Exported/), /^Exported \d+ authorizations, without their codes\.$/);
    await window.pressInNotification(/Exported/, 'Open');
    await window.editorTab(name).waitFor();
    await window.runCommand('View: Close Editor');
    return await readFile(file, 'utf8');
  }

  it('writes no code into the log', async () => {
    await window.runCommand('Nuki: Show Log');
    const log = window.page.locator('.panel .view-lines');
    await log.waitFor();
    const text = await log.innerText();
    for (const code of codes()) assert.ok(!text.includes(code), 'a code is in the log');
  });
});
