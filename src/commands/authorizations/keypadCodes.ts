import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { env, l10n, ThemeIcon, window } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { authorizationName } from '../../views/text/authorizationText.ts';
import type { Button } from '../../report.ts';
import { copySecret } from '../clipboard.ts';
import { withSubject } from '../commandError.ts';
import { commandIds } from '../ids.ts';
import { pickAuthorization, type Picked } from './pickAuthorization.ts';
import { reportErrors } from '../register.ts';
import { stoppableRead } from '../progress.ts';
import type { Services } from '../services.ts';

export function keypadCodeCommands(services: Services) {
  return {
    [commandIds.revealCode]: (hint: unknown) => revealCode(hint, services),
    [commandIds.copyCode]: (hint: unknown) => copyCode(hint, services),
  };
}

/** For how many milliseconds a code is shown. */
const shownFor = 10_000;

export const isCode = ({ type }: Authorization): boolean => type === authorizationType.keypadCode;

async function revealCode(hint: unknown, services: Services): Promise<void> {
  const picked = await pickAuthorization(hint, services, l10n.t('Reveal Code'), isCode);
  if (!picked) return;
  const code = await readCode(picked, services);
  if (code !== undefined)
    await showCode(code, authorizationName(picked.authorization, services.renderContext()), services);
}

/** Shows a code in a list of one row, which is not chosen at first: so it is neither logged nor read aloud before the user asks for it. */
export async function showCode(
  code: string,
  title: string,
  services: Pick<Services, 'clock' | 'report' | 'store' | 'renderContext'>,
): Promise<void> {
  const list = window.createQuickPick();
  const hidden = new AbortController();
  const hide = (): void => {
    list.hide();
    wipeLists();
  };
  const copyAndHide = (): void => {
    hide();
    void reportErrors(commandIds.copyCode, services, () => copySecret(code, services));
  };
  list.title = title;
  list.placeholder = l10n.t('Keypad code (hides in 10 seconds)');
  list.buttons = [{ iconPath: new ThemeIcon('copy'), tooltip: l10n.t('Copy Code') }];
  list.items = [{ label: code, alwaysShow: true }];
  list.activeItems = [];
  list.onDidAccept(copyAndHide);
  list.onDidTriggerButton(copyAndHide);
  list.onDidHide(() => hidden.abort());
  list.show();
  await services.clock.wait(shownFor, hidden.signal);
  // The user may have opened something else in its place, which another list would close.
  if (!hidden.signal.aborted) hide();
  list.dispose();
}

/** VS Code keeps the rows of the list that was shown last in its window until it shows another one or an input box. */
function wipeLists(): void {
  const empty = window.createQuickPick();
  empty.show();
  empty.dispose();
}

async function copyCode(hint: unknown, services: Services): Promise<void> {
  const picked = await pickAuthorization(hint, services, l10n.t('Copy Code'), isCode);
  if (!picked) return;
  const before = await env.clipboard.readText();
  const code = await readCode(picked, services);
  if (code === undefined) return;
  if ((await env.clipboard.readText()) === before) return await copySecret(code, services);
  const again: Button = {
    title: l10n.t('Copy Code'),
    run: () => reportErrors(commandIds.copyCode, services, () => copyCode(hint, services), hint),
  };
  services.report.inform(l10n.t("You've copied something else meanwhile, so the code wasn't copied."), [again]);
}

/** The code as Nuki has it now; it is read for this one use and not kept. `undefined` when there is none, or the user cancels. */
async function readCode({ state, authorization }: Picked, services: Services): Promise<string | undefined> {
  const { store, report } = services;
  const { accountId, smartlockId } = refOf(state);
  const raw = await withSubject({ accountId, smartlockId }, () =>
    stoppableRead(l10n.t('Reading the code…'), async ({ signal }) => {
      const client = await store.client(accountId);
      return await client.authorization(smartlockId, authorization.id, { lane: 'follow', signal });
    }),
  );
  if (!raw) return undefined;
  const { code } = raw.fields;
  if (typeof code === 'number' || typeof code === 'string') return String(code);
  report.inform(l10n.t('Nuki has no code for this authorization.'));
  return undefined;
}
