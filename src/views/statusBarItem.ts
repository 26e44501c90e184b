import { StatusBarAlignment, ThemeColor, window, type MarkdownString, type StatusBarItem } from 'vscode';
import { forIcons } from '../base/safeText.ts';
import type { DeviceState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import { refOf, type DeviceRef } from '../model/deviceRef.ts';
import { deviceHeadline, deviceName, deviceSummary, spokenSummary } from './text/deviceText.ts';
import { deviceIconName, isAlarming } from './tree/icons.ts';
import { devicesIn } from './text/duplicateNames.ts';
import type { RenderContext } from './text/renderContext.ts';

/** The status bar item of the chosen device, hidden until one is chosen. A click opens its menu. */
export class StatusBar {
  readonly #store: Store;
  readonly #chosen: () => DeviceRef | undefined;
  readonly #context: () => RenderContext;
  readonly #hoverOf: (ref: DeviceRef) => MarkdownString | undefined;
  readonly #item: StatusBarItem;
  readonly #subscription: { dispose(): void };

  constructor(
    store: Store,
    chosen: () => DeviceRef | undefined,
    context: () => RenderContext,
    hoverOf: (ref: DeviceRef) => MarkdownString | undefined,
    menuCommand: string,
  ) {
    this.#store = store;
    this.#chosen = chosen;
    this.#context = context;
    this.#hoverOf = hoverOf;
    this.#item = window.createStatusBarItem('nuki.device', StatusBarAlignment.Right, 100);
    this.#item.name = context().t('Nuki Device');
    this.#item.command = menuCommand;
    this.#subscription = store.onDidChange(() => this.draw());
    this.draw();
  }

  draw(): void {
    const chosen = this.#chosen();
    const account = chosen && this.#store.account(chosen.accountId);
    if (!chosen || !account) return this.#item.hide();
    const state = this.#store.device(chosen);
    if (state) this.#drawDevice(state);
    else this.#drawMissing();
    this.#item.show();
  }

  #drawDevice(state: DeviceState): void {
    const context = this.#context();
    const account = this.#store.account(state.accountId);
    const others = devicesIn(account);
    const name = deviceName(state.device, others, context);
    const summary = deviceSummary(state, context);
    const icon = deviceIconName(state, context);
    const isPlain = ['nuki-locked', 'nuki-unlocked', 'nuki-opener', 'nuki-ring-to-open'].includes(icon);
    this.#item.text = `$(${icon}) ${forIcons(isPlain ? name : `${name}: ${deviceHeadline(state, context)}`)}`;
    this.#item.tooltip = this.#hoverOf(refOf(state));
    this.#item.accessibilityInformation = {
      label: `${name}, ${spokenSummary(state, summary, context)}`,
      role: 'button',
    };
    this.#item.backgroundColor = isAlarming(icon) ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  }

  #drawMissing(): void {
    const { t } = this.#context();
    const text = t('Nuki: device not known yet');
    this.#item.text = `$(question) ${text}`;
    this.#item.tooltip = text;
    this.#item.accessibilityInformation = { label: text, role: 'button' };
    this.#item.backgroundColor = undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }
}
