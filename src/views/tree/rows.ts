import { TreeItem, TreeItemCollapsibleState, type ThemeIcon } from 'vscode';
import { deepEqual } from '../../base/deepEqual.ts';
import { safeText } from '../../base/safeText.ts';
import type { Unreadable } from '../../nuki/http/decode.ts';
import type { Devices } from '../text/duplicateNames.ts';
import { needsAttention } from '../../nuki/attention.ts';
import { isBusy, isOnline, offeredActions, type Smartlock } from '../../nuki/smartlock.ts';
import { refOf } from '../../model/deviceRef.ts';
import { demoHomeId } from '../../model/accounts/demoHome.ts';
import { simulatedApiId } from '../../model/accounts/simulatedApiAccount.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { deviceName, deviceSummary, isCurrent, spokenSummary } from '../text/deviceText.ts';
import { accountName } from '../text/accountText.ts';
import { needsAttentionUri } from './attention.ts';
import { deviceIcon, icons } from './icons.ts';
import { idOf, type NodeAddress } from './nodes.ts';
import { errorLabel, needsToken } from '../text/errorText.ts';
import { moment } from '../text/timeText.ts';

interface Row {
  readonly address: NodeAddress;
  readonly label: string;
  readonly description?: string | undefined;
  /** What a screen reader says of the row after its label; the description, unless told. */
  readonly spoken?: string | undefined;
  readonly needsAttention?: boolean;
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
  spoken = description,
  needsAttention: isMarked = false,
  tooltip,
  icon,
  contextValues,
  children = 'none',
}: Row): TreeItem {
  const item = new TreeItem(label, collapsibleStates[children]);
  item.id = idOf(address);
  item.iconPath = icon;
  item.contextValue = contextValues.join(' ');
  item.accessibilityInformation = { label: label && spoken ? `${label}, ${spoken}` : label || (spoken ?? '') };
  if (isMarked) item.resourceUri = needsAttentionUri;
  if (description) item.description = description;
  if (tooltip !== undefined) item.tooltip = tooltip;
  return item;
}

export function accountRow(account: AccountState, context: RenderContext): TreeItem {
  const { id, error, devices } = account;
  const { t } = context;
  const label = accountName(account, context);
  const isLoading = devices === undefined && error === undefined;
  const contents = isLoading ? t('loading…') : deviceCount(account, context);
  const summary = error ? errorLabel(error, account, context) : contents;
  return treeItem({
    address: { kind: 'account', accountId: id },
    label,
    description: id === demoHomeId ? `${t('simulated')} · ${summary}` : summary, // the other one is called so
    tooltip: undefined,
    icon: accountIcon(account, isLoading),
    contextValues: ['account', ownership(account), ...(error ? [needsToken(error) ? 'needsToken' : 'failing'] : [])],
    children: devices || isLoading ? 'expanded' : 'none',
  });
}

/** Whose home it is: the user's own, the demo home, or that of the simulated Web API. */
function ownership({ id, simulated }: AccountState): 'own' | 'demo' | 'simulatedApi' {
  if (!simulated) return 'own';
  return id === simulatedApiId ? 'simulatedApi' : 'demo';
}

/** How many devices an account has; of none, when it was asked for them. */
function deviceCount({ devices, unreadable, refreshedAt }: AccountState, context: RenderContext): string {
  const { t, ownNow } = context;
  const count = (devices?.length ?? 0) + unreadable.length;
  if (count > 0 || refreshedAt === undefined) return t(count === 1 ? '{0} device' : '{0} devices', count);
  return t('no devices at {0}', moment(refreshedAt, ownNow, context));
}

function accountIcon({ error, simulated }: AccountState, isLoading: boolean): ThemeIcon {
  if (error) return icons.warning;
  if (isLoading) return icons.loading;
  return simulated ? icons.simulatedAccount : icons.account;
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
        : t('Unexpected response from Nuki at {0}.', safeText(problem)),
    icon: icons.unreadable,
    contextValues: ['unreadable'],
  });
}

/** What the row of a device depends on besides what Nuki has told of it, where it says the same at any time. */
interface Basis extends Pick<RenderContext, 't' | 'language'> {
  readonly accountId: string;
  readonly label: string;
  readonly owner: ReturnType<typeof ownership>;
  readonly canUnlatch: boolean;
}

/** Rows that say the same at any time. At each refresh all rows are rendered anew, to see which read otherwise: most are these. */
const timelessRows = new WeakMap<Smartlock, { readonly basis: Basis; readonly row: TreeItem }>();

export function deviceRow(
  state: DeviceState,
  others: Devices,
  account: AccountState,
  canUnlatch: boolean,
  context: RenderContext,
): TreeItem {
  const { device, accountId } = state;
  const { t, language } = context;
  const label = deviceName(device, others, context);
  const basis: Basis = { accountId, label, owner: ownership(account), canUnlatch, t, language };
  if (state.operation || !isCurrent(state, context)) return deviceRowOf(state, basis, context);
  const known = timelessRows.get(device);
  if (known && deepEqual(known.basis, basis)) return known.row;
  const row = deviceRowOf(state, basis, context);
  timelessRows.set(device, { basis, row });
  return row;
}

function deviceRowOf(state: DeviceState, { label, owner, canUnlatch }: Basis, context: RenderContext): TreeItem {
  const { device } = state;
  const summary = deviceSummary(state, context);
  return treeItem({
    address: { ...refOf(state), kind: 'device' },
    label,
    description: summary,
    spoken: spokenSummary(state, summary, context),
    needsAttention: needsAttention(device),
    tooltip: undefined,
    icon: deviceIcon(state, context),
    contextValues: contextValuesOf(state, owner, canUnlatch, context),
    children: 'collapsed',
  });
}

function contextValuesOf(
  state: DeviceState,
  owner: Basis['owner'],
  canUnlatch: boolean,
  context: RenderContext,
): readonly string[] {
  const { device } = state;
  const values: string[] = ['device', ...offeredActions(device, canUnlatch, isCurrent(state, context))];
  if (isOnline(device)) values.push('online');
  if (!canUnlatch) values.push('cannotUnlatch');
  if (isBusy(device)) values.push('busy');
  values.push(owner);
  return values;
}
