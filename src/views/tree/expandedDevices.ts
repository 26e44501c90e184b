import type { Event, TreeViewExpansionEvent } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import { addressOf, idOf, type NodeId } from './nodes.ts';

interface Expansion {
  readonly onDidExpandElement: Event<TreeViewExpansionEvent<NodeId>>;
  readonly onDidCollapseElement: Event<TreeViewExpansionEvent<NodeId>>;
}

/** The devices that are expanded in the tree, their activity, and the people: a refresh reads those lists too. */
export class ExpandedDevices {
  readonly #store: Store;
  readonly #expanded = new Set<NodeId>();
  readonly #subscriptions: readonly { dispose(): void }[];

  /** `onDidAskForChildren`: VS Code does not tell of rows that it expands because they were so before. */
  constructor(store: Store, view: Expansion, onDidAskForChildren: Event<NodeId>) {
    this.#store = store;
    this.#subscriptions = [
      onDidAskForChildren((row) => this.#expanded.add(row)),
      view.onDidExpandElement(({ element }) => this.#expand(element)),
      view.onDidCollapseElement(({ element }) => this.#expanded.delete(element)),
    ];
  }

  /** What stood below an account that was collapsed is read at once: no refresh has read it meanwhile. */
  #expand(row: NodeId): void {
    this.#expanded.add(row);
    const address = addressOf(row);
    if (address?.kind === 'account') void this.read(address.accountId);
  }

  /** Reads the lists of an account's expanded devices and of its people again, unless it is collapsed; one that was never read stays unread. */
  async read(accountId: string): Promise<void> {
    if (!this.#expanded.has(idOf({ kind: 'account', accountId }))) return;
    const arePeopleExpanded = this.#expanded.has(idOf({ kind: 'people', accountId }));
    await Promise.all([
      arePeopleExpanded && this.#store.readAccess(accountId),
      ...this.#devicesOf(accountId).map((state) => this.#readParts(state, arePeopleExpanded)),
    ]);
  }

  #devicesOf(accountId: string): readonly DeviceState[] {
    return [...this.#expanded].flatMap((row) => {
      const address = addressOf(row);
      const isOfAccount = address?.kind === 'device' && address.accountId === accountId;
      return (isOfAccount && this.#store.device(address)) || [];
    });
  }

  /** `hasAll`: the authorizations of all devices are being read at once. */
  async #readParts(state: DeviceState, hasAll: boolean): Promise<void> {
    const { authorizations, authorizationsError, activity, activityError } = state;
    const hasAuthorizations = authorizations !== undefined || authorizationsError !== undefined;
    const hasActivity = activity !== undefined || activityError !== undefined;
    const isActivityExpanded = this.#expanded.has(idOf({ ...refOf(state), kind: 'activity' }));
    await Promise.all([
      hasAuthorizations && !hasAll && this.#store.readAuthorizations(refOf(state)),
      hasActivity && isActivityExpanded && this.#store.readActivity(refOf(state)),
    ]);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
