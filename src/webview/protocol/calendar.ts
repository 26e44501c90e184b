// The messages between the page of the access calendar and its host: each by its name with its body.
// The host writes every text: the page draws them as text and knows no time zone and no rule of the API.
import type { EnvelopeOf, MessageOf } from './page.ts';

/** From the page. */
export interface ToHost {
  /** The page has loaded, for the first time or after it was hidden; with what it has kept. */
  readonly ready: View | null;
  readonly view: View;
  /** Moves on by so many periods, back where it is negative. */
  readonly move: number;
  /** Asks for the page of rows that begins with this one. */
  readonly rows: { readonly revision: number; readonly from: number };
  /** Shows or hides the rows of groups. */
  readonly unfold: readonly { readonly key: number; readonly isUnfolded: boolean }[];
  /** Opens the authorization of a row. */
  readonly edit: number;
  /** Opens a form for an authorization on the door of a row, in minutes of the period. */
  readonly create: { readonly key: number } & Stretch;
  /** Asks who can enter at a time on the clock of each lock: `2027-06-16` and `10:30`, or what was typed. */
  readonly ask: { readonly date: string; readonly time: string };
  readonly refresh: null;
  /** Copies the table to the clipboard. */
  readonly copy: null;
  /** Writes the picture to a file. */
  readonly save: null;
}

/** To the page. */
export interface ToPage {
  readonly show: CalendarModel;
  readonly rows: RowPage;
  readonly answered: Answer;
  /** What has just been done, or could not be, in a sentence. */
  readonly informed: string;
}

export type Envelope = EnvelopeOf<ToHost>;
export type Message = MessageOf<ToPage>;

export const rowOrders = ['doors', 'persons'] as const;
export const periods = ['week', 'month'] as const;
export const forms = ['picture', 'table'] as const;

/** By how many periods a message may move at most. */
export const farthestMove = 50;

/** How the calendar is looked at; all that is kept of it. */
export interface View {
  readonly order: (typeof rowOrders)[number];
  readonly period: (typeof periods)[number];
  readonly form: (typeof forms)[number];
  /** A day of the period, `2027-06-16`; empty for today. */
  readonly date: string;
  /** The one device that is shown; `null` for all of the account. */
  readonly smartlockId: number | null;
}

/** What VS Code keeps of a page that is hidden, or whose window is loaded again: no name. */
export interface KeptCalendar {
  /** The id of the panel. */
  readonly panel: string;
  readonly accountId: string;
  readonly view: View;
}

/** How many rows there are at most in a {@link RowPage}. */
export const rowsPerPage = 50;

/** Minutes since the period began, by the clock of the row: a day is 1,440 of them, also where a clock is put forward or back. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

export interface CalendarModel {
  /** The page keeps it with the view. */
  readonly accountId: string;
  readonly heading: string;
  /** The account and when it was read: `Home · as of 14:02`. */
  readonly subheading: string;
  /** A BCP 47 tag for the page's `lang`. */
  readonly language: string;
  readonly texts: Texts;
  readonly view: View;
  /** `23–29 Nov 2026`. */
  readonly period: string;
  readonly days: readonly Day[];
  /** Today's date, by the user's clock. */
  readonly today: string;
  /** What could not be read or is not to be taken for sure, each a sentence. */
  readonly notes: readonly string[];
  /** Whether it is being read. */
  readonly isBusy: boolean;
  /** Counts up whenever the rows are others. */
  readonly revision: number;
  readonly rowCount: number;
  /** The rows that were on screen last, of the first ones at first. */
  readonly pages: readonly Omit<RowPage, 'revision'>[];
}

export interface Day {
  /** `Mon 23`, or where there is no room `23`. */
  readonly label: string;
  readonly short: string;
  /** `Monday, 23 November`. */
  readonly spoken: string;
  readonly isToday: boolean;
  readonly isWeekend: boolean;
}

export interface RowPage {
  readonly revision: number;
  /** The number of the first of these rows, a multiple of {@link rowsPerPage}. */
  readonly from: number;
  readonly rows: readonly Row[];
}

/** `sure`: it opens. `unsure`: Nuki lists it, and it is not certain that the lock has it. `off`: it does not open. */
export type Certainty = 'sure' | 'unsure' | 'off';

export const markKinds = ['pending', 'unconfirmed', 'disabled', 'expired', 'expiring', 'unknown'] as const;
export type MarkKind = (typeof markKinds)[number];

/** A door with what opens it, a person with what they can open, or one of these. */
export interface Row {
  /** What messages call it. */
  readonly key: number;
  /** Of a group: whether its rows are shown; `null` for a row of a group. */
  readonly isUnfolded: boolean | null;
  readonly name: string;
  /** When it opens in short, or how many authorizations there are, and the zone where there are several. */
  readonly detail: string;
  readonly marks: readonly { readonly kind: MarkKind; readonly words: string }[];
  readonly bars: readonly (Stretch & { readonly certainty: Certainty })[];
  /** Of a group: how many are in there for sure, and how many with those that are not certain. */
  readonly counts: readonly (Stretch & { readonly sure: number; readonly possible: number })[];
  /** Where the clock is put forward or back. */
  readonly clockChanges: readonly (Stretch & { readonly kind: 'gap' | 'overlap' })[];
  /** Now, where it is in the period. */
  readonly now: number | null;
  /** What happens on each day, in words; empty where nothing opens. */
  readonly cells: readonly string[];
  /** What can be opened from it. */
  readonly opens: 'edit' | 'create' | null;
}

/** Who can enter at a time, in words. */
export interface Answer {
  /** The time that it is about, or what is wrong with it. */
  readonly heading: string;
  /** Each door, with those who can enter, and apart those of whom that is not certain. */
  readonly parts: readonly {
    readonly heading: string;
    readonly lines: readonly { readonly text: string; readonly detail: string }[];
  }[];
}

/** Every fixed text of the page, in the user's language. */
export type Texts = { readonly [T in (typeof textNames)[number]]: string };

export const textNames = [
  'refresh',
  'previous',
  'today',
  'next',
  'order',
  'doors',
  'persons',
  'period',
  'week',
  'month',
  'form',
  'picture',
  'table',
  'copy',
  'save',
  'allDoors',
  'whoCanEnter',
  'date',
  'time',
  'ask',
  'close',
  'name',
  'state',
  'nothing',
  'loading',
  'empty',
  'moreRows',
  'keyboard',
  'legend',
  'sure',
  'unsure',
  'off',
  'expiring',
  'gap',
  'overlap',
  'now',
] as const;
