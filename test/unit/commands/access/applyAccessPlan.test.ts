import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { readRecord } from '../../../../src/access/record/readRecord.ts';
import { frontDoor, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { FakeRecords } from '../../model/fakes.ts';
import { FileSystemError, TextDocument, user, workspace, type Message } from '../../vscodeStandIn.ts';
import { AccessHarness, cleaning, fileWith, modals, path, recordPath, said, weber } from './accessHarness.ts';

const codeEntry = (key: string, name: string): string => `{ key: ${key}, name: ${name}, doors: [front], by: code }`;

/** A file that was applied, and nothing of the way there. */
async function applied(...entries: readonly string[]): Promise<AccessHarness> {
  const harness = await AccessHarness.open();
  harness.write(fileWith(...entries));
  await harness.plan();
  await harness.apply();
  await harness.account.advance(30);
  for (const list of [user.seen, user.documents, user.shown, harness.account.requests]) list.length = 0;
  return harness;
}

const rowsOf = (document = ''): readonly string[] =>
  document.split('\n').filter((line) => /^\| (?!Device|---)/.test(line));
const owned = (): readonly unknown[] => readRecord(user.files.get(recordPath) ?? '')?.owned ?? [];
const pressing =
  (choose: (question: string) => string | undefined) =>
  ({ text }: Message): string | undefined =>
    choose(text);

describe('Apply Access Plan', () => {
  it('asks with counts and names, does what was agreed to, and says what became of each step', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber, cleaning('Mon–Fri', '09:00–17:00')));
    await harness.plan();
    await harness.apply();
    const [question, ...more] = modals();
    assert.equal(question?.text, 'Give more access (Added: 3)?');
    assert.deepEqual(question.buttons, ['Give Access', 'Leave Out']);
    assert.match(
      question.options.detail ?? '',
      /^Home · club\n\nFront Door · Guest Weber · keypad code · Can enter from 16 Jun 2027/,
    );
    assert.deepEqual(more, []);
    assert.ok(harness.account.onLock(frontDoor, 'Guest Weber'));
    assert.ok(harness.account.onLock(terrace, 'Cleaning'));
    assert.deepEqual(rowsOf(user.documents[0]).toSorted(), [
      '| Front Door | Cleaning | Add | Can enter Mon–Fri 09:00–17:00 | saved on the lock |',
      '| Front Door | Guest Weber | Add | Can enter from 16 Jun 2027, 15:00, until 30 Jun 2027, 10:00 | saved on the lock |',
      '| Terrace | Cleaning | Add | Can enter Mon–Fri 09:00–17:00 | saved on the lock |',
    ]);
    assert.equal(owned().length, 3);
    assert.match(harness.planned, /Nothing to do\./);
    const codes = [frontDoor, terrace].flatMap((door) =>
      harness.account.simulator.home.authorizationsOnLock(door).map(({ code }) => String(code ?? '-')),
    );
    const texts = [...user.documents, ...user.files.values(), harness.planned];
    assert.ok(codes.every((code) => !/^\d{6}$/.test(code) || texts.every((text) => !text.includes(code))));
  });

  it('shows a plan that was never shown, and asks nothing about it', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    await harness.apply();
    assert.deepEqual([modals(), harness.account.writes], [[], []]);
    assert.deepEqual(said(), ['Check the plan before you apply it.']);
    assert.match(harness.planned, /Guest Weber/);
  });

  it('shows a plan that has changed since it was shown, and asks nothing about it', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    await harness.plan();
    harness.write(fileWith(weber, cleaning('Mon', '09:00–10:00')));
    await harness.apply();
    assert.deepEqual([modals(), harness.account.writes], [[], []]);
    assert.deepEqual(said(), ['The plan has changed since it was shown. Check it before you apply it.']);
    await harness.apply();
    assert.equal(modals()[0]?.text, 'Give more access (Added: 3)?');
  });

  it('asks about what gives and what takes access apart, and leaves out what is declined', async () => {
    const harness = await applied(codeEntry('old', 'Old'), codeEntry('kept', 'Kept'), codeEntry('more', 'More'));
    harness.write(fileWith(weber, codeEntry('kept', 'Kept'), codeEntry('more', 'More')));
    await harness.plan();
    harness.answer = pressing((text) => (text.startsWith('Give') ? 'Leave Out' : 'Reduce Access'));
    await harness.apply();
    assert.deepEqual(
      modals().map(({ text }) => text),
      ['Give more access (Added: 1)?', 'Reduce access (Removed: 1)?'],
    );
    assert.equal(harness.account.onLock(frontDoor, 'Guest Weber'), undefined);
    assert.equal(harness.account.onLock(frontDoor, 'Old'), undefined);
    assert.match(rowsOf(user.documents[0]).join('\n'), /Guest Weber \| Add \| .* \| left out \|/);
  });

  it('sends nothing where the user cancels any of the questions', async () => {
    const harness = await applied(codeEntry('old', 'Old'), codeEntry('kept', 'Kept'), codeEntry('more', 'More'));
    harness.write(fileWith(weber, codeEntry('kept', 'Kept'), codeEntry('more', 'More')));
    await harness.plan();
    harness.answer = pressing((text) => (text.startsWith('Give') ? 'Give Access' : undefined));
    await harness.apply();
    assert.equal(modals().length, 2);
    assert.deepEqual([harness.account.writes, user.documents], [[], []]);
  });

  it('has 0 widened without its own question: what widens and narrows needs a yes to both', async () => {
    for (const leftOut of ['Give', 'Reduce']) {
      const harness = await applied(cleaning('Mon–Fri', '09:00–17:00'));
      harness.write(fileWith(cleaning('Mon–Sat', '09:00–15:00')));
      await harness.plan();
      assert.match(
        harness.planned,
        /Cleaning · keypad code · Also Sat · No longer 15:00–17:00\n {6}Mon–Fri 09:00–17:00 → /,
      );
      harness.answer = pressing((text) =>
        text.startsWith(leftOut) ? 'Leave Out' : text.startsWith('Give') ? 'Give Access' : 'Reduce Access',
      );
      await harness.apply();
      assert.deepEqual(
        modals().map(({ text }) => text),
        // What is left out already is not asked about again.
        ['Give more access (Widened: 2)?', ...(leftOut === 'Give' ? [] : ['Reduce access (Widened: 2)?'])],
      );
      assert.deepEqual(harness.account.writes, []);
      assert.ok(said().includes('Everything was left out. Nothing was sent.'));
    }
  });

  it('asks once about what only gets another name', async () => {
    const harness = await applied(codeEntry('kept', 'Kept'));
    harness.write(fileWith(codeEntry('kept', 'Caretaker')));
    await harness.plan();
    await harness.apply();
    assert.deepEqual(
      modals().map(({ text }) => text),
      ['Rename authorizations (Renamed: 1)?'],
    );
    assert.ok(harness.account.onLock(frontDoor, 'Caretaker'));
  });

  it('takes more than half of what the file owns away only where its number is typed', async () => {
    const harness = await applied(codeEntry('a', 'One'), codeEntry('b', 'Two'), codeEntry('c', 'Three'));
    harness.write(fileWith(codeEntry('c', 'Three')));
    await harness.plan();
    const prefilled: string[] = [];
    for (const typed of [undefined, '', '3']) {
      user.type = (value) => {
        prefilled.push(value);
        return typed;
      };
      await harness.apply();
      assert.deepEqual(harness.account.writes, []);
    }
    assert.deepEqual(prefilled, ['', '', '']);
    user.type = () => '2';
    await harness.apply();
    assert.equal(harness.account.onLock(frontDoor, 'One'), undefined);
    assert.equal(owned().length, 1);
  });

  it('takes more than ten away only where their number is typed, however many more the file owns', async () => {
    const all = Array.from({ length: 23 }, (_, n) => codeEntry(`m${n}`, `Member ${n}`));
    for (const removed of [10, 11]) {
      const harness = await applied(...all);
      harness.write(fileWith(...all.slice(removed)));
      await harness.plan();
      let typed = 0;
      user.type = () => {
        typed++;
        return undefined;
      };
      await harness.apply();
      assert.equal(modals()[0]?.text, `Reduce access (Removed: ${removed})?`);
      assert.deepEqual([typed, owned().length], removed > 10 ? [1, 23] : [0, 13]);
      assert.equal(harness.account.writes.length === 0, removed > 10);
    }
  });

  it('counts only what is listed for that: not what was asked for and never came', async () => {
    const harness = await applied(codeEntry('old', 'Old'), codeEntry('kept', 'Kept'));
    const { owned: before = [] } = readRecord(user.files.get(recordPath) ?? '') ?? {};
    const at = new Date(harness.account.simulator.clock.now()).toISOString();
    const to = { name: 'Lost', enabled: true, remoteAllowed: false };
    const lost = ['a', 'b', 'c'].map((entry) => ({
      entry,
      smartlockId: frontDoor,
      part: 0,
      by: 'code',
      asked: { kind: 'add', at, to: { ...to, name: `Lost ${entry}` }, others: [] },
    }));
    user.files.set(recordPath, JSON.stringify({ version: 1, owned: [...before, ...lost] }));
    harness.write(fileWith());
    await harness.plan();
    await harness.apply();
    assert.equal(modals()[0]?.text, 'Reduce access (Removed: 2)?');
    assert.deepEqual(harness.account.writes, []);
  });

  it('claims no success on 204: what no lock has confirmed is waiting', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    await harness.plan();
    harness.account.simulator.home.fault({ method: 'PUT', never: true, unconfirmed: true });
    await harness.apply();
    assert.match(user.documents[0] ?? '', /\nNot confirmed: 1\n/);
    assert.match(rowsOf(user.documents[0]).join('\n'), /accepted by Nuki, waiting for the lock/);
    assert.doesNotMatch(user.documents[0] ?? '', /saved on the lock/);
    assert.match(harness.planned, / {2}Waiting · 1\n {4}… Guest Weber/);
  });

  it('saves the file first, and sends nothing where it cannot be saved or is gone', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    const document = await workspace.openTextDocument(Uri.file(path));
    document.edit(fileWith(weber));
    await harness.plan();
    user.refuseWrite = () => new FileSystemError('NoPermissions');
    await harness.apply();
    assert.deepEqual(said(), ["club.nuki-access.yaml couldn't be saved. Nothing was sent."]);
    user.refuseWrite = () => undefined;
    await harness.apply();
    assert.equal(user.files.get(path), fileWith(weber));
    assert.ok(harness.account.onLock(frontDoor, 'Guest Weber'));
    user.files.delete(path);
    user.seen.length = 0;
    await harness.apply();
    assert.deepEqual(said(), ['club.nuki-access.yaml is gone. Nothing was sent.']);
  });

  it('begins nothing where the record cannot be written, and says so', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    await harness.plan();
    user.refuseWrite = (file) => (file === recordPath ? new FileSystemError('NoPermissions') : undefined);
    await harness.apply();
    assert.deepEqual(harness.account.writes, []);
    assert.match(rowsOf(user.documents[0]).join('\n'), /the record of the file couldn't be written/);
  });

  it('plans again, and asks again, after a question that was open for more than ten minutes', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    await harness.plan();
    let asked = 0;
    harness.answer = ({ buttons }) => {
      if (++asked === 1) harness.account.simulator.clock.jump(11 * 60_000);
      return asked === 3 ? undefined : buttons[0];
    };
    await harness.apply();
    assert.equal(asked, 2);
    assert.ok(said().some((text) => text.startsWith('Planning again')));
    assert.ok(harness.account.onLock(frontDoor, 'Guest Weber'));
  });

  for (const [what, change] of [
    ['the file is edited', () => workspace.textDocuments[0]?.edit(`${fileWith(weber)}# a comment\n`)],
    ['the file is edited and says the same, but is not saved', () => workspace.textDocuments[0]?.edit(fileWith(weber))],
    ['the record is written', () => user.files.set(recordPath, '{ "version": 1, "owned": [] }')],
  ] as const) {
    it(`plans again where, while a question is open, ${what}`, async () => {
      const harness = await AccessHarness.open();
      harness.write(fileWith(weber));
      await harness.plan();
      let asked = 0;
      harness.answer = ({ buttons }) => {
        if (++asked > 1) return undefined;
        change();
        return buttons[0];
      };
      await harness.apply();
      assert.equal(asked, 2);
      assert.deepEqual(harness.account.writes, []);
    });
  }

  it('sends nothing where the file is deleted, or its record is being edited, while a question is open', async () => {
    const editRecord = (): void => {
      const record = new TextDocument(Uri.file(recordPath), '');
      workspace.textDocuments.push(record);
      record.edit('{}');
    };
    for (const [change, refusal] of [
      [() => user.files.delete(path), 'club.nuki-access.yaml is gone. Nothing was sent.'],
      [editRecord, 'Save or undo your changes to club.nuki-access.record.json first.'],
    ] as const) {
      const harness = await AccessHarness.open();
      harness.write(fileWith(weber));
      await harness.plan();
      harness.answer = ({ buttons }) => {
        change();
        return buttons[0];
      };
      await harness.apply();
      assert.deepEqual(harness.account.writes, []);
      assert.equal(said().at(-1), refusal);
    }
  });

  it('plans again what is on the disk where the file was closed, and another is in its place', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(weber));
    await harness.plan();
    harness.answer = ({ buttons }) => {
      harness.write(fileWith(cleaning('Mon', '09:00–10:00')));
      return buttons[0];
    };
    await harness.apply();
    assert.equal(modals().length, 1);
    assert.deepEqual(harness.account.writes, []);
    assert.match(harness.planned, /Cleaning/);
    assert.equal(said().at(-1), 'The plan has changed since it was shown. Check it before you apply it.');
  });

  it('plans nothing of a file that was copied with its record: each would remove what the other keeps', async () => {
    const harness = await applied(codeEntry('old', 'Old'), codeEntry('kept', 'Kept'));
    const copy = path.replace('club', 'copy');
    user.files.set(copy, fileWith(codeEntry('old', 'Old'), codeEntry('kept', 'Kept')));
    harness.write(fileWith(codeEntry('kept', 'Kept')));
    await harness.plan();
    assert.match(harness.planned, /Removed: 1/);
    user.files.set(recordPath.replace('club', 'copy'), user.files.get(recordPath) ?? '');
    user.seen.length = 0;
    await harness.apply();
    assert.deepEqual([modals(), harness.account.writes], [[], []]);
    assert.match(said()[0] ?? '', /^club\.nuki-access\.yaml and copy\.nuki-access\.yaml own the same authorizations/);
  });

  it('lets one window at a time apply a plan to an account', async () => {
    const disk = new Map<string, unknown>();
    const harness = await AccessHarness.open(undefined, { records: new FakeRecords(disk) });
    disk.set('applying/7/1', harness.account.simulator.clock.now());
    harness.write(fileWith(weber));
    await harness.plan();
    await harness.apply();
    assert.deepEqual(harness.account.writes, []);
    assert.match(
      said().join(),
      /^Another window is applying a plan to Home, or was closed while doing so\. Nothing was sent\./,
    );
  });

  it('begins nothing once another window has taken its turn', async () => {
    const disk = new Map<string, unknown>();
    const harness = await AccessHarness.open(undefined, { records: new FakeRecords(disk) });
    harness.write(fileWith(weber));
    await harness.plan();
    user.onProgress = (title) => {
      if (title.startsWith('Applying')) disk.clear();
    };
    await harness.apply();
    assert.deepEqual(harness.account.writes, []);
    assert.match(rowsOf(user.documents[0]).join('\n'), /Guest Weber \| Add \| .* \| not started/);
  });

  it('can be cancelled between two steps; the record is true, and the next plan goes on from there', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(codeEntry('a', 'One'), codeEntry('b', 'Two')));
    await harness.plan();
    const { home } = harness.account.simulator;
    home.fault({ method: 'PUT', after: 20_000 });
    user.onProgress = (title) => {
      if (title.startsWith('Applying')) void harness.account.simulator.clock.wait(5_000).then(() => user.cancel());
    };
    await harness.apply();
    assert.match(user.documents[0] ?? '', /You stopped waiting\. What was sent stays sent\./);
    assert.match(rowsOf(user.documents[0]).join('\n'), /not started: cancelled/);
    assert.equal(owned().length, 1);
    user.onProgress = () => undefined;
    await harness.account.advance(60);
    await harness.plan();
    await harness.apply();
    assert.equal(home.authorizationsOnLock(frontDoor).filter(({ name }) => name === 'One').length, 1);
    assert.equal(home.authorizationsOnLock(frontDoor).filter(({ name }) => name === 'Two').length, 1);
  });

  it('creates the account user of an app entry, once, and says so before', async () => {
    const harness = await AccessHarness.open();
    harness.write(
      fileWith('{ key: eva, name: Eva, doors: [front, terrace], by: app, email: eva@example.com, remote: true }'),
    );
    await harness.plan();
    assert.match(
      harness.planned,
      / {4}\+ Eva · app · Can always enter, also remotely · The account user eva@example\.com is created first/,
    );
    await harness.apply();
    assert.equal(harness.account.writes.filter((request) => request === 'PUT /account/user').length, 1);
    assert.ok(harness.account.onLock(frontDoor, 'Eva') && harness.account.onLock(terrace, 'Eva'));
    assert.doesNotMatch(user.documents[0] ?? '', /is created first/);
    assert.match(harness.planned, /Nothing to do\./);
  });

  it('writes down what the lists show of the record also where nothing is to be done', async () => {
    const harness = await applied(codeEntry('kept', 'Kept'));
    harness.write(fileWith(codeEntry('renamed', 'Kept')));
    await harness.plan();
    assert.match(harness.planned, /Nothing to do\./);
    await harness.apply();
    assert.match(user.files.get(recordPath) ?? '', /"entry": "renamed"/);
    assert.deepEqual(harness.account.writes, []);
  });
});
