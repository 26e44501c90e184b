import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompletionItem,
  commands,
  extensions,
  languages,
  MarkdownString,
  SnippetString,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
  type CodeLens,
  type CompletionList,
  type Diagnostic,
  type DocumentLink,
  type Hover,
  type TextDocument,
} from 'vscode';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { homeUnderTest } from './globals.ts';

const yaml = `version: 1
doors:
  front: { id: ${frontDoor}, name: Front Door }
access:
  - key: cleaning
    name: Cleaning
    doors: [front]
    by: code
    days: Mon–Fri
    hours: 09:00–17:00
`;

const json = JSON.stringify(
  {
    version: 1,
    doors: { front: { id: frontDoor, name: 'Front Door' } },
    access: [{ key: 'cleaning', name: 'Cleaning', doors: ['front'], by: 'code', hours: '09:00–17:00' }],
  },
  undefined,
  2,
);

const folder = mkdtempSync(join(tmpdir(), 'keyturner-access-'));

/** An access file in the editor, and where its `¦` was. */
async function open(marked: string, extension = 'yaml') {
  const name = `${Math.random().toString(36).slice(2)}.nuki-access.${extension}`;
  const uri = Uri.file(join(folder, name));
  writeFileSync(uri.fsPath, marked.replace('¦', ''));
  const document = await workspace.openTextDocument(uri);
  return { document, position: document.positionAt(Math.max(0, marked.indexOf('¦'))) };
}

/** Until there is something that `find` finds. */
async function until<T>(find: () => T | undefined, what: string): Promise<T> {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return assert.fail(`never: ${what}`);
}

const problemsOf = ({ uri }: TextDocument): readonly Diagnostic[] =>
  languages.getDiagnostics(uri).filter(({ source }) => source === 'access file');

async function completionsIn(marked: string, extension = 'yaml') {
  const { document, position } = await open(marked, extension);
  const { items } = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  const ours = items.filter(({ sortText }) => /^\d{3}$/.test(sortText ?? ''));
  return ours.map((item) => ({ ...labelOf(item), insert: insertOf(item) }));
}

function labelOf({ label }: CompletionItem): { readonly label: string; readonly description: string } {
  return typeof label === 'string'
    ? { label, description: '' }
    : { label: label.label, description: label.description ?? '' };
}

function insertOf({ insertText }: CompletionItem): string {
  return insertText instanceof SnippetString ? insertText.value : (insertText ?? '');
}

async function hoverIn(marked: string, extension = 'yaml'): Promise<string> {
  const { document, position } = await open(marked, extension);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (content instanceof MarkdownString ? content.value : '')))
    .join('\n')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&nbsp;', ' ')
    .replaceAll('\\', '');
}

describe('an access file in the editor', () => {
  before(async () => {
    await extensions.getExtension('keyturner.keyturner')?.activate();
    await commands.executeCommand('nuki.devices.refreshAll');
  });

  after(() => rmSync(folder, { recursive: true }));

  for (const [extension, text] of [
    ['yaml', yaml],
    ['json', json],
  ] as const) {
    it(`shows its problems where they stand in ${extension}, and while the user types`, async () => {
      const { document } = await open(text.replace('"code"', '"key"').replace('by: code', 'by: key'), extension);
      const [problem] = await until(
        () => (problemsOf(document).length > 0 ? problemsOf(document) : undefined),
        'a problem',
      );
      assert.match(document.getText(problem?.range), /^"?key"?$/);
      const editor = await window.showTextDocument(document);
      await editor.edit((edit) =>
        edit.replace(problem?.range ?? assert.fail(), extension === 'json' ? '"code"' : 'code'),
      );
      await until(() => (problemsOf(document).length === 0 ? true : undefined), 'no problem');
      await editor.edit((edit) => edit.insert(document.positionAt(0), 'x'));
      await until(() => (problemsOf(document).length > 0 ? true : undefined), 'another problem');
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  }

  it('shows none once it is closed', async () => {
    const uri = Uri.file(join(folder, 'closed.nuki-access.yaml'));
    writeFileSync(uri.fsPath, yaml.replace('by: code', 'by: key'));
    // What the tests open themselves stays open for minutes.
    await commands.executeCommand('vscode.open', uri);
    const problems = (): number =>
      languages.getDiagnostics(uri).filter(({ source }) => source === 'access file').length;
    await until(() => problems() > 0 || undefined, 'a problem');
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await until(() => problems() === 0 || undefined, 'no problem');
  });

  it('says what is wrong with it in the account that it is about', async () => {
    const { document } = await open(yaml.replace('name: Front Door', 'name: Back Door'));
    const [problem] = await until(
      () => (problemsOf(document).length > 0 ? problemsOf(document) : undefined),
      'a problem',
    );
    assert.match(problem?.message ?? '', /Front Door/);
    assert.equal(document.getText(problem?.range), 'Back Door');
  });

  it('says one thing of a file that is too large', async () => {
    const { document } = await open(`${yaml}# ${'x'.repeat(1_048_576)}\n`);
    const problems = await until(
      () => (problemsOf(document).length > 0 ? problemsOf(document) : undefined),
      'a problem',
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.message ?? '', /1 MB/);
  });

  it('completes the doors of the account, and writes id and name', async () => {
    const inYaml = await completionsIn(yaml.replace('access:', '  ¦\naccess:'));
    const garage = inYaml.find(({ label }) => label === 'Garage');
    assert.match(garage?.insert ?? '', /^garage: \{ id: \d+, name: Garage \}$/);
    assert.match(garage?.description ?? '', /Europe\/Berlin/);
    assert.ok(!inYaml.some(({ label }) => label === 'Front Door'), 'a door that is there');
    const inJson = await completionsIn(json.replace('"front": {', '¦ "front": {'), 'json');
    assert.match(
      inJson.find(({ label }) => label === 'Garage')?.insert ?? '',
      /^"garage": \{ "id": \d+, "name": "Garage" \}$/,
    );
  });

  it('completes aliases, what doors are opened with, days, hours and moments', async () => {
    const values = async (marked: string, extension?: string): Promise<readonly string[]> =>
      (await completionsIn(marked, extension)).map(({ insert }) => insert);
    assert.deepEqual(await values(yaml.replace('[front]', '[¦]')), ['front']);
    assert.deepEqual(await values(yaml.replace('by: code', 'by: ¦')), ['code', 'app', 'fob']);
    assert.deepEqual(await values(json.replace('"code"', '"¦"'), 'json'), ['"code"', '"app"', '"fob"']);
    assert.deepEqual((await values(yaml.replace('Mon–Fri', '¦'))).slice(0, 3), ['Mon-Fri', 'Sat, Sun', 'Mon']);
    assert.ok((await values(yaml.replace('09:00–17:00', '¦'))).includes('22:00-06:00'));
    const [today, tomorrow] = await completionsIn(`${yaml}    from: ¦`);
    assert.match(today?.insert ?? '', /^\d{4}-\d\d-\d\d 00:00$/);
    assert.equal(today?.description, 'today');
    assert.ok(today && tomorrow && tomorrow.insert > today.insert);
  });

  it('offers nothing for what is typed whole: Enter begins a line', async () => {
    const days = `${yaml}  - key: x\n    days: `;
    for (const marked of [
      yaml.replace('code', 'code¦'),
      yaml.replace('code', '"code¦"'),
      yaml.replace('[front]', '[front¦]'),
      `${days}Mon¦`,
    ])
      assert.deepEqual(await completionsIn(marked), [], marked);
    assert.deepEqual(await completionsIn(json.replace('"code"', '"code¦"'), 'json'), []);
    assert.equal((await completionsIn(yaml.replace('code', 'cod¦'))).length, 3);
    assert.ok((await completionsIn(`${days}Mo¦`)).length > 0);
  });

  it('completes the keys that are missing, each with what it says', async () => {
    const keys = (await completionsIn(`${yaml}    ¦`)).map(({ insert }) => insert);
    assert.ok(keys.includes('until: ') && keys.includes('email: '));
    assert.ok(!keys.includes('key: ') && !keys.includes('hours: '));
    const inJson = (await completionsIn(json.replace('"by"', '¦ "by"'), 'json')).map(({ insert }) => insert);
    assert.ok(inJson.includes('"until": '), inJson.join());
  });

  it('says what an entry means', async () => {
    for (const text of [
      await hoverIn(yaml.replace('Cleaning', 'Clea¦ning')),
      await hoverIn(json.replace('"Cleaning"', '"Clea¦ning"'), 'json'),
    ]) {
      assert.match(text, /Cleaning/);
      assert.match(text, /09:00–17:00 \(Europe\/Berlin\)/);
      assert.match(text, /Front Door/);
      assert.match(text, /keypad code/);
    }
  });

  it('says what a door is, and offers nothing there', async () => {
    const text = await hoverIn(yaml.replace('front: {', 'fro¦nt: {'));
    assert.match(text, /Front Door/);
    assert.match(text, /online/);
    assert.match(text, /Keypad/);
    assert.match(text, /Europe\/Berlin/);
    assert.doesNotMatch(text, /command:/);
  });

  it('says of a name that is a command only its words', async () => {
    const hostile = '[x](command:nuki.device.unlock) $(lock)';
    const marked = yaml
      .replace('name: Cleaning', `name: ${JSON.stringify(hostile.slice(0, 20))}`)
      .replace('by: code', 'b¦y: code');
    const { document, position } = await open(marked);
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
    const raw = hovers
      .flatMap(({ contents }) => contents.map((one) => (one instanceof MarkdownString ? one.value : '')))
      .join();
    assert.match(raw, /x/);
    assert.doesNotMatch(raw, /\]\(command/);
  });

  for (const [extension, text] of [
    ['yaml', yaml],
    ['json', json],
  ] as const) {
    it(`offers a plan and bookings above its entries in ${extension}`, async () => {
      const { document } = await open(text, extension);
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
      const ours = lenses.filter(({ command }) => command?.command.startsWith('nuki.access'));
      assert.deepEqual(
        ours.map(({ command }) => command?.title.replace(/^\$\([\w-]+\) /, '')),
        ['Plan', 'Add Bookings…'],
      );
      assert.match(document.lineAt(ours[0]?.range.start.line ?? 0).text, /access/);
    });
  }

  it('sends no request, whatever is asked of it', async () => {
    const { all } = homeUnderTest().exchanges;
    const before = all.length;
    await hoverIn(yaml.replace('Cleaning', 'Clea¦ning'));
    await completionsIn(yaml.replace('by: code', 'by: ¦'));
    assert.equal(homeUnderTest().exchanges.all.length, before);
  });

  it('leads from its plan to what can be done about it, and back to its entries', async () => {
    const { document } = await open(yaml.replace('name: Cleaning', 'name: Night Porter'));
    await commands.executeCommand('nuki.access.plan', document.uri);
    const plan = await until(() => {
      const shown = window.activeTextEditor?.document;
      return shown?.uri.scheme === 'nuki-access' ? shown : undefined;
    }, 'a plan');
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', plan.uri, 10);
    const titles = lenses.flatMap(({ command }) => command?.title ?? []);
    assert.deepEqual(titles, ['Apply…', 'Plan Again', 'Compare', 'Adopt…']);
    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', plan.uri, 10);
    const link = links.find(({ range }) => plan.getText(range).startsWith('Night Porter'));
    await commands.executeCommand('vscode.open', link?.target);
    const editor = await until(() => {
      const shown = window.activeTextEditor;
      return shown?.document === document && shown.selection.active.line > 0 ? shown : undefined;
    }, 'the entry');
    assert.match(editor.document.lineAt(editor.selection.active).text, /key: cleaning/);
    const { command } = lenses.find((lens) => lens.command?.title === 'Compare') ?? assert.fail();
    const given: readonly unknown[] = command?.arguments ?? [];
    await commands.executeCommand(command?.command ?? '', ...given);
    const { input } = await until(() => window.tabGroups.activeTabGroup.activeTab, 'a comparison');
    assert.ok(input instanceof TabInputTextDiff);
    const sides = [input.original, input.modified].map(String);
    assert.ok(sides.includes(document.uri.toString()), sides.join());
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('says of a plan that has ended what to do', async () => {
    const file = Uri.file(join(folder, 'club.nuki-access.yaml'));
    const uri = Uri.from({ scheme: 'nuki-access', path: '/Plan of club', query: file.toString() });
    const document = await workspace.openTextDocument(uri);
    assert.match(document.getText(), /Plan again/);
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      ['nuki.access.plan'],
    );
  });
});
