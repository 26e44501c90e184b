import type { CreationProblem } from '../../model/authorizations/creationProblem.ts';
import type { NukiError } from '../../nuki/http/errors.ts';
import type { Step } from '../plan/accessPlan.ts';

/** How far a step is. Only what a list has shown, and the lock has confirmed, is done. */
export type StepState =
  /** Without `why` its turn is still to come. */
  | { readonly kind: 'notBegun'; readonly why?: NotBegun | undefined }
  | { readonly kind: 'underWay' }
  | { readonly kind: 'done' }
  /** Nuki has taken it, and the lock has not confirmed it. */
  | { readonly kind: 'pending' }
  /** Nuki lists it as it was asked for, and this lock never says more. */
  | { readonly kind: 'untold' }
  /** Nuki may or may not have taken it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly why: NukiError | CreationProblem | 'changed' | 'noSuchPerson' };

/**
 * `waits`: something that has to be done first is not. `offline`: the lock cannot be reached. `record`: someone else has written the record,
 * or applies a plan in another window. `notWritten`: the record could not be written. `refused`: Nuki refuses whatever it is asked now.
 */
export type NotBegun = 'cancelled' | 'leftOut' | 'waits' | 'offline' | 'record' | 'notWritten' | 'refused';

export interface StepOutcome {
  readonly step: Step;
  readonly state: StepState;
  /** Whether it has got a code of its own, as that of its entry at other doors is not free at this one. */
  readonly hasOwnCode: boolean;
}

/** Where the record is kept. `read` answers `undefined` where there is no file. */
export interface RecordFile {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}
