import { l10n, window } from 'vscode';
import type { AuthorizationAddress, ChangeResult } from '../model/authorizationWriter.ts';
import type { Unconfirmed } from '../model/authorizationFollower.ts';
import { refOf, type DeviceRef } from '../model/deviceRef.ts';
import type { Button } from '../report.ts';
import { authorizationName } from '../views/text/authorizationText.ts';
import { withSubject, type Subject } from './commandError.ts';
import { commandIds } from './ids.ts';
import { openForm } from './openForm.ts';
import { accountNameOf, deviceNameOf, pickAccount, pickDevice, rowSubject } from './pick.ts';
import { pickAuthorization, pickAuthorizations, type Picked } from './pickAuthorization.ts';
import { reportErrors } from './register.ts';
import type { CommandServices } from './services.ts';

export function authorizationCommands(services: CommandServices) {
  return {
    [commandIds.createAuthorization]: (hint: unknown) => create(hint, services),
    [commandIds.editAuthorization]: (hint: unknown) => open('edit', hint, services),
    [commandIds.duplicateAuthorization]: (hint: unknown) => open('duplicate', hint, services),
    [commandIds.enableAuthorization]: (hint: unknown) => setEnabled(true, hint, services),
    [commandIds.disableAuthorization]: (hint: unknown) => setEnabled(false, hint, services),
    [commandIds.deleteAuthorization]: (hint: unknown, selected: unknown) => remove(hint, selected, services),
    [commandIds.checkAuthorizations]: (hint: unknown) => check(hint, services),
  };
}

async function create(hint: unknown, services: CommandServices): Promise<void> {
  const account = await pickAccount(
    hint,
    services,
    l10n.t('New Authorization'),
    ({ devices = [] }) => devices.length > 0,
  );
  if (!account) return;
  const { smartlockId } = rowSubject(hint) ?? {};
  await openForm({ kind: 'new', accountId: account.id, smartlockId }, services);
}

async function open(kind: 'edit' | 'duplicate', hint: unknown, services: CommandServices): Promise<void> {
  const title = kind === 'edit' ? l10n.t('Edit Authorization') : l10n.t('Duplicate Authorization');
  const picked = await pickAuthorization(hint, services, title);
  if (!picked) return;
  const { state, authorization } = picked;
  await openForm({ ...refOf(state), kind, id: authorization.id }, services);
}

async function setEnabled(enabled: boolean, hint: unknown, services: CommandServices): Promise<void> {
  const title = enabled ? l10n.t('Enable Authorization') : l10n.t('Disable Authorization');
  const isOther = (authorization: { readonly enabled?: boolean | undefined }): boolean =>
    (authorization.enabled ?? true) !== enabled;
  const picked = await pickAuthorization(hint, services, title, isOther);
  if (!picked) return;
  const { state, authorization } = picked;
  const ref = refOf(state);
  await withSubject(ref, async () => {
    const result = await services.writer.change(ref, authorization.id, { enabled });
    if (result.sent) reportUnconfirmed(await result.followed, ref.accountId, services);
    else reportNotSent(result, picked, services);
  });
}

function reportNotSent(
  { kind }: Extract<ChangeResult, { sent: false }>,
  picked: Picked,
  { report, renderContext }: CommandServices,
): void {
  const name = authorizationName(picked.authorization, renderContext());
  switch (kind) {
    case 'declined':
      return;
    case 'nothing':
      return report.inform(l10n.t('{0} is already in that state. Nothing was sent.', name));
    case 'busy':
      return report.warn(l10n.t('Another change of {0} is still under way. Nothing was sent.', name));
    case 'changed':
      return report.warn(l10n.t('Somebody else has changed {0} meanwhile. Nothing was sent.', name));
  }
}

/** How many lines of a list a dialog shows. */
const shownLines = 20;

async function remove(hint: unknown, selected: unknown, services: CommandServices): Promise<void> {
  const title = l10n.t('Delete');
  const chosenRows = await pickAuthorizations(hint, selected, services, l10n.t('Delete Authorization'));
  const [first] = chosenRows;
  if (!first) return;
  const picked = chosenRows.filter(({ state }) => state.accountId === first.state.accountId);
  const renderContext = services.renderContext();
  const question =
    picked.length === 1
      ? l10n.t('Delete {0}?', authorizationName(first.authorization, renderContext))
      : l10n.t('Delete {0} authorizations?', picked.length);
  const chosen = await window.showWarningMessage(
    question,
    { modal: true, detail: listOf(picked, (each) => placeOf(each, services)) },
    title,
  );
  if (chosen === title) await removeAll(picked, services);
}

/** The first {@link shownLines} items as lines of a dialog or parts of a sentence, and how many more there are. */
export function listOf<T>(all: readonly T[], lineOf: (item: T) => string, separator = '\n'): string {
  const rest = all.length - shownLines;
  return [...all.slice(0, shownLines).map(lineOf), ...(rest > 0 ? [l10n.t('and {0} more', rest)] : [])].join(separator);
}

/** `Guest Weber · Front Door · Home`. */
export function placeOf({ state, authorization }: Picked, services: CommandServices): string {
  const parts = [
    authorizationName(authorization, services.renderContext()),
    deviceNameOf(refOf(state), services),
    accountNameOf(state.accountId, services),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Deletes authorizations of one account in one request, and reports the deletions that no list has confirmed. */
export async function removeAll(picked: readonly Picked[], services: CommandServices): Promise<void> {
  const [first, ...others] = picked;
  if (!first) return;
  const { accountId } = first.state;
  const devices = new Set(picked.map(({ state }) => state.device.smartlockId));
  await withSubject(subjectOf(accountId, [...devices]), async () => {
    const { followed } = await services.writer.remove(accountId, [addressIn(first), ...others.map(addressIn)]);
    reportUnconfirmed(await followed, accountId, services);
  });
}

function addressIn({ state, authorization }: Picked): AuthorizationAddress {
  return { smartlockId: state.device.smartlockId, id: authorization.id };
}

/** The device where there is only one, otherwise the account. */
function subjectOf(accountId: string, devices: readonly number[]): Subject {
  return { accountId, smartlockId: devices.length === 1 ? devices[0] : undefined };
}

function reportUnconfirmed(unconfirmed: readonly Unconfirmed[], accountId: string, services: CommandServices): void {
  if (unconfirmed.length === 0) return;
  const devices = [...new Set(unconfirmed.map(({ smartlockId }) => smartlockId))];
  const names = listOf(devices, (smartlockId) => deviceNameOf({ accountId, smartlockId }, services), ', ');
  const isDeletion = unconfirmed.some(({ pendingChange }) => pendingChange.kind === 'delete');
  const sentence = isDeletion
    ? l10n.t('{0}: the deletion is not confirmed. Whoever was to lose access may still have it.', names)
    : l10n.t('{0}: the change is not on the lock yet. Nothing is sent again.', names);
  const subject = subjectOf(accountId, devices);
  const look = (): Promise<void> =>
    withSubject(subject, () => withSidebarProgress(() => services.writer.look(accountId, devices)));
  const checkAgain: Button = {
    title: l10n.t('Check Again'),
    run: () => reportErrors(commandIds.checkAuthorizations, services, look),
  };
  const { smartlockId } = subject;
  const update = smartlockId === undefined ? [] : [updateButton({ accountId, smartlockId }, services)];
  services.report.warn(sentence, [checkAgain, ...update]);
}

function updateButton(ref: DeviceRef, { runCommand: run }: CommandServices): Button {
  return { title: l10n.t('Update from Lock'), run: () => run(commandIds.syncDevice, ref) };
}

async function check(hint: unknown, services: CommandServices): Promise<void> {
  const state = await pickDevice(hint, services, l10n.t('Check Authorizations Again'));
  if (state) await withSidebarProgress(() => services.store.readAuthorizations(refOf(state)));
}

/** Runs `task` with its progress shown in the sidebar. */
async function withSidebarProgress(task: () => Promise<void>): Promise<void> {
  await window.withProgress({ location: { viewId: 'nuki.devices' } }, task);
}
