import { commands, l10n, window, workspace, type TextDocument } from 'vscode';
import type { AccessFile } from '../../access/file/accessFile.ts';
import { hasErrors } from '../../access/file/fileProblem.ts';
import { parseAccessFile, type ParsedFile } from '../../access/file/parseAccessFile.ts';
import { problemsInAccount } from '../../access/file/problemsInAccount.ts';
import type { MisfitReason, Plan } from '../../access/plan/accessPlan.ts';
import { planAccess } from '../../access/plan/planAccess.ts';
import type { AccessRecord } from '../../access/record/accessRecord.ts';
import { readRecord } from '../../access/record/readRecord.ts';
import type { AccountState } from '../../model/snapshots.ts';
import type { AccessOptions } from '../../model/store.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { needsToken } from '../../views/text/errorText.ts';
import { placedProblem } from '../../views/text/accessProblemText.ts';
import { replaceTokenButton } from '../buttons.ts';
import { CommandError } from '../commandError.ts';
import { accountNameOf } from '../pick.ts';
import type { Services } from '../services.ts';
import { nameOfFile, refuse } from './openAccessFile.ts';
import { readAccount } from './readAccount.ts';
import { fileOwningSame, fileSharingRecord, recordFileOf, recordUri } from './recordFile.ts';

/** A plan, and what it was made of. */
export interface MadePlan {
  readonly document: TextDocument;
  readonly text: string;
  readonly parsed: ParsedFile;
  readonly plan: Plan;
  readonly account: AccountState;
  /** `undefined` where there is no record yet. */
  readonly recordText: string | undefined;
  /** Ms since 1970 by this computer's clock. */
  readonly madeAt: number;
}

type PlanningServices = Pick<
  Services,
  'accessProblems' | 'clock' | 'refreshAccount' | 'renderContext' | 'report' | 'serverClock' | 'store'
>;

/**
 * Plans a file as it stands in the editor, after its account was read anew. Changes nothing. `isRead`: where it was just read.
 * @returns `undefined` where there is no plan, which the user is told @throws {CommandError}
 */
export async function makePlan(
  document: TextDocument,
  accountId: string,
  services: PlanningServices,
  { isRead = false } = {},
): Promise<MadePlan | undefined> {
  const { store } = services;
  const read = async (options: AccessOptions): Promise<true> => {
    await store.readAccess(accountId, options);
    return true;
  };
  if (!isRead && !(await readAccount(accountId, services, read))) return undefined;
  const record = await readOwnRecord(document, services);
  if (!record) return undefined;
  // What was typed while the account was read is part of the plan.
  const text = document.getText();
  const parsed = parseAccessFile(text);
  const account = store.account(accountId);
  if (!account) throw new CommandError(new NukiError('accountRemoved'), { accountId });
  throwErrorsOf(account, parsed.file);
  const now = services.serverClock.now();
  const problems = problemsInAccount(parsed, account, now);
  const context = services.renderContext();
  services.accessProblems.set(
    document,
    problems.map((problem) => placedProblem(problem, context)),
  );
  if (hasErrors([...parsed.problems, ...problems])) return showProblems(document, services);
  const madeAt = services.clock.now();
  const plan = planAccess(parsed.file, record.record, account, { now, ownNow: madeAt });
  if (plan.kind === 'plan') return { document, text, parsed, plan, account, recordText: record.text, madeAt };
  return refuse(
    l10n.t(
      "{0} doesn't fit {1}: {2}. Nothing was planned.",
      nameOfFile(plan.owned ? recordUri(document.uri) : document.uri),
      accountNameOf(accountId, services),
      l10n.t(misfitWords[plan.why]),
    ),
    services,
  );
}

const misfitWords: Readonly<Record<MisfitReason, string>> = {
  noSuchDoor: 'it names a device that is not in this account',
  otherDoor: 'it names an authorization of another device',
  otherType: 'it names an authorization of another type',
  problems: 'an entry is not possible at one of its devices',
};

/** Shows a file that can't be planned, with a button for what is wrong with it. */
export async function showProblems(document: TextDocument, { report }: Pick<Services, 'report'>): Promise<undefined> {
  await window.showTextDocument(document, { preview: false });
  report.warn(l10n.t('{0} has errors, so nothing was planned.', nameOfFile(document.uri)), [
    { title: l10n.t('Show Problems'), run: () => commands.executeCommand('workbench.actions.view.problems') },
  ]);
  return undefined;
}

/** @throws {CommandError} where something that the file needs could not be read */
function throwErrorsOf({ id: accountId, allAuthorizationsError, peopleError }: AccountState, file: AccessFile): void {
  const needsPeople = file.entries.some(({ by }) => by !== 'code');
  const error = allAuthorizationsError ?? (needsPeople ? peopleError : undefined);
  if (!error) return;
  throw new CommandError(error, { accountId }, needsToken(error) ? [replaceTokenButton(accountId)] : []);
}

/** The record beside a file, empty where there is none. @returns `undefined` where it can't be used, which the user is told */
async function readOwnRecord(
  { uri }: TextDocument,
  services: PlanningServices,
): Promise<{ readonly text: string | undefined; readonly record: AccessRecord } | undefined> {
  const name = nameOfFile(recordUri(uri));
  if (hasUnsavedRecord(uri)) return refuse(l10n.t('Save or undo your changes to {0} first.', name), services);
  const unreadable = l10n.t(
    "{0} can't be understood, so it isn't known what belongs to the file. Restore an earlier version of it.",
    name,
  );
  try {
    const other = await fileSharingRecord(uri);
    if (other) return refuse(sharedRecord(nameOfFile(uri), nameOfFile(other)), services);
    const text = await recordFileOf(uri).read();
    const record = text === undefined ? { owned: [] } : readRecord(text);
    if (!record) return refuse(unreadable, services);
    const owner = await fileOwningSame(uri, record);
    return owner ? refuse(ownedTwice(nameOfFile(uri), nameOfFile(owner)), services) : { text, record };
  } catch {
    return refuse(l10n.t("{0} can't be read.", name), services);
  }
}

function sharedRecord(name: string, other: string): string {
  return l10n.t(
    "{0} and {1} have the same record. Delete the one that you don't use, or move it to another folder. Nothing was planned.",
    name,
    other,
  );
}

function ownedTwice(name: string, other: string): string {
  return l10n.t(
    '{0} and {1} own the same authorizations. Delete the one that is a copy, with its record. Nothing was planned.',
    name,
    other,
  );
}

/** Whether the record of a file is changed in an editor: what is written to it would not be what the user sees. */
export function hasUnsavedRecord(file: TextDocument['uri']): boolean {
  const record = recordUri(file).toString();
  return workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === record);
}
