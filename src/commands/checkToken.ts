import { env, l10n, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import type { AccountState } from '../model/snapshots.ts';
import { tryPermissions, type Grant } from '../model/tokenPermissions.ts';
import { NukiError } from '../nuki/http/errors.ts';
import { permissions, type Permission } from '../nuki/permissions.ts';
import { needsToken } from '../views/text/errorText.ts';
import { nukiWeb } from './accounts.ts';
import { replaceTokenButton } from './buttons.ts';
import { CommandError } from './commandError.ts';
import { pickAccount } from './pick.ts';
import type { Services } from './services.ts';
import { accountName } from '../views/text/accountText.ts';

/** Shows what the token of an account can do. It only reads, and the answers change nothing that is known of the account. */
export async function checkToken(hint: unknown, services: Services): Promise<void> {
  const { store, renderContext } = services;
  const title = l10n.t('Check Token');
  const account = await pickAccount(hint, services, title, () => true);
  if (!account) return;
  const client = await store.client(account.id).catch((error: unknown) => failWith(error, account));
  const answer = await window.withProgress({ location: { viewId: 'nuki.devices' } }, () => tryPermissions(client));
  if (answer.kind === 'refused') return failWith(new NukiError('tokenRefused'), account);
  if (answer.kind === 'failed') return failWith(answer.error, account);
  await show(`${title}: ${accountName(account, renderContext())}`, answer.grants);
}

function failWith(error: unknown, { id: accountId, demo }: AccountState): never {
  if (!(error instanceof NukiError)) throw error;
  throw new CommandError(error, { accountId }, needsToken(error) && !demo ? [replaceTokenButton(accountId)] : []);
}

const grantLabels: Readonly<Record<Grant, string>> = {
  granted: 'granted',
  missing: 'missing',
  untried: 'not tried: only doing it would tell',
};
const icons: Readonly<Record<Grant, string>> = { granted: 'check', missing: 'close', untried: 'question' };

async function show(title: string, grants: ReadonlyMap<Permission, Grant>): Promise<void> {
  const items = [...grants].map(([permission, grant]): QuickPickItem => {
    return {
      label: l10n.t(permissions[permission].name),
      iconPath: new ThemeIcon(icons[grant]),
      description: l10n.t(grantLabels[grant]),
      detail: l10n.t(
        grant === 'missing' ? 'Switched off by it: {0}' : 'Switches on: {0}',
        l10n.t(permissions[permission].gives),
      ),
    };
  });
  const openWeb: QuickPickItem = {
    label: l10n.t('Open Nuki Web'),
    iconPath: new ThemeIcon('globe'),
    detail: l10n.t('Permissions cannot be added to a token: create another one there, and use Replace Token here.'),
  };
  const hasAll = [...grants.values()].every((grant) => grant !== 'missing');
  const chosen = await window.showQuickPick(hasAll ? items : [...items, openWeb], { title });
  if (chosen === openWeb) await env.openExternal(Uri.parse(nukiWeb));
}
