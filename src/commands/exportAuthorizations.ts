import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import { AuthorizationExport, type ExportedDevice } from '../views/text/authorizationExport.ts';
import { saying, type AuthorizationContext } from './authorizations.ts';
import { deviceNameOf } from './pick.ts';
import { pickScope, readAuthorizations, stateOf } from './readAuthorizations.ts';

/** Writes the authorizations of a device or a whole account to a file, as CSV or JSON, without codes. */
export async function exportAuthorizations(hint: unknown, context: AuthorizationContext): Promise<void> {
  const title = l10n.t('Export Authorizations');
  const scope = await pickScope(hint, context, title);
  if (!scope) return;
  await saying({ accountId: scope.account.id, smartlockId: scope.smartlockId }, context, async () => {
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
    const made = await copyTo(file, async (newDraft) => {
      const begin = () => new AuthorizationExport(kind, deviceOf, context.renderContext(), newDraft());
      const all = await readAuthorizations(l10n.t('Exporting authorizations…'), scope, context.store, begin);
      await all?.end();
      return all;
    });
    if (!made) return;
    context.report.inform(l10n.t('{0} authorizations were exported, without their codes.', made.count), [
      { title: l10n.t('Open'), run: () => window.showTextDocument(file) },
    ]);
  });
}

type Write = (text: string) => Promise<void>;

/**
 * Copies to `file` the last draft that `make` has begun, where anything came of it. A draft grows on the disk of this computer, where nobody
 * else may read it: VS Code takes a file only as a whole, and this one may be larger than what it is made of.
 */
async function copyTo<T>(file: Uri, make: (newDraft: () => Write) => Promise<T | undefined>): Promise<T | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'nuki-export-'));
  let drafts = 0;
  const draft = (): string => join(folder, String(drafts));
  try {
    const made = await make(() => {
      drafts += 1;
      const path = draft();
      return (text) => appendFile(path, text);
    });
    if (made) await workspace.fs.copy(Uri.file(draft()), file, { overwrite: true });
    return made;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
