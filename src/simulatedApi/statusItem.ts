import { StatusBarAlignment, ThemeColor, window, type Disposable, type StatusBarItem } from 'vscode';
import type { Translate } from '../base/locale.ts';
import { markdownOf } from '../views/hover/markdown.ts';
import { line, type Hover } from '../views/hover/hover.ts';
import { commandIds } from '../commands/ids.ts';

/** What the item of the status bar tells of the API. */
export interface ApiState {
  readonly url: string;
  readonly port: number;
  /** Since the start, or since the home was reset. */
  readonly requests: number;
  /** How many of these were answered with a status from 400 on, or not at all. */
  readonly failed: number;
  /** The faults that requests would meet now, in words. */
  readonly faults: readonly string[];
}

/** The item in the status bar while the simulated API runs. A click opens its menu. */
export class StatusItem implements Disposable {
  readonly #item: StatusBarItem;
  readonly #t: Translate;

  constructor(t: Translate) {
    this.#t = t;
    this.#item = window.createStatusBarItem('nuki.simulatedApi', StatusBarAlignment.Right, 99);
    this.#item.name = t('Nuki Simulated Web API');
    this.#item.command = commandIds.openSimulatedApiMenu;
  }

  draw(state: ApiState): void {
    const { port, faults } = state;
    const t = this.#t;
    const hover = apiHover(state, t);
    this.#item.text = `$(beaker) ${t('Nuki API')} :${port}`;
    this.#item.tooltip = markdownOf(hover);
    this.#item.accessibilityInformation = {
      label: [hover.title, ...hover.lines.map(({ text }) => text)].join(', '),
      role: 'button',
    };
    this.#item.backgroundColor = faults.length > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

export function apiHover({ url, requests, failed, faults }: ApiState, t: Translate): Hover {
  return {
    title: t('Nuki Web API'),
    subtitle: t('simulated'),
    lines: [
      ...line('globe', url),
      ...line('list-ordered', t(requests === 1 ? '{0} request' : '{0} requests', requests)),
      ...line('error', failed > 0 ? t('{0} failed', failed) : undefined),
      ...line('warning', faults.length > 0 ? t('Faults: {0}', faults.join(', ')) : undefined),
    ],
    footer: [],
  };
}
