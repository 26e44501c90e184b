import { env, extensions, l10n, UIKind, version } from 'vscode';
import { redact } from '../../base/redact.ts';
import type { AccountState } from '../../model/snapshots.ts';
import { setting } from '../../settings.ts';
import { copyQuietly } from '../clipboard.ts';
import type { Services } from '../services.ts';

/** Copies what helps to find a bug: versions, counts, settings, the last answers; without names, ids, tokens and codes. */
export async function copyDebugInfo({ store, book, requestLog, renderContext }: Services): Promise<void> {
  const lines = [
    ...versionLines(),
    `copied ${new Date(renderContext().ownNow).toISOString()}`,
    '',
    `accounts: ${store.accounts.length}`,
    ...store.accounts.map((account, index) => accountLine(account, index)),
    '',
    `refreshInterval: ${setting('refreshInterval')}`,
    `statusBar.device: ${setting('statusBar.device') === '' ? 'none' : 'chosen'}`,
    `demoHome: ${setting('demoHome')}`,
    `explainNumbers: ${setting('explainNumbers')}`,
    '',
    `last requests: ${requestLog.length}`,
    ...requestLog.map(({ at, method, path, status }) =>
      [new Date(at).toISOString(), method, path, status ?? 'no answer'].join(' '),
    ),
  ];
  await copyQuietly(`${redact(lines.join('\n'), book.tokens)}\n`, l10n.t('Diagnostics copied'));
}

// In English: it goes into a bug report.

function versionLines(): readonly string[] {
  const extension: { readonly packageJSON?: { readonly version?: unknown } } =
    extensions.getExtension('keyturner.keyturner') ?? {};
  return [
    `Keyturner ${String(extension.packageJSON?.version)}`,
    `${env.appName} ${version}, ${env.appHost}, ${env.uiKind === UIKind.Web ? 'web' : 'desktop'}, remote: ${env.remoteName ?? 'none'}`,
    `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `language: ${env.language}, time zone: ${new Intl.DateTimeFormat().resolvedOptions().timeZone}`,
  ];
}

function accountLine({ simulated, devices, unreadable, error, refreshedAt }: AccountState, index: number): string {
  const list = devices ?? [];
  const types = Map.groupBy(list, ({ device }) => device.type);
  const kinds = [...types].map(([type, alike]) => `${alike.length} of type ${type}`).join(', ');
  const authorizations = list.reduce((sum, { authorizations: read }) => sum + (read?.items.length ?? 0), 0);
  return [
    `account ${index + 1}${simulated ? ' (simulated)' : ''}: ${devices ? `${list.length} devices (${kinds})` : 'not read'}`,
    `${unreadable.length} unreadable`,
    `${list.filter(({ device }) => device.serverState !== 0).length} offline`,
    `${authorizations} authorizations read`,
    refreshedAt === undefined ? 'never refreshed' : `refreshed ${new Date(refreshedAt).toISOString()}`,
    error ? `last failure: ${error.message}` : 'no failure',
  ].join(', ');
}
