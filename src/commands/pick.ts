import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { forIcons } from '../base/safeText.ts';
import type { AccountState, DeviceState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { deviceName, deviceSummary } from '../views/text/deviceText.ts';
import { deviceIcon } from '../views/tree/icons.ts';
import { addressOf } from '../views/tree/nodes.ts';
import { accountName } from '../views/text/accountText.ts';
import { devicesIn } from '../views/text/duplicateNames.ts';

/** What a choice is made among. */
export interface PickContext {
  readonly store: Store;
  readonly renderContext: () => RenderContext;
}

interface Choice<T> extends QuickPickItem {
  readonly value?: T;
}

/** The device that a command is about: the row it was called on, looked up in the store, or the one that a person picks. */
export async function pickDevice(
  hint: unknown,
  { store, renderContext }: PickContext,
  title: string,
  fits: (state: DeviceState) => boolean = () => true,
): Promise<DeviceState | undefined> {
  const address = addressOf(hint);
  if (address && 'smartlockId' in address && address.smartlockId !== undefined) {
    return store.device(address.accountId, address.smartlockId);
  }
  const look = renderContext();
  const choices = store.accounts.flatMap((account) => deviceChoices(account, look, fits));
  return await choose(choices, title, l10n.t('Choose a device'), l10n.t('No device can do this.'));
}

function deviceChoices(
  account: AccountState,
  renderContext: RenderContext,
  fits: (state: DeviceState) => boolean,
): Choice<DeviceState>[] {
  const devices = (account.devices ?? []).filter(fits);
  if (devices.length === 0) return [];
  const others = devicesIn(account);
  return [
    { label: forIcons(accountName(account, renderContext)), kind: QuickPickItemKind.Separator },
    ...devices.map((state) => ({
      label: forIcons(deviceName(state.device, others, renderContext)),
      iconPath: deviceIcon(state, renderContext),
      description: forIcons(deviceSummary(state, renderContext)),
      value: state,
    })),
  ];
}

/** The account that a command is about: the row it was called on or below, or the one that a person picks. Of one there is no choice. */
export async function pickAccount(
  hint: unknown,
  { store, renderContext }: PickContext,
  title: string,
  fits: (account: AccountState) => boolean,
): Promise<AccountState | undefined> {
  const address = addressOf(hint);
  if (address) return store.account(address.accountId);
  const [only, ...more] = store.accounts.filter(fits);
  if (only && more.length === 0) return only;
  const choices = store.accounts.filter(fits).map((account): Choice<AccountState> => ({
    label: forIcons(accountName(account, renderContext())),
    value: account,
  }));
  return await choose(choices, title, l10n.t('Choose an account'), l10n.t('There is no account yet.'));
}

async function choose<T>(
  choices: readonly Choice<T>[],
  title: string,
  placeHolder: string,
  none: string,
): Promise<T | undefined> {
  if (choices.length === 0) {
    void window.showInformationMessage(none);
    return undefined;
  }
  return (await window.showQuickPick(choices, { title, placeHolder, matchOnDescription: true }))?.value;
}

/** The name of a device, told apart from others of its account with the same name. */
export function nameOf({ accountId, device }: DeviceState, { store, renderContext }: PickContext): string {
  return deviceName(device, devicesIn(store.account(accountId)), renderContext());
}

/** The same of a device that may be gone, of which only the id is left. */
export function deviceNameOf(accountId: string, smartlockId: number, context: PickContext): string {
  const state = context.store.device(accountId, smartlockId);
  return state ? nameOf(state, context) : String(smartlockId);
}
