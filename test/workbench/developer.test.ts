import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { eventually } from './eventually.ts';
import { goodToken, type NukiServer } from './nukiServer.ts';
import { describeTasks, tasksJson } from './tasks.ts';
import { closeAll, nukiPort, openHome } from './windows.ts';

const run = promisify(execFile);
const clipboardOf = (window: Workbench): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());

describe('an own account, for programmers', () => {
  let nuki: NukiServer;
  let window: Workbench;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturner-tasks-'));
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, '.vscode', 'tasks.json'), JSON.stringify(tasksJson));
    ({ nuki, window } = await openHome({ folder }));
  });

  after(async () => {
    await closeAll();
    await rm(folder, { recursive: true, force: true });
  });

  it('copies an action as curl that does, when it is run, what the extension would', async () => {
    await window.runCommand('Nuki: Copy Request…');
    await window.choose(/Front Door/);
    await window.choose('Lock');
    await window.choose('curl');
    await window.statusItem(/Request copied/).waitFor();
    const copied = await clipboardOf(window);
    assert.ok(!copied.includes(goodToken));
    const local = copied.replace('https://api.nuki.io', `http://127.0.0.1:${nukiPort()}`);
    const env = { ...process.env, NUKI_TOKEN: goodToken, NO_PROXY: '127.0.0.1' };
    await run('sh', ['-c', `${local} --silent --show-error --fail`], { env });
    const [byCurl] = nuki.actions().slice(-1);
    await window.runCommand('Nuki: Lock');
    await window.choose(/Front Door/);
    await window.row(/^Front Door.*(✓|locked)/).waitFor({ timeout: 30_000 });
    assert.equal(byCurl, `/smartlock/${frontDoor}/action {"action":2}`);
    assert.equal(nuki.actions().at(-1), byCurl);
  });

  it('copies a request in the format of last time at once', async () => {
    const copyRequest = async (): Promise<void> => {
      await window.chooseFromMenu('Front Door', 'Developer', 'Copy Request…');
      await window.choose('Read the Device');
    };
    await copyRequest();
    await window.choose('HTTP file');
    await copyRequest();
    await window.option('curl').waitFor();
    await window.page.evaluate(() => navigator.clipboard.writeText(''));
    await window.page.keyboard.press('Enter');
    await eventually(async () => (await clipboardOf(window)).startsWith('### Front Door: Read the Device\nGET '));
  });

  it('shows a device as JSON, and says in words what the user points at', async () => {
    await window.chooseFromMenu('Front Door', 'Developer', 'Show as JSON');
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
    assert.match((await window.options.allInnerTexts()).join('\n'), /operate devices\s*can't be checked/);
    await window.page.keyboard.press('Escape');
  });

  it('tells a permission that is missing, and what that switches off, and takes the account for no dead one', async () => {
    nuki.home.fault({ path: /^\/smartlock\/log/, times: 9, answer: { status: 401 } });
    await window.chooseFromMenu(/^Anna Berger/, 'Check Token');
    await window.option(/view activity log\s*missing\s*Not available without it: recent activity/).waitFor();
    await window.option(/view devices\s*granted/).waitFor();
    await window.page.keyboard.press('Escape');
    nuki.home.clearFaults();
    await window.row(/^Anna Berger.*7 devices/).waitFor();
    assert.equal(await window.notification(/token/i).count(), 0);
  });

  it('copies diagnostics without names, ids and tokens', async () => {
    await window.runCommand('Nuki: Copy Diagnostics');
    await window.statusItem(/Diagnostics copied/).waitFor();
    const told = await clipboardOf(window);
    assert.match(told, /GET \/smartlock 200/);
    assert.doesNotMatch(told, /Anna|Front Door|good-token|\d{9,}/);
  });

  describe("and a repository's tasks", () => describeTasks(() => ({ nuki, window })));
});
