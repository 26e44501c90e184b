import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { authorizationLimit, keypadCodeLimit } from '../../nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes } from '../../nuki/authorization/authorizationWrites.ts';
import { hasKeypad, isOnline } from '../../nuki/smartlock.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';

/** What the form knows of a device. The codes stay on this side of it. */
export interface FormDevice {
  readonly id: number;
  readonly name: string;
  /** `undefined` where the device's zone is not known. */
  readonly zone: string | undefined;
  readonly isOnline: boolean;
  readonly hasKeypad: boolean;
  readonly codes: Slots;
  readonly others: Slots;
  readonly takenCodes: ReadonlySet<string>;
  /** The ids of the persons who have an app authorization here. */
  readonly appUsers: ReadonlySet<number>;
}

export interface Slots {
  /** `undefined` until the device's authorizations have been read. */
  readonly used: number | undefined;
  readonly limit: number;
}

export function formDevice(
  { device, authorizations, pendingChanges = [] }: DeviceState,
  name: string,
  list: AuthorizationsWithCodes | undefined,
): FormDevice {
  const creations = pendingChanges.filter((one) => one.kind === 'create').map(({ requested }) => requested);
  const entries = authorizations && [...authorizations.items, ...creations];
  const count = (isCode: boolean): number | undefined =>
    entries?.filter(({ type }) => (type === authorizationType.keypadCode) === isCode).length;
  const users = (entries ?? []).flatMap(({ type, accountUserId }) =>
    type === authorizationType.app && accountUserId !== undefined ? [accountUserId] : [],
  );
  return {
    id: device.smartlockId,
    name,
    zone: timeZoneName(device.config?.timezoneId),
    isOnline: isOnline(device),
    hasKeypad: hasKeypad(device),
    codes: { used: count(true), limit: keypadCodeLimit },
    others: { used: count(false), limit: authorizationLimit(device) },
    takenCodes: new Set(list?.codes.values()),
    appUsers: new Set(users),
  };
}

/** The one zone of all `devices`; where it is not known, or where they have several, there is none. */
export type CommonZone =
  | { readonly kind: 'one'; readonly zone: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'several' };

export function commonZone(devices: readonly FormDevice[]): CommonZone {
  const zones = new Set(devices.map(({ zone }) => zone));
  if (zones.size > 1) return { kind: 'several' };
  const [zone] = zones;
  return zone === undefined ? { kind: 'unknown' } : { kind: 'one', zone };
}
