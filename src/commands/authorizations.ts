import { l10n, window } from 'vscode';
import type { AuthorizationWriter, ChangeResult } from '../model/authorizationWriter.ts';
import type { AuthorizationWork } from '../model/authorizationWork.ts';
import { isNukiError } from '../nuki/errors.ts';
import type { Report } from '../report.ts';
import { authorizationName } from '../views/authorizationWords.ts';
import { addressOf, idOf, type NodeId } from '../views/nodes.ts';
import { accountName } from '../views/rows.ts';
import { troubleSentence } from '../views/troubleWords.ts';
import type { FormRequest } from '../webview/formWorld.ts';
import { commandIds, type CommandId } from './ids.ts';
import { deviceNameOf, pickAccount, pickDevice, type PickContext } from './pick.ts';
import { pickAuthorization, pickAuthorizations, type Picked } from './pickAuthorization.ts';

export interface AuthorizationContext extends PickContext {
  readonly writer: AuthorizationWriter;
  readonly report: Report;
  readonly openForm: (request: FormRequest) => Promise<void>;
  readonly run: (command: CommandId, hint?: NodeId) => Promise<void>;
}

export function authorizationCommands(context: AuthorizationContext) {
  return {
    [commandIds.createAuthorization]: (hint: unknown) => create(hint, context),
    [commandIds.editAuthorization]: (hint: unknown) => open('edit', hint, context),
    [commandIds.duplicateAuthorization]: (hint: unknown) => open('duplicate', hint, context),
    [commandIds.enableAuthorization]: (hint: unknown) => setEnabled(true, hint, context),
    [commandIds.disableAuthorization]: (hint: unknown) => setEnabled(false, hint, context),
    [commandIds.deleteAuthorization]: (hint: unknown, selected: unknown) => remove(hint, selected, context),
    [commandIds.checkAuthorizations]: (hint: unknown) => check(hint, context),
  };
}

async function create(hint: unknown, context: AuthorizationContext): Promise<void> {
  const address = addressOf(hint);
  const smartlockId = address && 'smartlockId' in address ? address.smartlockId : undefined;
  const account = await pickAccount(
    hint,
    context,
    l10n.t('New Authorization'),
    ({ devices = [] }) => devices.length > 0,
  );
  if (account) await context.openForm({ is: 'new', accountId: account.id, smartlockId });
}

async function open(is: 'edit' | 'duplicate', hint: unknown, context: AuthorizationContext): Promise<void> {
  const title = is === 'edit' ? l10n.t('Edit Authorization') : l10n.t('Duplicate Authorization');
  const picked = await pickAuthorization(hint, context, title);
  if (!picked) return;
  const { state, authorization } = picked;
  const { accountId, device } = state;
  await context.openForm({ is, accountId, smartlockId: device.smartlockId, id: authorization.id });
}

async function setEnabled(enabled: boolean, hint: unknown, context: AuthorizationContext): Promise<void> {
  const title = enabled ? l10n.t('Enable Authorization') : l10n.t('Disable Authorization');
  const isOther = (authorization: { readonly enabled?: boolean | undefined }): boolean =>
    (authorization.enabled ?? true) !== enabled;
  const picked = await pickAuthorization(hint, context, title, isOther);
  if (!picked) return;
  const { state, authorization } = picked;
  const { accountId, device } = state;
  const address = { smartlockId: device.smartlockId, id: authorization.id };
  await saying(picked, context, async () => {
    const result = await context.writer.change(accountId, address, { enabled });
    if (result.sent) sayWhatIsLeft(await result.followed, picked, context);
    else sayNotChanged(result, picked, context);
  });
}

function sayNotChanged(
  { why }: Extract<ChangeResult, { sent: false }>,
  picked: Picked,
  { report, glance }: AuthorizationContext,
): void {
  const name = authorizationName(picked.authorization, glance());
  switch (why) {
    case 'declined':
      return;
    case 'nothing':
      return report.inform(l10n.t('{0} is already in that state. Nothing was sent.', name));
    case 'busy':
      return report.warn(l10n.t('Another change of {0} is still under way. Nothing was sent.', name));
    case 'changed':
      return report.warn(l10n.t('Somebody else has changed {0} meanwhile. Nothing was sent.', name));
  }
}

/** How many lines of a list a dialog shows. */
const shownLines = 20;

async function remove(hint: unknown, selected: unknown, context: AuthorizationContext): Promise<void> {
  const title = l10n.t('Delete');
  const [first, ...more] = await pickAuthorizations(hint, selected, context, l10n.t('Delete Authorization'));
  if (!first) return;
  const picked = [first, ...more].filter(({ state }) => state.accountId === first.state.accountId);
  const glance = context.glance();
  const question =
    picked.length === 1
      ? l10n.t('Delete {0}?', authorizationName(first.authorization, glance))
      : l10n.t('Delete {0} authorizations?', picked.length);
  const chosen = await window.showWarningMessage(
    question,
    { modal: true, detail: listOf(picked, (one) => placeOf(one, context)) },
    title,
  );
  if (chosen === title) await removeAll(picked, context);
}

/** Lines of a dialog, the rest of a long list counted. */
export function listOf<T>(all: readonly T[], lineOf: (one: T) => string): string {
  const rest = all.length - shownLines;
  return [...all.slice(0, shownLines).map(lineOf), ...(rest > 0 ? [l10n.t('and {0} more', rest)] : [])].join('\n');
}

/** `Guest Weber · Front Door · Home`. */
export function placeOf({ state, authorization }: Picked, context: PickContext): string {
  const account = context.store.account(state.accountId);
  const glance = context.glance();
  const parts = [
    authorizationName(authorization, glance),
    deviceNameOf(state.accountId, state.device.smartlockId, context),
    account ? accountName(account, glance) : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Deletes what was picked, of one account, in one request; says what was not seen gone. */
export async function removeAll(picked: readonly Picked[], context: AuthorizationContext): Promise<void> {
  const addresses = picked.map(({ state, authorization }) => ({
    smartlockId: state.device.smartlockId,
    id: authorization.id,
  }));
  const [first, ...more] = addresses;
  const [one] = picked;
  if (!first || !one) return;
  await saying(one, context, async () => {
    const { followed } = await context.writer.remove(one.state.accountId, [first, ...more]);
    sayWhatIsLeft(await followed, one, context);
  });
}

function sayWhatIsLeft(left: readonly AuthorizationWork[], picked: Picked, context: AuthorizationContext): void {
  const [work] = left;
  if (!work) return;
  const { accountId, device } = picked.state;
  const row = idOf({ is: 'authorizations', accountId, smartlockId: device.smartlockId });
  const name = deviceNameOf(accountId, device.smartlockId, context);
  const sentence =
    work.what === 'delete'
      ? l10n.t('{0}: the deletion is not confirmed. Whoever was to lose access may still have it.', name)
      : l10n.t('{0}: the change is not on the lock yet. Nothing is sent again.', name);
  context.report.warn(sentence, [
    { title: l10n.t('Check Again'), run: () => context.run(commandIds.checkAuthorizations, row) },
    { title: l10n.t('Update from Lock'), run: () => context.run(commandIds.syncDevice, row) },
  ]);
}

async function check(hint: unknown, context: AuthorizationContext): Promise<void> {
  const state = await pickDevice(hint, context, l10n.t('Check Authorizations Again'));
  if (!state) return;
  const { accountId, device } = state;
  await window.withProgress({ location: { viewId: 'nuki.devices' } }, () =>
    context.store.readAuthorizations(accountId, device.smartlockId),
  );
}

/** Does `work` and says in a sentence what Nuki refused. */
export async function saying(
  { state }: Pick<Picked, 'state'>,
  context: AuthorizationContext,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isNukiError(error)) throw error;
    const { accountId, device } = state;
    const account = context.store.account(accountId);
    const subject = {
      account: account ? accountName(account, context.glance()) : '',
      device: deviceNameOf(accountId, device.smartlockId, context),
    };
    const meaning = await context.store.meaningOf(accountId, error);
    context.report.warn(troubleSentence(meaning, subject, context.glance()));
  }
}
