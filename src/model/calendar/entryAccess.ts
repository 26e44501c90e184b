import {
  authorizationGroups,
  authorizationType,
  groupOf,
  isForPerson,
} from '../../nuki/authorization/authorizationType.ts';
import { limitDoubts, widestLimits, type LimitDoubt } from '../../nuki/authorization/limitDoubts.ts';
import { opensAt } from '../../nuki/authorization/openTimes.ts';
import type { DatedSchedule, Schedule } from '../../nuki/authorization/schedule.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { ClockReading } from '../../nuki/time/zonedTime.ts';
import type { PendingCreation } from '../authorizations/pendingChanges.ts';
import type { Held } from '../people/holders.ts';
import { standingsOf, type Standing } from '../authorizations/standing.ts';
import type { DeviceState } from '../snapshots.ts';

/** An authorization of a person at a door, or one that was asked for here and that no list has yet. */
export type Entry = (Held & { readonly kind: 'listed' }) | AskedEntry;

export interface AskedEntry {
  readonly kind: 'asked';
  readonly state: DeviceState;
  readonly creation: PendingCreation;
}

/** Every entry of a door, in no order. */
export function entriesOf(state: DeviceState): readonly Entry[] {
  const listed = (state.authorizations?.items ?? []).filter(({ type }) => isForPerson(type));
  return [
    ...listed.map((authorization): Entry => ({ kind: 'listed', state, authorization })),
    ...askedEntriesOf(state),
  ];
}

/** The entries of a door that no list has yet. */
export function askedEntriesOf(state: DeviceState): readonly AskedEntry[] {
  const creations = (state.pendingChanges ?? []).filter((change) => change.kind === 'create');
  return creations
    .filter(({ listedAs }) => listedAs.length === 0)
    .map((creation) => ({ kind: 'asked', state, creation }));
}

/**
 * Why it is not certain that an entry opens whenever its limits say so. `pending`: a change from here is not seen done; `waiting`: Nuki is
 * about something with it; `error`: the API names one; `keypadDisabled`: the keypad itself is, and the entry is a code.
 */
export type Doubt = 'pending' | 'waiting' | 'unconfirmed' | 'error' | 'keypadDisabled' | LimitDoubt;

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

/** All that decides whether an entry lets someone in. */
export interface Entrance {
  readonly entry: Entry;
  readonly standing: Standing;
  /** As Nuki lists them, or as they were sent. */
  readonly limits: DatedSchedule;
  readonly doubts: readonly Doubt[];
  /** When it may open, all doubts considered; the limits themselves where there are none. */
  readonly widest: Schedule;
  /** Whether it never opens. */
  readonly isDisabled: boolean;
}

/** Tells of the entries of one door what decides whether they let someone in. */
export function entrancesOf(state: DeviceState): (entry: Entry) => Entrance {
  const standingOf = standingsOf(state);
  const zone = timeZoneName(state.device.config?.timezoneId);
  const isKeypadDisabled = (state.authorizations?.items ?? []).some(
    ({ type, enabled }) => type === authorizationType.keypad && enabled === false,
  );
  return (entry) => {
    const standing: Standing =
      entry.kind === 'listed'
        ? standingOf(entry.authorization)
        : { pending: entry.creation, confirmation: 'unconfirmed' };
    const limits = limitsOf(entry);
    const ofLimits = limitDoubts(limits, zone);
    const isCode = typeOf(entry) === authorizationType.keypadCode;
    const doubts: readonly Doubt[] = [
      ...standingDoubts(entry, standing),
      ...(isKeypadDisabled && isCode ? ['keypadDisabled' as const] : []),
      ...ofLimits,
    ];
    const mayChange = standing.pending?.kind === 'change' || doubts.includes('waiting');
    return {
      entry,
      standing,
      limits,
      doubts,
      widest: mayChange ? {} : ofLimits.length > 0 ? widestLimits(limits, ofLimits) : limits,
      isDisabled: !mayChange && entry.kind === 'listed' && entry.authorization.enabled === false,
    };
  };
}

function standingDoubts(entry: Entry, { pending, confirmation }: Standing): readonly Doubt[] {
  if (pending) return ['pending'];
  const { operationId, error } = entry.kind === 'listed' ? entry.authorization : {};
  return [
    ...(operationId ? ['waiting' as const] : []),
    ...(confirmation === 'unconfirmed' ? ['unconfirmed' as const] : []),
    ...(error ? ['error' as const] : []),
  ];
}

/** When an entry opens, as Nuki lists it or as it was sent. */
function limitsOf(entry: Entry): DatedSchedule {
  return entry.kind === 'listed' ? entry.authorization : entry.creation.sent;
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

/** Whether it opens when the lock's clock shows `reading`; `unknown` where that is not certain. */
export type Answer = 'yes' | 'unknown' | 'no';

export function answerAt({ isDisabled, doubts, limits, widest }: Entrance, reading: ClockReading): Answer {
  if (isDisabled || !opensAt(widest, reading)) return 'no';
  return isSureWithin(doubts) && opensAt(limits, reading) ? 'yes' : 'unknown';
}

/** Whether an entry is certain to open within its limits: incomplete ones only leave open what happens outside of them. */
export function isSureWithin(doubts: readonly Doubt[]): boolean {
  return doubts.every((doubt) => doubt === 'incompleteLimits');
}
