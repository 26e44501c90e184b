import { deepEqual } from '../../base/deepEqual.ts';
import { isDate } from '../../nuki/time/typedTime.ts';
import type { WallTime } from '../../nuki/time/zonedTime.ts';

/** A stay, as a calendar or a table says it. */
export interface Booking {
  /** The UID of a calendar, or what stands in the table's column for it. */
  readonly id: string;
  /** Which event of the calendar or which row of the table it is, from 1; the titles are row 1. */
  readonly place: number;
  readonly from: BookingTime;
  readonly until: BookingTime;
  /** Only of a table with a column for it: calendars of booking platforms have no names. */
  readonly name?: string | undefined;
}

/** A day, on which the door's own check-in or check-out counts; a time by the clock of each door; or an instant in ms since 1970. */
export type BookingTime =
  | { readonly kind: 'day'; readonly date: string }
  | ({ readonly kind: 'wall'; readonly seconds: number } & WallTime)
  | { readonly kind: 'instant'; readonly instant: number };

/** Why one event or row is no booking that can be used. */
export type BookingProblemKind =
  | 'noId'
  /** A date is missing, or is none. */
  | 'noDate'
  /** A date of which no one knows which number is the month, or that lacks its year. */
  | 'unclearDate'
  /** It does not end after it begins. */
  | 'order'
  /** A time zone that no one knows by this name. */
  | 'zone'
  /** An event that comes again and again. */
  | 'repeats'
  /** Two with one id contradict each other. */
  | 'twice'
  /** It has a time of its own, and the zone of a door is not known. */
  | 'doorZone';

export interface BookingProblem {
  readonly kind: BookingProblemKind;
  readonly place: number;
  readonly id?: string | undefined;
}

/** Why nothing of a file is used. */
export type ListRefusal = 'tooLarge' | 'tooMany' | 'notACalendar' | 'notATable' | 'notUtf8' | 'quotes' | 'noColumn';

export type BookingList =
  | { readonly kind: 'bookings'; readonly bookings: readonly Booking[]; readonly problems: readonly BookingProblem[] }
  | {
      readonly kind: 'refused';
      readonly why: ListRefusal;
      /** The titles of columns that a table lacks. */
      readonly lacks?: readonly string[];
    };

/** More events or rows are not read. */
export const mostBookings = 2_000;

/** A larger calendar or table is not read. In bytes, and in UTF-16 code units. */
export const largestList = 1_048_576;

/** What was found at one place of a calendar or a table. */
export interface Found {
  readonly place: number;
  readonly id: string | undefined;
  /** Of several with one id the highest counts. */
  readonly sequence: number;
  readonly is: 'cancelled' | BookingProblemKind | Pick<Booking, 'from' | 'until' | 'name'>;
}

/** The bookings in what was found: one for each id. What contradicts itself is a problem and not a booking. */
export function bookingsIn(found: readonly Found[]): BookingList {
  const byId = Map.groupBy(
    found.map((each) => (each.id === undefined ? each : inOrder(each))),
    ({ id }) => id,
  );
  const outcomes = [...byId].flatMap(([id, all]) => (id === undefined ? all.map(withoutId) : oneOf(all)));
  return {
    kind: 'bookings',
    bookings: outcomes.flatMap(({ id = '', place, is }) => (typeof is === 'string' ? [] : [{ id, place, ...is }])),
    problems: outcomes.flatMap(({ id, place, is }) =>
      typeof is === 'string' && is !== 'cancelled' ? [{ kind: is, id, place }] : [],
    ),
  };
}

function withoutId(found: Found): Found {
  return { ...found, is: found.is === 'cancelled' ? 'cancelled' : 'noId' };
}

function oneOf(all: readonly Found[]): readonly Found[] {
  const repeating = all.filter(({ is }) => is === 'repeats');
  if (repeating.length > 0) return repeating.slice(0, 1);
  const newest = Math.max(...all.map(({ sequence }) => sequence));
  const [first, ...others] = all.filter(({ sequence }) => sequence === newest);
  if (!first) return [];
  return [others.every(({ is }) => deepEqual(is, first.is)) ? first : { ...first, is: 'twice' }];
}

function inOrder(found: Found): Found {
  const { is } = found;
  if (typeof is === 'string' || is.from.kind !== is.until.kind) return found;
  return sortable(is.from) < sortable(is.until) ? found : { ...found, is: 'order' };
}

/** Of two of one kind, the text of the earlier one comes first. */
function sortable(time: BookingTime): string {
  if (time.kind === 'instant') return String(time.instant).padStart(16, '0');
  return time.kind === 'day' ? time.date : `${time.date} ${time.time}:${String(time.seconds).padStart(2, '0')}`;
}

/** Whether a date is one of the calendar, and of a year in which doors are opened by codes. */
export function isBookingDate(date: string): boolean {
  return date.startsWith('20') && isDate(date);
}
