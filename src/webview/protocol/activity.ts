// The messages between the page of an account's activity and its host. As with the form, the host writes every text.
import type { EnvelopeOf, MessageOf } from './page.ts';

/** From the page. */
export interface ToHost {
  /** The page has loaded, for the first time or after it was hidden. */
  readonly ready: null;
  /** Shows what passes this filter. */
  readonly filter: Filter;
  /** The end of the rows is near. */
  readonly more: null;
  /** The id of a row that a mark of the picture stands for, and that was not sent yet. */
  readonly find: string;
  /** The id of a row whose details are to be shown. */
  readonly expand: string;
  /** The id of a row whose door is to be shown in the sidebar. */
  readonly showInSidebar: string;
  /** Shows the same for another day. */
  readonly picture: 'earlier' | 'later';
  readonly press: ButtonName;
  /** Saves the filter that is shown, by this name. */
  readonly saveFilter: string;
  readonly chooseSaved: string;
  readonly deleteSaved: string;
}

/** To the page. */
export interface ToPage {
  readonly show: ActivityModel;
  /** Replaces `removed` rows from the row number `start` on: pages of rows, none larger than {@link rowsPerMessage}. */
  readonly rows: { readonly start: number; readonly removed: number; readonly rows: readonly ActivityRow[] };
  readonly state: ReadingState;
  readonly picture: Picture;
  readonly details: Details;
  /** A row that was asked for has been sent. */
  readonly found: { readonly id: string };
  /** Something could not be done, in a sentence. */
  readonly failed: string;
}

export type Envelope = EnvelopeOf<ToHost>;
export type Message = MessageOf<ToPage>;

export const rowsPerMessage = 200;

/** What the buttons do that stand where the rows are read, or above them. */
export const buttonNames = ['more', 'cancel', 'refresh', 'exportAll', 'openWeb', 'replaceToken'] as const;
export type ButtonName = (typeof buttonNames)[number];

/** How long ago, or between two dates. */
export const spans = ['day', 'week', 'month', 'own', 'all'] as const;
export type Span = (typeof spans)[number];

/** What is to be seen. An empty text or list: no limit. */
export interface Filter {
  readonly span: Span;
  /** Dates such as `2026-11-20`, both included, for the span `own`. */
  readonly from: string;
  readonly until: string;
  /** The ids of a {@link Choice} each. */
  readonly person: string;
  readonly kind: string;
  readonly result: string;
  readonly doors: readonly number[];
}

/** The fields of the filter, each with who looks for it. */
const filterFields = ['time', 'person', 'doors', 'kind', 'result'] as const;
export type FilterField = (typeof filterFields)[number];

/** What VS Code keeps of a page that is hidden, or whose window is loaded again: no name and no row. */
export interface KeptActivity {
  /** The id of the panel. */
  readonly panel: string;
  readonly accountId: string;
  readonly filter: Filter;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** What the page is drawn from, but for the rows. */
export interface ActivityModel {
  readonly heading: string;
  /** The account. */
  readonly subheading: string;
  /** A BCP 47 tag for the page's `lang`. */
  readonly language: string;
  readonly texts: Texts;
  /** What the page keeps. */
  readonly kept: Omit<KeptActivity, 'panel'>;
  readonly filter: Filter;
  /** Who looks for it, where it is limited: Nuki, or the extension among what it has read. */
  readonly answeredBy: { readonly [F in FilterField]?: 'nuki' | 'here' };
  /** The same in a sentence; empty where nothing is limited. */
  readonly answeredByText: string;
  readonly people: readonly Choice[];
  readonly doors: readonly (Choice & { readonly smartlockId: number })[];
  readonly kinds: readonly Choice[];
  readonly results: readonly Choice[];
  readonly saved: readonly string[];
  /** The one of them that is shown, or empty. */
  readonly savedAs: string;
}

/** What a row tells at a glance; its sign has a shape of its own. `event`: something that no one attempted. */
export const outcomes = ['done', 'refused', 'failed', 'unknown', 'event'] as const;
export type Outcome = (typeof outcomes)[number];

/** One entry of a log. */
export interface ActivityRow {
  readonly id: string;
  /** The heading under which it stands: `Today, Fri 27 Nov`. */
  readonly day: string;
  /** By the lock's own clock, with the date where that differs from the heading's. */
  readonly time: string;
  /** Whose clock that is, where it is not the user's; otherwise empty. */
  readonly zone: string;
  readonly who: string;
  readonly outcome: Outcome;
  /** What was done, or why it was not. */
  readonly words: string;
  /** What else is worth knowing: what was tried, and with what. */
  readonly more: string;
  readonly door: string;
  /** That it is the first use of a code; empty otherwise. */
  readonly badge: string;
}

/** All that is known of a row. */
export interface Details {
  readonly id: string;
  readonly facts: readonly { readonly field: string; readonly value: string }[];
}

export const readingKinds = ['reading', 'idle', 'stopped', 'end', 'failed'] as const;

/** How far the log was read. Only where it is `idle`, coming near the end of the rows asks for more. */
export interface ReadingState {
  readonly kind: (typeof readingKinds)[number];
  /** How many rows there are, how many entries were read and how far back. */
  readonly summary: string;
  /** In a sentence below the rows, or where they would be. */
  readonly text: string;
  readonly buttons: readonly { readonly name: ButtonName; readonly label: string }[];
}

/** When something happened at each door, by the clock of its lock. */
export interface Picture {
  /** The days, oldest first, as they stand above their columns. */
  readonly days: readonly string[];
  readonly doors: readonly PictureDoor[];
  /** How many doors have no room, in words; empty where there are none. */
  readonly others: string;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

export interface PictureDoor {
  readonly name: string;
  /** The clock of its lock, where that is not the user's; otherwise empty. */
  readonly zone: string;
  readonly days: readonly PictureDay[];
}

export interface PictureDay {
  /** The day and what happened on it, in a sentence. */
  readonly spoken: string;
  /** Openings and refused attempts, newest first. `at`: minutes since midnight on the lock's clock, 0 to 1,439; `id`: of the row. */
  readonly marks: readonly { readonly at: number; readonly isRefused: boolean; readonly id: string }[];
  /** From and until which minute the log was read, 0 to 1,440; `null` where nothing of the day was. */
  readonly known: { readonly from: number; readonly until: number } | null;
  /** Until which minute the day has come: 1,440 where it is over. */
  readonly now: number;
}

/** Every fixed text of the page, in the user's language. */
export type Texts = { readonly [T in (typeof textNames)[number]]: string };

export const textNames = [
  'filter',
  'time',
  'day',
  'week',
  'month',
  'own',
  'all',
  'from',
  'until',
  'person',
  'everyone',
  'doors',
  'allDoors',
  'doorCount',
  'kind',
  'anything',
  'result',
  'anyResult',
  'nuki',
  'here',
  'reset',
  'saved',
  'save',
  'saveAs',
  'filterName',
  'cancel',
  'deleteSaved',
  'refresh',
  'exportAll',
  'picture',
  'legend',
  'opened',
  'refused',
  'notRead',
  'earlier',
  'later',
  'activity',
  'columnTime',
  'columnDoor',
  'columnWhat',
  'loading',
  'showInSidebar',
] as const;
