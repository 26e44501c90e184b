import { env, InputBoxValidationSeverity, l10n, ThemeIcon, Uri, window, type QuickInputButton } from 'vscode';
import { forIcons, forNotification, safeText } from '../../base/safeText.ts';
import { ownerOf, tokenIn, type TokenOwner } from '../../model/accounts/accountBook.ts';
import { demoHomeId } from '../../model/accounts/demoHome.ts';
import type { AccountState } from '../../model/snapshots.ts';
import type { Locale } from '../../base/locale.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { commandIds } from '../ids.ts';
import { chooseInModal, confirmInModal } from '../modal.ts';
import { pickAccount } from '../pick.ts';
import type { Services } from '../services.ts';
import { writeSetting } from '../../settings.ts';
import { nukiWeb } from './nukiWeb.ts';
import { findOwnToken, revokeWithProgress, type OwnToken } from './tokens.ts';
import { accountName } from '../../views/text/accountText.ts';
import { clockMinute } from '../../views/text/timeText.ts';

export function accountCommands(services: Services) {
  return {
    [commandIds.addAccount]: () => addAccount(services),
    [commandIds.renameAccount]: (hint: unknown) => renameAccount(hint, services),
    [commandIds.replaceToken]: (hint: unknown) => replaceToken(hint, services),
    [commandIds.removeAccount]: (hint: unknown) => removeAccount(hint, services),
    [commandIds.resetDemoHome]: () => resetDemoHome(services),
  };
}

const isOwn = ({ simulated }: AccountState): boolean => !simulated;

async function addAccount(services: Services): Promise<void> {
  const { book } = services;
  const granted = await askForToken(l10n.t('Add Account'), services, ({ id }) => {
    const known = book.entries.find((entry) => entry.id === id);
    const name = known && forNotification(forIcons(safeText(known.label)));
    return name && l10n.t('You have already added this account: {0}. To change its token, use Replace Token.', name);
  });
  if (!granted) return;
  const { owner, token } = granted;
  await keep({ id: owner.id, label: safeText(owner.name ?? '') || l10n.t('Account {0}', owner.id) }, token, services);
}

async function replaceToken(hint: unknown, services: Services): Promise<void> {
  const title = l10n.t('Replace Token');
  const account = await pickAccount(hint, services, title, isOwn);
  if (!account || account.simulated) return;
  const granted = await askForToken(title, services, ({ id }) =>
    id === account.id
      ? undefined
      : l10n.t('This token belongs to another account. To add that account, use Add Account.'),
  );
  if (granted) await keep({ id: account.id, label: account.label }, granted.token, services);
}

async function keep(entry: { id: string; label: string }, token: string, services: Services): Promise<void> {
  const kept = await services.book.keep(entry, token);
  services.refresher.resetBackoff(entry.id);
  await services.refresher.refreshNow([entry.id], { joins: true });
  if (!kept) {
    services.report.warn(
      l10n.t("The token couldn't be stored. {0} works until you close this window.", safeText(entry.label)),
    );
  }
}

interface Granted {
  readonly owner: TokenOwner;
  readonly token: string;
}

/**
 * Asks for a token until one works and `objection` has nothing to say against its owner. Another text, or closing the box, ends a check.
 * `undefined` when the user gives up.
 */
function askForToken(
  title: string,
  services: Services,
  objection: (owner: TokenOwner) => string | undefined,
): Promise<Granted | undefined> {
  const input = window.createInputBox();
  const openWeb: QuickInputButton = { iconPath: new ThemeIcon('globe'), tooltip: l10n.t('Open Nuki Web') };
  input.title = title;
  input.password = true;
  input.ignoreFocusOut = true;
  input.placeholder = l10n.t('API token');
  input.prompt = l10n.t(
    'Paste an API token from Nuki Web > API. Required permissions: account, view devices. Optional: operate devices, manage authorizations, view activity log.',
  );
  input.buttons = [openWeb];
  return new Promise((resolve, reject) => {
    let checking: AbortController | undefined;
    const stopChecking = (): void => {
      checking?.abort();
      checking = undefined;
      input.busy = false;
      input.validationMessage = undefined;
    };
    const check = async (): Promise<void> => {
      if (checking) return;
      const token = tokenIn(input.value);
      if (token === undefined) {
        input.validationMessage = l10n.t(
          "That doesn't look like an API token. Tokens have at least 20 characters, and no spaces or special characters.",
        );
        return;
      }
      const { signal } = (checking = new AbortController());
      input.busy = true;
      input.validationMessage = {
        message: l10n.t('Checking the token with Nuki…'),
        severity: InputBoxValidationSeverity.Info,
      };
      const answer = await tryToken(token, signal, services, objection);
      if (signal.aborted) return;
      stopChecking();
      if (typeof answer === 'string') {
        input.validationMessage = answer;
        return;
      }
      resolve({ owner: answer, token });
      input.hide();
    };
    input.onDidChangeValue(stopChecking);
    input.onDidTriggerButton((button) => {
      if (button === openWeb) void env.openExternal(Uri.parse(nukiWeb));
    });
    input.onDidAccept(() => void check().catch(reject));
    input.onDidHide(() => {
      stopChecking();
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}

/** @returns whose token it is, or why it is not taken */
async function tryToken(
  token: string,
  signal: AbortSignal,
  { book, renderContext }: Services,
  objection: (owner: TokenOwner) => string | undefined,
): Promise<TokenOwner | string> {
  try {
    const owner = await ownerOf(await book.clientFor(token), signal);
    return objection(owner) ?? owner;
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    return refusalSentence(error, renderContext());
  }
}

function refusalSentence({ reason, retryAt, status }: NukiError, locale: Locale): string {
  switch (reason) {
    case 'tokenRefused':
    case 'unauthorized':
    case 'tokenMissing':
      return l10n.t("Nuki rejected this token. Make sure you copied all of it and that it hasn't been revoked.");
    case 'permissionMissing':
      return l10n.t('This token works but can\'t read the account. Create one with the "account" permission.');
    case 'network':
    case 'timeout':
    case 'cancelled':
      return l10n.t(
        "Can't check the token because Nuki can't be reached. Check your network, then press Enter to retry.",
      );
    case 'certificate':
      return l10n.t(
        "Can't check the token because the connection to Nuki isn't trusted: there's a problem with a certificate. See the log.",
      );
    case 'rateLimited':
      return l10n.t(
        'Too many requests. Nuki asks you to wait until {0}; press Enter again then.',
        clockMinute(retryAt ?? Date.now(), locale),
      );
    case 'server':
      return l10n.t("Nuki's servers have a problem. Try again later.");
    case 'intercepted':
      return l10n.t(
        "Can't check the token: something between you and Nuki answered instead (HTTP {0}). Check the proxy, the company filter or the network's sign-in page, then press Enter to retry.",
        status ?? '',
      );
    case 'accountRemoved':
    case 'redirected':
    case 'unexpectedAnswer':
    case 'rejected':
    case 'notFound':
    case 'notAllowed':
    case 'conflict':
    case 'busy':
    case 'subscription':
    case 'unsupportedId':
    case 'queueFull':
    case 'expired':
    case 'mayRepeat':
    case 'outdated':
      return l10n.t(
        "Can't check the token because Nuki's response was unusable. Check whether this network requires you to sign in.",
      );
  }
}

async function renameAccount(hint: unknown, services: Services): Promise<void> {
  const title = l10n.t('Rename Account');
  const account = await pickAccount(hint, services, title, isOwn);
  if (!account || account.simulated) return;
  const label = await window.showInputBox({
    title,
    value: accountName(account, services.renderContext()),
    prompt: l10n.t('The name of this account in the sidebar'),
    validateInput: (value) => (safeText(value) === '' ? l10n.t('Enter a name.') : undefined),
  });
  if (label !== undefined) services.book.rename(account.id, safeText(label));
}

async function removeAccount(hint: unknown, services: Services): Promise<void> {
  const account = await pickAccount(hint, services, l10n.t('Remove Account'), isOwn);
  if (!account || account.simulated) return;
  const name = accountName(account, services.renderContext());
  const own = await findOwnToken(account, services);
  const removeAndRevoke = l10n.t('Remove and Revoke Token');
  const choice = await chooseInModal(
    {
      question: l10n.t('Remove the account {0}?', name),
      detail: own
        ? l10n.t(
            'This deletes the token and what Keyturner keeps about the account from this computer. The token ("{0}" at Nuki) stays valid unless you revoke it, too.',
            own.name,
          )
        : l10n.t(
            'This deletes the token and what Keyturner keeps about the account from this computer. The token stays valid until you delete it in Nuki Web.',
          ),
      choices: own ? [removeAndRevoke, l10n.t('Remove')] : [l10n.t('Remove')],
    },
    services.clock,
  );
  if (choice === undefined) return;
  const isRevoked = own !== undefined && choice === removeAndRevoke && (await isRevokedNow(own, services));
  await services.book.remove(account.id);
  await forgetAccount(account.id, services);
  if (isRevoked) return services.report.inform(l10n.t('{0} was removed, and its token was revoked.', name));
  const openWeb = { title: l10n.t('Open Nuki Web'), run: () => env.openExternal(Uri.parse(nukiWeb)) };
  if (choice !== removeAndRevoke) {
    const sentence = l10n.t('{0} was removed. Its token stays valid until you delete it in Nuki Web.', name);
    return services.report.inform(sentence, [openWeb]);
  }
  services.report.warn(
    l10n.t("{0} was removed. It's not confirmed that its token was revoked: delete it in Nuki Web.", name),
    [openWeb],
  );
}

/** Revokes the account's own token. @returns whether that is proven; nothing that goes wrong keeps the account from being removed */
async function isRevokedNow({ client, revocation, name }: OwnToken, services: Services): Promise<boolean> {
  try {
    const result = await revokeWithProgress(client, revocation, name, services);
    return result === 'gone' || result === 'refused';
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    return false;
  }
}

async function resetDemoHome(services: Services): Promise<void> {
  const isConfirmed = await confirmInModal(
    {
      question: l10n.t('Reset the demo home?'),
      detail: l10n.t('Its devices, authorizations and activity go back to how they were at first.'),
      yes: l10n.t('Reset'),
    },
    services.clock,
  );
  if (!isConfirmed) return;
  services.demoHome.reset();
  forgetDevices(demoHomeId, services);
  await services.refreshAccount(demoHomeId);
}

/** Leaves nothing behind of an account and its devices. */
async function forgetAccount(id: string, services: Services): Promise<void> {
  forgetDevices(id, services);
  if (services.statusBarDevice()?.accountId === id) await writeSetting('statusBar.device', undefined);
}

/** Forgets what is kept by the ids of an account's devices: what they cannot do, and what was asked of them. */
export function forgetDevices(
  id: string,
  { records, unlatchSupport }: Pick<Services, 'records' | 'unlatchSupport'>,
): void {
  unlatchSupport.forgetAccount(id);
  for (const [key, value] of records.read()) if (isOfAccount(value, id)) records.delete(key);
}

function isOfAccount(record: unknown, id: string): boolean {
  return typeof record === 'object' && record !== null && 'accountId' in record && record.accountId === id;
}
