import { env, Uri } from 'vscode';
import { writeSetting } from '../settings.ts';
import { addressOf } from '../views/tree/nodes.ts';
import { describeError } from '../views/text/errorText.ts';
import { nukiWeb } from './accounts.ts';
import { commandIds } from './ids.ts';
import type { Services } from './services.ts';
import { accountName } from '../views/text/accountText.ts';

/** The commands of the sidebar as a whole. */
export function sidebarCommands(services: Services) {
  const { report } = services;
  return {
    [commandIds.refresh]: (hint: unknown) => refresh(hint, services),
    [commandIds.tryDemoHome]: () => writeSetting('demoHome', true),
    [commandIds.removeDemoHome]: () => writeSetting('demoHome', undefined),
    [commandIds.openWeb]: async () => {
      await env.openExternal(Uri.parse(nukiWeb));
    },
    [commandIds.showLog]: () => report.show(),
  };
}

async function refresh(hint: unknown, services: Services): Promise<void> {
  const address = addressOf(hint);
  await refreshNow(address ? [address.accountId] : services.store.accounts.map(({ id }) => id), services);
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
