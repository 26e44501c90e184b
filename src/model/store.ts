import type { Clock } from '../base/clock.ts';
import { inPages } from '../base/eventLoop.ts';
import type { Person } from '../nuki/account.ts';
import type { ActivityEntry } from '../nuki/activityLog.ts';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes } from '../nuki/authorization/authorizationWrites.ts';
import type { Lane } from '../nuki/http/rateLimiter.ts';
import type { NukiClient } from '../nuki/http/client.ts';
import type { Decoded } from '../nuki/http/decode.ts';
import { NukiError } from '../nuki/http/errors.ts';
import { reasonFor401, type AccountSource } from './accounts/accountBook.ts';
import { pageSize, withNewest, withNext, type ActivityList } from './activity/activityList.ts';
import { authorizationsByDevice } from './authorizations/authorizationsByDevice.ts';
import { keyOf, type DeviceRef } from './deviceRef.ts';
import { isEnough, isOlderList, longer } from './news.ts';
import { stillPending } from './authorizations/pendingChanges.ts';
import { Snapshots, type DeviceReading, type DeviceState } from './snapshots.ts';

/** How devices and what belongs to them are read. */
export interface ReadOptions {
  readonly lane?: Lane;
  /** Whether a reading that is under way will do. */
  readonly joins?: boolean;
}

/** How all that tells who may enter is read. */
export interface AccessOptions extends Pick<ReadOptions, 'joins'> {
  readonly signal?: AbortSignal | undefined;
  readonly onPage?: ((page: number, pages: number) => void) | undefined;
}

/** The snapshots, with the accounts that they are read from. */
export class Store extends Snapshots {
  readonly #clock: Clock;
  readonly #runningRefreshes = new Map<string, Promise<void>>();
  readonly #runningReads = new Map<string, Promise<void>>();
  /** By account; each resolves to whether it was stopped. */
  readonly #accessReads = new Map<string, Promise<boolean>>();
  #asked = 0;
  #sources: readonly AccountSource[] = [];

  /** `nukiNow`: ms since 1970 by Nuki's clock, which dates its answers. */
  constructor(clock: Clock, nukiNow: () => number = () => clock.now()) {
    super(nukiNow);
    this.#clock = clock;
  }

  /**
   * Replaces the accounts and keeps what is known of those that stay. A source that is another object has another token, so the errors
   * of the old one are dropped.
   */
  setSources(sources: readonly AccountSource[]): void {
    const old = this.#sources;
    this.#sources = sources;
    this.takeAccounts(sources, (source) => old.includes(source));
  }

  /** @throws {NukiError} `tokenMissing`, or `accountRemoved` when there is no such account any more */
  async client(accountId: string): Promise<NukiClient> {
    const source = this.#source(accountId);
    if (!source) throw new NukiError('accountRemoved');
    return await source.client();
  }

  #source(accountId: string): AccountSource | undefined {
    return this.#sources.find(({ id }) => id === accountId);
  }

  /**
   * Reads the devices of an account anew; with `joins`, a refresh that is under way will do, which may show how things were before this
   * call. A failure becomes the account's `error`.
   */
  refresh(accountId: string, { lane = 'refresh', joins = false }: ReadOptions = {}): Promise<void> {
    return start(this.#runningRefreshes, accountId, joins, () => this.#refresh(accountId, lane));
  }

  async #refresh(accountId: string, lane: Lane): Promise<void> {
    const source = this.#source(accountId);
    const asked = this.#asked;
    try {
      await this.readDevices(accountId, lane);
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      // The token was replaced meanwhile: the error is of the old one.
      if (this.#source(accountId) !== source) return await this.#refresh(accountId, lane);
      if (this.hasLaterList(accountId, asked + 1)) return;
      this.replaceAccount(accountId, (account) => ({ ...account, error }));
    }
  }

  /**
   * Tells a missing permission from a dead token, which the API answers with the same 401, by reading the list of devices; a dead token
   * becomes the account's `error`. For failures of any request but that list.
   */
  async diagnoseUnauthorized(accountId: string, error: NukiError): Promise<NukiError> {
    if (error.reason !== 'unauthorized') return error;
    await this.refresh(accountId, { lane: 'follow', joins: true });
    return this.account(accountId)?.error ?? new NukiError('permissionMissing', { status: 401 });
  }

  /** Why a part of an account could not be read. @throws what is no failure of the API */
  async #reasonOf(accountId: string, error: unknown): Promise<NukiError> {
    if (!(error instanceof NukiError)) throw error;
    return await this.diagnoseUnauthorized(accountId, error);
  }

  /** Reads the devices of an account anew. @returns what was told of each that is listed @throws {NukiError} */
  async readDevices(accountId: string, lane: Lane = 'refresh'): Promise<ReadonlyMap<number, DeviceReading>> {
    const asked = ++this.#asked;
    const askedAt = this.#clock.now();
    const client = await this.client(accountId);
    const known = this.devicesById(accountId);
    const list = await client
      .smartlocks({ lane, known: (id) => known.get(id)?.device })
      .catch(async (error: unknown) => {
        throw error instanceof NukiError && error.reason === 'unauthorized'
          ? await reasonFor401(() => client.account({ lane }))
          : error;
      });
    return this.takeDevices(accountId, list, asked, askedAt);
  }

  /** Reads one device anew. @returns what is known of it then, and whether that is news @throws {NukiError} */
  async readDevice(
    { accountId, smartlockId }: DeviceRef,
    lane: Lane = 'follow',
    signal?: AbortSignal,
  ): Promise<DeviceReading> {
    const asked = ++this.#asked;
    const askedAt = this.#clock.now();
    const device = await (await this.client(accountId)).smartlock(smartlockId, { lane, signal });
    if (device.smartlockId !== smartlockId) throw new NukiError('unexpectedAnswer', { path: 'smartlockId' });
    return this.takeDevice(accountId, device, asked, askedAt);
  }

  /**
   * Reads the authorizations of a device anew; `joins` as for {@link refresh}. A failure becomes `authorizationsError` and leaves what was
   * known.
   */
  readAuthorizations(ref: DeviceRef, { joins = false }: Pick<ReadOptions, 'joins'> = {}): Promise<void> {
    return start(this.#runningReads, keyOf(ref), joins, () => this.#readAuthorizations(ref));
  }

  async #readAuthorizations(ref: DeviceRef): Promise<void> {
    try {
      await this.readAuthorizationsWithCodes(ref);
    } catch (error) {
      const authorizationsError = await this.#reasonOf(ref.accountId, error);
      this.replaceDevice(ref, (known) => ({ ...known, authorizationsError }));
    }
  }

  /** Reads the authorizations of a device anew. The codes go to the caller; they are not kept. @throws {NukiError} */
  async readAuthorizationsWithCodes(ref: DeviceRef, lane: Lane = 'refresh'): Promise<AuthorizationsWithCodes> {
    const readAt = this.#clock.now();
    const list = await (await this.client(ref.accountId)).authorizations(ref.smartlockId, { lane });
    this.replaceDevice(ref, (known) => this.#withAuthorizations(known, list, readAt));
    return newestOf(this.device(ref), list);
  }

  /**
   * Reads the authorizations of all devices of an account at once. They are taken in one step, so that no half of them is ever shown.
   * @throws {NukiError}
   */
  async readAllAuthorizations(
    accountId: string,
    lane: Lane = 'refresh',
    options: Pick<AccessOptions, 'signal' | 'onPage'> = {},
  ): Promise<ReadonlyMap<number, AuthorizationsWithCodes>> {
    const readAt = this.#clock.now();
    const client = await this.client(accountId);
    const listFor = await authorizationsByDevice(await client.allAuthorizations({ lane, ...options }));
    // Worked out with turns for everything else; what has changed meanwhile is worked out once more.
    const prepared = new Map<number, { readonly known: DeviceState; readonly changed: DeviceState }>();
    const changedOf = (known: DeviceState): DeviceState =>
      this.#withAuthorizations(known, listFor(known.device.smartlockId), readAt);
    for await (const page of inPages(this.account(accountId)?.devices ?? [], devicesInTurn)) {
      for (const known of page) prepared.set(known.device.smartlockId, { known, changed: changedOf(known) });
    }
    this.replaceAccount(accountId, (account) => ({
      ...account,
      allAuthorizationsReadAt: laterOf(account.allAuthorizationsReadAt, readAt, this.#clock.now()),
      allAuthorizationsError: undefined,
      devices: account.devices?.map((state) => {
        const { known, changed } = prepared.get(state.device.smartlockId) ?? {};
        if (!known || !changed || !hasSameLists(known, state)) return changedOf(state);
        const { authorizations, authorizationsError, pendingChanges } = changed;
        return { ...state, authorizations, authorizationsError, pendingChanges };
      }),
    }));
    const devices = this.account(accountId)?.devices ?? [];
    return new Map(
      devices.map((state) => [state.device.smartlockId, newestOf(state, listFor(state.device.smartlockId))]),
    );
  }

  /**
   * Reads anew who may enter: the authorizations of all devices, and the account users; `joins` as for {@link refresh}. A failure of one
   * becomes its error, and leaves the other and what was known.
   */
  async readAccess(accountId: string, options: AccessOptions = {}): Promise<void> {
    const { joins = false, signal } = options;
    const wasStopped = await start(this.#accessReads, accountId, joins, () => this.#readAccess(accountId, options));
    // By whoever has started the reading that was joined.
    if (wasStopped && !signal?.aborted) await this.readAccess(accountId, options);
  }

  /** @returns whether `signal` has stopped it */
  async #readAccess(accountId: string, { signal, onPage }: AccessOptions): Promise<boolean> {
    const fail = async (part: 'peopleError' | 'allAuthorizationsError', error: unknown): Promise<void> => {
      if (error instanceof NukiError && signal?.aborted) return;
      const told = await this.#reasonOf(accountId, error);
      this.replaceAccount(accountId, (account) => ({ ...account, [part]: told }));
    };
    await Promise.all([
      this.readAllAuthorizations(accountId, 'follow', { signal, onPage }).catch((error: unknown) =>
        fail('allAuthorizationsError', error),
      ),
      this.readPeople(accountId, signal).catch((error: unknown) => fail('peopleError', error)),
    ]);
    return signal?.aborted ?? false;
  }

  /** Reads the account users anew. @throws {NukiError} */
  async readPeople(accountId: string, signal?: AbortSignal): Promise<Decoded<Person>> {
    const readAt = this.#clock.now();
    const list = await (await this.client(accountId)).people({ lane: 'follow', signal });
    this.replaceAccount(accountId, (account) => {
      const known = account.people;
      const isLatest = laterOf(known?.readAt, readAt, this.#clock.now()) === readAt;
      return { ...account, people: known && !isLatest ? known : { ...list, readAt }, peopleError: undefined };
    });
    return list;
  }

  /** An authorization as it was read now, or as it is known where that is newer by its own date. */
  newest(accountId: string, read: Authorization, smartlockId = read.smartlockId): Authorization {
    const state = smartlockId === undefined ? undefined : this.device({ accountId, smartlockId });
    const known = state?.authorizations?.items.find(({ id }) => id === read.id);
    return known && isOlderList([known], [read], this.nukiNow()) ? known : read;
  }

  /**
   * Takes a list that was asked for at `readAt` (ms since 1970) unless the known one is newer. One from after now does not count as newer:
   * the clock was set back meanwhile.
   */
  #withAuthorizations(known: DeviceState, list: AuthorizationsWithCodes, readAt: number): DeviceState {
    const now = this.#clock.now();
    const before = known.authorizations;
    if (before && readAt < before.readAt && before.readAt <= now) return known;
    if (before && isOlderList(before.items, list.items, this.nukiNow())) {
      const older = longer(before.older, readAt);
      if (!isEnough(older)) return { ...known, authorizations: { ...before, older }, authorizationsError: undefined };
    }
    const { items, unreadable } = list;
    return {
      ...known,
      authorizations: { items, unreadable, readAt },
      authorizationsError: undefined,
      pendingChanges: known.pendingChanges && stillPending(known.pendingChanges, list, readAt, now),
    };
  }

  /**
   * Reads the newest page of a device's log and adds it to the known entries; `joins` as for {@link refresh}. A failure becomes
   * `activityError` and keeps these.
   */
  readActivity(ref: DeviceRef, { joins = false }: Pick<ReadOptions, 'joins'> = {}): Promise<void> {
    return start(this.#runningReads, `${keyOf(ref)}/activity`, joins, () => {
      const askedAt = this.#clock.now();
      return this.#readActivity(ref, undefined, (known, page) => withNewest(known, page, askedAt, this.nukiNow()));
    });
  }

  /** Reads the next page of a device's log; does nothing where the log is complete, or its first page was not read yet. */
  async readMoreActivity(ref: DeviceRef): Promise<void> {
    const before = this.device(ref)?.activity;
    if (!before || before.isComplete) return;
    await start(this.#runningReads, `${keyOf(ref)}/activity/${before.oldestId}`, true, () =>
      this.#readActivity(ref, before.oldestId, (known, page) =>
        // A list that was replaced meanwhile has another end, which this page does not follow.
        known && known.oldestId === before.oldestId ? withNext(known, page) : known,
      ),
    );
  }

  async #readActivity(
    ref: DeviceRef,
    before: string | undefined,
    join: (known: ActivityList | undefined, page: Decoded<ActivityEntry>) => ActivityList | undefined,
  ): Promise<void> {
    try {
      const page = await (await this.client(ref.accountId)).activity(ref.smartlockId, pageSize, { before });
      this.replaceDevice(ref, (known) => ({
        ...known,
        activity: join(known.activity, page),
        activityError: undefined,
      }));
    } catch (error) {
      const activityError = await this.#reasonOf(ref.accountId, error);
      this.replaceDevice(ref, (known) => ({ ...known, activityError }));
    }
  }
}

/** The list that was read, or the one that is known where that came from an older copy; the codes are those that were read. */
function newestOf(state: DeviceState | undefined, list: AuthorizationsWithCodes): AuthorizationsWithCodes {
  const known = state?.authorizations;
  return known?.older ? { items: known.items, unreadable: known.unreadable, codes: list.codes } : list;
}

/** As many devices as hold what is worked through in some 20 ms when each is full. */
const devicesInTurn = 10;

/** The later of two readings, in ms since 1970. One from after `now` does not count: the clock was set back meanwhile. */
function laterOf(known: number | undefined, readAt: number, now: number): number {
  return known !== undefined && readAt < known && known <= now ? known : readAt;
}

function hasSameLists(a: DeviceState, b: DeviceState): boolean {
  return a.authorizations === b.authorizations && a.pendingChanges === b.pendingChanges;
}

/** Starts `task`, unless the caller `joins` one of the same key that runs. */
function start<T>(running: Map<string, Promise<T>>, key: string, joins: boolean, task: () => Promise<T>): Promise<T> {
  const known = running.get(key);
  if (known && joins) return known;
  const started = task().finally(() => {
    if (running.get(key) === started) running.delete(key);
  });
  running.set(key, started);
  return started;
}
