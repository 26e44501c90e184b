import { filtered } from '../model/activityList.ts';
import type { DeviceState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import type { Glance } from './deviceWords.ts';
import type { NodeAddress } from './nodes.ts';

type Known = Pick<Store, 'account' | 'device'>;

/** The rows below a row, in their order, by what is known. */
export function rowsBelow(address: NodeAddress, known: Known, glance: Pick<Glance, 'language'>): NodeAddress[] {
  if (address.is === 'account') return devicesOf(address.accountId, known, glance);
  if (address.is !== 'device' && address.is !== 'authorizations' && address.is !== 'activity') return [];
  const { accountId, smartlockId } = address;
  const state = known.device(accountId, smartlockId);
  if (!state) return [];
  if (address.is === 'authorizations') return authorizationsOf(state, glance);
  if (address.is === 'activity') return activityOf(state);
  return [
    { is: 'authorizations', accountId, smartlockId },
    { is: 'activity', accountId, smartlockId },
  ];
}

function devicesOf(accountId: string, known: Known, { language }: Pick<Glance, 'language'>): NodeAddress[] {
  const account = known.account(accountId);
  if (!account?.devices) return [];
  if (account.devices.length + account.unreadable.length === 0) return [{ is: 'notice', accountId }];
  const devices = account.devices.toSorted(byFavoriteThenName(language));
  return [
    ...devices.map(({ device }): NodeAddress => ({ is: 'device', accountId, smartlockId: device.smartlockId })),
    ...account.unreadable.map(({ index }): NodeAddress => ({ is: 'unreadable', accountId, index })),
  ];
}

function authorizationsOf(state: DeviceState, { language }: Pick<Glance, 'language'>): NodeAddress[] {
  const { accountId, device, authorizations, authorizationsError, work = [] } = state;
  const { smartlockId } = device;
  const { items = [], unreadable = [] } = authorizations ?? {};
  const sorted = items.toSorted((a, b) => a.name.localeCompare(b.name, language) || a.id.localeCompare(b.id));
  const unlisted = work.filter((each) => each.what === 'create' && each.listedAs.length === 0);
  const rows: NodeAddress[] = [
    ...unlisted.map(({ key }): NodeAddress => ({ is: 'pendingAuthorization', accountId, smartlockId, key })),
    ...sorted.map(({ id }): NodeAddress => ({ is: 'authorization', accountId, smartlockId, id })),
    ...unreadable.map(({ index }): NodeAddress => ({ is: 'unreadableAuthorization', accountId, smartlockId, index })),
  ];
  const isSilent = rows.length === 0 || authorizationsError !== undefined;
  return isSilent ? [{ is: 'notice', accountId, smartlockId }, ...rows] : rows;
}

function activityOf({ accountId, device, activity, activityError, activityFilter }: DeviceState): NodeAddress[] {
  const { smartlockId } = device;
  const entries = filtered(activity?.items ?? [], activityFilter);
  const rows = entries.map(({ id }): NodeAddress => ({ is: 'activityEntry', accountId, smartlockId, id }));
  if (activityError || rows.length === 0) rows.unshift({ is: 'activityNotice', accountId, smartlockId });
  if (activity && !activity.isComplete) rows.push({ is: 'moreActivity', accountId, smartlockId });
  return rows;
}

function byFavoriteThenName(language: string): (a: DeviceState, b: DeviceState) => number {
  return ({ device: a }, { device: b }) =>
    Number(b.favorite ?? false) - Number(a.favorite ?? false) ||
    a.name.localeCompare(b.name, language) ||
    a.smartlockId - b.smartlockId;
}
