import type { DeviceState } from './snapshots.ts';

/** Devices as the sidebar, and every list to choose from, has them. */
export function inShownOrder(devices: readonly DeviceState[], language: string): readonly DeviceState[] {
  return devices.toSorted(byFavoriteThenName(language));
}

/** Compares devices as {@link inShownOrder} does. */
export function byFavoriteThenName(language: string): (a: DeviceState, b: DeviceState) => number {
  return ({ device: a }, { device: b }) =>
    Number(b.favorite ?? false) - Number(a.favorite ?? false) ||
    a.name.localeCompare(b.name, language) ||
    a.smartlockId - b.smartlockId;
}
