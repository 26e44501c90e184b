import assert from 'node:assert/strict';
import type { AccessFile } from '../../../../src/access/file/accessFile.ts';
import { accessFileText } from '../../../../src/access/file/accessFileText.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { writtenOf } from '../../../../src/access/plan/asWritten.ts';
import { planAccess } from '../../../../src/access/plan/planAccess.ts';
import type { Owned } from '../../../../src/access/record/accessRecord.ts';
import { readRecord } from '../../../../src/access/record/readRecord.ts';
import { recordText } from '../../../../src/access/record/recordText.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import { lockId } from '../../devices.ts';
import { fileDoor } from '../entries.ts';
import { accountWith, code, door, entry, now, ownNow, planOf } from './homes.ts';

const aliases = Array.from({ length: 20 }, (_, index) => `door-${index}`);

const file: AccessFile = {
  doors: aliases.map((alias, index) => fileDoor(alias, { smartlockId: lockId + index })),
  entries: Array.from({ length: 200 }, (_, index) =>
    entry(`guest-${index}`, {
      index,
      name: `Guest ${index}`,
      doors: aliases,
      days: 124,
      hours: { from: 540 + (index % 7), until: 1_020 },
      from: { date: '2026-12-01', time: '15:00', seconds: 0 },
      until: { date: `2027-0${1 + (index % 9)}-16`, time: '10:00', seconds: 0 },
    }),
  ),
  sources: [],
};
const text = accessFileText(file, 'yaml');

/** Doors in so many zones, each with what half of the entries give and as much of others. */
const doorsIn = (zones: number): readonly DeviceState[] =>
  aliases.map((_, index) => {
    const ours = Array.from({ length: 100 }, (__, place) =>
      code(`${index}-${place}`, `Guest ${place}`, { allowedFromTime: 540, allowedUntilTime: 1_020 }),
    );
    const others = Array.from({ length: 80 }, (__, place) => code(`o-${index}-${place}`, `Other ${place}`));
    const config = { timezoneId: 46 - zones + (index % zones), keypadPaired: true };
    return door([...ours, ...others], {}, { smartlockId: lockId + index, config });
  });
const doors = doorsIn(2);
const owned = doors.flatMap(({ device, authorizations }): readonly Owned[] =>
  (authorizations?.items ?? []).slice(0, 100).map((item, place) => ({
    entry: `guest-${place}`,
    smartlockId: device.smartlockId,
    part: 0,
    by: 'code',
    id: item.id,
    written: writtenOf(item),
  })),
);
const record = recordText({ owned });

/** Twice what is promised, in ms: other programs share the processor's memory. */
const longest = 400;

/** In ms of the processor on this thread, the least of a few: other programs, and what V8 does once, do not count. */
function cost(work: () => void): number {
  const costs = [0, 1, 2].map(() => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...costs);
}

describe('a plan of 200 entries at 20 doors', function () {
  this.timeout(60_000);

  for (const zones of [2, 20]) {
    it(`in ${zones} zones takes a fraction of a second, with file and record as they are read`, () => {
      const account = accountWith(doorsIn(zones));
      const taken = cost(() => {
        const parsed = parseAccessFile(text);
        assert.deepEqual(parsed.problems, []);
        const plan = planOf(planAccess(parsed.file, readRecord(record) ?? assert.fail(), account, { now, ownNow }));
        assert.equal(plan.steps.filter(({ kind }) => kind === 'change').length, 2_000);
      });
      assert.ok(taken <= longest, `${taken} ms`);
    });
  }

  it('goes through 200,000 authorizations of others once, not once for each entry', () => {
    const other = code('', '');
    const others = Array.from({ length: 200_000 }, (_, place) => ({
      ...other,
      id: `f-${place}`,
      name: `Guest ${place % 200}`,
    }));
    const [first, ...more] = doors;
    const account = accountWith([door([...(first?.authorizations?.items ?? []), ...others]), ...more]);
    const to = writtenOf(other);
    const asked = Array.from({ length: 100 }, (_, place): Owned => {
      const add = {
        kind: 'add',
        at: '2026-11-23T11:00:00.000Z',
        to: { ...to, name: `Guest ${place}` },
        others: [],
      } as const;
      return { entry: `guest-${100 + place}`, smartlockId: lockId, part: 0, by: 'code', asked: add };
    });
    const taken = cost(() => {
      const plan = planOf(planAccess(file, { owned: [...owned, ...asked] }, account, { now, ownNow }));
      assert.ok(plan.findings.length > others.length);
    });
    assert.ok(taken < 1_500, `${taken} ms`);
  });
});
