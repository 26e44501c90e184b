import { l10n, ProgressLocation, window } from 'vscode';
import { forNotification } from '../../base/safeText.ts';
import { refOf, type DeviceRef } from '../../model/deviceRef.ts';
import type { ActResult, Refusal } from '../../model/actions/doorkeeper.ts';
import { isUnseen, type Outcome } from '../../model/actions/operation.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import type { NukiError } from '../../nuki/http/errors.ts';
import { actions, kindOf, type ActionName } from '../../nuki/vocabulary/kinds.ts';
import { mayComeBack, unlatches, type Smartlock } from '../../nuki/smartlock.ts';
import { serverStates, word } from '../../nuki/vocabulary/words.ts';
import { showLogButton, type Button, type StayingButtons } from '../../report.ts';
import { elsewhereSentence, outcomeSentence, progressTitles } from '../../views/text/actionText.ts';
import { describeError, needsToken } from '../../views/text/errorText.ts';
import { idOf } from '../../views/tree/nodes.ts';
import { refreshButton, replaceTokenButton } from '../buttons.ts';
import { namesOf } from '../describeFailure.ts';
import { actionCommandId, type ActionCommandId } from '../ids.ts';
import { nameOf, pickDevice } from '../pick.ts';
import { reportErrors, type Run } from '../register.ts';
import type { CommandServices } from '../services.ts';

export function actionCommands(services: CommandServices): Readonly<Record<ActionCommandId, Run>> {
  const run =
    (action: ActionName): Run =>
    (hint) =>
      pickAndAct(action, hint, services);
  return {
    'nuki.device.unlock': run('unlock'),
    'nuki.device.lock': run('lock'),
    'nuki.device.unlatch': run('unlatch'),
    'nuki.device.lockNGo': run('lockNGo'),
    'nuki.device.lockNGoUnlatch': run('lockNGoUnlatch'),
    'nuki.device.activateRingToOpen': run('activateRingToOpen'),
    'nuki.device.deactivateRingToOpen': run('deactivateRingToOpen'),
    'nuki.device.open': run('open'),
    'nuki.device.activateContinuousMode': run('activateContinuousMode'),
    'nuki.device.deactivateContinuousMode': run('deactivateContinuousMode'),
  };
}

/** Every way to an action: row, palette, status bar, keybinding, another extension. All of them end at the doorkeeper. */
async function pickAndAct(action: ActionName, hint: unknown, services: CommandServices): Promise<void> {
  const title = l10n.t(actions[action].name);
  const canDoIt = ({ device }: DeviceState): boolean => kindOf(device.type).actions[action] !== undefined;
  const state = await pickDevice(hint, services, title, canDoIt);
  if (state) await act(action, state, services);
}

async function act(action: ActionName, state: DeviceState, services: CommandServices): Promise<void> {
  const { store } = services;
  const isSimulated = store.account(state.accountId)?.simulated === true;
  const result = await actWithProgress(action, state, services);
  // A simulated home that is gone has no door to look at; that of an account that was removed is still there.
  if (isSimulated && store.account(state.accountId) === undefined) return;
  reportResult(result, action, state, services);
}

/** A button that runs an action as a command does: the user is asked again, and a request of its own is sent. */
function actButton(title: string, action: ActionName, ref: DeviceRef, services: CommandServices): Button {
  const run = (): Promise<void> => pickAndAct(action, idOf({ ...ref, kind: 'device' }), services);
  return { title, run: () => reportErrors(actionCommandId(action), services, run) };
}

function tryAgainButton(action: ActionName, state: DeviceState, services: CommandServices): Button {
  return actButton(l10n.t('Try Again'), action, refOf(state), services);
}

/** An action that takes longer than this many milliseconds shows a notification. */
const progressDelayMs = 2_000;

/** Acts. After {@link progressDelayMs} a notification appears in which the user can stop waiting. */
async function actWithProgress(action: ActionName, state: DeviceState, services: CommandServices): Promise<ActResult> {
  const ended = new AbortController();
  const stopped = new AbortController();
  const result = services.doorkeeper.act(refOf(state), action, {
    signal: stopped.signal,
    onSent: () => void showProgress(),
    onElsewhere: () => {
      services.announcer.say(
        l10n.t('{0}: another window is running "{1}".', nameOf(state, services), l10n.t(actions[action].name)),
      );
      void showProgress();
    },
  });
  const showProgress = async (): Promise<void> => {
    await services.clock.wait(progressDelayMs, ended.signal);
    if (ended.signal.aborted) return;
    const title = l10n.t(progressTitles[action], nameOf(state, services));
    const options = { location: ProgressLocation.Notification, cancellable: true };
    await window.withProgress({ ...options, title: forNotification(title) }, (_, token) => {
      token.onCancellationRequested(() => stopped.abort());
      return result;
    });
  };
  try {
    return await result;
  } finally {
    ended.abort();
  }
}

/** Success shows in the row and, for a while, in the status bar; what the user has to look at stays until it is closed. */
function reportResult(result: ActResult, action: ActionName, state: DeviceState, services: CommandServices): void {
  if (result.sent) reportOutcome(result.outcome, action, state, services);
  else reportRefusal(result.refusal, action, state, services);
}

/** Says in the status bar, and in a message that stays, what the user has to look at. The first button mends. */
function alarm(sentence: string, buttons: StayingButtons, { announcer, report }: CommandServices): void {
  announcer.warn(sentence);
  report.warnUntilClosed(sentence, ...buttons);
}

function reportOutcome(outcome: Outcome, action: ActionName, state: DeviceState, services: CommandServices): void {
  const { device } = services.store.device(refOf(state)) ?? state;
  const sentence = outcomeSentence(outcome, action, nameOf(state, services), device, services.renderContext());
  tell(outcome, sentence, action, state, services);
}

function tell(
  outcome: Outcome,
  sentence: string,
  action: ActionName,
  state: DeviceState,
  services: CommandServices,
): void {
  const { announcer, report } = services;
  const refresh = refreshButton(state.accountId, services);
  switch (outcome.kind) {
    case 'failed':
    case 'fault':
      return alarm(sentence, [tryAgainButton(action, state, services), refresh], services);
    case 'confirmed':
    case 'unconfirmed':
    case 'unwatched':
      if (isUnseen(outcome)) return alarm(sentence, [refresh], services);
      report.log(sentence);
      return announcer.say(sentence);
  }
}

function reportRefusal(refusal: Refusal, action: ActionName, state: DeviceState, services: CommandServices): void {
  const name = nameOf(state, services);
  const refresh = refreshButton(state.accountId, services);
  const tryAgain = tryAgainButton(action, state, services);
  switch (refusal.kind) {
    case 'declined':
      return;
    case 'unsupported':
      return alarm(l10n.t("{0} doesn't support this.", name), [refresh], services);
    case 'busy':
      return alarm(l10n.t('{0} is busy with another operation. Nothing was sent.', name), [tryAgain], services);
    case 'elsewhere':
      return reportElsewhere(refusal, action, state, services);
    case 'offline':
      return alarm(offlineSentence(refusal.device, name), [refresh], services);
    case 'notReady': {
      const { type, state: now } = refusal.device;
      const mode = word(kindOf(type).modes, now?.mode, l10n.t);
      const sentence = l10n.t('{0} is in "{1}" mode and can\'t open. Nothing was sent.', name, mode);
      return alarm(sentence, [refresh], services);
    }
    case 'unread':
    case 'refused':
      return reportError(refusal, action, state, services);
  }
}

/** Says what another window does or did; with the same outcome, where it was the same action. */
function reportElsewhere(
  refusal: Extract<Refusal, { kind: 'elsewhere' }>,
  action: ActionName,
  state: DeviceState,
  services: CommandServices,
): void {
  const { device } = services.store.device(refOf(state)) ?? state;
  const sentence = elsewhereSentence(refusal, action, nameOf(state, services), device, services.renderContext());
  if (refusal.action !== action) return alarm(sentence, [tryAgainButton(action, state, services)], services);
  if (!refusal.outcome) return alarm(sentence, [refreshButton(state.accountId, services)], services);
  tell(refusal.outcome, sentence, action, state, services);
}

/** A device that is offline may come back by itself; in the other server states it has to be connected again. */
function offlineSentence(device: Smartlock, name: string): string {
  return mayComeBack(device)
    ? l10n.t('{0} is offline and would act later, unattended. Nothing was sent.', name)
    : l10n.t(
        "{0} can't be reached ({1}). You may have to reconnect it in the Nuki app. Nothing was sent.",
        name,
        word(serverStates, device.serverState, l10n.t),
      );
}

/** Says why the API has refused an action, or could not read the device before it. A lock that cannot unlatch is remembered. */
function reportError(
  { kind: undone, error }: Extract<Refusal, { error: NukiError }>,
  action: ActionName,
  state: DeviceState,
  services: CommandServices,
): void {
  const { report, unlatchSupport } = services;
  const ref = refOf(state);
  if (undone === 'refused' && error.reason === 'rejected' && error.status === 400 && unlatches(action)) {
    unlatchSupport.setCanUnlatch(ref, false);
    const sentence = l10n.t("{0} refused to unlatch. Locks sold in the US don't support it.", nameOf(state, services));
    return alarm(sentence, [actButton(l10n.t('Unlock…'), 'unlock', ref, services)], services);
  }
  // At once: the refresh that follows finds out whether the token is dead.
  const sentence = describeError(error, { ...namesOf(ref, services), undone }, services.renderContext());
  if (!needsToken(error)) return alarm(sentence, [tryAgainButton(action, state, services)], services);
  void services.refreshAccount(ref.accountId);
  alarm(sentence, [replaceTokenButton(ref.accountId), showLogButton(report)], services);
}
