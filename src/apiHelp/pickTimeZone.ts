import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { offsetOf, timeZoneName, timeZones } from '../nuki/time/timeZones.ts';
import type { Services } from '../commands/services.ts';

/**
 * The time zone that the user picks, as an IANA name: first those of the user's devices, then this computer's, then all that Nuki has.
 * `undefined` where the user picks none.
 */
export async function pickTimeZone({ store, renderContext }: Services, title: string): Promise<string | undefined> {
  const { now } = renderContext();
  const devices = store.accounts.flatMap(({ devices: list = [] }) => list);
  const ofDevices = devices
    .map(({ device }) => timeZoneName(device.config?.timezoneId))
    .filter((zone) => zone !== undefined);
  const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const groups = [
    [l10n.t('Your devices'), [...new Set(ofDevices)]],
    [l10n.t('This computer'), [ownZone]],
    [l10n.t('All time zones of Nuki'), timeZones],
  ] as const;
  const items = groups.flatMap(([label, zones]): QuickPickItem[] =>
    zones.length === 0
      ? []
      : [
          { label, kind: QuickPickItemKind.Separator },
          ...zones.map((zone) => ({ label: zone, description: offsetOf(zone, now) })),
        ],
  );
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('Whose clock?') }))?.label;
}
