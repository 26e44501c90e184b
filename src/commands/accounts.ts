import { env, l10n, ThemeIcon, Uri, window, type QuickInputButton } from 'vscode';
import { forIcons, forNotification, safeText } from '../base/safeText.ts';
import { ownerOf, tokenIn, type TokenOwner } from '../model/accountBook.ts';
import type { AccountState } from '../model/snapshots.ts';
import type { Locale } from '../base/locale.ts';
import { NukiError } from '../nuki/http/errors.ts';
import { commandIds } from './ids.ts';
import { confirmInModal } from './modal.ts';
import { pickAccount } from './pick.ts';
import type { Services } from './services.ts';
import { writeSetting } from '../settings.ts';
import { accountName } from '../views/text/accountText.ts';
import { clockMinute } from '../views/text/timeText.ts';

/** Where the user makes, sees and revokes tokens. */
export const nukiWeb = 'https://web.nuki.io/#/pages/web-api';

export function accountCommands(services: Services) {
  return {
    [commandIds.addAccount]: () => addAccount(services),
    [commandIds.renameAccount]: (hint: unknown) => renameAccount(hint, services),
    [commandIds.replaceToken]: (hint: unknown) => replaceToken(hint, services),
    [commandIds.removeAccount]: (hint: unknown) => removeAccount(hint, services),
  };
}

const isOwn = ({ demo }: AccountState): boolean => !demo;

async function addAccount(services: Services): Promise<void> {
  const { book } = services;
  const granted = await askForToken(l10n.t('Add Account'), services, ({ id }) => {
    const known = book.entries.find((entry) => entry.id === id);
    const name = known && forNotification(forIcons(safeText(known.label)));
    return name && l10n.t('This account is already here: {0}. Use Replace Token there.', name);
  });
  if (!granted) return;
  const { owner, token } = granted;
  await keep({ id: owner.id, label: safeText(owner.name ?? '') || l10n.t('Account {0}', owner.id) }, token, services);
}

async function replaceToken(hint: unknown, services: Services): Promise<void> {
  const title = l10n.t('Replace Token');
  const account = await pickAccount(hint, services, title, isOwn);
  if (!account || account.demo) return;
  const granted = await askForToken(title, services, ({ id }) =>
    id === account.id ? undefined : l10n.t('This token belongs to another account. Use Add Account for it.'),
  );
  if (granted) await keep({ id: account.id, label: account.label }, granted.token, services);
}

async function keep(entry: { id: string; label: string }, token: string, services: Services): Promise<void> {
  const kept = await services.book.keep(entry, token);
  services.refresher.resetBackoff(entry.id);
  await services.refresher.refreshNow([entry.id], { joins: true });
  if (!kept) {
    services.report.warn(
      l10n.t('The token could not be stored. "{0}" works until this window is closed.', safeText(entry.label)),
    );
  }
}

interface Granted {
  readonly owner: TokenOwner;
  readonly token: string;
}

/** Asks for a token until one works and `objection` has nothing to say against its owner. `undefined` when the user gives up. */
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
    'Create an API token in Nuki Web under "API". The permissions for the account and for viewing devices are needed; operating, authorizations and the activity log switch on the rest.',
  );
  input.buttons = [openWeb];
  return new Promise((resolve, reject) => {
    const check = async (): Promise<void> => {
      const token = tokenIn(input.value);
      if (token === undefined) {
        input.validationMessage = l10n.t(
          'This does not look like an API token: it has at least 20 letters, digits, dots, dashes or underscores, and no spaces.',
        );
        return;
      }
      input.enabled = false;
      input.busy = true;
      const answer = await tryToken(token, services, objection);
      input.busy = false;
      input.enabled = true;
      if (typeof answer === 'string') {
        input.validationMessage = answer;
        return;
      }
      resolve({ owner: answer, token });
      input.hide();
    };
    input.onDidChangeValue(() => (input.validationMessage = undefined));
    input.onDidTriggerButton((button) => {
      if (button === openWeb) void env.openExternal(Uri.parse(nukiWeb));
    });
    input.onDidAccept(() => void check().catch(reject));
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}

/** @returns whose token it is, or why it is not taken */
async function tryToken(
  token: string,
  { book, renderContext }: Services,
  objection: (owner: TokenOwner) => string | undefined,
): Promise<TokenOwner | string> {
  try {
    const owner = await ownerOf(await book.clientFor(token));
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
      return l10n.t('Nuki refused this token. Check that it was copied whole and has not been revoked.');
    case 'permissionMissing':
      return l10n.t('This token works but may not read the account. Create one with the permission "account".');
    case 'network':
    case 'timeout':
    case 'cancelled':
      return l10n.t(
        'Nuki could not be reached, so the token could not be tried. Check the network and press Enter again.',
      );
    case 'certificate':
      return l10n.t('The connection to Nuki is not trusted: there is a problem with a certificate. Nothing was kept.');
    case 'rateLimited':
      return l10n.t(
        'Nuki asked to wait until {0}. Press Enter again then.',
        clockMinute(retryAt ?? Date.now(), locale),
      );
    case 'server':
      return l10n.t('Nuki has a problem of its own. Press Enter again later.');
    case 'intercepted':
      return l10n.t(
        'Something on the way to Nuki has answered in its place (HTTP {0}), so the token could not be tried. Look at the proxy, the company filter or the sign-in page of the network, and press Enter again.',
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
        'Nuki gave an unexpected answer, so the token could not be tried. A network sign-in page may be in between.',
      );
  }
}

async function renameAccount(hint: unknown, services: Services): Promise<void> {
  const title = l10n.t('Rename Account');
  const account = await pickAccount(hint, services, title, isOwn);
  if (!account || account.demo) return;
  const label = await window.showInputBox({
    title,
    value: accountName(account, services.renderContext()),
    prompt: l10n.t('The name of this account in the sidebar'),
    validateInput: (value) => (safeText(value) === '' ? l10n.t('A name is needed.') : undefined),
  });
  if (label !== undefined) services.book.rename(account.id, safeText(label));
}

async function removeAccount(hint: unknown, services: Services): Promise<void> {
  const account = await pickAccount(hint, services, l10n.t('Remove Account'), isOwn);
  if (!account || account.demo) return;
  const name = accountName(account, services.renderContext());
  const isConfirmed = await confirmInModal(
    {
      question: l10n.t('Remove the account {0}?', name),
      detail: l10n.t(
        'Its token and all that is known of it are deleted here. The token stays valid until you delete it in Nuki Web.',
      ),
      yes: l10n.t('Remove'),
    },
    services.clock,
  );
  if (!isConfirmed) return;
  await services.book.remove(account.id);
  await forgetAccount(account.id, services);
  services.report.inform(l10n.t('{0} was removed. Its token stays valid until you delete it in Nuki Web.', name), [
    { title: l10n.t('Open Nuki Web'), run: () => env.openExternal(Uri.parse(nukiWeb)) },
  ]);
}

/** Leaves nothing behind of what is kept by the ids of an account's devices. */
async function forgetAccount(id: string, { records, unlatchSupport, statusBarDevice }: Services): Promise<void> {
  unlatchSupport.forgetAccount(id);
  for (const [key, value] of records.read()) if (isOfAccount(value, id)) records.delete(key);
  if (statusBarDevice()?.accountId === id) await writeSetting('statusBar.device', undefined);
}

function isOfAccount(record: unknown, id: string): boolean {
  return typeof record === 'object' && record !== null && 'accountId' in record && record.accountId === id;
}
