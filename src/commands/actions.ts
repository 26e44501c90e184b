import { commands, l10n, ProgressLocation, window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { forNotification } from '../base/safeText.ts';
import type { ActResult, Doorkeeper, Refusal } from '../model/doorkeeper.ts';
import type { UnlatchSupport } from '../model/unlatchSupport.ts';
import type { Outcome } from '../model/operation.ts';
import type { DeviceState } from '../model/snapshots.ts';
import type { NukiError } from '../nuki/http/errors.ts';
import { actions, kindOf, stateWordOf, type ActionName } from '../nuki/vocabulary/kinds.ts';
import { mayComeBack, unlatches, type Smartlock } from '../nuki/smartlock.ts';
import { completionStates, serverStates, word } from '../nuki/vocabulary/words.ts';
import type { Button, Report } from '../report.ts';
import { progressTitles } from '../views/text/actionText.ts';
import { idOf, type NodeId } from '../views/tree/nodes.ts';
import { accountName } from '../views/text/accountText.ts';
import { needsToken, errorSentence } from '../views/text/errorText.ts';
import { commandIds, type ActionCommandId } from './ids.ts';
import { nameOf, pickDevice, type PickContext } from './pick.ts';
import type { Run } from './register.ts';

export interface ActionContext extends PickContext {
  readonly doorkeeper: Doorkeeper;
  readonly unlatchSupport: UnlatchSupport;
  readonly clock: Clock;
  readonly report: Report;
  readonly refresh: (accountId: string) => Promise<void>;
}

export function actionCommands(context: ActionContext): Readonly<Record<ActionCommandId, Run>> {
  const run =
    (action: ActionName): Run =>
    (hint) =>
      act(action, hint, context);
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
async function act(action: ActionName, hint: unknown, context: ActionContext): Promise<void> {
  const title = l10n.t(actions[action].name);
  const canDoIt = ({ device }: DeviceState): boolean => kindOf(device.type).actions[action] !== undefined;
  const state = await pickDevice(hint, context, title, canDoIt);
  if (!state) return;
  reportResult(await actWithProgress(action, state, context), action, state, context);
}

/** After how many milliseconds a notification says that an action is still under way. */
const patience = 2_000;

/** Acts; an action that takes its time shows a notification that lets a person stop waiting. */
async function actWithProgress(action: ActionName, state: DeviceState, context: ActionContext): Promise<ActResult> {
  const ended = new AbortController();
  const stopped = new AbortController();
  const result = context.doorkeeper.act(state.accountId, state.device.smartlockId, action, {
    signal: stopped.signal,
    onSent: () => void showProgress(),
  });
  const showProgress = async (): Promise<void> => {
    await context.clock.wait(patience, ended.signal);
    if (ended.signal.aborted) return;
    const title = l10n.t(progressTitles[action], nameOf(state, context));
    const options = { location: ProgressLocation.Notification, cancellable: true };
    await window.withProgress(
      { ...options, title: forNotification(title, l10n.t(actions[action].doing)) },
      (_, token) => {
        token.onCancellationRequested(() => stopped.abort());
        return result;
      },
    );
  };
  try {
    return await result;
  } finally {
    ended.abort();
  }
}

/** Success is seen in the row; everything else is said. */
function reportResult(result: ActResult, action: ActionName, state: DeviceState, context: ActionContext): void {
  if (result.sent) reportOutcome(result.outcome, state, context);
  else reportRefusal(result.refusal, action, state, context);
}

function reportOutcome(outcome: Outcome, state: DeviceState, context: ActionContext): void {
  const { report } = context;
  const name = nameOf(state, context);
  const failed = (reason: string): void => report.warn(l10n.t('{0}: {1}. Check the door.', name, reason));
  switch (outcome.kind) {
    case 'confirmed':
      return report.note(`confirmed: ${name}`);
    case 'failed':
      return failed(word(completionStates, outcome.completion, l10n.t));
    case 'fault':
      return failed(stateWordOf(kindOf(state.device.type), outcome.state, l10n.t));
    case 'unconfirmed':
      return report.warn(l10n.t('{0} did not confirm within 30 s. Nothing is sent again. Check the door.', name), [
        { title: l10n.t('Check Again'), run: () => context.refresh(state.accountId) },
      ]);
    case 'unwatched':
      return report.inform(
        l10n.t('{0} is no longer followed. What was sent cannot be recalled. Check the door.', name),
        [{ title: l10n.t('Check Again'), run: () => context.refresh(state.accountId) }],
      );
  }
}

function reportRefusal(refusal: Refusal, action: ActionName, state: DeviceState, context: ActionContext): void {
  const { report } = context;
  const name = nameOf(state, context);
  const tryAgain: Button = {
    title: l10n.t('Try Again'),
    run: () => act(action, rowOf(state), context),
  };
  const refresh: Button = { title: l10n.t('Refresh'), run: () => context.refresh(state.accountId) };
  switch (refusal.kind) {
    case 'declined':
      return;
    case 'unsupported':
      return report.warn(l10n.t('{0} cannot do this.', name), [refresh]);
    case 'busy':
      return report.warn(l10n.t('{0} is busy with another operation. Nothing was sent.', name), [tryAgain]);
    case 'offline':
      return report.warn(offlineWords(refusal.device, name), [refresh]);
    case 'notReady': {
      const { type, state: now } = refusal.device;
      const mode = word(kindOf(type).modes, now?.mode, l10n.t);
      return report.warn(l10n.t('{0} is in the mode "{1}" and opens nothing. Nothing was sent.', name, mode), [
        refresh,
      ]);
    }
    case 'unread':
    case 'refused':
      return reportError(refusal, action, state, context);
  }
}

/** Only one that is offline may be back by itself. */
function offlineWords(device: Smartlock, name: string): string {
  return mayComeBack(device)
    ? l10n.t('{0} is offline: it would act later, unattended. Nothing was sent.', name)
    : l10n.t(
        '{0} cannot be reached: {1}. It may have to be connected again in the Nuki app. Nothing was sent.',
        name,
        word(serverStates, device.serverState, l10n.t),
      );
}

function reportError(
  { kind: why, error }: Extract<Refusal, { error: NukiError }>,
  action: ActionName,
  state: DeviceState,
  context: ActionContext,
): void {
  const { report, store, renderContext } = context;
  const name = nameOf(state, context);
  const id = rowOf(state);
  if (error.status === 400 && unlatches(action)) {
    void context.unlatchSupport.setCanUnlatch(state.accountId, state.device.smartlockId, false);
    return report.warn(l10n.t('{0} refused to pull the latch. Locks as sold in the US cannot.', name), [
      { title: l10n.t('Unlock…'), run: () => act('unlock', id, context) },
    ]);
  }
  const account = store.account(state.accountId);
  const sentence = errorSentence(
    error,
    { account: account ? accountName(account, renderContext()) : '', device: name, undone: why },
    renderContext(),
  );
  if (!needsToken(error)) {
    return report.warn(sentence, [{ title: l10n.t('Try Again'), run: () => act(action, id, context) }]);
  }
  void context.refresh(state.accountId);
  report.warn(sentence, [
    {
      title: l10n.t('Replace Token'),
      run: () =>
        commands.executeCommand(commandIds.replaceToken, idOf({ kind: 'account', accountId: state.accountId })),
    },
    { title: l10n.t('Show Log'), run: () => report.show() },
  ]);
}

function rowOf({ accountId, device }: DeviceState): NodeId {
  return idOf({ kind: 'device', accountId, smartlockId: device.smartlockId });
}
