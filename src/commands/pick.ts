import { commands, l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { forIcons } from '../base/safeText.ts';
import type { DeviceRef } from '../model/deviceRef.ts';
import type { AccountState, DeviceState } from '../model/snapshots.ts';
import { deviceName, deviceSummary, readText } from '../views/text/deviceText.ts';
import { deviceIcon } from '../views/tree/icons.ts';
import { inShownOrder } from '../model/shownOrder.ts';
import { addressOf } from '../views/tree/nodes.ts';
import { accountName } from '../views/text/accountText.ts';
import { devicesIn } from '../views/text/duplicateNames.ts';
import type { Subject } from './commandError.ts';
import { commandIds, type CommandId } from './ids.ts';
import type { Services } from './services.ts';
import type { RenderContext } from '../views/text/renderContext.ts';

type LookupServices = Pick<Services, 'store' | 'renderContext'>;

interface Choice<T> extends QuickPickItem {
  readonly value?: T;
}

/** The device, or else the account, of the row that a command was called on; `undefined` where it was called on none. */
export function rowSubject(hint: unknown): Subject | undefined {
  const address = addressOf(hint);
  return (
    address && { accountId: address.accountId, smartlockId: 'smartlockId' in address ? address.smartlockId : undefined }
  );
}

/**
 * The device that a command is about: that of the row it was called on, looked up in the store, or the one that the user picks. `command`:
 * what is done with it, for the title of the list. Says so where there is none.
 */
export async function pickDevice(
  hint: unknown,
  { store, renderContext }: LookupServices,
  command: string,
  fits: (state: DeviceState) => boolean = () => true,
): Promise<DeviceState | undefined> {
  const { accountId, smartlockId } = rowSubject(hint) ?? {};
  if (accountId !== undefined && smartlockId !== undefined) {
    return store.device({ accountId, smartlockId }) ?? explainGone();
  }
  const context = renderContext();
  const choices = store.accounts.flatMap((account) => deviceChoices(account, context, fits));
  if (choices.length === 0) return explainNothing(l10n.t('None of your devices supports this.'), store);
  return await choose(choices, l10n.t('{0}: which device?', command), l10n.t('Choose a device'));
}

function deviceChoices(
  account: AccountState,
  context: RenderContext,
  fits: (state: DeviceState) => boolean,
): Choice<DeviceState>[] {
  const devices = inShownOrder((account.devices ?? []).filter(fits), context.language);
  if (devices.length === 0) return [];
  const others = devicesIn(account);
  const name = accountName(account, context);
  const { refreshedAt } = account;
  const read = refreshedAt === undefined ? name : `${name} · ${readText(refreshedAt, context)}`;
  return [
    { label: forIcons(read), kind: QuickPickItemKind.Separator },
    ...devices.map((state) => ({
      label: forIcons(deviceName(state.device, others, context)),
      iconPath: deviceIcon(state, context),
      description: forIcons(deviceSummary(state, context)),
      value: state,
    })),
  ];
}

/** The account that a command is about: that of the row it was called on, or the one that the user picks where there are several. */
export async function pickAccount(
  hint: unknown,
  { store, renderContext }: LookupServices,
  title: string,
  fits: (account: AccountState) => boolean,
): Promise<AccountState | undefined> {
  const row = rowSubject(hint);
  if (row) return store.account(row.accountId) ?? explainGone();
  const accounts = store.accounts.filter(fits);
  if (accounts.length === 1) return accounts[0];
  if (accounts.length === 0) return explainNothing(l10n.t('None of your accounts supports this.'), store);
  const choices = accounts.map((account): Choice<AccountState> => ({
    label: forIcons(accountName(account, renderContext())),
    value: account,
  }));
  return await choose(choices, title, l10n.t('Choose an account'));
}

async function choose<T>(choices: readonly Choice<T>[], title: string, placeHolder: string): Promise<T | undefined> {
  return (await window.showQuickPick(choices, { title, placeHolder, matchOnDescription: true }))?.value;
}

/** Says that what a command was called on is gone: a hover, or a message with buttons, may be older than what is known. */
export function explainGone(): undefined {
  void window.showInformationMessage(l10n.t('This is no longer listed. Nothing was done.'));
}

/** Says why there is nothing to choose, with buttons for what helps: `otherwise` where there are devices, none of which fits. */
function explainNothing(otherwise: string, { accounts }: Services['store']): undefined {
  if (accounts.length === 0) {
    offer(l10n.t("You haven't added an account yet."), {
      [l10n.t('Add Account')]: commandIds.addAccount,
      [l10n.t('Try the Demo Home')]: commandIds.tryDemoHome,
    });
  } else if (accounts.every(({ devices }) => devices === undefined)) {
    offer(l10n.t("Your devices haven't been read yet."), { [l10n.t('Refresh')]: commandIds.refresh });
  } else if (accounts.every(({ devices = [] }) => devices.length === 0)) {
    const sentence = l10n.t(
      "No devices in your accounts. Connect them to Nuki Web in the Nuki app, and they'll appear here.",
    );
    offer(sentence, { [l10n.t('Refresh')]: commandIds.refresh });
  } else offer(otherwise, {});
}

/** Shows `sentence` with a button for each command. */
function offer(sentence: string, buttons: Readonly<Record<string, CommandId>>): void {
  void window.showInformationMessage(sentence, ...Object.keys(buttons)).then((title) => {
    const command = buttons[title ?? ''];
    return command && commands.executeCommand(command);
  });
}

/** The name of a device, told apart from others of its account with the same name. */
export function nameOf({ accountId, device }: DeviceState, { store, renderContext }: LookupServices): string {
  return deviceName(device, devicesIn(store.account(accountId)), renderContext());
}

/** The name of a device that may be gone: then its id. */
export function deviceNameOf(ref: DeviceRef, services: LookupServices): string {
  const state = services.store.device(ref);
  return state ? nameOf(state, services) : String(ref.smartlockId);
}

/** The name of an account that may be gone: then nothing. */
export function accountNameOf(accountId: string, { store, renderContext }: LookupServices): string {
  const account = store.account(accountId);
  return account ? accountName(account, renderContext()) : '';
}
