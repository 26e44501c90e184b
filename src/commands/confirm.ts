import { window } from 'vscode';
import type { Question } from '../model/act.ts';
import type { Store } from '../model/store.ts';
import { actions } from '../nuki/kinds.ts';
import { deviceIdSuffix } from '../nuki/deviceId.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
import { serverStates, word } from '../nuki/words.ts';
import { questions, warnings } from '../views/actionWords.ts';
import { deviceName, isCurrent, kindWords, stateWord, type Glance } from '../views/deviceWords.ts';
import { accountName } from '../views/rows.ts';
import { devicesIn } from '../views/sharedNames.ts';
import { age } from '../views/timeWords.ts';

/**
 * Asks before a door moves, in a modal dialog, which other extensions cannot answer. It names the action, the device, the account,
 * the last known state and its age.
 */
export function createConfirm(store: Store, glance: () => Glance): (question: Question) => Promise<boolean> {
  return (question) => ask(question, store, glance());
}

async function ask({ state, action, offline }: Question, store: Store, glance: Glance): Promise<boolean> {
  const { say } = glance;
  const account = store.account(state.accountId);
  // Nobody can be asked about what is gone.
  if (!account) return false;
  const others = devicesIn(account);
  const question = say(questions[action], deviceName(state.device, others, glance));
  const answer = say(actions[action].name);
  const detail = [
    `${accountName(account, glance)} · ${kindWords(state.device, glance)} ${deviceIdSuffix(state.device.smartlockId)}`,
    isCurrent(state, glance) ? undefined : say('Its state is not known now.'),
    say('Last known: {0}, {1}', stateWord(state.device, glance), age(glance.ownNow - state.seenAt, glance)),
    warnings[action] === undefined ? undefined : say(warnings[action]),
    offline ? offlineWarning(state.device, glance) : undefined,
  ];
  const chosen = await window.showWarningMessage(
    question,
    { modal: true, detail: detail.filter((line) => line !== undefined).join('\n') },
    answer,
  );
  return chosen === answer;
}

function offlineWarning({ serverState }: Smartlock, { say }: Glance): string {
  if (serverState === 4) return say('It is offline: Nuki may carry this out later, when nobody watches.');
  const why = word(serverStates, serverState, say);
  return say('It cannot be reached ({0}): Nuki may carry this out later, when nobody watches.', why);
}
