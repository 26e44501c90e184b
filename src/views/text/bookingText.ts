import type { BookingChanges } from '../../access/bookings/bookings.ts';
import type {
  BookingList,
  BookingProblem,
  BookingProblemKind,
  ListRefusal,
} from '../../access/bookings/bookingList.ts';
import { safeText, textLength } from '../../base/safeText.ts';
import type { Translate } from '../../base/locale.ts';
import { outcomeDocument } from './outcomeDocument.ts';

/** Why nothing of a file is used, with its name and the titles that it lacks. */
const refusals: Readonly<Record<ListRefusal, string>> = {
  tooLarge: '{0} is larger than 1 MB, so it is not read.',
  tooMany: '{0} has more than 2,000 bookings, so it is not read.',
  notACalendar: "{0} isn't a complete calendar, so it is not read. Download it again.",
  notATable:
    "{0} isn't a table of bookings. Its first row must have the titles of the columns: three or more, all different.",
  notUtf8: "{0} isn't saved as UTF-8, so it can't be read. Save it as UTF-8, then try again.",
  quotes: "{0} has a quotation mark that isn't closed, so it is not read.",
  noColumn: '{0} lacks columns that the access file names: {1}.',
};

const problems: Readonly<Record<BookingProblemKind, string>> = {
  noId: 'It has no ID.',
  noDate: 'A date is missing or unreadable.',
  unclearDate: "It isn't clear which number is the day, the month or the year.",
  order: "The departure isn't after the arrival.",
  zone: 'Its time zone is unknown.',
  repeats: "Repeating events aren't read.",
  twice: 'Bookings with the same ID contradict each other.',
  doorZone: 'It has times of its own, and the time zone of a door is unknown.',
};

/** Why nothing of a file is used. `name`: of the file, fit to be shown. */
export function listRefusalText(
  { why, lacks = [] }: Omit<Extract<BookingList, { kind: 'refused' }>, 'kind'>,
  name: string,
  t: Translate,
): string {
  return t(refusals[why], name, lacks.map((title) => safeText(title)).join(', '));
}

/** Why one event or row is no booking that can be used. */
export function bookingProblemText(kind: BookingProblemKind, t: Translate): string {
  return t(problems[kind]);
}

/** What was skipped and why, as a document. `name`: of the calendar or table, fit to be shown. */
export function skippedBookings(
  skipped: readonly BookingProblem[],
  kind: 'calendar' | 'table',
  name: string,
  t: Translate,
): string {
  const columns = [kind === 'calendar' ? t('Event') : t('Row'), t('ID'), t('Reason')];
  return outcomeDocument(t('Skipped bookings of {0}', name), [
    t('The entries that the access file has for these bookings were left as they are.'),
    {
      columns,
      rows: skipped.map(({ place, id = '', kind: why }) => [
        String(place),
        safeText(id, textLength),
        bookingProblemText(why, t),
      ]),
    },
  ]);
}

/** What has changed in an access file: `top5.ics: 3 added, 1 skipped.` `name`: of the calendar or table, fit to be shown. */
export function bookingOutcome(
  { added, changed, removed, over, problems: skipped }: BookingChanges,
  name: string,
  t: Translate,
): string {
  const counts = [
    ...(added > 0 ? [t('{0} added', added)] : []),
    ...(changed > 0 ? [t('{0} changed', changed)] : []),
    ...(removed > 0 ? [t('{0} removed', removed)] : []),
    ...(over > 0 ? [t('{0} ended', over)] : []),
  ];
  const parts = [
    ...(counts.length > 0 ? counts : [t('no changes')]),
    ...(skipped.length > 0 ? [t('{0} skipped', skipped.length)] : []),
  ];
  const outcome = t('{0}: {1}.', name, parts.join(', '));
  return counts.length > 0 ? `${outcome} ${t('Look at the changes, then save the access file.')}` : outcome;
}
