import type { Conditions } from '../conditions.ts';
import { History } from './history.ts';
import type { Timeline } from '../time/timeline.ts';
import type { AuthorizationJson, LogJson, SettingsPart, SmartlockJson, StateJson } from '../wire.ts';

/** Messages on one line keep their order; between lines they do not: a state may arrive before its log entry. */
interface Line {
  until: number;
}

/** By how much a copy may be behind that answers only when it is told to, in ms. */
export const oldestCopy = 60_000;

/** What the API shows of a device. */
export interface CloudContent {
  readonly listed: SmartlockJson;
  readonly authorizations: readonly AuthorizationJson[];
  /** Newest first. */
  readonly log: readonly LogJson[];
}

/** What the cloud has come to know of a device. `isSync`: the device has told all of itself, whether or not it was known. */
export interface CloudChange {
  readonly before: CloudContent;
  readonly after: CloudContent;
  readonly isSync: boolean;
}

/** The cloud's copy of a device, which the API shows. It follows the device late, and not at all while the device is offline. */
export class CloudCopy {
  readonly #history: History<CloudContent>;
  readonly #timeline: Timeline;
  readonly #conditions: Conditions;
  readonly #learned: (change: CloudChange) => void;
  readonly #states: Line = { until: 0 };
  readonly #entries: Line = { until: 0 };
  readonly #kept: (() => void)[] = [];
  /** Operations that ended before they were shown. */
  readonly #over = new Set<string>();

  /** `learned`: told of every change. */
  constructor(
    content: CloudContent,
    timeline: Timeline,
    conditions: Conditions,
    learned: (change: CloudChange) => void,
  ) {
    const listed = structuredClone(content.listed);
    this.#history = new History({ ...content, listed }, Math.max(...conditions.copies, oldestCopy));
    this.#timeline = timeline;
    this.#conditions = conditions;
    this.#learned = learned;
  }

  get listed(): SmartlockJson {
    return this.#history.now.listed;
  }

  get authorizations(): readonly AuthorizationJson[] {
    return this.#history.now.authorizations;
  }

  get log(): readonly LogJson[] {
    return this.#history.now.log;
  }

  get online(): boolean {
    return this.listed.serverState === 0;
  }

  /** What a copy that is behind by `lag` ms shows now. */
  behindBy(lag: number): CloudContent {
    return lag === 0 ? this.#history.now : this.#history.at(this.#timeline.now - lag);
  }

  /** Cuts or restores the connection; once it is restored, the copy catches up. */
  setServerState(serverState: number): void {
    this.#list({ serverState });
    if (this.online) for (const learn of this.#kept.splice(0)) this.#learn(learn);
  }

  /** Shows the device as busy, or leaves it out. @returns the id of the operation */
  beginOperation(isShown = true): string {
    const operationId = this.#timeline.newId();
    const { operationsShownLate, operationsNeverShown } = this.#conditions;
    const luck = operationsShownLate + operationsNeverShown > 0 ? this.#timeline.random.next() : 1;
    if (isShown && luck < operationsShownLate) {
      const late = this.#timeline.random.duration(1500, 300, 5000);
      this.#timeline.after(late, () => {
        if (!this.#over.delete(operationId)) this.#list({ operationId });
      });
    } else if (isShown && luck >= operationsShownLate + operationsNeverShown) this.#list({ operationId });
    return operationId;
  }

  endOperation(operationId: string): void {
    const end = (): void => {
      if (this.listed.operationId === operationId) this.forgetOperation();
      else this.#over.add(operationId);
    };
    this.#learn(() => {
      if (this.#conditions.operationsStay > 0) this.#timeline.after(this.#conditions.operationsStay, end);
      else end();
    });
  }

  /** The device is shown as busy no more. */
  forgetOperation(): void {
    const { operationId: _, ...listed } = this.listed;
    this.#set({ listed });
  }

  /** The date of an update is that of the last change: a state that is the same again changes nothing. */
  learnState(state: StateJson): void {
    const copy = { ...state };
    this.#learn(() => {
      if (!sameFields(copy, this.listed.state)) this.#list({ state: copy, updateDate: this.#timeline.date });
    });
  }

  learnConfig(config: SmartlockJson['config']): void {
    this.#learn(() => this.#list({ config, updateDate: this.#timeline.date }));
  }

  /** Shows what only the cloud keeps of a device, at once. */
  list(fields: Pick<Partial<SmartlockJson>, 'name' | 'favorite' | 'webConfig'>): void {
    this.#list({ ...fields, updateDate: this.#timeline.date });
  }

  /** Shows a part of the settings as busy until the device reports it. */
  beginSettings(part: SettingsPart): void {
    this.#listSettings(part, { ...this.listed[part], operationId: this.#timeline.newId() });
  }

  /** The device reports what was set: nothing where that never reached it. */
  learnSettings(part: SettingsPart, set: object): void {
    this.#learn(() => {
      const { operationId: _, ...settings }: Readonly<Record<string, unknown>> = { ...this.listed[part], ...set };
      this.#listSettings(part, settings);
      if (Object.keys(set).length > 0) this.#list({ updateDate: this.#timeline.date });
    });
  }

  learnAdminPin(adminPinState: number): void {
    this.#learn(() => this.#list({ adminPinState, updateDate: this.#timeline.date }));
  }

  /** Shows an authorization as busy until the device reports it. */
  beginChange(id: string): void {
    const seconds = Math.floor(this.#timeline.now / 1000);
    const operationId = { timestamp: seconds, timeSecond: seconds, date: this.#timeline.date };
    const entry = this.authorizations.find((candidate) => candidate.id === id);
    if (entry !== undefined) this.listAuthorization({ ...entry, operationId });
  }

  /** Shows the authorization as it is listed, busy no more, with `error` where there is one. */
  endChange(id: string, error?: string): void {
    this.#learn(() => {
      const entry = this.authorizations.find((candidate) => candidate.id === id);
      if (entry === undefined || (entry.operationId === undefined && error === undefined)) return;
      const { operationId: _, ...free } = entry;
      this.listAuthorization({ ...free, ...(error !== undefined && { error }) });
    });
  }

  /** Lists an authorization at once, whatever the device says. */
  listAuthorization(entry: AuthorizationJson): void {
    this.#set({ authorizations: replaced(this.authorizations, entry.id, entry) });
  }

  /** `entry`: the authorization on the device; `undefined` where the device has none with this id. `lag`: how much later than usual, in ms. */
  learnAuthorization(id: string, entry: AuthorizationJson | undefined, lag = 0): void {
    const learn = (): void => this.#set({ authorizations: replaced(this.authorizations, id, entry) });
    if (lag > 0) this.#timeline.after(lag, learn);
    else this.#learn(learn);
  }

  /** The device tells all of itself, as a sync has it do. */
  learnAuthorizations(all: readonly AuthorizationJson[]): void {
    this.#learn(() => this.#set({ authorizations: all }, true));
  }

  /** Where entries may be out of order, each takes its own time. `whenListed`: told of the entry as the API lists it. */
  learnEntry(entry: LogJson, whenListed: (listed: LogJson) => void): void {
    const { median, min, max, inOrder } = this.#conditions.logLag;
    const lag = this.#timeline.random.duration(median, min, max);
    const line = inOrder ? this.#entries : { until: 0 };
    const arrives = this.#conditions.logIds === 'by arrival';
    const learn = (): void => {
      const listed = arrives ? { ...entry, id: this.#timeline.newId() } : entry;
      this.#set({ log: [listed, ...this.log] });
      whenListed(listed);
    };
    this.#learn(learn, line, lag);
  }

  #listSettings(part: SettingsPart, settings: object): void {
    this.#set({ listed: { ...this.listed, [part]: settings } });
  }

  #list(fields: Partial<SmartlockJson>): void {
    this.#set({ listed: { ...this.listed, ...fields } });
  }

  #set(content: Partial<CloudContent>, isSync = false): void {
    const before = this.#history.now;
    const after = { ...before, ...content };
    this.#history.set(after, this.#timeline.now);
    this.#learned({ before, after, isSync });
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

function sameFields(a: object, b: object): boolean {
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([name, value]) => right.get(name) === value);
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
