import assert from 'node:assert/strict';
import { commands, env, extensions, window } from 'vscode';
import * as v from 'valibot';
import { commandIds } from '../../src/commands/ids.ts';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { homeUnderTest } from './globals.ts';

const terminalName = 'Nuki Web API, simulated';
/** The token of the account that the extension under test has from the start. */
const ownToken = 'host-token-0123456789abcdef';

const terminals = () => window.terminals.filter(({ name }) => name === terminalName);

async function until(condition: () => unknown): Promise<void> {
  for (const end = Date.now() + 15_000; !(await condition());) {
    assert.ok(Date.now() < end, String(condition));
    await new Promise((resolve) => setTimeout(resolve, 20)); // between two looks at the condition
  }
}

/** Address and token as the first entries of the menus copy them. */
async function copyEnvironment(): Promise<{ url: string; token: string }> {
  await env.clipboard.writeText('');
  const chosen = commands.executeCommand(commandIds.openSimulatedApiMenu);
  await until(async () => {
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return (await env.clipboard.readText()) !== '';
  });
  await chosen;
  const text = await env.clipboard.readText();
  const [, url = '', token = ''] = /^export NUKI_BASE_URL='(.+)' NUKI_TOKEN='(.+)'$/.exec(text) ?? assert.fail(text);
  return { url, token };
}

describe('the simulated Web API', () => {
  let url: string;
  let token: string;
  const send = (path: string, bearer: string, init: RequestInit = {}): Promise<Response> =>
    fetch(url + path, { ...init, headers: { authorization: `Bearer ${bearer}` } });

  before(async () => {
    await extensions.getExtension('keyturner.keyturner')?.activate();
    await commands.executeCommand(commandIds.startSimulatedApi);
    ({ url, token } = await copyEnvironment());
  });

  after(() => {
    for (const terminal of terminals()) terminal.dispose();
    const asked = globalThis.keyturnerAsked ?? [];
    const others = asked.filter((each) => !each.startsWith(url) && !url.endsWith(each.split('/')[0] ?? ''));
    asked.splice(0, asked.length, ...others); // what this file itself has asked of it
  });

  it('answers programs on this computer that have its token', async () => {
    const response = await send('/smartlock', token);
    assert.equal(response.headers.get('x-simulated'), 'keyturner');
    assert.equal(v.parse(v.array(v.unknown()), await response.json()).length, 7);
    assert.equal((await send('/smartlock', 'unknown-0123456789abcdef')).status, 401);
  });

  it('refuses the token of an account of the user, and passes nothing of it on', async () => {
    const response = await send(`/smartlock/${frontDoor}/action`, ownToken, { method: 'POST', body: '{"action":3}' });
    const text = await response.text();
    assert.equal(response.status, 401);
    assert.match(text, /This is the token of an account of yours/);
    assert.ok(!text.includes(ownToken));
    const journal = await (await send('/_sim/journal', token)).text();
    assert.ok(!journal.includes('/action'), journal);
    const ofAccount = homeUnderTest().exchanges.all.filter(({ method }) => method !== 'GET');
    assert.deepEqual(ofAccount, []);
    assert.deepEqual(
      globalThis.keyturnerAsked?.filter((each) => /nuki\.io/.test(each)),
      [],
    );
  });

  it('is shown, and not started a second time, when it is started again', async () => {
    await commands.executeCommand(commandIds.startSimulatedApi);
    assert.equal(terminals().length, 1);
    assert.deepEqual(await copyEnvironment(), { url, token });
  });

  it('ends when its terminal is closed, and begins anew with another token', async () => {
    terminals()[0]?.dispose();
    await until(() =>
      send('/smartlock', token).then(
        () => false,
        () => true,
      ),
    );
    await commands.executeCommand(commandIds.startSimulatedApi);
    const before = token;
    ({ url, token } = await copyEnvironment());
    assert.notEqual(token, before);
    assert.equal((await send('/smartlock', before)).status, 401);
    assert.equal((await send('/smartlock', token)).status, 200);
    assert.equal(terminals().length, 1);
  });
});
