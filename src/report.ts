import { l10n, window, type LogOutputChannel } from 'vscode';
import { redact } from './base/redact.ts';
import { forNotification, safeText, textLength } from './base/safeText.ts';
import { NukiError } from './nuki/http/errors.ts';

/** A button of a notification. */
export interface Button {
  readonly title: string;
  run(): unknown;
}

/** The log, as far as it is written here. */
type Channel = Pick<LogOutputChannel, 'info' | 'error' | 'show' | 'dispose'>;

/** Where failures and outcomes go: the log, without secrets, and one notification with at most two buttons. */
export class Report {
  readonly #channel: Channel;
  readonly #secrets: () => readonly string[];
  #isOver = false;

  constructor(channel: Channel, secrets: () => readonly string[]) {
    this.#channel = channel;
    this.#secrets = secrets;
  }

  /** A line of what was done, to find causes by later. */
  note(line: string): void {
    if (this.#isOver) return;
    this.#channel.info(this.#fit(line));
  }

  /** An unforeseen failure. Only its kind and our own reason are said; its text may hold anything. */
  failure(source: string, error: unknown): void {
    if (this.#isOver) return;
    this.#channel.error(this.#fit(`${source}: ${describe(error)}`));
  }

  /** Shows `sentence` and runs the button that the user chooses. The caller does not wait for it. */
  warn(sentence: string, buttons: readonly Button[] = []): void {
    void this.#show(window.showWarningMessage, sentence, buttons);
  }

  inform(sentence: string, buttons: readonly Button[] = []): void {
    void this.#show(window.showInformationMessage, sentence, buttons);
  }

  show(): void {
    this.#channel.show();
  }

  /** From now on nothing is said: the log is closed, and what ends with the extension has nobody to tell. */
  dispose(): void {
    this.#isOver = true;
    this.#channel.dispose();
  }

  #fit(text: string): string {
    return safeText(redact(text, this.#secrets()), textLength * 5);
  }

  async #show(
    show: (message: string, ...titles: string[]) => Thenable<string | undefined>,
    sentence: string,
    buttons: readonly Button[],
  ): Promise<void> {
    if (this.#isOver) return;
    this.note(sentence);
    const fallback = l10n.t('Something went wrong. The log says more.');
    const chosen = await show(forNotification(sentence, fallback), ...buttons.map(({ title }) => title));
    await buttons.find(({ title }) => title === chosen)?.run();
  }
}

export function showLog(report: Report): Button {
  return { title: l10n.t('Show Log'), run: () => report.show() };
}

function describe(error: unknown): string {
  if (error instanceof NukiError) return error.message;
  return error instanceof Error ? `${error.name} ${stackPlaces(error)}` : typeof error;
}

/** The places of a stack without its message, which foreign code wrote. */
function stackPlaces({ stack }: Error): string {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?[^\s()]*[\\/]/, '('))
    .join(' ');
}
