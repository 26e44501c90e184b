import type { Vocabulary } from './words.ts';

// What the settings of a device and the lesser objects of the API mean. Nothing that is drawn needs them; whoever reads JSON does.
// All by the OpenAPI 4.10.0.

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

/** `rights` of a sub account as it is read: a mask. */
export const accountRights: Vocabulary = {
  1: 'manage devices',
  2: 'operate devices',
  4: 'manage device settings',
  8: 'manage authorizations',
  16: 'view activity logs',
  32: 'manage sub accounts',
  64: 'create devices',
};

/** `rights` of a sub account as it is written: a mask with other bits. An update knows two for managing sub accounts. */
export const writtenAccountRights: Vocabulary = {
  1: 'operate devices',
  2: 'manage device settings',
  4: 'manage authorizations',
  8: 'view activity logs',
  16: 'manage sub accounts',
  32: 'manage sub accounts',
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
