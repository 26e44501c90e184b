import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Authorization } from '../nuki/authorization.ts';
import { AuthorizationExport, type ExportedDevice } from '../views/authorizationExport.ts';
import { saying, type AuthorizationContext } from './authorizations.ts';
import { deviceNameOf } from './pick.ts';
import { pickScope, readAuthorizations, stateOf } from './readAuthorizations.ts';

/** Writes the authorizations of a device or a whole account to a file, as CSV or JSON, without codes. */
export async function exportAuthorizations(hint: unknown, context: AuthorizationContext): Promise<void> {
  const title = l10n.t('Export Authorizations');
  const scope = await pickScope(hint, context, title);
  if (!scope) return;
  await saying({ state: scope.anyDevice }, context, async () => {
    const file = await window.showSaveDialog({
      title,
      defaultUri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir()), 'authorizations.csv'),
      filters: { CSV: ['csv'], JSON: ['json'] },
    });
    if (!file) return;
    const deviceOf = (authorization: Authorization): ExportedDevice | undefined => {
      const state = stateOf(authorization, scope, context.store);
      return state && { ...state, name: deviceNameOf(state.accountId, state.device.smartlockId, context) };
    };
    const kind = file.path.endsWith('.json') ? 'json' : 'csv';
    const begin = () => new AuthorizationExport(kind, deviceOf, context.glance());
    const made = await readAuthorizations(l10n.t('Exporting authorizations…'), scope, context.store, begin);
    if (!made) return;
    await workspace.fs.writeFile(file, made.end());
    context.report.inform(l10n.t('{0} authorizations were exported, without their codes.', made.count), [
      { title: l10n.t('Open'), run: () => window.showTextDocument(file) },
    ]);
  });
}
