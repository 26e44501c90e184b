import type { Translate, Locale } from '../base/locale.ts';
import { completionsOf } from '../nuki/activityLog.ts';
import { hexOfDeviceId, typeOfDeviceId } from '../nuki/deviceId.ts';
import { formatVersion } from '../nuki/firmwareVersion.ts';
import { actions, generations, isActionName, kindOf, kinds, statesOf, type Kind } from '../nuki/vocabulary/kinds.ts';
import type { ApiObject } from './apiObjects.ts';
import { formatTimeOfDay } from '../nuki/time/timeOfDay.ts';
import { doubtfulTimeZoneIds, noTimeZone, offsetOf, timeZoneName } from '../nuki/time/timeZones.ts';
import { isEveryDay, isWeekdayMask, weekdaysInWords } from '../nuki/time/weekdays.ts';
import * as words from '../nuki/vocabulary/words.ts';
import type { Vocabulary } from '../nuki/vocabulary/words.ts';

/** Who reads a value, when (ms since 1970), and the other numbers of the object that it stands in. */
export interface ValueReader extends Locale {
  readonly now: number;
  readonly beside: ReadonlyMap<string, number | undefined>;
}

/** What the numbers of a field mean: by words, by words for each kind of device, by words for each bit, or told in a sentence. */
export type Meaning =
  | { readonly kind: 'code'; readonly of: Vocabulary | ((locale: ValueReader) => Vocabulary) }
  | { readonly kind: 'kind'; readonly of: (kind: Kind) => Vocabulary }
  | { readonly kind: 'mask'; readonly of: Vocabulary }
  | { readonly kind: 'value'; readonly of: (value: number, locale: ValueReader) => string | undefined };

const codes = (of: Vocabulary): Meaning => ({ kind: 'code', of });
const byKind = (of: (kind: Kind) => Vocabulary): Meaning => ({ kind: 'kind', of });
const mask = (of: Vocabulary): Meaning => ({ kind: 'mask', of });
const told = (of: (value: number, locale: ValueReader) => string | undefined): Meaning => ({ kind: 'value', of });

type MeaningByPlace = Readonly<Partial<Record<ApiObject, Meaning>>>;

const buttons: MeaningByPlace = {
  lockSettings: codes(words.lockButtonActions),
  doorSettings: codes(words.lockButtonActions),
  openerSettings: codes(words.openerButtonActions),
};
const fobs: MeaningByPlace = {
  config: byKind(({ bolt }) => (bolt ? words.lockFobActions : words.openerFobActions)),
};
const batteries = codes(words.batteryTypes);
const minutes: MeaningByPlace = { authorization: told(minutesInWords) };
const sound: MeaningByPlace = { openerSettings: codes(words.sounds) };

/** What the fields of the API mean, by the object that they stand in. Nuki guide and OpenAPI 4.10.0. */
export const fields: Readonly<Record<string, MeaningByPlace>> = {
  smartlockId: { device: told(idInWords) },
  smartlockIds: { device: told(idInWords) },
  nukiId: { device: told(bridgeIdInWords) },
  type: {
    device: told(kindInWords),
    authorization: codes(words.authorizationTypes),
    account: codes(words.accountTypes),
    person: codes(words.accountTypes),
  },
  deviceType: { log: told(loggedKindInWords), config: told(kindInWords) },
  lmType: { device: codes(words.lockMechanisms) },
  serverState: { device: codes(words.serverStates) },
  adminPinState: { device: codes(words.adminPinStates) },
  firmwareVersion: { device: told((version) => formatVersion(version)) },
  mode: { state: byKind(({ modes }) => modes) },
  state: {
    state: byKind(statesOf),
    log: { kind: 'code', of: completions },
  },
  trigger: { state: byKind(({ triggers }) => triggers), log: codes(words.logTriggers) },
  lastAction: { state: byKind(({ lastActions }) => lastActions) },
  doorState: { state: codes(words.doorStates) },
  action: { action: byKind(actionNames), log: byKind(({ logActions }) => logActions) },
  option: { action: mask(words.actionOptions) },
  source: { log: codes(words.logSources), openerLog: codes(words.openerLogSources) },
  timezoneId: { config: told(zoneInWords) },
  productVariant: { config: codes(words.productVariants) },
  capabilities: { config: codes(words.openerCapabilities) },
  ledBrightness: { config: told(brightnessInWords) },
  daylightSavingMode: { config: codes(words.daylightSavingModes) },
  fobAction1: fobs,
  fobAction2: fobs,
  fobAction3: fobs,
  operatingMode: { config: codes(words.operatingModes) },
  advertisingMode: { config: codes(words.advertisingModes) },
  homekitState: { config: codes(words.homekitStates) },
  matterState: { config: codes(words.matterStates) },
  singleButtonPressAction: buttons,
  doubleButtonPressAction: buttons,
  batteryType: { lockSettings: batteries, doorSettings: batteries, openerSettings: batteries },
  supportedBatteryTypes: { doorSettings: batteries },
  motorSpeed: { lockSettings: codes(words.motorSpeeds) },
  buzzerVolume: { doorSettings: codes(words.buzzerVolumes) },
  doorbellSuppression: { openerSettings: mask(words.suppressions) },
  soundRing: sound,
  soundOpen: sound,
  soundRto: sound,
  soundCm: sound,
  soundConfirmation: { openerSettings: codes(words.confirmationSounds) },
  allowedWeekDays: { authorization: told(daysInWords) },
  allowedFromTime: minutes,
  allowedUntilTime: minutes,
  rights: { account: mask(words.accountRights), subAccount: mask(words.writtenAccountRights) },
  os: { notification: codes(words.notificationSystems) },
  status: { notification: codes(words.notificationStates) },
  verified: { intercom: codes(words.intercomVerifications) },
};

/** The codes of a kind's actions, in the words of the commands. */
export function actionNames({ actions: codesOf }: Kind): Vocabulary {
  const names = Object.entries(codesOf).filter(([name]) => isActionName(name));
  return Object.fromEntries(names.map(([name, code]) => [code, isActionName(name) ? actions[name].name : name]));
}

/** Where the entry does not say how it came about, both vocabularies of a log's `state`; the usual one where the two differ. */
function completions({ beside }: ValueReader): Vocabulary {
  const [source, trigger] = [beside.get('source'), beside.get('trigger')];
  return source === undefined || trigger === undefined
    ? { ...words.tapToUnlockErrors, ...words.completionStates }
    : completionsOf({ source, trigger });
}

/** A device type with its generation: `Smart Lock (5th generation)`; `undefined` for one that Nuki has not given out. */
export function kindInWords(type: number, { t }: { readonly t: Translate }): string | undefined {
  if (!kinds[type]) return undefined;
  const [name, generation] = [t(kindOf(type).name), generations[type]];
  return generation === undefined ? name : `${name} (${t(generation)})`;
}

/** A log has one type for the oldest locks and the Box. */
function loggedKindInWords(type: number, locale: ValueReader): string | undefined {
  const kind = kindInWords(type, locale);
  return type === 0 && kind !== undefined ? locale.t('{0} or {1}', kind, locale.t(kindOf(1).name)) : kind;
}

function idInWords(id: number, locale: ValueReader): string | undefined {
  if (!Number.isSafeInteger(id) || id === 0) return undefined;
  const type = typeOfDeviceId(id);
  const kind = kindInWords(type, locale) ?? locale.t('unknown kind ({0})', type);
  return `${kind} · ${hexOfDeviceId(id)}`;
}

function bridgeIdInWords(id: number, { t }: ValueReader): string | undefined {
  return typeOfDeviceId(id) === 0 && id > 0
    ? t('{0}, as the Bridge API has it: without the device type that the Web API puts before it', hexOfDeviceId(id))
    : undefined;
}

const brightest = 5;

function brightnessInWords(value: number, { t }: ValueReader): string | undefined {
  if (value > brightest) return undefined;
  return value === 0 ? t('off') : t('{0} of {1}', value, brightest);
}

/** A zone of Nuki's table with its offset `now` (ms since 1970), and the doubts about it; `undefined` for an id that is not in the table. */
export function zoneInWords(
  id: number,
  { t, now }: { readonly t: Translate; readonly now: number },
): string | undefined {
  if (id === noTimeZone) return t('no time zone');
  const zone = timeZoneName(id);
  if (zone === undefined) return undefined;
  const known = t('{0}, now {1}', zone, offsetOf(zone, now));
  return doubtfulTimeZoneIds.includes(id)
    ? t("{0}: the lock's firmware may use another offset in summer", known)
    : known;
}

/** A mask of weekdays, 0 to 127, in words; `undefined` for any other number. */
export function daysInWords(days: number, { t, language }: Locale): string | undefined {
  if (!isWeekdayMask(days)) return undefined;
  return isEveryDay(days) ? t('every day') : weekdaysInWords(days, language);
}

/** 0 and 0 is how the API says that there is no limit. */
function minutesInWords(value: number, { t, beside }: ValueReader): string | undefined {
  const noLimit = beside.get('allowedFromTime') === 0 && beside.get('allowedUntilTime') === 0;
  if (noLimit) return t('no limit to the time of day');
  const time = formatTimeOfDay(value);
  return time && t("{0} by the lock's own clock", time);
}
