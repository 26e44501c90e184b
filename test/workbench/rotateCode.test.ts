import assert from 'node:assert/strict';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { AuthorizationHome } from './authorizationHome.ts';
import { closeAll } from './windows.ts';

describe('Rotate Code', () => {
  let home: AuthorizationHome;
  let window: Workbench;

  before(async () => {
    home = await AuthorizationHome.open();
    window = home.window;
    await home.showFrontDoor(560);
  });

  after(closeAll);

  const codes = (name: string): readonly string[] =>
    home.nuki.home
      .authorizationsOnLock(frontDoor)
      .filter((entry) => entry.name === name)
      .map(({ code }) => String(code));

  it('gives codes other digits and ends the old ones only after they were copied and a second yes', async () => {
    const names = ['Family', 'Housekeeping Cleanin'];
    const before = names.flatMap(codes);
    for (const name of ['Plumber', ...names])
      await window.row(name).click({ modifiers: name === 'Plumber' ? [] : ['ControlOrMeta'] });
    await window.chooseFromMenu(/^Family/, 'Rotate Code…');
    const asked = await window.readDialog();
    assert.equal(asked.message, 'Rotate 2 codes?');
    assert.match(asked.detail, /Not included:\nPlumber · Front Door: disabled$/);
    await window.pressInDialog('Create New Codes');
    await window.option(/Keep Both Codes/).waitFor({ timeout: 60_000 });
    assert.equal(await window.option(/End Old Code/).count(), 0);
    assert.equal(names.flatMap(codes).length, 4);
    for (const place of [0, 1]) {
      await window
        .option(/Copy Code/)
        .nth(place)
        .click();
      await window.option(/Keep Both Codes/).waitFor();
    }
    await window.choose(/End Old Code/);
    assert.equal((await window.readDialog()).message, 'End 2 old codes?');
    await window.pressInDialog('End Old Codes');
    await window.editorTab(/Rotated codes/).waitFor({ timeout: 60_000 });
    const text = await window.text();
    assert.equal(names.flatMap(codes).length, 2);
    for (const code of [...before, ...names.flatMap(codes)]) assert.ok(!text.includes(code), 'a code is on screen');
    assert.deepEqual(
      home.writes().map((write) => write.split(' ')[0]),
      ['PUT', 'PUT', 'DELETE', 'DELETE'],
    );
  });

  it('keeps both codes where the list is closed, and says which of them is the old one', async () => {
    await window.chooseFromMenu(/^Guest Fritz/, 'Rotate Code…');
    await window.pressInDialog('Create New Code');
    await window.option(/Keep Both Codes/).waitFor({ timeout: 60_000 });
    await window.page.keyboard.press('Escape');
    assert.match(
      await window.notificationText(/both codes stay/),
      /^Guest Fritz · Front Door: both codes stay\. To end the old one later, delete the one created \d/,
    );
    assert.equal(codes('Guest Fritz').length, 2);
  });
});
