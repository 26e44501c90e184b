import { authorizationType } from '../nuki/authorization/authorizationType.ts';
import { l10n, window } from 'vscode';
import { refOf } from '../model/deviceRef.ts';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import { authorizationName } from '../views/text/authorizationText.ts';
import { copySecret } from './clipboard.ts';
import { withSubject } from './commandError.ts';
import { commandIds } from './ids.ts';
import { pickAuthorization, type Picked } from './pickAuthorization.ts';
import type { Services } from './services.ts';

export function keypadCodeCommands(services: Services) {
  return {
    [commandIds.revealCode]: (hint: unknown) => revealCode(hint, services),
    [commandIds.copyCode]: (hint: unknown) => copyCode(hint, services),
  };
}

/** For how many milliseconds a code is shown. */
const shownFor = 10_000;

const isCode = ({ type }: Authorization): boolean => type === authorizationType.keypadCode;

/** Shows a code where nothing else reads it: in an input box, which is neither logged nor read aloud as a label. */
async function revealCode(hint: unknown, services: Services): Promise<void> {
  const picked = await pickAuthorization(hint, services, l10n.t('Reveal Code'), isCode);
  if (!picked) return;
  const code = await readCode(picked, services);
  if (code === undefined) return;
  const input = window.createInputBox();
  const hidden = new AbortController();
  input.title = authorizationName(picked.authorization, services.renderContext());
  input.prompt = l10n.t('The keypad code. It is hidden again after 10 seconds.');
  input.value = code;
  input.onDidChangeValue(() => (input.value = code));
  input.onDidAccept(() => input.hide());
  input.onDidHide(() => hidden.abort());
  input.show();
  await services.clock.wait(shownFor, hidden.signal);
  input.dispose();
}

async function copyCode(hint: unknown, services: Services): Promise<void> {
  const picked = await pickAuthorization(hint, services, l10n.t('Copy Code'), isCode);
  if (!picked) return;
  const code = await readCode(picked, services);
  if (code === undefined) return;
  await copySecret(code, services);
}

/** The code as Nuki has it now; it is read for this one use and not kept. */
async function readCode({ state, authorization }: Picked, services: Services): Promise<string | undefined> {
  const { store, report } = services;
  const { accountId, smartlockId } = refOf(state);
  const raw = await withSubject({ accountId, smartlockId }, async () => {
    const client = await store.client(accountId);
    return await client.authorization(smartlockId, authorization.id, { lane: 'action' });
  });
  const { code } = raw.fields;
  if (typeof code === 'number' || typeof code === 'string') return String(code);
  report.inform(l10n.t('Nuki gives no code for this authorization.'));
  return undefined;
}
