import { l10n, workspace, type Disposable } from 'vscode';
import { safeText } from '../../base/safeText.ts';
import { AuthorizationFollower, type Unconfirmed } from '../../model/authorizations/authorizationFollower.ts';
import type { Journal } from '../../model/actions/journal.ts';
import type { KeptChange } from '../../model/authorizations/pendingJournal.ts';
import { resumePendingChanges } from '../../model/authorizations/resumePendingChanges.ts';
import type { Outcome } from '../../model/actions/operation.ts';
import type { AccountState } from '../../model/snapshots.ts';
import type { Reason } from '../../nuki/http/errors.ts';
import { actions } from '../../nuki/vocabulary/kinds.ts';
import { showLogButton } from '../../report.ts';
import { clockMinute, dateAndMinute } from '../../views/text/timeText.ts';
import { needsToken, describeError } from '../../views/text/errorText.ts';
import { refreshButton, replaceTokenButton } from '../buttons.ts';
import { commandIds } from '../ids.ts';
import { nameOf } from '../pick.ts';
import type { Services } from '../services.ts';
import type { Memento } from '../../model/memento.ts';
import { accountName } from '../../views/text/accountText.ts';
import { unconfirmedText, updateButton } from '../authorizations/unconfirmedAuthorizations.ts';

// Notifications that no command causes.

type NoticeServices = Pick<Services, 'store' | 'renderContext' | 'report'>;

/** Warns once of each account that needs a new token; logs when an account becomes unreachable and when it is back. */
export function watchAccounts({ store, renderContext, report }: NoticeServices): Disposable {
  const reasons = new Map<string, Reason>();
  const watch = (account: AccountState): void => {
    if (account.error?.reason === reasons.get(account.id)) return;
    const name = accountName(account, renderContext());
    if (!account.error) {
      reasons.delete(account.id);
      return report.log(`available again: ${name}`);
    }
    if (!reasons.has(account.id)) report.log(`not available: ${name}: ${account.error.message}`);
    reasons.set(account.id, account.error.reason);
    if (needsToken(account.error)) {
      const sentence = describeError(account.error, { account: name }, renderContext());
      report.warn(sentence, [replaceTokenButton(account.id), showLogButton(report)]);
    }
  };
  store.accounts.forEach(watch);
  return store.onDidChange((change) => {
    const account = change.kind === 'account' ? store.account(change.accountId) : undefined;
    if (account) watch(account);
  });
}

/** Settings of VS Code that are unsafe here. `key`: under which it is remembered that the user knows. */
const unsafeSettings = [
  {
    key: 'nuki.unchecked',
    isOn: () => workspace.getConfiguration('http').get('proxyStrictSSL') === false,
    sentence: 'http.proxyStrictSSL is off, so others on your network could read your token. Turn it on.',
  },
  {
    key: 'nuki.electronFetch',
    isOn: () => workspace.getConfiguration('http').get('electronFetch') === true,
    sentence:
      'http.electronFetch is on, so a request could be sent twice. Turn it off. Until then, Keyturner only reads.',
  },
] as const;

/** Warns once of each unsafe setting, if there is an account besides the demo home; again if it was safe in between. */
export function mentionUnsafeSettings(
  { store, report }: Pick<Services, 'store' | 'report'>,
  memento: Memento,
): Disposable {
  const look = (): void => {
    if (store.accounts.every(({ simulated }) => simulated)) return;
    for (const { key, isOn, sentence } of unsafeSettings) {
      const unsafe = isOn();
      if (unsafe === (memento.get(key) ?? false)) continue;
      void memento.update(key, unsafe);
      if (unsafe) report.warn(l10n.t(sentence));
    }
  };
  look();
  const subscriptions = [
    store.onDidChange(({ kind }) => kind === 'accounts' && look()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('http') && look()),
  ];
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** Warns once that this computer's clock is wrong, and names the server's time, which is used instead; again if it was right in between. */
export function watchClock({
  store,
  renderContext,
  report,
  serverClock,
}: NoticeServices & Pick<Services, 'serverClock'>): Disposable {
  let told = false;
  return store.onDidChange(() => {
    if (serverClock.isSkewed && !told) {
      const time = dateAndMinute(serverClock.now(), renderContext());
      report.warn(l10n.t("This computer's clock is wrong. Keyturner uses Nuki's time ({0}).", time));
    }
    told = serverClock.isSkewed;
  });
}

/**
 * Reports each action that an earlier extension host has sent without seeing how it ended, once its device is known and no other window can
 * still be following it. Sends nothing.
 */
export function mentionUnconfirmed(
  services: NoticeServices & Pick<Services, 'clock' | 'refreshAccount'>,
  journal: Journal,
): Disposable {
  const { store, renderContext, report, clock } = services;
  journal.forgetEnded();
  const waiting = new Set(journal.entries);
  const mention = (): void => {
    for (const sent of waiting) {
      const { accountId, action, since } = sent;
      const state = store.device(sent);
      if (!journal.has(sent)) waiting.delete(sent); // the other window has seen how it ended
      if (!waiting.has(sent) || !state || journal.followedFor(sent) > 0) continue;
      waiting.delete(sent);
      journal.remove(sent);
      const outcome: Outcome = { kind: 'unconfirmed', at: state.seenAt, reason: 'unseen' };
      if (!state.operation) store.setOperation(sent, { action, since, outcome });
      const sentence = l10n.t(
        '{0}: "{1}" was sent at {2}, but the result is unknown. Keyturner won\'t retry. Check the door.',
        nameOf(state, services),
        l10n.t(actions[action].name),
        clockMinute(since, renderContext()),
      );
      report.warnUntilClosed(sentence, refreshButton(accountId, services));
    }
  };
  const stopped = new AbortController();
  for (const sent of waiting) {
    void clock.wait(journal.followedFor(sent), stopped.signal).then(mention);
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

/** Looks for the changes of authorizations that an earlier extension host has sent, and tells what became of them. Sends nothing. */
export function followEarlierChanges(
  services: NoticeServices & Pick<Services, 'clock' | 'runCommand' | 'pendingJournal'>,
): Disposable {
  const { store, clock, report, pendingJournal: journal, runCommand: run } = services;
  const follower = new AuthorizationFollower(store, clock);
  const onEnd = (kept: KeptChange, unconfirmed: readonly Unconfirmed[]): void => {
    const { accountId, smartlockId, change } = kept;
    const ref = { accountId, smartlockId };
    if (unconfirmed.length === 0) {
      if (change.kind === 'create') report.inform(l10n.t('{0} is saved on the lock.', safeText(change.requested.name)));
      return;
    }
    const refresh = { title: l10n.t('Refresh'), run: () => run(commandIds.refresh, ref) };
    report.warn(unconfirmedText(unconfirmed, accountId, services), [refresh, updateButton(ref, services)]);
  };
  const resuming = resumePendingChanges({ store, journal, follower, clock, onEnd });
  return {
    dispose: () => {
      resuming.dispose();
      follower.dispose();
    },
  };
}
