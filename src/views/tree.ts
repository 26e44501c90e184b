import {
  EventEmitter,
  TreeItem,
  TreeItemCollapsibleState,
  type Disposable,
  type ProviderResult,
  type TreeDataProvider,
} from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { Latches } from '../model/latches.ts';
import type { AccountState, Change, DeviceState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import { activityEntryRow, activityRow, moreActivityRow } from './activityRows.ts';
import { activityNotice } from './activityWords.ts';
import type { Glance } from './deviceWords.ts';
import { DrawnRows } from './drawnRows.ts';
import { addressOf, idOf, type NodeAddress, type NodeId } from './nodes.ts';
import { rowsToRedraw } from './redraw.ts';
import { rowsBelow } from './rowsBelow.ts';
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
  readonly #rows = new DrawnRows();
  #isEmpty = false;
  /** The hovers of the rows that somebody has pointed at since they were drawn: VS Code keeps them. */
  readonly #hovers = new Map<NodeId, string>();
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
    const item = this.#itemOf(id);
    this.#rows.give(id, item);
    this.#hovers.delete(id);
    return item;
  }

  #itemOf(id: NodeId): TreeItem {
    const address = addressOf(id);
    return (address && this.#rowOf(address)) ?? new TreeItem('');
  }

  async getChildren(id?: NodeId): Promise<NodeId[]> {
    if (id === undefined) return await this.#firstRows();
    this.#readBelow(addressOf(id));
    const below = this.#below(id);
    this.#rows.giveBelow(id, below);
    return below;
  }

  /**
   * What is below a device is read when it is opened, once. Nothing waits for it: VS Code 1.103 loses rows that it waits for while what
   * they are below is drawn anew.
   */
  #readBelow(address: NodeAddress | undefined): void {
    if (address?.is !== 'device' && address?.is !== 'authorizations' && address?.is !== 'activity') return;
    const { accountId, smartlockId } = address;
    const state = this.#store.device(accountId, smartlockId);
    if (!state) return;
    if (address.is === 'activity') {
      if (!state.activity && !state.activityError) void this.#store.readActivity(accountId, smartlockId);
    } else if (!state.authorizations && !state.authorizationsError) {
      void this.#store.readAuthorizations(accountId, smartlockId);
    }
  }

  #below(id: NodeId): NodeId[] {
    const address = addressOf(id);
    return address ? rowsBelow(address, this.#store, this.#glance()).map(idOf) : [];
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
    this.#hovers.set(id, tooltip);
    return Object.assign(this.#itemOf(id), { tooltip });
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
      this.#rows.clear();
      return this.#changed.fire(undefined);
    }
    const { accountId } = change;
    const account = this.#store.account(accountId);
    const before = this.#drawn.get(accountId);
    if (!account || !before) return; // VS Code has no row of it yet, and will ask
    this.#drawn.set(accountId, account);
    const id = idOf(
      change.what === 'device'
        ? { is: 'device', accountId, smartlockId: change.smartlockId }
        : { is: 'account', accountId },
    );
    const old = change.what === 'device' ? this.#changedRows(id) : this.#changedRowsOf(before, account);
    const all = [...new Set([...old, ...this.#takeOldHovers(id)])];
    if (all.length > 0) this.#changed.fire(all);
  }

  /** The device, or rows below it that have no others below: VS Code leaves a row closed that is to be revealed while one between is drawn anew. */
  #changedRows(device: NodeId): readonly NodeId[] {
    const rows = this.#rows.changed(
      device,
      (id) => this.#itemOf(id),
      (id) => this.#below(id),
    );
    const areLeaves = rows.every((id) => this.#itemOf(id).collapsibleState === TreeItemCollapsibleState.None);
    return areLeaves ? rows : [device];
  }

  #changedRowsOf(before: AccountState, account: AccountState): readonly NodeId[] {
    const whole = idOf({ is: 'account', accountId: account.id });
    return rowsToRedraw(before, account, this.#glance()).flatMap((id) => (id === whole ? [id] : this.#changedRows(id)));
  }

  #takeOldHovers(within: NodeId): readonly NodeId[] {
    const old = [...this.#hovers]
      .filter(([id, hover]) => `${id}/`.startsWith(`${within}/`) && hover !== this.#tooltipOf(addressOf(id)))
      .map(([id]) => id);
    for (const id of old) this.#hovers.delete(id);
    return old;
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
