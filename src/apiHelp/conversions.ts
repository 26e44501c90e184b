import { wireInstant } from '../nuki/time/instant.ts';
import { deviceIdOf, hexOfDeviceId, readDeviceId, type ParsedDeviceId } from '../nuki/deviceId.ts';
import { daysInWords, kindInWords, zoneInWords } from './fields.ts';
import { formatVersion, isVersionNumber, readVersion } from '../nuki/firmwareVersion.ts';
import { generateKeypadCode, isKeypadCode } from '../nuki/authorization/keypadCode.ts';
import { kinds } from '../nuki/vocabulary/kinds.ts';
import { formatTimeOfDay, formatTwelveHours, readTimeOfDay } from '../nuki/time/timeOfDay.ts';
import { readTimeZone, timeZoneName, timeZones } from '../nuki/time/timeZones.ts';
import { readWeekdays, weekdayPresets } from '../nuki/time/weekdays.ts';
import type { Conversion, Converted, Converter, Noun } from './conversion.ts';
import { convertDateTime } from './dateConversion.ts';

/** What each noun is converted by. */
export const conversions: Readonly<Record<Noun, Conversion>> = {
  deviceId: { read: (text, converter) => readDeviceId(text).flatMap((reading) => idsOf(reading, converter)) },
  weekdays: { read: convertWeekdays, suggest: (converter) => weekdayPresets.map((mask) => maskOf(mask, converter)) },
  timeOfDay: { read: convertTimeOfDay },
  dateTime: {
    read: convertDateTime,
    suggest: ({ now, t }) => [{ as: t('UTC, as the API writes it'), value: wireInstant(now), note: t('now') }],
  },
  timeZone: { read: convertTimeZone, suggest: (converter) => timeZones.map((_, id) => idOfZone(id, converter)) },
  keypadCode: { read: checkKeypadCode, suggest: generateKeypadCodes },
  firmware: { read: convertFirmware },
};

/** The types, the latest hardware first: who converts today most likely has it. */
const typesByAge = Object.keys(kinds).map(Number).toReversed();

function idsOf({ notation, type, bare }: ParsedDeviceId, { t }: Converter): readonly Converted[] {
  const hex = hexOfDeviceId(bare);
  if (type === undefined) {
    const ids = typesByAge.map((each) => ({
      as: t(
        notation === 'hex' ? 'Integer ID from hex, {0}' : 'Integer ID from the Bridge API, {0}',
        kindOfType(each, t),
      ),
      value: String(deviceIdOf(each, bare)),
      note:
        notation === 'hex' ? undefined : t('The Bridge API leaves out the device type that the Web API puts first.'),
    }));
    return notation === 'hex' ? ids : [{ as: t('Hex ID'), value: hex }, ...ids];
  }
  const typed = { as: t('Hex ID with the device type'), value: type.toString(16).toUpperCase() + hex };
  const integer = { as: t('Integer ID'), value: String(deviceIdOf(type, bare)), note: kindOfType(type, t) };
  return [
    notation === 'hex' ? integer : { as: t('Hex ID'), value: hex, note: kindOfType(type, t) },
    notation === 'hex' ? { as: t('Hex ID'), value: hex } : typed,
  ];
}

function kindOfType(type: number, t: Converter['t']): string {
  return kindInWords(type, { t }) ?? t('unknown kind ({0})', type);
}

function convertWeekdays(text: string, converter: Converter): readonly Converted[] {
  const { t, language } = converter;
  const mask = readWeekdays(text, language);
  if (mask === undefined) return [];
  const binary = { as: t('Binary'), value: `0b${mask.toString(2).padStart(7, '0')}` };
  if (!/^\d|^0b/i.test(text.trim())) return [maskOf(mask, converter), binary];
  const note = mask === 0 ? t('0 is documented nowhere; 127 means every day.') : undefined;
  return [{ as: t('Days'), value: daysInWords(mask, converter) ?? '', note }, binary];
}

function maskOf(mask: number, converter: Converter): Converted {
  return { as: converter.t('Mask'), value: String(mask), note: daysInWords(mask, converter) };
}

function convertTimeOfDay(text: string, { t }: Converter): readonly Converted[] {
  const minutes = readTimeOfDay(text);
  if (minutes === undefined) return [];
  const clock = [
    { as: t('24 hours'), value: formatTimeOfDay(minutes) ?? '' },
    { as: t('12 hours'), value: formatTwelveHours(minutes) ?? '' },
  ];
  const isNumber = /^\d+$/.test(text.trim());
  return isNumber ? clock : [{ as: t('Minutes since midnight'), value: String(minutes) }, ...clock];
}

function convertTimeZone(text: string, converter: Converter): readonly Converted[] {
  const isNumber = /^\d+$/.test(text.trim());
  return readTimeZone(text).map((id) => {
    if (!isNumber) return idOfZone(id, converter);
    const name = timeZoneName(id) ?? converter.t('no time zone');
    return { as: converter.t('Name'), value: name, note: zoneInWords(id, converter) };
  });
}

function idOfZone(id: number, converter: Converter): Converted {
  return { as: converter.t('ID'), value: String(id), note: zoneInWords(id, converter) };
}

function checkKeypadCode(text: string, { t }: Converter): readonly Converted[] {
  const code = text.trim();
  return isKeypadCode(code)
    ? [{ as: t('Keypad code'), value: code, note: t('valid; whether it is free, only the keypad knows') }]
    : [];
}

/** How many codes are offered to choose from. */
const codesOffered = 5;

function generateKeypadCodes({ t, randomInt }: Converter): readonly Converted[] {
  const codes = new Set<string>();
  while (codes.size < codesOffered) codes.add(generateKeypadCode(codes, randomInt) ?? '');
  return [...codes].map((value) => ({ as: t('Keypad code'), value, note: t('generated') }));
}

function convertFirmware(text: string, { t }: Converter): readonly Converted[] {
  const number = readVersion(text);
  if (number !== undefined) return [{ as: t('Number'), value: String(number) }];
  const isNumber = /^\d+$/.test(text.trim()) && isVersionNumber(Number(text));
  return isNumber ? [{ as: t('Version'), value: formatVersion(Number(text)) }] : [];
}
