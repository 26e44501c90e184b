import type { Clock } from '../../base/clock.ts';
import type { ActivityEntry } from '../../nuki/activityLog.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { phaseOfDevice, type Smartlock } from '../../nuki/smartlock.ts';
import {
  attemptsAmong,
  endAtLast,
  endSeen,
  failureSeen,
  isOpenedFirst,
  type Ending,
  type Sent,
  type Sight,
} from './evidence.ts';
import { hasChanged, type Outcome } from './operation.ts';

/** For how many milliseconds an action is followed. */
export const deadline = 30_000;

/** The same for a lock 'n' go that has opened: the user may have it lock after 5 to 60 seconds (`lngTimeout`, OpenAPI). */
export const lockNGoDeadline = 100_000;

/**
 * When to look, in milliseconds after the action was sent: first after 1.5 s, then every second until 8 s, then every 1.5 s until 30 s, and
 * every 3 s after that. Half of all operations are done after about 3 s; looking more often costs requests, less often lets a person wait.
 */
export const lookTimes: readonly number[] = [
  ...Array.from({ length: 7 }, (_, look) => 1_500 + look * 1_000),
  ...Array.from({ length: 14 }, (_, look) => 9_000 + look * 1_500),
  ...Array.from({ length: 24 }, (_, look) => 30_500 + look * 3_000),
];

/** For how many milliseconds a failure is looked at before it is said to be ours: most entries come within 6 s of each other. */
const shortWhile = 6_000;

/** How the follower reads; both throw {@link NukiError}, and a failed look is followed by the next. */
export interface DeviceReader {
  device(signal: AbortSignal): Promise<Smartlock>;
  log(signal: AbortSignal): Promise<readonly ActivityEntry[]>;
}

/**
 * Follows an action that was sent until there is evidence of how it ended, or the deadline has passed. An abort of `signal` ends the
 * following, not the action: the outcome is then `unwatched`.
 */
export async function follow(sent: Sent, reader: DeviceReader, clock: Clock, signal: AbortSignal): Promise<Outcome> {
  const startedAt = clock.now();
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const looks = new Looks(sent, reader, clock);
  const say = (ending: Ending): Outcome => ({ ...ending, at: clock.now() });
  void clock
    .wait(deadline, stop)
    .then(() => clock.wait(looks.hasOpened ? lockNGoDeadline - deadline : 0, stop))
    .then(() => ended.abort());
  try {
    for (const time of lookTimes) {
      const wait = startedAt + time - clock.now();
      if (wait < 0) continue; // a slow look has missed this one; the next is soon enough
      await clock.wait(wait, stop);
      if (stop.aborted) break;
      const end = await looks.look(stop);
      if (end) return say(end);
      const left = startedAt + (looks.hasOpened ? lockNGoDeadline : deadline) - clock.now();
      if (looks.retryAt - clock.now() >= left) {
        return say({ kind: 'unconfirmed', reason: 'rateLimited', retryAt: looks.retryAt });
      }
      await clock.wait(looks.retryAt - clock.now(), stop);
    }
    await clock.wait(deadline, stop);
    return signal.aborted ? { kind: 'unwatched', at: clock.now() } : say(looks.endAtLast());
  } finally {
    ended.abort();
  }
}

/** The looks at one device, and what they have shown so far. */
class Looks {
  readonly #sent: Sent;
  readonly #reader: DeviceReader;
  readonly #clock: Clock;
  readonly #known: ReadonlySet<string>;
  /** All entries that were seen since, by their ids: a later answer may come from an older copy, or not at all. */
  readonly #entries = new Map<string, ActivityEntry>();
  #hasReadLog = false;
  #sight: Sight | undefined;
  /** When that was seen, in milliseconds since 1970. */
  #sightAt = 0;
  #failedSince: number | undefined;
  /** When the API may be asked again, in milliseconds since 1970. */
  retryAt = 0;
  /** Whether an action that opens first was seen to have opened. */
  hasOpened = false;

  constructor(sent: Sent, reader: DeviceReader, clock: Clock) {
    this.#sent = sent;
    this.#reader = reader;
    this.#clock = clock;
    this.#known = new Set(sent.log?.map(({ id }) => id));
  }

  /** Looks once. @returns how the action has ended, if that is proved */
  async look(signal: AbortSignal): Promise<Ending | undefined> {
    try {
      const device = await this.#reader.device(signal);
      // Nothing is claimed of a device that moves, so its log can wait.
      if (phaseOfDevice(device) !== 'moving') await this.#readLog(signal);
      const entries = this.#hasReadLog ? [...this.#entries.values()] : undefined;
      this.hasOpened ||= isOpenedFirst(this.#sent, device, attemptsAmong(entries ?? [], this.#sent));
      const hasLeft = this.#sight?.hasLeft === true || hasChanged(this.#sent.device, device);
      this.#sight = { device, entries, hasOpened: this.hasOpened, hasLeft };
      this.#sightAt = this.#clock.now();
      return endSeen(this.#sent, this.#sight) ?? this.#lastingFailure(this.#sight);
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      this.retryAt = error.retryAt ?? 0;
      return undefined;
    }
  }

  endAtLast(): Ending {
    const end = endAtLast(this.#sent, this.#sight);
    const mayBeFollowed = Math.abs(this.#clock.now() - this.#sightAt) >= shortWhile;
    return end.kind === 'failed' && mayBeFollowed ? { kind: 'unconfirmed', reason: 'unreadable' } : end;
  }

  async #readLog(signal: AbortSignal): Promise<void> {
    if (this.#sent.log === undefined) return;
    try {
      for (const entry of await this.#reader.log(signal)) {
        if (!this.#known.has(entry.id)) this.#entries.set(entry.id, entry);
      }
      this.#hasReadLog = true;
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      this.retryAt = error.retryAt ?? 0;
    }
  }

  #lastingFailure(sight: Sight): Ending | undefined {
    const failure = failureSeen(this.#sent, sight);
    if (!failure) {
      this.#failedSince = undefined;
      return undefined;
    }
    this.#failedSince ??= this.#clock.now();
    return this.#clock.now() - this.#failedSince >= shortWhile ? failure : undefined;
  }
}
