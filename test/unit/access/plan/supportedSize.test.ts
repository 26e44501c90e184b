import assert from 'node:assert/strict';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { writtenOf } from '../../../../src/access/plan/asWritten.ts';
import { planAccess } from '../../../../src/access/plan/planAccess.ts';
import type { Owned } from '../../../../src/access/record/accessRecord.ts';
import { readRecord } from '../../../../src/access/record/readRecord.ts';
import { recordText } from '../../../../src/access/record/recordText.ts';
import { lockId } from '../../devices.ts';
import { accountWith, code, door, now, ownNow, planOf } from './homes.ts';
import { doorsIn, file, ownedAt, text } from './supportedSize.ts';

const doors = doorsIn(2);
const owned = ownedAt(doors);
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
