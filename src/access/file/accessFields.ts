import type { Credential } from '../../nuki/authorization/credential.ts';
import type { Moment } from './accessFile.ts';
import type { Hours } from './fileWords.ts';
import type { FileNode } from './yamlFile.ts';

/** What a field of each type says. */
export interface FieldValues {
  readonly text: string;
  /** A text without spaces around it. */
  readonly identifier: string;
  readonly email: string;
  readonly id: number;
  readonly version: 1;
  readonly yesNo: boolean;
  readonly minutes: number;
  readonly credential: Credential;
  /** The bits of `allowedWeekDays`. */
  readonly days: number;
  readonly hours: Hours;
  /** In minutes since midnight. */
  readonly time: number;
  readonly moment: Moment;
  /** The aliases of doors: at least one, each once. */
  readonly doors: readonly string[];
  /** What has fields of its own. */
  readonly part: FileNode;
}

export interface Field<T extends keyof FieldValues = keyof FieldValues> {
  readonly type: T;
  readonly isRequired: boolean;
  /** For people: the JSON Schema has it, and hovers. */
  readonly description: string;
}

function required<T extends keyof FieldValues>(type: T, description: string): Field<T> {
  return { type, isRequired: true, description };
}

function optional<T extends keyof FieldValues>(type: T, description: string): Field<T> {
  return { type, isRequired: false, description };
}

export const fileFields = {
  $schema: optional('text', 'The JSON Schema of this file, for editors.'),
  version: required('version', 'The version of the format: 1.'),
  doors: required('part', 'The doors of the file, each under a short name that its entries use.'),
  access: required('part', 'Who may enter when: a list of entries.'),
  bookings: optional('part', 'Where bookings come from, each source under a name of its own.'),
};

export const doorFields = {
  id: required('id', 'The ID of the device. It decides which door is meant.'),
  name: required('text', 'The name of the device, for people who read the file. The device must have this name.'),
  checkIn: optional('time', "When bookings begin on their day of arrival, in the lock's time zone: 15:00."),
  checkOut: optional('time', "When bookings end on their day of departure, in the lock's time zone: 10:00."),
  bufferBefore: optional('minutes', 'How many minutes earlier a guest may enter.'),
  bufferAfter: optional('minutes', 'How many minutes later a guest may still enter.'),
};

export const entryFields = {
  key: required('identifier', 'Identifies the entry: unique in the file, and the same after its name changes.'),
  name: required('text', 'The name on the lock: up to 20 bytes for a code, 32 characters for an app or a fob.'),
  doors: required('doors', 'The doors that the entry opens, by their short names.'),
  by: required('credential', 'How the door is opened: with a keypad code, the Nuki app or a fob.'),
  email: optional('email', 'Whose app or fob it is: the email address of the account user.'),
  remote: optional('yesNo', 'Whether the app can also be used remotely.'),
  enabled: optional('yesNo', 'Whether the authorization is enabled.'),
  days: optional('days', 'The days on which the door opens, in English: Mon-Fri, Sun.'),
  hours: optional('hours', "The hours in which the door opens, in the lock's time zone: 09:00-17:00."),
  from: optional('moment', "When access begins, in the lock's time zone: 2027-06-16 15:00."),
  until: optional('moment', "When access ends, in the lock's time zone: 2027-06-30 10:00."),
  booking: optional('text', 'The source of bookings that the entry came from.'),
};

export const sourceFields = {
  doors: required('doors', 'The doors that these bookings open, by their short names.'),
  columns: optional('part', 'The columns of the table, by their titles. A calendar has none.'),
};

export const columnFields = {
  id: required('text', 'The column with the ID of the booking.'),
  arrival: required('text', 'The column with the day of arrival.'),
  departure: required('text', 'The column with the day of departure.'),
  name: optional('text', 'The column with the name of the guest.'),
};
