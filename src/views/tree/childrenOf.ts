import { filtered } from '../../model/activityList.ts';
import { refOf } from '../../model/deviceRef.ts';
import { inShownOrder } from '../../model/shownOrder.ts';
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
  const state = known.device(address);
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
  return [
    ...inShownOrder(account.devices, language).map((state): NodeAddress => ({ ...refOf(state), kind: 'device' })),
    ...account.unreadable.map(({ index }): NodeAddress => ({ kind: 'unreadable', accountId, index })),
  ];
}

function authorizationsOf(state: DeviceState, { language }: Pick<RenderContext, 'language'>): NodeAddress[] {
  const { authorizations, authorizationsError, pendingChanges = [] } = state;
  const ref = refOf(state);
  const { items = [], unreadable = [] } = authorizations ?? {};
  const sorted = items.toSorted((a, b) => a.name.localeCompare(b.name, language) || a.id.localeCompare(b.id));
  const unlisted = pendingChanges.filter((each) => each.kind === 'create' && each.listedAs.length === 0);
  const rows: NodeAddress[] = [
    ...unlisted.map(({ key }): NodeAddress => ({ ...ref, kind: 'pendingAuthorization', key })),
    ...sorted.map(({ id }): NodeAddress => ({ ...ref, kind: 'authorization', id })),
    ...unreadable.map(({ index }): NodeAddress => ({ ...ref, kind: 'unreadableAuthorization', index })),
  ];
  const needsNotice = rows.length === 0 || authorizationsError !== undefined;
  return needsNotice ? [{ ...ref, kind: 'notice' }, ...rows] : rows;
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
