import { authorizationType } from '../nuki/authorization/authorizationType.ts';
import { env, l10n, ProgressLocation, window } from 'vscode';
import { refOf } from '../model/deviceRef.ts';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import { authorizationName } from '../views/text/authorizationText.ts';
import type { Button } from '../report.ts';
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
  const before = await env.clipboard.readText();
  const code = await readCode(picked, services);
  if (code === undefined) return;
  if ((await env.clipboard.readText()) === before) return await copySecret(code, services);
  const again: Button = { title: l10n.t('Copy Code'), run: () => copyCode(hint, services) };
  services.report.inform(l10n.t('Something else was copied meanwhile, so the code was not.'), [again]);
}

/** The code as Nuki has it now; it is read for this one use and not kept. `undefined` when there is none, or the user cancels. */
async function readCode({ state, authorization }: Picked, services: Services): Promise<string | undefined> {
  const { store, report } = services;
  const { accountId, smartlockId } = refOf(state);
  const cancelled = new AbortController();
  const raw = await withSubject({ accountId, smartlockId }, async () =>
    window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t('Reading the code…'), cancellable: true },
      async (_, token) => {
        token.onCancellationRequested(() => cancelled.abort());
        const client = await store.client(accountId);
        const options = { lane: 'follow', signal: cancelled.signal } as const;
        return await client.authorization(smartlockId, authorization.id, options).catch((error: unknown) => {
          if (!cancelled.signal.aborted) throw error;
        });
      },
    ),
  );
  if (!raw) return undefined;
  const { code } = raw.fields;
  if (typeof code === 'number' || typeof code === 'string') return String(code);
  report.inform(l10n.t('Nuki gives no code for this authorization.'));
  return undefined;
}
