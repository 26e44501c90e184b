import { CodeLens, DocumentLink, l10n, Range, Uri, workspace, type Command } from 'vscode';
import { accessFileName } from '../access/file/accessFile.ts';
import { parseAccessFile } from '../access/file/parseAccessFile.ts';
import { comparisonOf } from '../commands/access/showPlan.ts';
import { commandIds } from '../commands/ids.ts';
import type { Services } from '../commands/services.ts';

type PlanServices = Pick<Services, 'planDocuments'>;

/** The text of a plan, or that it is no more: plans are kept by the window that made them. */
export function planText(uri: Uri, { planDocuments }: PlanServices): string {
  return planDocuments.get(uri)?.text ?? `${l10n.t('This plan ended when the window was reloaded. Plan again.')}\n`;
}

/** What can be done about a plan, at its top, and about each of its lines. */
export function planLenses(uri: Uri, { planDocuments }: PlanServices): CodeLens[] {
  // The file as the locks have it is a side of a comparison.
  if (accessFileName.test(uri.path)) return [];
  const document = planDocuments.get(uri);
  const lens = (line: number, command: Command): CodeLens => new CodeLens(new Range(line, 0, line, 0), command);
  const ofPlan = (title: string, command: string): CodeLens => lens(0, { title, command, arguments: [uri] });
  const again = ofPlan(l10n.t('Plan Again'), commandIds.planAccess);
  if (!document) return [again];
  const hasSteps = (planDocuments.planOf(Uri.parse(uri.query))?.plan.steps ?? []).length > 0;
  return [
    ...(hasSteps ? [ofPlan(l10n.t('Apply…'), commandIds.applyAccessPlan)] : []),
    again,
    lens(0, { ...comparisonOf(Uri.parse(uri.query)), title: l10n.t('Compare') }),
    ...document.actions.map(({ line, title, command, argument }) =>
      lens(line, { title, command, arguments: [argument] }),
    ),
  ];
}

/** A link whose place in the file is looked up when the user follows it. */
class EntryLink extends DocumentLink {
  readonly file: Uri;
  readonly entry: string;

  constructor(range: Range, file: Uri, entry: string) {
    super(range);
    this.file = file;
    this.entry = entry;
    this.tooltip = l10n.t('Show the entry');
  }
}

/** The links of a plan to the entries of its access file. */
export function planLinks(uri: Uri, { planDocuments }: PlanServices): DocumentLink[] {
  const file = Uri.parse(uri.query);
  return (planDocuments.get(uri)?.links ?? []).map(
    ({ line, from, until, entry }) => new EntryLink(new Range(line, from, line, until), file, entry),
  );
}

/** The link with the place where its entry stands now, or where it is gone, with the file. */
export async function resolved(link: DocumentLink): Promise<DocumentLink> {
  if (!(link instanceof EntryLink)) return link;
  const document = await workspace.openTextDocument(link.file);
  const parsed = parseAccessFile(document.getText());
  const entry = parsed.file.entries.find(({ key }) => key === link.entry);
  const span = entry && parsed.placeOf(['access', entry.index, 'key'], 'key');
  const at = span && document.positionAt(span.from);
  link.target = at ? link.file.with({ fragment: `L${at.line + 1},${at.character + 1}` }) : link.file;
  return link;
}
