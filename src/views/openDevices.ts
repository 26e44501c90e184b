import type { Event, TreeViewExpansionEvent } from 'vscode';
import type { DeviceState, Store } from '../model/store.ts';
import { idOf, type NodeId } from './nodes.ts';

interface Expansion {
  readonly onDidExpandElement: Event<TreeViewExpansionEvent<NodeId>>;
  readonly onDidCollapseElement: Event<TreeViewExpansionEvent<NodeId>>;
}

/** Which devices lie open in the tree: theirs are the authorizations that a refresh reads anew. */
export class OpenDevices {
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

  /** Reads the authorizations of the open devices of an account anew. A device that was never opened has none. */
  async readAuthorizations(accountId: string): Promise<void> {
    const open = (this.#store.account(accountId)?.devices ?? []).filter((state) => this.#isOpen(state));
    await Promise.all(open.map(({ device }) => this.#store.readAuthorizations(accountId, device.smartlockId)));
  }

  #isOpen({ accountId, device, authorizations, authorizationsError }: DeviceState): boolean {
    const wasOpened = authorizations !== undefined || authorizationsError !== undefined;
    return wasOpened && !this.#collapsed.has(idOf({ is: 'device', accountId, smartlockId: device.smartlockId }));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
