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
  | (DeviceRef & { readonly kind: 'pendingAuthorization'; readonly key: string })
  | (DeviceRef & { readonly kind: 'authorization'; readonly id: string })
  | (DeviceRef & { readonly kind: 'activity' })
  | (DeviceRef & { readonly kind: 'activityNotice' })
  | (DeviceRef & { readonly kind: 'activityEntry'; readonly id: string })
  | (DeviceRef & { readonly kind: 'moreActivity' });

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
      return `${account}/device/${address.smartlockId}/pending/${encode(address.key)}`;
    case 'authorization':
      return `${account}/device/${address.smartlockId}/auth/${encode(address.id)}`;
    case 'activity':
      return `${account}/device/${address.smartlockId}/activity`;
    case 'activityNotice':
      return `${account}/device/${address.smartlockId}/activity/notice`;
    case 'activityEntry':
      return `${account}/device/${address.smartlockId}/activity/entry/${encode(address.id)}`;
    case 'moreActivity':
      return `${account}/device/${address.smartlockId}/activity/more`;
  }
}

/** The address in an id; `undefined` for everything that {@link idOf} does not make, and for numbers that are no id and no index. */
export function addressOf(id: unknown): NodeAddress | undefined {
  if (typeof id !== 'string') return undefined;
  try {
    const address = parse(id);
    return idOf(address) === id && hasUsableNumbers(address) ? address : undefined;
  } catch {
    return undefined; // a stray % or "
  }
}

function hasUsableNumbers(address: NodeAddress): boolean {
  if ('index' in address && !(Number.isSafeInteger(address.index) && address.index >= 0)) return false;
  return !('smartlockId' in address) || isUsableDeviceId(address.smartlockId);
}

/** The API's ids are texts that may hold anything: JSON escapes an unpaired surrogate, at which `encodeURIComponent` throws. */
function encode(text: string): string {
  return encodeURIComponent(JSON.stringify(text).slice(1, -1));
}

/** Throws for what {@link encode} does not make of any text. */
function decode(encoded: string): string {
  return String(JSON.parse(`"${decodeURIComponent(encoded)}"`));
}

function parse(id: string): NodeAddress {
  const [, account = '', noun, key, child, childKey = '', entryId = ''] = id.split('/');
  const accountId = decode(account);
  if (noun === undefined) return { kind: 'account', accountId };
  if (noun === 'notice') return { kind: 'notice', accountId };
  if (noun === 'unreadable') return { kind: 'unreadable', accountId, index: Number(key) };
  const device = { accountId, smartlockId: Number(key) };
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

function parseActivity(device: DeviceRef, part: string, entryId: string): NodeAddress {
  if (part === 'notice') return { kind: 'activityNotice', ...device };
  if (part === 'more') return { kind: 'moreActivity', ...device };
  if (part === 'entry') return { kind: 'activityEntry', ...device, id: decode(entryId) };
  return { kind: 'activity', ...device };
}
