import type { Clock } from '../../base/clock.ts';
import type { Question } from '../../model/actions/doorkeeper.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { Store } from '../../model/store.ts';
import { actions } from '../../nuki/vocabulary/kinds.ts';
import { deviceIdSuffix } from '../../nuki/deviceId.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { isOnline, mayComeBack, type Smartlock } from '../../nuki/smartlock.ts';
import { serverStates, word } from '../../nuki/vocabulary/words.ts';
import { questions, warningOf } from '../../views/text/actionText.ts';
import type { RenderContext } from '../../views/text/renderContext.ts';
import { deviceName, isCurrent, kindText, stateWord } from '../../views/text/deviceText.ts';
import { accountName } from '../../views/text/accountText.ts';
import { devicesIn } from '../../views/text/duplicateNames.ts';
import { moment } from '../../views/text/timeText.ts';
import { confirmInModal } from '../modal.ts';

/**
 * Asks before a door moves. The question names the action, the device, the account, the last reported state, and when that was reported
 * and read.
 */
export function createConfirm(
  store: Store,
  renderContext: () => RenderContext,
  clock: Pick<Clock, 'now'>,
): (question: Question) => Promise<boolean> {
  return (question) => ask(question, store, renderContext(), clock);
}

async function ask(
  { state, action, offline, doorOpen }: Question,
  store: Store,
  renderContext: RenderContext,
  clock: Pick<Clock, 'now'>,
): Promise<boolean> {
  const { t } = renderContext;
  const account = store.account(state.accountId);
  // The account was removed meanwhile.
  if (!account) return false;
  const name = deviceName(state.device, devicesIn(account), renderContext);
  const detail = [
    `${accountName(account, renderContext)} · ${kindText(state.device, renderContext)} ${deviceIdSuffix(state.device.smartlockId)}`,
    isCurrent(state, renderContext) ? undefined : t('Current state unknown.'),
    reportText(state, renderContext),
    warningOf(action, state.device, t),
    doorOpen ? doorWarning(state, renderContext) : undefined,
    offline ? offlineWarning(state.device, renderContext) : undefined,
  ];
  const question = {
    question: t(doorOpen ? 'Lock {0} with the door open?' : questions[action], name),
    detail: detail.filter((line) => line !== undefined).join('\n'),
    yes: doorOpen ? t('Lock Anyway') : t(actions[action].name),
  };
  return await confirmInModal(question, clock);
}

/** What the device last reported, with times and no ages: the dialog may be left open. That of our read says something of a current state only. */
function reportText(state: DeviceState, renderContext: RenderContext): string {
  const { device, doubt, seenAt } = state;
  const { t, ownNow } = renderContext;
  const known = stateWord(device, renderContext);
  if (doubt?.kind === 'contradictory') {
    const other = stateWord(doubt.other, renderContext);
    return known === other
      ? t('Two reports contradict each other.')
      : t('Reported as {0} and as {1} at the same time.', known, other);
  }
  const date = instantOf(device.updateDate);
  const reported = [known, ...(date === undefined ? [] : [moment(date, ownNow, renderContext)])];
  const report = reported.join(', ');
  return doubt || !isOnline(device)
    ? t('Last reported: {0}', report)
    : t('Last reported: {0} (updated {1})', report, moment(seenAt, ownNow, renderContext));
}

function doorWarning(state: DeviceState, renderContext: RenderContext): string {
  const { t } = renderContext;
  return isCurrent(state, renderContext)
    ? t('The door is open. The bolt would extend into the air.')
    : t('The door was last reported open. The bolt may extend into the air.');
}

function offlineWarning(device: Smartlock, { t }: RenderContext): string {
  if (mayComeBack(device))
    return t('This device is offline. Nuki may run the command later, when no one is there to see it.');
  const reason = word(serverStates, device.serverState, t);
  return t("Can't reach this device ({0}). Nuki may run the command later, when no one is there to see it.", reason);
}
