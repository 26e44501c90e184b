import type { RequestedEntry } from '../../model/authorizations/entries.ts';
import {
  requestedByHolder,
  holdersInOrder,
  holdersOf,
  idOfHolder,
  keyOfHolder,
  nameOfHolder,
  unlistedHolder,
  unlistedHolders,
  type Holder,
  type HolderId,
} from '../../model/people/holders.ts';
import { refOf } from '../../model/deviceRef.ts';
import type { AccountState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import type { Holding } from '../text/peopleText.ts';

interface Grouping {
  readonly account: AccountState;
  readonly holders: readonly Holder[];
  readonly byKey: ReadonlyMap<string, Holder>;
  /** How many persons go by a name. */
  readonly personNames: ReadonlyMap<string, number>;
}

/** Who holds what in each account, told anew only when a list of authorizations or of account users was read. */
export class HolderCache {
  readonly #store: Pick<Store, 'device'>;
  readonly #groupings = new Map<string, Grouping>();
  readonly #requested = new WeakMap<AccountState, ReadonlyMap<string, readonly RequestedEntry[]>>();

  constructor(store: Pick<Store, 'device'>) {
    this.#store = store;
  }

  /** All holders, in the order in which they are shown; their devices may be those of earlier. */
  in(account: AccountState, language: string): readonly Holder[] {
    const { holders, byKey } = this.#grouping(account, language);
    const unlisted = unlistedHolders(this.#requestedIn(account), byKey);
    return unlisted.length === 0 ? holders : holdersInOrder([...holders, ...unlisted], language);
  }

  /** A holder with its devices as they are now; `undefined` for one that is gone. */
  find(account: AccountState, id: HolderId, language: string): Holding | undefined {
    const { byKey, personNames } = this.#grouping(account, language);
    const key = keyOfHolder(id);
    const requested = this.#requestedIn(account).get(key) ?? [];
    const holder = byKey.get(key) ?? (requested[0] && unlistedHolder(requested[0].creation.requested));
    if (!holder) return undefined;
    const held = holder.held.flatMap((entry) => {
      const state = this.#store.device(refOf(entry.state));
      if (!state) return [];
      return state === entry.state ? [entry] : [{ ...entry, state }];
    });
    return {
      holder: { ...holder, held },
      requested,
      others: account.devices ?? [],
      isAmbiguous: holder.kind === 'person' && (personNames.get(nameOfHolder(holder)) ?? 0) > 1,
      isComplete: hasAllAuthorizations(account),
    };
  }

  /** The name of a holder; empty where there is none. */
  nameOf(account: AccountState, id: HolderId, language: string): string {
    const holder = this.#grouping(account, language).byKey.get(keyOfHolder(id));
    return holder ? nameOfHolder(holder) : '';
  }

  #grouping(account: AccountState, language: string): Grouping {
    const known = this.#groupings.get(account.id);
    if (known && isSameAccess(known.account, account)) return known;
    const holders = holdersOf(account, language);
    const persons = holders.filter(({ kind }) => kind === 'person');
    const grouping = {
      account,
      holders,
      byKey: new Map(holders.map((holder) => [keyOfHolder(idOfHolder(holder)), holder])),
      personNames: new Map([...Map.groupBy(persons, nameOfHolder)].map(([name, all]) => [name, all.length])),
    };
    this.#groupings.set(account.id, grouping);
    return grouping;
  }

  #requestedIn(account: AccountState): ReadonlyMap<string, readonly RequestedEntry[]> {
    const known = this.#requested.get(account) ?? requestedByHolder(account);
    this.#requested.set(account, known);
    return known;
  }
}

/** Whether the same people hold the same authorizations of the same devices. */
function isSameAccess(a: AccountState, b: AccountState): boolean {
  const [before = [], now = []] = [a.devices, b.devices];
  return (
    a.people === b.people &&
    before.length === now.length &&
    before.every(
      ({ device, authorizations }, index) =>
        device.smartlockId === now[index]?.device.smartlockId && authorizations === now[index].authorizations,
    )
  );
}

/** Whether what a person holds is all that Nuki lists for that person. */
function hasAllAuthorizations({ devices = [], allAuthorizationsReadAt }: AccountState): boolean {
  return (
    allAuthorizationsReadAt !== undefined &&
    devices.every(({ authorizations }) => authorizations && authorizations.unreadable.length === 0)
  );
}
