import { ThemeColor, ThemeIcon } from 'vscode';
import { hasSucceeded, isHeldBack, type ActivityEntry } from '../../nuki/activityLog.ts';
import { kindOf, type Phase } from '../../nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../../nuki/vocabulary/kindWords.ts';
import { isBusy, isDoorOpen, isOnline, phaseOfDevice, type Smartlock } from '../../nuki/smartlock.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { isCurrent } from '../text/deviceText.ts';
import { isUnseen } from '../../model/actions/operation.ts';
import type { DeviceState } from '../../model/snapshots.ts';

const warning = 'nuki.attentionForeground';
const error = 'nuki.failureForeground';

/** The closed lock. */
export const closedLock = 'nuki-locked';

const boltIcons: Readonly<Record<Phase, string>> = {
  secure: closedLock,
  ready: 'question',
  open: 'nuki-unlocked',
  moving: 'sync~spin',
  fault: 'error',
  unknown: 'question',
};

const openerIcons: Readonly<Record<Phase, string>> = {
  ...boltIcons,
  secure: 'question',
  ready: 'nuki-opener',
  open: 'nuki-ring-to-open',
};

/** An action that was sent, and may have been carried out or not. */
const unconfirmed = 'workspace-unknown';

/** The icon of a device. The closed lock has one meaning: the lock is known to be locked now, and no sensor says that its door is open. */
export function deviceIconName(state: DeviceState, context: RenderContext): string {
  const { device, operation } = state;
  const outcome = operation?.outcome;
  if (operation && !outcome) return 'sync~spin';
  if (outcome && isUnseen(outcome)) return unconfirmed;
  if (outcome?.kind === 'failed' || outcome?.kind === 'fault') return 'error';
  if (!isOnline(device)) return 'debug-disconnect';
  if (state.doubt?.kind === 'contradictory') return 'question';
  if (!isCurrent(state, context)) return 'history';
  const phase = phaseOfDevice(device);
  if (isBusy(device) && phase !== 'fault') return 'sync~spin';
  if (phase === 'secure' && isDoorOpen(device)) return 'warning';
  return kindOf(device.type).bolt ? boltIcons[phase] : openerIcons[phase];
}

/** The icons that tell something urgent: each has a color besides, where the theme has one. */
const urgentColors: Readonly<Record<string, string>> = { [unconfirmed]: warning, warning, error };

/** Whether an icon of a device says that something is wrong, or not known. */
export function isAlarming(icon: string): boolean {
  return icon in urgentColors || icon === 'question';
}

export function deviceIcon(state: DeviceState, context: RenderContext): ThemeIcon {
  const name = deviceIconName(state, context);
  const color = urgentColors[name];
  return new ThemeIcon(name, color === undefined ? undefined : new ThemeColor(color));
}

/** What was done, by the name of the action in a log. No padlocks: those show how a lock is now. */
const deedIcons: Readonly<Record<string, string>> = {
  unlock: 'key',
  lock: 'shield',
  'full lock': 'shield',
  unlatch: 'nuki-unlatch',
  "lock 'n' go": 'nuki-lock-n-go',
  "lock 'n' go with unlatch": 'nuki-lock-n-go',
  'activate ring to open': 'nuki-ring-to-open',
  'deactivate ring to open': 'bell-slash',
  'electric strike actuation': 'nuki-open-door',
  'activate continuous mode': 'bell-dot',
  'deactivate continuous mode': 'bell-slash',
  'doorbell rang': 'bell',
  'door opened': 'nuki-open-door',
};

/** What was done, or that it was not. */
export function activityIcon(entry: ActivityEntry, { type }: Smartlock): ThemeIcon {
  const succeeded = hasSucceeded(entry);
  if (isHeldBack(entry)) return new ThemeIcon('dash');
  if (succeeded === undefined) return new ThemeIcon('question');
  if (!succeeded) return new ThemeIcon('circle-slash', new ThemeColor(warning));
  return new ThemeIcon(deedIcons[kindWordsOf(type).logActions[entry.action] ?? ''] ?? 'pulse');
}

export const icons = {
  account: new ThemeIcon('home'),
  simulatedAccount: new ThemeIcon('beaker'),
  loading: new ThemeIcon('loading~spin'),
  warning: new ThemeIcon('warning', new ThemeColor(warning)),
  authorizations: new ThemeIcon('key'),
  activity: new ThemeIcon('history'),
  more: new ThemeIcon('fold-down'),
  people: new ThemeIcon('organization'),
  withoutPerson: new ThemeIcon('nuki-code'),
  notice: new ThemeIcon('info'),
  unreadable: new ThemeIcon('question'),
} as const;
