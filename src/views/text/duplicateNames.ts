import { safeText } from '../../base/safeText.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';

/** Devices among which a name may be ambiguous. */
export type Devices = readonly Pick<DeviceState, 'device'>[];

/** The ids of the devices by the look of their names. Each row asks: without it, a thousand rows would read a million names. */
const idsByLook = new WeakMap<Devices, ReadonlyMap<string, ReadonlySet<number>>>();

/** The devices of an account; none of one that is gone. */
export function devicesIn(account: AccountState | undefined): Devices {
  return account?.devices ?? [];
}

/** Whether the name of `device` looks like that of another one among `others`. */
export function isNameAmbiguous({ name, smartlockId }: Smartlock, others: Devices): boolean {
  const known = idsByLook.get(others) ?? idsByLookOf(others);
  idsByLook.set(others, known);
  const ids = known.get(lookOf(name));
  return ids !== undefined && (ids.size > 1 || !ids.has(smartlockId));
}

function idsByLookOf(devices: Devices): ReadonlyMap<string, ReadonlySet<number>> {
  const idsOf = new Map<string, Set<number>>();
  for (const { device } of devices) {
    const look = lookOf(device.name);
    idsOf.set(look, (idsOf.get(look) ?? new Set()).add(device.smartlockId));
  }
  return idsOf;
}

/** The same for names that the user cannot tell apart: wide and narrow letters, spaces of all kinds. */
function lookOf(name: string): string {
  return safeText(name).normalize('NFKC').replace(/\s+/g, ' ');
}
