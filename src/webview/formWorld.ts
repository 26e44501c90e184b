import type { Clock } from '../base/clock.ts';
import type { AuthorizationWork } from '../model/authorizationWork.ts';
import type { AuthorizationWriter } from '../model/authorizationWriter.ts';
import type { Store } from '../model/store.ts';
import type { NukiError } from '../nuki/errors.ts';
import type { Reader } from '../nuki/schedule.ts';
import type { Draft, ToPage } from './protocol.ts';

/** What a form is opened for. */
export type FormRequest =
  | {
      readonly is: 'new';
      readonly accountId: string;
      readonly smartlockId?: number | undefined;
      /** What is filled in already. */
      readonly draft?: Draft | undefined;
    }
  | {
      readonly is: 'edit' | 'duplicate';
      readonly accountId: string;
      readonly smartlockId: number;
      readonly id: string;
    };

/** What a form needs of everything else. */
export interface FormWorld {
  readonly store: Store;
  readonly writer: AuthorizationWriter;
  readonly clock: Clock;
  readonly reader: () => Reader & { readonly now: number };
  /** The zone of whoever fills in the form, an IANA name. */
  readonly ownZone: string;
  /** A cryptographic source of whole numbers from 0 to below `max`. */
  readonly randomInt: (max: number) => number;
  readonly words: FormWords;
  /** The id that the page puts into each message. */
  readonly panel: string;
  post<N extends keyof ToPage>(name: N, body: ToPage[N]): void;
  close(): void;
  /** Says something when the form is gone. */
  tell(sentence: string, isTrouble: boolean): void;
  copy(text: string): Promise<void>;
  sync(smartlockId: number): Promise<void>;
  /** Opens another form next to this one. */
  openBeside(request: FormRequest): Promise<void>;
}

/** Words for what the form does not know itself. */
export interface FormWords {
  device(smartlockId: number): string;
  account(): string;
  trouble(error: NukiError): string;
  work(work: AuthorizationWork): string;
}
