import type { HolderId } from '../../model/people/holders.ts';
import type { DeviceRef } from '../../model/deviceRef.ts';
import { authorizationGroups, type AuthorizationGroup } from '../../nuki/authorization/authorizationType.ts';
import { isUsableDeviceId } from '../../nuki/deviceId.ts';

/**
 * What a row of the tree stands for. A row is known by its id alone, a path such as `account/7/device/42`: VS Code keeps expansion and
 * selection by it, commands get it as their argument, and everything shown is looked up in the store when it is drawn.
 */
export type NodeAddress =
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'notice'; readonly accountId: string; readonly smartlockId?: number }
  | { readonly kind: 'unreadable'; readonly accountId: string; readonly index: number }
  | (DeviceRef & { readonly kind: 'device' })
  | (DeviceRef & { readonly kind: 'authorizations' })
  | (DeviceRef & { readonly kind: 'authorizationGroup'; readonly group: AuthorizationGroup })
  | (DeviceRef & { readonly kind: 'unreadableAuthorization'; readonly index: number })
  /** `key`: of the pending change that it stands for. */
  | (DeviceRef & Twin & { readonly kind: 'pendingAuthorization'; readonly key: string })
  | (DeviceRef & Twin & { readonly kind: 'authorization'; readonly id: string })
  | (DeviceRef & { readonly kind: 'activity' })
  | (DeviceRef & { readonly kind: 'activityNotice' })
  | (DeviceRef & { readonly kind: 'activityEntry'; readonly id: string })
  | (DeviceRef & { readonly kind: 'moreActivity' })
  | PeopleAddress;

/** Rows that answer for the people of a whole account. */
export type PeopleAddress =
  | { readonly kind: 'people'; readonly accountId: string }
  | { readonly kind: 'peopleNotice'; readonly accountId: string; readonly about: PeopleNotice }
  | { readonly kind: 'withoutPerson'; readonly accountId: string }
  | { readonly kind: 'holder'; readonly accountId: string; readonly holder: HolderId };

export function isOfPeople(address: NodeAddress): address is PeopleAddress {
  return ['people', 'peopleNotice', 'withoutPerson', 'holder'].includes(address.kind);
}

/** An authorization has two rows: below its device, and below who holds it. */
interface Twin {
  readonly belowHolder?: true;
}

/** What a row below the people of an account says is missing. */
const peopleNotices = ['loading', 'people', 'authorizations', 'unreadable', 'none', 'more'] as const;

export type PeopleNotice = (typeof peopleNotices)[number];

export type NodeId = string;

export function idOf(address: NodeAddress): NodeId {
  const account = `account/${encode(address.accountId)}`;
  switch (address.kind) {
    case 'account':
      return account;
    case 'notice':
      return address.smartlockId === undefined
        ? `${account}/notice`
        : `${account}/device/${address.smartlockId}/notice`;
    case 'unreadable':
      return `${account}/unreadable/${address.index}`;
    case 'device':
      return `${account}/device/${address.smartlockId}`;
    case 'authorizations':
      return `${account}/device/${address.smartlockId}/authorizations`;
    case 'authorizationGroup':
      return `${account}/device/${address.smartlockId}/authorizations/${address.group}`;
    case 'unreadableAuthorization':
      return `${account}/device/${address.smartlockId}/unreadable/${address.index}`;
    case 'pendingAuthorization':
      return `${account}/${rowsOf(address)}/${address.smartlockId}/pending/${encode(address.key)}`;
    case 'authorization':
      return `${account}/${rowsOf(address)}/${address.smartlockId}/auth/${encode(address.id)}`;
    case 'activity':
      return `${account}/device/${address.smartlockId}/activity`;
    case 'activityNotice':
      return `${account}/device/${address.smartlockId}/activity/notice`;
    case 'activityEntry':
      return `${account}/device/${address.smartlockId}/activity/entry/${encode(address.id)}`;
    case 'moreActivity':
      return `${account}/device/${address.smartlockId}/activity/more`;
    case 'people':
      return `${account}/people`;
    case 'peopleNotice':
      return `${account}/people/notice/${address.about}`;
    case 'withoutPerson':
      return `${account}/people/names`;
    case 'holder':
      return 'name' in address.holder
        ? `${account}/people/name/${encode(address.holder.name)}`
        : `${account}/people/person/${address.holder.accountUserId}`;
  }
}

/** What the ids of all rows below holders begin with that are about a device. */
export function heldOn(accountId: string, smartlockId: number): NodeId {
  return `${idOf({ kind: 'account', accountId })}/held/${smartlockId}`;
}

function rowsOf({ belowHolder }: Twin): 'device' | 'held' {
  return belowHolder ? 'held' : 'device';
}

/** The id of a device of an account whose own id needs no encoding: of these there are thousands. */
const plainDevice = /^account\/([\w-]+)\/device\/([1-9]\d*)$/;

/** The address in an id; `undefined` for everything that {@link idOf} does not make, and for numbers that are no id and no index. */
export function addressOf(id: unknown): NodeAddress | undefined {
  if (typeof id !== 'string') return undefined;
  const [, accountId, digits] = plainDevice.exec(id) ?? [];
  if (accountId !== undefined) {
    const smartlockId = Number(digits);
    return isUsableDeviceId(smartlockId) ? { kind: 'device', accountId, smartlockId } : undefined;
  }
  try {
    const address = parse(id);
    return idOf(address) === id && hasUsableNumbers(address) ? address : undefined;
  } catch {
    return undefined; // a stray % or "
  }
}

function hasUsableNumbers(address: NodeAddress): boolean {
  if (address.kind === 'holder') return 'name' in address.holder || Number.isSafeInteger(address.holder.accountUserId);
  if ('index' in address && !(Number.isSafeInteger(address.index) && address.index >= 0)) return false;
  return !('smartlockId' in address) || isUsableDeviceId(address.smartlockId);
}

/** The API's ids are texts that may hold anything: JSON escapes an unpaired surrogate, at which `encodeURIComponent` throws. */
function encode(text: string): string {
  return /^[\w-]*$/.test(text) ? text : encodeURIComponent(JSON.stringify(text).slice(1, -1));
}

/** Throws for what {@link encode} does not make of any text. */
function decode(encoded: string): string {
  return /^[\w-]*$/.test(encoded) ? encoded : String(JSON.parse(`"${decodeURIComponent(encoded)}"`));
}

function parse(id: string): NodeAddress {
  const [, account = '', noun, key, child, childKey = '', entryId = ''] = id.split('/');
  const accountId = decode(account);
  if (noun === undefined) return { kind: 'account', accountId };
  if (noun === 'notice') return { kind: 'notice', accountId };
  if (noun === 'unreadable') return { kind: 'unreadable', accountId, index: Number(key) };
  if (noun === 'people') return parsePeople(accountId, key, child);
  const device = { accountId, smartlockId: Number(key), ...(noun === 'held' && { belowHolder: true as const }) };
  if (child === undefined) return { kind: 'device', ...device };
  if (child === 'authorizations') {
    const group = authorizationGroups.find((each) => each === childKey);
    return group ? { kind: 'authorizationGroup', ...device, group } : { kind: 'authorizations', ...device };
  }
  if (child === 'notice') return { kind: 'notice', ...device };
  if (child === 'unreadable') return { kind: 'unreadableAuthorization', ...device, index: Number(childKey) };
  if (child === 'pending') return { kind: 'pendingAuthorization', ...device, key: decode(childKey) };
  if (child === 'activity') return parseActivity(device, childKey, entryId);
  return { kind: 'authorization', ...device, id: decode(childKey) };
}

function parsePeople(accountId: string, part: string | undefined, key = ''): NodeAddress {
  if (part === 'names') return { kind: 'withoutPerson', accountId };
  if (part === 'person') return { kind: 'holder', accountId, holder: { accountUserId: Number(key) } };
  if (part === 'name') return { kind: 'holder', accountId, holder: { name: decode(key) } };
  const about = peopleNotices.find((each) => each === key);
  return about ? { kind: 'peopleNotice', accountId, about } : { kind: 'people', accountId };
}

function parseActivity(device: DeviceRef, part: string, entryId: string): NodeAddress {
  if (part === 'notice') return { kind: 'activityNotice', ...device };
  if (part === 'more') return { kind: 'moreActivity', ...device };
  if (part === 'entry') return { kind: 'activityEntry', ...device, id: decode(entryId) };
  return { kind: 'activity', ...device };
}
