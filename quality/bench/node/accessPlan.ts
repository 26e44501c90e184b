import { parseAccessFile } from '../../../src/access/file/parseAccessFile.ts';
import { planAccess } from '../../../src/access/plan/planAccess.ts';
import { readRecord } from '../../../src/access/record/readRecord.ts';
import { recordText } from '../../../src/access/record/recordText.ts';
import { accountWith, now, ownNow } from '../../../test/unit/access/plan/homes.ts';
import { doorsIn, ownedAt, text } from '../../../test/unit/access/plan/supportedSize.ts';
import type { Bench } from '../bench.ts';
import { leastSamples, median, timeOf } from '../measure.ts';

/** The time that file, record and plan take, in a process that has planned before. */
async function timesIn(zones: number): Promise<readonly number[]> {
  const states = doorsIn(zones);
  const account = accountWith(states);
  const record = recordText({ owned: ownedAt(states) });
  const plan = (): void => {
    const parsed = parseAccessFile(text);
    const read = readRecord(record);
    if (parsed.problems.length > 0 || !read) throw new Error('the file or the record has problems');
    const planned = planAccess(parsed.file, read, account, { now, ownNow });
    if (planned.kind !== 'plan' || planned.steps.length < 2_000) throw new Error('that is no plan');
  };
  plan();
  const times: number[] = [];
  for (let round = 0; round < leastSamples; round += 1) times.push(await timeOf(plan));
  return times;
}

/** A plan of an access file at doors in two time zones, and at doors of which each has another. */
export const accessPlan: Bench = {
  name: 'access plan',
  run: async () => {
    const all = [await timesIn(2), await timesIn(20)];
    const [slower = []] = all.toSorted((a, b) => median(b) - median(a));
    return [{ line: 'plan of 200 entries on 20 doors', ours: slower }];
  },
};
