import { safeText } from '../../base/safeText.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';

// Every row of the tree asks whether another device bears its name: of 5,000 devices that would be 25 million comparisons. So what a name
// looks like, and who bears it, is worked out once for each snapshot, and forgotten with it.

const devicesOf = new WeakMap<readonly DeviceState[], readonly Smartlock[]>();
const looksOf = new WeakMap<Smartlock, string>();
const bearersIn = new WeakMap<readonly Smartlock[], ReadonlyMap<string, number | 'several'>>();

/** The devices of an account, the same list as long as they are the same; none of one that is gone. */
export function devicesIn(account: AccountState | undefined): readonly Smartlock[] {
  const { devices = [] } = account ?? {};
  return remembered(devicesOf, devices, () => devices.map(({ device }) => device));
}

/** Whether the name of `device` looks like that of another one among `others`. */
export function isNameAmbiguous(device: Smartlock, others: readonly Smartlock[]): boolean {
  const bearer = remembered(bearersIn, others, () => bearersAmong(others)).get(looks(device));
  return bearer !== undefined && bearer !== device.smartlockId;
}

function bearersAmong(devices: readonly Smartlock[]): ReadonlyMap<string, number | 'several'> {
  const bearers = new Map<string, number | 'several'>();
  for (const device of devices) {
    const known = bearers.get(looks(device)) ?? device.smartlockId;
    bearers.set(looks(device), known === device.smartlockId ? known : 'several');
  }
  return bearers;
}

/** The same for two names that a person would take for one: wide and narrow letters, spaces of all kinds. */
function looks(device: Smartlock): string {
  return remembered(looksOf, device, () => safeText(device.name).normalize('NFKC').replace(/\s+/g, ' '));
}

function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
