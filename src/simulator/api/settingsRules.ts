import { badParameter } from '../answers.ts';
import type { SettingsPart } from '../wire.ts';
import { booleanField, integerField, textField } from './requestFields.ts';
import type { Fields } from '../jsonFields.ts';

/** The value of a setting in a request; `undefined` where it is missing or null. @throws {Refusal} 400 for a value that it cannot have */
type Rule = (fields: Fields, name: string) => unknown;

const flag: Rule = booleanField;
const integer = (min: number, max: number): Rule => {
  return (fields, name) => integerField(fields, name, min, max);
};
const decimal = (min: number, max: number): Rule => {
  return (fields, name) => {
    const value = fields[name] ?? undefined;
    const isRight = value === undefined || (typeof value === 'number' && value >= min && value <= max);
    if (!isRight) throw badParameter(name, value);
    return value;
  };
};
const oneOf = (...values: readonly number[]): Rule => {
  return (fields, name) => {
    const value = integerField(fields, name);
    if (value !== undefined && !values.includes(value)) throw badParameter(name, value);
    return value;
  };
};
const text: Rule = (fields, name) => {
  const value = textField(fields, name);
  if (value === '') throw badParameter(name, value);
  return value;
};

const anyInteger = integer(-(2 ** 31), 2 ** 31 - 1);
const seconds = integer(0, 2 ** 31 - 1);
const sound = oneOf(0, 1, 2, 3);

const motor: Readonly<Record<string, Rule>> = {
  lngTimeout: oneOf(5, 10, 15, 20, 30, 45, 60),
  singleButtonPressAction: integer(0, 6),
  doubleButtonPressAction: integer(0, 6),
  automaticBatteryTypeDetection: flag,
  unlatchDuration: oneOf(1, 3, 5, 7, 10, 15, 20, 30),
  autoLock: flag,
  autoLockTimeout: seconds,
};

interface Part {
  /** What can be set. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** What each request has to hold, where the device has it. */
  readonly required: readonly string[];
}

/** The settings of a device that a request can change. Nuki's OpenAPI; what is read-only there is left as it is. */
export const settingsParts: Readonly<Record<SettingsPart, Part>> = {
  config: {
    rules: {
      name: text,
      latitude: decimal(-90, 90),
      longitude: decimal(-180, 180),
      autoUnlatch: flag,
      liftUpHandle: flag,
      pairingEnabled: flag,
      buttonEnabled: flag,
      ledEnabled: flag,
      ledBrightness: integer(0, 5),
      timezoneOffset: anyInteger,
      daylightSavingMode: integer(0, 1),
      singleLock: flag,
      advertisingMode: integer(0, 3),
      timezoneId: integer(0, 45),
    },
    required: ['advertisingMode', 'latitude', 'longitude', 'name', 'singleLock', 'timezoneId', 'timezoneOffset'],
  },
  advancedConfig: {
    rules: {
      ...motor,
      singleLockedPositionOffsetDegrees: anyInteger,
      unlockedToLockedTransitionOffsetDegrees: anyInteger,
      unlockedPositionOffsetDegrees: anyInteger,
      lockedPositionOffsetDegrees: anyInteger,
      detachedCylinder: flag,
      batteryType: integer(0, 3),
      autoUpdateEnabled: flag,
      motorSpeed: integer(0, 2),
      enableSlowSpeedDuringNightmode: flag,
    },
    required: [
      'batteryType',
      'lockedPositionOffsetDegrees',
      'singleLockedPositionOffsetDegrees',
      'unlockedPositionOffsetDegrees',
    ],
  },
  openerAdvancedConfig: {
    rules: {
      shortCircuitDuration: seconds,
      electricStrikeDelay: seconds,
      randomElectricStrikeDelay: flag,
      electricStrikeDuration: seconds,
      disableRtoAfterRing: flag,
      rtoTimeout: integer(1, 1440),
      doorbellSuppression: integer(0, 7),
      doorbellSuppressionDuration: seconds,
      soundRing: sound,
      soundOpen: sound,
      soundRto: sound,
      soundCm: sound,
      soundConfirmation: oneOf(0, 1),
      soundLevel: integer(0, 255),
      singleButtonPressAction: integer(0, 7),
      doubleButtonPressAction: integer(0, 7),
      batteryType: integer(0, 3),
      automaticBatteryTypeDetection: flag,
      autoUpdateEnabled: flag,
    },
    required: [
      'batteryType',
      'disableRtoAfterRing',
      'doorbellSuppression',
      'doorbellSuppressionDuration',
      'doubleButtonPressAction',
      'electricStrikeDelay',
      'electricStrikeDuration',
      'randomElectricStrikeDelay',
      'rtoTimeout',
      'shortCircuitDuration',
      'singleButtonPressAction',
      'soundCm',
      'soundConfirmation',
      'soundLevel',
      'soundOpen',
      'soundRing',
      'soundRto',
    ],
  },
  smartdoorAdvancedConfig: {
    rules: { ...motor, buzzerVolume: oneOf(0, 1, 2), batteryType: oneOf(0, 1, 2, 3, 255) },
    required: ['autoLock', 'batteryType'],
  },
};

/**
 * What a request sets of a part of the settings. `old`: the settings that the device has.
 * @throws {Refusal} 400 for a value that is not valid, and where one is missing that Nuki's OpenAPI requires and the device has
 */
export function settingsIn(part: SettingsPart, fields: Fields, old: object): Readonly<Record<string, unknown>> {
  const { rules, required } = settingsParts[part];
  const given = Object.entries(rules).flatMap(([name, rule]) => {
    const value = rule(fields, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const settings = Object.fromEntries(given);
  const missing = required.find((name) => Object.hasOwn(old, name) && !Object.hasOwn(settings, name));
  if (missing !== undefined) throw badParameter(missing, null);
  return settings;
}
