import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import { cellar, frontDoor, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { accountId } from '../../model/fakes.ts';
import { TestSimulator } from '../../simulator/testSimulator.ts';
import { user, workspace } from '../../vscodeStandIn.ts';
import { AccessHarness, cleaning, fileWith, modals, path, recordPath, said, weber } from './accessHarness.ts';

const everyScope = ['account', 'smartlock.readOnly', 'smartlock.action', 'smartlock.auth', 'smartlock.log'];
const homeWith = (scopes: readonly string[]): TestSimulator =>
  new TestSimulator({ tokens: [{ token: demoToken, scopes }] });

/** The lines of a plan that say something of an authorization. */
const itemsOf = (text: string): readonly string[] =>
  (text.split('\nNot from this file')[0] ?? '').split('\n').filter((line) => /^( {4}| {2}.* · \d+$)/.test(line));

describe('Plan Access File', () => {
  it('says door by door what would be added, and what someone can do then', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber, cleaning('Mon–Fri', '09:00–17:00')));
    await harness.plan();
    assert.match(harness.planned, /^Plan for club\n {2}Home · /);
    assert.match(harness.planned, /\n {2}Added: 3 · Not from this file: \d+\n/);
    assert.deepEqual(itemsOf(harness.planned), [
      '  Added · 2',
      '    + Guest Weber · keypad code · Can enter from 16 Jun 2027, 15:00, until 30 Jun 2027, 10:00',
      '    + Cleaning · keypad code · Can enter Mon–Fri 09:00–17:00',
      '  Added · 1',
      '    + Cleaning · keypad code · Can enter Mon–Fri 09:00–17:00',
    ]);
    assert.deepEqual(
      user.shown.map((uri) => decodeURIComponent(uri)),
      [`nuki-access:///Plan for club?${Uri.file(path).toString()}`],
    );
  });

  it('leads from each name to its entry, and offers once to adopt what is not from the file', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    await harness.plan();
    const lines = harness.planned.split('\n');
    const linked = harness
      .document()
      ?.links.map(({ line, from, until, entry }) => [lines[line]?.slice(from, until), entry]);
    assert.deepEqual(linked, [['Guest Weber · keypad code', 'weber']]);
    const offered = harness.document()?.actions.map(({ line, title, argument }) => [lines[line], title, argument]);
    assert.deepEqual(offered, [['Not from this file', 'Adopt…', Uri.file(path)]]);
  });

  it('changes nothing: it only reads, and writes no file', async () => {
    const harness = await AccessHarness.open();
    const text = fileWith(weber);
    harness.write(text);
    await harness.plan();
    assert.deepEqual([harness.account.writes, [...user.files]], [[], [[path, text]]]);
    assert.deepEqual(harness.account.requests.toSorted(), [
      'GET /account/user',
      'GET /smartlock',
      'GET /smartlock/auth/paged',
    ]);
    assert.deepEqual(modals(), []);
  });

  it('plans what stands in the editor, and says so where it is not saved', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    const document = await workspace.openTextDocument(Uri.file(path));
    document.edit(fileWith(weber));
    await harness.plan();
    assert.match(harness.planned, /Added: 1/);
    assert.match(harness.planned, /The file has changes that aren't saved/);
    assert.equal(user.files.get(path), fileWith());
  });

  it('says that there is nothing to do only where all is as the file says', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    await harness.plan();
    assert.match(harness.planned, /Nothing to do\. The devices are as this file says\./);
    harness.account.simulator.home.setServerState(frontDoor, 4);
    await harness.plan();
    assert.match(harness.planned, /Nothing to apply now\./);
    assert.deepEqual(itemsOf(harness.planned), ['  Unknown · 1', '    ! Offline. Nothing is planned for this device.']);
  });

  it('stops at errors, and leads to them', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber, weber));
    await harness.plan();
    assert.deepEqual(said(), ['club.nuki-access.yaml has errors, so nothing was planned.']);
    assert.deepEqual([harness.document(), harness.account.requests], [undefined, []]);
    assert.deepEqual(user.seen[0]?.buttons, ['Show Problems']);
  });

  it('stops at errors that only the account shows', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith('{ key: a, name: A, doors: [front], by: code, until: 2027-03-28 02:30 }'));
    await harness.plan();
    assert.deepEqual(said(), ['club.nuki-access.yaml has errors, so nothing was planned.']);
    assert.equal(harness.document(), undefined);
  });

  it('names a door that is in no account', async () => {
    const harness = await AccessHarness.open();
    harness.write(
      fileWith(weber).replaceAll(String(frontDoor), '21913877599').replaceAll(String(terrace), '21913877598'),
    );
    await harness.plan();
    assert.deepEqual(said(), ['Front Door (21913877599) is in none of your accounts. Nothing was sent.']);
  });

  it('refuses a record that it does not understand, that is being edited, or that does not fit the account', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    const refusalFor = async (record: string): Promise<string | undefined> => {
      user.files.set(recordPath, record);
      user.seen.length = 0;
      await harness.plan();
      return said()[0];
    };
    const name = 'club.nuki-access.record.json';
    const unclear = `${name} can't be understood, so it isn't known what belongs to the file. Restore an earlier version of it.`;
    assert.equal(await refusalFor(''), unclear);
    assert.equal(await refusalFor('<<<<<<< HEAD'), unclear);
    const written = { name: 'x', enabled: true, remoteAllowed: false };
    const owned = { entry: 'x', smartlockId: 42, part: 0, by: 'code', id: 'a'.repeat(24), written };
    assert.equal(
      await refusalFor(JSON.stringify({ version: 1, owned: [owned] })),
      `${name} doesn't fit Home: it names a device that is not in this account. Nothing was planned.`,
    );
    const record = await workspace.openTextDocument(Uri.file(recordPath));
    record.edit('{}');
    assert.equal(await refusalFor('{}'), `Save or undo your changes to ${name} first.`);
    assert.equal(harness.document(), undefined);
  });

  it('refuses a file whose record another file would use, too', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    user.files.set('/repository/club.nuki-access.json', '{}');
    await harness.plan();
    assert.deepEqual(said(), [
      "club.nuki-access.yaml and club.nuki-access.json have the same record. Delete the one that you don't use, or move it to another folder. Nothing was planned.",
    ]);
    user.files.delete('/repository/club.nuki-access.json');
    user.files.set('/repository/house.nuki-access.json', '{}');
    await harness.plan();
    assert.match(harness.planned, /Added: 1/);
  });

  for (const [what, fault, sentence] of [
    ['the network', { loseAnswer: true, times: 99 }, "Can't reach Nuki."],
    ['a token', { revokesToken: true, times: 99 }, 'Nuki rejected the token of "Home"'],
    ['a server', { answer: { status: 500 }, times: 99 }, "Nuki's servers have a problem"],
  ] as const) {
    it(`says that ${what} fails, and plans nothing`, async () => {
      const harness = await AccessHarness.open();
      harness.write(fileWith(weber));
      harness.account.simulator.home.fault({ method: 'GET', ...fault });
      await harness.plan();
      assert.ok(said()[0]?.startsWith(sentence), said()[0]);
      assert.equal(harness.document(), undefined);
    });
  }

  it('names the permission that is missing; that for account users only where the file has a person', async () => {
    const withoutAuth = await AccessHarness.open(homeWith(everyScope.filter((scope) => scope !== 'smartlock.auth')));
    withoutAuth.write(fileWith(weber));
    await withoutAuth.plan();
    assert.match(said()[0] ?? '', /doesn't have the permission for this/);
    const withoutPeople = await AccessHarness.open();
    withoutPeople.account.simulator.home.fault({ path: /account\/user/, answer: { status: 401 }, times: 2 });
    withoutPeople.write(fileWith(weber));
    await withoutPeople.plan();
    assert.match(withoutPeople.planned, /Added: 1/);
    withoutPeople.write(fileWith('{ key: ben, name: Ben, doors: [front], by: app, email: ben@example.com }'));
    user.seen.length = 0;
    await withoutPeople.plan();
    assert.match(said()[0] ?? '', /doesn't have the permission for this/);
  });

  it('says so where the account is removed meanwhile, and forgets the plans of such an account', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    await harness.plan();
    const { planDocuments, store } = harness.services;
    assert.equal(planDocuments.planOf(Uri.file(path))?.plan.accountId, accountId);
    planDocuments.keepOnly([]);
    assert.equal(planDocuments.planOf(Uri.file(path)), undefined);
    assert.deepEqual(user.commands.at(-1), { id: 'setContext', hints: ['nuki.hasAccessPlan', false] });
    user.onProgress = () => store.setSources([]);
    await harness.plan();
    assert.deepEqual(said(), ['The account was removed. Nothing was sent.']);
  });

  it('plans nothing once the user has stopped the reading', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    harness.account.simulator.home.fault({ path: /auth\/paged/, wait: 5_000 });
    const running = harness.plan();
    await harness.account.advance(1);
    user.cancel();
    await running;
    assert.deepEqual([harness.document(), said()], [undefined, []]);
  });

  it('shows names of strangers as they are, on one line, and no code', async () => {
    const harness = await AccessHarness.open();
    const { home } = harness.account.simulator;
    harness.write(fileWith('{ key: a, name: "[x](command:y)", doors: [front], by: code }'));
    await harness.plan();
    assert.match(harness.planned, / {4}\+ \[x\]\(command:y\) · keypad code/);
    const codes = [frontDoor, terrace, cellar].flatMap((door) =>
      home.authorizationsOnLock(door).flatMap(({ code }) => (code === undefined ? [] : [String(code)])),
    );
    assert.ok(codes.length > 0);
    for (const code of codes) assert.ok(!harness.planned.includes(code));
  });

  it('cannot read a file that is gone', async () => {
    const harness = await AccessHarness.open();
    await harness.plan();
    assert.deepEqual(said(), ["club.nuki-access.yaml can't be read."]);
  });
});
