import { l10n } from 'vscode';
import type { AccessOptions, Store } from '../../model/store.ts';
import { withSubject } from '../commandError.ts';
import { stoppableRead } from '../progress.ts';

/**
 * Reads an account anew, with progress: its devices, and with `readAccess` who may enter.
 * @returns what `readAccess` answers; `undefined` where the user has stopped it @throws {CommandError}
 */
export async function readAccount<T>(
  accountId: string,
  { store }: { readonly store: Store },
  readAccess: (options: AccessOptions) => Promise<T>,
): Promise<T | undefined> {
  return await withSubject({ accountId }, async () =>
    stoppableRead(l10n.t('Reading authorizations…'), async (options) => {
      await store.readDevices(accountId, 'follow');
      return await readAccess(options);
    }),
  );
}
