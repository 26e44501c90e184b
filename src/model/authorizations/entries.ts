import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { authorizationGroups, groupOf, isForPerson } from '../../nuki/authorization/authorizationType.ts';
import type { DeviceState } from '../snapshots.ts';
import type { PendingCreation } from './pendingChanges.ts';

/** An authorization of a person at a door, or one that was asked for here and that no list has yet. */
export type Entry = ListedEntry | RequestedEntry;

export interface ListedEntry {
  readonly kind: 'listed';
  readonly state: DeviceState;
  readonly authorization: Authorization;
}

export interface RequestedEntry {
  readonly kind: 'requested';
  readonly state: DeviceState;
  readonly creation: PendingCreation;
}

/** Every entry of a door, in no order; what connects the device itself is none. */
export function entriesOf(state: DeviceState): readonly Entry[] {
  return [...listedEntriesOf(state), ...requestedEntriesOf(state)];
}

/** The entries of a door that Nuki lists. */
export function listedEntriesOf(state: DeviceState): readonly ListedEntry[] {
  const listed = (state.authorizations?.items ?? []).filter(({ type }) => isForPerson(type));
  return listed.map((authorization) => ({ kind: 'listed', state, authorization }));
}

/** The entries of a door that no list has yet. */
export function requestedEntriesOf(state: DeviceState): readonly RequestedEntry[] {
  const creations = (state.pendingChanges ?? []).filter((change) => change.kind === 'create');
  return creations
    .filter(({ listedAs }) => listedAs.length === 0)
    .map((creation) => ({ kind: 'requested', state, creation }));
}

export function typeOf(entry: Entry): number {
  return entry.kind === 'listed' ? entry.authorization.type : entry.creation.requested.type;
}

/** The name as the API has it or as it was sent: foreign text. */
export function nameOf(entry: Entry): string {
  return entry.kind === 'listed' ? entry.authorization.name : entry.creation.requested.name;
}

/** Of an entry within one account. */
export function entryKey(entry: Entry): string {
  const id = entry.kind === 'listed' ? `auth/${entry.authorization.id}` : `pending/${entry.creation.key}`;
  return `${entry.state.device.smartlockId}/${id}`;
}

/** Door by door in the order of `places`, and there as the sidebar has them: by groups, then by name. */
export function inOrder(
  entries: readonly Entry[],
  language: string,
  places: ReadonlyMap<DeviceState, number> = new Map(),
): readonly Entry[] {
  const { compare } = new Intl.Collator(language);
  const placed = entries.map((entry) => ({
    entry,
    place: places.get(entry.state) ?? 0,
    group: authorizationGroups.indexOf(groupOf(typeOf(entry))),
    name: nameOf(entry),
  }));
  return placed
    .toSorted((a, b) => a.place - b.place || a.group - b.group || compare(a.name, b.name))
    .map(({ entry }) => entry);
}
