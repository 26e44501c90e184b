import { l10n, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { forIcons } from '../base/safeText.ts';
import type { Device } from '../simulator/devices/device.ts';
import { hasPart } from '../simulator/devices/parts.ts';
import type { SimulatedHome } from '../simulator/home.ts';
import { Names } from '../simulator/journal/names.ts';

interface DeedItem extends QuickPickItem {
  readonly happen: () => void;
}

/** Has someone do something at a device of the home, which no client has asked for. */
export async function pickDeed(home: SimulatedHome): Promise<void> {
  const names = new Names(() => home);
  const devices = home.devices().map((device) => ({ label: forIcons(names.device(String(device.id))), device }));
  const title = l10n.t('At the Door');
  const chosen = await window.showQuickPick(devices, { title, placeHolder: l10n.t('Choose a device') });
  if (!chosen) return;
  const placeHolder = l10n.t('What happens at {0}?', chosen.label);
  const deed = await window.showQuickPick(deedsAt(chosen.device, home), { title, placeHolder });
  deed?.happen();
}

/** What people can do at a device, as far as it has the parts for it. */
function deedsAt(device: Device, home: SimulatedHome): readonly DeedItem[] {
  const { id, cloud } = device;
  return [
    ...(hasPart(device, 'bolt')
      ? [
          item('nuki-locked', l10n.t('Lock by Hand'), () => home.turnByHand(id, 1)),
          item('nuki-unlocked', l10n.t('Unlock by Hand'), () => home.turnByHand(id, 3)),
        ]
      : []),
    ...(hasPart(device, 'door sensor')
      ? [
          item('nuki-open-door', l10n.t('Open the Door'), () => home.moveDoor(id, 3)),
          item('nuki-locked', l10n.t('Close the Door'), () => home.moveDoor(id, 2)),
        ]
      : []),
    ...(hasPart(device, 'bell') ? [item('bell', l10n.t('Ring the Bell'), () => home.people.ring(id))] : []),
    ...(hasPart(device, 'keypad')
      ? [item('nuki-keypad', l10n.t('Mistype a Code'), () => home.people.failAtKeypad(id, 'code'))]
      : []),
    cloud.online
      ? item('debug-disconnect', l10n.t('Disconnect from Nuki'), () => home.setServerState(id, 4))
      : item('plug', l10n.t('Connect to Nuki'), () => home.setServerState(id, 0)),
  ];
}

function item(icon: string, label: string, happen: () => void): DeedItem {
  return { label, iconPath: new ThemeIcon(icon), happen };
}
