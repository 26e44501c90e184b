import type { Clock } from '../../base/clock.ts';
import { actions, isActionName, type ActionName, type ActionTraits } from '../../nuki/vocabulary/kinds.ts';
import type { DeviceRef } from '../deviceRef.ts';
import { deadline, lockNGoDeadline } from './follow.ts';
import { isOutcome, type Outcome } from './operation.ts';
import type { SharedRecords } from '../sharedRecords.ts';

/** An action that a window has sent or is about to send. */
export interface SentAction extends DeviceRef {
  readonly action: ActionName;
  /** When it was sent, in milliseconds since 1970. */
  readonly since: number;
  /** The start of the extension that sent it: each window and each restart has its own. */
  readonly session: string;
  /** How it ended, as the window saw it that sent it; without the devices that an {@link Outcome} may name. */
  readonly outcome?: Outcome | undefined;
}

/** How long a window may take to wait for the answer to an action that it then follows, and a little more, in milliseconds. */
const longestAnswer = 25_000;

/** How often another window's action is looked at, in milliseconds. */
const pollMs = 500;

const prefix = 'sent/';

/**
 * The actions under way, of all windows of the user. Survives the end of the extension host. Each has a record of its own under the id of
 * its lock and a number; who creates the next number may act. So one window at a time acts on a lock, and a window that ended in the middle
 * hinders others only for as long as it might have followed its action.
 */
export class Journal {
  readonly #records: SharedRecords;
  readonly #session: string;
  readonly #clock: Clock;

  /** `session` is unique to each start. `env.sessionId` of VS Code is not: where telemetry is off, all windows have the same. */
  constructor(records: SharedRecords, session: string, clock: Clock) {
    this.#records = records;
    this.#session = session;
    this.#clock = clock;
  }

  /** The actions whose end is not known. */
  get entries(): readonly SentAction[] {
    return this.#all().filter(({ outcome }) => !outcome);
  }

  /**
   * Writes down an action before it is sent. Where nothing can be written down, it may be sent all the same.
   * @returns the action of another window that is under way on the same lock; then nothing may be sent, and nothing is written down
   */
  begin(ref: DeviceRef, action: ActionName): SentAction | undefined {
    this.#records.reload();
    const { accountId, smartlockId } = ref;
    const others = this.#all().filter((sent) => sent.smartlockId === smartlockId);
    const isElsewhere = ({ session }: SentAction): boolean => session !== this.#session;
    const underWay = others.find((sent) => isElsewhere(sent) && !sent.outcome && this.followedFor(sent) > 0);
    if (underWay) return underWay;
    const key = `${prefix}${smartlockId}/${this.#lastNumber(smartlockId) + 1}`;
    const sent: SentAction = { accountId, smartlockId, action, since: this.#clock.now(), session: this.#session };
    if (!this.#create(key, sent)) {
      this.#records.reload();
      return sentAction(this.#records.read().get(key)) ?? { ...sent, session: '' };
    }
    for (const other of others) if (other.outcome) this.remove(other);
    return undefined;
  }

  /**
   * Writes down how an action of this window ended. An `outcome` that is undefined says that it was not sent; one after which the device
   * has moved on is told to no other window, which would take it for how the device is.
   */
  end({ smartlockId }: DeviceRef, outcome: Outcome | undefined): void {
    const isOwn = (sent: SentAction): boolean =>
      sent.smartlockId === smartlockId && sent.session === this.#session && !sent.outcome;
    for (const [key, sent] of this.#keyed()) {
      if (!isOwn(sent)) continue;
      if (outcome && !hasMovedOn(outcome)) this.#write(key, { ...sent, outcome: withoutDevices(outcome) });
      else this.#delete(key);
    }
  }

  /** Waits for the end of another window's action. @returns `undefined` where that window does not tell it */
  async endOf(sent: SentAction, signal: AbortSignal): Promise<Outcome | undefined> {
    while (!signal.aborted && this.followedFor(sent) > 0) {
      this.#records.reload();
      const now = this.#all().find((other) => isSame(other, sent));
      if (!now || now.outcome) return now?.outcome;
      await this.#clock.wait(pollMs, signal);
    }
    return undefined;
  }

  /** For how many milliseconds from now on the window that sent an action may still be following it. */
  followedFor({ action, since }: SentAction): number {
    const { opensFirst = false }: ActionTraits = actions[action];
    const longest = (opensFirst ? lockNGoDeadline : deadline) + longestAnswer;
    return Math.max(0, longest - Math.abs(this.#clock.now() - since)); // the clock may have been set back
  }

  has(sent: SentAction): boolean {
    return this.entries.some((entry) => isSame(entry, sent));
  }

  remove(sent: SentAction): void {
    for (const [key, other] of this.#keyed()) if (isSame(other, sent)) this.#delete(key);
  }

  /** Forgets the actions whose end was told, once no window can be waiting for it. */
  forgetEnded(): void {
    for (const sent of this.#all()) if (sent.outcome && this.followedFor(sent) === 0) this.remove(sent);
  }

  #all(): readonly SentAction[] {
    return this.#keyed().map(([, sent]) => sent);
  }

  #keyed(): readonly (readonly [key: string, sent: SentAction])[] {
    return [...this.#records.read()].flatMap(([key, value]) => {
      const sent = key.startsWith(prefix) ? sentAction(value) : undefined;
      return sent ? [[key, sent] as const] : [];
    });
  }

  #lastNumber(smartlockId: number): number {
    const ofLock = `${prefix}${smartlockId}/`;
    const keys = [...this.#records.read().keys()].filter((key) => key.startsWith(ofLock));
    return Math.max(0, ...keys.map((key) => Number(key.slice(ofLock.length)) || 0));
  }

  #create(key: string, sent: SentAction): boolean {
    try {
      return this.#records.create(key, sent);
    } catch {
      return true;
    }
  }

  /** A record that cannot be written or deleted hinders for as long as its action might have been followed, and no longer. */
  #write(key: string, sent: SentAction): void {
    try {
      this.#records.write(key, sent);
    } catch {}
  }

  #delete(key: string): void {
    try {
      this.#records.delete(key);
    } catch {}
  }
}

function isSame(a: SentAction, b: SentAction): boolean {
  return a.smartlockId === b.smartlockId && a.since === b.since && a.session === b.session;
}

function hasMovedOn(outcome: Outcome): boolean {
  return outcome.kind === 'confirmed' && outcome.now !== undefined;
}

/** Devices are told by their names, ids and states to none but the API's own answers. */
function withoutDevices(outcome: Outcome): Outcome {
  return outcome.kind === 'confirmed' ? { kind: outcome.kind, at: outcome.at } : outcome;
}

function sentAction(value: unknown): SentAction | undefined {
  return isSentAction(value) ? value : undefined;
}

function isSentAction(value: unknown): value is SentAction {
  return (
    typeof value === 'object' &&
    value !== null &&
    'accountId' in value &&
    typeof value.accountId === 'string' &&
    'smartlockId' in value &&
    typeof value.smartlockId === 'number' &&
    'since' in value &&
    typeof value.since === 'number' &&
    'session' in value &&
    typeof value.session === 'string' &&
    'action' in value &&
    typeof value.action === 'string' &&
    isActionName(value.action) &&
    (!('outcome' in value) || isOutcome(value.outcome))
  );
}
