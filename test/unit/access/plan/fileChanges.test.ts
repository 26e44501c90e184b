import assert from 'node:assert/strict';
import { accessFileText } from '../../../../src/access/file/accessFileText.ts';
import type { AccessFile } from '../../../../src/access/file/accessFile.ts';
import { editAccessFile } from '../../../../src/access/file/editAccessFile.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import {
  adopted,
  putBack,
  takenIntoFile,
  type FileChange,
  type FileOnLocks,
} from '../../../../src/access/plan/fileChanges.ts';
import { planAccess } from '../../../../src/access/plan/planAccess.ts';
import type { Owned } from '../../../../src/access/record/accessRecord.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { lockId } from '../../devices.ts';
import { accountWith, app, code, door, entry, fileOf, garageId, inShort, now, owned, ownNow, planOf } from './homes.ts';

const night = { allowedFromDate: '2026-01-01T00:00:00.000Z', allowedWeekDays: 127 };
const evening = { ...night, allowedFromTime: 1_320, allowedUntilTime: 1_439 };
const morning = { ...night, allowedFromTime: 0, allowedUntilTime: 360 };
const days = { ...night, allowedFromTime: 540, allowedUntilTime: 1_020 };

/** A file and its record at the front door and the garage, each with a list. */
function known(
  file: AccessFile,
  record: readonly Owned[],
  front: readonly Authorization[],
  garage: readonly Authorization[] = [],
): FileOnLocks {
  const doors = [door(front), door(garage, {}, { smartlockId: garageId, name: 'Garage' })];
  return { file, record, account: accountWith(doors), now };
}

/** The entries with their doors after a change, and what a plan finds then. */
function after({ file, account }: FileOnLocks, change: FileChange | string | undefined) {
  assert.ok(typeof change === 'object', JSON.stringify(change));
  const changed = parseAccessFile(editAccessFile(accessFileText(file, 'yaml'), change.edits)).file;
  const plan = planOf(planAccess(changed, { owned: change.record }, account, { now, ownNow }));
  return { entries: changed.entries.map(({ key, doors }) => `${key}: ${doors.join(' ')}`), ...inShort(plan) };
}

function parsed(text: string) {
  const { file, problems } = parseAccessFile(text);
  return { doors: file.doors.map(({ name }) => name), problems };
}

function driftedIn(on: FileOnLocks, id: string) {
  const plan = planOf(planAccess(on.file, { owned: on.record }, on.account, { now, ownNow }));
  const found = plan.findings.find((finding) => finding.kind === 'drifted' && finding.owned.id === id);
  return found?.kind === 'drifted' ? found : assert.fail(`${id} is not changed elsewhere`);
}

const atGarage = { smartlockId: garageId };

describe('an authorization that is adopted', () => {
  it('is an entry of its own, though a code of its name is at another door', () => {
    const on = known(
      fileOf(entry('weber')),
      [owned('weber', 'a')],
      [code('a', 'Guest Weber')],
      [code('b', 'Guest Weber')],
    );
    assert.deepEqual(after(on, adopted(code('b', 'Guest Weber'), garageId, on)), {
      entries: ['weber: front', 'guest-weber: garage'],
      steps: [],
      findings: [],
    });
  });

  it('joins the entry of its person that says the same at another door', () => {
    const anna = entry('anna', { name: 'Anna Berger', by: 'app', email: 'Anna@example.com' });
    const ofAnna = owned('anna', 'a', {
      by: 'app',
      written: { name: 'Anna Berger', enabled: true, remoteAllowed: false },
    });
    const on = known(fileOf({ ...anna, email: 'anna@example.com' }), [ofAnna], [app('a', 1)], [app('b', 1)]);
    assert.deepEqual(after(on, adopted(app('b', 1), garageId, on)), {
      entries: ['anna: front garage'],
      steps: [],
      findings: [],
    });
  });

  it('is the part of the hours over midnight that it is', () => {
    const file = fileOf(entry('night', { hours: { from: 1_320, until: 360 } }));
    const items = [code('a', 'Guest Weber', evening), code('b', 'Guest Weber', morning)];
    const on = known(file, [], items);
    const second = adopted(items[1] ?? assert.fail(), lockId, on);
    assert.ok(typeof second === 'object');
    assert.deepEqual(
      second.record.map(({ id, part }) => [id, part]),
      [['b', 1]],
    );
    const both = adopted(items[0] ?? assert.fail(), lockId, { ...on, record: second.record });
    assert.deepEqual(after(on, both), { entries: ['night: front'], steps: [], findings: [] });
  });

  it('has its door in the file under a name that a file can have', () => {
    const garage = door([code('b', 'Guest Weber')], {}, { smartlockId: garageId, name: 'Gar\u200Bage ' });
    const file = { ...fileOf(), doors: [] };
    const change = adopted(code('b', 'Guest Weber'), garageId, {
      file,
      record: [],
      account: accountWith([garage]),
      now,
    });
    assert.ok(typeof change === 'object', JSON.stringify(change));
    const { doors, problems } = parsed(editAccessFile(accessFileText(file, 'yaml'), change.edits));
    assert.deepEqual({ doors, problems }, { doors: ['Garage'], problems: [] });
  });

  it('is none of the system, and none that no entry can say', () => {
    const on = known(fileOf(), [], []);
    assert.equal(adopted(code('a', 'Bridge', { type: 1 }), lockId, on), undefined);
    assert.equal(adopted(code('a', 'Guest', { allowedWeekDays: 0 }), lockId, on), 'limits');
    assert.equal(adopted(app('a', 99), lockId, on), 'person');
  });
});

describe('what was changed elsewhere and is taken into the file', () => {
  it('changes its entry, where that has no other door', () => {
    const on = known(fileOf(entry('weber')), [owned('weber', 'a')], [code('a', 'Weber', days)]);
    assert.deepEqual(after(on, takenIntoFile(driftedIn(on, 'a'), on)), {
      entries: ['weber: front'],
      steps: [],
      findings: [],
    });
  });

  it('is an entry of its own, where its entry has other doors, which stay as they are', () => {
    const file = fileOf(entry('weber', { doors: ['front', 'garage'] }));
    const record = [owned('weber', 'a'), owned('weber', 'b', atGarage)];
    const on = known(file, record, [code('a', 'Guest Weber', days)], [code('b', 'Guest Weber')]);
    assert.deepEqual(after(on, takenIntoFile(driftedIn(on, 'a'), on)), {
      entries: ['weber: garage', 'guest-weber: front'],
      steps: [],
      findings: [],
    });
  });

  it('takes the door from its entry, or the entry from the file, where it is gone', () => {
    const file = fileOf(entry('weber', { doors: ['front', 'garage'] }), entry('anna', { name: 'Anna' }));
    const ofAnna = owned('anna', 'c', { written: { name: 'Anna', enabled: true, remoteAllowed: false } });
    const record = [owned('weber', 'a'), owned('weber', 'b', atGarage), ofAnna];
    const on = known(file, record, [], [code('b', 'Guest Weber')]);
    assert.deepEqual(after(on, takenIntoFile(driftedIn(on, 'a'), on)).entries, ['weber: garage', 'anna: front']);
    assert.deepEqual(after(on, takenIntoFile(driftedIn(on, 'c'), on)).entries, ['weber: front garage']);
  });

  it('keeps the other half of hours over midnight', () => {
    const file = fileOf(entry('night', { hours: { from: 1_320, until: 360 } }));
    const written = { name: 'Guest Weber', enabled: true, remoteAllowed: false };
    const record = [
      owned('night', 'a', { written: { ...written, ...evening } }),
      owned('night', 'b', { part: 1, written: { ...written, ...morning } }),
    ];
    const items = [code('a', 'Guest Weber', { ...evening, allowedFromTime: 1_200 }), code('b', 'Guest Weber', morning)];
    const on = known(file, record, items);
    const { entries, ...plan } = after(on, takenIntoFile(driftedIn(on, 'a'), on));
    assert.equal(entries.length, 2);
    assert.deepEqual(plan, { steps: [], findings: [] });
  });

  it('is not taken where no entry can say it', () => {
    const on = known(
      fileOf(entry('weber')),
      [owned('weber', 'a')],
      [code('a', 'Guest Weber', { allowedWeekDays: 64 })],
    );
    assert.equal(takenIntoFile(driftedIn(on, 'a'), on), 'limits');
  });
});

describe('what was changed elsewhere and is put back', () => {
  it('is changed by the next plan, or added again where it is gone', () => {
    const file = fileOf(entry('weber'), entry('anna', { name: 'Anna' }));
    const ofAnna = owned('anna', 'b', { written: { name: 'Anna', enabled: true, remoteAllowed: false } });
    const on = known(file, [owned('weber', 'a'), ofAnna], [code('a', 'Guest Weber', days)]);
    const first = putBack(driftedIn(on, 'a'), on.record);
    const second = putBack(driftedIn({ ...on, record: first }, 'b'), first);
    const change = { edits: [], record: second, entry: undefined };
    assert.deepEqual(after(on, change).steps.toSorted(), ['add anna', 'change weber']);
  });
});
