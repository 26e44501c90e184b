import { l10n } from 'vscode';
import type { Store } from '../../model/store.ts';
import type { AuthorizationsWithCodes } from '../../nuki/authorization/authorizationWrites.ts';
import { stoppableRead } from '../progress.ts';

/**
 * Reads an account anew, with progress: its devices, its account users and all authorizations, each once. The codes go to the caller, by
 * device; the store keeps the rest. @returns `undefined` when the user cancels @throws {NukiError}
 */
export async function readAccount(
  accountId: string,
  store: Store,
): Promise<ReadonlyMap<number, AuthorizationsWithCodes> | undefined> {
  return await stoppableRead(l10n.t('Reading authorizations…'), async (options) => {
    await store.readDevices(accountId, 'follow');
    const [lists] = await Promise.all([
      store.readAllAuthorizations(accountId, 'follow', options),
      store.readPeople(accountId, options.signal),
    ]);
    return lists;
  });
}
