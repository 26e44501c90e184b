import { l10n, Uri, window, type QuickPickItem } from 'vscode';
import type { Finding } from '../../access/plan/accessPlan.ts';
import { adopted, type FileChange } from '../../access/plan/fileChanges.ts';
import { parseAccessFile } from '../../access/file/parseAccessFile.ts';
import { forIcons } from '../../base/safeText.ts';
import { authorizationInWords, authorizationParts, entryAtDoors, unsayableText } from '../../views/text/accessText.ts';
import { chooseInModal } from '../modal.ts';
import type { CommandServices } from '../services.ts';
import { lineSubjectOf, type LineSubject } from './lineSubject.ts';
import { nameOfFile, openAccessFile, refuse } from './openAccessFile.ts';
import { makePlan, type MadePlan } from './planning.ts';
import { changedText, saveAndPlanAnew } from './saveChange.ts';
import { contextOf } from './showPlan.ts';

type Foreign = Extract<Finding, { readonly kind: 'foreign' }>;

/**
 * Takes authorizations that are not from a file into it and its record, after a question about each. Nothing is sent: a plan says what the
 * file wants otherwise.
 */
export async function adopt(hint: unknown, services: CommandServices): Promise<void> {
  const subject = lineSubjectOf(hint);
  const opened = await openAccessFile(subject ? Uri.parse(subject.file) : hint, services);
  const made = opened && (await makePlan(opened.document, opened.accountId, services));
  if (!made) return;
  const chosen = await choose(made, subject, services);
  const agreed = chosen && (await agree(chosen, made, services));
  if (agreed) await saveAndPlanAnew(made, agreed, services);
}

/** @returns `undefined` where the user cancels, or there is none, which the user is told */
async function choose(
  made: MadePlan,
  subject: LineSubject | undefined,
  services: CommandServices,
): Promise<readonly Foreign[] | undefined> {
  const all = made.plan.findings.filter((finding) => finding.kind === 'foreign');
  const isSubject = ({ smartlockId, authorization }: Foreign): boolean =>
    smartlockId === subject?.smartlockId && authorization.id === subject.id;
  const offered = subject ? all.filter(isSubject) : all;
  if (offered.length === 0) return refuse(l10n.t('No matching authorizations.'), services);
  if (subject) return offered;
  const text = contextOf(made, services);
  const choices = offered.map((finding): QuickPickItem & { readonly finding: Foreign } => {
    const { name, where, when } = authorizationParts(finding, text);
    return { label: forIcons(name), description: forIcons(where), detail: forIcons(when), finding };
  });
  const picked = await window.showQuickPick(choices, {
    title: l10n.t('Adopt into {0}', nameOfFile(made.document.uri)),
    placeHolder: l10n.t('Authorizations that are not from this file'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked && picked.length > 0 ? picked.map(({ finding }) => finding) : undefined;
}

/** Asks about one after the other. @returns the file with those that the user wants, `undefined` where there are none or the user cancels */
async function agree(
  chosen: readonly Foreign[],
  made: MadePlan,
  services: CommandServices,
): Promise<{ readonly text: string; readonly record: FileChange['record'] } | undefined> {
  const { account, plan } = made;
  const { now } = services.renderContext();
  let known = { text: made.text, record: plan.record };
  for (const finding of chosen) {
    const { file } = parseAccessFile(known.text);
    const change = adopted(finding.authorization, finding.smartlockId, { file, record: known.record, account, now });
    const line = authorizationInWords(finding, contextOf(made, services));
    if (change === undefined || typeof change === 'string') {
      const why = change === undefined ? '' : unsayableText(change, services.renderContext());
      refuse(l10n.t("{0} can't be in an access file: {1}.", line, why), services);
      continue;
    }
    const text = changedText(known.text, change, made, services);
    if (text === undefined) continue;
    const answer = await ask(line, change, made, services, chosen.length > 1);
    if (answer === 'cancel') return undefined;
    if (answer === 'yes') known = { text, record: change.record };
  }
  return known.record === plan.record ? undefined : known;
}

async function ask(
  line: string,
  { entry }: FileChange,
  made: MadePlan,
  services: CommandServices,
  isOneOfSeveral: boolean,
): Promise<'yes' | 'no' | 'cancel'> {
  const [yes, no] = [l10n.t('Adopt'), l10n.t('Leave Out')];
  const detail = [
    line,
    entry &&
      l10n.t('Entry {0}: {1}', entry.key, entryAtDoors(entry, made.parsed.file.doors, contextOf(made, services))),
    l10n.t('From then on, the file decides about it.'),
  ];
  const answer = await chooseInModal(
    {
      question: l10n.t('Adopt this authorization into {0}?', nameOfFile(made.document.uri)),
      detail: detail.filter(Boolean).join('\n\n'),
      choices: isOneOfSeveral ? [yes, no] : [yes],
    },
    services.clock,
  );
  return answer === yes ? 'yes' : answer === no ? 'no' : 'cancel';
}
