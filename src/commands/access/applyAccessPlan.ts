import { commands, l10n, workspace, type TextDocument } from 'vscode';
import { ApplicationTurn } from '../../access/apply/applicationTurn.ts';
import type { StepOutcome } from '../../access/apply/applyPlan.ts';
import { PlanApplication } from '../../access/apply/planApplication.ts';
import { doorOf, type Step } from '../../access/plan/accessPlan.ts';
import { isSamePlan } from '../../access/plan/isSamePlan.ts';
import { recordText } from '../../access/record/recordText.ts';
import { randomInt } from '../../base/randomInt.ts';
import { forNotification } from '../../base/safeText.ts';
import { ignoreNukiError } from '../../nuki/http/errors.ts';
import { accessOutcomeText } from '../../views/text/accessOutcomeText.ts';
import { stepName } from '../../views/text/accessStepText.ts';
import { commandIds } from '../ids.ts';
import { stoppable } from '../progress.ts';
import type { CommandServices } from '../services.ts';
import { showDocument } from '../showDocument.ts';
import { nameOfFile, openDocument, refuse } from './openAccessFile.ts';
import { planAccess } from './planAccess.ts';
import { hasUnsavedRecord, makePlan, type MadePlan } from './planning.ts';
import { askAboutSteps } from './planQuestions.ts';
import { isThere, recordFileOf } from './recordFile.ts';
import { contextOf, keepPlan, showPlan } from './showPlan.ts';

/** For how many milliseconds what was read of an account may be answered for. */
const longestAge = 10 * 60_000;

/**
 * Does what a plan says, after a question each for what gives and for what takes access. The plan is made anew right before the questions,
 * and again where one of them was open for long; what differs from the plan that was shown is shown first and not asked about.
 */
export async function applyAccessPlan(hint: unknown, services: CommandServices): Promise<void> {
  const { planDocuments, report } = services;
  const opened = await openDocument(hint, services);
  if (!opened) return;
  const first = planDocuments.planOf(opened.uri);
  if (!first) return await planFirst(opened, services);
  for (;;) {
    // VS Code closes what no editor shows: what was opened then stays as it was.
    const document = await openDocument(opened.uri, services);
    if (!document || !(await saveFile(document, services))) return;
    const shown = planDocuments.planOf(document.uri) ?? first;
    const made = await makePlan(document, shown.plan.accountId, services);
    if (!made) return;
    await keepPlan(made, services);
    await showPlan(made, services);
    const { plan } = made;
    if (plan.steps.length === 0) {
      if (isRecordBehind(made))
        await inTurn(made, services, (application) => application.run(new Set(), { signal: never }));
      return report.inform(l10n.t('Nothing to apply.'));
    }
    if (!isSamePlan(shown.plan, plan)) return offerToApply(true, document, services);
    const chosen = await askAboutSteps(plan, contextOf(made, services), services.clock);
    if (!chosen) return;
    if (chosen.size === 0) return report.inform(l10n.t('Everything was left out. Nothing was sent.'));
    if (await isAsPlanned(made, services)) return await apply(made, chosen, services);
    report.inform(l10n.t('Planning again: the plan is older than 10 minutes, or a file has changed.'));
  }
}

/** What was never shown is shown first. */
async function planFirst(document: TextDocument, services: CommandServices): Promise<void> {
  await planAccess(document.uri, services);
  const shown = services.planDocuments.planOf(document.uri);
  if (shown && shown.plan.steps.length > 0) offerToApply(false, document, services);
}

/** What is applied is what the file on the disk says: the record beside it is of that. @returns whether it is so */
async function saveFile(document: TextDocument, services: CommandServices): Promise<boolean> {
  const { uri } = document;
  const isSaved = !document.isDirty || (await document.save());
  if (!isSaved) refuse(l10n.t("{0} couldn't be saved. Nothing was sent.", nameOfFile(uri)), services);
  else if (!(await isThere(uri))) refuse(l10n.t('{0} is gone. Nothing was sent.', nameOfFile(uri)), services);
  else return true;
  return false;
}

/** Leaves it to the user to read the plan before it is asked about. */
function offerToApply(isChanged: boolean, { uri }: TextDocument, { report }: CommandServices): void {
  const sentence = isChanged
    ? l10n.t('The plan has changed since it was shown. Check it before you apply it.')
    : l10n.t('Check the plan before you apply it.');
  const button = {
    title: l10n.t('Apply…'),
    run: () => commands.executeCommand(commandIds.applyAccessPlan, uri),
  };
  report.inform(sentence, [button]);
}

/** Whether nothing has changed since a plan was made, as far as this computer knows, and it is not too old. */
async function isAsPlanned(made: MadePlan, { clock }: CommandServices): Promise<boolean> {
  const { text, madeAt } = made;
  const { uri } = made.document;
  const isYoung = Math.abs(clock.now() - madeAt) <= longestAge;
  if (!isYoung || hasUnsavedRecord(uri) || !(await isThere(uri))) return false;
  try {
    const document = await workspace.openTextDocument(uri);
    const isSame = !document.isDirty && document.getText() === text;
    return isSame && (await recordFileOf(uri).read()) === made.recordText;
  } catch {
    return false;
  }
}

const never = new AbortController().signal;

/** Whether the lists show more of what was asked for than the record says, which is known only as long as nothing changes. */
function isRecordBehind({ plan: { record: owned }, recordText: text }: MadePlan): boolean {
  return text === undefined ? owned.length > 0 : text !== recordText({ owned });
}

/** Lets one window at a time apply a plan to an account. */
async function inTurn(
  made: MadePlan,
  services: CommandServices,
  run: (application: PlanApplication) => Promise<void>,
): Promise<void> {
  const { document, plan } = made;
  const { clock, records, serverClock, store, writer } = services;
  const turn = ApplicationTurn.take(records, plan.accountId, clock.now());
  const { account } = contextOf(made, services);
  if (!turn) {
    const sentence = l10n.t(
      'Another window is applying a plan to {0}, or was closed while doing so. Nothing was sent. Try again in half a minute.',
      account,
    );
    return refuse(sentence, services);
  }
  const application = new PlanApplication(plan, {
    store,
    writer,
    record: recordFileOf(document.uri),
    recordText: made.recordText,
    clock,
    now: () => serverClock.now(),
    randomInt,
    hasTurn: () => turn.keep(clock.now()),
  });
  const ended = new AbortController();
  const kept = turn.keepUntil(ended.signal, clock).catch(() => undefined); // the next step finds out and is not begun
  try {
    await run(application);
  } finally {
    ended.abort();
    await kept;
    turn.giveBack();
  }
}

async function apply(made: MadePlan, chosen: ReadonlySet<Step>, services: CommandServices): Promise<void> {
  const { document, plan } = made;
  await inTurn(made, services, async (application) => {
    const title = l10n.t('Applying the plan for {0}…', contextOf(made, services).fileName);
    let wasStopped = false;
    try {
      await stoppable(forNotification(title), async (progress, signal) => {
        const onChange = (): void =>
          progress.report({ message: progressText(application.outcomes, chosen, made, services) });
        onChange();
        await application.run(chosen, { signal, onChange });
        wasStopped = signal.aborted;
      });
    } finally {
      const { outcomes } = application;
      await showDocument(accessOutcomeText({ outcomes, wasStopped }, contextOf(made, services)));
    }
  });
  if ([...chosen].some(createsPerson)) await services.store.readPeople(plan.accountId).catch(ignoreNukiError);
  const again = await makePlan(document, plan.accountId, services, { isRead: true });
  if (again) await keepPlan(again, services);
}

/** Whether the known account users may lack that of a step once it was begun. */
function createsPerson(step: Step): boolean {
  return step.kind === 'add' && step.wanted.entry.by !== 'code' && step.wanted.accountUserId === undefined;
}

/** `Step 3 of 12 · Front Door · Guest Weber · keypad code`. */
function progressText(
  outcomes: readonly StepOutcome[],
  chosen: ReadonlySet<Step>,
  made: MadePlan,
  services: CommandServices,
): string {
  const own = outcomes.filter(({ step }) => chosen.has(step));
  const underWay = own.find(({ state }) => state.kind === 'underWay');
  const ended = own.filter(({ state }) => state.kind !== 'underWay' && !(state.kind === 'notBegun' && !state.why));
  const text = contextOf(made, services);
  const place = l10n.t('Step {0} of {1}', Math.min(ended.length + 1, own.length), own.length);
  const what = underWay ? [text.deviceName(doorOf(underWay.step)), stepName(underWay.step, text)] : [];
  return forNotification([place, ...what].join(' · '));
}
