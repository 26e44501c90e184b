import { l10n, window } from 'vscode';
import { doorOf, type Plan, type Step } from '../../access/plan/accessPlan.ts';
import type { Clock } from '../../base/clock.ts';
import type { PlanContext } from '../../views/text/accessPlanText.ts';
import { groupOfStep, stepGroupNames, stepName, stepText, type StepGroup } from '../../views/text/accessStepText.ts';
import { listOf } from '../listOf.ts';
import { chooseInModal } from '../modal.ts';

/** More removals than that need their number typed. */
const mostWithoutNumber = 10;

interface Question {
  readonly asks: (step: Step) => boolean;
  readonly question: (counts: string) => string;
  readonly yes: string;
}

/** What gives access, what takes it and what only renames are asked about apart; what does two of these needs both. */
function questions(): readonly Question[] {
  return [
    {
      asks: (step) => step.kind === 'add' || (step.kind === 'change' && step.gains.length > 0),
      question: (counts) => l10n.t('Give more access ({0})?', counts),
      yes: l10n.t('Give Access'),
    },
    {
      asks: (step) => step.kind === 'remove' || (step.kind === 'change' && step.losses.length > 0),
      question: (counts) => l10n.t('Reduce access ({0})?', counts),
      yes: l10n.t('Reduce Access'),
    },
    {
      asks: (step) => groupOfStep(step) === 'renamed',
      question: (counts) => l10n.t('Rename authorizations ({0})?', counts),
      yes: l10n.t('Rename'),
    },
  ];
}

/** Asks what of a plan is to be done. @returns the steps, none where all are left out; `undefined` where the user cancels */
export async function askAboutSteps(
  { steps, record }: Plan,
  text: PlanContext,
  clock: Pick<Clock, 'now'>,
): Promise<ReadonlySet<Step> | undefined> {
  const chosen = new Set(steps);
  for (const { asks, question, yes } of questions()) {
    const asked = steps.filter((step) => chosen.has(step) && asks(step));
    if (asked.length === 0) continue;
    const leaveOut = l10n.t('Leave Out');
    const lineOf = (step: Step): string =>
      [text.deviceName(doorOf(step)), stepName(step, text), stepText(step, text)].join(' · ');
    const detail = [`${text.account} · ${text.fileName}`, listOf(asked, lineOf)].join('\n\n');
    const choice = await chooseInModal(
      { question: question(countsOf(asked)), detail, choices: [yes, leaveOut] },
      clock,
    );
    if (choice === undefined) return undefined;
    if (choice === leaveOut) for (const step of asked) chosen.delete(step);
  }
  const removals = [...chosen].filter(({ kind }) => kind === 'remove').length;
  const owned = record.filter(({ id }) => id !== undefined).length;
  const isMuch = removals > mostWithoutNumber || removals * 2 > owned;
  return removals > 0 && isMuch && !(await typeNumber(removals, owned)) ? undefined : chosen;
}

/** `Added: 3 · Widened: 1`. */
function countsOf(steps: readonly Step[]): string {
  const counts = Map.groupBy(steps, groupOfStep);
  const text = (group: StepGroup, count: number): string => `${l10n.t(stepGroupNames[group])}: ${count}`;
  return [...counts].map(([group, all]) => text(group, all.length)).join(' · ');
}

async function typeNumber(removals: number, owned: number): Promise<boolean> {
  const isNumber = (typed: string): boolean => typed.trim() === String(removals);
  const typed = await window.showInputBox({
    title: l10n.t('Remove authorizations'),
    prompt: l10n.t('This file owns {0} authorizations. Type how many are removed: {1}', owned, removals),
    ignoreFocusOut: true,
    validateInput: (value) => (isNumber(value) ? undefined : l10n.t('Type {0}, or press Escape to cancel.', removals)),
  });
  return typed !== undefined && isNumber(typed);
}
