import type { TreeItem } from 'vscode';
import type { ActivityEntry } from '../nuki/activity.ts';
import type { DeviceState } from '../model/snapshots.ts';
import { activityActor, activityDetails, activityGroupSummary, activitySummary } from './activityWords.ts';
import type { Glance } from './deviceWords.ts';
import { activityIcon, icons } from './icons.ts';
import { idOf, type NodeAddress } from './nodes.ts';
import { treeItem } from './rows.ts';

export function activityRow(state: DeviceState, glance: Glance): TreeItem {
  const { accountId, device, activityError } = state;
  const label = glance.say('Recent Activity');
  const summary = activityGroupSummary(state, glance);
  return treeItem({
    address: { is: 'activity', accountId, smartlockId: device.smartlockId },
    label,
    description: summary,
    tooltip: [label, summary].filter(Boolean).join('\n'),
    icon: activityError ? icons.trouble : icons.activity,
    words: ['activity'],
    children: 'collapsed',
  });
}

export function activityEntryRow(entry: ActivityEntry, { accountId, device }: DeviceState, glance: Glance): TreeItem {
  const label = activityActor(entry, glance);
  return treeItem({
    address: { is: 'activityEntry', accountId, smartlockId: device.smartlockId, id: entry.id },
    label,
    description: activitySummary(entry, device, glance),
    tooltip: `${label}\n\n${activityDetails(entry, device, glance)}`,
    icon: activityIcon(entry, device),
    words: ['activityEntry'],
  });
}

/** A row like a button, the only one of its kind: it stands where the next page goes. */
export function moreActivityRow(address: NodeAddress, command: string, glance: Glance): TreeItem {
  const title = glance.say('Load more');
  const item = treeItem({ address, label: title, tooltip: title, icon: icons.more, words: ['moreActivity'] });
  item.command = { command, title, arguments: [idOf(address)] };
  item.accessibilityInformation = { label: title, role: 'button' };
  return item;
}
