import type { Clock } from '../../base/clock.ts';
import type { ActivityEntry } from '../../nuki/activityLog.ts';
import type { Lane } from '../../nuki/http/rateLimiter.ts';
import { ignoreNukiError, NukiError, outcomeIsUnknown } from '../../nuki/http/errors.ts';
import { actions, kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { isBusy, isDoorOpen, isOnline, isReady, type Smartlock } from '../../nuki/smartlock.ts';
import { DeviceReads } from './deviceReads.ts';
import type { DeviceRef } from '../deviceRef.ts';
import type { Sent } from './evidence.ts';
import { follow } from './follow.ts';
import type { Journal, SentAction } from './journal.ts';
import { inDoubt, type Outcome } from './operation.ts';
import type { DeviceState } from '../snapshots.ts';
import type { Store } from '../store.ts';

/** Why nothing was done. */
export type Refusal =
  /** There is no such device, or its kind has no such action. */
  | { readonly kind: 'unsupported' }
  /** The user said no. */
  | { readonly kind: 'declined' }
  /** Another operation is under way on the device. */
  | { readonly kind: 'busy' }
  /** The device cannot be reached; Nuki would keep the action and carry it out later, unattended. */
  | { readonly kind: 'offline'; readonly device: Smartlock }
  /** Its mode lets it open nothing: it is not set up, being paired or maintained. */
  | { readonly kind: 'notReady'; readonly device: Smartlock }
  /** The device could not be read before, so nothing was sent. */
  | { readonly kind: 'unread'; readonly error: NukiError }
  /** Another window of the user is acting on the device. `outcome`: how its action ended, where it is the same and that was told. */
  | { readonly kind: 'elsewhere'; readonly action: ActionName; readonly outcome: Outcome | undefined }
  /** The API has refused the action. */
  | { readonly kind: 'refused'; readonly error: NukiError };

export type ActResult =
  | { readonly sent: false; readonly refusal: Refusal }
  | { readonly sent: true; readonly outcome: Outcome };

/** What the user is asked before a device acts. */
export interface Question {
  readonly state: DeviceState;
  readonly action: ActionName;
  /** A closing action on a device that is offline: it would be carried out later. */
  readonly offline: boolean;
  /** A lock whose door stands open: its bolt would come out beside the frame. */
  readonly doorOpen: boolean;
}

/** How the caller watches an action. */
export interface WatchOptions {
  /** Ends the waiting, not the action. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the API has taken the action, or may have. */
  readonly onSent?: (() => void) | undefined;
  /** Called when another window is doing the same, and its end is waited for. */
  readonly onElsewhere?: (() => void) | undefined;
}

/** An action may still be sent this many milliseconds after the user has agreed: later they no longer expect it. */
const requestExpiresAfterMs = 20_000;

/** How many milliseconds to wait for the log once the device was read; then the action is sent without it. */
const logTimeoutMs = 5_000;

/** An entry may still come for so many milliseconds after its action was sent: a device that is slow to be reached, and a log that lags. */
const entryComesWithinMs = 180_000;

interface BeforeAction extends Pick<Sent, 'device' | 'log'> {
  /** Since when no entry of the log is missing, in milliseconds since 1970: an older one that comes later is not ours. */
  readonly logSince: number;
}

/**
 * The one way to a door. Every action of every command ends here: the user is asked where they must be, the device is read again, and then
 * one request is sent, once, whatever becomes of it. What follows is only looking.
 */
export class Doorkeeper {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ask: (question: Question) => Promise<boolean>;
  readonly #nukiTime: () => number;
  readonly #journal: Journal | undefined;
  /** The account through which each lock acts now: one lock may be in several accounts. */
  readonly #underWay = new Map<number, string>();
  readonly #reads: DeviceReads;
  /** Actions that were not seen to end, whose entries in the log may still come. */
  readonly #unseen: { readonly smartlockId: number; readonly action: ActionName; readonly at: number }[] = [];
  readonly #closed = new AbortController();

  /** `nukiTime`: the time by Nuki's clock, in milliseconds since 1970; `journal`: what this and the other windows do. */
  constructor(
    store: Store,
    clock: Clock,
    ask: (question: Question) => Promise<boolean>,
    nukiTime: () => number = () => clock.now(),
    journal?: Journal,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#ask = ask;
    this.#nukiTime = nukiTime;
    this.#journal = journal;
    this.#reads = new DeviceReads(store, clock);
  }

  /** Asks, sends and follows. Failures of the API come as a refusal or as an outcome, never as an exception. */
  async act(ref: DeviceRef, action: ActionName, options: WatchOptions = {}): Promise<ActResult> {
    const { accountId, smartlockId } = ref;
    if (this.#underWay.has(smartlockId)) return refused({ kind: 'busy' });
    this.#underWay.set(smartlockId, accountId);
    try {
      return await this.#act(ref, action, options);
    } finally {
      this.#underWay.delete(smartlockId);
    }
  }

  /** Ends all following; what was sent cannot be called back. */
  dispose(): void {
    this.#closed.abort();
  }

  async #act(ref: DeviceRef, action: ActionName, options: WatchOptions): Promise<ActResult> {
    const state = this.#store.device(ref);
    if (!state) return refused({ kind: 'unsupported' });
    const code = kindOf(state.device.type).actions[action];
    if (code === undefined) return refused({ kind: 'unsupported' });

    const { closes } = actions[action];
    const offline = !isOnline(state.device);
    if (offline && !closes) return refused({ kind: 'offline', device: state.device });
    const question = { state, action, offline, doorOpen: false };
    if ((offline || !closes) && !(await this.#ask(question))) return refused({ kind: 'declined' });

    let requestedAt = this.#clock.now();
    try {
      let before = await this.#readBefore(ref);
      if (action === 'lock' && isOnline(before.device) && isDoorOpen(before.device)) {
        const now = this.#store.device(ref) ?? state;
        if (!(await this.#ask({ ...question, state: now, doorOpen: true }))) return refused({ kind: 'declined' });
        requestedAt = this.#clock.now();
        before = await this.#readBefore(ref);
      }
      const waited = Math.abs(this.#clock.now() - requestedAt);
      if (waited > requestExpiresAfterMs) throw new NukiError('expired');
      const at = this.#nukiTime();
      const sent: Sent & BeforeAction = { action, at, earlier: this.#earlier(ref, action, at), ...before };
      return await this.#inTurn(ref, action, options, async () => {
        if (isBusy(before.device)) return refused({ kind: 'busy' });
        if (!isOnline(before.device) && !(closes && offline))
          return refused({ kind: 'offline', device: before.device });
        if (!closes && !isReady(before.device)) return refused({ kind: 'notReady', device: before.device });
        return await this.#sendAndFollow(ref, sent, code, requestedAt + requestExpiresAfterMs, options);
      });
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      return refused({ kind: 'unread', error });
    }
  }

  /** Has `act` send, unless another window of the user acts on the same lock now. */
  async #inTurn(
    ref: DeviceRef,
    action: ActionName,
    options: WatchOptions,
    act: () => Promise<ActResult>,
  ): Promise<ActResult> {
    const isSimulated = this.#store.account(ref.accountId)?.simulated === true; // each window has simulated homes of its own
    const journal = isSimulated ? undefined : this.#journal;
    const theirs = journal?.begin(ref, action);
    if (journal && theirs) return await this.#waitFor(theirs, ref, action, journal, options);
    const result = await act();
    // A window that closes leaves its entry, so that the next start says that no one saw the end.
    if (!result.sent) journal?.end(ref, undefined);
    else if (!this.#closed.signal.aborted) journal?.end(ref, result.outcome);
    return result;
  }

  /** Shows what another window does, and how it ended there. */
  async #waitFor(
    theirs: SentAction,
    ref: DeviceRef,
    action: ActionName,
    journal: Journal,
    { signal, onElsewhere }: WatchOptions,
  ): Promise<ActResult> {
    if (theirs.action !== action) return refused({ kind: 'elsewhere', action: theirs.action, outcome: undefined });
    const earlier = inDoubt(this.#store.operation(ref));
    const { since } = theirs;
    this.#store.setOperation(ref, { action, since, isElsewhere: true });
    onElsewhere?.();
    const stop = this.#stopSignal(signal);
    const outcome = await journal.endOf(theirs, stop);
    // What was read before is not how the door is now; where it cannot be read, the next refresh shows it.
    await this.#reads.device(ref, this.#readOptions(ref, 'follow', stop)).catch(ignoreNukiError);
    this.#store.setOperation(ref, outcome ? { action, since, outcome, isElsewhere: true } : earlier);
    return refused({ kind: 'elsewhere', action, outcome });
  }

  async #sendAndFollow(
    ref: DeviceRef,
    sent: Sent & BeforeAction,
    code: number,
    expiresAt: number,
    { signal, onSent }: WatchOptions,
  ): Promise<ActResult> {
    const earlier = inDoubt(this.#store.operation(ref));
    try {
      const isTaken = await this.#send(ref, sent.action, code, expiresAt);
      onSent?.();
      return { sent: true, outcome: await this.#follow(ref, sent, isTaken, signal) };
    } catch (error) {
      this.#store.setOperation(ref, earlier);
      if (!(error instanceof NukiError)) throw error;
      return refused({ kind: 'refused', error });
    }
  }

  /** Leaves out a log that comes much later than the device: the state of the device is enough to act on. */
  async #readBefore(ref: DeviceRef): Promise<BeforeAction> {
    const enough = new AbortController();
    const newest = this.#reads.log(ref, this.#readOptions(ref, 'door', enough.signal)).catch(() => undefined);
    try {
      const device = await this.#reads.device(ref, this.#readOptions(ref, 'door'));
      void this.#clock.wait(logTimeoutMs, enough.signal).then(() => enough.abort());
      const log = await newest;
      return {
        device,
        log: log && [...this.#reads.entriesSeen(ref.smartlockId), ...(this.#store.device(ref)?.activity?.items ?? [])],
        logSince: log?.since ?? -Infinity,
      };
    } finally {
      enough.abort();
    }
  }

  /** @returns whether the API has taken the action; its answer may leave that open. @throws {NukiError} when it was clearly refused */
  async #send(ref: DeviceRef, action: ActionName, code: number, expiresAt: number): Promise<boolean> {
    const client = await this.#store.client(ref.accountId);
    this.#store.setOperation(ref, { action, since: this.#clock.now() });
    try {
      await client.act(ref.smartlockId, code, expiresAt);
      return true;
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      // The device could be read a moment ago, so the token lives.
      if (error.reason === 'unauthorized') throw new NukiError('permissionMissing', { status: 401 });
      if (!outcomeIsUnknown(error)) throw error;
      return false;
    }
  }

  async #follow(
    ref: DeviceRef,
    sent: Sent & BeforeAction,
    isTaken: boolean,
    stopped: AbortSignal | undefined,
  ): Promise<Outcome> {
    const since = this.#clock.now();
    const reader = {
      device: (signal: AbortSignal): Promise<Smartlock> =>
        this.#reads.device(ref, this.#readOptions(ref, 'follow', signal)),
      log: async (signal: AbortSignal): Promise<readonly ActivityEntry[]> => {
        const { entries } = await this.#reads.log(ref, this.#readOptions(ref, 'follow', signal));
        return entries.filter(({ date }) => sent.logSince === -Infinity || (instantOf(date) ?? 0) >= sent.logSince);
      },
    };
    const seen = await follow(sent, reader, this.#clock, this.#stopSignal(stopped));
    const outcome = isTaken ? seen : doubtful(seen);
    if (['unconfirmed', 'unwatched'].includes(outcome.kind)) {
      this.#unseen.push({ smartlockId: ref.smartlockId, action: sent.action, at: sent.at });
    }
    this.#store.setOperation(ref, { action: sent.action, since, outcome });
    return outcome;
  }

  /** When the same action was sent before whose entry may still come. */
  #earlier({ smartlockId }: DeviceRef, action: ActionName, at: number): readonly number[] {
    const isToCome = (unseen: { readonly at: number }): boolean => Math.abs(at - unseen.at) < entryComesWithinMs;
    this.#unseen.splice(0, this.#unseen.length, ...this.#unseen.filter(isToCome));
    return this.#unseen
      .filter((unseen) => unseen.smartlockId === smartlockId && unseen.action === action)
      .map((unseen) => unseen.at);
  }

  /** Reads the device alone; where several of its account are under way, one answer serves them all. */
  #readOptions({ accountId }: DeviceRef, lane: Lane, signal?: AbortSignal) {
    const underWay = [...this.#underWay.values()].filter((account) => account === accountId);
    return { lane, shared: underWay.length > 1, signal };
  }

  #stopSignal(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([this.#closed.signal, signal]) : this.#closed.signal;
  }
}

/** Of an action that the API has perhaps not taken: where nothing of it was seen, that is all that is known. */
function doubtful(outcome: Outcome): Outcome {
  const isUnseen = outcome.kind === 'unconfirmed' && ['unseen', 'unreadable', 'rateLimited'].includes(outcome.reason);
  return isUnseen ? { kind: 'unconfirmed', at: outcome.at, reason: 'perhapsNotTaken' } : outcome;
}

function refused(refusal: Refusal): ActResult {
  return { sent: false, refusal };
}
