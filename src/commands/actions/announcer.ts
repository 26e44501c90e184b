import { StatusBarAlignment, ThemeColor, window, type StatusBarItem } from 'vscode';
import type { Clock } from '../../base/clock.ts';
import { forIcons } from '../../base/safeText.ts';

/** How long a sentence stays, in milliseconds. */
const shownFor = 10_000;

/** Shows a sentence in the status bar for a while, in an item whose changes screen readers say. */
export class Announcer {
  readonly #clock: Clock;
  readonly #item: StatusBarItem;
  #hiding = new AbortController();

  constructor(clock: Clock, name: string) {
    this.#clock = clock;
    this.#item = window.createStatusBarItem('nuki.outcome', StatusBarAlignment.Left);
    this.#item.name = name;
  }

  say(sentence: string): void {
    this.#show(sentence, forIcons(sentence));
  }

  /** Says what the user has to look at, with a mark that every theme shows. */
  warn(sentence: string): void {
    this.#show(sentence, `$(warning) ${forIcons(sentence)}`, new ThemeColor('statusBarItem.warningBackground'));
  }

  #show(sentence: string, text: string, backgroundColor?: ThemeColor): void {
    this.#item.text = text;
    this.#item.backgroundColor = backgroundColor;
    this.#item.accessibilityInformation = { label: sentence, role: 'status' };
    this.#item.show();
    this.#hiding.abort();
    this.#hiding = new AbortController();
    const { signal } = this.#hiding;
    void this.#clock.wait(shownFor, signal).then(() => signal.aborted || this.#item.hide());
  }

  dispose(): void {
    this.#hiding.abort();
    this.#item.dispose();
  }
}
