import { l10n, workspace } from 'vscode';
import { editAccessFile } from '../../access/file/editAccessFile.ts';
import { parseAccessFile } from '../../access/file/parseAccessFile.ts';
import { problemsInAccount } from '../../access/file/problemsInAccount.ts';
import type { FileChange } from '../../access/plan/fileChanges.ts';
import { recordText } from '../../access/record/recordText.ts';
import { problemSentence } from '../../views/text/accessProblemText.ts';
import type { CommandServices, Services } from '../services.ts';
import { nameOfFile, refuse } from './openAccessFile.ts';
import { makePlan, type MadePlan } from './planning.ts';
import { recordFileOf, recordUri } from './recordFile.ts';
import { replaceText } from './replaceText.ts';
import { keepPlan, showPlan } from './showPlan.ts';

type SavingServices = Pick<Services, 'renderContext' | 'report'>;

/** The text of a file once it is changed. @returns `undefined` where that would have errors, which the user is told */
export function changedText(
  text: string,
  { edits }: Pick<FileChange, 'edits'>,
  { account }: Pick<MadePlan, 'account'>,
  { renderContext, report }: SavingServices,
): string | undefined {
  const changed = edits.length === 0 ? text : editAccessFile(text, edits);
  const parsed = parseAccessFile(changed);
  const context = renderContext();
  const problems = [...parsed.problems, ...problemsInAccount(parsed, account, context.now)];
  const [first] = problems.filter(({ severity }) => severity === 'error');
  if (!first) return changed;
  const sentence = problemSentence(first, context);
  return refuse(l10n.t('This would cause an error in the file: {0} Nothing was written.', sentence), { report });
}

/**
 * Writes a file, and then its record, unless one of them has changed since the plan was made.
 * @returns whether both are written; otherwise the user is told why not
 */
async function saveChange(
  { document: { uri }, text, recordText: before }: MadePlan,
  changed: { readonly text: string; readonly record: FileChange['record'] },
  services: SavingServices,
): Promise<boolean> {
  const name = nameOfFile(uri);
  const record = recordFileOf(uri);
  // VS Code closes what no editor shows, and it may have changed since.
  const document = await workspace.openTextDocument(uri);
  const refused = (sentence: string): boolean => refuse(sentence, services) ?? false;
  if (document.getText() !== text || (await record.read()) !== before)
    return refused(l10n.t('{0} or its record was changed in the meantime. Nothing was written.', name));
  if (changed.text !== text && !(await replaceText(document, text, changed.text)))
    return refused(l10n.t("{0} can't be changed. Nothing was written.", name));
  if (document.isDirty && !(await document.save()))
    return refused(l10n.t("{0} can't be saved, so its record stays as it was.", name));
  try {
    await record.write(recordText({ owned: changed.record }));
    return true;
  } catch {
    const ofRecord = nameOfFile(recordUri(uri));
    return refused(l10n.t("{0} can't be written. {1} is saved; try again.", ofRecord, name));
  }
}

/** Writes a file and its record, and shows what there is to plan then. */
export async function saveAndPlanAnew(
  made: MadePlan,
  changed: { readonly text: string; readonly record: FileChange['record'] },
  services: CommandServices,
): Promise<void> {
  if (!(await saveChange(made, changed, services))) return;
  const again = await makePlan(made.document, made.account.id, services, { isRead: true });
  if (!again) return;
  await keepPlan(again, services);
  await showPlan(again, services);
}
