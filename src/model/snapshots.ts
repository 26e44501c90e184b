import { Emitter } from '../base/event.ts';
import { deepEqual } from '../base/deepEqual.ts';
import type { Person } from '../nuki/account.ts';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import type { Decoded, Unreadable } from '../nuki/http/decode.ts';
import type { NukiError } from '../nuki/http/errors.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
import type { AccountSource } from './accounts/accountBook.ts';
import type { ActivityFilter, ActivityList } from './activity/activityList.ts';
import { keyOf, parseKey, refOf, type DeviceRef } from './deviceRef.ts';
import type { PendingChange } from './authorizations/pendingChanges.ts';
import { shownOf, weigh, type Answer, type Doubt, type Evidence, type News, type Row } from './news.ts';
import { afterRefresh, type Operation } from './actions/operation.ts';

/** The authorizations of a device as they were last read. */
export interface AuthorizationList {
  readonly items: readonly Authorization[];
  readonly unreadable: readonly Unreadable[];
  /** Milliseconds since 1970. */
  readonly readAt: number;
  /** Answers of older copies since then. */
  readonly older?: Row | undefined;
}

/** What we know of one device now. */
export interface DeviceState {
  readonly accountId: string;
  readonly device: Smartlock;
  /** When the last answer was asked for that was no older than any before, in milliseconds since 1970. */
  readonly seenAt: number;
  /** Why `device` may not be how the device is. */
  readonly doubt?: Doubt | undefined;
  /** What the user last asked it to do here; {@link afterRefresh} says what a refresh leaves of it. */
  readonly operation?: Operation | undefined;
  readonly authorizations?: AuthorizationList | undefined;
  readonly authorizationsError?: NukiError | undefined;
  /** What was asked of its authorizations here and is not seen done. */
  readonly pendingChanges?: readonly PendingChange[] | undefined;
  readonly activity?: ActivityList | undefined;
  readonly activityError?: NukiError | undefined;
  /** What the user wants to see of the activity. */
  readonly activityFilter?: ActivityFilter | undefined;
}

/** The account users as they were last read. */
export interface PersonList {
  readonly items: readonly Person[];
  readonly unreadable?: readonly Unreadable[] | undefined;
  /** Milliseconds since 1970. */
  readonly readAt: number;
}

/** What we know of one account now. */
export interface AccountState {
  readonly id: string;
  readonly label: string;
  readonly simulated: boolean;
  /** `undefined` until the first list has come. */
  readonly devices: readonly DeviceState[] | undefined;
  readonly unreadable: readonly Unreadable[];
  /** Why the last refresh failed; the devices are then those of an earlier one. */
  readonly error?: NukiError | undefined;
  /** When the devices were last read whole, in milliseconds since 1970. */
  readonly refreshedAt?: number | undefined;
  readonly people?: PersonList | undefined;
  readonly peopleError?: NukiError | undefined;
  /** When the authorizations of all devices were last read at once, in milliseconds since 1970. */
  readonly allAuthorizationsReadAt?: number | undefined;
  /** Why the last reading of them failed. */
  readonly allAuthorizationsError?: NukiError | undefined;
}

/** Whether it was read, or tried, who may enter any door of an account. */
export function wasAccessRead(account: AccountState): boolean {
  const { people, peopleError, allAuthorizationsReadAt, allAuthorizationsError } = account;
  const werePeopleRead = people !== undefined || peopleError !== undefined;
  return werePeopleRead && (allAuthorizationsReadAt !== undefined || allAuthorizationsError !== undefined);
}

/** A device as it is known once an answer about it has come, and what that answer was. */
export interface DeviceReading {
  readonly device: Smartlock;
  readonly news: News;
}

/** What has changed: the list of accounts, one account with its list of devices, or one device. */
export type StoreChange =
  | { readonly kind: 'accounts' }
  | { readonly kind: 'account'; readonly accountId: string }
  | ({ readonly kind: 'device' } & DeviceRef);

const noDevices: readonly DeviceState[] = [];

/** Immutable snapshots of everything that is shown, replaced whole; one event says what changed. */
export class Snapshots {
  readonly #changed = new Emitter<StoreChange>();
  readonly onDidChange = this.#changed.event;
  /** What the answers about each device come to, by {@link keyOf}. */
  readonly #evidence = new Map<string, Evidence>();
  /** The number of the request that the list of each account came from. */
  readonly #listAsked = new Map<string, number>();
  /** The devices of each list by their ids: every row of the tree is looked up. */
  readonly #indexes = new WeakMap<readonly DeviceState[], ReadonlyMap<number, DeviceState>>();
  /** Devices that the last list has left out, by {@link keyOf}: their operations and pending changes may still be open. */
  readonly #unlisted = new Map<string, DeviceState>();
  #accounts: readonly AccountState[] = [];
  /** Ms since 1970 by Nuki's clock. */
  protected readonly nukiNow: () => number;

  /** `nukiNow`: ms since 1970 by Nuki's clock. */
  constructor(nukiNow: () => number) {
    this.nukiNow = nukiNow;
  }

  get accounts(): readonly AccountState[] {
    return this.#accounts;
  }

  account(accountId: string): AccountState | undefined {
    return this.#accounts.find(({ id }) => id === accountId);
  }

  device({ accountId, smartlockId }: DeviceRef): DeviceState | undefined {
    return this.devicesById(accountId).get(smartlockId);
  }

  /** What the user last asked a device to do here, also one that the last list has left out. */
  operation(ref: DeviceRef): Operation | undefined {
    return this.#listedOrNot(ref)?.operation;
  }

  /** What was asked of the authorizations of a device and is not seen done, also of one that the last list has left out. */
  pendingChanges(ref: DeviceRef): readonly PendingChange[] {
    return this.#listedOrNot(ref)?.pendingChanges ?? [];
  }

  setOperation(ref: DeviceRef, operation: Operation | undefined): void {
    this.replaceDevice(ref, (known) => ({ ...known, operation }));
  }

  /** Replaces what was asked of a device's authorizations and is not seen done. */
  updatePendingChanges(
    ref: DeviceRef,
    change: (pendingChanges: readonly PendingChange[]) => readonly PendingChange[],
  ): void {
    this.replaceDevice(ref, (known) => ({
      ...known,
      pendingChanges: change(known.pendingChanges ?? []),
    }));
  }

  filterActivity(ref: DeviceRef, activityFilter: ActivityFilter | undefined): void {
    this.replaceDevice(ref, (known) => ({ ...known, activityFilter }));
  }

  /** Says that what is shown of an account may read otherwise now, because time has passed. */
  age(accountId: string): void {
    this.#changed.fire({ kind: 'account', accountId });
  }

  /** Replaces the accounts. Those that stay keep what is known of them, and their errors only where `isSame` accepts the source. */
  protected takeAccounts(sources: readonly AccountSource[], isSame: (source: AccountSource) => boolean): void {
    const ids = new Set(sources.map(({ id }) => id));
    for (const state of this.#unlisted.values()) {
      if (!ids.has(state.accountId)) this.#takeUnlisted(refOf(state));
    }
    for (const key of this.#evidence.keys()) {
      if (!ids.has(parseKey(key)?.accountId ?? '')) this.#evidence.delete(key);
    }
    this.#accounts = sources.map((source) => {
      const { id, label, simulated } = source;
      const known = this.account(id);
      if (!known) return { id, label, simulated, devices: undefined, unreadable: [] };
      if (isSame(source)) return { ...known, label };
      const devices = known.devices?.map((state) => ({
        ...state,
        authorizationsError: undefined,
        activityError: undefined,
      }));
      return { ...known, label, devices, error: undefined, peopleError: undefined, allAuthorizationsError: undefined };
    });
    this.#changed.fire({ kind: 'accounts' });
  }

  /**
   * Takes a list of an account's devices, which was the request number `asked` and was asked for at `askedAt`, ms since 1970. One that was
   * asked for before the list that is known says nothing of which devices there are.
   * @returns what it told of each device in it
   */
  protected takeDevices(
    accountId: string,
    list: Decoded<Smartlock>,
    asked: number,
    askedAt: number,
  ): ReadonlyMap<number, DeviceReading> {
    const readings = new Map<number, DeviceReading>();
    const taken = (known: DeviceState | undefined, device: Smartlock): DeviceState => {
      const { state, news } = this.#weigh(accountId, known, { device, asked, askedAt });
      readings.set(device.smartlockId, { device: state.device, news });
      const operation = news === 'news' ? afterRefresh(state.operation, state.device, askedAt) : state.operation;
      return operation === state.operation ? state : { ...state, operation };
    };
    if (asked < (this.#listAsked.get(accountId) ?? 0)) {
      const answered = new Map(list.items.map((device) => [device.smartlockId, device]));
      this.replaceDevices(accountId, (known) => {
        const device = answered.get(known.device.smartlockId);
        return device ? taken(known, device) : known;
      });
      return readings;
    }
    this.#listAsked.set(accountId, asked);
    this.#keepUnlisted(accountId, new Set(list.items.map(({ smartlockId }) => smartlockId)));
    const known = this.devicesById(accountId);
    this.replaceAccount(accountId, (account) => ({
      ...account,
      devices: list.items.map((device) =>
        taken(known.get(device.smartlockId) ?? this.#takeUnlisted(refOf({ accountId, device })), device),
      ),
      unreadable: list.unreadable,
      error: undefined,
      refreshedAt: askedAt,
    }));
    return readings;
  }

  /** Takes a device that was read alone; `asked` and `askedAt` as for {@link takeDevices}. */
  protected takeDevice(accountId: string, device: Smartlock, asked: number, askedAt: number): DeviceReading {
    const reading: { news: News } = { news: 'news' };
    const ref = refOf({ accountId, device });
    this.replaceDevice(ref, (known) => {
      const { state, news } = this.#weigh(accountId, known, { device, asked, askedAt });
      reading.news = news;
      return state;
    });
    return { ...reading, device: this.#listedOrNot(ref)?.device ?? device };
  }

  /** Whether a list that was asked for later than the request number `asked` is known. */
  protected hasLaterList(accountId: string, asked: number): boolean {
    return (this.#listAsked.get(accountId) ?? 0) > asked;
  }

  protected replaceAccount(accountId: string, change: (account: AccountState) => AccountState): void {
    if (!this.account(accountId)) return;
    this.#accounts = this.#accounts.map((account) => (account.id === accountId ? change(account) : account));
    this.#changed.fire({ kind: 'account', accountId });
  }

  /** Changes all devices in one step: one by one, each would copy the account and have everything drawn. */
  protected replaceDevices(accountId: string, change: (device: DeviceState) => DeviceState): void {
    this.replaceAccount(accountId, (account) => ({
      ...account,
      devices: account.devices?.map(change),
    }));
  }

  protected replaceDevice(ref: DeviceRef, change: (device: DeviceState) => DeviceState): void {
    const known = this.device(ref);
    if (!known) return this.#changeUnlisted(ref, change);
    const changed = change(known);
    if (changed === known) return;
    const { accountId, smartlockId } = ref;
    this.#accounts = this.#accounts.map((account) =>
      account.id === accountId && account.devices
        ? { ...account, devices: account.devices.map((device) => (device === known ? changed : device)) }
        : account,
    );
    this.#changed.fire({ kind: 'device', accountId, smartlockId });
  }

  /**
   * The snapshot with an answer in it, or the snapshot itself where the answer changes nothing. A device of which the answer says nothing
   * new stays the very same object, by which the views tell.
   */
  #weigh(
    accountId: string,
    known: DeviceState | undefined,
    answer: Answer,
  ): { readonly state: DeviceState; readonly news: News } {
    const key = keyOf(refOf({ accountId, device: answer.device }));
    const { evidence, news } = weigh(known && this.#evidence.get(key), answer, this.nukiNow());
    this.#evidence.set(key, evidence);
    const { answer: shown, doubt } = shownOf(evidence);
    const { device, askedAt: seenAt } = shown;
    if (!known) return { state: { accountId, device, seenAt }, news };
    if (news === 'older' && doubt?.kind === known.doubt?.kind && known.seenAt === seenAt) return { state: known, news };
    const latest = deepEqual(known.device, device) ? known.device : device;
    return { state: { ...known, device: latest, seenAt, doubt }, news };
  }

  protected devicesById(accountId: string): ReadonlyMap<number, DeviceState> {
    const devices = this.account(accountId)?.devices ?? noDevices;
    const known = this.#indexes.get(devices);
    if (known) return known;
    const index = new Map(devices.map((state) => [state.device.smartlockId, state]));
    this.#indexes.set(devices, index);
    return index;
  }

  #listedOrNot(ref: DeviceRef): DeviceState | undefined {
    return this.device(ref) ?? this.#unlisted.get(keyOf(ref));
  }

  /** Leaves out authorizations and log: they are read anew when the device is back. */
  #keepUnlisted(accountId: string, listed: ReadonlySet<number>): void {
    for (const state of this.account(accountId)?.devices ?? []) {
      if (listed.has(state.device.smartlockId)) continue;
      const { device, seenAt, doubt, operation, pendingChanges, activityFilter } = state;
      this.#unlisted.set(keyOf(refOf(state)), {
        accountId,
        device,
        seenAt,
        doubt,
        operation,
        pendingChanges,
        activityFilter,
      });
    }
  }

  #takeUnlisted(ref: DeviceRef): DeviceState | undefined {
    if (this.#unlisted.size === 0) return undefined;
    const key = keyOf(ref);
    const state = this.#unlisted.get(key);
    this.#unlisted.delete(key);
    return state;
  }

  #changeUnlisted({ accountId, smartlockId }: DeviceRef, change: (device: DeviceState) => DeviceState): void {
    const key = keyOf({ accountId, smartlockId });
    const state = this.#unlisted.get(key);
    if (!state) return;
    this.#unlisted.set(key, change(state));
    this.#changed.fire({ kind: 'device', accountId, smartlockId });
  }
}
