import { l10n } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { exportOf, type ExportedDevice } from '../../views/text/export/authorizationExport.ts';
import { withSubject } from '../commandError.ts';
import { deviceNameOf } from '../pick.ts';
import { pickScope, readAuthorizations, stateOf } from './readAuthorizations.ts';
import { pickExportFile, saveExport } from '../saveExport.ts';
import type { Services } from '../services.ts';

/** Writes the authorizations of a device or a whole account to a file, as CSV or JSON, without codes. */
export async function exportAuthorizations(hint: unknown, services: Services): Promise<void> {
  const title = l10n.t('Export Authorizations');
  const scope = await pickScope(hint, services, title);
  if (!scope) return;
  await withSubject({ accountId: scope.account.id, smartlockId: scope.smartlockId }, async () => {
    const target = await pickExportFile(title, 'nuki-authorizations', services.clock.now());
    if (!target) return;
    const deviceOf = (authorization: Authorization): ExportedDevice | undefined => {
      const state = stateOf(authorization, scope, services.store);
      return state && { ...state, name: deviceNameOf(refOf(state), services) };
    };
    const all = await readAuthorizations(l10n.t('Exporting authorizations…'), scope, services.store);
    if (!all) return;
    const { count, content } = await exportOf(target.format, all, deviceOf, services.renderContext());
    await saveExport(target.file, content, exportedText(count), services);
  });
}

function exportedText(count: number): string {
  return count === 1
    ? l10n.t('Exported {0} authorization, without its code.', count)
    : l10n.t('Exported {0} authorizations, without their codes.', count);
}
