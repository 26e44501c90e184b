import type { Person } from '../../nuki/account.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { isForPerson } from '../../nuki/authorization/authorizationType.ts';
import type { AccountState, DeviceState } from '../snapshots.ts';

/** An authorization, and the device that it is on. */
export interface Held {
  readonly state: DeviceState;
  readonly authorization: Authorization;
}

/**
 * Who holds authorizations: an account user, or whoever goes by a name. That authorizations of one name belong to one person is a guess.
 * A person of whom only authorizations tell has an id alone.
 */
export type Holder =
  | { readonly kind: 'person'; readonly person: Person; readonly held: readonly Held[] }
  | { readonly kind: 'name'; readonly name: string; readonly held: readonly Held[] };

/** More than that no one looks through, and to sort them would take longer than the user should feel. */
const mostInOrder = 20_000;

/**
 * All holders of an account, persons first, each kind by name. Account users without any authorization are there; what connects a device
 * belongs to no one.
 */
export function holdersOf({ people, devices = [] }: AccountState, language: string): readonly Holder[] {
  const persons = new Map(
    (people?.items ?? []).map((person) => [person.accountUserId, { person, held: [] as Held[] }]),
  );
  const names = new Map<string, { name: string; held: Held[] }>();
  for (const state of devices) {
    for (const authorization of state.authorizations?.items ?? []) {
      if (!isForPerson(authorization.type)) continue;
      holderIn(persons, names, authorization).held.push({ state, authorization });
    }
  }
  return [
    ...inOrder(
      [...persons.values()].map((each): Holder => ({ kind: 'person', ...each })),
      language,
    ),
    ...inOrder(
      [...names.values()].map((each): Holder => ({ kind: 'name', ...each })),
      language,
    ),
  ];
}

function holderIn(
  persons: Map<number, { person: Person; held: Held[] }>,
  names: Map<string, { name: string; held: Held[] }>,
  { accountUserId, name }: Authorization,
): { readonly held: Held[] } {
  if (accountUserId !== undefined) {
    const known = persons.get(accountUserId);
    if (known) return known;
    const unlisted = { person: { accountUserId, name: undefined, email: undefined }, held: [] };
    persons.set(accountUserId, unlisted);
    return unlisted;
  }
  const look = lookOf(name);
  const known = names.get(look);
  if (known) return known;
  const first = { name, held: [] };
  names.set(look, first);
  return first;
}

/** The same for names that differ in nothing but spaces at their ends and in how accents are encoded. */
export function lookOf(name: string): string {
  return name.normalize('NFC').trim();
}

/** The name by which a holder is known; empty where there is none. A person without one goes by the name of an authorization. */
export function nameOfHolder(holder: Holder): string {
  if (holder.kind === 'name') return holder.name;
  return holder.person.name || holder.person.email || (holder.held[0]?.authorization.name ?? '');
}

function inOrder(holders: readonly Holder[], language: string): readonly Holder[] {
  if (holders.length > mostInOrder) return holders;
  const { compare } = new Intl.Collator(language);
  const named = holders.map((holder) => ({ holder, name: nameOfHolder(holder) }));
  return named.toSorted((a, b) => compare(a.name, b.name)).map(({ holder }) => holder);
}
