import { l10n, ProgressLocation, window, type Progress } from 'vscode';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { groupOf, type AuthorizationGroup } from '../../nuki/authorization/authorizationType.ts';
import { addressOf } from '../../views/tree/nodes.ts';
import { pickAccount, rowSubject } from '../pick.ts';
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
  return await stoppable(title, async (progress, signal) => {
    const onPage = (page: number, pages: number): void =>
      progress.report({ message: l10n.t('{0} of {1}', page, pages), increment: 100 / pages });
    try {
      const { items } = await client.allAuthorizations({ lane: 'follow', signal, onPage });
      return signal.aborted ? undefined : items.map((item) => store.newest(account.id, item));
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

/** Runs `task` in a notification that shows its progress and lets the user stop it. */
export async function stoppable<T>(
  title: string,
  task: (progress: Progress<{ message?: string; increment?: number }>, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, (progress, token) => {
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    return task(progress, stopped.signal);
  });
}
