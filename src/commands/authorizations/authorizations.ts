import { l10n, window } from 'vscode';
import type { AuthorizationAddress, ChangeResult } from '../../model/authorizations/authorizationWriter.ts';
import { refOf } from '../../model/deviceRef.ts';
import { longestName, type Authorization } from '../../nuki/authorization/authorization.ts';
import { isForPerson } from '../../nuki/authorization/authorizationType.ts';
import type { AuthorizationChanges } from '../../nuki/authorization/authorizationWrites.ts';
import { authorizationName } from '../../views/text/authorizationText.ts';
import { addressOf } from '../../views/tree/nodes.ts';
import { withSubject } from '../commandError.ts';
import { commandIds } from '../ids.ts';
import { listOf } from '../listOf.ts';
import { confirmInModal } from '../modal.ts';
import { openForm } from './openForm.ts';
import { accountNameOf, deviceNameOf, pickAccount, rowSubject } from '../pick.ts';
import { pickAuthorization, pickAuthorizations, pickedIn, type Picked } from './pickAuthorization.ts';
import type { CommandServices } from '../services.ts';
import { reportEnd, subjectOf } from './unconfirmedAuthorizations.ts';

export function authorizationCommands(services: CommandServices) {
  return {
    [commandIds.createAuthorization]: (hint: unknown) => create(hint, services),
    [commandIds.editAuthorization]: (hint: unknown) => edit(hint, services),
    [commandIds.duplicateAuthorization]: (hint: unknown) => duplicate(hint, services),
    [commandIds.enableAuthorization]: (hint: unknown, selected: unknown) => enable(hint, selected, services),
    [commandIds.disableAuthorization]: (hint: unknown, selected: unknown) => disable(hint, selected, services),
    [commandIds.deleteAuthorization]: (hint: unknown, selected: unknown) => remove(hint, selected, services),
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
  const address = addressOf(hint);
  const group = address?.kind === 'authorizationGroup' ? address.group : undefined;
  await openForm({ kind: 'new', accountId: account.id, smartlockId, group }, services);
}

async function edit(hint: unknown, services: CommandServices): Promise<void> {
  const picked = await pickAuthorization(hint, services, l10n.t('Edit Authorization'));
  if (!picked) return;
  const { state, authorization } = picked;
  if (!isPersons(authorization)) return await rename(picked, services);
  await openForm({ ...refOf(state), kind: 'edit', id: authorization.id }, services);
}

/** What belongs to the system has a name, and no other field that the form could show for what it is. */
async function rename(picked: Picked, services: CommandServices): Promise<void> {
  const { authorization } = picked;
  const name = await window.showInputBox({
    title: l10n.t('Rename {0}', authorizationName(authorization, services.renderContext())),
    value: authorization.name,
    validateInput: (value) => nameProblem(value.trim()),
  });
  if (name !== undefined) await changeAll([picked], { name: name.trim() }, services);
}

function nameProblem(name: string): string | undefined {
  if (name === '') return l10n.t('Enter a name.');
  return name.length > longestName ? l10n.t('A name can have up to {0} characters.', longestName) : undefined;
}

async function duplicate(hint: unknown, services: CommandServices): Promise<void> {
  const picked = await pickPersons(hint, services, l10n.t('Duplicate Authorization'), () => true);
  if (!picked) return;
  const { state, authorization } = picked;
  await openForm({ ...refOf(state), kind: 'duplicate', id: authorization.id }, services);
}

async function enable(hint: unknown, selected: unknown, services: CommandServices): Promise<void> {
  const isDisabled = ({ enabled }: Authorization): boolean => enabled === false;
  const title = l10n.t('Enable Authorization');
  const picked = await pickAuthorizations(hint, selected, services, title, isDisabled);
  await changeAll(onlyWhere(isDisabled, picked), { enabled: true }, services);
}

async function disable(hint: unknown, selected: unknown, services: CommandServices): Promise<void> {
  const isEnabled = ({ enabled }: Authorization): boolean => enabled !== false;
  const canBeDisabled = (each: Authorization): boolean => isPersons(each) && isEnabled(each);
  const title = l10n.t('Disable Authorization');
  const picked = await pickAuthorizations(hint, selected, services, title, canBeDisabled);
  const [first] = picked;
  if (first && !picked.some(({ authorization }) => isPersons(authorization))) return reportSystems(first, services);
  await changeAll(onlyWhere(canBeDisabled, picked), { enabled: false }, services);
}

/** Of several rows those that a command changes; of one that row, whose state may have changed since it was drawn. */
function onlyWhere(fits: (authorization: Authorization) => boolean, picked: readonly Picked[]): readonly Picked[] {
  return picked.length > 1 ? picked.filter(({ authorization }) => fits(authorization)) : picked;
}

/** Sends one change after the other, as each may ask; a declined one ends it. Then waits for all. */
async function changeAll(
  picked: readonly Picked[],
  changes: AuthorizationChanges,
  services: CommandServices,
): Promise<void> {
  const ends: Promise<void>[] = [];
  for (const each of picked) {
    const ref = refOf(each.state);
    const result = await withSubject(ref, () => services.writer.change(ref, each.authorization.id, changes));
    if (result.sent) ends.push(withSubject(ref, () => reportEnd(result, ref.accountId, services)));
    else reportNotSent(result, each, services);
    if (!result.sent && result.kind === 'declined') break;
  }
  await Promise.all(ends);
}

const isPersons = ({ type }: Authorization): boolean => isForPerson(type);

/** Picks among the authorizations of people; says so where the command was run on another one. */
async function pickPersons(
  hint: unknown,
  services: CommandServices,
  title: string,
  fits: (authorization: Authorization) => boolean,
): Promise<Picked | undefined> {
  const picked = await pickAuthorization(hint, services, title, (each) => isPersons(each) && fits(each));
  if (!picked || isPersons(picked.authorization)) return picked;
  reportSystems(picked, services);
  return undefined;
}

/** Deleting or disabling Nuki Web would end the remote access, a keypad all of its codes, and only at the door could it be mended. */
function reportSystems({ state, authorization }: Picked, services: CommandServices): void {
  const name = authorizationName(authorization, services.renderContext());
  const device = deviceNameOf(refOf(state), services);
  services.report.warn(l10n.t("{0} belongs to {1}'s system, not to a person. Nothing was sent.", name, device));
}

function reportNotSent(
  { kind }: Extract<ChangeResult, { sent: false }>,
  picked: Picked,
  { report, renderContext }: CommandServices,
): void {
  const name = authorizationName(picked.authorization, renderContext());
  switch (kind) {
    case 'declined':
    case 'withdrawn':
      return;
    case 'nothing':
      return report.inform(l10n.t('{0} is already in that state. Nothing was sent.', name));
    case 'busy':
      return report.warn(l10n.t('A change to {0} is still in progress. Nothing was sent.', name));
    case 'changed':
      return report.warn(l10n.t('{0} has been changed elsewhere. Nothing was sent.', name));
  }
}

async function remove(hint: unknown, selected: unknown, services: CommandServices): Promise<void> {
  const chosenRows = await rowsToDelete(hint, selected, services);
  const [first] = chosenRows;
  if (!first) return;
  const ofAccount = chosenRows.filter(({ state }) => state.accountId === first.state.accountId);
  const picked = ofAccount.filter(({ authorization }) => isPersons(authorization));
  const leftOut = ofAccount.filter(({ authorization }) => !isPersons(authorization));
  const [one, ...more] = picked;
  if (!one) return reportSystems(first, services);
  const renderContext = services.renderContext();
  const nameIn = ({ authorization }: Picked): string => authorizationName(authorization, renderContext);
  const question =
    more.length === 0 ? l10n.t('Delete {0}?', nameIn(one)) : l10n.t('Delete {0} authorizations?', picked.length);
  const detail = listOf(picked, (each) => placeOf(each, services));
  const left = l10n.t('Not included, because they belong to the system: {0}', listOf(leftOut, nameIn, ', '));
  const isConfirmed = await confirmInModal(
    { question, detail: leftOut.length === 0 ? detail : `${detail}\n\n${left}`, yes: l10n.t('Delete') },
    services.clock,
  );
  if (isConfirmed) await removeAll(picked, services);
}

/** Those the command was called on; the Delete key calls it on none, and means the selected rows. */
async function rowsToDelete(hint: unknown, selected: unknown, services: CommandServices): Promise<readonly Picked[]> {
  if (hint !== undefined)
    return await pickAuthorizations(hint, selected, services, l10n.t('Delete Authorization'), isPersons);
  const rows = pickedIn(services.view.selection, services);
  if (rows.length === 0) window.setStatusBarMessage(l10n.t('Select an authorization to delete it.'), 4_000);
  return rows;
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
    const sent = await services.writer.remove(accountId, [addressIn(first), ...others.map(addressIn)]);
    await reportEnd(sent, accountId, services);
  });
}

function addressIn({ state, authorization }: Picked): AuthorizationAddress {
  return { smartlockId: state.device.smartlockId, id: authorization.id, name: authorization.name };
}
