import { env, l10n, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import type { Locale } from '../../base/locale.ts';
import { tryPermissions, type Grant, type TokenReport } from '../../model/accounts/tokenPermissions.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { permissions } from '../../nuki/permissions.ts';
import { nukiWeb } from './nukiWeb.ts';
import { failWith } from './tokens.ts';
import { pickAccount } from '../pick.ts';
import { withSidebarProgress } from '../progress.ts';
import type { Services } from '../services.ts';
import { accountName, rightsText } from '../../views/text/accountText.ts';

/** Shows what the token of an account can do. It only reads, and the answers change nothing that is known of the account. */
export async function checkToken(hint: unknown, services: Services): Promise<void> {
  const { store, renderContext } = services;
  const title = l10n.t('Check Token');
  const account = await pickAccount(hint, services, title, () => true);
  if (!account) return;
  const client = await store.client(account.id).catch((error: unknown) => failWith(error, account));
  const answer = await withSidebarProgress(() => tryPermissions(client));
  if (answer.kind === 'refused') return failWith(new NukiError('tokenRefused'), account);
  if (answer.kind === 'failed') return failWith(answer.error, account);
  await show(`${title}: ${accountName(account, renderContext())}`, answer, renderContext());
}

type Known = Extract<TokenReport, { readonly kind: 'known' }>;

const grantLabels: Readonly<Record<Grant, string>> = {
  granted: 'granted',
  missing: 'missing',
  untried: "can't be checked without operating a device",
};
const icons: Readonly<Record<Grant, string>> = { granted: 'check', missing: 'close', untried: 'question' };

async function show(title: string, { grants, rights }: Known, locale: Locale): Promise<void> {
  const items = [...grants].map(([permission, grant]): QuickPickItem => {
    return {
      label: l10n.t(permissions[permission].name),
      iconPath: new ThemeIcon(icons[grant]),
      description: l10n.t(grantLabels[grant]),
      detail: l10n.t(
        grant === 'missing' ? 'Not available without it: {0}' : 'Needed for: {0}',
        l10n.t(permissions[permission].gives),
      ),
    };
  });
  const openWeb: QuickPickItem = {
    label: l10n.t('Open Nuki Web'),
    iconPath: new ThemeIcon('globe'),
    detail: l10n.t("You can't add permissions to a token. Create a new one in Nuki Web, then select Replace Token."),
  };
  const ofAccount: readonly QuickPickItem[] =
    rights === undefined
      ? []
      : [
          {
            label: l10n.t('Sub-account'),
            iconPath: new ThemeIcon('info'),
            detail: l10n.t('Its tokens are limited to the rights of the sub-account: {0}', rightsText(rights, locale)),
          },
        ];
  const hasAll = [...grants.values()].every((grant) => grant !== 'missing');
  const chosen = await window.showQuickPick([...items, ...ofAccount, ...(hasAll ? [] : [openWeb])], { title });
  if (chosen === openWeb) await env.openExternal(Uri.parse(nukiWeb));
}
