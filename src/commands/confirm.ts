import { window } from 'vscode';
import type { Question } from '../model/doorkeeper.ts';
import type { DeviceState } from '../model/snapshots.ts';
import type { Store } from '../model/store.ts';
import { actions } from '../nuki/vocabulary/kinds.ts';
import { deviceIdSuffix } from '../nuki/deviceId.ts';
import { instantOf } from '../nuki/time/instant.ts';
import { mayComeBack, type Smartlock } from '../nuki/smartlock.ts';
import { serverStates, word } from '../nuki/vocabulary/words.ts';
import { questions, warnings } from '../views/text/actionText.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { contradiction, deviceName, isCurrent, kindText, stateWord } from '../views/text/deviceText.ts';
import { accountName } from '../views/text/accountText.ts';
import { devicesIn } from '../views/text/duplicateNames.ts';
import { moment } from '../views/text/timeText.ts';

/**
 * Asks before a door moves, in a modal dialog, which other extensions cannot answer. It names the action, the device, the account,
 * the last known state, and when it was reported and read.
 */
export function createConfirm(
  store: Store,
  renderContext: () => RenderContext,
): (question: Question) => Promise<boolean> {
  return (question) => ask(question, store, renderContext());
}

async function ask(
  { state, action, offline, doorOpen }: Question,
  store: Store,
  renderContext: RenderContext,
): Promise<boolean> {
  const { t } = renderContext;
  const account = store.account(state.accountId);
  // The account was removed meanwhile.
  if (!account) return false;
  const others = devicesIn(account);
  const question = t(questions[action], deviceName(state.device, others, renderContext));
  const answer = t(actions[action].name);
  const detail = [
    `${accountName(account, renderContext)} · ${kindText(state.device, renderContext)} ${deviceIdSuffix(state.device.smartlockId)}`,
    isCurrent(state, renderContext) ? undefined : t('Its state is not known now.'),
    knownText(state, renderContext),
    warnings[action] === undefined ? undefined : t(warnings[action]),
    doorOpen ? t('Its door is open: the bolt would come out beside the frame.') : undefined,
    offline ? offlineWarning(state.device, renderContext) : undefined,
  ];
  const chosen = await window.showWarningMessage(
    question,
    { modal: true, detail: detail.filter((line) => line !== undefined).join('\n') },
    answer,
  );
  return chosen === answer;
}

/** What is known of the device, with the times of the report and of the reading: the dialog may be left open. */
function knownText({ device, doubt, seenAt }: DeviceState, renderContext: RenderContext): string {
  const { t, ownNow } = renderContext;
  const read = moment(seenAt, ownNow, renderContext);
  if (doubt?.kind === 'contradictory')
    return t('Last known: {0}, read {1}', contradiction(device, doubt.other, renderContext), read);
  const known = stateWord(device, renderContext);
  const reported = instantOf(device.updateDate);
  if (reported === undefined) return t('Last known: {0}, read {1}', known, read);
  return t('Last known: {0}, reported {1}, read {2}', known, moment(reported, ownNow, renderContext), read);
}

function offlineWarning(device: Smartlock, { t }: RenderContext): string {
  if (mayComeBack(device)) return t('It is offline: Nuki may carry this out later, when nobody watches.');
  const reason = word(serverStates, device.serverState, t);
  return t('It cannot be reached ({0}): Nuki may carry this out later, when nobody watches.', reason);
}
