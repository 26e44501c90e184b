import { Emitter } from '../base/event.ts';
import type { Clock } from '../base/clock.ts';
import { sameValue } from '../base/sameValue.ts';
import type { ActivityEntry } from '../nuki/activity.ts';
import type { Authorization } from '../nuki/authorization.ts';
import type { AuthorizationsWithCodes } from '../nuki/authorizationWrites.ts';
import type { NukiClient } from '../nuki/client.ts';
import type { Decoded, Unreadable } from '../nuki/decode.ts';
import { isNukiError, NukiError } from '../nuki/errors.ts';
import type { Lane } from '../nuki/budget.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
import { reasonFor401, type AccountSource } from './accounts.ts';
import { pageSize, withNewest, withNext, type ActivityFilter, type ActivityList } from './activityList.ts';
import { AuthorizationsByDevice } from './authorizationsByDevice.ts';
import { settled, type AuthorizationWork } from './authorizationWork.ts';
import { afterRefresh, type Operation } from './operation.ts';

/** The authorizations of a device as they were last read. */
export interface AuthorizationList {
  readonly items: readonly Authorization[];
  readonly unreadable: readonly Unreadable[];
  /** Milliseconds since 1970. */
  readonly readAt: number;
}

/** What we know of one device now. */
export interface DeviceState {
  readonly accountId: string;
  readonly device: Smartlock;
  /** When the answer that holds it was asked for, in milliseconds since 1970. */
  readonly seenAt: number;
  /** What a person last asked it to do here; {@link afterRefresh} says what a refresh leaves of it. */
  readonly operation?: Operation | undefined;
  readonly authorizations?: AuthorizationList | undefined;
  readonly authorizationsError?: NukiError | undefined;
  /** What was asked of its authorizations here and is not seen done. */
  readonly work?: readonly AuthorizationWork[] | undefined;
  readonly activity?: ActivityList | undefined;
  readonly activityError?: NukiError | undefined;
  /** What a person wants to see of the activity. */
  readonly activityFilter?: ActivityFilter | undefined;
}

/** What we know of one account now. */
export interface AccountState {
  readonly id: string;
  readonly label: string;
  readonly demo: boolean;
  /** `undefined` until the first list has come. */
  readonly devices: readonly DeviceState[] | undefined;
  readonly unreadable: readonly Unreadable[];
  /** Why the last refresh failed; the devices are then those of an earlier one. */
  readonly error?: NukiError | undefined;
  /** When the devices were last read whole, in milliseconds since 1970. */
  readonly refreshedAt?: number | undefined;
}

/** What has changed: the list of accounts, one account with its list of devices, or one device. */
export type Change =
  | { readonly what: 'accounts' }
  | { readonly what: 'account'; readonly accountId: string }
  | { readonly what: 'device'; readonly accountId: string; readonly smartlockId: number };

/** Immutable snapshots of everything that is shown, replaced whole; one event says what changed. */
export class Store {
  readonly #clock: Clock;
  readonly #changed = new Emitter<Change>();
  readonly onDidChange = this.#changed.event;
  readonly #refreshing = new Map<string, Promise<void>>();
  readonly #reading = new Map<string, Promise<void>>();
  /** When the answer that each device's state came from was asked for, counted up: a late older answer never wins. */
  readonly #askedFor = new WeakMap<DeviceState, number>();
  /** The devices of each list by their ids: every row of the tree is looked up. */
  readonly #indexes = new WeakMap<readonly DeviceState[], ReadonlyMap<number, DeviceState>>();
  /** Devices that the last list has left out, by account and id: what is still open of them no list says to be done. */
  readonly #unlisted = new Map<string, DeviceState>();
  #asked = 0;
  #sources: readonly AccountSource[] = [];
  #accounts: readonly AccountState[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get accounts(): readonly AccountState[] {
    return this.#accounts;
  }

  account(accountId: string): AccountState | undefined {
    return this.#accounts.find(({ id }) => id === accountId);
  }

  device(accountId: string, smartlockId: number): DeviceState | undefined {
    return this.#byId(this.account(accountId)?.devices ?? []).get(smartlockId);
  }

  /** What a person last asked a device to do here, also one that the last list has left out. */
  operation(accountId: string, smartlockId: number): Operation | undefined {
    return this.#listedOrNot(accountId, smartlockId)?.operation;
  }

  /** What was asked of the authorizations of a device and is not seen done, also of one that the last list has left out. */
  work(accountId: string, smartlockId: number): readonly AuthorizationWork[] {
    return this.#listedOrNot(accountId, smartlockId)?.work ?? [];
  }

  #listedOrNot(accountId: string, smartlockId: number): DeviceState | undefined {
    return this.device(accountId, smartlockId) ?? this.#unlisted.get(`${accountId}/${smartlockId}`);
  }

  /**
   * Takes the accounts as they are now; what is known of those that stay is kept. A source that is another one has another token: what
   * was wrong with the old one is not known of it.
   */
  setSources(sources: readonly AccountSource[]): void {
    const old = this.#sources;
    this.#sources = sources;
    const ids = new Set(sources.map(({ id }) => id));
    for (const { accountId, device } of this.#unlisted.values()) {
      if (!ids.has(accountId)) this.#takeUnlisted(accountId, device.smartlockId);
    }
    this.#accounts = sources.map((source) => {
      const { id, label, demo } = source;
      const known = this.account(id);
      if (!known) return { id, label, demo, devices: undefined, unreadable: [] };
      return { ...known, label, error: old.includes(source) ? known.error : undefined };
    });
    this.#changed.fire({ what: 'accounts' });
  }

  /** @throws {NukiError} `tokenMissing`; also when there is no such account any more */
  async client(accountId: string): Promise<NukiClient> {
    const source = this.#source(accountId);
    if (!source) throw new NukiError('tokenMissing');
    return await source.client();
  }

  #source(accountId: string): AccountSource | undefined {
    return this.#sources.find(({ id }) => id === accountId);
  }

  /** Reads the devices of an account anew, once however often it is asked for meanwhile. Failures become the account's `error`. */
  refresh(accountId: string, lane: Lane = 'refresh'): Promise<void> {
    return once(this.#refreshing, accountId, () => this.#refresh(accountId, lane));
  }

  async #refresh(accountId: string, lane: Lane): Promise<void> {
    const source = this.#source(accountId);
    try {
      await this.readDevices(accountId, lane);
    } catch (error) {
      if (!isNukiError(error)) throw error;
      // What was wrong with a token that was replaced meanwhile says nothing of the present one.
      if (this.#source(accountId) !== source) return await this.#refresh(accountId, lane);
      this.#replaceAccount(accountId, (account) => ({ ...account, error }));
    }
  }

  /**
   * What a failure means that was the answer to anything but the list of devices: a missing permission is refused like a dead token, which
   * that list tells, and which becomes the account's `error`.
   */
  async meaningOf(accountId: string, error: NukiError): Promise<NukiError> {
    if (error.reason !== 'unauthorized') return error;
    await this.refresh(accountId, 'action');
    return this.account(accountId)?.error ?? new NukiError('permissionMissing', { status: 401 });
  }

  /** Reads the devices of an account anew. @throws {NukiError} */
  async readDevices(accountId: string, lane: Lane = 'refresh'): Promise<void> {
    const asked = ++this.#asked;
    const seenAt = this.#clock.now();
    const client = await this.client(accountId);
    const list = await client.smartlocks({ lane }).catch(async (error: unknown) => {
      throw isNukiError(error) && error.reason === 'unauthorized' ? await reasonFor401(() => client.account()) : error;
    });
    this.#takeList(accountId, list, asked, seenAt);
  }

  #takeList(accountId: string, list: Decoded<Smartlock>, asked: number, seenAt: number): void {
    this.#keepUnlisted(accountId, new Set(list.items.map(({ smartlockId }) => smartlockId)));
    this.#replaceAccount(accountId, (account) => ({
      ...account,
      devices: list.items.map((device) => {
        const known = this.device(accountId, device.smartlockId) ?? this.#takeUnlisted(accountId, device.smartlockId);
        if (!known) return this.#remember({ accountId, device, seenAt }, asked);
        const newer = this.#newer(known, device, asked, seenAt);
        if (newer === known) return known;
        return this.#remember({ ...newer, operation: afterRefresh(known.operation, device) }, asked);
      }),
      unreadable: list.unreadable,
      error: undefined,
      refreshedAt: seenAt,
    }));
  }

  /** Not with its authorizations and its log: they are read anew when it is back. */
  #keepUnlisted(accountId: string, listed: ReadonlySet<number>): void {
    for (const state of this.account(accountId)?.devices ?? []) {
      const { smartlockId } = state.device;
      if (listed.has(smartlockId)) continue;
      const { device, seenAt, operation, work, activityFilter } = state;
      this.#unlisted.set(`${accountId}/${smartlockId}`, { accountId, device, seenAt, operation, work, activityFilter });
    }
  }

  #takeUnlisted(accountId: string, smartlockId: number): DeviceState | undefined {
    const key = `${accountId}/${smartlockId}`;
    const state = this.#unlisted.get(key);
    this.#unlisted.delete(key);
    return state;
  }

  /** Reads one device anew. @throws {NukiError} */
  async readDevice(accountId: string, smartlockId: number, signal?: AbortSignal): Promise<Smartlock> {
    const asked = ++this.#asked;
    const seenAt = this.#clock.now();
    const device = await (await this.client(accountId)).smartlock(smartlockId, { lane: 'action', signal });
    if (device.smartlockId !== smartlockId) throw new NukiError('unexpectedAnswer', { path: 'smartlockId' });
    this.#replaceDevice(accountId, smartlockId, (known) => this.#newer(known, device, asked, seenAt));
    return device;
  }

  /** Reads the authorizations of a device anew; a failure becomes `authorizationsError` and leaves what was known. */
  readAuthorizations(accountId: string, smartlockId: number): Promise<void> {
    return once(this.#reading, `${accountId}/${smartlockId}`, () => this.#readAuthorizations(accountId, smartlockId));
  }

  async #readAuthorizations(accountId: string, smartlockId: number): Promise<void> {
    try {
      await this.readAuthorizationsWithCodes(accountId, smartlockId);
    } catch (error) {
      const authorizationsError = troubleOfDevice(error);
      this.#replaceDevice(accountId, smartlockId, (known) => ({ ...known, authorizationsError }));
    }
  }

  /** Reads the authorizations of a device anew. The codes go to the caller; they are not kept. @throws {NukiError} */
  async readAuthorizationsWithCodes(
    accountId: string,
    smartlockId: number,
    lane: Lane = 'refresh',
  ): Promise<AuthorizationsWithCodes> {
    const readAt = this.#clock.now();
    const list = await (await this.client(accountId)).authorizations(smartlockId, { lane });
    this.#takeAuthorizations(accountId, smartlockId, list, readAt);
    return list;
  }

  /** Reads the authorizations of all devices of an account at once. @throws {NukiError} */
  async readAllAuthorizations(
    accountId: string,
    lane: Lane = 'refresh',
  ): Promise<ReadonlyMap<number, AuthorizationsWithCodes>> {
    const readAt = this.#clock.now();
    const client = await this.client(accountId);
    const all = await client.allAuthorizations(() => new AuthorizationsByDevice(), { lane });
    // All at once: each device by itself would have the account copied and everything drawn as often as there are devices.
    this.#replaceAccount(accountId, (account) => ({
      ...account,
      devices: account.devices?.map((known) =>
        this.#remember(
          withAuthorizations(known, all.of(known.device.smartlockId), readAt, this.#clock.now()),
          this.#askedFor.get(known) ?? 0,
        ),
      ),
    }));
    const devices = this.account(accountId)?.devices ?? [];
    return new Map(devices.map(({ device: { smartlockId } }) => [smartlockId, all.of(smartlockId)]));
  }

  /** Takes a list of a device's authorizations that was asked for at `readAt`, ms since 1970, unless a newer one is there. */
  #takeAuthorizations(accountId: string, smartlockId: number, list: AuthorizationsWithCodes, readAt: number): void {
    this.#replaceDevice(accountId, smartlockId, (known) => withAuthorizations(known, list, readAt, this.#clock.now()));
  }

  /** Replaces what was asked of a device's authorizations and is not seen done. */
  changeWork(
    accountId: string,
    smartlockId: number,
    change: (work: readonly AuthorizationWork[]) => readonly AuthorizationWork[],
  ): void {
    this.#replaceDevice(accountId, smartlockId, (known) => ({ ...known, work: change(known.work ?? []) }));
  }

  /** Reads the newest page of a device's log and joins it with what was known; a failure becomes `activityError` and leaves that. */
  readActivity(accountId: string, smartlockId: number): Promise<void> {
    return once(this.#reading, `${accountId}/${smartlockId}/activity`, () =>
      this.#readActivity(accountId, smartlockId, undefined, withNewest),
    );
  }

  /** Reads the page of a device's log after what is known of it; nothing where that is all, or nothing yet. */
  async readMoreActivity(accountId: string, smartlockId: number): Promise<void> {
    const before = this.device(accountId, smartlockId)?.activity;
    if (!before || before.isComplete) return;
    await once(this.#reading, `${accountId}/${smartlockId}/activity/${before.oldestId}`, () =>
      this.#readActivity(accountId, smartlockId, before.oldestId, (known, page) =>
        // A list that begins anew meanwhile has another end, where this page does not belong.
        known && known.oldestId === before.oldestId ? withNext(known, page) : known,
      ),
    );
  }

  async #readActivity(
    accountId: string,
    smartlockId: number,
    before: string | undefined,
    join: (known: ActivityList | undefined, page: Decoded<ActivityEntry>) => ActivityList | undefined,
  ): Promise<void> {
    try {
      const page = await (await this.client(accountId)).activity(smartlockId, pageSize, { before });
      this.#replaceDevice(accountId, smartlockId, (known) => ({
        ...known,
        activity: join(known.activity, page),
        activityError: undefined,
      }));
    } catch (error) {
      const activityError = troubleOfDevice(error);
      this.#replaceDevice(accountId, smartlockId, (known) => ({ ...known, activityError }));
    }
  }

  filterActivity(accountId: string, smartlockId: number, activityFilter: ActivityFilter | undefined): void {
    this.#replaceDevice(accountId, smartlockId, (known) => ({ ...known, activityFilter }));
  }

  /** Says that what is shown of an account may read otherwise now, because time has passed. */
  age(accountId: string): void {
    this.#changed.fire({ what: 'account', accountId });
  }

  setOperation(accountId: string, smartlockId: number, operation: Operation | undefined): void {
    this.#replaceDevice(accountId, smartlockId, (known) => ({ ...known, operation }));
  }

  /**
   * The snapshot with a newer answer in it, or the snapshot itself when the answer is the older one. A device of which the answer says
   * nothing new stays the very same one, so that whoever draws can tell.
   */
  #newer(known: DeviceState, device: Smartlock, asked: number, seenAt: number): DeviceState {
    if ((this.#askedFor.get(known) ?? 0) > asked) return known;
    const seen = sameValue(known.device, device) ? known.device : device;
    return this.#remember({ ...known, device: seen, seenAt }, asked);
  }

  #byId(devices: readonly DeviceState[]): ReadonlyMap<number, DeviceState> {
    const known = this.#indexes.get(devices);
    if (known) return known;
    const index = new Map(devices.map((state) => [state.device.smartlockId, state]));
    this.#indexes.set(devices, index);
    return index;
  }

  #remember(state: DeviceState, asked: number): DeviceState {
    this.#askedFor.set(state, asked);
    return state;
  }

  #replaceAccount(accountId: string, change: (account: AccountState) => AccountState): void {
    if (!this.account(accountId)) return;
    this.#accounts = this.#accounts.map((account) => (account.id === accountId ? change(account) : account));
    this.#changed.fire({ what: 'account', accountId });
  }

  #replaceDevice(accountId: string, smartlockId: number, change: (device: DeviceState) => DeviceState): void {
    const known = this.device(accountId, smartlockId);
    if (!known) return this.#changeUnlisted(accountId, smartlockId, change);
    const changed = change(known);
    if (changed === known) return;
    const asked = this.#askedFor.get(changed) ?? this.#askedFor.get(known) ?? 0;
    this.#remember(changed, asked);
    this.#accounts = this.#accounts.map((account) =>
      account.id === accountId && account.devices
        ? { ...account, devices: account.devices.map((device) => (device === known ? changed : device)) }
        : account,
    );
    this.#changed.fire({ what: 'device', accountId, smartlockId });
  }

  #changeUnlisted(accountId: string, smartlockId: number, change: (device: DeviceState) => DeviceState): void {
    const key = `${accountId}/${smartlockId}`;
    const state = this.#unlisted.get(key);
    if (!state) return;
    this.#unlisted.set(key, change(state));
    this.#changed.fire({ what: 'device', accountId, smartlockId });
  }
}

/** A list that says it is of later than `now` is of a clock that was set back meanwhile. */
function withAuthorizations(
  known: DeviceState,
  list: AuthorizationsWithCodes,
  readAt: number,
  now: number,
): DeviceState {
  const before = known.authorizations?.readAt ?? 0;
  if (readAt < before && before <= now) return known;
  const { items, unreadable } = list;
  return {
    ...known,
    authorizations: { items, unreadable, readAt },
    authorizationsError: undefined,
    work: known.work && settled(known.work, list, readAt, now),
  };
}

/** Why a part of a device could not be read; what the API says of a missing permission is known by then, as the devices are there. */
function troubleOfDevice(error: unknown): NukiError {
  if (!isNukiError(error)) throw error;
  return error.reason === 'unauthorized' ? new NukiError('permissionMissing', { status: 401 }) : error;
}

/** Starts `work` unless it runs already, and answers the running one to everybody who asks meanwhile. */
function once(running: Map<string, Promise<void>>, key: string, work: () => Promise<void>): Promise<void> {
  const begun = running.get(key);
  if (begun) return begun;
  const begins = work().finally(() => running.delete(key));
  running.set(key, begins);
  return begins;
}
