import type { Event, TreeViewExpansionEvent } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import { idOf, type NodeId } from './nodes.ts';

interface Expansion {
  readonly onDidExpandElement: Event<TreeViewExpansionEvent<NodeId>>;
  readonly onDidCollapseElement: Event<TreeViewExpansionEvent<NodeId>>;
}

/** The devices that are expanded in the tree, and their activity: a refresh reads those lists too. */
export class ExpandedDevices {
  readonly #store: Store;
  readonly #collapsed = new Set<NodeId>();
  readonly #subscriptions: readonly { dispose(): void }[];

  constructor(store: Store, view: Expansion) {
    this.#store = store;
    this.#subscriptions = [
      view.onDidCollapseElement(({ element }) => this.#collapsed.add(element)),
      view.onDidExpandElement(({ element }) => this.#collapsed.delete(element)),
    ];
  }

  /** Reads the authorizations and activity of an account's expanded devices again; a list that was never read stays unread. */
  async read(accountId: string): Promise<void> {
    const expanded = (this.#store.account(accountId)?.devices ?? []).filter((state) =>
      this.#isExpanded('device', state),
    );
    await Promise.all(expanded.map((state) => this.#readParts(state)));
  }

  async #readParts(state: DeviceState): Promise<void> {
    const { authorizations, authorizationsError, activity, activityError } = state;
    const hasAuthorizations = authorizations !== undefined || authorizationsError !== undefined;
    const hasActivity = activity !== undefined || activityError !== undefined;
    await Promise.all([
      hasAuthorizations && this.#store.readAuthorizations(refOf(state)),
      hasActivity && this.#isExpanded('activity', state) && this.#store.readActivity(refOf(state)),
    ]);
  }

  #isExpanded(kind: 'device' | 'activity', state: DeviceState): boolean {
    return !this.#collapsed.has(idOf({ ...refOf(state), kind }));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
