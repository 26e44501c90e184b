import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { forIcons } from '../../base/safeText.ts';
import { keyOf, refOf } from '../../model/deviceRef.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { authorizationGroups, groupOf } from '../../nuki/authorization/authorizationType.ts';
import { groupName } from '../../views/text/authorizationCounts.ts';
import { authorizationName, authorizationSummary } from '../../views/text/authorizationText.ts';
import type { RenderContext } from '../../views/text/renderContext.ts';
import { addressOf } from '../../views/tree/nodes.ts';
import { explainGone, pickDevice } from '../pick.ts';
import type { Services } from '../services.ts';

/** An authorization and the device it is on. */
export interface Picked {
  readonly state: DeviceState;
  readonly authorization: Authorization;
}

/**
 * The authorization that a command is about: the row it was called on, looked up in the store, or the one that the user picks among those
 * that `fits` accepts.
 */
export async function pickAuthorization(
  hint: unknown,
  services: Services,
  title: string,
  fits: (authorization: Authorization) => boolean = () => true,
): Promise<Picked | undefined> {
  const address = addressOf(hint);
  if (address?.kind === 'authorization') return pickedAt(hint, services) ?? explainGone();
  const state = await pickDevice(hint, services, title);
  if (!state) return undefined;
  if (!state.authorizations) await services.store.readAuthorizations(refOf(state));
  const read = services.store.device(refOf(state));
  const choices = (read?.authorizations?.items ?? []).filter(fits);
  if (!read || choices.length === 0) {
    void window.showInformationMessage(l10n.t('No matching authorizations.'));
    return undefined;
  }
  const placeHolder = l10n.t('Choose an authorization');
  const items = itemsOf(choices, read, services.renderContext());
  const chosen = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return chosen?.authorization && { state: read, authorization: chosen.authorization };
}

/** The authorization of a row, as the store has it now. */
export function pickedAt(hint: unknown, { store }: Services): Picked | undefined {
  const address = addressOf(hint);
  if (address?.kind !== 'authorization') return undefined;
  const state = store.device(address);
  const authorization = state?.authorizations?.items.find(({ id }) => id === address.id);
  return state && authorization && { state, authorization };
}

/** The authorizations of some rows, each once: it has one row below its device, and one below who holds it. */
export function pickedIn(rows: readonly unknown[], services: Services): readonly Picked[] {
  const all = rows.map((row) => pickedAt(row, services)).filter((picked) => picked !== undefined);
  return [...new Map(all.map((each) => [`${keyOf(refOf(each.state))}/${each.authorization.id}`, each])).values()];
}

/** The rows that were chosen together, when the command was run on one of them; else what {@link pickAuthorization} says. */
export async function pickAuthorizations(
  hint: unknown,
  selected: unknown,
  services: Services,
  title: string,
  fits: (authorization: Authorization) => boolean,
): Promise<readonly Picked[]> {
  const chosen = pickedIn(Array.isArray(selected) && selected.includes(hint) ? selected : [], services);
  if (chosen.length > 1) return chosen;
  const picked = await pickAuthorization(hint, services, title, fits);
  return picked ? [picked] : [];
}

interface Item extends QuickPickItem {
  readonly authorization?: Authorization;
}

/** Group by group, each in the order of names. */
function itemsOf(choices: readonly Authorization[], state: DeviceState, renderContext: RenderContext): Item[] {
  const { compare } = new Intl.Collator(renderContext.language);
  const groups = Map.groupBy(choices, ({ type }) => groupOf(type));
  return authorizationGroups.flatMap((group): readonly Item[] => {
    const ofGroup = (groups.get(group) ?? []).toSorted((a, b) => compare(a.name, b.name));
    if (ofGroup.length === 0) return [];
    return [
      { label: groupName(group, renderContext), kind: QuickPickItemKind.Separator },
      ...ofGroup.map((authorization) => ({
        label: forIcons(authorizationName(authorization, renderContext)),
        description: forIcons(authorizationSummary(authorization, state, renderContext)),
        authorization,
      })),
    ];
  });
}
