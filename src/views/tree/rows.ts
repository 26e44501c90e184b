import { authorizationType, isForPerson } from '../../nuki/authorization/authorizationType.ts';
import { TreeItem, TreeItemCollapsibleState, type ThemeIcon } from 'vscode';
import { safeText } from '../../base/safeText.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { Unreadable } from '../../nuki/http/decode.ts';
import type { Devices } from '../text/duplicateNames.ts';
import { offeredActions, isBusy, isOnline } from '../../nuki/smartlock.ts';
import { refOf } from '../../model/deviceRef.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { PendingCreation } from '../../model/pendingChanges.ts';
import { standingOf, standstillOf } from '../../model/standing.ts';
import {
  authorizationCount,
  authorizationName,
  authorizationSummary,
  creationSummary,
  standstillText,
} from '../text/authorizationText.ts';
import { standstillDetails } from '../hover/authorizationHover.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { deviceName, deviceSummary, isCurrent } from '../text/deviceText.ts';
import { accountName } from '../text/accountText.ts';
import { authorizationIcon, deviceIcon, icons, pendingIcon } from './icons.ts';
import { idOf, type NodeAddress } from './nodes.ts';
import { errorLabel, needsToken } from '../text/errorText.ts';
import { moment } from '../text/timeText.ts';

interface Row {
  readonly address: NodeAddress;
  readonly label: string;
  readonly description?: string | undefined;
  /** `undefined` where it is made when the user points at the row. */
  readonly tooltip: string | undefined;
  readonly icon: ThemeIcon;
  /** What the row is and offers, as the manifest's `when` clauses of menus test it. */
  readonly contextValues: readonly string[];
  readonly children?: 'none' | 'collapsed' | 'expanded';
}

const collapsibleStates = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
} as const;

export function treeItem({
  address,
  label,
  description,
  tooltip,
  icon,
  contextValues,
  children = 'none',
}: Row): TreeItem {
  const item = new TreeItem(label, collapsibleStates[children]);
  item.id = idOf(address);
  item.iconPath = icon;
  item.contextValue = contextValues.join(' ');
  item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', ') };
  if (description) item.description = description;
  if (tooltip !== undefined) item.tooltip = tooltip;
  return item;
}

export function accountRow(account: AccountState, context: RenderContext): TreeItem {
  const { id, demo, error, devices } = account;
  const { t } = context;
  const label = accountName(account, context);
  const isLoading = devices === undefined && error === undefined;
  const contents = isLoading ? t('loading…') : deviceCount(account, context);
  const summary = error ? errorLabel(error, account, context) : contents;
  return treeItem({
    address: { kind: 'account', accountId: id },
    label,
    description: demo ? `${t('simulated')} · ${summary}` : summary,
    tooltip: undefined,
    icon: accountIcon(account, isLoading),
    contextValues: ['account', demo ? 'demo' : 'own', ...(error ? [needsToken(error) ? 'needsToken' : 'failing'] : [])],
    children: devices || isLoading ? 'expanded' : 'none',
  });
}

/** How many devices an account has; of none, when it was asked for them. */
function deviceCount({ devices, unreadable, refreshedAt }: AccountState, context: RenderContext): string {
  const { t, ownNow } = context;
  const count = (devices?.length ?? 0) + unreadable.length;
  if (count > 0 || refreshedAt === undefined) return t(count === 1 ? '{0} device' : '{0} devices', count);
  return t('no devices at {0}', moment(refreshedAt, ownNow, context));
}

function accountIcon({ error, demo }: AccountState, isLoading: boolean): ThemeIcon {
  if (error) return icons.warning;
  if (isLoading) return icons.loading;
  return demo ? icons.demo : icons.account;
}

/** A row that says in one sentence what is missing where rows should be. */
export function noticeRow(address: NodeAddress, sentence: string): TreeItem {
  return treeItem({ address, label: sentence, tooltip: sentence, icon: icons.notice, contextValues: ['notice'] });
}

/** An element of a list that could not be understood; no command is offered for it. */
export function unreadableRow(
  address: NodeAddress & { readonly kind: 'unreadable' | 'unreadableAuthorization' },
  { id, problem }: Unreadable,
  { t }: RenderContext,
): TreeItem {
  const label = t(address.kind === 'unreadable' ? 'Unreadable device' : 'Unreadable authorization');
  return treeItem({
    address,
    label,
    description: id === undefined ? undefined : safeText(id),
    tooltip:
      problem === 'duplicate'
        ? t('Nuki listed this id twice; the first entry is shown.')
        : t('Nuki answered with something that could not be understood, at {0}.', safeText(problem)),
    icon: icons.unreadable,
    contextValues: ['unreadable'],
  });
}

export function deviceRow(
  state: DeviceState,
  others: Devices,
  account: AccountState,
  canUnlatch: boolean,
  context: RenderContext,
): TreeItem {
  const { device } = state;
  return treeItem({
    address: { ...refOf(state), kind: 'device' },
    label: deviceName(device, others, context),
    description: deviceSummary(state, context),
    tooltip: undefined,
    icon: deviceIcon(state, context),
    contextValues: [
      'device',
      ...offeredActions(device, canUnlatch, isCurrent(state, context)),
      ...(isOnline(device) ? ['online'] : []),
      ...(canUnlatch ? [] : ['cannotUnlatch']),
      ...(isBusy(device) ? ['busy'] : []),
      ...(account.demo ? ['demo'] : ['own']),
    ],
    children: 'collapsed',
  });
}

export function authorizationsRow(state: DeviceState, context: RenderContext): TreeItem {
  const { device, authorizations, authorizationsError } = state;
  const { t } = context;
  const label = t('Authorizations');
  const count = authorizations && authorizationCount(authorizations, device, context);
  const contents = authorizationsError ? errorLabel(authorizationsError, undefined, context) : (count ?? t('loading…'));
  const standstill = standstillOf(state, context);
  const summary = standstill ? `${standstillText(standstill, device, context)} · ${contents}` : contents;
  return treeItem({
    address: { ...refOf(state), kind: 'authorizations' },
    label,
    description: summary,
    tooltip: [label, summary, standstill && standstillDetails(standstill, device, context)]
      .filter((line) => line !== undefined)
      .join('\n'),
    icon: authorizationsError || standstill ? icons.warning : icons.authorizations,
    contextValues: ['authorizations'],
    children: 'expanded',
  });
}

export function authorizationRow(authorization: Authorization, state: DeviceState, context: RenderContext): TreeItem {
  const label = authorizationName(authorization, context);
  const { pending, confirmation } = standingOf(authorization, state);
  const isUnconfirmed = confirmation === 'unconfirmed';
  const isCode = authorization.type === authorizationType.keypadCode;
  return treeItem({
    address: { ...refOf(state), kind: 'authorization', id: authorization.id },
    label,
    description: authorizationSummary(authorization, state, context),
    tooltip: undefined,
    icon: pending ? pendingIcon(pending) : authorizationIcon(authorization, isUnconfirmed, context.now),
    contextValues: [
      'authorization',
      ...(isForPerson(authorization.type) ? ['person'] : []),
      authorization.enabled === false ? 'disabled' : 'enabled',
      ...(isCode ? ['code'] : []),
      ...((pending ? pending.givenUp : isUnconfirmed) ? ['unseen'] : []),
    ],
  });
}

/** An authorization that was asked for and that no list shows yet. */
export function pendingAuthorizationRow(
  pending: PendingCreation,
  state: DeviceState,
  context: RenderContext,
): TreeItem {
  const label = safeText(pending.requested.name);
  const summary = creationSummary(pending, state.device, context);
  return treeItem({
    address: { ...refOf(state), kind: 'pendingAuthorization', key: pending.key },
    label,
    description: summary,
    tooltip: undefined,
    icon: pendingIcon(pending),
    contextValues: ['pendingAuthorization', ...(pending.givenUp ? ['unseen'] : [])],
  });
}
