import { l10n, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { forIcons, safeText } from '../base/safeText.ts';
import { deviceType, kindOf } from '../nuki/vocabulary/kinds.ts';
import type { Device } from '../simulator/devices/device.ts';
import type { SimulatedHome } from '../simulator/home.ts';

interface DeedItem extends QuickPickItem {
  readonly happen: () => void;
}

/** Has someone do something at a device of the home, which no client has asked for. */
export async function pickDeed(home: SimulatedHome): Promise<void> {
  const devices = home.devices().map((device) => ({ label: forIcons(nameOf(device)), device }));
  const title = l10n.t('At the Door');
  const chosen = await window.showQuickPick(devices, { title, placeHolder: l10n.t('Choose a device') });
  if (!chosen) return;
  const placeHolder = l10n.t('What happens at {0}?', chosen.label);
  const deed = await window.showQuickPick(deedsAt(chosen.device, home), { title, placeHolder });
  deed?.happen();
}

function nameOf({ id, cloud }: Device): string {
  return safeText(cloud.listed.name) || String(id);
}

/** What people can do at a device, as far as it has the parts for it. */
function deedsAt({ id, type, cloud, state }: Device, home: SimulatedHome): readonly DeedItem[] {
  const { config, serverState } = cloud.listed;
  const isOnline = serverState === 0;
  return [
    ...(kindOf(type).bolt
      ? [
          item('nuki-locked', l10n.t('Lock by Hand'), () => home.turnByHand(id, 1)),
          item('nuki-unlocked', l10n.t('Unlock by Hand'), () => home.turnByHand(id, 3)),
        ]
      : []),
    ...(state.doorState === 0
      ? []
      : [
          item('nuki-open-door', l10n.t('Open the Door'), () => home.moveDoor(id, 3)),
          item('nuki-locked', l10n.t('Close the Door'), () => home.moveDoor(id, 2)),
        ]),
    ...(type === deviceType.opener ? [item('bell', l10n.t('Ring the Bell'), () => home.people.ring(id))] : []),
    ...(config.keypadPaired || config.keypad2Paired
      ? [item('nuki-keypad', l10n.t('Mistype a Code'), () => home.people.failAtKeypad(id, 'code'))]
      : []),
    isOnline
      ? item('debug-disconnect', l10n.t('Disconnect from Nuki'), () => home.setServerState(id, 4))
      : item('plug', l10n.t('Connect to Nuki'), () => home.setServerState(id, 0)),
  ];
}

function item(icon: string, label: string, happen: () => void): DeedItem {
  return { label, iconPath: new ThemeIcon(icon), happen };
}
