import type { PendingChange } from '../../../../src/model/authorizations/pendingChanges.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import type { Person } from '../../../../src/nuki/account.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { lock } from '../../devices.ts';

export const berlin = 37;
export const newYork = 12;
export const noZone = 65_535;

/** A door with these authorizations, in Berlin unless `timezoneId` says otherwise. */
export function door(
  smartlockId: number,
  items: readonly Authorization[],
  { timezoneId = berlin, pendingChanges = [] as readonly PendingChange[] } = {},
): DeviceState {
  return {
    accountId: '7',
    device: lock({ smartlockId, name: `Door ${smartlockId}`, favorite: false }, {}, { timezoneId }),
    seenAt: 0,
    authorizations: { items, unreadable: [], readAt: 0 },
    pendingChanges,
  };
}

export function accountOf(devices: readonly DeviceState[], people: readonly Person[] = []): AccountState {
  return { id: '7', label: 'Home', simulated: false, devices, unreadable: [], people: { items: people, readAt: 0 } };
}
