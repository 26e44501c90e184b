import { isDeepStrictEqual } from 'node:util';
import { Emitter } from '../../../src/base/event.ts';
import type { Memento } from '../../../src/model/memento.ts';
import type { AccountSource, Secrets } from '../../../src/model/accounts/accountBook.ts';
import type { StoreChange } from '../../../src/model/snapshots.ts';
import type { SharedRecords } from '../../../src/model/sharedRecords.ts';
import { Store } from '../../../src/model/store.ts';
import type { Person } from '../../../src/nuki/account.ts';
import type { AccountActivityEntry, ActivityEntry } from '../../../src/nuki/activityLog.ts';
import type { Authorization } from '../../../src/nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes } from '../../../src/nuki/authorization/authorizationWrites.ts';
import type { NukiClient } from '../../../src/nuki/http/client.ts';
import type { Decoded } from '../../../src/nuki/http/decode.ts';
import { NukiError, type Reason } from '../../../src/nuki/http/errors.ts';
import type { Integration } from '../../../src/nuki/integration.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { makeSmartlock, type DeviceDetails } from '../../../src/simulator/devices/smartlockJson.ts';
import type { SmartlockJson } from '../../../src/simulator/wire.ts';
import { lock } from '../devices.ts';
import type { FakeClock } from '../fakeClock.ts';

export const accountId = '7';

/** The account of a simulated home. */
export const simulatedAccount = {
  accountId: Number(accountId),
  type: 0,
  email: 'anna@example.com',
  name: 'Anna',
  creationDate: '',
  updateDate: '',
};

/** One of its locks, by its place, with summer time. */
export function simulatedLock(
  type: number,
  place: number,
  details: Pick<DeviceDetails, 'created' | 'updated' | 'state' | 'config'>,
): SmartlockJson {
  return makeSmartlock({
    type,
    hex: `1A2B3C4${place}`,
    name: `Door ${place}`,
    accountId: Number(accountId),
    firmware: [4, 2, 8],
    timezoneId: 37,
    ...details,
  });
}

/** A promise whose end a test decides. */
export interface Pending<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function pending<T>(): Pending<T> {
  return Promise.withResolvers<T>();
}

export const failing = (reason: Reason, status?: number): Promise<never> =>
  Promise.reject(new NukiError(reason, { status }));

export const listOf = <T>(...items: T[]): Decoded<T> => ({ items, unreadable: [] });

const notScripted = (): Promise<never> => Promise.reject(new Error('this API has no script for that'));

interface Lane {
  readonly lane?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A Web API that answers as its fields say, and remembers what it was asked, and when. */
export class ScriptedApi implements NukiClient {
  readonly calls: string[] = [];
  readonly times: number[] = [];
  /** In which lane each read was, where it was said. */
  readonly lanes: string[] = [];
  /** Until when each action may be sent, in milliseconds since 1970. */
  readonly expiries: (number | undefined)[] = [];
  devices: readonly Smartlock[] = [lock()];
  log: readonly ActivityEntry[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  onAccount: (signal?: AbortSignal) => Promise<{ accountId: number; name: string | undefined }> = () =>
    Promise.resolve({ accountId: Number(accountId), name: 'Anna' });
  onSmartlocks: () => Promise<Decoded<Smartlock>> = () => Promise.resolve(listOf(...this.devices));
  onSmartlock: (id: number) => Promise<Smartlock> = (id) => {
    const device = this.devices.find(({ smartlockId }) => smartlockId === id);
    return device ? Promise.resolve(device) : failing('notFound', 404);
  };
  onAuthorizations: (id: number) => Promise<Decoded<Authorization>> = () => Promise.resolve(listOf());
  onAllAuthorizations: (signal?: AbortSignal) => Promise<Decoded<Authorization>> = () => Promise.resolve(listOf());
  onPeople: (signal?: AbortSignal) => Promise<Decoded<Person>> = () => Promise.resolve(listOf());
  onActivity: (signal?: AbortSignal) => Promise<Decoded<ActivityEntry>> = () => Promise.resolve(listOf(...this.log));
  onAct: (id: number, action: number) => Promise<void> = () => Promise.resolve();

  account({ signal }: Lane = {}): ReturnType<NukiClient['account']> {
    return this.#asked('account', () => this.onAccount(signal));
  }

  smartlocks({ lane = 'none' }: Lane = {}): Promise<Decoded<Smartlock>> {
    this.lanes.push(`smartlocks: ${lane}`);
    return this.#asked('smartlocks', this.onSmartlocks);
  }

  smartlock(id: number, { lane = 'none' }: Lane = {}): Promise<Smartlock> {
    this.lanes.push(`smartlock: ${lane}`);
    return this.#asked(`smartlock ${id}`, () => this.onSmartlock(id));
  }

  authorizations(id: number): Promise<AuthorizationsWithCodes> {
    return this.#asked(`authorizations ${id}`, async () => ({
      ...(await this.onAuthorizations(id)),
      codes: new Map(),
    }));
  }

  async allAuthorizations({ signal }: Lane = {}): Promise<AuthorizationsWithCodes> {
    const list = await this.#asked('allAuthorizations', () => this.onAllAuthorizations(signal));
    return { ...list, codes: new Map() };
  }

  people({ signal }: Lane = {}): Promise<Decoded<Person>> {
    return this.#asked('people', () => this.onPeople(signal));
  }

  authorization = notScripted;
  createAuthorization = notScripted;
  replaceAuthorization = notScripted;
  deleteAuthorization = notScripted;
  deleteAuthorizations = notScripted;
  createPerson = notScripted;
  deletePerson = notScripted;
  integrations = (): Promise<Decoded<Integration>> => failing('unauthorized', 401);
  revoke = notScripted;
  raw = notScripted;

  activity(_id: number, _limit: number, { lane = 'none', signal }: Lane = {}): Promise<Decoded<ActivityEntry>> {
    this.lanes.push(`activity: ${lane}`);
    return this.#asked('activity', () => this.onActivity(signal));
  }

  /** The log of each device, one after the other. */
  async accountActivity(_limit: number, { lane = 'none' }: Lane = {}): Promise<Decoded<AccountActivityEntry>> {
    this.lanes.push(`accountActivity: ${lane}`);
    const { items } = await this.#asked('accountActivity', this.onActivity);
    const logs = this.devices.map(({ smartlockId }) => items.map((entry) => ({ ...entry, smartlockId })));
    return listOf(...logs.flat());
  }

  sync(id: number): Promise<void> {
    return this.#asked(`sync ${id}`, () => Promise.resolve());
  }

  act(id: number, action: number, expiresAt?: number): Promise<void> {
    this.expiries.push(expiresAt);
    return this.#asked(`act ${id} ${action}`, () => this.onAct(id, action));
  }

  /** How often something was asked for. */
  count(call: string): number {
    return this.calls.filter((made) => made === call || made.startsWith(`${call} `)).length;
  }

  #asked<T>(call: string, answer: () => Promise<T>): Promise<T> {
    this.calls.push(call);
    this.times.push(this.#clock.now());
    return answer();
  }
}

export function sourceOf(client: NukiClient, id = accountId, label = 'Home'): AccountSource {
  return { id, label, simulated: false, client: () => Promise.resolve(client) };
}

/** A store with one account, and every change that it tells of. */
export function storeOf(clock: FakeClock, client: NukiClient): { store: Store; changes: StoreChange[] } {
  const store = new Store(clock);
  store.setSources([sourceOf(client)]);
  const changes: StoreChange[] = [];
  store.onDidChange((change) => changes.push(change));
  return { store, changes };
}

/** Secrets in memory, with every key that was written. */
export class FakeSecrets implements Secrets {
  readonly kept = new Map<string, string>();
  readonly written: string[] = [];

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.written.push(key);
    this.kept.set(key, value);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.written.push(key);
    this.kept.delete(key);
    return Promise.resolve();
  }
}

export class FakeMemento implements Memento {
  readonly kept = new Map<string, unknown>();
  readonly written: string[] = [];

  get(key: string): unknown {
    return this.kept.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    this.written.push(key);
    this.kept.set(key, value);
    return Promise.resolve();
  }
}

/** The records of one window. What another has written on the same `disk` is read when the window looks. */
export class FakeRecords implements SharedRecords {
  readonly disk: Map<string, unknown>;
  #known: ReadonlyMap<string, unknown>;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(disk = new Map<string, unknown>()) {
    this.disk = disk;
    this.#known = new Map(disk);
  }

  read(): ReadonlyMap<string, unknown> {
    return this.#known;
  }

  has(key: string): boolean {
    return this.disk.has(key);
  }

  create(key: string, value: unknown): boolean {
    if (this.disk.has(key)) return false;
    this.write(key, value);
    return true;
  }

  write(key: string, value: unknown): void {
    this.disk.set(key, value);
    this.#known = new Map([...this.#known, [key, value]]);
  }

  delete(key: string): void {
    this.disk.delete(key);
    this.#known = new Map([...this.#known].filter(([known]) => known !== key));
  }

  reload(): void {
    const before = this.#known;
    this.#known = new Map(this.disk);
    if (!isDeepStrictEqual(this.#known, before)) this.#changed.fire();
  }
}
