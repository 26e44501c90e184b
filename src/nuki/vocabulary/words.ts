import type { Translate } from '../../base/locale.ts';
import { authorizationType } from '../authorization/authorizationType.ts';

/** What the numbers of one field mean, in English words. The vocabularies that depend on the device type stand in kinds.ts. */
export type Vocabulary = Readonly<Record<number, string>>;

/** `code` in the reader's language; an unfamiliar number keeps its number, a missing one is a dash. */
export function word(vocabulary: Vocabulary, code: number | undefined, t: Translate): string {
  if (code === undefined) return '–';
  const known = vocabulary[code];
  return known === undefined ? t('unknown ({0})', code) : t(known);
}

/** The words for the bits of a mask; `undefined` for one with a bit that the vocabulary lacks. */
export function bitsInWords(mask: number, vocabulary: Vocabulary, t: Translate): string | undefined {
  if (mask === 0) return t('none');
  const bitsSet = Object.keys(vocabulary)
    .map(Number)
    .filter((bit) => Math.floor(mask / bit) % 2 === 1);
  const known = bitsSet.reduce((sum, bit) => sum + bit, 0);
  return known === mask ? bitsSet.map((bit) => word(vocabulary, bit, t)).join(', ') : undefined;
}

/** `state.doorState`: only 2 and 3 are knowledge about the door. Nuki guide, "Door state"; OpenAPI for 16, 240, 255. */
export const doorStates: Vocabulary = {
  0: 'no door sensor',
  1: 'door sensor deactivated',
  2: 'door closed',
  3: 'door open',
  4: 'door state unknown',
  5: 'door sensor calibrating',
  16: 'door sensor uncalibrated',
  240: 'door sensor removed or tampered with',
  255: 'door state unknown',
};

/** `state.keypadMountingState`, newer than the OpenAPI 4.10.0: what programs that read it know. */
export const keypadMountingStates: Vocabulary = { 2: 'keypad moved', 255: 'keypad mounting error' };

/** `serverState`: 0 is the only one in which a device can be reached; 1 to 3 need a new connection in the Nuki app. OpenAPI. */
export const serverStates: Vocabulary = {
  0: 'online',
  1: 'unregistered',
  2: 'authorization id invalid',
  3: 'authorization invalid',
  4: 'offline',
};

/** `adminPinState`. OpenAPI. */
export const adminPinStates: Vocabulary = { 0: 'valid', 1: 'missing', 2: 'invalid' };

/** `config.productVariant`, 5th generation only. OpenAPI. */
export const productVariants: Vocabulary = { 1: 'Go', 2: 'Pro', 3: 'Ultra' };

/** `lmType`, the lock mechanism of a Smart Door. OpenAPI. */
export const lockMechanisms: Vocabulary = { 1: 'MyEVO', 2: 'KFV Genius' };

/** `config.capabilities` of an Opener. OpenAPI. */
export const openerCapabilities: Vocabulary = {
  0: 'door opening only',
  1: 'door opening and ring to open',
  2: 'ring to open only',
};

/** `type` of an authorization. OpenAPI. */
export const authorizationTypes: Vocabulary = {
  [authorizationType.app]: 'app',
  [authorizationType.bridge]: 'bridge',
  [authorizationType.fob]: 'fob',
  [authorizationType.keypad]: 'keypad',
  [authorizationType.keypadCode]: 'keypad code',
  [authorizationType.zKey]: 'z-key',
  [authorizationType.virtual]: 'virtual',
};

const deviceLogActions: Vocabulary = {
  11: 'restored to default settings',
  208: 'door ajar',
  209: 'door status mismatch',
  224: 'doorbell rang',
  240: 'door opened',
  241: 'door closed',
  242: 'door sensor jammed',
  243: 'firmware update',
  250: 'door log enabled',
  251: 'door log disabled',
  252: 'initialization',
  253: 'calibration',
  254: 'log enabled',
  255: 'log disabled',
};

/** Actions of a lock that only Nuki's Bluetooth API explains; devices send them to the Web API too. */
const bluetoothActions: Vocabulary = {
  6: 'full lock',
  80: 'fob: no action',
  90: 'button: no action',
  129: 'fob action 1',
  130: 'fob action 2',
  131: 'fob action 3',
};

/** Triggers that only Nuki's Bluetooth API explains. */
export const bluetoothTriggers: Vocabulary = { 171: 'HomeKit', 172: 'MQTT' };

/** What a lock does, as its last action and its log name it. Nuki guide, "Last action"; OpenAPI. */
export const lockActions: Vocabulary = {
  1: 'unlock',
  2: 'lock',
  3: 'unlatch',
  4: "lock 'n' go",
  5: "lock 'n' go with unlatch",
  ...bluetoothActions,
};

/** `action` of a log entry of a lock, Smart Door or Box. OpenAPI. */
export const lockLogActions: Vocabulary = { ...lockActions, ...deviceLogActions };

/** `action` of a log entry of an Opener. OpenAPI, and the codes of the Opener's own actions. */
export const openerLogActions: Vocabulary = {
  1: 'activate ring to open',
  2: 'deactivate ring to open',
  3: 'electric strike actuation',
  6: 'activate continuous mode',
  7: 'deactivate continuous mode',
  ...deviceLogActions,
};

/** `trigger` of a log entry; a state's trigger is another vocabulary (kinds.ts). OpenAPI. */
export const logTriggers: Vocabulary = {
  0: 'system',
  1: 'manual',
  2: 'button',
  3: 'automatic',
  4: 'web',
  5: 'app',
  6: 'auto lock',
  7: 'accessory',
  ...bluetoothTriggers,
  253: 'keypad error',
  254: 'Nuki mode',
  255: 'keypad',
};

/** `source` of a log entry. OpenAPI. */
export const logSources: Vocabulary = { 0: 'default', 1: 'keypad code', 2: 'fingerprint', 3: 'tap to unlock' };

/** `openerLog.source`: what activated ring to open or continuous mode. OpenAPI. */
export const openerLogSources: Vocabulary = {
  0: 'doorbell',
  1: 'time control',
  2: 'app',
  3: 'button',
  4: 'fob',
  5: 'bridge',
  6: 'keypad',
};

/** `state` of a log entry: how the attempt ended; 0 is the only success. OpenAPI; 11 was seen in responses. */
export const completionStates: Vocabulary = {
  0: 'success',
  1: 'motor blocked',
  2: 'cancelled',
  3: 'too recent',
  4: 'busy',
  5: 'low motor voltage',
  6: 'clutch failure',
  7: 'motor power failure',
  8: 'incomplete',
  9: 'rejected',
  10: 'rejected: night mode',
  11: 'failure',
  224: 'invalid code',
  225: 'invalid fingerprint',
  226: 'invalid NFC tag',
  254: 'other error',
  255: 'unknown error',
};

/** `state` of a log entry with source 3 (tap to unlock) and trigger 253 (keypad error): none of them is a success. OpenAPI. */
export const tapToUnlockErrors: Vocabulary = {
  0: 'access document revoked',
  1: 'sending by NFC failed',
  2: 'control flow',
  3: 'command time expired',
  7: 'invalid data content',
  37: 'invalid access rights',
  255: 'unknown error',
};

// What the settings of a device and the lesser objects of the API mean, all by the OpenAPI 4.10.0.

/** `singleButtonPressAction`, `doubleButtonPressAction` of a lock or Smart Door. */
export const lockButtonActions: Vocabulary = {
  0: 'no action',
  1: 'intelligent',
  2: 'unlock',
  3: 'lock',
  4: 'unlatch',
  5: "lock 'n' go",
  6: 'show status',
};

/** `singleButtonPressAction`, `doubleButtonPressAction` of an Opener. */
export const openerButtonActions: Vocabulary = {
  0: 'no action',
  1: 'toggle ring to open',
  2: 'activate ring to open',
  3: 'deactivate ring to open',
  4: 'toggle continuous mode',
  5: 'activate continuous mode',
  6: 'deactivate continuous mode',
  7: 'open the door',
};

/** `fobAction1` to `fobAction3` of a lock. */
export const lockFobActions: Vocabulary = {
  0: 'no action',
  1: 'unlock',
  2: 'lock',
  3: "lock 'n' go",
  4: 'lock or unlock, by the present state',
};

/** `fobAction1` to `fobAction3` of an Opener. */
export const openerFobActions: Vocabulary = {
  0: 'no action',
  1: 'toggle ring to open',
  2: 'activate ring to open',
  3: 'deactivate ring to open',
  7: 'electric strike actuation',
  8: 'ring',
};

/** `batteryType`, `supportedBatteryTypes`. */
export const batteryTypes: Vocabulary = {
  0: 'alkali',
  1: 'accumulator',
  2: 'lithium',
  3: 'fixed',
  254: 'automatic',
  255: 'unknown',
};

/** `motorSpeed`. */
export const motorSpeeds: Vocabulary = { 0: 'standard', 1: 'fast', 2: 'slow' };

/** `daylightSavingMode`. */
export const daylightSavingModes: Vocabulary = { 0: 'off (deprecated field)', 1: 'European (deprecated field)' };

/** `operatingMode` of an Opener. */
export const operatingModes: Vocabulary = {
  0: 'generic door opener',
  1: 'analogue intercom',
  2: 'digital intercom',
  3: 'digital intercom Siedle',
  4: 'digital intercom TCS',
  5: 'digital intercom Bticino',
  6: 'analogue intercom Siedle HTS',
  7: 'digital intercom STR',
  8: 'digital intercom Ritto',
  9: 'digital intercom Fermax',
  10: 'digital intercom Comelit',
  11: 'digital intercom Urmet BiBus',
  12: 'digital intercom Urmet 2Voice',
  13: 'digital intercom Golmar',
  14: 'digital intercom SKS',
  15: 'digital intercom Spare',
};

/** `advertisingMode`. */
export const advertisingModes: Vocabulary = { 0: 'automatic', 1: 'normal', 2: 'slow', 3: 'slowest' };

/** `homekitState`. */
export const homekitStates: Vocabulary = { 0: 'unavailable', 1: 'disabled', 2: 'enabled', 3: 'enabled and paired' };

/** `matterState`. */
export const matterStates: Vocabulary = {
  0: 'unavailable',
  1: 'disabled, no certificate available',
  2: 'disabled',
  3: 'enabled',
  4: 'enabled and paired',
};

/** `soundRing`, `soundOpen`, `soundRto`, `soundCm` of an Opener. */
export const sounds: Vocabulary = { 0: 'no sound', 1: 'sound 1', 2: 'sound 2', 3: 'sound 3' };

/** `soundConfirmation` of an Opener. */
export const confirmationSounds: Vocabulary = { 0: 'no sound', 1: 'sound' };

/** `doorbellSuppression` of an Opener: a mask. */
export const suppressions: Vocabulary = {
  1: 'when ring to open and continuous mode are inactive',
  2: 'when ring to open is active',
  4: 'when continuous mode is active',
};

/** `buzzerVolume` of a Smart Door. */
export const buzzerVolumes: Vocabulary = { 0: 'off', 1: 'low', 2: 'normal' };

/** `option` of an action: a mask. */
export const actionOptions: Vocabulary = { 2: 'force', 4: 'full lock' };

/** `type` of an account or an account user. */
export const accountTypes: Vocabulary = { 0: 'user', 1: 'company', 2: 'caretaker' };

/** `rights` of a sub-account as it is read: a mask. */
export const accountRights: Vocabulary = {
  1: 'manage devices',
  2: 'operate devices',
  4: 'manage device settings',
  8: 'manage authorizations',
  16: 'view activity logs',
  32: 'manage sub-accounts',
  64: 'create devices',
};

/** `rights` of a sub-account as it is written: a mask with other bits. An update knows two for managing sub-accounts. */
export const writtenAccountRights: Vocabulary = {
  1: 'operate devices',
  2: 'manage device settings',
  4: 'manage authorizations',
  8: 'view activity logs',
  16: 'manage sub-accounts',
  32: 'manage sub-accounts',
  64: 'create devices',
};

/** `os` of a notification. */
export const notificationSystems: Vocabulary = { 0: 'Android', 1: 'iOS', 2: 'web hook' };

/** `status` of a notification. */
export const notificationStates: Vocabulary = { 0: 'initial', 1: 'active', 2: 'failed' };

/** `verified` of an intercom model. */
export const intercomVerifications: Vocabulary = {
  1: 'verified to work',
  2: 'may be compatible, not verified',
  3: 'not compatible',
};
