import type { TreeItem } from 'vscode';
import type { ActivityEntry } from '../../nuki/activityLog.ts';
import { refOf } from '../../model/deviceRef.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { activityGroupSummary, activityLabel, activitySummary } from '../text/activityText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { activityIcon, icons } from './icons.ts';
import { idOf, type NodeAddress } from './nodes.ts';
import { treeItem } from './rows.ts';

export function activityRow(state: DeviceState, context: RenderContext): TreeItem {
  const { activityError } = state;
  const label = context.t('Recent Activity');
  const summary = activityGroupSummary(state, context);
  return treeItem({
    address: { ...refOf(state), kind: 'activity' },
    label,
    description: summary,
    tooltip: [label, summary].filter(Boolean).join('\n'),
    icon: activityError ? icons.warning : icons.activity,
    contextValues: ['activity'],
    children: 'collapsed',
  });
}

export function activityEntryRow(entry: ActivityEntry, state: DeviceState, context: RenderContext): TreeItem {
  const { device } = state;
  const label = activityLabel(entry, device, context);
  return treeItem({
    address: { ...refOf(state), kind: 'activityEntry', id: entry.id },
    label,
    description: activitySummary(entry, device, context),
    tooltip: undefined,
    icon: activityIcon(entry, device),
    contextValues: ['activityEntry'],
  });
}

/** The row after the last entry, which loads the next page like a button. */
export function moreActivityRow(address: NodeAddress, command: string, context: RenderContext): TreeItem {
  const title = context.t('Load more');
  const item = treeItem({ address, label: title, tooltip: title, icon: icons.more, contextValues: ['moreActivity'] });
  item.command = { command, title, arguments: [idOf(address)] };
  item.accessibilityInformation = { label: title, role: 'button' };
  return item;
}
