import { env, Uri } from 'vscode';
import { writeSetting } from '../../settings.ts';
import { addressOf } from '../../views/tree/nodes.ts';
import { describeError } from '../../views/text/errorText.ts';
import { nukiWeb } from '../accounts/nukiWeb.ts';
import { commandIds } from '../ids.ts';
import type { Services } from '../services.ts';
import { withSidebarProgress } from '../progress.ts';
import { accountName } from '../../views/text/accountText.ts';

/** The commands of the sidebar as a whole. */
export function sidebarCommands(services: Services) {
  const { report } = services;
  return {
    [commandIds.refresh]: (hint: unknown) => refresh(hint, services),
    // In the title of the sidebar, where VS Code passes the row that has the focus, which is not what was meant.
    [commandIds.refreshAll]: () => refresh(undefined, services),
    [commandIds.tryDemoHome]: () => writeSetting('demoHome', true),
    [commandIds.removeDemoHome]: () => writeSetting('demoHome', undefined),
    [commandIds.openWeb]: async () => {
      await env.openExternal(Uri.parse(nukiWeb));
    },
    [commandIds.showLog]: () => report.show(),
  };
}

/** Reads anew what it is called on: a JSON document, lists of a device, an account, or all accounts. */
async function refresh(hint: unknown, services: Services): Promise<void> {
  const { store, rawJsonRefreshRequested } = services;
  if (hint instanceof Uri) return rawJsonRefreshRequested.fire(hint);
  const address = addressOf(hint);
  switch (address?.kind) {
    case 'authorizations':
    case 'authorizationGroup':
    case 'authorization':
    case 'pendingAuthorization':
    case 'unreadableAuthorization':
      return await withSidebarProgress(() => store.readAuthorizations(address));
    case 'activity':
    case 'activityNotice':
    case 'activityEntry':
    case 'moreActivity':
      return await withSidebarProgress(() => store.readActivity(address));
    case 'device':
      await Promise.all([refreshNow([address.accountId], services), store.readAuthorizations(address)]);
      return;
    case 'people':
    case 'peopleNotice':
    case 'withoutPerson':
    case 'holder':
      return await withSidebarProgress(() => store.readAccess(address.accountId));
    case 'account':
    case 'notice':
    case 'unreadable':
      return await refreshNow([address.accountId], services);
    case undefined:
      return await refreshNow(
        store.accounts.map(({ id }) => id),
        services,
      );
  }
}

/** Refreshes accounts. Where Nuki has asked to wait, a refresh sends nothing, and a notification says until when. */
export async function refreshNow(
  accountIds: readonly string[],
  { store, renderContext, report, refreshAccounts: refreshAll }: Services,
): Promise<void> {
  await refreshAll(accountIds);
  for (const account of store.accounts) {
    const { id, error, refreshedAt } = account;
    if (error?.retryAt === undefined || !accountIds.includes(id)) continue;
    report.inform(
      describeError(error, { account: accountName(account, renderContext()), refreshedAt }, renderContext()),
    );
  }
}
