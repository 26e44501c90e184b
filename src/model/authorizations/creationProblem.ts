import {
  authorizationLimit,
  keypadCodeLimit,
  longestName,
  type Authorization,
} from '../../nuki/authorization/authorization.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { fitsKeypad } from '../../nuki/authorization/keypadName.ts';
import type { DeviceState } from '../snapshots.ts';

/** Why a device is not asked to take a new authorization. */
export type CreationProblem = 'nameTooLong' | 'codeTaken' | 'codesFull' | 'othersFull' | 'personHasOne';

/** What a device holds: the authorizations in its list, and those that were asked for and are not in it yet. */
export interface Occupancy {
  readonly codes: Slots;
  readonly others: Slots;
  readonly takenCodes: Pick<ReadonlySet<string>, 'has'>;
  /** The ids of the persons who have an app authorization. */
  readonly appUsers: Pick<ReadonlySet<number>, 'has'>;
}

export interface Slots {
  /** `undefined` until the device's list has been read. */
  readonly used: number | undefined;
  readonly limit: number;
}

/** What a device holds by its list and the codes in it, as far as they have been read. */
export function occupancyOf(
  { device, pendingChanges = [] }: DeviceState,
  items: readonly Authorization[] | undefined,
  codes: ReadonlyMap<string, string> | undefined,
): Occupancy {
  const creations = pendingChanges.filter((change) => change.kind === 'create');
  const unlisted = creations.filter(({ listedAs }) => listedAs.length === 0);
  const all = [...(items ?? []), ...unlisted.map(({ requested }) => requested)];
  const codeCount = all.filter(({ type }) => type === authorizationType.keypadCode).length;
  const appUsers = all.filter(({ type }) => type === authorizationType.app).map(({ accountUserId }) => accountUserId);
  const listedCodes = new Set(codes?.values());
  return {
    codes: { used: items && codeCount, limit: keypadCodeLimit },
    others: { used: items && all.length - codeCount, limit: authorizationLimit(device) },
    takenCodes: { has: (code) => listedCodes.has(code) || creations.some(({ hasCode }) => hasCode?.(code) ?? false) },
    appUsers: new Set(appUsers.filter((id) => id !== undefined)),
  };
}

/** A new authorization, as far as it is known. */
interface Requested {
  readonly type: number;
  readonly name?: string;
  readonly code?: number | undefined;
  readonly accountUserId?: number | undefined;
}

/** All that keeps a device from taking `requested`, in the order in which it is told. */
export function creationProblems(
  { type, name = '', code, accountUserId }: Requested,
  { codes, others, takenCodes, appUsers }: Occupancy,
): readonly CreationProblem[] {
  const isCode = type === authorizationType.keypadCode;
  const isApp = type === authorizationType.app;
  const problems: readonly (readonly [CreationProblem, boolean])[] = [
    ['nameTooLong', isCode ? !fitsKeypad(name) : name.length > longestName],
    ['codeTaken', isCode && code !== undefined && takenCodes.has(String(code))],
    ['codesFull', isCode && isFull(codes)],
    ['othersFull', !isCode && isFull(others)],
    ['personHasOne', isApp && accountUserId !== undefined && appUsers.has(accountUserId)],
  ];
  return problems.filter(([, isThere]) => isThere).map(([problem]) => problem);
}

function isFull({ used, limit }: Slots): boolean {
  return used !== undefined && used >= limit;
}
