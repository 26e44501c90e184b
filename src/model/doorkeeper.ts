import type { Clock } from '../base/clock.ts';
import type { ActivityEntry } from '../nuki/activityLog.ts';
import { NukiError, outcomeIsUnknown } from '../nuki/http/errors.ts';
import { actions, kindOf, type ActionName } from '../nuki/vocabulary/kinds.ts';
import { isBusy, isOnline, isReady, type Smartlock } from '../nuki/smartlock.ts';
import { keyOf, type DeviceRef } from './deviceRef.ts';
import { follow, type Before } from './follow.ts';
import { inDoubt, type Operation, type Outcome } from './operation.ts';
import type { DeviceState } from './snapshots.ts';
import type { Store } from './store.ts';

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
}

/** How the caller watches an action. */
export interface WatchOptions {
  /** Ends the waiting, not the action. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the API has taken the action, or may have. */
  readonly onSent?: (() => void) | undefined;
}

/** For this many milliseconds one list of an account serves all its devices that are followed: less than the time between two looks. */
const sharedFor = 900;

/** An action may still be sent this many milliseconds after the user has agreed: later they no longer expect it. */
const requestExpiresAfterMs = { opening: 20_000, closing: 300_000 };

/** How many milliseconds to wait for the log once the device was read; then the action is sent without it. */
const logTimeoutMs = 5_000;

/** How many of the newest log entries are read, to tell an entry of ours from earlier ones. */
const logDepth = 10;

/**
 * The one way to a door. Every action of every command ends here: the user is asked where they must be, the device is read again, and then
 * one request is sent, once, whatever becomes of it. What follows is only looking.
 */
export class Doorkeeper {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ask: (question: Question) => Promise<boolean>;
  readonly #underWay = new Set<string>();
  readonly #lists = new Map<string, { readonly askedAt: number; readonly read: Promise<void> }>();
  readonly #closed = new AbortController();

  constructor(store: Store, clock: Clock, ask: (question: Question) => Promise<boolean>) {
    this.#store = store;
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Asks, sends and follows. Failures of the API come as a refusal or as an outcome, never as an exception. */
  async act(ref: DeviceRef, action: ActionName, { signal, onSent }: WatchOptions = {}): Promise<ActResult> {
    const key = keyOf(ref);
    if (this.#underWay.has(key)) return refused({ kind: 'busy' });
    this.#underWay.add(key);
    try {
      return await this.#act(ref, action, { signal, onSent });
    } finally {
      this.#underWay.delete(key);
    }
  }

  /** Ends all following; what was sent cannot be called back. */
  dispose(): void {
    this.#closed.abort();
  }

  async #act(ref: DeviceRef, action: ActionName, { signal, onSent }: WatchOptions): Promise<ActResult> {
    const state = this.#store.device(ref);
    if (!state) return refused({ kind: 'unsupported' });
    const code = kindOf(state.device.type).actions[action];
    if (code === undefined) return refused({ kind: 'unsupported' });

    const { closes } = actions[action];
    const offline = !isOnline(state.device);
    if (offline && !closes) return refused({ kind: 'offline', device: state.device });
    if ((offline || !closes) && !(await this.#ask({ state, action, offline }))) return refused({ kind: 'declined' });

    const requestedAt = this.#clock.now();
    let sending: { readonly earlier: Operation | undefined } | undefined;
    try {
      const before = await this.#readBefore(ref);
      const waited = Math.abs(this.#clock.now() - requestedAt);
      if (waited > requestExpiresAfterMs[closes ? 'closing' : 'opening']) throw new NukiError('timeout');
      if (isBusy(before.device)) return refused({ kind: 'busy' });
      if (!isOnline(before.device) && !(closes && offline)) return refused({ kind: 'offline', device: before.device });
      if (!closes && !isReady(before.device)) return refused({ kind: 'notReady', device: before.device });
      sending = { earlier: inDoubt(this.#store.operation(ref)) };
      await this.#send(ref, action, code);
      onSent?.();
      return { sent: true, outcome: await this.#follow(ref, action, before, signal) };
    } catch (error) {
      if (sending) this.#store.setOperation(ref, sending.earlier);
      if (!(error instanceof NukiError)) throw error;
      return refused({ kind: sending ? 'refused' : 'unread', error });
    }
  }

  /** Leaves out a log that comes much later than the device: the state of the device is enough to act on. */
  async #readBefore(ref: DeviceRef): Promise<Before> {
    const enough = new AbortController();
    const log = this.#readLog(ref, enough.signal).catch(() => undefined);
    try {
      const device = await this.#store.readDevice(ref);
      void this.#clock.wait(logTimeoutMs, enough.signal).then(() => enough.abort());
      return { device, log: await log };
    } finally {
      enough.abort();
    }
  }

  /** Returns also where the answer leaves open whether the action was accepted. @throws {NukiError} when it was clearly refused */
  async #send(ref: DeviceRef, action: ActionName, code: number): Promise<void> {
    const client = await this.#store.client(ref.accountId);
    this.#store.setOperation(ref, { action, since: this.#clock.now() });
    try {
      await client.act(ref.smartlockId, code);
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      // The device could be read a moment ago, so the token lives.
      if (error.reason === 'unauthorized') throw new NukiError('permissionMissing', { status: 401 });
      if (!outcomeIsUnknown(error)) throw error;
    }
  }

  async #follow(
    ref: DeviceRef,
    action: ActionName,
    before: Before,
    stopped: AbortSignal | undefined,
  ): Promise<Outcome> {
    const since = this.#clock.now();
    const reader = {
      device: (signal: AbortSignal): Promise<Smartlock> => this.#look(ref, signal),
      log: (signal: AbortSignal): Promise<readonly ActivityEntry[]> => this.#readLog(ref, signal),
    };
    const outcome = await follow(action, before, reader, this.#clock, this.#stopSignal(stopped));
    this.#store.setOperation(ref, { action, since, outcome });
    return outcome;
  }

  /** Reads the device alone; where several of one account are followed, one list serves them all. */
  async #look(ref: DeviceRef, signal: AbortSignal): Promise<Smartlock> {
    const { accountId } = ref;
    const followed = [...this.#underWay].filter((key) => key.startsWith(`${accountId}/`)).length;
    if (followed < 2) return await this.#store.readDevice(ref, signal);
    const now = this.#clock.now();
    const last = this.#lists.get(accountId);
    const list =
      last && now - last.askedAt < sharedFor
        ? last
        : { askedAt: now, read: this.#store.readDevices(accountId, 'action') };
    this.#lists.set(accountId, list);
    await list.read;
    const state = this.#store.device(ref);
    if (!state) throw new NukiError('notFound');
    return state.device;
  }

  #stopSignal(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([this.#closed.signal, signal]) : this.#closed.signal;
  }

  async #readLog({ accountId, smartlockId }: DeviceRef, signal?: AbortSignal): Promise<readonly ActivityEntry[]> {
    const client = await this.#store.client(accountId);
    return (await client.activity(smartlockId, logDepth, { lane: 'action', signal })).items;
  }
}

function refused(refusal: Refusal): ActResult {
  return { sent: false, refusal };
}
