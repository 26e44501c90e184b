import { EventEmitter, TreeItem, type Disposable, type ProviderResult, type TreeDataProvider } from 'vscode';
import { safeText } from '../../base/safeText.ts';
import type { Clock } from '../../base/clock.ts';
import type { UnlatchSupport } from '../../model/actions/unlatchSupport.ts';
import { holderIdOf } from '../../model/people/holders.ts';
import { inShownOrder } from '../../model/shownOrder.ts';
import { wasAccessRead, type AccountState, type StoreChange, type DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import { activityEntryRow, activityRow, moreActivityRow } from './activityRows.ts';
import { activityNotice } from '../text/activityText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { Hovers } from '../hover/hovers.ts';
import { parentOf } from './authorizationGroups.ts';
import {
  authorizationGroupRow,
  authorizationRow,
  authorizationsRow,
  pendingAuthorizationRow,
  type Place,
} from './authorizationRows.ts';
import { childrenOf } from './childrenOf.ts';
import { HolderCache } from './holderCache.ts';
import { addressOf, idOf, isOfPeople, type NodeAddress, type NodeId, type PeopleAddress } from './nodes.ts';
import { holderRow, peopleNoticeRow, peopleRow, withoutPersonRow } from './peopleRows.ts';
import { RenderedTree } from './renderedTree.ts';
import { accountName } from '../text/accountText.ts';
import { deviceName } from '../text/deviceText.ts';
import { accountRow, deviceRow, noticeRow, unreadableRow } from './rows.ts';
import { devicesIn } from '../text/duplicateNames.ts';
import { describeError } from '../text/errorText.ts';
import { welcomeOf } from '../welcome.ts';

/** How long the first rows wait for the lists of their accounts, in milliseconds. */
const firstRowsTimeoutMs = 1_000;

/** What the tree needs of the store. */
type TreeStore = Pick<
  Store,
  'accounts' | 'account' | 'device' | 'onDidChange' | 'readAccess' | 'readActivity' | 'readAuthorizations'
>;

/** The sidebar's tree. Its elements are ids alone; each row is rendered from the store when VS Code asks for it. */
export class DeviceTree implements TreeDataProvider<NodeId>, Disposable {
  readonly #store: TreeStore;
  readonly #unlatchSupport: UnlatchSupport;
  readonly #clock: Clock;
  readonly #context: () => RenderContext;
  readonly #hovers: Hovers;
  readonly #holders: HolderCache;
  readonly #moreCommand: string;
  readonly #changed = new EventEmitter<NodeId | NodeId[] | undefined>();
  readonly #rendered = new RenderedTree({
    row: (id) => this.#itemOf(id),
    children: (id) => this.#childrenOf(id),
    tooltip: (id) => this.#hovers.of(addressOf(id))?.value,
  });
  #showsWelcome = false;
  readonly #subscriptions: readonly { dispose(): void }[];
  readonly onDidChangeTreeData = this.#changed.event;

  /** `moreCommand`: what the row at the end of the activity runs, with its own id as the argument. */
  constructor(
    store: TreeStore,
    unlatchSupport: UnlatchSupport,
    clock: Clock,
    context: () => RenderContext,
    moreCommand: string,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#unlatchSupport = unlatchSupport;
    this.#context = context;
    this.#holders = new HolderCache(store);
    this.#hovers = new Hovers(store, unlatchSupport, context, this.#holders);
    this.#moreCommand = moreCommand;
    this.#subscriptions = [
      store.onDidChange((change) => this.#redraw(change)),
      unlatchSupport.onDidChange((ref) => this.#changed.fire(idOf({ ...ref, kind: 'device' }))),
    ];
  }

  getTreeItem(id: NodeId): TreeItem {
    const item = this.#itemOf(id);
    this.#rendered.record(id, item);
    return item;
  }

  #itemOf(id: NodeId): TreeItem {
    const address = addressOf(id);
    return (address && this.#rowOf(address)) ?? new TreeItem('');
  }

  async getChildren(id?: NodeId): Promise<NodeId[]> {
    if (id === undefined) return await this.#firstRows();
    this.#readBelow(addressOf(id));
    const children = this.#childrenOf(id);
    this.#rendered.recordChildren(id, children);
    return children;
  }

  /**
   * Reads the lists of a device, and who may enter any door, when that row is first opened. `getChildren` does not wait for them: in VS Code
   * 1.103, children never appear of a row that is fired while its `getChildren` is pending. No issue of VS Code's is known for that.
   */
  #readBelow(address: NodeAddress | undefined): void {
    if (address?.kind === 'people') {
      const account = this.#store.account(address.accountId);
      if (account && isAccessUnread(account)) void this.#store.readAccess(address.accountId, { joins: true });
    }
    if (address?.kind !== 'device' && address?.kind !== 'authorizations' && address?.kind !== 'activity') return;
    const state = this.#store.device(address);
    if (!state) return;
    if (address.kind === 'activity') {
      if (!state.activity && !state.activityError) void this.#store.readActivity(address, { joins: true });
    } else if (!state.authorizations && !state.authorizationsError) {
      void this.#store.readAuthorizations(address, { joins: true });
    }
  }

  #childrenOf(id: NodeId): NodeId[] {
    const address = addressOf(id);
    return address ? childrenOf(address, this.#store, this.#context(), this.#holders).map(idOf) : [];
  }

  getParent(id: NodeId): ProviderResult<NodeId> {
    const address = addressOf(id);
    if (!address || address.kind === 'account') return undefined;
    const { accountId } = address;
    if (isOfPeople(address)) return idOf(parentOfPeople(address));
    if (!('smartlockId' in address) || address.smartlockId === undefined || address.kind === 'device') {
      return idOf({ kind: 'account', accountId });
    }
    const { smartlockId } = address;
    if ('belowHolder' in address && address.belowHolder) return this.#holderAbove(address);
    const kind = parentKindOf(address);
    const state = kind === 'authorizations' ? this.#store.device({ accountId, smartlockId }) : undefined;
    return idOf(state ? parentOf(id, state) : { kind, accountId, smartlockId });
  }

  #holderAbove(address: NodeAddress & { readonly smartlockId: number }): NodeId | undefined {
    const { accountId, smartlockId } = address;
    const { authorizations, pendingChanges = [] } = this.#store.device({ accountId, smartlockId }) ?? {};
    const of =
      address.kind === 'authorization'
        ? authorizations?.items.find(({ id }) => id === address.id)
        : pendingChanges.flatMap((change) =>
            change.kind === 'create' && address.kind === 'pendingAuthorization' && change.key === address.key
              ? [change.requested]
              : [],
          )[0];
    return of && idOf({ kind: 'holder', accountId, holder: holderIdOf(of) });
  }

  resolveTreeItem(item: TreeItem, id: NodeId): TreeItem {
    const tooltip = this.#hovers.of(addressOf(id));
    if (!tooltip) return item;
    this.#rendered.recordTooltip(id, tooltip.value);
    return Object.assign(new TreeItem(''), this.#itemOf(id), { tooltip }); // another one: rows are kept
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** Waits a moment for the lists that are being read: VS Code redraws rows late that change right after they were drawn. */
  async #firstRows(): Promise<NodeId[]> {
    const listed = new AbortController();
    const endWhenListed = (): void => {
      if (this.#store.accounts.every(({ devices, error }) => devices ?? error)) listed.abort();
    };
    const subscription = this.#store.onDidChange(endWhenListed);
    endWhenListed();
    inShownOrder([], this.#context().language); // makes what sorts the devices, while they are on their way
    await this.#clock.wait(firstRowsTimeoutMs, listed.signal);
    subscription.dispose();
    this.#showsWelcome = welcomeOf(this.#store.accounts) !== undefined;
    return this.#showsWelcome ? [] : this.#store.accounts.map(({ id }) => idOf({ kind: 'account', accountId: id }));
  }

  #redraw(change: StoreChange): void {
    if (change.kind === 'accounts' || this.#showsWelcome !== (welcomeOf(this.#store.accounts) !== undefined)) {
      this.#rendered.clear();
      return this.#changed.fire(undefined);
    }
    const id = idOf(change);
    const rows = this.#rendered.changedRows(id);
    if (rows.length > 0) this.#changed.fire([...rows]);
  }

  #rowOf(address: NodeAddress): TreeItem | undefined {
    const account = this.#store.account(address.accountId);
    if (!account) return undefined;
    const context = this.#context();
    if (address.kind === 'account') return accountRow(account, context);
    if (address.kind === 'unreadable') {
      const unreadable = account.unreadable.find(({ index }) => index === address.index);
      return unreadable && unreadableRow(address, unreadable, context);
    }
    if (isOfPeople(address)) return this.#rowOfPeople(address, account, context);
    if (address.smartlockId === undefined)
      return noticeRow(
        address,
        context.t('Nuki lists no devices in this account. Connect them to Nuki Web in the Nuki app.'),
      );
    const state = this.#store.device({ accountId: account.id, smartlockId: address.smartlockId });
    return state && this.#rowOfDevice(address, state, account, context);
  }

  #rowOfPeople(address: PeopleAddress, account: AccountState, context: RenderContext): TreeItem | undefined {
    switch (address.kind) {
      case 'people':
        return peopleRow(account, this.#holders, context);
      case 'peopleNotice':
        return peopleNoticeRow(account, address.about, context);
      case 'withoutPerson':
        return withoutPersonRow(account, this.#holders, context);
      case 'holder': {
        const holding = this.#holders.find(account, address.holder, context.language);
        return holding && holderRow(account, holding, context);
      }
    }
  }

  /** Below who holds it, an authorization goes by the name of its device. */
  #placeOf(
    { belowHolder }: { readonly belowHolder?: true },
    { accountUserId, name }: { readonly accountUserId?: number | undefined; readonly name: string },
    { device }: DeviceState,
    account: AccountState,
    context: RenderContext,
  ): Place {
    if (!belowHolder) return {};
    const holder = this.#holders.nameOf(account, holderIdOf({ accountUserId, name }), context.language);
    return { twin: { belowHolder }, label: deviceName(device, devicesIn(account), context), holder: safeText(holder) };
  }

  #rowOfDevice(
    address: NodeAddress,
    state: DeviceState,
    account: AccountState,
    context: RenderContext,
  ): TreeItem | undefined {
    switch (address.kind) {
      case 'device':
        return deviceRow(state, devicesIn(account), account, this.#unlatchSupport.canUnlatch(address), context);
      case 'authorizations':
        return authorizationsRow(state, context);
      case 'authorizationGroup':
        return authorizationGroupRow(address.group, state, context);
      case 'authorization': {
        const authorization = state.authorizations?.items.find(({ id }) => id === address.id);
        return (
          authorization &&
          authorizationRow(
            authorization,
            state,
            context,
            this.#placeOf(address, authorization, state, account, context),
          )
        );
      }
      case 'pendingAuthorization': {
        const pending = state.pendingChanges?.find(({ key }) => key === address.key);
        return pending?.kind === 'create'
          ? pendingAuthorizationRow(
              pending,
              state,
              context,
              this.#placeOf(address, pending.requested, state, account, context),
            )
          : undefined;
      }
      case 'unreadableAuthorization': {
        const unreadable = state.authorizations?.unreadable.find(({ index }) => index === address.index);
        return unreadable && unreadableRow(address, unreadable, context);
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
      case 'people':
      case 'peopleNotice':
      case 'withoutPerson':
      case 'holder':
        return undefined;
    }
  }
}

function isAccessUnread(account: AccountState): boolean {
  const isNew = ({ authorizations, authorizationsError }: DeviceState): boolean =>
    !authorizations && !authorizationsError;
  return !wasAccessRead(account) || (!account.allAuthorizationsError && (account.devices ?? []).some(isNew));
}

function parentOfPeople({ kind, accountId, ...address }: PeopleAddress): NodeAddress {
  if (kind === 'people') return { kind: 'account', accountId };
  const isName = 'holder' in address && 'name' in address.holder;
  return { kind: isName ? 'withoutPerson' : 'people', accountId };
}

/** The kind of row that a row below a device is a child of. */
function parentKindOf({ kind }: NodeAddress): 'device' | 'authorizations' | 'activity' {
  if (kind === 'authorizations' || kind === 'activity') return 'device';
  return kind === 'activityEntry' || kind === 'activityNotice' || kind === 'moreActivity'
    ? 'activity'
    : 'authorizations';
}

function authorizationsNotice(
  { authorizations, authorizationsError }: DeviceState,
  account: AccountState,
  context: RenderContext,
): string {
  return authorizationsError
    ? describeError(authorizationsError, { account: accountName(account, context) }, context)
    : context.t(authorizations ? 'No authorizations.' : 'loading…');
}
