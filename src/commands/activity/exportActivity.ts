import { l10n } from 'vscode';
import type { AccountActivity } from '../../model/activity/accountActivity.ts';
import { activityExport } from '../../views/text/export/activityExport.ts';
import { deviceNameOf } from '../pick.ts';
import { stoppable } from '../progress.ts';
import { pickExportFile, saveExport } from '../saveExport.ts';
import type { Services } from '../services.ts';

/** Reads the activity on to its end, and writes what passes its filter to a file, as CSV or JSON. @throws {NukiError} */
export async function exportActivity(activity: AccountActivity, accountId: string, services: Services): Promise<void> {
  const target = await pickExportFile(l10n.t('Export Activity'), 'nuki-activity', services.clock.now());
  if (!target) return;
  const isWhole = await stoppable(l10n.t('Exporting activity…'), async (progress, signal) => {
    const onPage = (): void => progress.report({ message: countText(activity.rows.length) });
    await activity.readAll({ signal, onPage });
    return !signal.aborted;
  });
  if (!isWhole) return;
  const deviceOf = (smartlockId: number) => {
    const ref = { accountId, smartlockId };
    return { device: services.store.device(ref)?.device, name: deviceNameOf(ref, services) };
  };
  const { count, content } = await activityExport(target.format, activity.rows, deviceOf, services.renderContext());
  await saveExport(target.file, content, exportedText(count, activity), services);
}

function countText(count: number): string {
  return count === 1 ? l10n.t('{0} entry', count) : l10n.t('{0} entries', count);
}

/** How many entries the file has, and whether that may not be all. */
function exportedText(count: number, { reach }: AccountActivity): string {
  const { kind, unreadable } = reach;
  return [
    count === 1 ? l10n.t('Exported {0} entry.', count) : l10n.t('Exported {0} entries.', count),
    kind === 'complete' ? undefined : l10n.t('The file is not complete: older entries may be missing.'),
    unreadable === 0 ? undefined : l10n.t('Not exported because unreadable: {0}.', unreadable),
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}
