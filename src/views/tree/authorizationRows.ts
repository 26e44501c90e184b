import type { TreeItem } from 'vscode';
import { safeText } from '../../base/safeText.ts';
import { refOf } from '../../model/deviceRef.ts';
import type { PendingCreation } from '../../model/authorizations/pendingChanges.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { standingOf, standstillOf } from '../../model/authorizations/standing.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import { authorizationType, isForPerson, type AuthorizationGroup } from '../../nuki/authorization/authorizationType.ts';
import { standstillDetails } from '../hover/authorizationHover.ts';
import { authorizationName, authorizationSummary, creationSummary, standstillText } from '../text/authorizationText.ts';
import { codesText, groupName, slotsText } from '../text/authorizationCounts.ts';
import { errorLabel } from '../text/errorText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { entryCounts } from './authorizationGroups.ts';
import { authorizationIcon, groupIcon, pendingIcon } from './authorizationIcons.ts';
import { icons } from './icons.ts';
import { treeItem } from './rows.ts';

/** How many authorizations there are; before that what is wrong with their list or with the device. */
export function authorizationsRow(state: DeviceState, context: RenderContext): TreeItem {
  const { device, authorizations, authorizationsError } = state;
  const { t } = context;
  const label = t('Authorizations');
  const counts = entryCounts(state);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const slots = slotsText(total - (counts.get('codes') ?? 0), device, context);
  const count = authorizations && [String(total), slots?.short].filter(Boolean).join(' · ');
  const contents = authorizationsError ? errorLabel(authorizationsError, undefined, context) : (count ?? t('loading…'));
  const standstill = standstillOf(state, context);
  const summary = standstill ? `${standstillText(standstill, context)} · ${contents}` : contents;
  return treeItem({
    address: { ...refOf(state), kind: 'authorizations' },
    label,
    description: summary,
    tooltip: [`${label}: ${summary}`, slots?.full, standstill && standstillDetails(standstill, device, context)]
      .filter((line) => line !== undefined)
      .join('\n'),
    icon: authorizationsError || standstill ? icons.warning : icons.authorizations,
    contextValues: ['authorizations'],
    children: 'expanded',
  });
}

/** What connects the device is rarely looked at, and closed at first. */
export function authorizationGroupRow(
  group: AuthorizationGroup,
  state: DeviceState,
  context: RenderContext,
): TreeItem | undefined {
  const count = entryCounts(state).get(group);
  if (count === undefined) return undefined;
  const label = groupName(group, context);
  const { short, full } = group === 'codes' ? codesText(count, context) : { short: String(count), full: undefined };
  return treeItem({
    address: { ...refOf(state), kind: 'authorizationGroup', group },
    label,
    description: short,
    tooltip: [`${label}: ${short}`, full].filter((line) => line !== undefined).join('\n'),
    icon: groupIcon(group),
    contextValues: ['authorizationGroup', group],
    children: group === 'system' ? 'collapsed' : 'expanded',
  });
}

/** Where the row of an authorization stands. */
export interface Place {
  /** Part of its address, so that it and the row below the device have two ids. */
  readonly twin?: { readonly belowHolder: true };
  /** Below who holds it, the name of the device stands for it. */
  readonly label?: string;
  /** The name that goes without saying there. */
  readonly holder?: string;
}

const belowDevice: Place = {};

function labelsAt(
  { label, holder }: Place,
  name: string,
  summary: string,
): { readonly label: string; readonly description: string } {
  if (label === undefined) return { label: name, description: summary };
  return { label, description: [name === holder ? '' : name, summary].filter(Boolean).join(' · ') };
}

export function authorizationRow(
  authorization: Authorization,
  state: DeviceState,
  context: RenderContext,
  place: Place = belowDevice,
): TreeItem {
  const { pending, confirmation } = standingOf(authorization, state);
  const isUnconfirmed = confirmation === 'unconfirmed';
  const isCode = authorization.type === authorizationType.keypadCode;
  return treeItem({
    address: { ...refOf(state), ...place.twin, kind: 'authorization', id: authorization.id },
    ...labelsAt(place, authorizationName(authorization, context), authorizationSummary(authorization, state, context)),
    tooltip: undefined,
    icon: pending ? pendingIcon(pending) : authorizationIcon(authorization, isUnconfirmed, context.now),
    contextValues: [
      'authorization',
      ...(isForPerson(authorization.type) ? ['person'] : []),
      switchOf(authorization, context.now),
      ...(isCode ? ['code'] : []),
      ...((pending ? pending.givenUp : isUnconfirmed) ? ['unseen'] : []),
    ],
  });
}

/** What its menu can change: disabling one that has expired would change nothing. */
function switchOf(authorization: Authorization, now: number): 'disabled' | 'expired' | 'enabled' {
  const validity = validityOf(authorization, now);
  return validity === 'disabled' || validity === 'expired' ? validity : 'enabled';
}

/** An authorization that was asked for and that no list shows yet. */
export function pendingAuthorizationRow(
  pending: PendingCreation,
  state: DeviceState,
  context: RenderContext,
  place: Place = belowDevice,
): TreeItem {
  return treeItem({
    address: { ...refOf(state), ...place.twin, kind: 'pendingAuthorization', key: pending.key },
    ...labelsAt(place, safeText(pending.requested.name), creationSummary(pending, state.device, context)),
    tooltip: undefined,
    icon: pendingIcon(pending),
    contextValues: ['pendingAuthorization', ...(pending.givenUp ? ['unseen'] : [])],
  });
}
