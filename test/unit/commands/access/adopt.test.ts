import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { adopt } from '../../../../src/commands/access/adopt.ts';
import { createAccessFile } from '../../../../src/commands/access/createAccessFile.ts';
import { putBack, takeIntoFile } from '../../../../src/commands/access/drift.ts';
import type { LineSubject } from '../../../../src/commands/access/lineSubject.ts';
import type { CommandServices } from '../../../../src/commands/services.ts';
import { frontDoor, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { asCommand } from '../services.ts';
import { FileSystemError, user } from '../../vscodeStandIn.ts';
import { AccessHarness, cleaning, fileWith, modals, path, recordPath, said } from './accessHarness.ts';

type Command = (hint: unknown, services: CommandServices) => Promise<void>;

async function run(harness: AccessHarness, command: Command, hint: unknown = Uri.file(path)): Promise<void> {
  await harness.account.advanceUntil(asCommand(harness.services, () => command(hint, harness.services)));
}

const file = (): string => user.files.get(path) ?? '';
const record = (): string => user.files.get(recordPath) ?? '';

async function subjectOf({ account }: AccessHarness, smartlockId: number, name: string): Promise<LineSubject> {
  return { file: Uri.file(path).toString(), smartlockId, id: await account.idOf(smartlockId, name) };
}

describe('creating an access file', () => {
  it('writes file and record of what the devices hold, says what is not in it, and leaves nothing to plan', async () => {
    const harness = await AccessHarness.open();
    user.saveAs = () => path;
    await run(harness, createAccessFile, 'account/7');
    assert.match(user.offeredFiles.at(-1) ?? '', /\.nuki-access\.yaml$/);
    assert.match(file(), /key: family\n {4}name: Family\n {4}doors: \[front-door, terrace\]\n {4}by: code/);
    assert.doesNotMatch(file() + record(), /\b[1-9]{6}\b(?!\d)/, 'a code');
    assert.match(
      said().join('\n'),
      /Access file created\. Authorizations in it: \d+\. Not in it: 1 \(no account user with an email address\)/,
    );
    assert.deepEqual(harness.account.writes, []);
    await harness.plan();
    assert.equal(harness.services.planDocuments.planOf(Uri.file(path))?.plan.steps.length, 0);
    assert.doesNotMatch(harness.planned, /^ {2}(Added|Widened|Narrowed|Removed|Renamed|Changed elsewhere) · /m);
  });

  it('asks before it replaces a record, and writes nothing without a yes', async () => {
    const harness = await AccessHarness.open();
    user.saveAs = () => path;
    user.files.set(recordPath, 'the record of another file');
    harness.answer = () => undefined;
    await run(harness, createAccessFile, 'account/7');
    assert.match(modals().at(-1)?.text ?? '', /Replace the record of club\.nuki-access\.yaml\?/);
    assert.deepEqual([user.files.get(recordPath), user.files.has(path)], ['the record of another file', false]);
  });

  it('takes no name that is none of an access file', async () => {
    const harness = await AccessHarness.open();
    user.saveAs = () => '/repository/club.yaml';
    harness.answer = () => undefined;
    await run(harness, createAccessFile, 'account/7');
    assert.match(modals().at(-1)?.text ?? '', /has to end with \.nuki-access\.yaml/);
    assert.equal(user.files.size, 0);
  });

  it('offers a name of an access file for one that is none', async () => {
    const harness = await AccessHarness.open();
    const names = ['/repository/garden.yaml'];
    user.saveAs = (offered) => names.pop() ?? offered;
    harness.answer = () => 'Choose Another Name';
    await run(harness, createAccessFile, 'account/7');
    assert.deepEqual(
      [...user.files.keys()].toSorted(),
      ['record.json', 'yaml'].map((ending) => `/repository/garden.nuki-access.${ending}`),
    );
  });
});

describe('adopting an authorization', () => {
  it('asks about it, writes the file and then the record, and plans nothing for it', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith(cleaning('Mon–Fri', '09:00–17:00')));
    await run(harness, adopt, await subjectOf(harness, terrace, 'Gardener'));
    const [question] = modals();
    assert.match(question?.text ?? '', /^Adopt this authorization into club\.nuki-access\.yaml\?$/);
    assert.match(question?.options.detail ?? '', /Terrace · keypad code · Gardener · Wed, Sat 14:00–18:00/);
    assert.match(question?.options.detail ?? '', /From then on, the file decides about it\./);
    assert.match(file(), /Gardener/);
    assert.match(record(), /"entry": "gardener"/);
    assert.deepEqual(harness.account.writes, []);
    const { plan } = harness.services.planDocuments.planOf(Uri.file(path)) ?? assert.fail('no plan');
    assert.deepEqual(
      plan.steps.map((step) => step.kind !== 'remove' && step.wanted.entry.key),
      ['cleaning', 'cleaning'],
    );
  });

  it('makes it that of the entry that wants one of its name there', async () => {
    const harness = await AccessHarness.open();
    const text = fileWith('{ key: garden, name: Gardener, doors: [terrace], by: code, days: Wed }');
    harness.write(text);
    await run(harness, adopt, await subjectOf(harness, terrace, 'Gardener'));
    assert.equal(file(), text);
    assert.match(record(), /"entry": "garden"/);
    const { plan } = harness.services.planDocuments.planOf(Uri.file(path)) ?? assert.fail('no plan');
    assert.deepEqual(
      plan.steps.map(({ kind }) => kind),
      ['change'],
    );
  });

  it('asks about each of several, and writes those that the user wants', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    user.tick = (label) => /Gardener|Painter/.test(label);
    harness.answer = ({ options }) => (options.detail?.includes('Painter') ? 'Leave Out' : 'Adopt');
    await run(harness, adopt);
    user.tick = (_, isTicked) => isTicked;
    assert.equal(modals().length, 2);
    assert.match(file(), /Gardener/);
    assert.doesNotMatch(file() + record(), /Painter/);
  });

  it('writes nothing when the user cancels', async () => {
    const harness = await AccessHarness.open();
    const text = fileWith();
    harness.write(text);
    harness.answer = () => undefined;
    await run(harness, adopt, await subjectOf(harness, terrace, 'Gardener'));
    assert.deepEqual([file(), record()], [text, '']);
  });

  it('says of what a file cannot say why it cannot, and asks nothing about it', async () => {
    const harness = await AccessHarness.open();
    const text = fileWith();
    harness.write(text);
    const gardener = await subjectOf(harness, terrace, 'Gardener');
    const item = (await harness.account.simulator.authorizations(terrace)).find(({ id }) => id === gardener.id);
    await harness.account.simulator.send('POST', `/smartlock/${terrace}/auth/${gardener.id}`, {
      ...item,
      allowedFromTime: 1_320,
      allowedUntilTime: 360,
    });
    await harness.account.simulator.clock.advance(120_000);
    await run(harness, adopt, gardener);
    assert.match(said().join(), /Gardener.* can't be in an access file: limits incomplete or unclear\./);
    assert.deepEqual([modals(), file(), record()], [[], text, '']);
  });

  it('writes nothing into what is in the place of the file since its editor was closed', async () => {
    const harness = await AccessHarness.open();
    const other = `# of another branch\n${fileWith(cleaning('Mon', '09:00–10:00'))}`;
    harness.write(fileWith(cleaning('Mon–Fri', '09:00–17:00')));
    harness.answer = ({ buttons }) => {
      harness.write(other);
      return buttons[0];
    };
    await run(harness, adopt, await subjectOf(harness, terrace, 'Gardener'));
    assert.deepEqual([file(), record()], [other, '']);
    assert.deepEqual(said(), ['club.nuki-access.yaml or its record was changed in the meantime. Nothing was written.']);
  });

  it('writes nothing where the record is written while it asks', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    const other = '{ "version": 1, "owned": [] }';
    harness.answer = ({ buttons }) => {
      user.files.set(recordPath, other);
      return buttons[0];
    };
    await run(harness, adopt, await subjectOf(harness, terrace, 'Gardener'));
    assert.deepEqual([file(), record()], [fileWith(), other]);
  });

  it('leaves the record as it was where the file cannot be saved', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    user.refuseWrite = (each) => (each === path ? new FileSystemError('NoPermissions') : undefined);
    await run(harness, adopt, await subjectOf(harness, terrace, 'Gardener'));
    assert.deepEqual([file(), record()], [fileWith(), '']);
    assert.match(said().join(), /its record stays as it was/);
  });

  it('has nothing for an authorization that is not there', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    await run(harness, adopt, { file: Uri.file(path).toString(), smartlockId: terrace, id: 'x' });
    assert.deepEqual([modals().length, record()], [0, '']);
    assert.match(said().join(), /No matching authorizations/);
  });
});

describe('what was changed elsewhere', () => {
  /** A file with the gardener, whose hours another client has changed, and Weber's code, which someone has deleted. */
  async function changedElsewhere(): Promise<AccessHarness> {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    await run(harness, adopt, await subjectOf(harness, terrace, 'Gardener'));
    await run(harness, adopt, await subjectOf(harness, frontDoor, 'Plumber'));
    const gardener = await subjectOf(harness, terrace, 'Gardener');
    const item = (await harness.account.simulator.authorizations(terrace)).find(({ id }) => id === gardener.id);
    await harness.account.simulator.send('POST', `/smartlock/${terrace}/auth/${gardener.id}`, {
      ...item,
      allowedUntilTime: 1_200,
    });
    await harness.account.simulator.clock.advance(120_000);
    user.seen.length = 0;
    return harness;
  }

  it('is taken into the file as the lock has it, after a question', async () => {
    const harness = await changedElsewhere();
    await run(harness, takeIntoFile, await subjectOf(harness, terrace, 'Gardener'));
    const [question] = modals();
    assert.match(question?.options.detail ?? '', /In the file: .*14:00–18:00[^]*On the device: .*14:00–20:00/);
    assert.match(file(), /14:00-20:00/);
    const { plan } = harness.services.planDocuments.planOf(Uri.file(path)) ?? assert.fail('no plan');
    assert.deepEqual([plan.steps.length, plan.findings.some(({ kind }) => kind === 'drifted')], [0, false]);
    assert.deepEqual(harness.account.writes, []);
  });

  it('is not taken into the file where it would be an error there', async () => {
    const harness = await AccessHarness.open();
    harness.write(fileWith());
    const gardener = await subjectOf(harness, terrace, 'Gardener');
    await run(harness, adopt, gardener);
    harness.write(`${file().trimEnd()}\n  - { key: other, name: Helper, doors: [terrace], by: code }\n`);
    const before = [file(), record()];
    await harness.account.simulator.send('POST', `/smartlock/${terrace}/auth/${gardener.id}`, { name: 'Helper' });
    await harness.account.simulator.clock.advance(120_000);
    user.seen.length = 0;
    await run(harness, takeIntoFile, gardener);
    assert.match(said().join(), /^This would cause an error in the file: The entry "\w+" has the same name/);
    assert.deepEqual([modals(), file(), record()], [[], ...before]);
  });

  it('is planned to be put back, and the file stays as it is', async () => {
    const harness = await changedElsewhere();
    const before = file();
    await run(harness, putBack, await subjectOf(harness, terrace, 'Gardener'));
    assert.match(modals()[0]?.options.detail ?? '', /Nothing is sent now/);
    assert.equal(file(), before);
    const { plan } = harness.services.planDocuments.planOf(Uri.file(path)) ?? assert.fail('no plan');
    assert.deepEqual(
      plan.steps.map((step) => step.kind === 'change' && [step.wanted.entry.key, step.losses]),
      [['gardener', ['hours']]],
    );
    assert.deepEqual(harness.account.writes, []);
  });

  it('writes nothing without a yes, nor where nothing was changed', async () => {
    const harness = await changedElsewhere();
    const before = file() + record();
    harness.answer = () => undefined;
    await run(harness, takeIntoFile, await subjectOf(harness, terrace, 'Gardener'));
    await run(harness, putBack, await subjectOf(harness, terrace, 'Gardener'));
    await run(harness, putBack, await subjectOf(harness, frontDoor, 'Plumber'));
    assert.equal(file() + record(), before);
    assert.match(said().join(), /no longer listed as changed elsewhere/);
  });
});
