import { deviceIdOf } from '../../nuki/deviceId.ts';
import { deviceType } from '../../nuki/vocabulary/kinds.ts';
import type { SmartlockJson, StateJson } from '../wire.ts';

/** What describes a device of a home; its other fields have the factory's values. */
export interface DeviceDetails {
  /** The device type, 0 to 5. */
  readonly type: number;
  /** The id as the Nuki app shows it, eight hex digits. */
  readonly hex: string;
  readonly name: string;
  readonly accountId: number;
  /** Major, minor, patch. */
  readonly firmware: readonly [number, number, number];
  readonly timezoneId: number;
  /** When it was set up, and when it last reported: ms since 1970. */
  readonly created: number;
  readonly updated: number;
  readonly state: Partial<StateJson>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Fields of the element itself. */
  readonly more?: Partial<SmartlockJson>;
}

/** The id that the API uses: type × 2^32 + hex id. Nuki guide, "Hex IDs". */
export function smartlockIdOf(type: number, hex: string): number {
  return deviceIdOf(type, Number.parseInt(hex, 16));
}

/** An element of `GET /smartlock`; as with real devices, fields that a device lacks are absent. */
export function makeSmartlock(details: DeviceDetails): SmartlockJson {
  const { type, name, firmware } = details;
  return {
    smartlockId: smartlockIdOf(type, details.hex),
    accountId: details.accountId,
    type,
    lmType: type === deviceType.smartDoor ? 1 : 0,
    authId: 1_915_420_675,
    name,
    favorite: false,
    config: {
      name,
      latitude: 0,
      longitude: 0,
      capabilities: type === deviceType.opener ? 1 : 0,
      autoUnlatch: false,
      liftUpHandle: false,
      pairingEnabled: true,
      buttonEnabled: true,
      ledEnabled: true,
      ledBrightness: 3,
      // Two fields that nothing uses any more.
      timezoneOffset: 0,
      daylightSavingMode: 0,
      fobPaired: false,
      fobAction1: type === deviceType.opener ? 7 : 4,
      fobAction2: 1,
      fobAction3: 2,
      singleLock: false,
      advertisingMode: 0,
      keypadPaired: false,
      keypad2Paired: false,
      homekitState: 1,
      timezoneId: details.timezoneId,
      deviceType: type,
      ...(type === deviceType.opener && { operatingMode: 1 }),
      ...((type === deviceType.smartLock3 || type === deviceType.smartLock5) && { matterState: 1, wifiEnabled: true }),
      ...details.config,
    },
    ...advancedConfigs(type),
    webConfig: { batteryWarningPerMailEnabled: false },
    state: {
      mode: 2,
      state: 1,
      trigger: 0,
      lastAction: 2,
      batteryCritical: false,
      batteryCharging: false,
      batteryCharge: 84,
      keypadBatteryCritical: false,
      doorsensorBatteryCritical: false,
      doorState: 0,
      ringToOpenTimer: 0,
      nightMode: false,
      ...details.state,
    },
    firmwareVersion: firmware[0] * 65_536 + firmware[1] * 256 + firmware[2],
    hardwareVersion: 1292,
    serverState: 0,
    adminPinState: 0,
    virtualDevice: false,
    creationDate: new Date(details.created).toISOString(),
    updateDate: new Date(details.updated).toISOString(),
    currentSubscription: { type: 'B2C', state: 'INACTIVE', creationDate: new Date(details.created).toISOString() },
    ...details.more,
  };
}

function advancedConfigs(type: number): Partial<SmartlockJson> {
  const automatic = { batteryType: 1, automaticBatteryTypeDetection: true };
  const locking = {
    lngTimeout: 20,
    singleButtonPressAction: 1,
    doubleButtonPressAction: 5,
    unlatchDuration: 3,
    autoLock: true,
  };
  if (type === deviceType.opener) {
    const sounds = { soundRing: 1, soundOpen: 1, soundRto: 1, soundCm: 1, soundConfirmation: 1, soundLevel: 160 };
    const strike = { electricStrikeDelay: 0, randomElectricStrikeDelay: false, electricStrikeDuration: 3000 };
    return {
      openerAdvancedConfig: {
        intercomId: 0,
        busModeSwitch: 0,
        shortCircuitDuration: 0,
        ...strike,
        disableRtoAfterRing: false,
        rtoTimeout: 20,
        doorbellSuppression: 2,
        doorbellSuppressionDuration: 500,
        ...sounds,
        singleButtonPressAction: 7,
        doubleButtonPressAction: 1,
        ...automatic,
        autoUpdateEnabled: true,
      },
    };
  }
  if (type === deviceType.smartDoor) {
    return {
      smartdoorAdvancedConfig: {
        ...locking,
        ...automatic,
        buzzerVolume: 1,
        supportedBatteryTypes: [3],
        autoLockTimeout: 300,
      },
    };
  }
  return {
    advancedConfig: {
      totalDegrees: 921,
      singleLockedPositionOffsetDegrees: -90,
      unlockedToLockedTransitionOffsetDegrees: 0,
      unlockedPositionOffsetDegrees: 90,
      lockedPositionOffsetDegrees: -90,
      detachedCylinder: false,
      ...automatic,
      ...locking,
      autoLockTimeout: 600,
      autoUpdateEnabled: true,
    },
  };
}
