import type { Clock } from '../../../base/clock.ts';
import type { PendingChange } from '../../../model/authorizations/pendingChanges.ts';
import type { Unconfirmed } from '../../../model/authorizations/authorizationFollower.ts';
import type { AuthorizationWriter } from '../../../model/authorizations/authorizationWriter.ts';
import type { Store } from '../../../model/store.ts';
import type { AuthorizationGroup } from '../../../nuki/authorization/authorizationType.ts';
import type { NukiError } from '../../../nuki/http/errors.ts';
import type { Locale } from '../../../base/locale.ts';
import type { Draft, FormSubject, KeptForm, ToPage } from '../../protocol/form.ts';
import type { PagePanel } from '../panel.ts';
import type { ClosedDraft } from './closedDraft.ts';
import type { SentTogether } from './sending/sentTogether.ts';

/** When an authorization is to open. A time that the clock shows twice may be left open: then the form asks. */
export type FormTimes = Partial<Pick<Draft, 'from' | 'until' | 'weekdays' | 'hours'>>;

/** What a form is opened for. */
export type FormRequest =
  | {
      readonly kind: 'new';
      readonly accountId: string;
      readonly smartlockId?: number | undefined;
      /** Of which group the authorization is to be; `undefined` for what the devices suggest. */
      readonly group?: AuthorizationGroup | undefined;
      /** What is filled in already. */
      readonly draft?: Draft | undefined;
      /** When it is to open, on the clock of the device; what is not given is not limited. */
      readonly times?: FormTimes | undefined;
      /** With what it is told of and handed over. */
      readonly together?: SentTogether | undefined;
    }
  | {
      readonly kind: 'edit' | 'duplicate';
      readonly accountId: string;
      readonly smartlockId: number;
      readonly id: string;
    };

/** What a form was opened for that is resumed. */
export function requestOf(subject: FormSubject): FormRequest {
  const { accountId } = subject;
  return subject.kind === 'new'
    ? { kind: 'new', accountId, smartlockId: subject.smartlockId ?? undefined }
    : { kind: 'edit', accountId, smartlockId: subject.smartlockId, id: subject.id };
}

/** What a form needs of the rest of the extension. */
export interface FormServices {
  readonly closedDraft: ClosedDraft;
  readonly store: Store;
  readonly writer: AuthorizationWriter;
  readonly clock: Clock;
  readonly locale: () => Locale & { readonly now: number };
  deviceName(smartlockId: number): string;
  accountName(): string;
  errorText(error: NukiError): string;
  pendingChangeText(pending: PendingChange): string;
  /** What became of changes that are followed no longer and were not seen done. */
  endText(unconfirmed: readonly Unconfirmed[]): string;
  /** Logs why it is not known whether Nuki has taken what has this name. */
  logDoubt(name: string, doubt: NukiError): void;
  /** Tells the user what became of a form that is closed. */
  notify(sentence: string, isWarning: boolean): void;
  /** Copies what holds a code for a while, and says `sentence` instead of it. Resolves when the clipboard was cleared. */
  copySecret(secret: string, sentence: string): Promise<void>;
  /** Shows a device in the sidebar, with the focus on it. */
  showInSidebar(smartlockId: number): Promise<void>;
  /** Has Nuki read the device anew. */
  sync(smartlockId: number): Promise<void>;
}

/** What a form has of the panel in which it is shown. */
export interface FormPanel extends PagePanel<ToPage> {
  /** The time zone of the user, an IANA name. */
  readonly ownZone: string;
  /** A cryptographic source of whole numbers from 0 to below `max`. */
  readonly randomInt: (max: number) => number;
  /** Whether "What is sent" was unfolded last, in this form or another. */
  isUnfolded(): boolean;
  keepUnfolded(isUnfolded: boolean): void;
  copy(text: string): Promise<void>;
  /** Opens another form in front of this one. `resumed`: what was written in it before. */
  open(request: FormRequest, resumed?: KeptForm): void;
  /** Opens another form next to this one. */
  openBeside(request: FormRequest): void;
}
