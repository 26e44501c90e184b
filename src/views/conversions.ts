import { wireInstant } from '../nuki/authorization.ts';
import { deviceIdOf, hexOfDeviceId, readDeviceId, type DeviceIdReading } from '../nuki/deviceId.ts';
import { daysInWords, kindInWords, zoneInWords } from '../nuki/fields.ts';
import { formatVersion, isVersionNumber, readVersion } from '../nuki/firmwareVersion.ts';
import { generateKeypadCode, isKeypadCode } from '../nuki/keypadCode.ts';
import { kinds } from '../nuki/kinds.ts';
import { formatTimeOfDay, formatTwelveHours, readTimeOfDay } from '../nuki/timeOfDay.ts';
import { readTimeZone, timeZoneName, timeZones } from '../nuki/timeZones.ts';
import { readWeekdays, weekdayPresets } from '../nuki/weekdays.ts';
import type { Conversion, Converted, Converter, Noun } from './conversion.ts';
import { convertDateTime } from './dateConversion.ts';

/** What each noun is converted by. */
export const conversions: Readonly<Record<Noun, Conversion>> = {
  deviceId: { read: (text, converter) => readDeviceId(text).flatMap((reading) => idsOf(reading, converter)) },
  weekdays: { read: convertWeekdays, suggest: (converter) => weekdayPresets.map((mask) => maskOf(mask, converter)) },
  timeOfDay: { read: convertTimeOfDay },
  dateTime: {
    read: convertDateTime,
    suggest: ({ now, say }) => [{ as: say('UTC, as the API writes it'), value: wireInstant(now), note: say('now') }],
  },
  timeZone: { read: convertTimeZone, suggest: (converter) => timeZones.map((_, id) => idOfZone(id, converter)) },
  keypadCode: { read: checkKeypadCode, suggest: generateKeypadCodes },
  firmware: { read: convertFirmware },
};

/** The types, the latest hardware first: who converts today most likely has it. */
const typesByAge = Object.keys(kinds).map(Number).toReversed();

function idsOf({ notation, type, bare }: DeviceIdReading, { say }: Converter): readonly Converted[] {
  const hex = hexOfDeviceId(bare);
  if (type === undefined) {
    const ids = typesByAge.map((each) => ({
      as: say(
        notation === 'hex' ? 'Integer ID from hex, {0}' : 'Integer ID from the Bridge API, {0}',
        kindOfType(each, say),
      ),
      value: String(deviceIdOf(each, bare)),
      note:
        notation === 'hex' ? undefined : say('The Bridge API leaves out the device type that the Web API puts first.'),
    }));
    return notation === 'hex' ? ids : [{ as: say('Hex ID'), value: hex }, ...ids];
  }
  const typed = { as: say('Hex ID with the device type'), value: type.toString(16).toUpperCase() + hex };
  const integer = { as: say('Integer ID'), value: String(deviceIdOf(type, bare)), note: kindOfType(type, say) };
  return [
    notation === 'hex' ? integer : { as: say('Hex ID'), value: hex, note: kindOfType(type, say) },
    notation === 'hex' ? { as: say('Hex ID'), value: hex } : typed,
  ];
}

function kindOfType(type: number, say: Converter['say']): string {
  return kindInWords(type, { say }) ?? say('unknown kind ({0})', type);
}

function convertWeekdays(text: string, converter: Converter): readonly Converted[] {
  const { say, language } = converter;
  const mask = readWeekdays(text, language);
  if (mask === undefined) return [];
  const binary = { as: say('Binary'), value: `0b${mask.toString(2).padStart(7, '0')}` };
  if (!/^\d|^0b/i.test(text.trim())) return [maskOf(mask, converter), binary];
  const note = mask === 0 ? say('0 is documented nowhere; 127 means every day.') : undefined;
  return [{ as: say('Days'), value: daysInWords(mask, converter) ?? '', note }, binary];
}

function maskOf(mask: number, converter: Converter): Converted {
  return { as: converter.say('Mask'), value: String(mask), note: daysInWords(mask, converter) };
}

function convertTimeOfDay(text: string, { say }: Converter): readonly Converted[] {
  const minutes = readTimeOfDay(text);
  if (minutes === undefined) return [];
  const clock = [
    { as: say('24 hours'), value: formatTimeOfDay(minutes) ?? '' },
    { as: say('12 hours'), value: formatTwelveHours(minutes) ?? '' },
  ];
  const isNumber = /^\d+$/.test(text.trim());
  return isNumber ? clock : [{ as: say('Minutes since midnight'), value: String(minutes) }, ...clock];
}

function convertTimeZone(text: string, converter: Converter): readonly Converted[] {
  const isNumber = /^\d+$/.test(text.trim());
  return readTimeZone(text).map((id) => {
    if (!isNumber) return idOfZone(id, converter);
    const name = timeZoneName(id) ?? converter.say('no time zone');
    return { as: converter.say('Name'), value: name, note: zoneInWords(id, converter) };
  });
}

function idOfZone(id: number, converter: Converter): Converted {
  return { as: converter.say('ID'), value: String(id), note: zoneInWords(id, converter) };
}

function checkKeypadCode(text: string, { say }: Converter): readonly Converted[] {
  const code = text.trim();
  return isKeypadCode(code)
    ? [{ as: say('Keypad code'), value: code, note: say('valid; whether it is free, only the keypad knows') }]
    : [];
}

/** How many codes are offered to choose from. */
const codesOffered = 5;

function generateKeypadCodes({ say, randomInt }: Converter): readonly Converted[] {
  const codes = new Set<string>();
  while (codes.size < codesOffered) codes.add(generateKeypadCode(codes, randomInt) ?? '');
  return [...codes].map((value) => ({ as: say('Keypad code'), value, note: say('generated') }));
}

function convertFirmware(text: string, { say }: Converter): readonly Converted[] {
  const number = readVersion(text);
  if (number !== undefined) return [{ as: say('Number'), value: String(number) }];
  const isNumber = /^\d+$/.test(text.trim()) && isVersionNumber(Number(text));
  return isNumber ? [{ as: say('Version'), value: formatVersion(Number(text)) }] : [];
}
