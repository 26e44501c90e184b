import type { ConversionName } from '../commands/ids.ts';
import { generateKeypadCode, isKeypadCode, keypadCodeRule } from '../nuki/authorization/keypadCode.ts';
import { deviceIdOf, hexOfDeviceId, readDeviceId, type ParsedDeviceId } from '../nuki/deviceId.ts';
import { formatVersion, isVersionNumber, readVersion } from '../nuki/firmwareVersion.ts';
import {
  formatTimeOfDay,
  formatTwelveHours,
  hasSeconds,
  minutesPerDay,
  readTimeOfDay,
} from '../nuki/time/timeOfDay.ts';
import { noTimeZone, readTimeZone, timeZoneName, timeZones, zonesWithTheClockOf } from '../nuki/time/timeZones.ts';
import { readWallTime, type ExactWallTime } from '../nuki/time/wallTime.ts';
import { readWeekdays, weekdayPresets } from '../nuki/time/weekdays.ts';
import type { resolveWallTime, wallTimeAt } from '../nuki/time/zonedTime.ts';
import { kinds } from '../nuki/vocabulary/kinds.ts';
import { daysInWords, kindInWords, zoneInWords } from './fields.ts';
import type { Translate, Locale } from '../base/locale.ts';
import { readInstant, wireInstant } from '../nuki/time/instant.ts';

/** A text in another notation. */
export interface Converted {
  /** The name of the notation, the same for every text that is read in the same way. */
  readonly notation: string;
  readonly value: string;
  readonly note?: string | undefined;
}

/** The user's language, the time (ms since 1970), and what some conversions need besides. */
export interface ConversionContext extends Locale {
  readonly now: number;
  /** A whole number from 0 to below `max`, of a cryptographic source. */
  readonly randomInt: (max: number) => number;
  /** Only for dates: an IANA zone, and how its clock is read. */
  readonly clock?: ZoneClock;
}

interface ZoneClock {
  readonly zone: string;
  readonly resolveWallTime: typeof resolveWallTime;
  readonly wallTimeAt: typeof wallTimeAt;
}

export interface Conversion {
  /** Heads the input in which the user types. */
  readonly title: string;
  /** Examples of what the user may type. */
  readonly hint: string;
  /** Why a text cannot be converted. */
  readonly refusal: string;
  /** A text in every notation that it can be converted to; none where it cannot be read. */
  readonly read: (text: string, context: ConversionContext) => readonly Converted[];
  /** What is offered before the user types. */
  readonly suggest?: (context: ConversionContext) => readonly Converted[];
}

export const conversions: Readonly<Record<ConversionName, Conversion>> = {
  deviceId: {
    title: 'Convert Device ID',
    hint: 'A device ID: 21913877581, 1A2B3C4D, 0x51A2B3C4D, Nuki_1A2B3C4D',
    refusal:
      'This is not a device ID. One is an integer up to 9007199254740991, or hex digits with or without the device type.',
    read: (text, context) => readDeviceId(text).flatMap((id) => convertDeviceId(id, context)),
  },
  weekdays: {
    title: 'Convert Weekdays',
    hint: 'A mask or days: 124, Mon–Fri, sat sun',
    refusal: 'These are not weekdays. A mask is 0 to 127, a day has two letters at least.',
    read: convertWeekdays,
    suggest: (context) => weekdayPresets.map((mask) => weekdayMask(mask, context)),
  },
  timeOfDay: {
    title: 'Convert Time of Day',
    hint: 'A time of day: 09:00, 9:00 AM, 540',
    refusal: 'This is not a time of day. Write 00:00 to 24:00, or 0 to 1440 minutes.',
    read: convertTimeOfDay,
  },
  dateTime: {
    title: 'Convert Date and Time',
    hint: 'A date and time: 2027-06-16 10:30, 2027-06-16T08:30:00.000Z',
    refusal: 'This is not a date and time. Write 2027-06-16 10:30, or an instant that ends in Z.',
    read: convertDateTime,
    suggest: ({ now, t }) => [utcInstant(wireInstant(now), t, t('now'))],
  },
  timeZone: {
    title: 'Convert Time Zone',
    hint: 'A time zone: 37, Europe/Berlin, vienna, none',
    refusal: 'Nuki has no such time zone: ids are 0 to 45, and 65535 for none.',
    read: convertTimeZone,
    suggest: (context) => timeZones.map((_, id) => timeZoneId(id, context)),
  },
  keypadCode: {
    title: 'Check or Generate Keypad Code',
    hint: 'A keypad code to check, or one of these',
    refusal: keypadCodeRule,
    read: checkKeypadCode,
    suggest: generateKeypadCodes,
  },
  firmware: {
    title: 'Convert Firmware Version',
    hint: 'A firmware version: 329988, 5.9.4',
    refusal: 'This is not a firmware version. Write x.y.z, or its number.',
    read: convertFirmware,
  },
};

/** Why a text cannot be converted, in a sentence. */
export function whyNot(name: ConversionName, t: Translate): string {
  return t(conversions[name].refusal);
}

/** The device types, the latest hardware first: the user most likely has it. */
const typesByAge = Object.keys(kinds).map(Number).toReversed();

function convertDeviceId({ notation, type, bare }: ParsedDeviceId, { t }: ConversionContext): readonly Converted[] {
  const hex = { notation: t('Hex ID'), value: hexOfDeviceId(bare) };
  if (type === undefined) {
    const ids = typesByAge.map((each) => integerIdOfType(each, notation, bare, t));
    return notation === 'hex' ? ids : [hex, ...ids];
  }
  const kind = kindOfType(type, t);
  if (notation === 'hex')
    return [{ notation: t('Integer ID'), value: String(deviceIdOf(type, bare)), note: kind }, hex];
  const hexWithType = type.toString(16).toUpperCase() + hex.value;
  return [
    { ...hex, note: kind },
    { notation: t('Hex ID with the device type'), value: hexWithType },
  ];
}

function integerIdOfType(type: number, from: ParsedDeviceId['notation'], bare: number, t: Translate): Converted {
  const kind = kindOfType(type, t);
  const value = String(deviceIdOf(type, bare));
  if (from === 'hex') return { notation: t('Integer ID from hex, {0}', kind), value };
  const note = t('The Bridge API leaves out the device type that the Web API puts first.');
  return { notation: t('Integer ID from the Bridge API, {0}', kind), value, note };
}

function kindOfType(type: number, t: Translate): string {
  return kindInWords(type, { t }) ?? t('unknown kind ({0})', type);
}

function convertWeekdays(text: string, context: ConversionContext): readonly Converted[] {
  const { t, language } = context;
  const mask = readWeekdays(text, language);
  if (mask === undefined) return [];
  const binary = { notation: t('Binary'), value: `0b${mask.toString(2).padStart(7, '0')}` };
  const isMask = /^\d|^0b/i.test(text.trim());
  if (!isMask) return [weekdayMask(mask, context), binary];
  const note = mask === 0 ? t('0 is documented nowhere; 127 means every day.') : undefined;
  return [{ notation: t('Days'), value: daysInWords(mask, context) ?? '', note }, binary];
}

function weekdayMask(mask: number, context: ConversionContext): Converted {
  return { notation: context.t('Mask'), value: String(mask), note: daysInWords(mask, context) };
}

function convertTimeOfDay(text: string, { t }: ConversionContext): readonly Converted[] {
  const minutes = readTimeOfDay(text);
  if (minutes === undefined) return [];
  const times = [
    { notation: t('24 hours'), value: formatTimeOfDay(minutes) ?? '' },
    { notation: t('12 hours'), value: formatTwelveHours(minutes) ?? '' },
  ];
  const [first = times[0], ...others] = isNumber(text)
    ? times
    : [{ notation: t('Minutes since midnight'), value: String(minutes) }, ...times];
  const note = timeOfDayNote(text, minutes, t);
  return first === undefined ? [] : [{ ...first, ...(note !== undefined && { note }) }, ...others];
}

function timeOfDayNote(text: string, minutes: number, t: Translate): string | undefined {
  if (minutes === minutesPerDay) return t('The API takes 0 to 1439. For the whole day it is 0 and 0.');
  return hasSeconds(text) ? t('The API counts whole minutes: the seconds are left out.') : undefined;
}

function convertDateTime(text: string, { t, clock }: ConversionContext): readonly Converted[] {
  if (!clock) return [];
  const instant = readInstant(text);
  if (instant !== undefined) return convertInstant(instant, clock, t);
  const wallTime = readWallTime(text);
  return wallTime ? convertWallTime(wallTime, clock, t) : [];
}

function convertInstant(instant: number, clock: ZoneClock, t: Translate): readonly Converted[] {
  const { date, time, offset } = clock.wallTimeAt(instant, clock.zone);
  return [
    { notation: t('Time in {0}', clock.zone), value: `${date} ${time}${secondsIn(instant)}`, note: `UTC${offset}` },
    utcInstant(wireInstant(instant), t),
  ];
}

/** `:59` or `:59.500`; empty on the minute, where clocks show none. */
function secondsIn(instant: number): string {
  const [, seconds = '', fraction = ''] = /:(\d\d)(\.\d{3})Z$/.exec(wireInstant(instant)) ?? [];
  const shown = fraction === '.000' ? '' : fraction;
  return seconds === '00' && shown === '' ? '' : `:${seconds}${shown}`;
}

function convertWallTime(
  wallTime: ExactWallTime,
  { zone, resolveWallTime: resolve }: ZoneClock,
  t: Translate,
): Converted[] {
  const resolution = resolve(wallTime, zone);
  const exactly = (minute: string): string => wireInstant(Date.parse(minute) + wallTime.milliseconds);
  switch (resolution.kind) {
    case 'invalid':
      return [];
    case 'exact':
      return [utcInstant(exactly(resolution.instant), t, `${zone} · UTC${resolution.offset}`)];
    case 'overlap': {
      const { earlier, later } = resolution;
      return [
        utcInstant(exactly(earlier.instant), t, t('the first of two such times in {0}, UTC{1}', zone, earlier.offset)),
        utcInstant(exactly(later.instant), t, t('the second of two such times in {0}, UTC{1}', zone, later.offset)),
      ];
    }
    case 'gap': {
      const { date, time } = resolution.firstValid;
      const next = resolve(resolution.firstValid, zone);
      const note = t('This time does not exist in {0}; the next one is {1}.', zone, `${date} ${time}`);
      return next.kind === 'exact' ? [utcInstant(next.instant, t, note)] : [];
    }
  }
}

function utcInstant(value: string, t: Translate, note?: string): Converted {
  return { notation: t('UTC, as the API writes it'), value, ...(note !== undefined && { note }) };
}

function convertTimeZone(text: string, context: ConversionContext): readonly Converted[] {
  const ids = text.trim() === context.t('no time zone') ? [noTimeZone] : readTimeZone(text);
  if (ids.length === 0) return zonesLike(text, context);
  return ids.map((id) => (isNumber(text) ? timeZoneNameOf(id, context) : timeZoneId(id, context)));
}

/** Those of Nuki that serve for a zone or a city that Nuki does not list. */
function zonesLike(text: string, context: ConversionContext): readonly Converted[] {
  return zonesWithTheClockOf(text, context.now).flatMap(({ zone, ids }) => {
    const why = context.t('Nuki does not list {0}, which has the same clock all year.', zone);
    return ids.map((id) => {
      const listed = timeZoneId(id, context);
      return { ...listed, note: [listed.note, why].filter(Boolean).join(' · ') };
    });
  });
}

function timeZoneNameOf(id: number, context: ConversionContext): Converted {
  const name = timeZoneName(id) ?? context.t('no time zone');
  return { notation: context.t('Name'), value: name, note: zoneInWords(id, context) };
}

function timeZoneId(id: number, context: ConversionContext): Converted {
  return { notation: context.t('ID'), value: String(id), note: zoneInWords(id, context) };
}

function checkKeypadCode(text: string, { t }: ConversionContext): readonly Converted[] {
  const value = text.trim();
  if (!isKeypadCode(value)) return [];
  return [{ notation: t('Keypad code'), value, note: t('valid; whether it is free, only the keypad knows') }];
}

/** How many codes are offered to choose from. */
const codesOffered = 5;

function generateKeypadCodes({ t, randomInt }: ConversionContext): readonly Converted[] {
  const codes = new Set<string>();
  while (codes.size < codesOffered) codes.add(generateKeypadCode(codes, randomInt) ?? '');
  return [...codes].map((value) => ({ notation: t('Keypad code'), value, note: t('generated') }));
}

function convertFirmware(text: string, { t }: ConversionContext): readonly Converted[] {
  const number = readVersion(text);
  if (number !== undefined) return [{ notation: t('Number'), value: String(number) }];
  const isVersion = isNumber(text) && isVersionNumber(Number(text));
  return isVersion ? [{ notation: t('Version'), value: formatVersion(Number(text)) }] : [];
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text.trim());
}
