import type { ViewBadge } from 'vscode';
import { isUnseen } from '../model/actions/operation.ts';
import type { AccountState, DeviceState } from '../model/snapshots.ts';
import { needsAttention } from '../nuki/attention.ts';
import { isOnline, phaseOfDevice } from '../nuki/smartlock.ts';
import { attentionTexts, deviceHeadline, deviceName } from './text/deviceText.ts';
import { devicesIn } from './text/duplicateNames.ts';
import type { RenderContext } from './text/renderContext.ts';

/** How many devices the tooltip names: it is no list to scroll. */
const mostNamed = 8;

/** The number of devices that need the user's attention, with the reasons, a line each; `undefined` where none does. */
export function badgeOf(accounts: readonly AccountState[], context: RenderContext): ViewBadge | undefined {
  const lines = accounts.flatMap((account) => devicesInNeed(account, context));
  if (lines.length === 0) return undefined;
  const more = lines.length - mostNamed;
  const shown = more > 0 ? [...lines.slice(0, mostNamed), context.t('and {0} more', more)] : lines;
  return { value: lines.length, tooltip: shown.join('\n') };
}

function devicesInNeed(account: AccountState, context: RenderContext): readonly string[] {
  const others = devicesIn(account);
  return (account.devices ?? []).flatMap((state) => {
    const reasons = reasonsOf(state, context);
    return reasons.length === 0 ? [] : [`${deviceName(state.device, others, context)}: ${reasons.join(', ')}`];
  });
}

function reasonsOf(state: DeviceState, context: RenderContext): readonly string[] {
  const { device, operation } = state;
  const outcome = operation?.outcome;
  const hasFailed = outcome && (outcome.kind === 'failed' || outcome.kind === 'fault' || isUnseen(outcome));
  const isUnwell = !isOnline(device) || phaseOfDevice(device) === 'fault' || hasFailed;
  if (!isUnwell && !needsAttention(device)) return []; // most devices, at each refresh
  return [...(isUnwell ? [deviceHeadline(state, context)] : []), ...attentionTexts(device, context)];
}
