import type { AccessFile } from '../../../../src/access/file/accessFile.ts';
import { accessFileText } from '../../../../src/access/file/accessFileText.ts';
import { writtenOf } from '../../../../src/access/plan/asWritten.ts';
import type { Owned } from '../../../../src/access/record/accessRecord.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import { lockId } from '../../devices.ts';
import { fileDoor } from '../entries.ts';
import { code, door, entry } from './homes.ts';

const aliases = Array.from({ length: 20 }, (_, index) => `door-${index}`);

/** 200 entries, each at all 20 doors, on some days, at some hours, and between dates that differ. */
export const file: AccessFile = {
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
export const text = accessFileText(file, 'yaml');

/** The doors in so many zones, each with what half of the entries give, at other hours, and nearly as much of others. */
export function doorsIn(zones: number): readonly DeviceState[] {
  return aliases.map((_, index) => {
    const ours = Array.from({ length: 100 }, (__, place) =>
      code(`${index}-${place}`, `Guest ${place}`, { allowedFromTime: 540, allowedUntilTime: 1_020 }),
    );
    const others = Array.from({ length: 80 }, (__, place) => code(`o-${index}-${place}`, `Other ${place}`));
    const config = { timezoneId: 46 - zones + (index % zones), keypadPaired: true };
    return door([...ours, ...others], {}, { smartlockId: lockId + index, config });
  });
}

/** What the record says the entries have given at the doors. */
export function ownedAt(doors: readonly DeviceState[]): readonly Owned[] {
  return doors.flatMap(({ device, authorizations }) =>
    (authorizations?.items ?? []).slice(0, 100).map((item, place) => ({
      entry: `guest-${place}`,
      smartlockId: device.smartlockId,
      part: 0,
      by: 'code',
      id: item.id,
      written: writtenOf(item),
    })),
  );
}
