import { refOf } from '../../model/deviceRef.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { authorizationGroups, groupOf, type AuthorizationGroup } from '../../nuki/authorization/authorizationType.ts';
import { idOf, type NodeAddress, type NodeId } from './nodes.ts';

/** A row for an authorization, and its group; `undefined` where its type could not be read. */
interface Entry {
  readonly address: NodeAddress;
  readonly group: AuthorizationGroup | undefined;
}

interface NamedEntry extends Entry {
  readonly name: string;
}

/** The authorizations of a device: those that were asked for and are not listed, and those that are. */
function namedEntries(state: DeviceState): readonly NamedEntry[] {
  const ref = refOf(state);
  const unlisted = (state.pendingChanges ?? []).flatMap((change) =>
    change.kind === 'create' && change.listedAs.length === 0 ? [change] : [],
  );
  return [
    ...unlisted.map(({ key, requested: { name, type } }): NamedEntry => ({
      address: { ...ref, kind: 'pendingAuthorization', key },
      name,
      group: groupOf(type),
    })),
    ...(state.authorizations?.items ?? []).map(({ id, name, type }): NamedEntry => ({
      address: { ...ref, kind: 'authorization', id },
      name,
      group: groupOf(type),
    })),
  ];
}

function unreadableEntries(state: DeviceState): readonly Entry[] {
  return (state.authorizations?.unreadable ?? []).map(({ index, type }) => ({
    address: { ...refOf(state), kind: 'unreadableAuthorization', index },
    group: type === undefined ? undefined : groupOf(type),
  }));
}

function entriesOf(state: DeviceState): readonly Entry[] {
  return [...namedEntries(state), ...unreadableEntries(state)];
}

/** What was asked for stands where it will be listed: no row moves under the pointer when the lock confirms it. */
function entriesByName(state: DeviceState, language: string): readonly Entry[] {
  const { compare } = new Intl.Collator(language);
  const byName = namedEntries(state).toSorted(
    (a, b) => compare(a.name, b.name) || compare(idOf(a.address), idOf(b.address)),
  );
  return [...byName, ...unreadableEntries(state)];
}

/** Up to so many authorizations of persons stand in one list, as their icons tell them apart at one glance. */
const mostWithoutHeadings = 8;

/** The groups with a row of their own. The system has one wherever there is anything else. */
function headingsOf(entries: readonly Entry[]): ReadonlySet<AuthorizationGroup> {
  const present = new Set(entries.map(({ group }) => group));
  const others = entries.filter(({ group }) => group !== 'system').length;
  const hasHeading = (group: AuthorizationGroup): boolean =>
    present.has(group) && others > (group === 'system' ? 0 : mostWithoutHeadings);
  return new Set(authorizationGroups.filter(hasHeading));
}

/** How many rows there are for the authorizations of a device, by group; under `undefined` those whose type could not be read. */
export function entryCounts(state: DeviceState): ReadonlyMap<AuthorizationGroup | undefined, number> {
  const groups = Map.groupBy(entriesOf(state), ({ group }) => group);
  return new Map([...groups].map(([group, entries]) => [group, entries.length]));
}

/** The rows below a device's authorizations: group by group, in one list or below a row of their own. */
export function belowAuthorizations(state: DeviceState, language: string): NodeAddress[] {
  const ref = refOf(state);
  const entries = entriesByName(state, language);
  const headings = headingsOf(entries);
  const rows = [...authorizationGroups, undefined].flatMap((group): readonly NodeAddress[] =>
    group !== undefined && headings.has(group)
      ? [{ ...ref, kind: 'authorizationGroup', group }]
      : addressesIn(group, entries),
  );
  const needsNotice = rows.length === 0 || state.authorizationsError !== undefined;
  return needsNotice ? [{ ...ref, kind: 'notice' }, ...rows] : rows;
}

export function belowGroup(group: AuthorizationGroup, state: DeviceState, language: string): NodeAddress[] {
  return addressesIn(group, entriesByName(state, language));
}

function addressesIn(wanted: AuthorizationGroup | undefined, entries: readonly Entry[]): NodeAddress[] {
  return entries.flatMap(({ address, group }) => (group === wanted ? [address] : []));
}

/** The row that the row `id` of an authorization is below. */
export function parentOf(id: NodeId, state: DeviceState): NodeAddress {
  const entries = entriesOf(state);
  const group = entries.find(({ address }) => idOf(address) === id)?.group;
  return group !== undefined && headingsOf(entries).has(group)
    ? { ...refOf(state), kind: 'authorizationGroup', group }
    : { ...refOf(state), kind: 'authorizations' };
}
