import type { Locale } from '../../base/locale.ts';
import { dateLanguage } from '../../nuki/authorization/schedule.ts';
import type { ScheduleNote, ScheduleProblem } from '../../nuki/authorization/scheduleRules.ts';
import { clockTime } from '../../nuki/time/timeOfDay.ts';

/** What is wrong with a schedule, and how it is mended. */
export const scheduleSentences: Readonly<Record<ScheduleProblem, string>> = {
  format: 'Enter a date and a time that exist.',
  noSuchDate: 'Enter a date and a time that exist.',
  untilBeforeFrom: 'This is before it begins.',
  empty: 'It ends when it begins.',
  alreadyExpired: 'This has passed: nobody would be let in, and a place on the lock would be taken.',
  integer: 'Enter a time such as 09:00.',
  noDays: 'Choose at least one day.',
  unknownDays: 'Choose at least one day.',
  oneTimeOnly: 'Enter both times, or choose all day.',
  minutesRange: 'Enter times from 00:00 to 23:59.',
  sameTimes: 'Both times are the same. Choose all day if there is to be no limit.',
  overnight: 'These hours reach over midnight, which locks do not do. Two authorizations can.',
  zoneUnknown: 'The time zone of the lock is not known: only dates can be limited, in UTC.',
  neverActive: 'It would never open: no chosen day and hour lies between the dates.',
};

/** What is worth knowing of a schedule. */
export function noteSentence(note: ScheduleNote, { t, language }: Locale): string {
  switch (note.kind) {
    case 'startInPast':
      return t('It begins in the past: it is valid at once.');
    case 'noEnd':
      return t('It has no end: somebody has to delete it one day.');
    case 'doubtfulZone':
      return t("The lock's firmware may count summer time otherwise: test the hours at the lock.");
    case 'skipped':
    case 'shortened':
    case 'repeated': {
      const day = new Intl.DateTimeFormat(dateLanguage(language), { dateStyle: 'medium', timeZone: 'UTC' });
      const date = day.format(Date.parse(`${note.date}T12:00:00Z`));
      return t(clockChangeSentences[note.kind], date, clockTime(note.from), clockTime(note.until));
    }
  }
}

const clockChangeSentences = {
  skipped: 'On {0} clocks are put forward from {1} to {2}: the door does not open that day.',
  shortened: 'On {0} clocks are put forward: the hours from {1} to {2} are missing that day.',
  repeated: 'On {0} clocks are put back: the hours from {1} to {2} come twice that day.',
} as const;
