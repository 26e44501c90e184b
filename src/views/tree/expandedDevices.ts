import type { Event, TreeViewExpansionEvent } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import { idOf, type NodeId } from './nodes.ts';

interface Expansion {
  readonly onDidExpandElement: Event<TreeViewExpansionEvent<NodeId>>;
  readonly onDidCollapseElement: Event<TreeViewExpansionEvent<NodeId>>;
}

/** Which devices lie open in the tree, and which of their logs: those are what a refresh reads anew beside the devices. */
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

  /** Reads the authorizations of the open devices of an account anew, and the open logs. What was never opened is not there to be read. */
  async read(accountId: string): Promise<void> {
    const open = (this.#store.account(accountId)?.devices ?? []).filter((state) => this.#isOpen('device', state));
    await Promise.all(open.map((state) => this.#readParts(state)));
  }

  async #readParts(state: DeviceState): Promise<void> {
    const { authorizations, authorizationsError, activity, activityError } = state;
    const hasAuthorizations = authorizations !== undefined || authorizationsError !== undefined;
    const hasActivity = activity !== undefined || activityError !== undefined;
    await Promise.all([
      hasAuthorizations && this.#store.readAuthorizations(refOf(state)),
      hasActivity && this.#isOpen('activity', state) && this.#store.readActivity(refOf(state)),
    ]);
  }

  #isOpen(kind: 'device' | 'activity', state: DeviceState): boolean {
    return !this.#collapsed.has(idOf({ ...refOf(state), kind }));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
