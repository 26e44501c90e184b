import type { Clock } from '../../base/clock.ts';
import { untilAborted } from '../../base/untilAborted.ts';
import type { Unconfirmed } from '../../model/authorizations/authorizationFollower.ts';
import type { AuthorizationWriter, Sent } from '../../model/authorizations/authorizationWriter.ts';
import { isOfGone } from '../../model/authorizations/codeRotation.ts';
import type { DeviceRef } from '../../model/deviceRef.ts';
import type { Store } from '../../model/store.ts';
import type { AuthorizationsWithCodes, RawAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import { ignoreNukiError, NukiError, type Reason } from '../../nuki/http/errors.ts';
import { isOnline } from '../../nuki/smartlock.ts';
import { wireInstant } from '../../nuki/time/instant.ts';
import { doorOf, type Plan, type Step } from '../plan/accessPlan.ts';
import type { Owned } from '../record/accessRecord.ts';
import type { RecordFile } from './applyPlan.ts';
import { KeptRecord } from './keptRecord.ts';
import type { StepStates } from './stepStates.ts';

/** With what a plan is applied. */
export interface Applying {
  readonly store: Store;
  readonly writer: AuthorizationWriter;
  readonly record: RecordFile;
  /** What the record's file was when the plan was made. */
  readonly recordText: string | undefined;
  readonly clock: Clock;
  /** Ms since 1970 by Nuki's clock. */
  readonly now: () => number;
  /** A whole number from 0 to below `max` from a cryptographic source. */
  readonly randomInt: (max: number) => number;
  /** Whether it is still this window that applies a plan; asked before each request. */
  readonly hasTurn: () => boolean;
}

/** After these Nuki answers nothing else to any other request of the account. */
const ofAccount: readonly Reason[] = [
  'accountRemoved',
  'permissionMissing',
  'subscription',
  'tokenMissing',
  'tokenRefused',
  'unauthorized',
];

/** The longest time in ms that Nuki may ask to wait before the next step. */
const longestPause = 5 * 60_000;

/** What all steps of a plan share: the record, what Nuki is asked for them, and when it may be asked. */
export class StepRequests {
  readonly record: KeptRecord;
  readonly #accountId: string;
  readonly #applying: Applying;
  readonly #states: StepStates;
  #signal = new AbortController().signal;
  /** Resolves when the user no longer waits. */
  #isGivenUp = new Promise<undefined>(() => undefined);
  #isRefused = false;
  #pauseUntil = 0;

  constructor(plan: Plan, applying: Applying, states: StepStates) {
    this.record = new KeptRecord(applying.record, applying.recordText, plan.record);
    this.#accountId = plan.accountId;
    this.#applying = applying;
    this.#states = states;
  }

  /** To be called once, before anything is asked. */
  begin(signal: AbortSignal): void {
    this.#signal = signal;
    this.#isGivenUp = untilAborted(this.#isGivenUp, signal).then(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  /** Whether Nuki refuses whatever it is asked now. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Resolves when Nuki may be asked again, or the user no longer waits. */
  async pause(): Promise<void> {
    await this.#applying.clock.wait(this.#pauseUntil - this.#applying.clock.now(), this.#signal);
  }

  /** @returns `undefined` where it is gone @throws {NukiError} */
  async read(ref: DeviceRef, id: string): Promise<RawAuthorization | undefined> {
    try {
      return await this.#applying.writer.read(ref, id);
    } catch (error) {
      if (error instanceof NukiError && isOfGone(error)) return undefined;
      throw error;
    }
  }

  /** The lists of these doors, none of them where they cannot be read now. */
  async look(doors: readonly number[]): Promise<ReadonlyMap<number, AuthorizationsWithCodes>> {
    try {
      return await this.#applying.writer.look(this.#accountId, doors);
    } catch (error) {
      ignoreNukiError(error);
      return new Map();
    }
  }

  /** Writes down what is asked before it is sent. @returns whether it may be sent */
  async writeAsked(steps: readonly Step[], update: (all: readonly Owned[]) => readonly Owned[]): Promise<boolean> {
    const { hasTurn } = this.#applying;
    if (!hasTurn()) this.#states.leave(steps, 'record');
    else if (await this.record.change(update)) return true;
    else this.#states.leave(steps, this.record.stopped ?? 'record');
    return false;
  }

  /** @returns what the lists have not shown done when they are no longer read; `undefined` when the user no longer waits */
  async follow({ followed }: Sent): Promise<readonly Unconfirmed[] | undefined> {
    return await Promise.race([followed, this.#isGivenUp]);
  }

  /** @throws what is no failure of the API */
  failBy(step: Step, error: unknown): void {
    if (!(error instanceof NukiError)) throw error;
    const { reason, retryAt = 0 } = error;
    this.#pauseUntil = Math.max(this.#pauseUntil, retryAt);
    if (ofAccount.includes(reason) || retryAt > this.#applying.clock.now() + longestPause) this.#isRefused = true;
    this.#states.fail(step, error);
  }

  /** Whether its lock is known to be offline. */
  isOffline(step: Step): boolean {
    const device = this.#applying.store.device(this.refOf(step))?.device;
    return device !== undefined && !isOnline(device);
  }

  refOf(step: Step): DeviceRef {
    return { accountId: this.#accountId, smartlockId: doorOf(step) };
  }

  /** Now, as the record has it. */
  get at(): string {
    return wireInstant(this.#applying.now());
  }
}
