import { l10n, window, type LogOutputChannel } from 'vscode';
import { redact } from './base/redact.ts';
import { forNotification, safeText, textLength } from './base/safeText.ts';
import { NukiError } from './nuki/http/errors.ts';

/** A button of a notification. */
export interface Button {
  readonly title: string;
  run(): unknown;
}

/** The buttons of a message that stays: the first mends what is wrong. */
export type StayingButtons = readonly [mends: Button, other?: Button];

/** What is used of the log's channel. */
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

  /** Logs a line that helps to find a cause later. */
  log(line: string): void {
    if (this.#isOver) return;
    this.#channel.info(this.#fit(line));
  }

  /** Logs an unforeseen failure by its kind, our own reason and its stack; its message may hold anything and is left out. */
  logFailure(source: string, error: unknown): void {
    if (this.#isOver) return;
    this.#channel.error(this.#fit(`${source}: ${describe(error)}`));
  }

  /** Shows `sentence` without waiting for the user, and runs the button that the user chooses. */
  warn(sentence: string, buttons: readonly Button[] = []): void {
    void this.#show(window.showWarningMessage, sentence, buttons);
  }

  /** Shows a warning that stays until the user closes it: VS Code lets everything fade but an error with a button. */
  warnUntilClosed(sentence: string, ...buttons: StayingButtons): void {
    const given = buttons.filter((button) => button !== undefined);
    void this.#show(window.showErrorMessage, sentence, given);
  }

  inform(sentence: string, buttons: readonly Button[] = []): void {
    void this.#show(window.showInformationMessage, sentence, buttons);
  }

  show(): void {
    this.#channel.show();
  }

  /** Closes the log; work that ends with the extension then logs and shows nothing more. */
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
    this.log(sentence);
    const chosen = await show(forNotification(sentence), ...buttons.map(({ title }) => title));
    await buttons.find(({ title }) => title === chosen)?.run();
  }
}

export function showLogButton(report: Report): Button {
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
