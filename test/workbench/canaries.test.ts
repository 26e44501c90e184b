import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoHomeOptions } from '../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { HomeOptions } from '../../src/simulator/home.ts';
import { scan, secretsIn } from '../secrets.ts';
import { ownWorker, logFile, temporaryFolder } from './workers.ts';
import { AuthorizationHome } from './authorizationHome.ts';
import { closeAll } from './windows.ts';
import { fastClock } from './clock.ts';
import { eventually } from './eventually.ts';

const token = 'canary-token.0123456789_ABCDEF';
const email = 'canary.person+1@example.org';
const code = 739_154;
const typedCode = 846_395;
const place = { latitude: 47.079_613_2, longitude: 15.421_947_6 };
const secrets = [token, email, code, typedCode, place.latitude, place.longitude].map(String);

/** The demo's home with a canary wherever it has something private. */
function plantedHome(): Partial<HomeOptions> {
  const { account, devices, users = [] } = demoHomeOptions(fastClock, 11);
  return {
    account: { ...account, email },
    users: users.map((user) => ({ ...user, email })),
    tokens: [{ token }],
    devices: devices.map(({ listed, authorizations = [], ...device }) => ({
      ...device,
      listed: { ...listed, config: { ...listed.config, ...place } },
      authorizations: authorizations.map((authorization) =>
        authorization.code === undefined ? authorization : { ...authorization, code },
      ),
    })),
  };
}

describe('planted secrets', () => {
  let home: AuthorizationHome;
  const seen: string[] = [];

  before(async () => {
    home = await AuthorizationHome.open({ home: plantedHome(), token });
  });

  after(closeAll);

  /** Everything that the window holds now: pages, what the browser keeps for it, and the clipboard. */
  const remember = async (): Promise<void> => {
    for (const frame of home.window.page.frames()) seen.push(await frame.content());
    seen.push(await home.window.stored(), await home.window.page.evaluate(() => navigator.clipboard.readText()));
  };

  it('are nowhere after a door was opened, a form was sent, things went wrong, and diagnostics were copied', async () => {
    const { window, form, nuki } = home;
    await window.expand('Front Door');
    await window.row('Family').waitFor();
    await window.readHover('Front Door', /firmware/);
    await window.pressInlineAction('Front Door', 'Unlock…');
    await window.pressInDialog('Unlock');
    await window.row(/^Front Door\s*unlocked ✓/).waitFor({ timeout: 30_000 });
    await remember();

    await home.openForm('Front Door', 'New Authorization…');
    await form.fill('Name', 'Guest Weber');
    await form.fill('Code', String(typedCode));
    await form.summary.getByText('Guest Weber can open Front Door with').waitFor();
    await form.send('Create on Front Door');
    await form.done('Front Door');
    const clipboard = (): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());
    await form.press('Copy Message for the Guest');
    await form.frame.getByText('Message copied.').waitFor();
    assert.match(await clipboard(), new RegExp(String(typedCode)));
    await form.close();
    await window.row('Front Door').click(); // a page may read the clipboard only while it has the focus
    await eventually(async () => (await clipboard()) === '', 60_000);
    await remember();
    assert.equal(home.onLock(frontDoor, 'Guest Weber')?.code, typedCode);

    await home.openForm('Front Door', 'New Authorization…');
    await form.fill('Name', 'Half Written');
    await form.fill('Code', String(typedCode));
    await eventually(async () => /Half Written.*hadCode.{0,9}true/.test(await window.stored()));
    await window.reload();
    await window.openSidebar();
    await form.ready();
    seen.push(await window.stored());
    await window.closeAllEditors();

    const gossip = { detailMessage: `${token} ${email} ${code}`, stackTrace: [place, secrets] };
    nuki.home.fault({ method: 'GET', answer: { status: 400, body: gossip } });
    await window.pressTitleAction('Refresh');
    await window.row(/^Anna Berger.*rejected/).waitFor();
    nuki.home.fault({ method: 'POST', answer: { status: 400, body: gossip } });
    await window.chooseFromMenu('Front Door', 'Lock');
    await window.notification(/Nuki rejected the request/).waitFor();
    await window.runCommand('Nuki: Copy Diagnostics');
    await window.statusItem(/Diagnostics copied/).waitFor();
    assert.match(await window.page.evaluate(() => navigator.clipboard.readText()), /Keyturner/);
    await remember();

    await window.chooseFromMenu(/^Anna Berger\s*request rejected/, 'Remove Account…');
    await window.pressInDialog('Remove');
    await window.sidebar.getByRole('button', { name: 'Add Account', exact: true }).waitFor();
    await remember();

    const { folder } = ownWorker();
    const { files, hits } = scan(folder, secrets);
    const log = readFileSync(logFile(temporaryFolder(folder)), 'utf8');
    assert.match(log, /rejected.*400/, 'the log tells of what went wrong');
    const inWindow = secretsIn([...seen, log].join('\n'), secrets);
    const coverage = scan('coverage', secrets);
    const found = [...inWindow, ...hits, ...coverage.hits];
    const places = `${seen.length} dumps of the window, ${log.length} letters of log, ${files.length + coverage.files.length} files`;
    assert.ok(found.length === 0, `${found.length} of ${secrets.length} secrets in ${places}: ${found.join(', ')}`);
  });

  it('would be found, however they are written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keyturner-canaries-'));
    let [planted, found] = [0, 0];
    for (const secret of secrets) {
      const inBase64 = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret}z`).toString('base64'));
      for (const written of [secret, encodeURIComponent(secret), JSON.stringify(secret), ...inBase64]) {
        await writeFile(join(folder, 'state.vscdb'), Buffer.from(`\0 {"x":"${written}"} \xff`, 'latin1'));
        planted += 1;
        found += scan(folder, secrets).hits.length > 0 ? 1 : 0;
      }
    }
    await rm(folder, { recursive: true });
    assert.equal(found, planted, 'found of those that were planted for the scanner');
  });
});
