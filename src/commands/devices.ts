import { l10n, window } from 'vscode';
import { forIcons } from '../base/safeText.ts';
import type { Clock } from '../base/clock.ts';
import type { UnlatchSupport } from '../model/unlatchSupport.ts';
import { hexOfDeviceId } from '../nuki/deviceId.ts';
import { NukiError } from '../nuki/http/errors.ts';
import { syncTime } from '../nuki/http/requests.ts';
import type { Report } from '../report.ts';
import { accountName } from '../views/text/accountText.ts';
import { errorSentence } from '../views/text/errorText.ts';
import { copy } from './clipboard.ts';
import { commandIds } from './ids.ts';
import { nameOf, pickDevice, type PickContext } from './pick.ts';

export interface DeviceContext extends PickContext {
  readonly unlatchSupport: UnlatchSupport;
  readonly clock: Clock;
  readonly report: Report;
  readonly refresh: (accountId: string) => Promise<void>;
}

export function deviceCommands(context: DeviceContext) {
  return {
    [commandIds.copyId]: (hint: unknown) => copyId(hint, context, String),
    [commandIds.copyHexId]: (hint: unknown) => copyId(hint, context, hexOfDeviceId),
    [commandIds.syncDevice]: (hint: unknown) => syncDevice(hint, context),
    [commandIds.allowUnlatch]: (hint: unknown) => allowUnlatch(hint, context),
  };
}

async function copyId(hint: unknown, context: DeviceContext, format: (smartlockId: number) => string): Promise<void> {
  const state = await pickDevice(hint, context, l10n.t('Copy ID'));
  if (!state) return;
  await copy(format(state.device.smartlockId));
}

/** Offers to unlatch again on a lock that has once refused to. */
async function allowUnlatch(hint: unknown, context: DeviceContext): Promise<void> {
  const { unlatchSupport } = context;
  const refused = await pickDevice(
    hint,
    context,
    l10n.t('Offer Unlatch Again'),
    ({ accountId, device }) => !unlatchSupport.canUnlatch(accountId, device.smartlockId),
  );
  if (refused) await unlatchSupport.setCanUnlatch(refused.accountId, refused.device.smartlockId, true);
}

/** Has Nuki read the device itself, once, which wakes it; then shows what came of it. */
async function syncDevice(hint: unknown, context: DeviceContext): Promise<void> {
  const { store, renderContext, clock, report } = context;
  const state = await pickDevice(hint, context, l10n.t('Update from Lock'));
  if (!state) return;
  const device = nameOf(state, context);
  try {
    await (await store.client(state.accountId)).sync(state.device.smartlockId);
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    const account = store.account(state.accountId);
    const subject = { account: account ? accountName(account, renderContext()) : '', device };
    return report.warn(
      errorSentence(await store.diagnoseUnauthorized(state.accountId, error), subject, renderContext()),
    );
  }
  window.setStatusBarMessage(l10n.t('{0} was asked for its state', forIcons(device)), syncTime);
  await clock.wait(syncTime);
  await context.refresh(state.accountId);
}
