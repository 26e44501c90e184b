import { accessFileText } from '../../../src/access/file/accessFileText.ts';
import type { AccessFile } from '../../../src/access/file/accessFile.ts';
import { parseAccessFile } from '../../../src/access/file/parseAccessFile.ts';
import { writtenOf } from '../../../src/access/plan/asWritten.ts';
import { planAccess } from '../../../src/access/plan/planAccess.ts';
import type { Owned } from '../../../src/access/record/accessRecord.ts';
import { readRecord } from '../../../src/access/record/readRecord.ts';
import { recordText } from '../../../src/access/record/recordText.ts';
import type { DeviceState } from '../../../src/model/snapshots.ts';
import { accountWith, code, door, entry, now, ownNow } from '../../../test/unit/access/plan/homes.ts';
import { fileDoor } from '../../../test/unit/access/entries.ts';
import { lockId } from '../../../test/unit/devices.ts';
import type { Bench } from '../bench.ts';
import { leastSamples, median, timeOf } from '../measure.ts';

const doors = 20;
const entries = 200;
const aliases = Array.from({ length: doors }, (_, index) => `door-${index}`);

/** 200 entries, each at all doors, on some days, at some hours, and between dates that differ. */
const file: AccessFile = {
  doors: aliases.map((alias, index) => fileDoor(alias, { smartlockId: lockId + index })),
  entries: Array.from({ length: entries }, (_, index) =>
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

/** Doors in so many zones, each with half of what the entries give, as it was before, and nearly as much of others. */
function accountIn(zones: number) {
  const states = aliases.map((_, index): DeviceState => {
    const ours = Array.from({ length: entries / 2 }, (__, place) =>
      code(`${index}-${place}`, `Guest ${place}`, { allowedFromTime: 540, allowedUntilTime: 1_020 }),
    );
    const others = Array.from({ length: 80 }, (__, place) => code(`o-${index}-${place}`, `Other ${place}`));
    const config = { timezoneId: 46 - zones + (index % zones), keypadPaired: true };
    return door([...ours, ...others], {}, { smartlockId: lockId + index, config });
  });
  const owned = states.flatMap(({ device, authorizations }): readonly Owned[] =>
    (authorizations?.items ?? []).slice(0, entries / 2).map((item, place) => ({
      entry: `guest-${place}`,
      smartlockId: device.smartlockId,
      part: 0,
      by: 'code',
      id: item.id,
      written: writtenOf(item),
    })),
  );
  return { account: accountWith(states), record: recordText({ owned }) };
}

/** The time that file, record and plan take, in a process that has planned before. */
async function timesIn(zones: number): Promise<readonly number[]> {
  const { account, record } = accountIn(zones);
  const plan = (): void => {
    const parsed = parseAccessFile(text);
    const read = readRecord(record);
    if (parsed.problems.length > 0 || !read) throw new Error('the file or the record has problems');
    const planned = planAccess(parsed.file, read, account, { now, ownNow });
    if (planned.kind !== 'plan' || planned.steps.length < doors * (entries / 2)) throw new Error('that is no plan');
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
    const all = [await timesIn(2), await timesIn(doors)];
    const [slower = []] = all.toSorted((a, b) => median(b) - median(a));
    return [{ line: 'plan of 200 entries on 20 doors', ours: slower }];
  },
};
