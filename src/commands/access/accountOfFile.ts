import { l10n } from 'vscode';
import { safeText } from '../../base/safeText.ts';
import type { Door } from '../../access/file/accessFile.ts';
import type { AccountState } from '../../model/snapshots.ts';
import { CommandError } from '../commandError.ts';
import { pickAccount } from '../pick.ts';
import { withProgress } from '../progress.ts';
import type { Services } from '../services.ts';

/** The accounts that a file may be about: those that have all of its doors, or, where none has, those that have one of them. */
export function accountsOfFile(doors: readonly Door[], accounts: readonly AccountState[]): readonly AccountState[] {
  const having = (count: (has: (door: Door) => boolean) => boolean): readonly AccountState[] =>
    accounts.filter(({ devices }) => {
      const ids = new Set(devices?.map(({ device }) => device.smartlockId));
      return count(({ smartlockId }) => ids.has(smartlockId));
    });
  const withAll = having((has) => doors.every(has));
  return withAll.length > 0 ? withAll : having((has) => doors.some(has));
}

/**
 * The account that a file is about, by its doors, as no file names an account; the user picks where several fit. Reads the devices of accounts
 * that were never read. @returns `undefined` where there is none, which the user is told @throws {CommandError}
 */
export async function accountOfFile(
  doors: readonly Door[],
  services: Pick<Services, 'store' | 'renderContext' | 'report'>,
): Promise<string | undefined> {
  const { store, report } = services;
  const unread = store.accounts.filter(({ devices }) => !devices);
  if (unread.length > 0) {
    await withProgress(l10n.t('Reading devices…'), () =>
      Promise.all(unread.map(({ id }) => store.refresh(id, { lane: 'follow', joins: true }))),
    );
  }
  const fitting = new Set(accountsOfFile(doors, store.accounts).map(({ id }) => id));
  if (fitting.size === 0 && store.accounts.length > 0) {
    const failed = store.accounts.find(({ devices, error }) => !devices && error);
    if (failed?.error) throw new CommandError(failed.error, { accountId: failed.id });
    const [first] = doors;
    if (first) {
      const { name, smartlockId } = first;
      report.warn(l10n.t('{0} ({1}) is in none of your accounts. Nothing was sent.', safeText(name), smartlockId));
      return undefined;
    }
  }
  const title = l10n.t('The account of this access file');
  return (await pickAccount(undefined, services, title, ({ id }) => fitting.has(id)))?.id;
}
