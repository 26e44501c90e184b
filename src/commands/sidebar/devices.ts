import { l10n, window } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import { isNewer } from '../../model/actions/operation.ts';
import { hexOfDeviceId } from '../../nuki/deviceId.ts';
import { syncTime } from '../../nuki/http/requests.ts';
import { isOnline, type Smartlock } from '../../nuki/smartlock.ts';
import { stateWord } from '../../views/text/deviceText.ts';
import type { RenderContext } from '../../views/text/renderContext.ts';
import { copy } from '../clipboard.ts';
import { withSubject } from '../commandError.ts';
import { commandIds } from '../ids.ts';
import { nameOf, pickDevice } from '../pick.ts';
import type { CommandServices, Services } from '../services.ts';

export function deviceCommands(services: CommandServices) {
  return {
    [commandIds.copyId]: (hint: unknown) => copyId(hint, services),
    [commandIds.syncDevice]: (hint: unknown) => syncDevice(hint, services),
    [commandIds.reenableUnlatch]: (hint: unknown) => reenableUnlatch(hint, services),
  };
}

/** Copies the id of a device as the Web API writes it, or as the Nuki app shows it. */
async function copyId(hint: unknown, services: Services): Promise<void> {
  const state = await pickDevice(hint, services, l10n.t('Copy ID'));
  if (!state) return;
  const { smartlockId } = state.device;
  const ids = [
    { label: String(smartlockId), description: l10n.t('decimal, as in the Web API') },
    { label: hexOfDeviceId(smartlockId), description: l10n.t('hex, as in the Nuki app') },
  ];
  const title = l10n.t('Copy ID of {0}', nameOf(state, services));
  const chosen = await window.showQuickPick(ids, { title, placeHolder: l10n.t('Choose a notation') });
  if (chosen) await copy(chosen.label);
}

/** Offers to unlatch again on a lock that has once refused to. */
async function reenableUnlatch(hint: unknown, services: Services): Promise<void> {
  const { unlatchSupport } = services;
  const refused = await pickDevice(
    hint,
    services,
    l10n.t('Re-enable Unlatch'),
    (state) => !unlatchSupport.canUnlatch(refOf(state)),
  );
  if (refused) unlatchSupport.setCanUnlatch(refOf(refused), true);
}

/** Asks Nuki once to read the device itself, which wakes it; then refreshes the account, and says whether the device has answered. */
async function syncDevice(hint: unknown, services: CommandServices): Promise<void> {
  const { announcer, store, clock, refreshAccount: refresh } = services;
  const before = await pickDevice(hint, services, l10n.t('Wake and Refresh'));
  if (!before) return;
  const { accountId, smartlockId } = refOf(before);
  const name = nameOf(before, services);
  await withSubject({ accountId, smartlockId }, async () => (await store.client(accountId)).sync(smartlockId));
  announcer.say(l10n.t('Requested an update from {0}.', name));
  await clock.wait(syncTime);
  await refresh(accountId);
  const now = store.device(refOf(before));
  if (now) announcer.say(answerText(before.device, now.device, name, services.renderContext()));
}

function answerText(before: Smartlock, now: Smartlock, name: string, context: RenderContext): string {
  if (isNewer(before, now)) return l10n.t('{0} reported: {1}.', name, stateWord(now, context));
  return isOnline(now)
    ? l10n.t('{0} has sent no newer report yet.', name)
    : l10n.t("{0} is offline and hasn't answered.", name);
}
