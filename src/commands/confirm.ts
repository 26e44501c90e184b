import { window } from 'vscode';
import type { Question } from '../model/doorkeeper.ts';
import type { Store } from '../model/store.ts';
import { actions } from '../nuki/vocabulary/kinds.ts';
import { deviceIdSuffix } from '../nuki/deviceId.ts';
import { mayComeBack, type Smartlock } from '../nuki/smartlock.ts';
import { serverStates, word } from '../nuki/vocabulary/words.ts';
import { questions, warnings } from '../views/text/actionText.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { deviceName, isCurrent, kindText, stateWord } from '../views/text/deviceText.ts';
import { accountName } from '../views/text/accountText.ts';
import { devicesIn } from '../views/text/duplicateNames.ts';
import { age } from '../views/text/timeText.ts';

/**
 * Asks before a door moves, in a modal dialog, which other extensions cannot answer. It names the action, the device, the account,
 * the last known state and its age.
 */
export function createConfirm(
  store: Store,
  renderContext: () => RenderContext,
): (question: Question) => Promise<boolean> {
  return (question) => ask(question, store, renderContext());
}

async function ask({ state, action, offline }: Question, store: Store, renderContext: RenderContext): Promise<boolean> {
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
    t(
      'Last known: {0}, {1}',
      stateWord(state.device, renderContext),
      age(renderContext.ownNow - state.seenAt, renderContext),
    ),
    warnings[action] === undefined ? undefined : t(warnings[action]),
    offline ? offlineWarning(state.device, renderContext) : undefined,
  ];
  const chosen = await window.showWarningMessage(
    question,
    { modal: true, detail: detail.filter((line) => line !== undefined).join('\n') },
    answer,
  );
  return chosen === answer;
}

function offlineWarning(device: Smartlock, { t }: RenderContext): string {
  if (mayComeBack(device)) return t('It is offline: Nuki may carry this out later, when nobody watches.');
  const reason = word(serverStates, device.serverState, t);
  return t('It cannot be reached ({0}): Nuki may carry this out later, when nobody watches.', reason);
}
