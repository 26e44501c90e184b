import { l10n, Uri } from 'vscode';
import { putBack as recordPutBack, takenIntoFile, type Drifted } from '../../access/plan/fileChanges.ts';
import { safeText } from '../../base/safeText.ts';
import { authorizationParts, entryAtDoors, unsayableText } from '../../views/text/accessText.ts';
import { confirmInModal } from '../modal.ts';
import type { CommandServices } from '../services.ts';
import { lineSubjectOf } from './lineSubject.ts';
import { nameOfFile, openAccessFile, refuse } from './openAccessFile.ts';
import { makePlan, type MadePlan } from './planning.ts';
import { changedText, saveAndPlanAnew } from './saveChange.ts';
import { contextOf } from './showPlan.ts';

/** Writes into the file, and its record, what was changed elsewhere, as the lock has it. */
export async function takeIntoFile(hint: unknown, services: CommandServices): Promise<void> {
  const found = await drifted(hint, services);
  if (!found) return;
  const { made, finding } = found;
  const { now } = services.renderContext();
  const { file } = made.parsed;
  const change = takenIntoFile(finding, { file, record: made.plan.record, account: made.account, now });
  if (typeof change === 'string') {
    const why = unsayableText(change, services.renderContext());
    return refuse(l10n.t("An access file can't say this: {0}. Nothing was written.", why), services);
  }
  const text = changedText(made.text, change, made, services);
  if (text === undefined) return;
  const question = l10n.t('Take this change into {0}?', nameOfFile(made.document.uri));
  const detail = beforeAndAfter(finding, found, services);
  if (!(await confirmInModal({ question, detail, yes: l10n.t('Take into File') }, services.clock))) return;
  await saveAndPlanAnew(made, { text, record: change.record }, services);
}

/** Has the record say of what was changed elsewhere that it is known: the next plan changes it back, with its own question. */
export async function putBack(hint: unknown, services: CommandServices): Promise<void> {
  const found = await drifted(hint, services);
  if (!found) return;
  const { made, finding } = found;
  const question = l10n.t('Have the next plan put this back to what {0} says?', nameOfFile(made.document.uri));
  const detail = `${beforeAndAfter(finding, found, services)}\n\n${l10n.t('Nothing is sent now. "Apply Access Plan…" sends it, and asks first.')}`;
  if (!(await confirmInModal({ question, detail, yes: l10n.t('Put Back') }, services.clock))) return;
  const record = recordPutBack(finding, made.plan.record);
  await saveAndPlanAnew(made, { text: made.text, record }, services);
}

interface Found {
  readonly made: MadePlan;
  readonly finding: Drifted;
}

/** The finding of a line, in a plan that is made anew. @returns `undefined` where there is none, which the user is told */
async function drifted(hint: unknown, services: CommandServices): Promise<Found | undefined> {
  const subject = lineSubjectOf(hint);
  const opened = subject && (await openAccessFile(Uri.parse(subject.file), services));
  const made = opened && (await makePlan(opened.document, opened.accountId, services));
  if (!made) return undefined;
  const finding = made.plan.findings.find(
    (each) =>
      each.kind === 'drifted' && each.owned.id === subject?.id && each.owned.smartlockId === subject.smartlockId,
  );
  if (finding?.kind === 'drifted') return { made, finding };
  return refuse(l10n.t('This is no longer listed as changed elsewhere. Nothing was written.'), services);
}

/** What the file says and what the lock has. */
function beforeAndAfter({ owned, wanted, now }: Drifted, { made }: Found, services: CommandServices): string {
  const text = contextOf(made, services);
  const inFile = wanted
    ? [safeText(wanted.entry.name), entryAtDoors(wanted.entry, made.parsed.file.doors, text)].join(' · ')
    : l10n.t('no longer in this file');
  const { smartlockId } = owned;
  const parts = now && authorizationParts({ smartlockId, authorization: now }, text);
  const onLock = parts ? [parts.name, parts.when, parts.where].join(' · ') : l10n.t('gone');
  return [l10n.t('In the file: {0}', inFile), l10n.t('On the device: {0}', onLock)].join('\n\n');
}
