import { l10n, window } from 'vscode';
import type { AuthorizationWriter, ChangeResult } from '../model/authorizationWriter.ts';
import type { Unconfirmed } from '../model/authorizationFollower.ts';
import { NukiError } from '../nuki/http/errors.ts';
import type { Button, Report } from '../report.ts';
import { authorizationName } from '../views/text/authorizationText.ts';
import { addressOf, idOf, type NodeId } from '../views/tree/nodes.ts';
import { accountName } from '../views/text/accountText.ts';
import { errorSentence } from '../views/text/errorText.ts';
import type { FormRequest } from '../webview/host/formServices.ts';
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
  if (account) await context.openForm({ kind: 'new', accountId: account.id, smartlockId });
}

async function open(is: 'edit' | 'duplicate', hint: unknown, context: AuthorizationContext): Promise<void> {
  const title = is === 'edit' ? l10n.t('Edit Authorization') : l10n.t('Duplicate Authorization');
  const picked = await pickAuthorization(hint, context, title);
  if (!picked) return;
  const { state, authorization } = picked;
  const { accountId, device } = state;
  await context.openForm({ kind: is, accountId, smartlockId: device.smartlockId, id: authorization.id });
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
  await saying({ accountId, smartlockId: device.smartlockId }, context, async () => {
    const result = await context.writer.change(accountId, address, { enabled });
    if (result.sent) sayWhatIsLeft(await result.followed, accountId, context);
    else sayNotChanged(result, picked, context);
  });
}

function sayNotChanged(
  { kind: why }: Extract<ChangeResult, { sent: false }>,
  picked: Picked,
  { report, renderContext }: AuthorizationContext,
): void {
  const name = authorizationName(picked.authorization, renderContext());
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
  const renderContext = context.renderContext();
  const question =
    picked.length === 1
      ? l10n.t('Delete {0}?', authorizationName(first.authorization, renderContext))
      : l10n.t('Delete {0} authorizations?', picked.length);
  const chosen = await window.showWarningMessage(
    question,
    { modal: true, detail: listOf(picked, (one) => placeOf(one, context)) },
    title,
  );
  if (chosen === title) await removeAll(picked, context);
}

/** Lines of a dialog, or words of a sentence, the rest of a long list counted. */
export function listOf<T>(all: readonly T[], lineOf: (one: T) => string, separator = '\n'): string {
  const rest = all.length - shownLines;
  return [...all.slice(0, shownLines).map(lineOf), ...(rest > 0 ? [l10n.t('and {0} more', rest)] : [])].join(separator);
}

/** `Guest Weber · Front Door · Home`. */
export function placeOf({ state, authorization }: Picked, context: PickContext): string {
  const account = context.store.account(state.accountId);
  const renderContext = context.renderContext();
  const parts = [
    authorizationName(authorization, renderContext),
    deviceNameOf(state.accountId, state.device.smartlockId, context),
    account ? accountName(account, renderContext) : '',
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
  const { accountId } = one.state;
  const isOfOneDevice = more.every(({ smartlockId }) => smartlockId === first.smartlockId);
  await saying({ accountId, smartlockId: isOfOneDevice ? first.smartlockId : undefined }, context, async () => {
    const { followed } = await context.writer.remove(accountId, [first, ...more]);
    sayWhatIsLeft(await followed, accountId, context);
  });
}

function sayWhatIsLeft(left: readonly Unconfirmed[], accountId: string, context: AuthorizationContext): void {
  if (left.length === 0) return;
  const devices = [...new Set(left.map(({ smartlockId }) => smartlockId))];
  const names = listOf(devices, (id) => deviceNameOf(accountId, id, context), ', ');
  const sentence = left.some(({ pendingChange: work }) => work.kind === 'delete')
    ? l10n.t('{0}: the deletion is not confirmed. Whoever was to lose access may still have it.', names)
    : l10n.t('{0}: the change is not on the lock yet. Nothing is sent again.', names);
  const [smartlockId, ...others] = devices;
  const only = others.length === 0 ? smartlockId : undefined;
  const look = (): Promise<void> => context.writer.look(accountId, devices);
  const update = (id: number): Button => ({
    title: l10n.t('Update from Lock'),
    run: () => context.run(commandIds.syncDevice, idOf({ kind: 'device', accountId, smartlockId: id })),
  });
  context.report.warn(sentence, [
    { title: l10n.t('Check Again'), run: () => saying({ accountId, smartlockId: only }, context, () => inView(look)) },
    ...(only === undefined ? [] : [update(only)]),
  ]);
}

async function check(hint: unknown, context: AuthorizationContext): Promise<void> {
  const state = await pickDevice(hint, context, l10n.t('Check Authorizations Again'));
  if (!state) return;
  const { accountId, device } = state;
  await inView(() => context.store.readAuthorizations(accountId, device.smartlockId));
}

/** Does `work` with its progress shown in the sidebar. */
async function inView(work: () => Promise<void>): Promise<void> {
  await window.withProgress({ location: { viewId: 'nuki.devices' } }, work);
}

/** What a command is about: a device, or more of an account than one. */
interface Place {
  readonly accountId: string;
  readonly smartlockId?: number | undefined;
}

/** Does `work` and says in a sentence what Nuki refused. */
export async function saying(
  { accountId, smartlockId }: Place,
  context: AuthorizationContext,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    const account = context.store.account(accountId);
    const subject = {
      account: account ? accountName(account, context.renderContext()) : '',
      device: smartlockId === undefined ? undefined : deviceNameOf(accountId, smartlockId, context),
    };
    const meaning = await context.store.diagnoseUnauthorized(accountId, error);
    context.report.warn(errorSentence(meaning, subject, context.renderContext()));
  }
}
