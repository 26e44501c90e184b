import type { Timeline } from './timeline.ts';
import type { AuthorizationJson, LogJson, SmartlockJson, StateJson } from './wire.ts';

/** Messages on one line keep their order; between lines they do not: a state may arrive before its log entry. */
interface Line {
  until: number;
}

/** The cloud's copy of a device, which the API shows. It follows the device late, and not at all while the device is offline. */
export class CloudCopy {
  readonly listed: SmartlockJson;
  authorizations: readonly AuthorizationJson[];
  /** Newest first. */
  log: readonly LogJson[];
  readonly #timeline: Timeline;
  readonly #states: Line = { until: 0 };
  readonly #entries: Line = { until: 0 };
  readonly #kept: (() => void)[] = [];

  constructor(
    listed: SmartlockJson,
    authorizations: readonly AuthorizationJson[],
    log: readonly LogJson[],
    timeline: Timeline,
  ) {
    this.listed = structuredClone(listed);
    this.authorizations = authorizations;
    this.log = log;
    this.#timeline = timeline;
  }

  get online(): boolean {
    return this.listed.serverState === 0;
  }

  /** Cuts or restores the connection; once it is restored, the copy catches up. */
  setServerState(serverState: number): void {
    this.listed.serverState = serverState;
    if (this.online) for (const learn of this.#kept.splice(0)) this.#learn(learn);
  }

  /** Marks the device as busy, because the cloud has sent it an operation. */
  beginOperation(): void {
    this.listed.operationId = this.#timeline.newId();
  }

  endOperation(): void {
    this.#learn(() => void delete this.listed.operationId);
  }

  learnState(state: StateJson): void {
    const copy = { ...state };
    this.#learn(() => Object.assign(this.listed, { state: copy, updateDate: this.#timeline.date }));
  }

  /** Marks an authorization as busy until the device reports it. */
  beginChange(id: string): void {
    const seconds = Math.floor(this.#timeline.now / 1000);
    const operationId = { timestamp: seconds, timeSecond: seconds, date: this.#timeline.date };
    const entry = this.authorizations.find((candidate) => candidate.id === id);
    if (entry !== undefined) this.authorizations = replaced(this.authorizations, id, { ...entry, operationId });
  }

  /** `entry`: the authorization on the device; `undefined` where the device has none with this id. */
  learnAuthorization(id: string, entry: AuthorizationJson | undefined): void {
    this.#learn(() => void (this.authorizations = replaced(this.authorizations, id, entry)));
  }

  learnAuthorizations(all: readonly AuthorizationJson[]): void {
    this.#learn(() => void (this.authorizations = all));
  }

  learnEntry(entry: LogJson): void {
    const lag = this.#timeline.random.duration(2600, 1200, 6000);
    this.#learn(() => void (this.log = [entry, ...this.log]), this.#entries, lag);
  }

  #learn(learn: () => void, line = this.#states, lag = this.#timeline.random.duration(1200, 500, 2500)): void {
    const { now } = this.#timeline;
    line.until = Math.max(now + lag, line.until);
    this.#timeline.after(line.until - now, () => {
      if (this.online) learn();
      else this.#kept.push(learn);
    });
  }
}

/** `entries` with `entry` in place of the one with this id, or at the end; without that one where `entry` is undefined. */
export function replaced(
  entries: readonly AuthorizationJson[],
  id: string,
  entry: AuthorizationJson | undefined,
): readonly AuthorizationJson[] {
  if (entry === undefined) return entries.filter((other) => other.id !== id);
  const isKnown = entries.some((other) => other.id === id);
  return isKnown ? entries.map((other) => (other.id === id ? entry : other)) : [...entries, entry];
}
