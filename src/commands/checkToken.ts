import { commands, env, l10n, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import { tryPermissions, type Grant } from '../model/tokenPermissions.ts';
import { NukiError } from '../nuki/http/errors.ts';
import { permissions, type Permission } from '../nuki/permissions.ts';
import type { Report } from '../report.ts';
import { idOf } from '../views/tree/nodes.ts';
import { accountName } from '../views/text/accountText.ts';
import { needsToken, errorSentence } from '../views/text/errorText.ts';
import { nukiWeb } from './accounts.ts';
import { commandIds } from './ids.ts';
import { pickAccount, type PickContext } from './pick.ts';

export interface CheckTokenContext extends PickContext {
  readonly report: Report;
}

/** Tells what the token of an account can do, by reads alone: nothing here changes by what they answer. */
export async function checkToken(hint: unknown, context: CheckTokenContext): Promise<void> {
  const { store, renderContext, report } = context;
  const title = l10n.t('Check Token');
  const account = await pickAccount(hint, context, title, () => true);
  if (!account) return;
  const name = accountName(account, renderContext());
  const tell = (error: NukiError): void => {
    const replace = {
      title: l10n.t('Replace Token'),
      run: () => commands.executeCommand(commandIds.replaceToken, idOf({ kind: 'account', accountId: account.id })),
    };
    report.warn(
      errorSentence(error, { account: name }, renderContext()),
      needsToken(error) && !account.demo ? [replace] : [],
    );
  };
  try {
    const client = await store.client(account.id);
    const answer = await window.withProgress({ location: { viewId: 'nuki.devices' } }, () => tryPermissions(client));
    if (answer.kind === 'refused') return tell(new NukiError('tokenRefused'));
    if (answer.kind === 'failed') return tell(answer.error);
    await show(`${title}: ${name}`, answer.grants);
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    tell(error);
  }
}

const words: Readonly<Record<Grant, string>> = {
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
      description: l10n.t(words[grant]),
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
  const isWhole = [...grants.values()].every((grant) => grant !== 'missing');
  const chosen = await window.showQuickPick(isWhole ? items : [...items, openWeb], { title });
  if (chosen === openWeb) await env.openExternal(Uri.parse(nukiWeb));
}
