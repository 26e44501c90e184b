import type { CommandServices } from '../services.ts';
import { hasErrors } from '../../access/file/fileProblem.ts';
import { parseAccessFile } from '../../access/file/parseAccessFile.ts';
import { openDocument } from './openAccessFile.ts';
import { accountOfFile } from './accountOfFile.ts';
import { makePlan, showProblems } from './planning.ts';
import { keepPlan, showPlan } from './showPlan.ts';

/**
 * Reads the account of an access file and shows what its locks lack of it. Changes nothing. The file is planned as it stands in the editor,
 * saved or not: applying saves it first.
 */
export async function planAccess(hint: unknown, services: CommandServices): Promise<void> {
  const document = await openDocument(hint, services);
  if (!document) return;
  const { file, problems } = parseAccessFile(document.getText());
  if (hasErrors(problems)) return await showProblems(document, services);
  const accountId = await accountOfFile(file.doors, services);
  const made = accountId === undefined ? undefined : await makePlan(document, accountId, services);
  if (!made) return;
  await keepPlan(made, services);
  await showPlan(made, services);
}
