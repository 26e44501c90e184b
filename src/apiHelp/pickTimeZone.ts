import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { offsetOf, timeZoneName, timeZones } from '../nuki/time/timeZones.ts';
import type { Services } from '../commands/services.ts';
import type { Store } from '../model/store.ts';

/** The time zone of the user's first device that has one, otherwise this computer's: an IANA name. */
export function usualTimeZone({ store }: Pick<Services, 'store'>): string {
  return zonesOfDevices(store)[0] ?? ownTimeZone();
}

/**
 * The time zone that the user picks, as an IANA name: first those of the user's devices, then this computer's, then all that Nuki has.
 * `undefined` where the user picks none.
 */
export async function pickTimeZone({ store, renderContext }: Services, title: string): Promise<string | undefined> {
  const { now } = renderContext();
  const groups = [
    [l10n.t('Your devices'), zonesOfDevices(store)],
    [l10n.t('This computer'), [ownTimeZone()]],
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
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('Which time zone?') }))?.label;
}

function zonesOfDevices(store: Store): readonly string[] {
  const devices = store.accounts.flatMap(({ devices: list = [] }) => list);
  const zones = devices.map(({ device }) => timeZoneName(device.config?.timezoneId));
  return [...new Set(zones.filter((zone) => zone !== undefined))];
}

function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
