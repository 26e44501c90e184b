import {
  EventEmitter,
  TreeItem,
  TreeItemCollapsibleState,
  type Disposable,
  type ProviderResult,
  type TreeDataProvider,
} from 'vscode';
import type { Clock } from '../../base/clock.ts';
import type { UnlatchSupport } from '../../model/unlatchSupport.ts';
import type { AccountState, StoreChange, DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import { activityEntryRow, activityRow, moreActivityRow } from './activityRows.ts';
import { activityNotice } from '../text/activityText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { DrawnRows } from './drawnRows.ts';
import { addressOf, idOf, type NodeAddress, type NodeId } from './nodes.ts';
import { rowsToRedraw } from './redraw.ts';
import { rowsBelow } from './rowsBelow.ts';
import { accountName } from '../text/accountText.ts';
import {
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
import { devicesIn } from '../text/duplicateNames.ts';
import { errorSentence } from '../text/errorText.ts';
import { welcomeOf } from '../welcome.ts';

/** Milliseconds that the first rows wait for what is in them. */
const patience = 1_000;

/** The sidebar's tree. Its elements are ids alone; every row is made from the store when VS Code asks for it. */
export class DeviceTree implements TreeDataProvider<NodeId>, Disposable {
  readonly #store: Store;
  readonly #unlatchSupport: UnlatchSupport;
  readonly #clock: Clock;
  readonly #context: () => RenderContext;
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
  constructor(
    store: Store,
    unlatchSupport: UnlatchSupport,
    clock: Clock,
    context: () => RenderContext,
    moreCommand: string,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#unlatchSupport = unlatchSupport;
    this.#context = context;
    this.#moreCommand = moreCommand;
    this.#subscriptions = [
      store.onDidChange((change) => this.#redraw(change)),
      unlatchSupport.onDidChange((device) => this.#changed.fire(idOf({ kind: 'device', ...device }))),
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
    if (address?.kind !== 'device' && address?.kind !== 'authorizations' && address?.kind !== 'activity') return;
    const { accountId, smartlockId } = address;
    const state = this.#store.device(accountId, smartlockId);
    if (!state) return;
    if (address.kind === 'activity') {
      if (!state.activity && !state.activityError) void this.#store.readActivity(accountId, smartlockId);
    } else if (!state.authorizations && !state.authorizationsError) {
      void this.#store.readAuthorizations(accountId, smartlockId);
    }
  }

  #below(id: NodeId): NodeId[] {
    const address = addressOf(id);
    return address ? rowsBelow(address, this.#store, this.#context()).map(idOf) : [];
  }

  getParent(id: NodeId): ProviderResult<NodeId> {
    const address = addressOf(id);
    if (!address || address.kind === 'account') return undefined;
    const { accountId } = address;
    if (!('smartlockId' in address) || address.smartlockId === undefined || address.kind === 'device') {
      return idOf({ kind: 'account', accountId });
    }
    return idOf({ kind: groupOf(address), accountId, smartlockId: address.smartlockId });
  }

  resolveTreeItem(item: TreeItem, id: NodeId): TreeItem {
    const tooltip = this.#tooltipOf(addressOf(id));
    if (tooltip === undefined) return item;
    this.#hovers.set(id, tooltip);
    return Object.assign(this.#itemOf(id), { tooltip });
  }

  #tooltipOf(address: NodeAddress | undefined): string | undefined {
    if (address?.kind !== 'device' && address?.kind !== 'authorization') return undefined;
    const account = this.#store.account(address.accountId);
    const state = this.#store.device(address.accountId, address.smartlockId);
    if (!account || !state) return undefined;
    if (address.kind === 'device') return deviceTooltip(state, devicesIn(account), account, this.#context());
    const authorization = state.authorizations?.items.find(({ id }) => id === address.id);
    return authorization && authorizationTooltip(authorization, state.device, this.#context());
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
    return this.#isEmpty ? [] : this.#store.accounts.map(({ id }) => idOf({ kind: 'account', accountId: id }));
  }

  /** Then VS Code shows a text in its place. */
  #isToBeEmpty(): boolean {
    return welcomeOf(this.#store.accounts) !== undefined;
  }

  #redraw(change: StoreChange): void {
    if (change.kind === 'accounts' || this.#isEmpty !== this.#isToBeEmpty()) {
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
      change.kind === 'device'
        ? { kind: 'device', accountId, smartlockId: change.smartlockId }
        : { kind: 'account', accountId },
    );
    const old = change.kind === 'device' ? this.#changedRows(id) : this.#changedRowsOf(before, account);
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
    const whole = idOf({ kind: 'account', accountId: account.id });
    return rowsToRedraw(before, account, this.#context()).flatMap((id) =>
      id === whole ? [id] : this.#changedRows(id),
    );
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
    const context = this.#context();
    if (address.kind === 'account') return accountRow(account, context);
    if (address.kind === 'unreadable') {
      const unreadable = account.unreadable.find(({ index }) => index === address.index);
      return unreadable && unreadableRow(address, unreadable, 'device', context);
    }
    if (address.smartlockId === undefined) return noticeRow(address, context.t('This account has no devices.'));
    const state = this.#store.device(account.id, address.smartlockId);
    return state && this.#rowOfDevice(address, state, account, context);
  }

  #canUnlatch({ accountId, smartlockId }: { readonly accountId: string; readonly smartlockId: number }): boolean {
    return this.#unlatchSupport.canUnlatch(accountId, smartlockId);
  }

  #rowOfDevice(
    address: NodeAddress,
    state: DeviceState,
    account: AccountState,
    context: RenderContext,
  ): TreeItem | undefined {
    switch (address.kind) {
      case 'device':
        return deviceRow(state, devicesIn(account), account, this.#canUnlatch(address), context);
      case 'authorizations':
        return authorizationsRow(state, context);
      case 'authorization': {
        const authorization = state.authorizations?.items.find(({ id }) => id === address.id);
        return authorization && authorizationRow(authorization, state, context);
      }
      case 'pendingAuthorization': {
        const work = state.pendingChanges?.find(({ key }) => key === address.key);
        return work?.kind === 'create' ? pendingAuthorizationRow(work, state, context) : undefined;
      }
      case 'unreadableAuthorization': {
        const unreadable = state.authorizations?.unreadable.find(({ index }) => index === address.index);
        return unreadable && unreadableRow(address, unreadable, 'authorization', context);
      }
      case 'notice':
        return noticeRow(address, authorizationsNotice(state, account, context));
      case 'activity':
        return activityRow(state, context);
      case 'activityEntry': {
        const entry = state.activity?.items.find(({ id }) => id === address.id);
        return entry && activityEntryRow(entry, state, context);
      }
      case 'activityNotice':
        return noticeRow(address, activityNotice(state, accountName(account, context), context));
      case 'moreActivity':
        return moreActivityRow(address, this.#moreCommand, context);
      case 'account':
      case 'unreadable':
        return undefined;
    }
  }
}

/** What kind of row a row below a device lies in. */
function groupOf({ kind: is }: NodeAddress): 'device' | 'authorizations' | 'activity' {
  if (is === 'authorizations' || is === 'activity') return 'device';
  return is === 'activityEntry' || is === 'activityNotice' || is === 'moreActivity' ? 'activity' : 'authorizations';
}

function authorizationsNotice(
  { authorizations, authorizationsError }: DeviceState,
  account: AccountState,
  context: RenderContext,
): string {
  return authorizationsError
    ? errorSentence(authorizationsError, { account: accountName(account, context) }, context)
    : context.t(authorizations ? 'No authorizations.' : 'loading…');
}
