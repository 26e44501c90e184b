import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { frontDoor } from '../../src/simulator/demoDevices.ts';
import { repository } from '../vscode/folders.ts';
import type { Workbench } from '../vscode/page.ts';
import { eventually } from './eventually.ts';
import { goodToken, startNuki, type NukiServer } from './nukiServer.ts';
import { nukiPort, openForwarded, openShipped } from './windows.ts';

const run = promisify(execFile);
const samples = join(repository, 'test/fixtures/samples');
const clipboardOf = (window: Workbench): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());

/** Puts text into a file that has no name yet. */
async function openText(window: Workbench, text: string): Promise<void> {
  await window.runCommand('File: New Untitled Text File');
  await window
    .editorTab(/Untitled/)
    .last()
    .waitFor();
  await window.page.keyboard.insertText(text);
}

/** Waits until the editor that has the focus holds these lines and nothing else. */
async function waitForText(window: Workbench, ...lines: readonly string[]): Promise<void> {
  const shown = window.page.locator('.editor-group-container.active .view-line');
  await eventually(async () => isDeepStrictEqual(await shown.allInnerTexts(), lines));
}

describe('conversions of the shipped package, without an account', () => {
  let window: Workbench;

  before(async () => {
    window = await openShipped();
  });

  after(() => window.close());

  it('convert while one types, and copy what is chosen', async () => {
    await window.runCommand('Nuki: Convert Device ID…');
    await window.typeInput('1A2B3C4');
    await window.option(/Smart Lock \(5th generation\)/).waitFor();
    await window.typeInput('51A2B3C4D');
    await window.option(/^21913877581/).waitFor();
    await window.typeInput('nothing');
    await window.option(/This is not a device ID/).waitFor();
    await window.typeInput('21913877581');
    await window.choose(/^1A2B3C4D.*Smart Lock \(5th generation\)/);
    await window.statusItem(/Copied 1A2B3C4D/).waitFor();
    assert.equal(await clipboardOf(window), '1A2B3C4D');
  });

  it('choose weekdays from a list', async () => {
    await window.runCommand('Nuki: Convert Weekdays…');
    await window.choose('Choose Days…');
    await window.choose('Monday');
    await window.choose('Thursday');
    await window.page.keyboard.press('Enter');
    await window.choose(/^72/);
    await window.statusItem(/Copied 72/).waitFor();
  });

  it('turn a clock into the UTC of the API, in a zone of choice', async () => {
    await window.runCommand('Nuki: Convert Date and Time…');
    await window.typeInput('Europe/Berlin');
    await window.choose(/Europe\/Berlin/);
    await window.typeInput('2027-06-16 10:30');
    await window.choose(/^2027-06-16T08:30:00\.000Z/);
    await window.statusItem(/Copied 2027-06-16T08:30:00\.000Z/).waitFor();
  });

  it('start from the selection and replace it', async () => {
    await openText(window, '9:00 AM');
    await window.page.keyboard.press('ControlOrMeta+A');
    await window.runCommand('Nuki: Convert Time of Day…');
    await window.choose(/^540/);
    await window.choose('Replace the Selection');
    await waitForText(window, '540');
  });

  it('convert several selections, each for itself', async () => {
    await openText(window, '09:00\n17:30');
    await window.page.keyboard.press('ControlOrMeta+A');
    await window.page.keyboard.press('Shift+Alt+I'); // a cursor at the end of each line
    await window.page.keyboard.press('Shift+Home');
    await window.runCommand('Nuki: Convert Time of Day…');
    await window.choose(/^540, 1050/);
    await window.choose('Replace 2 Selections');
    await waitForText(window, '540', '1050');
  });
});

describe('a published response of the Web API, opened as a file', () => {
  let window: Workbench;

  before(async () => {
    window = await openShipped({ folder: samples });
  });

  after(() => window.close());

  it('says what its numbers mean where one points at them', async () => {
    await window.row(/^smartlock-type-4\.json/).dblclick();
    await window.editorTab(/smartlock-type-4/).waitFor();
    assert.match(await window.readFieldHover('smartlockId', /1A2B3C4D/), /1A2B3C4D/);
    await goToLine(window, 20);
    assert.match(await window.readFieldHover('timezoneId', /Berlin/), /Europe\/Berlin/);
    await goToLine(window, 60);
    assert.match(await window.readFieldHover('lastAction', /lock/i), /lock/i);
    assert.match(await window.readFieldHover('firmwareVersion', /3\.10\.7/), /3\.10\.7/);
  });
});

/** Brings a line of the editor to its middle. */
async function goToLine(window: Workbench, line: number): Promise<void> {
  await window.page.keyboard.press('Control+G');
  await window.fillInput(`:${line}`);
}

describe('an own account, for whoever writes programs', () => {
  let nuki: NukiServer;
  let window: Workbench;

  before(async () => {
    nuki = await startNuki(nukiPort());
    window = await openForwarded();
    await window.openSidebar();
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).click();
    await window.fillInput(goodToken);
    await window.row('Front Door').waitFor();
  });

  after(async () => {
    await window.close();
    await nuki.close();
  });

  it('copies an action as curl that does, when it is run, what the extension would', async () => {
    await window.runCommand('Nuki: Copy Request as curl…');
    await window.choose(/Front Door/);
    await window.choose('Lock');
    await window.statusItem(/Request copied/).waitFor();
    const copied = await clipboardOf(window);
    assert.ok(!copied.includes(goodToken));
    const local = copied.replace('https://api.nuki.io', `http://127.0.0.1:${nukiPort()}`);
    const env = { ...process.env, NUKI_TOKEN: goodToken, NO_PROXY: '127.0.0.1' };
    await run('sh', ['-c', `${local} --silent --show-error --fail`], { env });
    const [byCurl] = nuki.actions().slice(-1);
    await window.runCommand('Nuki: Lock');
    await window.choose(/Front Door/);
    await window.row(/^Front Door.*(confirmed|locked)/).waitFor({ timeout: 30_000 });
    assert.equal(byCurl, `/smartlock/${frontDoor}/action {"action":2}`);
    assert.equal(nuki.actions().at(-1), byCurl);
  });

  it('shows a device as JSON, and says in words what somebody points at', async () => {
    await window.chooseFromMenu('Front Door', 'Show as JSON');
    await window.editorTab(/Front Door\.json/).waitFor();
    for (const [field, words] of [
      ['smartlockId', /Device:\sSmart\sLock\s\(5th\sgeneration\)\s·\s[0-9A-F]{8}/],
      ['type', /Device:\sSmart\sLock\s\(5th\sgeneration\)/],
      ['timezoneId', /Device\ssettings:\sEurope\/Berlin,\snow\sUTC\+0[12]:00/],
    ] as const) {
      assert.match(await window.readFieldHover(field, words), words);
    }
  });

  it('tells what its token can do', async () => {
    await window.chooseFromMenu(/^Anna Berger/, 'Check Token');
    await window.option(/view activity log.*granted/).waitFor();
    assert.match((await window.options.allInnerTexts()).join('\n'), /operate devices\s*not tried/);
    await window.page.keyboard.press('Escape');
  });

  it('tells a permission that is missing, and what that switches off, and takes the account for no dead one', async () => {
    nuki.home.fault({ path: /^\/smartlock\/log/, times: 9, answer: { status: 401 } });
    await window.chooseFromMenu(/^Anna Berger/, 'Check Token');
    await window.option(/view activity log\s*missing\s*Switched off by it: recent activity/).waitFor();
    await window.option(/view devices\s*granted/).waitFor();
    await window.page.keyboard.press('Escape');
    nuki.home.clearFaults();
    await window.row(/^Anna Berger.*7 devices/).waitFor();
    assert.equal(await window.notification(/token/i).count(), 0);
  });

  it('copies debug info without names, ids and tokens', async () => {
    await window.runCommand('Nuki: Copy Debug Info');
    await window.statusItem(/Debug info copied/).waitFor();
    const told = await clipboardOf(window);
    assert.match(told, /GET \/smartlock 200/);
    assert.doesNotMatch(told, /Anna|Front Door|good-token|\d{9,}/);
  });
});
