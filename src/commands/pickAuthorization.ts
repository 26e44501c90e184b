import { l10n, window, type QuickPickItem } from 'vscode';
import { forIcons } from '../base/safeText.ts';
import type { DeviceState } from '../model/snapshots.ts';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import { authorizationName, authorizationSummary } from '../views/text/authorizationText.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { addressOf } from '../views/tree/nodes.ts';
import { pickDevice, type PickContext } from './pick.ts';

/** An authorization and the device it is on. */
export interface Picked {
  readonly state: DeviceState;
  readonly authorization: Authorization;
}

/** The authorization that a command is about: the row it was called on, looked up in the store, or the one that a person picks. */
export async function pickAuthorization(
  hint: unknown,
  context: PickContext,
  title: string,
  fits: (authorization: Authorization) => boolean = () => true,
): Promise<Picked | undefined> {
  const address = addressOf(hint);
  if (address?.kind === 'authorization') return pickedAt(hint, context);
  const state = await pickDevice(hint, context, title);
  if (!state) return undefined;
  const { accountId, device } = state;
  if (!state.authorizations) await context.store.readAuthorizations(accountId, device.smartlockId);
  const read = context.store.device(accountId, device.smartlockId);
  const choices = (read?.authorizations?.items ?? []).filter(fits);
  if (!read || choices.length === 0) {
    void window.showInformationMessage(l10n.t('There is no authorization that this can be done with.'));
    return undefined;
  }
  const items = choices.map((authorization) => ({
    ...itemOf(authorization, read, context.renderContext()),
    authorization,
  }));
  const placeHolder = l10n.t('Choose an authorization');
  const chosen = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return chosen && { state: read, authorization: chosen.authorization };
}

/** The authorization of a row, as the store has it now. */
export function pickedAt(hint: unknown, { store }: PickContext): Picked | undefined {
  const address = addressOf(hint);
  if (address?.kind !== 'authorization') return undefined;
  const state = store.device(address.accountId, address.smartlockId);
  const authorization = state?.authorizations?.items.find(({ id }) => id === address.id);
  return state && authorization && { state, authorization };
}

/** The rows that were chosen together, when the command was run on one of them; else what {@link pickAuthorization} says. */
export async function pickAuthorizations(
  hint: unknown,
  selected: unknown,
  context: PickContext,
  title: string,
): Promise<readonly Picked[]> {
  const rows: readonly unknown[] = Array.isArray(selected) && selected.includes(hint) ? selected : [];
  const picked = rows.map((row) => pickedAt(row, context)).filter((one) => one !== undefined);
  if (picked.length > 1) return picked;
  const one = await pickAuthorization(hint, context, title);
  return one ? [one] : [];
}

function itemOf(authorization: Authorization, { device }: DeviceState, renderContext: RenderContext): QuickPickItem {
  return {
    label: forIcons(authorizationName(authorization, renderContext)),
    description: forIcons(authorizationSummary(authorization, device, renderContext)),
  };
}
