import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import { emailKey } from '../../nuki/account.ts';
import { typeOfCredential } from '../../nuki/authorization/credential.ts';
import type { Schedule } from '../../nuki/authorization/schedule.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { AccessFile, Entry, Part } from '../file/accessFile.ts';
import { partsOf, scheduleAt } from '../file/scheduleOf.ts';
import type { Wanted } from './accessPlan.ts';

/** What a file wants at one of its doors, in its order. @returns `undefined` where an entry cannot be given there as it is written */
type WantedAt = (state: DeviceState) => readonly Wanted[] | undefined;

/** Tells what a file wants at a door, each wall time read once for all doors of a zone. */
export function wantedBy(file: AccessFile, { people }: AccountState): WantedAt {
  const persons = new Map(people?.items.toReversed().map((each) => [emailKey(each.email), each.accountUserId]));
  const doorIds = new Map(file.doors.map(({ alias, smartlockId }) => [alias, smartlockId]));
  const entriesAt = new Map<number, Entry[]>();
  for (const entry of file.entries) {
    for (const smartlockId of new Set(entry.doors.map((alias) => doorIds.get(alias)))) {
      if (smartlockId === undefined) continue;
      const entries = entriesAt.get(smartlockId) ?? [];
      entries.push(entry);
      entriesAt.set(smartlockId, entries);
    }
  }
  const schedules = new Map<string, Schedule | undefined>();
  const scheduleIn = (entry: Entry, part: Part, zone: string | undefined): Schedule | undefined => {
    const key = `${entry.index}/${part}/${zone}`;
    if (!schedules.has(key)) {
      const read = scheduleAt(entry, part, zone);
      schedules.set(key, 'schedule' in read ? read.schedule : undefined);
    }
    return schedules.get(key);
  };
  return ({ device }) => {
    const { smartlockId, config } = device;
    const zone = timeZoneName(config?.timezoneId);
    const wanted: Wanted[] = [];
    for (const entry of entriesAt.get(smartlockId) ?? []) {
      const { name, enabled, by } = entry;
      const accountUserId = by === 'code' ? undefined : persons.get(emailKey(entry.email));
      for (const part of partsOf(entry)) {
        const schedule = scheduleIn(entry, part, zone);
        if (!schedule) return undefined;
        const as = { name, enabled, remoteAllowed: by === 'app' && entry.remote, ...schedule };
        wanted.push({ entry, smartlockId, part, type: typeOfCredential[by], as, accountUserId });
      }
    }
    return wanted;
  };
}
