import { TreeItem, TreeItemCollapsibleState, type ThemeIcon } from 'vscode';
import { safeText } from '../base/safeText.ts';
import { keypadCodeType, type Authorization } from '../nuki/authorization.ts';
import type { Unreadable } from '../nuki/decode.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
import { offeredActions, isBusy } from '../nuki/smartlock.ts';
import type { AccountState, DeviceState } from '../model/snapshots.ts';
import type { AuthorizationWork, Creation } from '../model/authorizationWork.ts';
import {
  authorizationCount,
  authorizationDetails,
  authorizationName,
  authorizationSummary,
  creationSummary,
} from './authorizationWords.ts';
import { deviceDetails, deviceName, deviceSummary, type Glance } from './deviceWords.ts';
import { authorizationIcon, deviceIcon, icons, workIcon } from './icons.ts';
import { idOf, type NodeAddress } from './nodes.ts';
import { troubleSentence, troubleWord, needsToken } from './troubleWords.ts';

interface Row {
  readonly address: NodeAddress;
  readonly label: string;
  readonly description?: string | undefined;
  /** Without one it is made when somebody points at the row. */
  readonly tooltip: string | undefined;
  readonly icon: ThemeIcon;
  /** What the row is and can do, in words that menus look for. */
  readonly words: readonly string[];
  readonly children?: 'none' | 'collapsed' | 'expanded';
}

const collapsibleStates = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
} as const;

export function treeItem({ address, label, description, tooltip, icon, words, children = 'none' }: Row): TreeItem {
  const item = new TreeItem(label, collapsibleStates[children]);
  item.id = idOf(address);
  item.iconPath = icon;
  item.contextValue = words.join(' ');
  item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', ') };
  if (description) item.description = description;
  if (tooltip !== undefined) item.tooltip = tooltip;
  return item;
}

export function accountRow(account: AccountState, glance: Glance): TreeItem {
  const { id, demo, error, devices, unreadable } = account;
  const { say } = glance;
  const label = accountName(account, glance);
  const isLoading = devices === undefined && error === undefined;
  const count = (devices?.length ?? 0) + unreadable.length;
  const contents = isLoading ? say('loading…') : say(count === 1 ? '{0} device' : '{0} devices', count);
  const summary = error ? troubleWord(error, account, glance) : contents;
  return treeItem({
    address: { is: 'account', accountId: id },
    label,
    description: demo ? `${say('simulated')} · ${summary}` : summary,
    tooltip: error
      ? troubleSentence(error, { account: label, refreshedAt: account.refreshedAt }, glance)
      : `${label}\n${contents}`,
    icon: accountIcon(account, isLoading),
    words: ['account', demo ? 'demo' : 'own', ...(error ? [needsToken(error) ? 'needsToken' : 'failing'] : [])],
    children: devices || isLoading ? 'expanded' : 'none',
  });
}

function accountIcon({ error, demo }: AccountState, isLoading: boolean): ThemeIcon {
  if (error) return icons.trouble;
  if (isLoading) return icons.loading;
  return demo ? icons.demo : icons.account;
}

/** An account's label fit to be shown. */
export function accountName({ label, demo, id }: AccountState, { say }: Pick<Glance, 'say'>): string {
  return demo ? say('Demo Home') : safeText(label) || id;
}

/** A row that says in one sentence what is missing where rows should be. */
export function noticeRow(address: NodeAddress, sentence: string): TreeItem {
  return treeItem({ address, label: sentence, tooltip: sentence, icon: icons.notice, words: ['notice'] });
}

/** An element that could not be understood. Nothing can be done with it. */
export function unreadableRow(
  address: NodeAddress,
  { id, problem }: Unreadable,
  what: 'device' | 'authorization',
  glance: Glance,
): TreeItem {
  const { say } = glance;
  const label = say(what === 'device' ? 'Unreadable device' : 'Unreadable authorization');
  return treeItem({
    address,
    label,
    description: id === undefined ? undefined : safeText(id),
    tooltip:
      problem === 'duplicate'
        ? say('Nuki listed this id twice; the first entry is shown.')
        : say('Nuki answered with something that could not be understood, at {0}.', safeText(problem)),
    icon: icons.unreadable,
    words: ['unreadable'],
  });
}

export function deviceRow(
  state: DeviceState,
  others: readonly Smartlock[],
  account: AccountState,
  canUnlatch: boolean,
  glance: Glance,
): TreeItem {
  const { device, accountId } = state;
  return treeItem({
    address: { is: 'device', accountId, smartlockId: device.smartlockId },
    label: deviceName(device, others, glance),
    description: deviceSummary(state, glance),
    tooltip: undefined,
    icon: deviceIcon(state, glance),
    words: [
      'device',
      ...offeredActions(device, canUnlatch),
      ...(canUnlatch ? [] : ['cannotUnlatch']),
      ...(isBusy(device) ? ['busy'] : []),
      ...(account.demo ? ['demo'] : ['own']),
    ],
    children: 'collapsed',
  });
}

/** The hover of a device's row, made when it is asked for. */
export function deviceTooltip(
  state: DeviceState,
  others: readonly Smartlock[],
  account: AccountState,
  glance: Glance,
): string {
  const heading = deviceName(state.device, others, glance);
  return [heading, accountName(account, glance), '', deviceDetails(state, glance)].join('\n');
}

export function authorizationsRow(state: DeviceState, glance: Glance): TreeItem {
  const { device, accountId, authorizations, authorizationsError } = state;
  const { say } = glance;
  const count = authorizations && authorizationCount(authorizations, device, glance);
  const label = say('Authorizations');
  const summary = authorizationsError
    ? troubleWord(authorizationsError, undefined, glance)
    : (count ?? say('loading…'));
  return treeItem({
    address: { is: 'authorizations', accountId, smartlockId: device.smartlockId },
    label,
    description: summary,
    tooltip: `${label}\n${summary}`,
    icon: authorizationsError ? icons.trouble : icons.authorizations,
    words: ['authorizations'],
    children: 'expanded',
  });
}

export function authorizationRow(
  authorization: Authorization,
  { accountId, device, work: all = [] }: DeviceState,
  glance: Glance,
): TreeItem {
  const label = authorizationName(authorization, glance);
  const work = workOn(authorization.id, all);
  const isCode = authorization.type === keypadCodeType;
  return treeItem({
    address: { is: 'authorization', accountId, smartlockId: device.smartlockId, id: authorization.id },
    label,
    description: authorizationSummary(authorization, device, glance, work),
    tooltip: undefined,
    icon: work ? workIcon(work) : authorizationIcon(authorization, glance.now),
    words: [
      'authorization',
      authorization.enabled === false ? 'disabled' : 'enabled',
      ...(isCode ? ['code'] : []),
      ...(work?.givenUp ? ['unseen'] : []),
    ],
  });
}

/** The hover of an authorization's row, made when it is asked for: 200 of them would be most of what opening a device takes. */
export function authorizationTooltip(authorization: Authorization, device: Smartlock, glance: Glance): string {
  return `${authorizationName(authorization, glance)}\n\n${authorizationDetails(authorization, device, glance)}`;
}

/** An authorization that was asked for and that no list shows yet. */
export function pendingAuthorizationRow(work: Creation, { accountId, device }: DeviceState, glance: Glance): TreeItem {
  const label = safeText(work.wish.name);
  const summary = creationSummary(work, device, glance);
  return treeItem({
    address: { is: 'pendingAuthorization', accountId, smartlockId: device.smartlockId, key: work.key },
    label,
    description: summary,
    tooltip: `${label}\n${summary}`,
    icon: workIcon(work),
    words: ['pendingAuthorization', ...(work.givenUp ? ['unseen'] : [])],
  });
}

function workOn(id: string, all: readonly AuthorizationWork[]): AuthorizationWork | undefined {
  return all.find((work) =>
    work.what === 'create' ? work.listedAs.length > 1 && work.listedAs.includes(id) : work.id === id,
  );
}
