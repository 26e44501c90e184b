import { safeText } from '../../base/safeText.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';

/** Devices among which a name may be ambiguous. */
export type Devices = readonly Pick<DeviceState, 'device'>[];

/** How many devices bear a name. Each row asks: without it, a thousand rows would read a million names. */
const bearersIn = new WeakMap<Devices, ReadonlyMap<string, ReadonlySet<number>>>();

/** The devices of an account; none of one that is gone. */
export function devicesIn(account: AccountState | undefined): Devices {
  return account?.devices ?? [];
}

/** Whether the name of `device` looks like that of another one among `others`. */
export function isNameAmbiguous({ name, smartlockId }: Smartlock, others: Devices): boolean {
  const bearers = bearersIn.get(others) ?? bearersAmong(others);
  bearersIn.set(others, bearers);
  const ids = bearers.get(looks(name));
  return ids !== undefined && (ids.size > 1 || !ids.has(smartlockId));
}

function bearersAmong(devices: Devices): ReadonlyMap<string, ReadonlySet<number>> {
  const bearers = new Map<string, Set<number>>();
  for (const { device } of devices) {
    const name = looks(device.name);
    bearers.set(name, (bearers.get(name) ?? new Set()).add(device.smartlockId));
  }
  return bearers;
}

/** The same for two names that the user would take for one: wide and narrow letters, spaces of all kinds. */
function looks(name: string): string {
  return safeText(name).normalize('NFKC').replace(/\s+/g, ' ');
}
