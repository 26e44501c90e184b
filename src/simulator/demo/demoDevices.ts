import { timeZones } from '../../nuki/time/timeZones.ts';
import { deviceType } from '../../nuki/vocabulary/kinds.ts';
import { makeSmartlock, smartlockIdOf, type DeviceDetails } from '../devices/smartlockJson.ts';
import type { SmartlockJson } from '../wire.ts';

export const demoAccountId = 1_989_075_864;

export const frontDoor = smartlockIdOf(deviceType.smartLock5, '1A2B3C4D');
export const garage = smartlockIdOf(deviceType.smartLock3, '2F7E01A9');
export const cellar = smartlockIdOf(deviceType.smartLock1, '0ABCDE12');
export const intercom = smartlockIdOf(deviceType.opener, '1D4E8F03');
export const parcelBox = smartlockIdOf(deviceType.box, '3B5C7D91');
export const terrace = smartlockIdOf(deviceType.smartDoor, '2C6A4F58');
export const guestHouse = smartlockIdOf(deviceType.smartLock3, 'F0A1B2C3');

/** The id of something at a device, made of its time (ms since 1970) and its place among its like: later ones are greater as text. */
export function idAt(at: number, smartlockId: number, place = 0): string {
  const hex = (number: number): string => number.toString(16).padStart(8, '0');
  return hex(Math.floor(at / 1000)) + hex(place) + hex(smartlockId % 2 ** 32);
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The devices of the demo home at `now` (ms since 1970). */
export function demoSmartlocks(now: number): readonly SmartlockJson[] {
  const berlin = timeZones.indexOf('Europe/Berlin');
  const make = (details: Omit<DeviceDetails, 'accountId' | 'timezoneId' | 'created'> & { timezoneId?: number }) =>
    makeSmartlock({ accountId: demoAccountId, timezoneId: berlin, created: now - 400 * day, ...details });
  return [
    make({
      type: deviceType.smartLock5,
      hex: '1A2B3C4D',
      name: 'Front Door',
      firmware: [5, 9, 4],
      updated: now - 42 * minute,
      state: { trigger: 6, doorState: 2, batteryCharge: 76 },
      config: { keypad2Paired: true, productVariant: 3, fobPaired: true },
      more: { favorite: true },
    }),
    make({
      type: deviceType.smartLock3,
      hex: '2F7E01A9',
      name: 'Garage',
      firmware: [4, 2, 8],
      updated: now - 3 * hour,
      state: { state: 3, trigger: 1, lastAction: 1, batteryCritical: true, batteryCharge: 8 },
    }),
    // Offline for days: the state is the last known one, not the present one.
    make({
      type: deviceType.smartLock1,
      hex: '0ABCDE12',
      name: 'Cellar',
      firmware: [2, 8, 15],
      updated: now - 4 * day,
      state: { state: 3, trigger: 1, lastAction: 1, batteryCharge: 40 },
      config: { fobPaired: true },
      more: { serverState: 4 },
    }),
    make({
      type: deviceType.opener,
      hex: '1D4E8F03',
      name: 'Intercom',
      firmware: [1, 10, 1],
      updated: now - 2 * minute,
      state: {
        state: 3,
        lastAction: 1,
        batteryCharge: 92,
        ringToOpenEnd: new Date(now + 18 * minute).toISOString(),
      },
    }),
    make({
      type: deviceType.box,
      hex: '3B5C7D91',
      name: 'Parcel Box',
      firmware: [1, 2, 4],
      updated: now - 26 * hour,
      state: { trigger: 5, lastAction: 1, batteryCharge: 61 },
    }),
    make({
      type: deviceType.smartDoor,
      hex: '2C6A4F58',
      name: 'Terrace',
      firmware: [1, 4, 10],
      updated: now - 7 * hour,
      state: { doorState: 3, state: 3, trigger: 1, lastAction: 1, keypadBatteryCritical: true },
      config: { keypadPaired: true, autoUnlatch: true },
    }),
    make({
      type: deviceType.smartLock3,
      hex: 'F0A1B2C3',
      name: 'Guest House',
      firmware: [3, 10, 7],
      updated: now - 9 * hour,
      state: { trigger: 3, doorState: 2, nightMode: true },
      timezoneId: timeZones.indexOf('America/New_York'),
      config: { keypadPaired: true },
      more: { currentSubscription: { type: 'B2B', shsSubscriptionType: 'STANDARD', state: 'ACTIVE' } },
    }),
  ];
}
