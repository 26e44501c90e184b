import type { DeviceState } from './snapshots.ts';

/** Devices as the sidebar, and every list to choose from, has them. */
export function inShownOrder(devices: readonly DeviceState[], language: string): readonly DeviceState[] {
  return devices.toSorted(byFavoriteThenName(language));
}

/** By language: the first takes some 5 ms. */
const collators = new Map<string, Intl.Collator>();

/** Compares devices as {@link inShownOrder} does. */
export function byFavoriteThenName(language: string): (a: DeviceState, b: DeviceState) => number {
  const collator = collators.get(language) ?? new Intl.Collator(language);
  collators.set(language, collator);
  const { compare } = collator;
  return ({ device: a }, { device: b }) =>
    Number(b.favorite ?? false) - Number(a.favorite ?? false) ||
    compare(a.name, b.name) ||
    a.smartlockId - b.smartlockId;
}
