import { window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { ignoreAccidentalYes } from '../model/actions/confirmGuard.ts';

interface ModalQuestion {
  readonly question: string;
  readonly detail: string;
  /** The one button beside Cancel: what a yes does. */
  readonly yes: string;
}

/** Asks in a modal dialog, which other extensions cannot answer; asks again after a yes that came faster than anyone reads. */
export async function confirmInModal(question: ModalQuestion, clock: Pick<Clock, 'now'>): Promise<boolean> {
  return await ignoreAccidentalYes(show, clock)(question);
}

async function show({ question, detail, yes }: ModalQuestion): Promise<boolean> {
  return (await window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}
