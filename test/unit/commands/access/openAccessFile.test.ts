import assert from 'node:assert/strict';
import { Uri, type TextDocument } from 'vscode';
import { largestFile } from '../../../../src/access/file/accessFile.ts';
import { accountsOfFile } from '../../../../src/commands/access/accountOfFile.ts';
import { openAccessFile } from '../../../../src/commands/access/openAccessFile.ts';
import { planScheme } from '../../../../src/commands/access/planDocuments.ts';
import { cellar, frontDoor, garage } from '../../../../src/simulator/demo/demoDevices.ts';
import { accountId, sourceOf } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { user, window, workspace } from '../../vscodeStandIn.ts';
import { asCommand, servicesFor } from '../services.ts';

const path = '/repository/club.nuki-access.yaml';
const uri = Uri.file(path);
const text = `version: 1\ndoors:\n  front: { id: ${frontDoor}, name: Front Door }\naccess: []\n`;

async function setUp() {
  const account = await TestAccount.open();
  const services = servicesFor(account.store, account.simulator.clock, { writer: account.writer });
  user.files.set(path, text);
  account.requests.length = 0;
  return { account, services, open: (hint?: unknown) => openAccessFile(hint, services) };
}

const said = (): readonly string[] => user.seen.map((message) => message.text);
const activate = (document: Pick<TextDocument, 'uri' | 'isUntitled' | 'languageId'>): void =>
  void (window.activeTextEditor = { document });

describe('the access file that a command is about', () => {
  it('is the one it was called on, that of the plan it was called on, or the one in the active editor', async () => {
    const { account, open } = await setUp();
    activate({ uri, isUntitled: false, languageId: 'yaml' });
    const plan = Uri.from({ scheme: planScheme, path: '/Plan', query: uri.toString() });
    for (const hint of [uri, plan, undefined, 'a hint of another extension', Uri.file('/etc/passwd')]) {
      const opened = await open(hint);
      assert.equal(opened?.document.uri.toString(), uri.toString());
      assert.deepEqual([opened.document.getText(), opened.accountId], [text, accountId]);
    }
    assert.deepEqual(account.requests, []);
  });

  it('is the file as it stands in the editor, also where it is not saved', async () => {
    const { open } = await setUp();
    const document = await workspace.openTextDocument(uri);
    document.edit(`${text}# more\n`);
    assert.equal((await open(uri))?.document.getText(), `${text}# more\n`);
  });

  it('has to be there, saved, and no larger than 1 MB', async () => {
    const { open } = await setUp();
    assert.equal(await open(), undefined);
    activate({ uri: Uri.from({ scheme: 'untitled', path: 'Untitled-1' }), isUntitled: true, languageId: 'yaml' });
    assert.equal(await open(), undefined);
    assert.equal(await open(Uri.file('/repository/gone.nuki-access.yaml')), undefined);
    user.files.set(path, '#'.repeat(largestFile + 1));
    assert.equal(await open(uri), undefined);
    assert.deepEqual(said(), [
      'Open an access file first. Its name ends with .nuki-access.yaml.',
      'Save the access file first, with a name that ends with .nuki-access.yaml.',
      "gone.nuki-access.yaml can't be read.",
      'club.nuki-access.yaml is larger than 1 MB, so it is not read.',
    ]);
  });
});

describe('the account of an access file', () => {
  it('is the one that has its doors, all of them where there is one', async () => {
    const { account } = await setUp();
    const [home] = account.store.accounts;
    assert.ok(home);
    const withoutGarage = {
      ...home,
      id: '8',
      devices: home.devices?.filter(({ device }) => device.smartlockId !== garage),
    };
    const idsOf = (...doors: readonly number[]): readonly string[] =>
      accountsOfFile(
        doors.map((smartlockId) => ({ smartlockId, alias: '', name: '', bufferBefore: 0, bufferAfter: 0 })),
        [home, withoutGarage],
      ).map(({ id }) => id);
    assert.deepEqual(idsOf(frontDoor, garage), [accountId]);
    assert.deepEqual(idsOf(frontDoor, cellar), [accountId, '8']);
    assert.deepEqual(idsOf(garage, 42), [accountId]);
    assert.deepEqual(idsOf(frontDoor, 42), [accountId, '8']);
    assert.deepEqual(idsOf(42), []);
  });

  it('is asked for where several have its doors', async () => {
    const { account, services, open } = await setUp();
    const other = sourceOf(await account.source.client(), '8', 'Office');
    account.store.setSources([account.source, other]);
    for (const [chosen, id] of [
      ['Office', '8'],
      ['Home', accountId],
      [undefined, undefined],
    ] as const) {
      user.choose = () => chosen;
      const opened = await account.advanceUntil(open(uri));
      assert.equal(opened?.accountId, id);
    }
    assert.deepEqual(user.lists[0], { title: 'The account of this access file', labels: ['Home', 'Office'] });
    assert.equal(services.store.account('8')?.devices?.length, services.store.account(accountId)?.devices?.length);
  });

  it('is not said to be unknown while an account that may be it cannot be read', async () => {
    const { account, services } = await setUp();
    account.store.setSources([sourceOf(await account.source.client(), '8', 'Office')]);
    account.simulator.home.fault({ method: 'GET', loseAnswer: true, times: 9 });
    await account.advanceUntil(asCommand(services, async () => void (await openAccessFile(uri, services))));
    assert.deepEqual(said(), ["Can't reach Nuki."]);
  });
});
