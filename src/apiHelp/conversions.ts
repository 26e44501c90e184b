import { generateKeypadCode, isKeypadCode } from '../nuki/authorization/keypadCode.ts';
import { deviceIdOf, hexOfDeviceId, readDeviceId, type ParsedDeviceId } from '../nuki/deviceId.ts';
import { formatVersion, readVersion } from '../nuki/firmwareVersion.ts';
import {
  formatTimeOfDay,
  formatTwelveHours,
  hasSeconds,
  minutesPerDay,
  readTimeOfDay,
} from '../nuki/time/timeOfDay.ts';
import { noTimeZone, readTimeZone, timeZoneName, zonesWithTheClockOf } from '../nuki/time/timeZones.ts';
import { readWallTime, type ExactWallTime } from '../nuki/time/wallTime.ts';
import { readWeekdays } from '../nuki/time/weekdays.ts';
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

/** The user's language, the time (ms since 1970), and the zone in which a clock is read that names none. */
export interface ConversionContext extends Locale {
  readonly now: number;
  readonly clock: ZoneClock;
}

interface ZoneClock {
  /** An IANA name. */
  readonly zone: string;
  readonly resolveWallTime: typeof resolveWallTime;
  readonly wallTimeAt: typeof wallTimeAt;
}

/** What a text can be, the surest first: of several ways to read `124` the one that comes first is the more usual. */
export const valueKinds = [
  'deviceId',
  'dateTime',
  'weekdays',
  'timeOfDay',
  'timeZone',
  'keypadCode',
  'firmware',
] as const;

export type ValueKind = (typeof valueKinds)[number];

/** A text as a value of one kind in every notation that it can be converted to; none where it cannot be read. */
export const conversions: Readonly<
  Record<ValueKind, (text: string, context: ConversionContext) => readonly Converted[]>
> = {
  deviceId: (text, context) => (isShort(text) ? [] : readDeviceId(text).flatMap((id) => convertDeviceId(id, context))),
  dateTime: convertDateTime,
  weekdays: convertWeekdays,
  timeOfDay: convertTimeOfDay,
  timeZone: convertTimeZone,
  keypadCode: checkKeypadCode,
  firmware: convertFirmware,
};

/** A text as every kind of value that it can be. */
export function readingsOf(text: string, context: ConversionContext): readonly (Converted & { kind: ValueKind })[] {
  return valueKinds.flatMap((kind) => conversions[kind](text, context).map((converted) => ({ ...converted, kind })));
}

/** What is offered before the user types: this moment. */
export function presentMoment({ now, t }: ConversionContext): Converted {
  return utcInstant(wireInstant(now), t, t('now'));
}

/** Too few digits for a device id: a word such as "add", or one of the API's other numbers. */
function isShort(text: string): boolean {
  return /^[\da-f]{0,6}$/i.test(text.trim());
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
    return [{ notation: t('Decimal ID'), value: String(deviceIdOf(type, bare)), note: kind }, hex];
  const hexWithType = type.toString(16).toUpperCase() + hex.value;
  return [
    { ...hex, note: kind },
    { notation: t('Hex ID with the device type'), value: hexWithType },
  ];
}

function integerIdOfType(type: number, from: ParsedDeviceId['notation'], bare: number, t: Translate): Converted {
  const kind = kindOfType(type, t);
  const value = String(deviceIdOf(type, bare));
  if (from === 'hex') return { notation: t('Decimal ID from hex, {0}', kind), value };
  const note = t('The Bridge API omits the device type that IDs of the Web API start with.');
  return { notation: t('Decimal ID from the Bridge API, {0}', kind), value, note };
}

function kindOfType(type: number, t: Translate): string {
  return kindInWords(type, { t }) ?? t('unknown kind ({0})', type);
}

function convertWeekdays(text: string, context: ConversionContext): readonly Converted[] {
  const { t, language } = context;
  const mask = readWeekdays(text, language);
  if (mask === undefined) return [];
  const binary = { notation: t('Days bitmask, binary'), value: `0b${mask.toString(2).padStart(7, '0')}` };
  const isMask = /^\d|^0b/i.test(text.trim());
  if (!isMask) return [weekdayMask(mask, context), binary];
  const note = mask === 0 ? t("Nuki doesn't document 0. Use 127 for every day.") : undefined;
  return [{ notation: t('Days of the bitmask'), value: daysInWords(mask, context) ?? '', note }, binary];
}

function weekdayMask(mask: number, context: ConversionContext): Converted {
  return { notation: context.t('Days bitmask'), value: String(mask), note: daysInWords(mask, context) };
}

function convertTimeOfDay(text: string, { t }: ConversionContext): readonly Converted[] {
  const minutes = readTimeOfDay(text);
  if (minutes === undefined) return [];
  const times = [
    { notation: t('Time of day, 24 hours'), value: formatTimeOfDay(minutes) ?? '' },
    { notation: t('Time of day, 12 hours'), value: formatTwelveHours(minutes) ?? '' },
  ];
  const [first = times[0], ...others] = isNumber(text)
    ? times
    : [{ notation: t('Minutes since midnight'), value: String(minutes) }, ...times];
  const note = timeOfDayNote(text, minutes, t);
  return first === undefined ? [] : [{ ...first, ...(note !== undefined && { note }) }, ...others];
}

function timeOfDayNote(text: string, minutes: number, t: Translate): string | undefined {
  if (minutes === minutesPerDay) return t('The API accepts 0 to 1439. For all day, use 0 and 0.');
  return hasSeconds(text) ? t('The API counts whole minutes, so seconds are dropped.') : undefined;
}

function convertDateTime(text: string, { t, clock }: ConversionContext): readonly Converted[] {
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
        utcInstant(exactly(earlier.instant), t, t('first occurrence in {0} (UTC{1})', zone, earlier.offset)),
        utcInstant(exactly(later.instant), t, t('second occurrence in {0} (UTC{1})', zone, later.offset)),
      ];
    }
    case 'gap': {
      const { date, time } = resolution.firstValid;
      const next = resolve(resolution.firstValid, zone);
      const note = t("This time doesn't exist in {0}. The next valid time is {1}.", zone, `${date} ${time}`);
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
    const why = context.t("Nuki doesn't list {0}. This zone has the same time all year.", zone);
    return ids.map((id) => {
      const listed = timeZoneId(id, context);
      return { ...listed, note: [listed.note, why].filter(Boolean).join(' · ') };
    });
  });
}

function timeZoneNameOf(id: number, context: ConversionContext): Converted {
  const name = timeZoneName(id) ?? context.t('no time zone');
  return { notation: context.t('Time zone'), value: name, note: zoneInWords(id, context) };
}

function timeZoneId(id: number, context: ConversionContext): Converted {
  return { notation: context.t('Time zone ID'), value: String(id), note: zoneInWords(id, context) };
}

function checkKeypadCode(text: string, { t }: ConversionContext): readonly Converted[] {
  const value = text.trim();
  if (!isKeypadCode(value)) return [];
  return [{ notation: t('Keypad code'), value, note: t('valid format (availability not checked)') }];
}

/** How many codes are offered to choose from. */
const codesOffered = 5;

/** Different codes to choose from. `randomInt(max)`: a whole number from 0 to below `max`, of a cryptographic source. */
export function generateKeypadCodes(randomInt: (max: number) => number): readonly string[] {
  const codes = new Set<string>();
  while (codes.size < codesOffered) codes.add(generateKeypadCode(codes, randomInt) ?? '');
  return [...codes];
}

/** The numbers of the versions 1.0.0 to 99.255.255: beyond these a number is something else. */
const versionNumbers = { first: 65_536, last: 100 * 65_536 - 1 };

function convertFirmware(text: string, { t }: ConversionContext): readonly Converted[] {
  const number = readVersion(text);
  if (number !== undefined) return [{ notation: t('Firmware version as a number'), value: String(number) }];
  const { first, last } = versionNumbers;
  const isVersion = isNumber(text) && Number(text) >= first && Number(text) <= last;
  return isVersion ? [{ notation: t('Firmware version'), value: formatVersion(Number(text)) }] : [];
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text.trim());
}
