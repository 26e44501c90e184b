import { authorizationLimit, keypadCodeLimit, keypadCodeType } from '../nuki/authorization.ts';
import type { AuthorizationsWithCodes, NewAuthorization } from '../nuki/authorizationWrites.ts';
import type { DeviceState } from './snapshots.ts';

/** Why a new authorization is not asked for. */
export type CreationProblem = 'codeTaken' | 'codesFull' | 'othersFull' | 'personHasOne';

/** The API's `type` of an app user; a person has one on each device. */
const appType = 0;

/** What keeps a device from being given `wish`, by its list as it is now and by what was asked for and is not in it yet. */
export function creationProblem(
  wish: NewAuthorization,
  { device, work = [] }: DeviceState,
  { items, codes }: AuthorizationsWithCodes,
): CreationProblem | undefined {
  const creations = work.filter((one) => one.what === 'create');
  const all = [...items, ...creations.map((one) => one.wish)];
  const codeCount = all.filter(({ type }) => type === keypadCodeType).length;
  if (wish.type === keypadCodeType) {
    const code = String(wish.code);
    if ([...codes.values()].includes(code) || creations.some((one) => one.hasCode(code))) return 'codeTaken';
    return codeCount >= keypadCodeLimit ? 'codesFull' : undefined;
  }
  if (all.length - codeCount >= authorizationLimit(device)) return 'othersFull';
  const hasOne = all.some(({ type, accountUserId }) => type === wish.type && accountUserId === wish.accountUserId);
  return wish.type === appType && hasOne ? 'personHasOne' : undefined;
}
