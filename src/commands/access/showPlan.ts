import { l10n, Uri, ViewColumn, window } from 'vscode';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { accessPlanText, type PlanContext, type PlanOffer } from '../../views/text/accessPlanText.ts';
import { commandIds } from '../ids.ts';
import { accountNameOf, deviceNameOf } from '../pick.ts';
import type { Services } from '../services.ts';
import type { LineSubject } from './lineSubject.ts';
import { shortNameOf } from './openAccessFile.ts';
import { planScheme, type PlanAction } from './planDocuments.ts';
import type { MadePlan } from './planning.ts';

type ShowingServices = Pick<Services, 'planDocuments' | 'renderContext' | 'store'>;

/** Keeps a plan as that of its file, and renews its documents where they are open. */
export function keepPlan(made: MadePlan, services: ShowingServices): void {
  const { document, plan, text, recordText } = made;
  const { planDocuments } = services;
  const file = document.uri;
  const { offers, ...page } = accessPlanText(plan, contextOf(made, services));
  planDocuments.keepPlan({ file, plan, text, recordText });
  planDocuments.set(planUri(file), { ...page, actions: offers.flatMap((offer) => actionsFor(offer, file)) });
}

/** Shows the plan of a file. */
export async function showPlan({ document }: MadePlan): Promise<void> {
  const plan = planUri(document.uri);
  const isOpen = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === plan.toString());
  await window.showTextDocument(plan, { preview: false, viewColumn: isOpen?.viewColumn ?? ViewColumn.Active });
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

/** Its path ends as that of Markdown does, by which VS Code knows the language. */
function planUri(file: Uri): Uri {
  const path = `/${l10n.t('Plan for {0}', shortNameOf(file))}.md`;
  return Uri.from({ scheme: planScheme, path, query: file.toString() });
}

function actionsFor({ line, kind, smartlockId, id }: PlanOffer, file: Uri): readonly PlanAction[] {
  const argument: LineSubject = { file: file.toString(), smartlockId, id };
  if (kind === 'foreign') return [{ line, title: l10n.t('Adopt…'), command: commandIds.adopt, argument }];
  return [
    { line, title: l10n.t('Take into File…'), command: commandIds.takeIntoFile, argument },
    { line, title: l10n.t('Put Back…'), command: commandIds.putBack, argument },
  ];
}
