import { authorizationLimit, keypadCodeLimit, keypadCodeType } from '../nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes, NewAuthorization } from '../nuki/authorization/authorizationWrites.ts';
import type { DeviceState } from './snapshots.ts';

/** Why a new authorization is not asked for. */
export type CreationProblem = 'codeTaken' | 'codesFull' | 'othersFull' | 'personHasOne';

/** The API's `type` of an app user; a person has one on each device. */
const appType = 0;

/** What keeps a device from being given `wish`, by its list as it is now and by what was asked for and is not in it yet. */
export function creationProblem(
  requested: NewAuthorization,
  { device, pendingChanges = [] }: DeviceState,
  { items, codes }: AuthorizationsWithCodes,
): CreationProblem | undefined {
  const creations = pendingChanges.filter((one) => one.kind === 'create');
  const all = [...items, ...creations.map((one) => one.requested)];
  const codeCount = all.filter(({ type }) => type === keypadCodeType).length;
  if (requested.type === keypadCodeType) {
    const code = String(requested.code);
    if ([...codes.values()].includes(code) || creations.some((one) => one.hasCode(code))) return 'codeTaken';
    return codeCount >= keypadCodeLimit ? 'codesFull' : undefined;
  }
  if (all.length - codeCount >= authorizationLimit(device)) return 'othersFull';
  const hasOne = all.some(
    ({ type, accountUserId }) => type === requested.type && accountUserId === requested.accountUserId,
  );
  return requested.type === appType && hasOne ? 'personHasOne' : undefined;
}
