import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import { typeOfCredential } from '../../nuki/authorization/credential.ts';
import { isOnline } from '../../nuki/smartlock.ts';
import type { AccessFile } from '../file/accessFile.ts';
import type { AccessRecord } from '../record/accessRecord.ts';
import type { Misfit, Plan, UnknownDoor, Wanted } from './accessPlan.ts';
import type { ReadDoor } from './ownedAt.ts';
import { planDoor, type DoorPlan } from './planDoor.ts';
import { wantedBy } from './wanted.ts';

/** The time in ms since 1970: `now` by Nuki's clock, which dates lists and records, `ownNow` by this computer's. */
export interface Times {
  readonly now: number;
  readonly ownNow: number;
}

/**
 * What there is to do so that the doors of an account are as `file` wants them, with what `record` owns and nothing else. Of a file with
 * errors no plan must be made: what is left out of it would be removed.
 */
export function planAccess(file: AccessFile, record: AccessRecord, account: AccountState, times: Times): Plan | Misfit {
  const states = new Map(account.devices?.map((state) => [state.device.smartlockId, state]));
  const misfit = misfitOf(file, record, account, states);
  if (misfit) return misfit;
  const ownedBy = Map.groupBy(record.owned, ({ smartlockId }) => smartlockId);
  const known = new Set(record.owned.flatMap(({ id }) => id ?? []));
  const wantedAt = wantedBy(file, account);
  const readings = [account.refreshedAt ?? times.ownNow];
  const plans: DoorPlan[] = [];
  for (const smartlockId of doorIds(file, record)) {
    const owned = ownedBy.get(smartlockId) ?? [];
    const state = states.get(smartlockId);
    const wanted = state && wantedAt(state);
    if (state && !wanted) return { kind: 'misfit', why: 'problems', smartlockId };
    const door = readDoor(state, wanted ?? [], account, times);
    if (typeof door === 'string') {
      plans.push({ steps: [], findings: [{ kind: 'unknown', smartlockId, why: door }], owned });
      continue;
    }
    readings.push(door.list.readAt);
    plans.push(planDoor(door, wanted ?? [], owned, known));
  }
  if (account.people) readings.push(account.people.readAt);
  return {
    kind: 'plan',
    accountId: account.id,
    readAt: Math.min(...readings),
    steps: plans
      .flatMap(({ steps }) => steps)
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ step }) => step),
    findings: plans.flatMap(({ findings }) => findings),
    record: plans.flatMap(({ owned }) => owned),
  };
}

function doorIds({ doors }: AccessFile, { owned }: AccessRecord): ReadonlySet<number> {
  return new Set([...doors, ...owned].map(({ smartlockId }) => smartlockId));
}

type States = ReadonlyMap<number, DeviceState>;

function misfitOf(file: AccessFile, record: AccessRecord, account: AccountState, states: States): Misfit | undefined {
  const ownedBy = new Map(record.owned.map((owned) => [owned.smartlockId, owned]));
  for (const smartlockId of account.devices ? doorIds(file, record) : []) {
    if (!states.has(smartlockId) && !mayBeUnreadable(smartlockId, account))
      return { kind: 'misfit', why: 'noSuchDoor', smartlockId, owned: ownedBy.get(smartlockId) };
  }
  const ownedAs = new Map(
    record.owned.flatMap((owned) => (owned.id === undefined ? [] : [[owned.id, owned] as const])),
  );
  for (const [smartlockId, { authorizations }] of states) {
    for (const { id, type } of authorizations?.items ?? []) {
      const owned = ownedAs.get(id);
      if (!owned) continue;
      if (owned.smartlockId !== smartlockId) return { kind: 'misfit', why: 'otherDoor', smartlockId, owned };
      if (typeOfCredential[owned.by] !== type) return { kind: 'misfit', why: 'otherType', smartlockId, owned };
    }
  }
  return undefined;
}

function mayBeUnreadable(smartlockId: number, { unreadable }: AccountState): boolean {
  return unreadable.some(({ id }) => id === undefined || id === String(smartlockId));
}

/** A door with a list that can be believed, or why there is none. */
function readDoor(
  state: DeviceState | undefined,
  wanted: readonly Wanted[],
  account: AccountState,
  { now, ownNow }: Times,
): ReadDoor | UnknownDoor {
  const { devices, people, peopleError, allAuthorizationsError } = account;
  if (!state) return devices ? 'unreadable' : 'notRead';
  if (!isOnline(state.device)) return 'offline';
  const { authorizations: list, authorizationsError } = state;
  const ofPeople = wanted.filter(({ entry }) => entry.by !== 'code');
  if (!list || authorizationsError || allAuthorizationsError) return 'notRead';
  if (ofPeople.length > 0 && (!people || peopleError)) return 'notRead';
  const isUnknown = ofPeople.some(({ accountUserId }) => accountUserId === undefined);
  if (isUnknown && people?.unreadable?.length) return 'personUnreadable';
  if (list.unreadable.length > 0) return 'unreadable';
  return { state, list, readAt: list.readAt + now - ownNow, now };
}
