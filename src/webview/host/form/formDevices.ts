import { occupancyOf, type Occupancy } from '../../../model/authorizations/creationProblem.ts';
import type { DeviceState } from '../../../model/snapshots.ts';
import { hasKeypad, isOnline } from '../../../nuki/smartlock.ts';
import { timeZoneName } from '../../../nuki/time/timeZones.ts';

/** What the form knows of a device. The page is never told a code. */
export interface FormDevice extends Occupancy {
  readonly id: number;
  readonly name: string;
  /** `undefined` where the device's zone is not known. */
  readonly zone: string | undefined;
  readonly isOnline: boolean;
  readonly hasKeypad: boolean;
}

/** `codes`: the codes of the device by the ids of their authorizations, once they have been read. */
export function formDevice(
  state: DeviceState,
  name: string,
  codes: ReadonlyMap<string, string> | undefined,
): FormDevice {
  const { device, authorizations } = state;
  return {
    id: device.smartlockId,
    name,
    zone: timeZoneName(device.config?.timezoneId),
    isOnline: isOnline(device),
    hasKeypad: hasKeypad(device),
    ...occupancyOf(state, authorizations?.items, codes),
  };
}
