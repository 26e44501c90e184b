import type { NukiError } from '../../nuki/http/errors.ts';
import type { CreationProblem } from '../../model/authorizations/creationProblem.ts';
import type { Step } from '../plan/accessPlan.ts';

/** How far a step is. Only what a list has shown, and the lock has confirmed where it tells, is done. */
export type StepState =
  | { readonly kind: 'notBegun'; readonly why?: NotBegun | undefined }
  | { readonly kind: 'underWay' }
  | { readonly kind: 'done' }
  /** Nuki has taken it, and the lock has not confirmed it. */
  | { readonly kind: 'pending' }
  /** Nuki may or may not have taken it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly why: NukiError | CreationProblem | 'changed' | 'noSuchPerson' };

/** `waits`: something that has to be done first is not; `record`: someone else has written the record. */
export type NotBegun = 'cancelled' | 'leftOut' | 'waits' | 'record';

export interface StepOutcome {
  readonly step: Step;
  readonly state: StepState;
}

/** Where the record is kept. `read` answers `undefined` where there is no file. */
export interface RecordFile {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}
