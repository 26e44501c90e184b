import { deepEqual } from '../../base/deepEqual.ts';
import { isStale } from '../../model/refresh.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { idOf, type NodeId } from './nodes.ts';

/** More rows than this are redrawn faster with their account than one by one. */
const mostRows = 50;

/**
 * The rows that read otherwise since `before` was drawn: some devices, or the account with all that is below it where its own row, a name
 * or the order has changed.
 */
export function rowsToRedraw(
  before: AccountState,
  after: AccountState,
  context: Pick<RenderContext, 'ownNow' | 'interval'>,
): readonly NodeId[] {
  const account = [idOf({ kind: 'account', accountId: after.id })];
  if (!looksTheSame(before, after)) return account;
  const drawn = before.devices ?? [];
  const changed = (after.devices ?? []).filter((state, index) => readsOtherwise(drawn[index], state, context));
  if (changed.length > mostRows) return account;
  return changed.map(({ accountId, device }) => idOf({ kind: 'device', accountId, smartlockId: device.smartlockId }));
}

/** Whether the account's own row, and which rows are below it in which order, are as they were. */
function looksTheSame(before: AccountState, after: AccountState): boolean {
  const [drawn, now] = [before.devices, after.devices];
  return (
    before.label === after.label &&
    before.error === after.error &&
    after.error === undefined &&
    deepEqual(before.unreadable, after.unreadable) &&
    drawn !== undefined &&
    drawn.length === now?.length &&
    drawn.every(({ device }, index) => hasSamePlace(device, now[index]?.device))
  );
}

type Placed = Pick<DeviceState['device'], 'smartlockId' | 'name' | 'favorite'>;

function hasSamePlace(a: Placed, b: Placed | undefined): boolean {
  return a.smartlockId === b?.smartlockId && a.name === b.name && a.favorite === b.favorite;
}

function readsOtherwise(
  before: DeviceState | undefined,
  after: DeviceState,
  { ownNow, interval }: Pick<RenderContext, 'ownNow' | 'interval'>,
): boolean {
  return (
    before === undefined ||
    before.device !== after.device ||
    before.operation !== after.operation ||
    // What is old says how old it is; by now so does what was not when it was drawn.
    isStale(before.seenAt, ownNow, interval) ||
    hasRowsThatAge(before) ||
    hasRowsThatAge(after)
  );
}

/** What is below an opened device says who is still let in, and how long ago something was. */
function hasRowsThatAge({ authorizations, authorizationsError, activity, activityError }: DeviceState): boolean {
  return [authorizations, authorizationsError, activity, activityError].some((part) => part !== undefined);
}
