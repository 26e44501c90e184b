import type { Person } from '../../nuki/account.ts';
import {
  listedEntriesOf,
  requestedEntriesOf,
  type ListedEntry,
  type RequestedEntry,
} from '../authorizations/entries.ts';
import { inShownOrder } from '../shownOrder.ts';
import type { AccountState } from '../snapshots.ts';

/**
 * Who holds authorizations: an account user, or whoever goes by a name. That authorizations of one name belong to one person is a guess.
 * A person of whom only authorizations tell has the name of one of them.
 */
export type Holder =
  | { readonly kind: 'person'; readonly person: Person; readonly held: readonly ListedEntry[] }
  | { readonly kind: 'name'; readonly name: string; readonly held: readonly ListedEntry[] };

/** More than that no one looks through, and to sort them would take longer than the user should feel. */
const mostInOrder = 20_000;

/**
 * All holders of an account, persons first, each kind by name. Account users without any authorization are there; what connects a device
 * belongs to no one. What someone has is in the order in which devices are shown.
 */
export function holdersOf({ people, devices = [] }: AccountState, language: string): readonly Holder[] {
  const persons = new Map<number, { readonly person: Person; readonly held: ListedEntry[] }>();
  const names = new Map<string, ListedEntry[]>();
  for (const person of people?.items ?? []) persons.set(person.accountUserId, { person, held: [] });
  for (const state of inShownOrder(devices, language)) {
    for (const entry of listedEntriesOf(state)) {
      const { name, accountUserId } = entry.authorization;
      if (accountUserId === undefined) {
        const comparable = comparableName(name);
        const known = names.get(comparable);
        if (known) known.push(entry);
        else names.set(comparable, [entry]);
      } else {
        const known = persons.get(accountUserId);
        if (known) known.held.push(entry);
        else persons.set(accountUserId, { person: unlistedPerson(accountUserId, name), held: [entry] });
      }
    }
  }
  return holdersInOrder(
    [
      ...[...persons.values()].map(({ person, held }): Holder => ({ kind: 'person', person, held })),
      ...[...names].map(([name, held]): Holder => ({ kind: 'name', name, held })),
    ],
    language,
  );
}

function unlistedPerson(accountUserId: number, name: string): Person {
  return { accountUserId, name, email: undefined };
}

/** The same for names that differ in nothing but spaces at their ends and in how accents are encoded. */
export function comparableName(name: string): string {
  return name.normalize('NFC').trim();
}

/** The name by which a holder is known; empty where there is none. */
export function nameOfHolder(holder: Holder): string {
  return holder.kind === 'name' ? holder.name : holder.person.name || (holder.person.email ?? '');
}

/** What an authorization, or the wish for one, says of whose it is. */
interface Owned {
  readonly accountUserId?: number | undefined;
  readonly name: string;
}

/** What tells a holder from all others of the account. */
export type HolderId = { readonly accountUserId: number } | { readonly name: string };

export function idOfHolder(holder: Holder): HolderId {
  return holder.kind === 'person' ? { accountUserId: holder.person.accountUserId } : { name: holder.name };
}

/** Whose an authorization is. */
export function holderIdOf({ accountUserId, name }: Owned): HolderId {
  return accountUserId === undefined ? { name: comparableName(name) } : { accountUserId };
}

/** The id as a key of maps. */
export function keyOfHolder(id: HolderId): string {
  return 'name' in id ? `name/${id.name}` : `person/${id.accountUserId}`;
}

/** What was asked for on the devices of an account and is not listed yet, by {@link keyOfHolder}. */
export function requestedByHolder({ devices = [] }: AccountState): ReadonlyMap<string, readonly RequestedEntry[]> {
  return Map.groupBy(devices.flatMap(requestedEntriesOf), ({ creation }) =>
    keyOfHolder(holderIdOf(creation.requested)),
  );
}

/** Those for whom something was asked, and of whom nothing else is known. `known`: the keys of all other holders. */
export function unlistedHolders(
  requested: ReadonlyMap<string, readonly RequestedEntry[]>,
  known: { has(key: string): boolean },
): readonly Holder[] {
  return [...requested].flatMap(([key, [first]]) =>
    first && !known.has(key) ? [unlistedHolder(first.creation.requested)] : [],
  );
}

/** Someone of whom nothing is known but the wish for an authorization. */
export function unlistedHolder({ accountUserId, name }: Owned): Holder {
  if (accountUserId === undefined) return { kind: 'name', name: comparableName(name), held: [] };
  return { kind: 'person', person: unlistedPerson(accountUserId, name), held: [] };
}

/** Persons first, each kind by name. */
export function holdersInOrder(holders: readonly Holder[], language: string): readonly Holder[] {
  return (['person', 'name'] as const).flatMap((kind) =>
    byName(
      holders.filter((holder) => holder.kind === kind),
      language,
    ),
  );
}

function byName(holders: readonly Holder[], language: string): readonly Holder[] {
  if (holders.length > mostInOrder) return holders;
  const { compare } = new Intl.Collator(language);
  const named = holders.map((holder) => ({ holder, name: nameOfHolder(holder) }));
  return named.toSorted((a, b) => compare(a.name, b.name)).map(({ holder }) => holder);
}
