import { commands, env, l10n, window, type Disposable } from 'vscode';
import type { ActResult, Doorkeeper, Refusal } from '../model/act.ts';
import type { Outcome } from '../model/operation.ts';
import type { DeviceState } from '../model/store.ts';
import { hexOfDeviceId } from '../nuki/deviceId.ts';
import { actions, isActionName, kindOf, statesOf, type ActionName } from '../nuki/kinds.ts';
import type { NukiError } from '../nuki/errors.ts';
import { completionStates, word } from '../nuki/words.ts';
import { deviceName } from '../views/deviceWords.ts';
import { idOf } from '../views/nodes.ts';
import { accountName } from '../views/rows.ts';
import { needsToken, troubleSentence } from '../views/troubleWords.ts';
import type { Button, Report } from '../report.ts';
import { actionCommandId, commandIds } from './ids.ts';
import { pickDevice, type PickContext } from './pick.ts';
import { registerCommand } from './register.ts';

interface Context extends PickContext {
  readonly doorkeeper: Doorkeeper;
  readonly report: Report;
  readonly refresh: (accountId: string) => Promise<void>;
}

export function registerDeviceCommands(context: Context): Disposable[] {
  const { report } = context;
  const actionCommands = Object.keys(actions)
    .filter(isActionName)
    .map((action) => registerCommand(actionCommandId(action), report, (hint) => act(action, hint, context)));
  return [
    ...actionCommands,
    registerCommand(commandIds.copyId, report, (hint) => copyId(hint, context, String)),
    registerCommand(commandIds.copyHexId, report, (hint) => copyId(hint, context, hexOfDeviceId)),
  ];
}

/** Every way to an action: row, palette, status bar, keybinding, another extension. All of them end at the doorkeeper. */
async function act(action: ActionName, hint: unknown, context: Context): Promise<void> {
  const title = l10n.t(actions[action].name);
  const canDoIt = ({ device }: DeviceState): boolean => kindOf(device.type).actions[action] !== undefined;
  const state = await pickDevice(hint, context, title, canDoIt);
  if (!state) return;
  const result = await context.doorkeeper.act(state.accountId, state.device.smartlockId, action);
  say(result, action, state, context);
}

/** Success is seen in the row; everything else is said. */
function say(result: ActResult, action: ActionName, state: DeviceState, context: Context): void {
  if (result.sent) sayOutcome(result.outcome, state, context);
  else sayRefusal(result.refusal, action, state, context);
}

function sayOutcome(outcome: Outcome, state: DeviceState, context: Context): void {
  const { report } = context;
  const name = nameOf(state, context);
  const failed = (reason: string): void => report.warn(l10n.t('{0}: {1}. Check the door.', name, reason));
  switch (outcome.result) {
    case 'confirmed':
      return report.note(`confirmed: ${name}`);
    case 'failed':
      return failed(word(completionStates, outcome.completion, l10n.t));
    case 'fault':
      return failed(word(statesOf(kindOf(state.device.type)), outcome.state, l10n.t));
    case 'unconfirmed':
      return report.warn(l10n.t('{0} did not confirm within 30 s. Nothing is sent again. Check the door.', name), [
        { title: l10n.t('Check Again'), run: () => context.refresh(state.accountId) },
      ]);
  }
}

function sayRefusal(refusal: Refusal, action: ActionName, state: DeviceState, context: Context): void {
  const { report } = context;
  const name = nameOf(state, context);
  const tryAgain: Button = {
    title: l10n.t('Try Again'),
    run: () => act(action, idOf({ is: 'device', ...addressOf(state) }), context),
  };
  const refresh: Button = { title: l10n.t('Refresh'), run: () => context.refresh(state.accountId) };
  switch (refusal.why) {
    case 'declined':
      return;
    case 'unsupported':
      return report.warn(l10n.t('{0} cannot do this.', name), [refresh]);
    case 'busy':
      return report.warn(l10n.t('{0} is busy with another operation. Nothing was sent.', name), [tryAgain]);
    case 'offline':
      return report.warn(l10n.t('{0} is offline: it would act later, unattended. Nothing was sent.', name), [refresh]);
    case 'error':
      return sayError(refusal.error, action, state, context);
  }
}

function sayError(error: NukiError, action: ActionName, state: DeviceState, context: Context): void {
  const { report, store, glance } = context;
  const name = nameOf(state, context);
  const id = idOf({ is: 'device', ...addressOf(state) });
  if (error.status === 400 && (action === 'unlatch' || action === 'lockNGoUnlatch')) {
    return report.warn(l10n.t('{0} refused to pull the latch. Locks as sold in the US cannot.', name), [
      { title: l10n.t('Unlock…'), run: () => act('unlock', id, context) },
    ]);
  }
  const account = store.account(state.accountId);
  const sentence = troubleSentence(
    error,
    { account: account ? accountName(account, glance()) : '', device: name },
    glance(),
  );
  if (!needsToken(error)) {
    return report.warn(sentence, [{ title: l10n.t('Try Again'), run: () => act(action, id, context) }]);
  }
  void context.refresh(state.accountId);
  report.warn(sentence, [
    {
      title: l10n.t('Replace Token'),
      run: () => commands.executeCommand(commandIds.replaceToken, idOf({ is: 'account', accountId: state.accountId })),
    },
    { title: l10n.t('Show Log'), run: () => report.show() },
  ]);
}

function addressOf(state: DeviceState): { accountId: string; smartlockId: number } {
  return { accountId: state.accountId, smartlockId: state.device.smartlockId };
}

function nameOf(state: DeviceState, { store, glance }: PickContext): string {
  const others = (store.account(state.accountId)?.devices ?? []).map(({ device }) => device);
  return deviceName(state.device, others, glance());
}

async function copyId(hint: unknown, context: Context, format: (smartlockId: number) => string): Promise<void> {
  const state = await pickDevice(hint, context, l10n.t('Copy ID'));
  if (!state) return;
  const id = format(state.device.smartlockId);
  await env.clipboard.writeText(id);
  window.setStatusBarMessage(l10n.t('Copied {0}', id), 3_000);
}
