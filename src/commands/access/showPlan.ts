import { commands, l10n, languages, Uri, ViewColumn, window, workspace, type TextDocument } from 'vscode';
import { fileAsOnLocks } from '../../access/plan/fileAsOnLocks.ts';
import { yieldToEventLoop } from '../../base/eventLoop.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { accessPlanText, type PlanContext, type PlanOffer } from '../../views/text/accessPlanText.ts';
import { commandIds } from '../ids.ts';
import { accountNameOf, deviceNameOf } from '../pick.ts';
import type { Services } from '../services.ts';
import type { LineSubject } from './lineSubject.ts';
import { nameOfFile, shortNameOf } from './openAccessFile.ts';
import { planScheme, type PlanAction } from './planDocuments.ts';
import type { MadePlan } from './planning.ts';

/** As package.json declares it. */
const planLanguage = 'nuki-plan';

type ShowingServices = Pick<Services, 'planDocuments' | 'renderContext' | 'store'>;

/** Keeps a plan as that of its file, and renews its documents where they are open. */
export async function keepPlan(made: MadePlan, services: ShowingServices): Promise<void> {
  const { document, plan, text, parsed, account, recordText } = made;
  const { planDocuments } = services;
  const file = document.uri;
  const { offers, ...page } = accessPlanText(plan, contextOf(made, services));
  planDocuments.keepPlan({ file, plan, text, recordText });
  planDocuments.set(planUri(file), { ...page, actions: offers.flatMap((offer) => actionsFor(offer, file)) });
  await yieldToEventLoop();
  planDocuments.set(locksUri(file), { text: fileAsOnLocks(text, parsed, plan, account), links: [], actions: [] });
}

/** Shows the plan of a file, and beside it, unless it was open already, what differs between the locks and the file. */
export async function showPlan(
  { document, text }: MadePlan,
  { planDocuments }: Pick<Services, 'planDocuments'>,
): Promise<void> {
  const file = document.uri;
  const [plan, onLocks] = [planUri(file), locksUri(file)];
  const open = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === plan.toString());
  const viewColumn = open?.viewColumn ?? ViewColumn.Active;
  if (!open && planDocuments.get(onLocks)?.text !== text) {
    const beside = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const comparison = comparisonOf(file);
    await commands.executeCommand(comparison.command, ...comparison.arguments, beside);
  }
  await window.showTextDocument(await openPlan(plan), { preview: false, viewColumn });
}

/** VS Code's command that compares a file as the locks have it with the file. */
export function comparisonOf(file: Uri): { readonly command: string; readonly arguments: [Uri, Uri, string] } {
  const title = l10n.t('{0}: on the devices ↔ in the file', nameOfFile(file));
  return { command: 'vscode.diff', arguments: [locksUri(file), file, title] };
}

/** What the words of a plan need. */
export function contextOf({ document, plan, parsed }: MadePlan, services: ShowingServices): PlanContext {
  const { store, renderContext } = services;
  const { accountId } = plan;
  return {
    context: renderContext(),
    account: accountNameOf(accountId, services),
    fileName: shortNameOf(document.uri),
    doors: parsed.file.doors.map(({ smartlockId }) => smartlockId),
    isUnsaved: document.isDirty,
    deviceName: (smartlockId) => deviceNameOf({ accountId, smartlockId }, services),
    zone: (smartlockId) => timeZoneName(store.device({ accountId, smartlockId })?.device.config?.timezoneId),
  };
}

/** In the language of plans: names in them are anyone's, and none is taken for a mark, as Markdown would. */
async function openPlan(uri: Uri): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uri);
  return document.languageId === planLanguage
    ? document
    : await languages.setTextDocumentLanguage(document, planLanguage);
}

function planUri(file: Uri): Uri {
  const path = `/${l10n.t('Plan for {0}', shortNameOf(file))}`;
  return Uri.from({ scheme: planScheme, path, query: file.toString() });
}

/** The same name as that of the file, by which VS Code knows the language. */
function locksUri(file: Uri): Uri {
  return Uri.from({ scheme: planScheme, path: `/${nameOfFile(file)}`, query: file.toString() });
}

function actionsFor({ line, ...offer }: PlanOffer, file: Uri): readonly PlanAction[] {
  const adopt = { line, title: l10n.t('Adopt…'), command: commandIds.adopt };
  if (offer.kind === 'allForeign') return [{ ...adopt, argument: file }];
  const { smartlockId, id } = offer;
  const argument: LineSubject = { file: file.toString(), smartlockId, id };
  if (offer.kind === 'foreign') return [{ ...adopt, argument }];
  return [
    { line, title: l10n.t('Take into File…'), command: commandIds.takeIntoFile, argument },
    { line, title: l10n.t('Put Back…'), command: commandIds.putBack, argument },
  ];
}
