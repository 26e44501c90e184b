import { safeText } from '../../base/safeText.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';

/** Devices among which a name may be ambiguous. */
export type Devices = readonly Pick<DeviceState, 'device'>[];

/** The id of a device by the look of its name, or `several`. */
type Looks = ReadonlyMap<string, number | 'several'>;

/** Each row asks: without it, a thousand rows would read a million names. */
const looksOf = new WeakMap<Devices, Looks>();

/** The devices of an account; none of one that is gone. */
export function devicesIn(account: AccountState | undefined): Devices {
  return account?.devices ?? [];
}

/** Whether the name of `device` looks like that of another one among `others`. */
export function isNameAmbiguous({ name, smartlockId }: Smartlock, others: Devices): boolean {
  const known = looksOf.get(others) ?? looksIn(others);
  const id = known.get(lookOf(name));
  return id !== undefined && id !== smartlockId;
}

function looksIn(devices: Devices): Looks {
  const looks = new Map<string, number | 'several'>();
  for (const { device } of devices) {
    const look = lookOf(device.name);
    const id = looks.get(look) ?? device.smartlockId;
    looks.set(look, id === device.smartlockId ? id : 'several');
  }
  looksOf.set(devices, looks);
  return looks;
}

/** The same for names that the user cannot tell apart: wide and narrow letters, spaces of all kinds. */
function lookOf(name: string): string {
  const shown = safeText(name);
  return /^[!-~]+(?: [!-~]+)*$/.test(shown) ? shown : shown.normalize('NFKC').replace(/\s+/g, ' ');
}
