import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { exportOf, type ExportedDevice } from '../../views/text/authorizationExport.ts';
import { isoDate } from '../../views/text/timeText.ts';
import { withSubject } from '../commandError.ts';
import { deviceNameOf } from '../pick.ts';
import { pickScope, readAuthorizations, stateOf } from './readAuthorizations.ts';
import type { Services } from '../services.ts';

/** Writes the authorizations of a device or a whole account to a file, as CSV or JSON, without codes. */
export async function exportAuthorizations(hint: unknown, services: Services): Promise<void> {
  const title = l10n.t('Export Authorizations');
  const scope = await pickScope(hint, services, title);
  if (!scope) return;
  await withSubject({ accountId: scope.account.id, smartlockId: scope.smartlockId }, async () => {
    const file = await window.showSaveDialog({
      title,
      defaultUri: inHomeFolder(`nuki-authorizations-${isoDate(services.clock.now())}.csv`),
      filters: { CSV: ['csv'], JSON: ['json'] },
    });
    if (!file) return;
    const deviceOf = (authorization: Authorization): ExportedDevice | undefined => {
      const state = stateOf(authorization, scope, services.store);
      return state && { ...state, name: deviceNameOf(refOf(state), services) };
    };
    const kind = file.path.endsWith('.json') ? 'json' : 'csv';
    const all = await readAuthorizations(l10n.t('Exporting authorizations…'), scope, services.store);
    if (!all) return;
    const { count, content } = await exportOf(kind, all, deviceOf, services.renderContext());
    // VS Code writes a file only as a whole, from memory: https://github.com/microsoft/vscode/issues/84515
    await workspace.fs.writeFile(file, content);
    services.report.inform(exportedText(count), [{ title: l10n.t('Open'), run: () => window.showTextDocument(file) }]);
  });
}

function exportedText(count: number): string {
  return count === 1
    ? l10n.t('Exported {0} authorization, without its code.', count)
    : l10n.t('Exported {0} authorizations, without their codes.', count);
}

/** A file that is not in the opened folder, which is mostly a Git repository: who may enter when is nothing to commit. */
export function inHomeFolder(name: string): Uri {
  return Uri.joinPath(Uri.file(homedir()), name);
}
