import { commands, l10n } from 'vscode';
import type { Button } from '../report.ts';
import { idOf } from '../views/tree/nodes.ts';
import { commandIds } from './ids.ts';
import type { Services } from './services.ts';

// Buttons that several notifications have.

export function replaceTokenButton(accountId: string): Button {
  return {
    title: l10n.t('Replace Token'),
    run: () => commands.executeCommand(commandIds.replaceToken, idOf({ kind: 'account', accountId })),
  };
}

export function refreshButton(
  accountId: string,
  { refreshAccount: refresh }: Pick<Services, 'refreshAccount'>,
): Button {
  return { title: l10n.t('Refresh'), run: () => refresh(accountId) };
}
