import { completionsOf, unexplainedSource, tapToUnlockError as tapToUnlock } from '../nuki/activityLog.ts';
import { hexOfDeviceId, typeOfDeviceId } from '../nuki/deviceId.ts';
import { formatVersion } from '../nuki/firmwareVersion.ts';
import { formatTimeOfDay, minutesPerDay } from '../nuki/time/timeOfDay.ts';
import { doubtfulTimeZoneIds, noTimeZone, offsetOf, timeZoneName } from '../nuki/time/timeZones.ts';
import { isEveryDay, isWeekdayMask, weekdaysInWords } from '../nuki/time/weekdays.ts';
import { actions, generations, isActionName, kindOf, kinds, statesOf, type Kind } from '../nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../nuki/vocabulary/kindWords.ts';
import * as words from '../nuki/vocabulary/words.ts';
import type { Vocabulary } from '../nuki/vocabulary/words.ts';
import type { ApiObject } from './apiObjects.ts';
import type { Translate, Locale } from '../base/locale.ts';

/** The user's language, the time (ms since 1970), and the numbers of the object that the value stands in, its own among them. */
export interface ValueContext extends Locale {
  readonly now: number;
  readonly siblings: ReadonlyMap<string, number | undefined>;
}

type Describe = (value: number, context: ValueContext) => string | undefined;

/** What the numbers of a field mean: a word for each code, another one for each kind of device, a word for each bit, or a description. */
export type Meaning =
  | { readonly kind: 'codes'; readonly vocabulary: Vocabulary }
  | { readonly kind: 'codesByKind'; readonly vocabularyOf: (type: number) => Vocabulary }
  | { readonly kind: 'bits'; readonly vocabulary: Vocabulary }
  | { readonly kind: 'described'; readonly describe: Describe };

const codes = (vocabulary: Vocabulary): Meaning => ({ kind: 'codes', vocabulary });
const codesByKind = (vocabularyOf: (type: number) => Vocabulary): Meaning => ({ kind: 'codesByKind', vocabularyOf });
const bits = (vocabulary: Vocabulary): Meaning => ({ kind: 'bits', vocabulary });
const describedBy = (describe: Describe): Meaning => ({ kind: 'described', describe });

export type MeaningByObject = Readonly<Partial<Record<ApiObject, Meaning>>>;

const buttons: MeaningByObject = {
  lockSettings: codes(words.lockButtonActions),
  doorSettings: codes(words.lockButtonActions),
  openerSettings: codes(words.openerButtonActions),
};
const fobs: MeaningByObject = {
  config: codesByKind((type) => (kindOf(type).bolt ? words.lockFobActions : words.openerFobActions)),
};
const batteries = codes(words.batteryTypes);
const minutes: MeaningByObject = { authorization: describedBy(minutesInWords) };
const sound: MeaningByObject = { openerSettings: codes(words.sounds) };

/** What the fields of the API mean, by the object that they stand in. Nuki guide and OpenAPI 4.10.0. */
export const fields: Readonly<Record<string, MeaningByObject>> = {
  smartlockId: { device: describedBy(idInWords) },
  smartlockIds: { device: describedBy(idInWords) },
  nukiId: { device: describedBy(bridgeIdInWords) },
  type: {
    device: describedBy(kindInWords),
    authorization: codes(words.authorizationTypes),
    account: codes(words.accountTypes),
    person: codes(words.accountTypes),
  },
  deviceType: { log: describedBy(loggedKindInWords), config: describedBy(kindInWords) },
  lmType: { device: codes(words.lockMechanisms) },
  serverState: { device: codes(words.serverStates) },
  adminPinState: { device: codes(words.adminPinStates) },
  firmwareVersion: { device: describedBy((version) => formatVersion(version)) },
  mode: { state: codesByKind((type) => kindOf(type).modes) },
  state: {
    state: codesByKind((type) => statesOf(kindOf(type))),
    log: describedBy(completionInWords),
  },
  trigger: { state: codesByKind((type) => kindWordsOf(type).triggers), log: codes(words.logTriggers) },
  lastAction: { state: codesByKind((type) => kindWordsOf(type).lastActions) },
  keypadMountingState: { state: codes(words.keypadMountingStates) },
  doorState: { state: codes(words.doorStates) },
  action: {
    action: codesByKind((type) => actionNames(kindOf(type))),
    log: codesByKind((type) => kindWordsOf(type).logActions),
  },
  option: { action: bits(words.actionOptions) },
  source: { log: describedBy(sourceInWords), openerLog: codes(words.openerLogSources) },
  timezoneId: { config: describedBy(zoneInWords) },
  productVariant: { config: codes(words.productVariants) },
  capabilities: { config: codes(words.openerCapabilities) },
  ledBrightness: { config: describedBy(brightnessInWords) },
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
  doorbellSuppression: { openerSettings: bits(words.suppressions) },
  soundRing: sound,
  soundOpen: sound,
  soundRto: sound,
  soundCm: sound,
  soundConfirmation: { openerSettings: codes(words.confirmationSounds) },
  allowedWeekDays: { authorization: describedBy(daysInWords) },
  allowedFromTime: minutes,
  allowedUntilTime: minutes,
  rights: { account: bits(words.accountRights), subAccount: bits(words.writtenAccountRights) },
  os: { notification: codes(words.notificationSystems) },
  status: { notification: codes(words.notificationStates) },
  verified: { intercom: codes(words.intercomVerifications) },
};

/** The names of a kind's actions by their codes, in the words of the commands. */
export function actionNames({ actions: codesByName }: Kind): Vocabulary {
  const entries = Object.entries(codesByName);
  return Object.fromEntries(
    entries.flatMap(([name, code]) => (isActionName(name) ? [[code, actions[name].name] as const] : [])),
  );
}

/** The default, and a credential; nothing where the trigger beside it is known and tells of no keypad. */
function sourceInWords(source: number, { siblings, t }: ValueContext): string | undefined {
  const meaning = words.logSources[source];
  const isSure =
    siblings.get('trigger') === undefined ||
    unexplainedSource({ source, trigger: siblings.get('trigger') }) === undefined;
  return meaning === undefined || !isSure ? undefined : t(meaning);
}

/** The word for a log entry's `state`; both where source or trigger is missing and tap to unlock may be meant. */
function completionInWords(state: number, { siblings, t }: ValueContext): string | undefined {
  const source = siblings.get('source');
  const trigger = siblings.get('trigger');
  const vocabularies = [
    completionsOf({ source: source ?? tapToUnlock.source, trigger: trigger ?? tapToUnlock.trigger }),
    ...(source === undefined || trigger === undefined ? [words.completionStates] : []),
  ];
  const meanings = [...new Set(vocabularies.map((vocabulary) => vocabulary[state]))].filter(
    (each) => each !== undefined,
  );
  const [first, second] = meanings.map((meaning) => t(meaning));
  if (first === undefined || second === undefined) return first;
  return t('{0}; with tap to unlock: {1}', second, first);
}

/** A device type with its generation: `Smart Lock (5th generation)`; `undefined` for one that Nuki has not given out. */
export function kindInWords(type: number, { t }: { readonly t: Translate }): string | undefined {
  if (!kinds[type]) return undefined;
  const name = t(kindOf(type).name);
  const generation = generations[type];
  return generation === undefined ? name : `${name} (${t(generation)})`;
}

/** In a log the type 0 stands for the oldest locks and for the Box. */
function loggedKindInWords(type: number, context: ValueContext): string | undefined {
  const kind = kindInWords(type, context);
  return type === 0 && kind !== undefined ? context.t('{0} or {1}', kind, context.t(kindOf(1).name)) : kind;
}

function idInWords(id: number, context: ValueContext): string | undefined {
  if (!Number.isSafeInteger(id) || id === 0) return undefined;
  const type = typeOfDeviceId(id);
  const kind = kindInWords(type, context) ?? context.t('unknown kind ({0})', type);
  return `${kind} · ${hexOfDeviceId(id)}`;
}

function bridgeIdInWords(id: number, { t }: ValueContext): string | undefined {
  return typeOfDeviceId(id) === 0 && id > 0
    ? t('{0} in the Bridge API, which omits the device type', hexOfDeviceId(id))
    : undefined;
}

const brightest = 5;

function brightnessInWords(value: number, { t }: ValueContext): string | undefined {
  if (value > brightest) return undefined;
  return value === 0 ? t('off') : t('{0} of {1}', value, brightest);
}

/**
 * The name of a time zone with its offset at `now` (ms since 1970), and a warning where a lock's firmware may use another one;
 * `undefined` for an id that Nuki's table does not have.
 */
export function zoneInWords(
  id: number,
  { t, now }: { readonly t: Translate; readonly now: number },
): string | undefined {
  if (id === noTimeZone) return t('no time zone');
  const zone = timeZoneName(id);
  if (zone === undefined) return undefined;
  const known = t('{0}, now {1}', zone, offsetOf(zone, now));
  return doubtfulTimeZoneIds.includes(id)
    ? t("{0}. The lock's firmware may handle summer time differently.", known)
    : known;
}

/** A mask of weekdays, 0 to 127, in words; `undefined` for any other number. */
export function daysInWords(days: number, { t, language }: Locale): string | undefined {
  if (!isWeekdayMask(days)) return undefined;
  return isEveryDay(days) ? t('every day') : weekdaysInWords(days, language);
}

/** The API writes no limit as 0 and 0. */
function minutesInWords(value: number, { t, siblings }: ValueContext): string | undefined {
  const noLimit = siblings.get('allowedFromTime') === 0 && siblings.get('allowedUntilTime') === 0;
  if (noLimit) return t('all day');
  const time = formatTimeOfDay(value);
  if (time === undefined) return undefined;
  const byClock = t("{0} in the lock's time zone", time);
  return value === minutesPerDay ? t('{0}; the API accepts 0 to 1439', byClock) : byClock;
}
