import type { Locale } from '../../base/locale.ts';
import { dateFormat } from '../../nuki/time/dateFormat.ts';
import type { ScheduleNote, ScheduleProblem } from '../../nuki/authorization/scheduleRules.ts';
import { clockTime } from '../../nuki/time/timeOfDay.ts';

/** What is wrong with a schedule, and how it is mended. */
export const scheduleSentences: Readonly<Record<ScheduleProblem, string>> = {
  format: 'Enter a valid date and time.',
  noSuchDate: 'Enter a valid date and time.',
  untilBeforeFrom: 'The end is before the start.',
  empty: 'Start and end are the same.',
  alreadyExpired: 'The end is in the past. This authorization would never work, but would use up a slot.',
  integer: 'Enter a time such as 09:00.',
  noDays: 'Select at least one day.',
  unknownDays: 'Select at least one day.',
  oneTimeOnly: 'Enter both times, or select All day.',
  minutesRange: 'Enter times from 00:00 to 23:59.',
  sameTimes: 'Start and end are the same. For no limit, select All day.',
  overnight: "An authorization can't cross midnight. Split it into two.",
  zoneUnknown: "The lock's time zone is unknown. You can only set dates, in UTC.",
  neverActive: 'This would never work: none of the selected days and hours falls between start and end.',
};

/** What is worth knowing of a schedule. */
export function noteSentence(note: ScheduleNote, { t, language }: Locale): string {
  switch (note.kind) {
    case 'startInPast':
      return t('The start is in the past, so it takes effect immediately.');
    case 'noEnd':
      return t('No end date: it stays valid until someone deletes it.');
    case 'doubtfulZone':
      return t("The lock's firmware may handle daylight saving time differently. Test the hours at the lock.");
    case 'skipped':
    case 'shortened':
    case 'repeated': {
      const day = dateFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
      const date = day.format(Date.parse(`${note.date}T12:00:00Z`));
      return t(clockChangeSentences[note.kind], date, clockTime(note.from), clockTime(note.until));
    }
  }
}

const clockChangeSentences = {
  skipped: "On {0}, clocks go forward from {1} to {2}. This authorization won't work that day.",
  shortened: 'On {0}, clocks go forward and {1}–{2} is skipped.',
  repeated: 'On {0}, clocks go back and {1}–{2} occurs twice.',
} as const;
