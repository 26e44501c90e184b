import { filtered } from '../../model/activityList.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import type { RenderContext } from '../text/renderContext.ts';
import type { NodeAddress } from './nodes.ts';

type Known = Pick<Store, 'account' | 'device'>;

/** The rows below a row, in their order, by what is known of the account. */
export function childrenOf(
  address: NodeAddress,
  known: Known,
  context: Pick<RenderContext, 'language'>,
): NodeAddress[] {
  if (address.kind === 'account') return devicesOf(address.accountId, known, context);
  if (address.kind !== 'device' && address.kind !== 'authorizations' && address.kind !== 'activity') return [];
  const { accountId, smartlockId } = address;
  const state = known.device(accountId, smartlockId);
  if (!state) return [];
  if (address.kind === 'authorizations') return authorizationsOf(state, context);
  if (address.kind === 'activity') return activityOf(state);
  return [
    { kind: 'authorizations', accountId, smartlockId },
    { kind: 'activity', accountId, smartlockId },
  ];
}

function devicesOf(accountId: string, known: Known, { language }: Pick<RenderContext, 'language'>): NodeAddress[] {
  const account = known.account(accountId);
  if (!account?.devices) return [];
  if (account.devices.length + account.unreadable.length === 0) return [{ kind: 'notice', accountId }];
  const devices = account.devices.toSorted(byFavoriteThenName(language));
  return [
    ...devices.map(({ device }): NodeAddress => ({ kind: 'device', accountId, smartlockId: device.smartlockId })),
    ...account.unreadable.map(({ index }): NodeAddress => ({ kind: 'unreadable', accountId, index })),
  ];
}

function authorizationsOf(state: DeviceState, { language }: Pick<RenderContext, 'language'>): NodeAddress[] {
  const { accountId, device, authorizations, authorizationsError, pendingChanges = [] } = state;
  const { smartlockId } = device;
  const { items = [], unreadable = [] } = authorizations ?? {};
  const sorted = items.toSorted((a, b) => a.name.localeCompare(b.name, language) || a.id.localeCompare(b.id));
  const unlisted = pendingChanges.filter((each) => each.kind === 'create' && each.listedAs.length === 0);
  const rows: NodeAddress[] = [
    ...unlisted.map(({ key }): NodeAddress => ({ kind: 'pendingAuthorization', accountId, smartlockId, key })),
    ...sorted.map(({ id }): NodeAddress => ({ kind: 'authorization', accountId, smartlockId, id })),
    ...unreadable.map(({ index }): NodeAddress => ({ kind: 'unreadableAuthorization', accountId, smartlockId, index })),
  ];
  const needsNotice = rows.length === 0 || authorizationsError !== undefined;
  return needsNotice ? [{ kind: 'notice', accountId, smartlockId }, ...rows] : rows;
}

function activityOf({ accountId, device, activity, activityError, activityFilter }: DeviceState): NodeAddress[] {
  const { smartlockId } = device;
  const entries = filtered(activity?.items ?? [], activityFilter);
  const rows = entries.map(({ id }): NodeAddress => ({ kind: 'activityEntry', accountId, smartlockId, id }));
  if (activityError || rows.length === 0) rows.unshift({ kind: 'activityNotice', accountId, smartlockId });
  if (activity && !activity.isComplete) rows.push({ kind: 'moreActivity', accountId, smartlockId });
  return rows;
}

function byFavoriteThenName(language: string): (a: DeviceState, b: DeviceState) => number {
  return ({ device: a }, { device: b }) =>
    Number(b.favorite ?? false) - Number(a.favorite ?? false) ||
    a.name.localeCompare(b.name, language) ||
    a.smartlockId - b.smartlockId;
}
