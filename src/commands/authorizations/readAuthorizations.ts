import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { groupOf, type AuthorizationGroup } from '../../nuki/authorization/authorizationType.ts';
import { addressOf } from '../../views/tree/nodes.ts';
import { pickAccount, rowSubject } from '../pick.ts';
import { stoppableRead } from '../progress.ts';
import type { Services } from '../services.ts';

/** Whose authorizations a command is about: those of one device, or one group of them, or all of an account. */
export interface Scope {
  readonly account: AccountState;
  /** `undefined` for the whole account. */
  readonly smartlockId: number | undefined;
  readonly group?: AuthorizationGroup | undefined;
}

/** The group, device or account of the row that a command was called on, or the account that the user picks. */
export async function pickScope(hint: unknown, services: Services, title: string): Promise<Scope | undefined> {
  const account = await pickAccount(hint, services, title, ({ devices = [] }) => devices.length > 0);
  if (!account) return undefined;
  const address = addressOf(hint);
  const group = address?.kind === 'authorizationGroup' ? address.group : undefined;
  return { account, smartlockId: rowSubject(hint)?.smartlockId, group };
}

/** The device that an authorization belongs to. */
export function stateOf(
  { smartlockId }: Authorization,
  { account, smartlockId: scopedTo }: Scope,
  store: Store,
): DeviceState | undefined {
  const id = scopedTo ?? smartlockId;
  return id === undefined ? undefined : store.device({ accountId: account.id, smartlockId: id });
}

/**
 * Reads the authorizations, those of a whole account with progress; each is the newest that is known of it.
 * @returns `undefined` when the user cancels
 * @throws {NukiError}
 */
export async function readAuthorizations(
  title: string,
  { account, smartlockId, group }: Scope,
  store: Store,
): Promise<readonly Authorization[] | undefined> {
  if (smartlockId !== undefined) {
    const { items } = await store.readAuthorizationsWithCodes({ accountId: account.id, smartlockId }, 'follow');
    return group === undefined ? items : items.filter(({ type }) => groupOf(type) === group);
  }
  const client = await store.client(account.id);
  const list = await stoppableRead(title, (options) => client.allAuthorizations({ lane: 'follow', ...options }));
  return list?.items.map((item) => store.newest(account.id, item));
}
