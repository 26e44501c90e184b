import { accessGains } from '../../nuki/authorization/accessGains.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { withChanges } from '../../nuki/authorization/authorizationWrites.ts';
import { authorizationType, isForPerson } from '../../nuki/authorization/authorizationType.ts';
import { scheduleProblems } from '../../nuki/authorization/scheduleRules.ts';
import { hasSmartHosting } from '../../nuki/smartlock.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { Owned } from '../record/accessRecord.ts';
import { entryKeyOf, type ChangeStep, type Finding, type RemoveStep, type Step, type Wanted } from './accessPlan.ts';
import { additionsAt, type Additions } from './additions.ts';
import { changesTo, isAsWritten } from './asWritten.ts';
import { matchesOf, placeOf } from './matches.ts';
import { ownedAt, type Found, type ReadDoor } from './ownedAt.ts';

/** A step and its place among the others of the account: those of a lower rank go first. */
interface RankedStep {
  readonly rank: number;
  readonly step: Step;
}

/** What there is to do at one door. */
export interface DoorPlan {
  readonly steps: readonly RankedStep[];
  readonly findings: readonly Finding[];
  /** What the record owns there, as the list shows it. */
  readonly owned: readonly Owned[];
}

/** What there is to do so that a door has what is `wanted`. `known`: the ids that the record names, at any door. */
export function planDoor(
  door: ReadDoor,
  wanted: readonly Wanted[],
  owned: readonly Owned[],
  known: ReadonlySet<string>,
): DoorPlan {
  const { smartlockId } = door.state.device;
  const found = ownedAt(door, owned, known);
  const { matches, unwanted } = matchesOf(wanted, found, door.now);
  const left = unwanted.filter((each) => each.kind !== 'drifted' || each.item !== undefined);
  const awaited = new Set(
    left.flatMap(({ kind, owned: { id, entry, part } }) =>
      id === undefined && kind !== 'lost' ? [placeOf(entry, part)] : [],
    ),
  );
  const open = new OpenEntries(wanted);
  const findings: Finding[] = [];
  const changes: ChangeStep[] = [];
  const missing: Wanted[] = [];
  const foreign = foreignAt(door, found);
  const sameThere = sameIn(foreign, door.now);
  for (const [each, before] of matches) {
    const match = before?.kind === 'lost' ? undefined : before;
    const change = match?.kind === 'listed' ? changeOf(each, match.owned, match.item, door.now) : undefined;
    if (change) changes.push(change);
    else if (match && !(match.kind === 'listed' && match.isConfirmed)) {
      findings.push(findingOf(match, smartlockId, each));
      open.add(each);
    } else if (!match && isToCome(each, door)) {
      // An entry asks for one authorization at a time.
      if (awaited.has(placeOf(each.entry.key, each.part))) open.add(each);
      else {
        const there = sameThere(each);
        if (there) findings.push({ kind: 'blocked', wanted: each, why: 'sameThere', there });
        if (there) open.add(each);
        else missing.push(each);
      }
    }
  }
  const removals = left.flatMap((each): readonly RemoveStep[] =>
    each.kind === 'listed' ? [{ kind: 'remove', owned: each.owned, before: each.item }] : [],
  );
  const { adds, blocked } = additionsWhileHeld(door, missing, removals, open);
  const taking = [...changes, ...removals];
  const held = taking.filter((step) => open.holds(step));
  const begun = taking.filter((step) => !open.holds(step));
  const late = new Set(adds.filter(({ waitsForRemovals }) => waitsForRemovals).map(entryKeyOf));
  return {
    steps: [...adds, ...begun].map((step) => ({ step, rank: rankOf(step, late, open) })),
    findings: [
      ...findings,
      ...left.flatMap((each) => (each.kind === 'listed' || each.kind === 'lost' ? [] : [findingOf(each, smartlockId)])),
      ...held.map((step): Finding => ({ kind: 'waiting', step })),
      ...blocked,
      ...hostingAt(door, wanted),
      ...foreign,
    ],
    owned: [...matches.flatMap(([, match]) => match ?? []), ...left].map((each) => each.owned),
  };
}

/** The entries that lack something at a door that they give, and do not get it by this plan: what they have there is not taken away. */
class OpenEntries {
  readonly #wanted: ReadonlyMap<string, Wanted>;
  readonly #keys = new Set<string>();

  constructor(wanted: readonly Wanted[]) {
    this.#wanted = new Map(wanted.map((each) => [each.entry.key, each]));
  }

  get size(): number {
    return this.#keys.size;
  }

  add({ entry, as }: Wanted): void {
    if (as.enabled) this.#keys.add(entry.key);
  }

  /** Whether a step would take away what the holder of such an entry has. */
  holds(step: ChangeStep | RemoveStep): boolean {
    return this.#keys.has(entryKeyOf(step)) && this.takesFromHolder(step);
  }

  /** Whether a step takes something from whoever has its entry by the file: a code may be anyone's. */
  takesFromHolder(step: ChangeStep | RemoveStep): boolean {
    if (step.kind === 'change') return step.losses.length > 0;
    const wanted = this.#wanted.get(step.owned.entry);
    const isAnyones = step.owned.by === 'code' || wanted?.entry.by === 'code';
    return wanted !== undefined && (isAnyones || wanted.accountUserId === step.before.accountUserId);
  }
}

/** What is blocked holds back removals of its entry, which may have made room for something else. */
function additionsWhileHeld(
  door: ReadDoor,
  missing: readonly Wanted[],
  removals: readonly RemoveStep[],
  open: OpenEntries,
): Additions {
  const makesRoom = (removal: RemoveStep, { entry }: Wanted): boolean =>
    removal.owned.entry !== entry.key || !open.takesFromHolder(removal);
  for (;;) {
    const before = open.size;
    const going = removals.filter((removal) => !open.holds(removal));
    const additions = additionsAt(door, missing, going, makesRoom);
    for (const { wanted } of additions.blocked) open.add(wanted);
    if (open.size === before) return additions;
  }
}

/** New before old. Of the parts of an entry those that get more hours go first: they may have to cover what another one loses. */
function rankOf(step: Step, late: ReadonlySet<string>, open: OpenEntries): number {
  if (step.kind === 'add') return step.waitsForRemovals ? 5 : 0;
  if (late.has(entryKeyOf(step)) && open.takesFromHolder(step)) return 6;
  if (step.kind === 'remove') return 4;
  if (step.gains.includes('hours')) return 1;
  return step.gains.length > 0 ? 2 : 3;
}

function changeOf(wanted: Wanted, owned: Owned, before: Authorization, now: number): ChangeStep | undefined {
  const changes = changesTo(wanted.as, before, now);
  if (Object.keys(changes).length === 0) return undefined;
  const after = withChanges(before, changes);
  const [gains, losses] = [accessGains(before, after), accessGains(after, before)];
  return { kind: 'change', wanted, owned, before, changes, gains, losses, isRenamed: changes.name !== undefined };
}

function findingOf(found: Exclude<Found, { kind: 'lost' }>, smartlockId: number, wanted?: Wanted): Finding {
  const { owned } = found;
  switch (found.kind) {
    case 'listed':
      return { kind: 'pending', smartlockId, owned, authorization: found.item };
    case 'pending':
      return { kind: 'pending', smartlockId, owned, authorization: found.item, pending: found.pending };
    case 'drifted':
      return { kind: 'drifted', owned, wanted, now: found.item };
    case 'ambiguous':
      return { kind: 'ambiguous', owned, candidates: found.candidates };
  }
}

/** Whether there is anything to give: what is disabled or over is not added. */
function isToCome({ as }: Wanted, { state: { device }, now }: ReadDoor): boolean {
  const problems = scheduleProblems(as, now, timeZoneName(device.config?.timezoneId));
  return as.enabled && !Object.values(problems).some((each) => each === 'alreadyExpired' || each === 'neverActive');
}

function hostingAt({ state: { device } }: ReadDoor, wanted: readonly Wanted[]): readonly Finding[] {
  const { smartlockId } = device;
  const hasBookings = wanted.some(({ entry }) => entry.booking !== undefined);
  return hasBookings && !hasSmartHosting(device) ? [{ kind: 'smartHosting', smartlockId }] : [];
}

function itemOf(found: Found): readonly Authorization[] {
  return 'item' in found && found.item ? [found.item] : [];
}

type Foreign = Extract<Finding, { readonly kind: 'foreign' }>;

/** Tells which of what is not from the file is what it wants: added to that, one person would have two, and only one of them in the file. */
function sameIn(foreign: readonly Foreign[], now: number): (wanted: Wanted) => Authorization | undefined {
  const holder = ({ type, name, accountUserId }: Pick<Authorization, 'type' | 'name' | 'accountUserId'>): string =>
    `${type}/${type === authorizationType.keypadCode ? name : accountUserId}`;
  let byHolder: ReadonlyMap<string, readonly Authorization[]> | undefined;
  return ({ type, as, accountUserId }) => {
    // Who has an app is not given another anyway.
    if (type === authorizationType.app) return undefined;
    byHolder ??= Map.groupBy(
      foreign.map(({ authorization }) => authorization),
      holder,
    );
    return byHolder.get(holder({ type, name: as.name, accountUserId }))?.find((each) => isAsWritten(as, each, now));
  };
}

function foreignAt({ state, list }: ReadDoor, found: readonly Found[]): readonly Foreign[] {
  const { smartlockId } = state.device;
  const ours = new Set(
    found.flatMap((each) => (each.kind === 'ambiguous' ? each.candidates : itemOf(each))).map(({ id }) => id),
  );
  const foreign = list.items.filter(({ id, type }) => isForPerson(type) && !ours.has(id));
  return foreign.map((authorization) => ({ kind: 'foreign', smartlockId, authorization }));
}
