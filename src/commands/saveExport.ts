import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import type { ExportFormat } from '../views/text/export/exportFile.ts';
import { isoDate } from '../views/text/timeText.ts';
import type { Services } from './services.ts';

/** Asks where an export is to be saved. @param name such as `nuki-activity`, to which the date is added */
export async function pickExportFile(
  title: string,
  name: string,
  now: number,
): Promise<{ readonly file: Uri; readonly format: ExportFormat } | undefined> {
  const file = await window.showSaveDialog({
    title,
    defaultUri: inHomeFolder(`${name}-${isoDate(now)}.csv`),
    filters: { CSV: ['csv'], JSON: ['json'] },
  });
  return file && { file, format: file.path.endsWith('.json') ? 'json' : 'csv' };
}

/** Writes an export, and says what is in it. */
export async function saveExport(
  file: Uri,
  content: Uint8Array,
  text: string,
  { report }: Pick<Services, 'report'>,
): Promise<void> {
  // VS Code writes a file only as a whole, from memory: https://github.com/microsoft/vscode/issues/84515
  await workspace.fs.writeFile(file, content);
  report.inform(text, [{ title: l10n.t('Open'), run: () => window.showTextDocument(file) }]);
}

/** A file that is not in the opened folder, which is mostly a Git repository: who may enter and who did is nothing to commit. */
export function inHomeFolder(name: string): Uri {
  return Uri.joinPath(Uri.file(homedir()), name);
}
