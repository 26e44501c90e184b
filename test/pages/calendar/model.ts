// What a host might say to the page: a home with three doors, and one with as many as are wanted.
import { calendarTexts } from '../../../src/webview/host/calendar/calendarTexts.ts';
import {
  rowsPerPage,
  type CalendarModel,
  type Day,
  type Row,
  type Stretch,
} from '../../../src/webview/protocol/calendar.ts';
import { inEnglish } from '../../../src/base/locale.ts';

const minutesPerDay = 1_440;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export const texts = calendarTexts(inEnglish);

function daysOf(count: number): readonly Day[] {
  return Array.from({ length: count }, (_, index) => ({
    label: `${weekdays[index % 7]} ${index + 1}`,
    short: String(index + 1),
    spoken: `${weekdays[index % 7]}, ${index + 1} June`,
    isToday: index === 3,
    isWeekend: index % 7 > 4,
  }));
}

const plain: Row = {
  key: 0,
  isUnfolded: null,
  name: '',
  detail: '',
  marks: [],
  bars: [],
  counts: [],
  clockChanges: [],
  now: 3 * minutesPerDay + 840,
  cells: [],
  opens: 'edit',
};

function daily(days: number, from: number, until: number): readonly Stretch[] {
  return Array.from({ length: days }, (_, day) => ({
    from: day * minutesPerDay + from,
    until: day * minutesPerDay + until,
  }));
}

const always = [{ from: 0, until: 7 * minutesPerDay, certainty: 'sure' as const }];
const mornings = daily(7, 480, 720).map((stretch) => ({ ...stretch, certainty: 'sure' as const }));
const unsure = daily(7, 600, 960).map((stretch) => ({ ...stretch, certainty: 'unsure' as const }));
const summer = [{ from: 6 * minutesPerDay + 120, until: 6 * minutesPerDay + 180, kind: 'gap' as const }];
const twoOrThree = [
  { from: 0, until: minutesPerDay, sure: 2, possible: 2 },
  { from: minutesPerDay, until: 7 * minutesPerDay, sure: 2, possible: 3 },
];

function numbered(rows: readonly Partial<Row>[]): readonly Row[] {
  return rows.map((row, key) => ({ ...plain, cells: daysOf(7).map(() => '08:00–12:00'), ...row, key }));
}

const rows = numbered([
  { name: 'Front Door', detail: '5 · Europe/Vienna', isUnfolded: true, counts: twoOrThree, opens: 'create' },
  { name: 'Anna', bars: always },
  { name: 'Clara', detail: 'Mon–Fri 08–12', bars: mornings },
  {
    name: 'Dora',
    marks: [{ kind: 'disabled', words: 'disabled' }],
    bars: always.map((bar) => ({ ...bar, certainty: 'off' })),
    cells: daysOf(7).map(() => ''),
  },
  { name: 'Emil', marks: [{ kind: 'expired', words: 'expired' }], cells: daysOf(7).map(() => '') },
  {
    name: 'Gerda',
    marks: [{ kind: 'expiring', words: 'until 3 Jun' }],
    bars: [{ from: 0, until: 3_000, certainty: 'sure' }],
  },
  { name: 'Ida', marks: [{ kind: 'unconfirmed', words: 'not yet confirmed' }], bars: unsure, clockChanges: summer },
  { name: 'Plumber', marks: [{ kind: 'pending', words: 'waiting for the lock' }], bars: unsure, opens: null },
  {
    name: 'Garage',
    detail: '2 · Asia/Tokyo',
    isUnfolded: false,
    counts: twoOrThree,
    opens: 'create',
    marks: [{ kind: 'unknown', words: 'not synced since 09:00' }],
  },
]);

/** A week of three doors. */
export const week: CalendarModel = {
  accountId: '7',
  heading: 'Access Calendar',
  subheading: 'Home · as of 14:02',
  language: 'en',
  texts,
  view: { order: 'doors', period: 'week', form: 'picture', date: '', smartlockId: null },
  period: '1–7 Jun 2026',
  days: daysOf(7),
  today: '2026-06-04',
  notes: ['On 7 Jun 2026, clocks go forward and 02:00–03:00 is skipped.'],
  isBusy: false,
  revision: 1,
  rowCount: rows.length,
  pages: [{ from: 0, rows }],
};

/** One door alone, with what the account is asked for while nothing is there. */
export const oneDoor: CalendarModel = {
  ...week,
  subheading: 'Home · Front Door',
  view: { ...week.view, smartlockId: 17 },
  isBusy: true,
  rowCount: 0,
  pages: [{ from: 0, rows: [] }],
  revision: 2,
};

/** A month of so many doors, each with a window on every day. */
export function monthOf(doors: number): CalendarModel & { readonly all: readonly Row[] } {
  const days = daysOf(31);
  const all = Array.from({ length: doors }, (_, key): Row => ({
    ...plain,
    key,
    name: `Door ${key}`,
    detail: '3',
    isUnfolded: false,
    counts: daily(31, 480, 720).map((stretch) => ({ ...stretch, sure: 1, possible: 3 })),
    cells: days.map(() => '1 can enter, 2 possibly'),
    opens: 'create',
  }));
  return {
    ...week,
    view: { ...week.view, period: 'month' },
    period: 'June 2026',
    days,
    revision: 3,
    rowCount: doors,
    pages: [{ from: 0, rows: all.slice(0, rowsPerPage) }],
    all,
  };
}
