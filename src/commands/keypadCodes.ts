import { authorizationType } from '../nuki/authorization/authorizationType.ts';
import { l10n, window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { refOf } from '../model/deviceRef.ts';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import { authorizationName } from '../views/text/authorizationText.ts';
import { saying, type AuthorizationContext } from './authorizations.ts';
import { copySecret } from './clipboard.ts';
import { commandIds } from './ids.ts';
import { pickAuthorization, type Picked } from './pickAuthorization.ts';

export interface KeypadCodeContext extends AuthorizationContext {
  readonly clock: Clock;
}

export function keypadCodeCommands(context: KeypadCodeContext) {
  return {
    [commandIds.revealCode]: (hint: unknown) => revealCode(hint, context),
    [commandIds.copyCode]: (hint: unknown) => copyCode(hint, context),
  };
}

/** For how many milliseconds a code is shown. */
const shownFor = 10_000;

const isCode = ({ type }: Authorization): boolean => type === authorizationType.keypadCode;

/** Shows a code where nothing else reads it: in an input box, which is neither logged nor read aloud as a label. */
async function revealCode(hint: unknown, context: KeypadCodeContext): Promise<void> {
  const picked = await pickAuthorization(hint, context, l10n.t('Reveal Code'), isCode);
  if (!picked) return;
  const code = await readCode(picked, context);
  if (code === undefined) return;
  const input = window.createInputBox();
  const hidden = new AbortController();
  input.title = authorizationName(picked.authorization, context.renderContext());
  input.prompt = l10n.t('The keypad code. It is hidden again after 10 seconds.');
  input.value = code;
  input.onDidChangeValue(() => (input.value = code));
  input.onDidAccept(() => input.hide());
  input.onDidHide(() => hidden.abort());
  input.show();
  await context.clock.wait(shownFor, hidden.signal);
  input.dispose();
}

async function copyCode(hint: unknown, context: KeypadCodeContext): Promise<void> {
  const picked = await pickAuthorization(hint, context, l10n.t('Copy Code'), isCode);
  if (!picked) return;
  const code = await readCode(picked, context);
  if (code === undefined) return;
  await copySecret(code, context);
}

/** The code as Nuki has it now; it is read for this one use and not kept. */
async function readCode(picked: Picked, context: KeypadCodeContext): Promise<string | undefined> {
  const { state, authorization } = picked;
  const found: { code?: string | undefined } = {};
  await saying(refOf(state), context, async () => {
    const client = await context.store.client(state.accountId);
    const whole = await client.authorization(state.device.smartlockId, authorization.id, { lane: 'action' });
    const { code } = whole.fields;
    found.code = typeof code === 'number' || typeof code === 'string' ? String(code) : undefined;
    if (found.code === undefined) context.report.inform(l10n.t('Nuki gives no code for this authorization.'));
  });
  return found.code;
}
