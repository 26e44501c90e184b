import type { DeviceRef } from '../../src/model/deviceRef.ts';
import { authorizationSchema, smartlockSchema } from '../../src/nuki/http/schemas.ts';
import { decode } from '../../src/nuki/http/decode.ts';
import { type Smartlock } from '../../src/nuki/smartlock.ts';
import { type Authorization } from '../../src/nuki/authorization/authorization.ts';

/** Ids as Nuki gives them: the device type, then eight hex digits. */
export const lockId = 0x4_43d1_e9e4;
export const openerId = 0x2_202c_1b02;

/** A device of the account that most tests have. */
export function ref(smartlockId: number, accountId = '7'): DeviceRef {
  return { accountId, smartlockId };
}

interface Fields {
  readonly [field: string]: unknown;
}

/** A lock of the 3rd or 4th generation in Berlin that is locked and well, as the API lists it. */
export function lockJson(fields: Fields = {}, state: Fields = {}, config: Fields = {}): Fields {
  return {
    smartlockId: lockId,
    accountId: 7,
    type: 4,
    lmType: 0,
    name: 'Front door',
    favorite: true,
    config: { timezoneId: 37, keypadPaired: true, keypad2Paired: false, capabilities: 1, ...config },
    state: {
      mode: 2,
      state: 1,
      trigger: 0,
      lastAction: 2,
      batteryCritical: false,
      batteryCharging: false,
      batteryCharge: 82,
      keypadBatteryCritical: false,
      doorsensorBatteryCritical: false,
      doorState: 2,
      nightMode: false,
      ...state,
    },
    firmwareVersion: 199_175,
    hardwareVersion: 2_837,
    serverState: 0,
    adminPinState: 0,
    virtualDevice: false,
    updateDate: '2026-11-23T11:59:00.000Z',
    ...fields,
  };
}

/** The same, understood. */
export function lock(fields: Fields = {}, state: Fields = {}, config: Fields = {}): Smartlock {
  return decode(smartlockSchema, lockJson(fields, state, config));
}

/** An Opener that waits. */
export function opener(fields: Fields = {}, state: Fields = {}, config: Fields = {}): Smartlock {
  const own = { smartlockId: openerId, type: 2, name: 'House door', ...fields };
  return lock(own, { state: 1, lastAction: 0, doorState: 0, ...state }, { keypadPaired: false, ...config });
}

/** Of an authorization that is not limited in time. */
export const unlimited = {
  allowedFromDate: undefined,
  allowedUntilDate: undefined,
  allowedWeekDays: undefined,
  allowedFromTime: undefined,
  allowedUntilTime: undefined,
};

/** A keypad code as the API lists it, the code itself included. */
export function codeJson(fields: Fields = {}): Fields {
  return {
    id: '5f0c1d2e3a4b5c6d7e8f9a0b',
    smartlockId: lockId,
    accountUserId: 11,
    authId: 8_196,
    code: 593_817,
    type: 13,
    name: 'Cleaner',
    enabled: true,
    remoteAllowed: false,
    allowedFromDate: '2026-01-01T08:00:00.000Z',
    allowedUntilDate: '2027-06-30T16:00:00.000Z',
    allowedWeekDays: 124,
    allowedFromTime: 540,
    allowedUntilTime: 1_020,
    lockCount: 12,
    lastActiveDate: '2026-11-20T09:00:00.000Z',
    creationDate: '2025-12-20T08:00:00.000Z',
    updateDate: '2026-01-02T08:00:00.000Z',
    ...fields,
  };
}

export function authorization(fields: Fields = {}): Authorization {
  return decode(authorizationSchema, codeJson(fields));
}
