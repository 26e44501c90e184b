import { window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { ignoreAccidentalYes } from '../model/actions/confirmGuard.ts';

interface ModalText {
  readonly question: string;
  readonly detail: string;
}

interface ModalQuestion extends ModalText {
  /** The one button beside Cancel: what a yes does. */
  readonly yes: string;
}

/** Asks in a modal dialog, which other extensions cannot answer; asks again after a yes that came faster than anyone reads. */
export async function confirmInModal({ yes, ...text }: ModalQuestion, clock: Pick<Clock, 'now'>): Promise<boolean> {
  return (await chooseInModal({ ...text, choices: [yes] }, clock)) === yes;
}

/** The same with several buttons beside Cancel. @returns the title of the one that was pressed */
export async function chooseInModal(
  question: ModalText & { readonly choices: readonly string[] },
  clock: Pick<Clock, 'now'>,
): Promise<string | undefined> {
  return await ignoreAccidentalYes(show, clock)(question);
}

async function show({
  question,
  detail,
  choices,
}: ModalText & { readonly choices: readonly string[] }): Promise<string | undefined> {
  return await window.showWarningMessage(question, { modal: true, detail }, ...choices);
}
