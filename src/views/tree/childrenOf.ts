import { filtered } from '../../model/activity/activityList.ts';
import { refOf } from '../../model/deviceRef.ts';
import { inShownOrder } from '../../model/shownOrder.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { belowAuthorizations, belowGroup } from './authorizationGroups.ts';
import { HolderCache } from './holderCache.ts';
import { isOfPeople, type NodeAddress, type PeopleAddress } from './nodes.ts';
import { belowHolder, belowPeople, belowWithoutPerson } from './peopleRows.ts';

type Known = Pick<Store, 'account' | 'device'>;

/** The rows below a row, in their order, by what is known of the account. */
export function childrenOf(
  address: NodeAddress,
  known: Known,
  context: Pick<RenderContext, 'language'>,
  holders = new HolderCache(known),
): NodeAddress[] {
  if (isOfPeople(address)) return belowRowOfPeople(address, known, context, holders);
  if (address.kind === 'account') return devicesOf(address.accountId, known, context);
  if (!('smartlockId' in address) || address.smartlockId === undefined) return [];
  const { accountId, smartlockId } = address;
  const state = known.device({ accountId, smartlockId });
  return state ? belowDevice(address, state, context) : [];
}

function belowDevice(
  address: NodeAddress,
  state: DeviceState,
  { language }: Pick<RenderContext, 'language'>,
): NodeAddress[] {
  const ref = refOf(state);
  if (address.kind === 'device')
    return [
      { ...ref, kind: 'authorizations' },
      { ...ref, kind: 'activity' },
    ];
  if (address.kind === 'authorizations') return belowAuthorizations(state, language);
  if (address.kind === 'authorizationGroup') return belowGroup(address.group, state, language);
  return address.kind === 'activity' ? activityOf(state) : [];
}

function devicesOf(accountId: string, known: Known, { language }: Pick<RenderContext, 'language'>): NodeAddress[] {
  const account = known.account(accountId);
  if (!account?.devices) return [];
  if (account.devices.length + account.unreadable.length === 0) return [{ kind: 'notice', accountId }];
  return [
    ...inShownOrder(account.devices, language).map((state): NodeAddress => ({ ...refOf(state), kind: 'device' })),
    ...account.unreadable.map(({ index }): NodeAddress => ({ kind: 'unreadable', accountId, index })),
    { kind: 'people', accountId },
  ];
}

function belowRowOfPeople(
  address: PeopleAddress,
  known: Known,
  context: Pick<RenderContext, 'language'>,
  holders: HolderCache,
): NodeAddress[] {
  const account = known.account(address.accountId);
  if (!account) return [];
  switch (address.kind) {
    case 'people':
      return belowPeople(account, holders, context);
    case 'withoutPerson':
      return belowWithoutPerson(account, holders, context);
    case 'holder': {
      const holding = holders.find(account, address.holder, context.language);
      return holding ? belowHolder(holding, context) : [];
    }
    case 'peopleNotice':
      return [];
  }
}

function activityOf(state: DeviceState): NodeAddress[] {
  const { activity, activityError, activityFilter } = state;
  const ref = refOf(state);
  const entries = filtered(activity?.items ?? [], activityFilter);
  const rows = entries.map(({ id }): NodeAddress => ({ ...ref, kind: 'activityEntry', id }));
  if (activityError || rows.length === 0) rows.unshift({ ...ref, kind: 'activityNotice' });
  if (activity && !activity.isComplete) rows.push({ ...ref, kind: 'moreActivity' });
  return rows;
}
