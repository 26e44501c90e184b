import assert from 'node:assert/strict';
import { cellar, frontDoor, garage } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { AuthorizationHome } from './authorizationHome.ts';
import { closeAll } from './windows.ts';

describe('the people of an account', () => {
  let home: AuthorizationHome;
  let window: Workbench;

  before(async () => {
    home = await AuthorizationHome.open();
    window = home.window;
    await window.widenSidebar(560);
  });

  after(closeAll);

  const reads = (): readonly string[] =>
    home.nuki.home.exchanges.all
      .map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)
      .filter((request) => /\/(smartlock\/auth\/paged|account\/user)$/.test(request));

  it('are closed at first, and read when they are opened', async () => {
    await window.row('People').waitFor();
    assert.deepEqual(reads(), []);
    await window.expand('People');
    await window.row('Ben Berger').waitFor();
    assert.deepEqual(reads().toSorted(), ['GET /account/user', 'GET /smartlock/auth/paged']);
  });

  it('say what each can open, and have a row for each door with the commands of its authorization', async () => {
    assert.match(await window.descriptionInSight('Clara Novak'), /Mon–Fri 08–12/);
    await window.expand('Clara Novak');
    await window.page.locator('.monaco-list-row[aria-label^="Front Door, Mon–Fri 08–12"]').click();
    await window.pressForDialog('Delete');
    const { message, detail } = await window.readDialog();
    assert.equal(message, 'Delete Clara Novak?');
    assert.equal(detail, 'Clara Novak · Front Door · Anna Berger');
    await window.pressInDialog('Cancel');
    assert.deepEqual(home.writes(), []);
    await window.collapse('Clara Novak');
  });

  it('that leave are asked about once, and what was seen of it is a document', async () => {
    home.nuki.home.setServerState(cellar, 0);
    await window.chooseFromMenu('Ben Berger', 'Leaves…');
    const { message, detail } = await window.readDialog();
    assert.match(message, /^Ben Berger leaves: delete \d authorizations\?$/);
    assert.match(detail, /Garage · app · Ben Berger/);
    await window.pressInDialog('Delete');
    await window.dialog.getByText('Delete the account user Ben Berger too?').waitFor({ timeout: 120_000 });
    await window.pressInDialog('Cancel');
    await window.page.locator('.editor-container').getByText('Ben Berger leaves').first().waitFor();
    assert.equal(home.onLock(frontDoor, 'Ben Berger'), undefined);
    assert.equal(home.onLock(garage, 'Ben Berger'), undefined);
    assert.deepEqual(home.writes(), ['DELETE /smartlock/auth']);
    assert.match(await window.descriptionInSight('Ben Berger'), /nothing on any door/);
  });
});
