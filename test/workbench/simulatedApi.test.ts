import assert from 'node:assert/strict';
import * as v from 'valibot';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import { chooseFromApiMenu, readableTerminal, startApi, terminalLine, type Client } from './simulatedApi.ts';
import { closeAll, openForwarded } from './windows.ts';

const devices = v.array(v.object({ name: v.string(), smartlockId: v.number() }));
const entries = v.array(v.object({ action: v.number() }));

describe('the simulated Web API in a window', () => {
  let window: Workbench;
  let client: Client;

  before(async () => {
    window = await openForwarded({ settings: readableTerminal });
    await window.openSidebar();
  });

  after(closeAll);

  it('says where it is, and shows its home beside the accounts', async () => {
    client = await startApi(window);
    await window.runCommand('View: Toggle Maximized Panel');
    await terminalLine(window, new RegExp(`^Address\\s+${client.url}\\s*$`)).waitFor();
    await terminalLine(window, /^curl -H "Authorization: Bearer \$NUKI_TOKEN"/)
      .first()
      .waitFor();
    await window.row(/^Simulated Web API\s*7 devices/).waitFor();
    await window.row(/^Front Door\s*locked$/).waitFor();
  });

  it('shows what a program asks and how it came out, and its doors move in the sidebar', async () => {
    const list = v.parse(devices, await (await client.send('GET', '/smartlock')).json());
    assert.equal(list.find(({ name }) => name === 'Front Door')?.smartlockId, frontDoor);
    await terminalLine(window, /^\s*1\s+GET\s+\/smartlock\s+200\s+\d+ ms\s+7 devices/).waitFor();
    const { status } = await client.send('POST', `/smartlock/${frontDoor}/action`, { action: 3 });
    assert.equal(status, 204);
    await terminalLine(window, /^\s*2\s+POST\s+\/smartlock\/.*204\s+\d+ ms\s+unlatch Front Door/).waitFor();
    await terminalLine(window, /^\s*2\s+unlatch Front Door: done in \d+\.\d s/).waitFor();
    await window.row(/^Front Door\s*un(latched|locked)$/).waitFor();
    const log = v.parse(entries, await (await client.send('GET', `/smartlock/${frontDoor}/log?limit=5`)).json());
    assert.equal(log.length, 5);
  });

  it('lets the user set a fault, which a program then meets', async () => {
    await chooseFromApiMenu(window, 'Faults…');
    await window.typeInput('bad-gateway');
    await window.choose('bad-gateway-html');
    await window.fillInput('1');
    await window.page.locator('.statusbar-item.warning-kind').filter({ hasText: 'Nuki API' }).waitFor();
    const response = await client.send('GET', '/account');
    assert.equal(response.status, 502);
    assert.match(await response.text(), /^<html>/);
    await terminalLine(window, /GET\s+\/account\s+502\s+\d+ ms\s+bad-gateway-html · read the account/).waitFor();
    await window.page
      .locator('.statusbar-item.warning-kind')
      .filter({ hasText: 'Nuki API' })
      .waitFor({ state: 'hidden' });
  });

  it('checks what the program did', async () => {
    await client.send('PUT', `/smartlock/${frontDoor}/auth`, { name: 'Ben', type: 13, code: 120_345 });
    await chooseFromApiMenu(window, 'Check Client');
    await terminalLine(window, /^Client check of \d+ requests/).waitFor();
    await terminalLine(window, /^Invalid keypad code: request \d+/).waitFor();
    await terminalLine(window, /No finding is no praise: \d+ of \d+ rules/).waitFor();
  });

  it('lets the user turn a lock by hand, and lock it from the sidebar as another client', async () => {
    await chooseFromApiMenu(window, 'At the Door…');
    await window.choose('Guest House');
    await window.choose('Unlock by Hand');
    await window.row(/^Guest House\s*unlocked$/).waitFor();
    await window.pressInlineAction('Guest House', 'Lock');
    await window.row(/^Guest House\s*locked( ✓|$)/).waitFor(); // what moves is read again, which takes the mark away
    assert.equal(await terminalLine(window, /Guest House/).count(), 0);
  });

  it('begins anew when the home is reset', async () => {
    await chooseFromApiMenu(window, 'Reset Home');
    await terminalLine(window, /The home is as it was at first/).waitFor();
    await window.row(/^Front Door\s*locked$/).waitFor();
    await client.send('GET', '/account/user');
    await terminalLine(window, /^\s*1\s+GET\s+\/account\/user/).waitFor();
  });

  it('ends with its server and its account, and leaves what it has written', async () => {
    await chooseFromApiMenu(window, 'Stop');
    await window.row(/^Simulated Web API/).waitFor({ state: 'hidden' });
    await window.statusButton(/Nuki API :/).waitFor({ state: 'hidden' });
    await assert.rejects(client.send('GET', '/account'));
    await terminalLine(window, /^Stopped\. Press any key/).waitFor();
    await window.page.locator('.terminal-wrapper.active .xterm-helper-textarea').press('Enter');
    await window.page.locator('.terminal-wrapper.active').waitFor({ state: 'hidden' });
  });
});
