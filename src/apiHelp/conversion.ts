import type { Translate, Locale } from '../base/locale.ts';
import { keypadCodeProblem, keypadCodeSentences } from '../nuki/authorization/keypadCode.ts';
import type { resolveWallTime, wallTimeAt } from '../nuki/time/zonedTime.ts';

/** What is converted, as the commands name it. */
export const nouns = ['deviceId', 'weekdays', 'timeOfDay', 'dateTime', 'timeZone', 'keypadCode', 'firmware'] as const;

export type Noun = (typeof nouns)[number];

/** A text as it reads in another notation. */
export interface Converted {
  /** The notation, the same for every text that is read this way. */
  readonly as: string;
  readonly value: string;
  /** What else there is to know of this one. */
  readonly note?: string | undefined;
}

/** Who converts and when (ms since 1970), with what the notations need of the world. */
export interface Converter extends Locale {
  readonly now: number;
  /** A whole number from 0 to below `max`, of a cryptographic source. */
  readonly randomInt: (max: number) => number;
  /** Only for dates: an IANA zone, and how its clock is read. */
  readonly clock?: {
    readonly zone: string;
    readonly resolveWallTime: typeof resolveWallTime;
    readonly wallTimeAt: typeof wallTimeAt;
  };
}

export interface Conversion {
  /** A text in every notation that it can be put in; none where it is not what is converted. */
  readonly read: (text: string, converter: Converter) => readonly Converted[];
  /** What may be wanted before anything is typed. */
  readonly suggest?: (converter: Converter) => readonly Converted[];
}

/** What the field that one types into is headed by. */
export const conversionTitles: Readonly<Record<Noun, string>> = {
  deviceId: 'Convert Device ID',
  weekdays: 'Convert Weekdays',
  timeOfDay: 'Convert Time of Day',
  dateTime: 'Convert Date and Time',
  timeZone: 'Convert Time Zone',
  keypadCode: 'Check or Generate Keypad Code',
  firmware: 'Convert Firmware Version',
};

/** What may be typed. */
export const conversionHints: Readonly<Record<Noun, string>> = {
  deviceId: 'A device ID: 21913877581, 1A2B3C4D, 0x51A2B3C4D',
  weekdays: 'A mask or days: 124, Mon–Fri, sat sun',
  timeOfDay: 'A time of day: 09:00, 9:00 AM, 540',
  dateTime: 'A date and time: 2027-06-16 10:30, 2027-06-16T08:30:00.000Z',
  timeZone: 'A time zone: 37, Europe/Berlin, berlin',
  keypadCode: 'A keypad code to check, or one of these',
  firmware: 'A firmware version: 329988, 5.9.4',
};

const unreadable: Readonly<Record<Exclude<Noun, 'keypadCode'>, string>> = {
  deviceId:
    'This is not a device ID. One is an integer up to 9007199254740991, or hex digits with or without the device type.',
  weekdays: 'These are not weekdays. A mask is 0 to 127, a day has two letters at least.',
  timeOfDay: 'This is not a time of day. Write 00:00 to 24:00, or 0 to 1440 minutes.',
  dateTime: 'This is not a date and time. Write 2027-06-16 10:30, or an instant that ends in Z.',
  timeZone: 'Nuki has no such time zone: ids are 0 to 45, and 65535 for none.',
  firmware: 'This is not a firmware version. Write x.y.z, or its number.',
};

/** Why a text is not converted. */
export function whyNot(noun: Noun, text: string, t: Translate): string {
  if (noun !== 'keypadCode') return t(unreadable[noun]);
  return t(keypadCodeSentences[keypadCodeProblem(text.trim()) ?? 'length']);
}
