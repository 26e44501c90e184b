import { l10n, window } from 'vscode';
import { forIcons } from '../base/safeText.ts';
import { refOf } from '../model/deviceRef.ts';
import { hexOfDeviceId } from '../nuki/deviceId.ts';
import { syncTime } from '../nuki/http/requests.ts';
import { copy } from './clipboard.ts';
import { withSubject } from './commandError.ts';
import { commandIds } from './ids.ts';
import { nameOf, pickDevice } from './pick.ts';
import type { Services } from './services.ts';

export function deviceCommands(services: Services) {
  return {
    [commandIds.copyId]: (hint: unknown) => copyId(hint, services, String),
    [commandIds.copyHexId]: (hint: unknown) => copyId(hint, services, hexOfDeviceId),
    [commandIds.syncDevice]: (hint: unknown) => syncDevice(hint, services),
    [commandIds.offerUnlatchAgain]: (hint: unknown) => allowUnlatch(hint, services),
  };
}

async function copyId(hint: unknown, services: Services, format: (smartlockId: number) => string): Promise<void> {
  const state = await pickDevice(hint, services, l10n.t('Copy ID'));
  if (!state) return;
  await copy(format(state.device.smartlockId));
}

/** Offers to unlatch again on a lock that has once refused to. */
async function allowUnlatch(hint: unknown, services: Services): Promise<void> {
  const { unlatchSupport } = services;
  const refused = await pickDevice(
    hint,
    services,
    l10n.t('Offer Unlatch Again'),
    (state) => !unlatchSupport.canUnlatch(refOf(state)),
  );
  if (refused) unlatchSupport.setCanUnlatch(refOf(refused), true);
}

/** Asks Nuki once to read the device itself, which wakes it; then refreshes the account. */
async function syncDevice(hint: unknown, services: Services): Promise<void> {
  const { store, clock, refreshAccount: refresh } = services;
  const state = await pickDevice(hint, services, l10n.t('Update from Lock'));
  if (!state) return;
  const { accountId, smartlockId } = refOf(state);
  const name = nameOf(state, services);
  await withSubject({ accountId, smartlockId }, async () => (await store.client(accountId)).sync(smartlockId));
  window.setStatusBarMessage(l10n.t('{0} was asked for its state', forIcons(name)), syncTime);
  await clock.wait(syncTime);
  await refresh(accountId);
}
