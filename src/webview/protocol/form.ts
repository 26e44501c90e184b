// The messages between the form's page and its host: each by its name with its body.
// The host writes every text: the page draws them as text and knows no time zone and no rule of the API, and of the language only how it
// writes dates.

import type { EnvelopeOf, MessageOf } from './page.ts';

/** From the page. Each is sent in an {@link Envelope}. */
export interface ToHost {
  /** The page has loaded, for the first time or after it was hidden; with what it has kept of this form. */
  readonly ready: Written | null;
  /** Something was typed. */
  readonly preview: Draft;
  readonly submit: Draft;
  /** Asks for a code that no chosen device has. */
  readonly generate: Draft;
  /** Asks for two authorizations instead of one whose hours reach over midnight. */
  readonly split: Draft;
  /** Copies the request that would be sent to the clipboard, its code masked. */
  readonly copyPayload: Draft;
  /** After a conflict: drop what was typed and take what is there now. */
  readonly reload: null;
  readonly checkAgain: null;
  readonly updateFromLock: null;
  /** Copies the code that was sent to the clipboard. The page no longer has it. */
  readonly copyCode: null;
  /** Copies a message for whom it was made for to the clipboard. */
  readonly copyMessage: MessageLanguage;
  /** Opens a form for another authorization on the same devices. */
  readonly createAnother: null;
  readonly showInSidebar: null;
  /** Whether "What is sent" is unfolded now. */
  readonly unfold: boolean;
  /** Shows the draft again that {@link FormModel.closedDraft} speaks of. */
  readonly continueDraft: null;
  readonly discardDraft: null;
  readonly cancel: null;
}

/** To the page. */
export interface ToPage {
  readonly show: FormModel;
  readonly previewed: Preview;
  /** The draft was not sent: the first problem gets the focus. */
  readonly refused: Preview;
  readonly generated: { readonly code: string };
  /** It was sent: the form gives way to its progress. */
  readonly progress: Progress;
  /** Another user has changed the authorization since the edit began. */
  readonly conflict: Conflict;
  /** It could not be sent, in a sentence. The form stays as it is. */
  readonly failed: string;
  /** There was nothing to send, in a sentence. The form stays as it is. */
  readonly informed: string;
}

export type Envelope = EnvelopeOf<ToHost>;
export type Message = MessageOf<ToPage>;

/** What opens the door. */
export const credentialTypes = ['code', 'app', 'fob'] as const;
export type CredentialType = (typeof credentialTypes)[number];

/** A date and a time on the lock's own clock: `2027-06-16` and `10:30` or `10:30:59`; what is neither as it was typed. */
export interface Moment {
  readonly date: string;
  readonly time: string;
  /** Which of the two, where the clock shows this time twice. */
  readonly disambiguation: 'earlier' | 'later' | null;
}

/** Moments to begin and to end with, on the clock of the chosen devices. */
export type Presets = { readonly [P in (typeof presetNames)[number]]: Moment };

/** The next full hour; the end of the day, and of the Sunday, on or after the beginning; a week after it. */
export const presetNames = ['start', 'today', 'weekend', 'week'] as const;

/** An authorization as it is being written. `null`: not limited, or not chosen. */
export interface Draft {
  readonly credential: CredentialType;
  readonly name: string;
  /** For app and fob: the id of an account user, or one that is to be created. */
  readonly person: number | NewPerson | null;
  /** The ids of the chosen devices. */
  readonly devices: readonly number[];
  readonly remoteAllowed: boolean;
  readonly from: Moment | null;
  readonly until: Moment | null;
  /** Weekday bits, Monday 64 to Sunday 1; 127 every day. */
  readonly weekdays: number;
  /** Times of day such as `09:00`; `null` all day. */
  readonly hours: { readonly from: string; readonly until: string } | null;
  /** Empty while editing: the code stays as it is. */
  readonly code: string;
}

export interface NewPerson {
  readonly name: string;
  readonly email: string;
}

/** What was written, without its code. */
export interface Written {
  readonly draft: Draft;
  /** Whether a code was typed, which is not kept. */
  readonly hadCode: boolean;
}

/** What a form is for. */
export type FormSubject =
  | { readonly kind: 'new'; readonly accountId: string; readonly smartlockId: number | null }
  | {
      readonly kind: 'edit';
      readonly accountId: string;
      readonly smartlockId: number;
      readonly id: string;
      /** What the edit began with, by which a change of someone else is noticed. */
      readonly before: Draft;
    };

/** What VS Code keeps of a page that is hidden, or whose window is loaded again. */
export interface KeptForm extends Written {
  /** The id of the panel. */
  readonly panel: string;
  readonly subject: FormSubject;
  /** Whether it was sent, or is being sent. */
  readonly isSent: boolean;
}

/** The fields that can have a problem, in their order on the page. */
export const fields = [
  'credential',
  'person',
  'personName',
  'personEmail',
  'name',
  'devices',
  'code',
  'from',
  'until',
  'weekdays',
  'hours',
] as const;
export type Field = (typeof fields)[number];

/** What the form is drawn from. */
export interface FormModel {
  readonly mode: 'create' | 'edit';
  readonly heading: string;
  /** The account, and for an edit the device. */
  readonly subheading: string;
  /** A BCP 47 tag for the page's `lang`. */
  readonly language: string;
  readonly texts: Texts;
  /** The page keeps it with what is written. */
  readonly subject: FormSubject;
  /** Never with a code. */
  readonly draft: Draft;
  /** Whether a code was typed that was not kept. */
  readonly lacksCode: boolean;
  /** That there is a draft of a form that was closed, in a sentence; empty where there is none. */
  readonly closedDraft: string;
  readonly devices: readonly DeviceChoice[];
  readonly people: readonly { readonly id: number; readonly label: string; readonly name: string }[];
  readonly weekdays: readonly { readonly bit: number; readonly short: string; readonly long: string }[];
  /** Fields that an edit cannot change. */
  readonly locked: readonly Field[];
  readonly presets: Presets;
  /** Whether "What is sent" is unfolded. */
  readonly isUnfolded: boolean;
}

export interface DeviceChoice {
  readonly id: number;
  readonly name: string;
  /** What is worth knowing before it is chosen: `Asia/Tokyo · Codes 92 of 100 · offline`. */
  readonly detail: string;
  /** The credentials that it cannot be given: the page disables it for them. */
  readonly cannot: readonly CredentialType[];
}

/** What the lock will do, and what is wrong, for the draft as it is now. */
export interface Preview {
  readonly problems: { readonly [F in Field]?: string };
  /** Asks which one is meant of a time that the clock shows twice. */
  readonly disambiguations: { readonly from?: Disambiguation; readonly until?: Disambiguation };
  /** `11/20`. */
  readonly nameCount: string;
  /** Offered where the name is too long, with the label of a button that takes it. */
  readonly shorterName?: { readonly name: string; readonly label: string } | undefined;
  /** {@link DeviceChoice.detail} of each device for the chosen credential, with its slots once they are known. */
  readonly details: readonly { readonly id: number; readonly detail: string }[];
  /** Why it cannot be said what the lock will do, in a sentence: then there are no sentences, days and payload. */
  readonly obstacle?: string | undefined;
  /** One sentence a line: who can open what, when, and the same on the user's own clock. */
  readonly sentences: readonly string[];
  /** Warnings, each a sentence. */
  readonly notes: readonly string[];
  readonly days: readonly DayPreview[];
  /** The request as the API takes it, the code masked. */
  readonly payload: readonly { readonly field: string; readonly value: string }[];
  /** The label of the button: `Create on 2 devices`. */
  readonly submit: string;
  readonly presets: Presets;
  /** Whether the two halves of an overnight window can be written as two authorizations. */
  readonly canSplit: boolean;
}

export interface Disambiguation {
  readonly question: string;
  readonly earlier: string;
  readonly later: string;
}

export interface DayPreview {
  /** `Wed 16`. */
  readonly label: string;
  /** The day and its hours in words, for screen readers. */
  readonly spoken: string;
  /** Minutes since midnight on the lock's clock, 0 to 1,440. */
  readonly spans: readonly { readonly from: number; readonly until: number }[];
}

/** What was sent, how far each device is with it, and what can be done with it. */
export interface Progress {
  readonly heading: string;
  /** What was created, or what was changed. */
  readonly facts: readonly { readonly field: string; readonly value: string }[];
  readonly rows: readonly ProgressRow[];
  readonly note: string;
  /** Whether checking again may show more. */
  readonly canCheck: boolean;
  /** Whether there is a code that can be copied. */
  readonly hasCode: boolean;
  /** Whether there is a message that can be copied. */
  readonly hasMessage: boolean;
  /** The language in which the message is offered first. */
  readonly messageLanguage: MessageLanguage;
  /** What has just been copied, and where it may not open the door yet, in sentences; empty where the clipboard is not ours any more. */
  readonly copied: string;
  readonly canCreateAnother: boolean;
}

export type ProgressState = 'working' | 'done' | 'open' | 'failed';

export interface ProgressRow {
  readonly device: string;
  readonly state: ProgressState;
  readonly words: string;
}

/** The languages in which there is a message. */
export const messageLanguages = ['en', 'de'] as const;
export type MessageLanguage = (typeof messageLanguages)[number];

export interface Conflict {
  readonly sentence: string;
  readonly rows: readonly { readonly field: string; readonly yours: string; readonly theirs: string }[];
}

/** Every fixed text of the page, in the user's language. */
export type Texts = { readonly [T in (typeof textNames)[number]]: string };

export const textNames = [
  'credential',
  'code',
  'app',
  'fob',
  'name',
  'nameCount',
  'person',
  'choosePerson',
  'newPerson',
  'personName',
  'personEmail',
  'devices',
  'keypadCode',
  'codeRule',
  'keepCode',
  'lacksCode',
  'showCode',
  'hideCode',
  'generate',
  'from',
  'until',
  'date',
  'time',
  'starts',
  'ends',
  'now',
  'noEnd',
  'today',
  'sameDay',
  'week',
  'ownDate',
  'weekdays',
  'everyDay',
  'workdays',
  'weekend',
  'hours',
  'hoursFrom',
  'hoursUntil',
  'allDay',
  'remoteAllowed',
  'preview',
  'nextDays',
  'outdated',
  'payload',
  'copy',
  'split',
  'cancel',
  'close',
  'checkAgain',
  'updateFromLock',
  'copyCode',
  'copyMessage',
  'messageLanguage',
  'createAnother',
  'showInSidebar',
  'continueDraft',
  'discardDraft',
  'reload',
  'yours',
  'theirs',
] as const;
