import { safeText, textLength } from '../../base/safeText.ts';
import type { Locale } from '../../base/locale.ts';
import type { FileProblem, ProblemKind } from '../../access/file/fileProblem.ts';
import { keypadNameBytes } from '../../nuki/authorization/authorization.ts';
import { dateText } from '../../nuki/time/typedTime.ts';
import { scheduleSentences } from './scheduleSentences.ts';

/** What is wrong with an access file, and how it is mended. Texts in them are as the file or the account has them. */
const sentences: Readonly<Record<ProblemKind, string>> = {
  ...scheduleSentences,
  tooLarge: "Access files can be up to 1 MB. This one is larger, so it isn't read.",
  tooDeep: 'Lists and fields are nested too deeply here.',
  tooMuch: 'This file has too many entries to be read.',
  controlCharacter: 'Remove the invisible character {0}.',
  syntax: "This isn't valid YAML. Check the quotes, brackets and indentation here.",
  tabs: 'Indent with spaces, not with tabs.',
  links: "Anchors and aliases (& and *) aren't followed. Write the value out, or put the text in quotes.",
  mergeKey: "Merge keys (<<) aren't followed. Write the fields out.",
  tag: "Tags (!) aren't used in access files. Remove the tag, or put the text in quotes.",
  directive: "Directives (%) aren't used in access files. Remove this line.",
  severalDocuments: 'An access file is a single YAML document. Move the second one to a file of its own.',
  keyNotText: 'The name of a field has to be text.',
  noFields: 'An access file begins with "version: 1" and has "doors" and "access".',
  duplicateKey: '"{0}" occurs twice. Keep one of them.',
  reservedKey: 'Use a name other than "{0}".',
  unknownKey: 'Unknown field "{0}". Remove it, or make it a comment.',
  secret:
    'An access file never holds codes, PINs or tokens. Remove "{0}". Keyturner generates a code when it adds an entry.',
  missing: '"{0}" is missing.',
  notText: '"{0}" has to be text. Put numbers, and words such as yes, in quotes.',
  notList: '"{0}" has to be a list.',
  notMap: '"{0}" has to have fields of its own.',
  notYesNo: '"{0}" has to be true or false.',
  minutesUnclear: '"{0}" has to be a whole number of minutes, up to 1440.',
  idUnclear: 'Enter the ID of the device, a whole number such as 21913877581.',
  versionUnknown: "This version of the format isn't supported. Use 1.",
  credentialUnknown: 'Use code, app or fob.',
  daysUnclear: 'Enter days in English, such as Mon-Fri or Sat, Sun.',
  hoursUnclear: 'Enter hours from 00:00 to 23:59, such as 09:00-17:00.',
  timeUnclear: 'Enter a time from 00:00 to 23:59, such as 15:00.',
  momentUnclear: 'Enter a date and a time, such as 2027-06-16 15:00.',
  emailUnclear: 'Enter an email address.',
  emptyText: '"{0}" is empty.',
  tooLong: '"{0}" can have up to {1} characters.',
  invisible: '"{0}" contains invisible characters or a combined emoji.',
  spacesAround: 'Remove the spaces around "{0}".',
  nameTooLong: 'Too long for a keypad: {0} of {1} bytes. Accented letters and emoji count more than once.',
  emailMissing: 'Add "{0}": an app or a fob belongs to an account user.',
  emailOfCode: 'A code belongs to no account user. Remove "{0}".',
  remoteNotApp: 'Only an app can be used remotely. Remove "remote".',
  noDoors: 'List at least one door.',
  doorUnknown: 'This file has no door "{0}".',
  doorTwice: '"{0}" is listed twice.',
  sameId: '"{0}" and "{1}" are the same device. Keep one of them.',
  keyTwice: 'Another entry already has the key "{0}".',
  emailTwice: 'The entry "{0}" already gives this person access to "{1}".',
  windowsOverlap: 'The entry "{0}" has the same name, and both are valid at the same time at "{1}". Use another name.',
  bookingUnknown: 'This file has no bookings called "{0}".',
  noSuchDoor: 'The account has no device with the ID {0}.',
  nameDisagrees: 'The device with this ID is called "{0}". Check the ID, or change the name.',
  noKeypad: '{0} has no keypad.',
  tooManyAtDoor: '{0} has room for {2} of these. The file has {1}.',
  timeSkipped: "{0} {1} doesn't exist in {2} because clocks go forward. The next valid time is {3} {4}.",
  timeTwice: 'Clocks go back that day, so {0} occurs twice. Add "earlier" or "later" after it.',
  noSuchDate: 'The calendar has no {1}.',
  alreadyExpired: 'The end is in the past, so this entry gives no access. You can remove it.',
  noDays: 'Enter at least one day.',
  unknownDays: 'Enter at least one day.',
  oneTimeOnly: 'Enter hours from 00:00 to 23:59, such as 09:00-17:00.',
  sameTimes: 'Start and end are the same. For no limit, remove "hours".',
  zoneUnknown: "The time zone of {0} is unknown, so days, hours and dates can't be set for it.",
  neverActive: 'This would never work: none of its days and hours falls between start and end.',
};

/** The same where the file has something that could be meant. */
const suggestions: Readonly<Partial<Record<ProblemKind, string>>> = {
  unknownKey: 'Unknown field "{0}". Did you mean "{1}"?',
  doorUnknown: 'This file has no door "{0}". Did you mean "{1}"?',
};

/** What is wrong at a place of an access file, as the editor shows it. */
export function placedProblem(problem: FileProblem, locale: Locale) {
  const { span, severity } = problem;
  return { ...span, severity, sentence: problemSentence(problem, locale) };
}

/** What is wrong at a place of an access file, in a sentence fit to be shown. */
export function problemSentence({ kind, values }: FileProblem, { t, language }: Locale): string {
  const shown = values.map((value) =>
    typeof value === 'string' ? safeText(dateText(value, language), textLength) : value,
  );
  const suggestion = shown.length > 1 ? suggestions[kind] : undefined;
  if (kind === 'nameTooLong') shown.push(keypadNameBytes);
  return t(suggestion ?? sentences[kind], ...shown);
}
