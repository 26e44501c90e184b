import { env, Uri } from 'vscode';
import type { Report } from '../report.ts';
import { writeSetting } from '../settings.ts';
import { addressOf } from '../views/tree/nodes.ts';
import { accountName } from '../views/text/accountText.ts';
import { errorSentence } from '../views/text/errorText.ts';
import { nukiWeb } from './accounts.ts';
import { commandIds } from './ids.ts';
import type { PickContext } from './pick.ts';

export interface SidebarContext extends PickContext {
  readonly report: Report;
  /** Reads accounts anew, with progress in the view. */
  readonly refreshAll: (accountIds: readonly string[]) => Promise<void>;
}

/** The commands of the sidebar as a whole. */
export function sidebarCommands(context: SidebarContext) {
  const { report } = context;
  return {
    [commandIds.refresh]: (hint: unknown) => refresh(hint, context),
    [commandIds.addDemoHome]: () => writeSetting('demoHome', true),
    [commandIds.removeDemoHome]: () => writeSetting('demoHome', undefined),
    [commandIds.openWeb]: async () => {
      await env.openExternal(Uri.parse(nukiWeb));
    },
    [commandIds.showLog]: () => report.show(),
  };
}

async function refresh(hint: unknown, context: SidebarContext): Promise<void> {
  const address = addressOf(hint);
  await refreshNow(address ? [address.accountId] : context.store.accounts.map(({ id }) => id), context);
}

/** Says until when Nuki has asked to wait, where it has: until then a refresh sends nothing. */
export async function refreshNow(
  accountIds: readonly string[],
  { store, renderContext, report, refreshAll }: SidebarContext,
): Promise<void> {
  await refreshAll(accountIds);
  for (const account of store.accounts) {
    const { id, error, refreshedAt } = account;
    if (error?.retryAt === undefined || !accountIds.includes(id)) continue;
    report.inform(
      errorSentence(error, { account: accountName(account, renderContext()), refreshedAt }, renderContext()),
    );
  }
}
