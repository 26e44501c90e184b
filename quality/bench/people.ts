import { codeJson } from '../../test/unit/devices.ts';
import { makeSmartlock, smartlockIdOf } from '../../src/simulator/devices/smartlockJson.ts';
import type { SmartlockJson } from '../../src/simulator/wire.ts';

/** When it is in the homes of the benches, in milliseconds since 1970. */
export const benchNow = Date.parse('2026-11-23T12:00:00.000Z');

const day = 86_400_000;

const typeAt = (index: number): number => [4, 4, 5, 2, 0, 3][index % 6] ?? 4;
const hexAt = (index: number): string => (index + 0x10_0000).toString(16).padStart(8, '0');

/** `count` devices as `GET /smartlock` lists them, of the kinds that people have, each with a name of its own. */
export function manySmartlocks(count: number, accountId = 7): readonly SmartlockJson[] {
  return Array.from({ length: count }, (_, index) =>
    makeSmartlock({
      type: typeAt(index),
      hex: hexAt(index),
      name: nameOfDevice(index),
      accountId,
      firmware: [3, 9, 7],
      timezoneId: 37,
      created: benchNow - 500 * day,
      updated: benchNow - index * 1_000,
      state: { batteryCharge: 40 + (index % 60) },
      config: { keypadPaired: index % 2 === 0 },
    }),
  );
}

export function nameOfDevice(index: number): string {
  return `Door ${String(index + 1).padStart(4, '0')}`;
}

export function deviceIdAt(index: number): number {
  return smartlockIdOf(typeAt(index), hexAt(index));
}

const firstUser = 1_000;

/** `count` account users as `GET /account/user` lists them: those who hold the apps of {@link authorizationsOf}. */
export function accountUsers(count: number): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: count }, (_, index) => ({
    accountUserId: firstUser + index,
    name: `Person ${index}`,
    email: `person${index}@example.com`,
  }));
}

/** Entries of the log of `devices` devices as `GET /smartlock/log` lists them, newest first, a minute apart; the first is the one before `before`. */
export function logEntries(
  count: number,
  devices: number,
  before: number,
): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: count }, (_, index) => {
    const ago = before + index;
    const smartlockId = deviceIdAt(ago % devices);
    return {
      id: (0xffff_ffff - ago).toString(16).padStart(24, '0'),
      smartlockId,
      deviceType: 4,
      accountUserId: ago % 3 === 0 ? firstUser + (ago % 200) : null,
      authId: `${smartlockId.toString(16)}${ago % 200}`.padStart(24, '0'),
      name: `Person ${ago % 200}`,
      action: 1 + (ago % 3),
      trigger: ago % 2 === 0 ? 255 : 0,
      state: ago % 20 === 0 ? 224 : 0,
      autoUnlock: false,
      date: new Date(benchNow - ago * 60_000).toISOString(),
      source: ago % 2,
    };
  });
}

/** The authorizations of a device: every other one a keypad code, a quarter with limits, every tenth expired. The others are apps of account users. */
export function authorizationsOf(smartlockId: number, count: number): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: count }, (_, index) => {
    const isCode = index % 2 === 0;
    const hasLimits = index % 4 === 0;
    const isExpired = index % 10 === 0;
    const { code, allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime, ...rest } =
      codeJson({ smartlockId, name: `Person ${index}`, id: `${smartlockId.toString(16)}${index}`.padStart(24, '0') });
    return {
      ...rest,
      type: isCode ? 13 : 0,
      lockCount: index % 50,
      lastActiveDate: new Date(benchNow - index * 3_600_000).toISOString(),
      accountUserId: isCode ? undefined : firstUser + index,
      ...(isCode && { code: Number(code) + index }),
      ...(hasLimits && { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime }),
      ...(isExpired && { allowedUntilDate: new Date(benchNow - (index + 1) * day).toISOString() }),
    };
  });
}
