import { StatusBarAlignment, ThemeColor, window, type StatusBarItem } from 'vscode';
import { forIcons } from '../base/safeText.ts';
import type { DeviceState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import type { DeviceReference } from './deviceReference.ts';
import { deviceHeadline, deviceName, deviceSummary, type Glance } from './deviceWords.ts';
import { deviceIconName } from './icons.ts';
import { deviceTooltip } from './rows.ts';
import { devicesIn } from './sharedNames.ts';

/** The status bar's one item: the chosen device, hidden until one is chosen. A click opens its menu. */
export class StatusBar {
  readonly #store: Store;
  readonly #chosen: () => DeviceReference | undefined;
  readonly #glance: () => Glance;
  readonly #item: StatusBarItem;
  readonly #subscription: { dispose(): void };

  constructor(store: Store, chosen: () => DeviceReference | undefined, glance: () => Glance, menuCommand: string) {
    this.#store = store;
    this.#chosen = chosen;
    this.#glance = glance;
    this.#item = window.createStatusBarItem('nuki.device', StatusBarAlignment.Right, 100);
    this.#item.name = glance().say('Nuki Device');
    this.#item.command = menuCommand;
    this.#subscription = store.onDidChange(() => this.draw());
    this.draw();
  }

  draw(): void {
    const chosen = this.#chosen();
    const account = chosen && this.#store.account(chosen.accountId);
    if (!chosen || !account) return this.#item.hide();
    const state = this.#store.device(chosen.accountId, chosen.smartlockId);
    if (state) this.#drawDevice(state);
    else this.#drawMissing();
    this.#item.show();
  }

  #drawDevice(state: DeviceState): void {
    const glance = this.#glance();
    const account = this.#store.account(state.accountId);
    const others = devicesIn(account);
    const name = deviceName(state.device, others, glance);
    const summary = deviceSummary(state, glance);
    const icon = deviceIconName(state, glance);
    const isPlain = ['lock', 'unlock', 'bell', 'bell-dot'].includes(icon);
    this.#item.text = `$(${icon}) ${forIcons(isPlain ? name : `${name}: ${deviceHeadline(state, glance)}`)}`;
    this.#item.tooltip = account && deviceTooltip(state, others, account, glance);
    this.#item.accessibilityInformation = { label: `${name}, ${summary}`, role: 'button' };
    this.#item.backgroundColor =
      icon === 'error' || icon === 'question' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  }

  #drawMissing(): void {
    const { say } = this.#glance();
    const text = say('Nuki: device not known yet');
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
