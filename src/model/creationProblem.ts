import { authorizationType } from '../nuki/authorization/authorizationType.ts';
import { authorizationLimit, keypadCodeLimit } from '../nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes, NewAuthorization } from '../nuki/authorization/authorizationWrites.ts';
import type { DeviceState } from './snapshots.ts';

/** Why a new authorization is not asked for. */
export type CreationProblem = 'codeTaken' | 'codesFull' | 'othersFull' | 'personHasOne';

/** What keeps a device from being given `wish`, by its list as it is now and by what was asked for and is not in it yet. */
export function creationProblem(
  requested: NewAuthorization,
  { device, pendingChanges = [] }: DeviceState,
  { items, codes }: AuthorizationsWithCodes,
): CreationProblem | undefined {
  const creations = pendingChanges.filter((one) => one.kind === 'create');
  const all = [...items, ...creations.map((one) => one.requested)];
  const codeCount = all.filter(({ type }) => type === authorizationType.keypadCode).length;
  if (requested.type === authorizationType.keypadCode) {
    const code = String(requested.code);
    if ([...codes.values()].includes(code) || creations.some((one) => one.hasCode(code))) return 'codeTaken';
    return codeCount >= keypadCodeLimit ? 'codesFull' : undefined;
  }
  if (all.length - codeCount >= authorizationLimit(device)) return 'othersFull';
  const hasOne = all.some(
    ({ type, accountUserId }) => type === requested.type && accountUserId === requested.accountUserId,
  );
  return requested.type === authorizationType.app && hasOne ? 'personHasOne' : undefined;
}
