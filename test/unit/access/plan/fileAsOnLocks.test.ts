import assert from 'node:assert/strict';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { frontDoor, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { AccessHarness, cleaning, fileWith, weber } from '../../commands/access/accessHarness.ts';
import { user } from '../../vscodeStandIn.ts';

/** A home whose locks are as a file says, and what a later plan shows of them. */
class AppliedFile {
  readonly harness: AccessHarness;

  private constructor(harness: AccessHarness) {
    this.harness = harness;
  }

  static async of(...entries: readonly string[]): Promise<AppliedFile> {
    const applied = new AppliedFile(await AccessHarness.open());
    await applied.plan(...entries);
    await applied.harness.apply();
    await applied.harness.account.advance(30);
    user.shown.length = 0;
    user.commands.length = 0;
    return applied;
  }

  /** The file as the locks have it, when these entries are wanted. */
  async plan(...entries: readonly string[]): Promise<string> {
    this.harness.write(fileWith(...entries));
    await this.harness.plan();
    return this.harness.document('club.nuki-access.yaml')?.text ?? '';
  }
}

const entriesOf = (text: string): readonly unknown[] => {
  const { file, problems } = parseAccessFile(text);
  assert.deepEqual(problems, []);
  return file.entries.map((entry) => ({ ...entry, index: 0 })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
};
const isShown = (): boolean => user.commands.some(({ id }) => id === 'vscode.diff');

describe('the file as the locks have it', () => {
  it('is without what they lack, and with what the file no longer has', async () => {
    const applied = await AppliedFile.of(weber, cleaning('Mon–Fri', '09:00–17:00'));
    const asOnLocks = await applied.plan(
      cleaning('Mon–Sat', '09:00–15:00'),
      '{ key: added, name: Added, doors: [front], by: code }',
    );
    assert.deepEqual(entriesOf(asOnLocks), entriesOf(fileWith(weber, cleaning('Mon–Fri', '09:00–17:00'))));
    assert.ok(isShown());
  });

  it('is the file itself where they are as it says, which is not shown beside the plan', async () => {
    const applied = await AppliedFile.of(weber);
    assert.equal(await applied.plan(weber), fileWith(weber));
    assert.ok(!isShown());
  });

  it('has an entry for each way in which doors differ, and the doors that are as wanted in the one of the file', async () => {
    const both = '{ key: guest, name: Guest, doors: [front, terrace], by: code }';
    const applied = await AppliedFile.of(both);
    const { account } = applied.harness;
    const id = await account.idOf(terrace, 'Guest');
    await account.simulator.send('POST', `/smartlock/${terrace}/auth/${id}`, { name: 'Visitor' });
    await account.advance(30);
    assert.deepEqual(
      entriesOf(await applied.plan(both)),
      entriesOf(
        fileWith(
          '{ key: guest, name: Guest, doors: [front], by: code }',
          '{ key: guest-2, name: Visitor, doors: [terrace], by: code }',
        ),
      ),
    );
  });

  it('has hours over midnight as the lock has them', async () => {
    const night = '{ key: night, name: Night, doors: [front], by: code, hours: "22:00–06:00" }';
    const applied = await AppliedFile.of(night);
    assert.equal(await applied.plan(night), fileWith(night));
    assert.equal(
      applied.harness.account.simulator.home.authorizationsOnLock(frontDoor).filter(({ name }) => name === 'Night')
        .length,
      2,
    );
    const asOnLocks = entriesOf(await applied.plan(night.replace('22:00', '23:00')));
    assert.equal(asOnLocks.length, 2);
  });
});
