import type { Clock } from '../../base/clock.ts';
import type { PendingChange } from '../../model/pendingChanges.ts';
import type { AuthorizationWriter } from '../../model/authorizationWriter.ts';
import type { Store } from '../../model/store.ts';
import type { NukiError } from '../../nuki/http/errors.ts';
import type { Locale } from '../../nuki/authorization/schedule.ts';
import type { Draft, ToPage } from '../protocol.ts';

/** What a form is opened for. */
export type FormRequest =
  | {
      readonly kind: 'new';
      readonly accountId: string;
      readonly smartlockId?: number | undefined;
      /** What is filled in already. */
      readonly draft?: Draft | undefined;
    }
  | {
      readonly kind: 'edit' | 'duplicate';
      readonly accountId: string;
      readonly smartlockId: number;
      readonly id: string;
    };

/** What a form needs of everything else. */
export interface FormServices {
  readonly store: Store;
  readonly writer: AuthorizationWriter;
  readonly clock: Clock;
  readonly locale: () => Locale & { readonly now: number };
  /** The zone of whoever fills in the form, an IANA name. */
  readonly ownZone: string;
  /** A cryptographic source of whole numbers from 0 to below `max`. */
  readonly randomInt: (max: number) => number;
  readonly labels: FormLabels;
  /** The id that the page puts into each message. */
  readonly panel: string;
  post<N extends keyof ToPage>(name: N, body: ToPage[N]): void;
  close(): void;
  /** Says something when the form is gone. */
  notify(sentence: string, isTrouble: boolean): void;
  copy(text: string): Promise<void>;
  sync(smartlockId: number): Promise<void>;
  /** Opens another form next to this one. */
  openBeside(request: FormRequest): Promise<void>;
}

/** Words for what the form does not know itself. */
export interface FormLabels {
  device(smartlockId: number): string;
  account(): string;
  error(error: NukiError): string;
  pendingChange(pendingChange: PendingChange): string;
}
