import { EventEmitter, TreeItem, type Disposable, type ProviderResult, type TreeDataProvider } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { Latches } from '../model/latches.ts';
import type { AccountState, Change, DeviceState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import { filtered } from '../model/activityList.ts';
import { activityEntryRow, activityRow, moreActivityRow } from './activityRows.ts';
import { activityNotice } from './activityWords.ts';
import type { Glance } from './deviceWords.ts';
import { addressOf, idOf, type NodeAddress, type NodeId } from './nodes.ts';
import { rowsToRedraw } from './redraw.ts';
import {
  accountName,
  accountRow,
  authorizationRow,
  authorizationsRow,
  authorizationTooltip,
  deviceRow,
  deviceTooltip,
  noticeRow,
  pendingAuthorizationRow,
  unreadableRow,
} from './rows.ts';
import { devicesIn } from './sharedNames.ts';
import { troubleSentence } from './troubleWords.ts';
import { welcomeOf } from './welcome.ts';

/** Milliseconds that the first rows wait for what is in them. */
const patience = 1_000;

/** The sidebar's tree. Its elements are ids alone; every row is made from the store when VS Code asks for it. */
export class DeviceTree implements TreeDataProvider<NodeId>, Disposable {
  readonly #store: Store;
  readonly #latches: Latches;
  readonly #clock: Clock;
  readonly #glance: () => Glance;
  readonly #moreCommand: string;
  readonly #changed = new EventEmitter<NodeId | NodeId[] | undefined>();
  /** The accounts that VS Code has rows of, as they were when those were last to be drawn. */
  readonly #drawn = new Map<string, AccountState>();
  #isEmpty = false;
  /** The rows that somebody has pointed at since they were drawn: VS Code keeps the hover, which says how long ago they were read. */
  readonly #pointedAt = new Set<NodeId>();
  readonly #subscriptions: readonly { dispose(): void }[];
  readonly onDidChangeTreeData = this.#changed.event;

  /** `moreCommand`: what the row at the end of a log runs, with its own id as the argument. */
  constructor(store: Store, latches: Latches, clock: Clock, glance: () => Glance, moreCommand: string) {
    this.#store = store;
    this.#clock = clock;
    this.#latches = latches;
    this.#glance = glance;
    this.#moreCommand = moreCommand;
    this.#subscriptions = [
      store.onDidChange((change) => this.#redraw(change)),
      latches.onDidChange((device) => this.#changed.fire(idOf({ is: 'device', ...device }))),
    ];
  }

  getTreeItem(id: NodeId): TreeItem {
    const address = addressOf(id);
    return (address && this.#rowOf(address)) ?? new TreeItem('');
  }

  async getChildren(id?: NodeId): Promise<NodeId[]> {
    if (id === undefined) return await this.#firstRows();
    const address = addressOf(id);
    if (address?.is === 'account') return this.#devicesOf(address.accountId).map(idOf);
    if (address?.is === 'device') return this.#partsOf(address.accountId, address.smartlockId).map(idOf);
    if (address?.is === 'authorizations') {
      return this.#authorizationsOf(address.accountId, address.smartlockId).map(idOf);
    }
    if (address?.is === 'activity') return this.#activityOf(address.accountId, address.smartlockId).map(idOf);
    return [];
  }

  getParent(id: NodeId): ProviderResult<NodeId> {
    const address = addressOf(id);
    if (!address || address.is === 'account') return undefined;
    const { accountId } = address;
    if (!('smartlockId' in address) || address.smartlockId === undefined || address.is === 'device') {
      return idOf({ is: 'account', accountId });
    }
    return idOf({ is: groupOf(address), accountId, smartlockId: address.smartlockId });
  }

  resolveTreeItem(item: TreeItem, id: NodeId): TreeItem {
    const tooltip = this.#tooltipOf(addressOf(id));
    if (tooltip === undefined) return item;
    this.#pointedAt.add(id);
    item.tooltip = tooltip;
    return item;
  }

  #tooltipOf(address: NodeAddress | undefined): string | undefined {
    if (address?.is !== 'device' && address?.is !== 'authorization') return undefined;
    const account = this.#store.account(address.accountId);
    const state = this.#store.device(address.accountId, address.smartlockId);
    if (!account || !state) return undefined;
    if (address.is === 'device') return deviceTooltip(state, devicesIn(account), account, this.#glance());
    const authorization = state.authorizations?.items.find(({ id }) => id === address.id);
    return authorization && authorizationTooltip(authorization, state.device, this.#glance());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** Waits a moment for the lists that are being read: what changes just after it was drawn is drawn twice, the second time late. */
  async #firstRows(): Promise<NodeId[]> {
    const listed = new AbortController();
    const endWhenListed = (): void => {
      if (this.#store.accounts.every(({ devices, error }) => devices ?? error)) listed.abort();
    };
    const subscription = this.#store.onDidChange(endWhenListed);
    endWhenListed();
    await this.#clock.wait(patience, listed.signal);
    subscription.dispose();
    for (const account of this.#store.accounts) this.#drawn.set(account.id, account);
    this.#isEmpty = this.#isToBeEmpty();
    return this.#isEmpty ? [] : this.#store.accounts.map(({ id }) => idOf({ is: 'account', accountId: id }));
  }

  /** Then VS Code shows a text in its place. */
  #isToBeEmpty(): boolean {
    return welcomeOf(this.#store.accounts) !== undefined;
  }

  #redraw(change: Change): void {
    if (change.what === 'accounts' || this.#isEmpty !== this.#isToBeEmpty()) {
      this.#drawn.clear();
      return this.#changed.fire(undefined);
    }
    const { accountId } = change;
    const account = this.#store.account(accountId);
    const before = this.#drawn.get(accountId);
    if (!account || !before) return; // VS Code has no row of it yet, and will ask
    this.#drawn.set(accountId, account);
    if (change.what === 'device')
      this.#changed.fire(idOf({ is: 'device', accountId, smartlockId: change.smartlockId }));
    else this.#redrawAccount(before, account);
  }

  #redrawAccount(before: AccountState, account: AccountState): void {
    const rows = rowsToRedraw(before, account, this.#glance());
    const below = `${idOf({ is: 'account', accountId: account.id })}/`;
    const pointedAt = [...this.#pointedAt].filter((id) => id.startsWith(below));
    for (const id of pointedAt) this.#pointedAt.delete(id);
    const all = [...new Set([...rows, ...pointedAt])];
    if (all.length > 0) this.#changed.fire(all);
  }

  #devicesOf(accountId: string): NodeAddress[] {
    const account = this.#store.account(accountId);
    if (!account?.devices) return [];
    if (account.devices.length + account.unreadable.length === 0) return [{ is: 'notice', accountId }];
    const devices = account.devices.toSorted(byFavoriteThenName(this.#glance().language));
    return [
      ...devices.map(({ device }): NodeAddress => ({ is: 'device', accountId, smartlockId: device.smartlockId })),
      ...account.unreadable.map(({ index }): NodeAddress => ({ is: 'unreadable', accountId, index })),
    ];
  }

  /** Opening a device is what its authorizations are read for, once. */
  #partsOf(accountId: string, smartlockId: number): NodeAddress[] {
    const state = this.#store.device(accountId, smartlockId);
    if (!state) return [];
    if (!state.authorizations && !state.authorizationsError)
      void this.#store.readAuthorizations(accountId, smartlockId);
    return [
      { is: 'authorizations', accountId, smartlockId },
      { is: 'activity', accountId, smartlockId },
    ];
  }

  /** Does not wait, like all below a device: VS Code 1.103 loses rows that it waits for while what they are below is drawn anew. */
  #authorizationsOf(accountId: string, smartlockId: number): NodeAddress[] {
    const state = this.#store.device(accountId, smartlockId);
    if (state && !state.authorizations && !state.authorizationsError) {
      void this.#store.readAuthorizations(accountId, smartlockId);
    }
    const { items = [], unreadable = [] } = state?.authorizations ?? {};
    const { language } = this.#glance();
    const sorted = items.toSorted((a, b) => a.name.localeCompare(b.name, language) || a.id.localeCompare(b.id));
    const unlisted = (state?.work ?? []).filter((work) => work.what === 'create' && work.listedAs.length === 0);
    const rows: NodeAddress[] = [
      ...unlisted.map(({ key }): NodeAddress => ({ is: 'pendingAuthorization', accountId, smartlockId, key })),
      ...sorted.map(({ id }): NodeAddress => ({ is: 'authorization', accountId, smartlockId, id })),
      ...unreadable.map(({ index }): NodeAddress => ({ is: 'unreadableAuthorization', accountId, smartlockId, index })),
    ];
    const isSilent = rows.length === 0 || state?.authorizationsError !== undefined;
    return isSilent ? [{ is: 'notice', accountId, smartlockId }, ...rows] : rows;
  }

  #activityOf(accountId: string, smartlockId: number): NodeAddress[] {
    const state = this.#store.device(accountId, smartlockId);
    if (!state) return [];
    if (!state.activity && !state.activityError) void this.#store.readActivity(accountId, smartlockId);
    const { activity, activityError, activityFilter } = state;
    const entries = filtered(activity?.items ?? [], activityFilter);
    const rows = entries.map(({ id }): NodeAddress => ({ is: 'activityEntry', accountId, smartlockId, id }));
    if (activityError || rows.length === 0) rows.unshift({ is: 'activityNotice', accountId, smartlockId });
    if (activity && !activity.isComplete) rows.push({ is: 'moreActivity', accountId, smartlockId });
    return rows;
  }

  #rowOf(address: NodeAddress): TreeItem | undefined {
    const account = this.#store.account(address.accountId);
    if (!account) return undefined;
    const glance = this.#glance();
    if (address.is === 'account') return accountRow(account, glance);
    if (address.is === 'unreadable') {
      const unreadable = account.unreadable.find(({ index }) => index === address.index);
      return unreadable && unreadableRow(address, unreadable, 'device', glance);
    }
    if (address.smartlockId === undefined) return noticeRow(address, glance.say('This account has no devices.'));
    const state = this.#store.device(account.id, address.smartlockId);
    return state && this.#rowOfDevice(address, state, account, glance);
  }

  #canUnlatch({ accountId, smartlockId }: { readonly accountId: string; readonly smartlockId: number }): boolean {
    return this.#latches.canUnlatch(accountId, smartlockId);
  }

  #rowOfDevice(address: NodeAddress, state: DeviceState, account: AccountState, glance: Glance): TreeItem | undefined {
    switch (address.is) {
      case 'device':
        return deviceRow(state, devicesIn(account), account, this.#canUnlatch(address), glance);
      case 'authorizations':
        return authorizationsRow(state, glance);
      case 'authorization': {
        const authorization = state.authorizations?.items.find(({ id }) => id === address.id);
        return authorization && authorizationRow(authorization, state, glance);
      }
      case 'pendingAuthorization': {
        const work = state.work?.find(({ key }) => key === address.key);
        return work?.what === 'create' ? pendingAuthorizationRow(work, state, glance) : undefined;
      }
      case 'unreadableAuthorization': {
        const unreadable = state.authorizations?.unreadable.find(({ index }) => index === address.index);
        return unreadable && unreadableRow(address, unreadable, 'authorization', glance);
      }
      case 'notice':
        return noticeRow(address, authorizationsNotice(state, account, glance));
      case 'activity':
        return activityRow(state, glance);
      case 'activityEntry': {
        const entry = state.activity?.items.find(({ id }) => id === address.id);
        return entry && activityEntryRow(entry, state, glance);
      }
      case 'activityNotice':
        return noticeRow(address, activityNotice(state, accountName(account, glance), glance));
      case 'moreActivity':
        return moreActivityRow(address, this.#moreCommand, glance);
      case 'account':
      case 'unreadable':
        return undefined;
    }
  }
}

/** What kind of row a row below a device lies in. */
function groupOf({ is }: NodeAddress): 'device' | 'authorizations' | 'activity' {
  if (is === 'authorizations' || is === 'activity') return 'device';
  return is === 'activityEntry' || is === 'activityNotice' || is === 'moreActivity' ? 'activity' : 'authorizations';
}

function authorizationsNotice(
  { authorizations, authorizationsError }: DeviceState,
  account: AccountState,
  glance: Glance,
): string {
  return authorizationsError
    ? troubleSentence(authorizationsError, { account: accountName(account, glance) }, glance)
    : glance.say(authorizations ? 'No authorizations.' : 'loading…');
}

function byFavoriteThenName(language: string): (a: DeviceState, b: DeviceState) => number {
  return ({ device: a }, { device: b }) =>
    Number(b.favorite ?? false) - Number(a.favorite ?? false) ||
    a.name.localeCompare(b.name, language) ||
    a.smartlockId - b.smartlockId;
}
