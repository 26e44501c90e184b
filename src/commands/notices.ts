import { commands, l10n, workspace, type Disposable } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { Memento } from '../model/memento.ts';
import type { Journal } from '../model/journal.ts';
import type { Outcome } from '../model/operation.ts';
import type { AccountState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import type { Reason } from '../nuki/http/errors.ts';
import { actions } from '../nuki/vocabulary/kinds.ts';
import type { ServerClock } from '../nuki/http/serverClock.ts';
import type { Report } from '../report.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { deviceName } from '../views/text/deviceText.ts';
import { idOf } from '../views/tree/nodes.ts';
import { accountName } from '../views/text/accountText.ts';
import { devicesIn } from '../views/text/duplicateNames.ts';
import { clockMinute, dateAndMinute } from '../views/text/timeText.ts';
import { needsToken, errorSentence } from '../views/text/errorText.ts';
import { commandIds } from './ids.ts';

// What is said without being asked for.

interface Context {
  readonly store: Store;
  readonly renderContext: () => RenderContext;
  readonly report: Report;
}

/** Tells once of each account that needs a new token, and logs when an account becomes unreachable and when it is back. */
export function watchAccounts({ store, renderContext, report }: Context): Disposable {
  const troubles = new Map<string, Reason>();
  const watch = (account: AccountState): void => {
    if (account.error?.reason === troubles.get(account.id)) return;
    const name = accountName(account, renderContext());
    if (!account.error) {
      troubles.delete(account.id);
      return report.note(`available again: ${name}`);
    }
    if (!troubles.has(account.id)) report.note(`not available: ${name}: ${account.error.message}`);
    troubles.set(account.id, account.error.reason);
    if (needsToken(account.error)) {
      report.warn(errorSentence(account.error, { account: name }, renderContext()), [
        { title: l10n.t('Replace Token'), run: () => replaceTokenOf(account.id) },
        { title: l10n.t('Show Log'), run: () => report.show() },
      ]);
    }
  };
  store.accounts.forEach(watch);
  return store.onDidChange((change) => {
    const account = change.kind === 'account' ? store.account(change.accountId) : undefined;
    if (account) watch(account);
  });
}

const uncheckedKey = 'nuki.unchecked';

/** Says once, where there is an own account, that VS Code checks no certificate, and again when that has been otherwise. */
export function mentionUnchecked({ store, report }: Pick<Context, 'store' | 'report'>, memento: Memento): Disposable {
  const sentence = l10n.t(
    'The setting http.proxyStrictSSL is off: others in the network can read your token. Turn it on.',
  );
  const look = (): void => {
    if (store.accounts.every(({ demo }) => demo)) return;
    const unchecked = workspace.getConfiguration('http').get('proxyStrictSSL') === false;
    if (unchecked === (memento.get(uncheckedKey) ?? false)) return;
    void memento.update(uncheckedKey, unchecked);
    if (unchecked) report.warn(sentence);
  };
  look();
  return store.onDidChange(({ kind: what }) => what === 'accounts' && look());
}

/** Tells once that this computer's clock is wrong, and by what time everything goes; anew after it was right for a while. */
export function watchClock({
  store,
  renderContext,
  report,
  serverClock,
}: Context & { readonly serverClock: ServerClock }): Disposable {
  let told = false;
  return store.onDidChange(() => {
    if (serverClock.isSkewed && !told) {
      const time = dateAndMinute(serverClock.now(), renderContext());
      report.warn(l10n.t("This computer's clock is wrong. Keyturner goes by Nuki's, where it is {0}.", time));
    }
    told = serverClock.isSkewed;
  });
}

function replaceTokenOf(accountId: string): Thenable<void> {
  return commands.executeCommand(commandIds.replaceToken, idOf({ kind: 'account', accountId }));
}

/**
 * Mentions each action that an earlier extension host has sent and not seen to its end, once its device is known again and no other
 * window can be following it. Sends nothing.
 */
export function mentionUnconfirmed(
  context: Context & { readonly clock: Clock; readonly refresh: (accountId: string) => Promise<void> },
  journal: Journal,
): Disposable {
  const { store, renderContext, report, clock } = context;
  const waiting = new Set(journal.entries);
  const mention = (): void => {
    for (const sent of waiting) {
      const { accountId, smartlockId, action, since } = sent;
      const state = store.device(accountId, smartlockId);
      if (!journal.has(sent)) waiting.delete(sent); // the other window has seen how it ended
      if (!waiting.has(sent) || !state || journal.followedFor(sent, clock.now()) > 0) continue;
      waiting.delete(sent);
      void journal.remove(sent);
      const outcome: Outcome = { kind: 'unconfirmed', at: state.seenAt };
      if (!state.operation) store.setOperation(accountId, smartlockId, { action, since, outcome });
      const sentence = l10n.t(
        '{0}: "{1}" was sent at {2}, and nobody saw how it ended. Nothing is sent again. Check the door.',
        deviceName(state.device, devicesIn(store.account(accountId)), renderContext()),
        l10n.t(actions[action].name),
        clockMinute(since, renderContext()),
      );
      report.warn(sentence, [{ title: l10n.t('Check Again'), run: () => context.refresh(accountId) }]);
    }
  };
  const stopped = new AbortController();
  for (const sent of waiting) {
    void clock.wait(journal.followedFor(sent, clock.now()), stopped.signal).then(mention);
  }
  mention();
  const subscription = store.onDidChange(mention);
  return {
    dispose: () => {
      waiting.clear();
      stopped.abort();
      subscription.dispose();
    },
  };
}
