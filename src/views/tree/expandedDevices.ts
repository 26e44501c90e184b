import type { Event, TreeViewExpansionEvent } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import { idOf, type NodeId } from './nodes.ts';

interface Expansion {
  readonly onDidExpandElement: Event<TreeViewExpansionEvent<NodeId>>;
  readonly onDidCollapseElement: Event<TreeViewExpansionEvent<NodeId>>;
}

/** The devices that are expanded in the tree, their activity, and the people: a refresh reads those lists too. */
export class ExpandedDevices {
  readonly #store: Store;
  readonly #collapsed = new Set<NodeId>();
  /** Of what is closed at first. */
  readonly #expanded = new Set<NodeId>();
  readonly #subscriptions: readonly { dispose(): void }[];

  constructor(store: Store, view: Expansion) {
    this.#store = store;
    this.#subscriptions = [
      view.onDidCollapseElement(({ element }) => {
        this.#collapsed.add(element);
        this.#expanded.delete(element);
      }),
      view.onDidExpandElement(({ element }) => {
        this.#collapsed.delete(element);
        this.#expanded.add(element);
      }),
    ];
  }

  /** Reads the lists of an account's expanded devices and of its people again; one that was never read stays unread. */
  async read(accountId: string): Promise<void> {
    const expanded = (this.#store.account(accountId)?.devices ?? []).filter((state) =>
      this.#isExpanded('device', state),
    );
    const arePeopleExpanded = this.#expanded.has(idOf({ kind: 'people', accountId }));
    await Promise.all([
      arePeopleExpanded && this.#store.readAccess(accountId),
      ...expanded.map((state) => this.#readParts(state, arePeopleExpanded)),
    ]);
  }

  /** `hasAll`: the authorizations of all devices are being read at once. */
  async #readParts(state: DeviceState, hasAll: boolean): Promise<void> {
    const { authorizations, authorizationsError, activity, activityError } = state;
    const hasAuthorizations = authorizations !== undefined || authorizationsError !== undefined;
    const hasActivity = activity !== undefined || activityError !== undefined;
    await Promise.all([
      hasAuthorizations && !hasAll && this.#store.readAuthorizations(refOf(state)),
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
