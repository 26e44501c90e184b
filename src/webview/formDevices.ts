import type { DeviceState } from '../model/snapshots.ts';
import { authorizationLimit, keypadCodeLimit, keypadCodeType } from '../nuki/authorization.ts';
import type { AuthorizationsWithCodes } from '../nuki/authorizationWrites.ts';
import { hasKeypad, isOnline } from '../nuki/smartlock.ts';
import { timeZoneName } from '../nuki/timeZones.ts';
import { typeOfMeans } from './draft.ts';

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
  { device, authorizations, work = [] }: DeviceState,
  name: string,
  list: AuthorizationsWithCodes | undefined,
): FormDevice {
  const creations = work.filter((one) => one.what === 'create').map(({ wish }) => wish);
  const entries = authorizations && [...authorizations.items, ...creations];
  const count = (isCode: boolean): number | undefined =>
    entries?.filter(({ type }) => (type === keypadCodeType) === isCode).length;
  const users = (entries ?? []).flatMap(({ type, accountUserId }) =>
    type === typeOfMeans.app && accountUserId !== undefined ? [accountUserId] : [],
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
  | { readonly is: 'one'; readonly zone: string }
  | { readonly is: 'unknown' }
  | { readonly is: 'several' };

export function commonZone(devices: readonly FormDevice[]): CommonZone {
  const zones = new Set(devices.map(({ zone }) => zone));
  if (zones.size > 1) return { is: 'several' };
  const [zone] = zones;
  return zone === undefined ? { is: 'unknown' } : { is: 'one', zone };
}
