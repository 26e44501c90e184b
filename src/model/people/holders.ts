import type { Person } from '../../nuki/account.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { isForPerson } from '../../nuki/authorization/authorizationType.ts';
import { inShownOrder } from '../shownOrder.ts';
import type { AccountState, DeviceState } from '../snapshots.ts';
import type { PendingCreation } from '../authorizations/pendingChanges.ts';

/** An authorization, and the device that it is on. */
export interface Held {
  readonly state: DeviceState;
  readonly authorization: Authorization;
}

/**
 * Who holds authorizations: an account user, or whoever goes by a name. That authorizations of one name belong to one person is a guess.
 * A person of whom only authorizations tell has the name of one of them.
 */
export type Holder =
  | { readonly kind: 'person'; readonly person: Person; readonly held: readonly Held[] }
  | { readonly kind: 'name'; readonly name: string; readonly held: readonly Held[] };

/** More than that no one looks through, and to sort them would take longer than the user should feel. */
const mostInOrder = 20_000;

/**
 * All holders of an account, persons first, each kind by name. Account users without any authorization are there; what connects a device
 * belongs to no one. What someone has is in the order in which devices are shown.
 */
export function holdersOf({ people, devices = [] }: AccountState, language: string): readonly Holder[] {
  const persons = new Map<number, { readonly person: Person; readonly held: Held[] }>();
  const names = new Map<string, Held[]>();
  for (const person of people?.items ?? []) persons.set(person.accountUserId, { person, held: [] });
  for (const state of inShownOrder(devices, language)) {
    for (const authorization of state.authorizations?.items ?? []) {
      const { type, name, accountUserId } = authorization;
      if (!isForPerson(type)) continue;
      const held = { state, authorization };
      if (accountUserId === undefined) {
        const look = lookOf(name);
        const known = names.get(look);
        if (known) known.push(held);
        else names.set(look, [held]);
      } else {
        const known = persons.get(accountUserId);
        if (known) known.held.push(held);
        else persons.set(accountUserId, { person: stranger(accountUserId, name), held: [held] });
      }
    }
  }
  return [
    ...inOrder(
      [...persons.values()].map(({ person, held }) => ({ kind: 'person', person, held })),
      language,
    ),
    ...inOrder(
      [...names].map(([name, held]) => ({ kind: 'name', name, held })),
      language,
    ),
  ];
}

function stranger(accountUserId: number, name: string): Person {
  return { accountUserId, name, email: undefined };
}

/** The same for names that differ in nothing but spaces at their ends and in how accents are encoded. */
export function lookOf(name: string): string {
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
  return accountUserId === undefined ? { name: lookOf(name) } : { accountUserId };
}

/** Someone of whom nothing is known but the wish for an authorization. */
export function strangerOf({ accountUserId, name }: Owned): Holder {
  if (accountUserId === undefined) return { kind: 'name', name: lookOf(name), held: [] };
  return { kind: 'person', person: stranger(accountUserId, name), held: [] };
}

/** The id as a key of maps. */
export function keyOfHolder(id: HolderId): string {
  return 'name' in id ? `name ${id.name}` : `person ${id.accountUserId}`;
}

/** An authorization that was asked for and that no list has yet, and the device that it is for. */
export interface Awaited {
  readonly state: DeviceState;
  readonly creation: PendingCreation;
}

/** What was asked for on the devices of an account and is not listed yet, by {@link keyOfHolder}. */
export function awaitedOf({ devices = [] }: AccountState): ReadonlyMap<string, readonly Awaited[]> {
  const all = devices.flatMap((state) =>
    (state.pendingChanges ?? []).flatMap((creation) =>
      creation.kind === 'create' && creation.listedAs.length === 0 ? [{ state, creation }] : [],
    ),
  );
  return Map.groupBy(all, ({ creation }) => keyOfHolder(holderIdOf(creation.requested)));
}

function inOrder(holders: readonly Holder[], language: string): readonly Holder[] {
  if (holders.length > mostInOrder) return holders;
  const { compare } = new Intl.Collator(language);
  const named = holders.map((holder) => ({ holder, name: nameOfHolder(holder) }));
  return named.toSorted((a, b) => compare(a.name, b.name)).map(({ holder }) => holder);
}
