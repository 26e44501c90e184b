import assert from 'node:assert/strict';
import * as v from 'valibot';
import { commands, env, MarkdownString, Uri, window, workspace, type Hover, type TextDocument } from 'vscode';
import { readRawJson } from '../../src/apiHelp/readRawJson.ts';
import { demoAccountId, frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { treeOfDemoHome } from './testTree.ts';

const device = `account/${demoAccountId}/device/${frontDoor}`;

/** The document that is shown when `command` has been run with `hint`, once it has its text. */
async function shownBy(command: string, hint: string): Promise<TextDocument> {
  await commands.executeCommand(command, hint);
  const document = window.activeTextEditor?.document;
  assert.ok(document?.uri.scheme === 'nuki', document?.uri.toString());
  return document;
}

describe('a document with a raw answer', () => {
  it('shows a device as Nuki has it, to be read only', async () => {
    const document = await shownBy('nuki.json.show', device);
    const json = v.parse(
      v.looseObject({ smartlockId: v.number(), state: v.looseObject({}) }),
      JSON.parse(document.getText()),
    );
    assert.equal(json.smartlockId, frontDoor);
    assert.equal(document.languageId, 'json');
    assert.equal(workspace.fs.isWritableFileSystem('nuki'), undefined);
  });

  it('masks every keypad code', async () => {
    const document = await shownBy('nuki.json.show', `${device}/authorizations`);
    const list = v.parse(
      v.array(v.looseObject({ type: v.number(), code: v.optional(v.unknown()) })),
      JSON.parse(document.getText()),
    );
    const codes = list.filter(({ type }) => type === 13);
    assert.ok(codes.length > 0);
    for (const { code } of codes) assert.equal(code, '******');
  });

  it('explains its numbers when the user points at them', async () => {
    const document = await shownBy('nuki.json.show', device);
    const place = document.positionAt(document.getText().indexOf('"serverState"') + 3);
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, place);
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((one) => (one instanceof MarkdownString ? one.value : '')),
    );
    assert.ok(
      texts.some((text) => text.replaceAll('&nbsp;', ' ').includes('online')),
      texts.join(),
    );
  });

  it('is read anew when the user asks for it', async () => {
    const document = await shownBy('nuki.json.show', device);
    const home = globalThis.keyturnerHome;
    assert.ok(home);
    const before = home.exchanges.all.length;
    const changed = new Promise<void>((resolve) => {
      const watch = setInterval(() => {
        if (home.exchanges.all.length <= before) return;
        clearInterval(watch);
        resolve();
      }, 20);
    });
    await commands.executeCommand('nuki.devices.refresh', document.uri);
    await changed;
  });

  it('says in a sentence of our own why there is no answer', async () => {
    const { home, store, renderContext } = treeOfDemoHome();
    const read = async (): Promise<unknown> =>
      JSON.parse(await readRawJson(`account/7/device/${frontDoor}`, store, renderContext()));
    home.fault({ answer: { status: 422, body: { detailMessage: '<b>foreign</b>' } } });
    assert.deepEqual(await read(), { error: 'Home: Nuki rejected the request (HTTP 422). Nothing was done.' });
    home.fault({ answer: { status: 422, body: '<b>foreign</b>' } });
    assert.deepEqual(await read(), {
      error:
        "Something between this computer and Nuki responded instead (HTTP 422): a proxy, a company filter, a network's sign-in page, or a failing gateway at Nuki.",
    });
  });

  it('is empty for whatever is no row that has an answer', async () => {
    const { store, renderContext } = treeOfDemoHome();
    for (const id of ['', 'account/7', 'nonsense', `account/7/device/0`])
      assert.equal(await readRawJson(id, store, renderContext()), '');
    assert.equal((await workspace.openTextDocument(Uri.parse('nuki:/x.json?nonsense'))).getText(), '');
  });
});

describe('a request to copy', () => {
  it('is in the clipboard, without the token', async () => {
    await commands.executeCommand('nuki.devices.refresh', `account/${demoAccountId}`);
    const done = commands.executeCommand('nuki.request.copy', device).then(() => true);
    // The list may not be there yet, and VS Code has no event for it: it is accepted again until the command is done.
    const soon = (): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), 50));
    while (!(await Promise.race([done, soon()]))) {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }
    const text = await env.clipboard.readText();
    assert.match(
      text,
      /^curl 'https:\/\/api\.nuki\.io\/smartlock\/\d+' \\\n {2}-H "Authorization: Bearer \$NUKI_TOKEN"$/,
    );
    assert.doesNotMatch(text, /host-token/);
  });
});

describe('the debug info', () => {
  it('has versions, counts and the last answers, and nothing that tells whose it is', async () => {
    await commands.executeCommand('nuki.devices.refresh', `account/${demoAccountId}`);
    await commands.executeCommand('nuki.debugInfo.copy');
    const text = await env.clipboard.readText();
    assert.match(text, /^Keyturner \d+\.\d+\.\d+\n/);
    assert.match(text, /account 1: 7 devices/);
    assert.match(text, /GET \/smartlock 200/);
    assert.doesNotMatch(text, /host-token|Front Door|@|\d{9,}/);
  });
});
