import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import type { DeviceState } from '../model/store.ts';
import { exportOf } from '../views/authorizationExport.ts';
import { addressOf } from '../views/nodes.ts';
import { saying, type AuthorizationContext } from './authorizations.ts';
import { readAccount, stoppable } from './expiredAuthorizations.ts';
import { deviceNameOf, pickAccount } from './pick.ts';

/** Writes the authorizations of a device or a whole account to a file, as CSV or JSON, without codes. */
export async function exportAuthorizations(hint: unknown, context: AuthorizationContext): Promise<void> {
  const title = l10n.t('Export Authorizations');
  const account = await pickAccount(hint, context, title, ({ devices = [] }) => devices.length > 0);
  const [anyDevice] = account?.devices ?? [];
  if (!account || !anyDevice) return;
  const address = addressOf(hint);
  const smartlockId = address && 'smartlockId' in address ? address.smartlockId : undefined;
  await saying({ state: anyDevice }, context, async () => {
    const states = await read(account.id, smartlockId, context);
    if (!states) return;
    const file = await window.showSaveDialog({
      title,
      defaultUri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir()), 'authorizations.csv'),
      filters: { CSV: ['csv'], JSON: ['json'] },
    });
    if (!file) return;
    const nameOf = (id: number): string => deviceNameOf(account.id, id, context);
    const kind = file.path.endsWith('.json') ? 'json' : 'csv';
    const made = await stoppable(l10n.t('Exporting authorizations…'), (_progress, signal) =>
      exportOf(states, kind, nameOf, context.glance(), signal),
    );
    if (!made) return;
    await workspace.fs.writeFile(file, made.bytes);
    context.report.inform(l10n.t('{0} authorizations were exported, without their codes.', made.count), [
      { title: l10n.t('Open'), run: () => window.showTextDocument(file) },
    ]);
  });
}

async function read(
  accountId: string,
  smartlockId: number | undefined,
  context: AuthorizationContext,
): Promise<readonly DeviceState[] | undefined> {
  const { store } = context;
  if (smartlockId !== undefined) await store.readAuthorizationsWithCodes(accountId, smartlockId, 'action');
  else if (!(await readAccount(accountId, context))) return undefined;
  return (store.account(accountId)?.devices ?? []).filter(
    ({ device }) => smartlockId === undefined || device.smartlockId === smartlockId,
  );
}
