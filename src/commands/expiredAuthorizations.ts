import { l10n, ProgressLocation, window, type Progress } from 'vscode';
import { inTurns } from '../base/turns.ts';
import type { DeviceState } from '../model/store.ts';
import { instantOf, validityOf, type Authorization } from '../nuki/authorization.ts';
import { timeZoneName } from '../nuki/timeZones.ts';
import { formatInstant } from '../nuki/schedule.ts';
import { addressOf } from '../views/nodes.ts';
import { listOf, placeOf, removeAll, saying, type AuthorizationContext } from './authorizations.ts';
import { pickAccount } from './pick.ts';
import type { Picked } from './pickAuthorization.ts';

/**
 * Deletes the expired authorizations of a device or a whole account: Nuki keeps them, and each takes a slot and its code. They are read,
 * listed, asked for, and read again: what somebody has prolonged meanwhile stays.
 */
export async function cleanUpExpired(hint: unknown, context: AuthorizationContext): Promise<void> {
  const title = l10n.t('Clean Up Expired Authorizations');
  const account = await pickAccount(hint, context, title, ({ devices = [] }) => devices.length > 0);
  const [anyDevice] = account?.devices ?? [];
  if (!account || !anyDevice) return;
  const address = addressOf(hint);
  const smartlockId = address && 'smartlockId' in address ? address.smartlockId : undefined;
  await saying({ state: anyDevice }, context, async () => {
    const found = await readExpired(account.id, smartlockId, context);
    if (!found) return;
    if (found.length === 0) return context.report.inform(l10n.t('No authorization has expired.'));
    const remove = l10n.t('Delete');
    const chosen = await window.showWarningMessage(
      found.length === 1
        ? l10n.t('Delete {0} expired authorization?', found.length)
        : l10n.t('Delete {0} expired authorizations?', found.length),
      { modal: true, detail: listOf(found, (one) => `${placeOf(one, context)} · ${expiredSince(one, context)}`) },
      remove,
    );
    if (chosen !== remove) return;
    const asked = new Set(found.map(({ authorization }) => authorization.id));
    const still = await readExpired(account.id, smartlockId, context);
    const toDelete = (still ?? []).filter(({ authorization }) => asked.has(authorization.id));
    if (toDelete.length === 0) return;
    await window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t('Deleting expired authorizations…') },
      () => removeAll(toDelete, context),
    );
  });
}

function expiredSince({ state, authorization }: Picked, { glance }: AuthorizationContext): string {
  const until = instantOf(authorization.allowedUntilDate) ?? 0;
  return formatInstant(until, timeZoneName(state.device.config?.timezoneId), glance());
}

/** @returns `undefined` when the person no longer wants to wait for it */
async function readExpired(
  accountId: string,
  smartlockId: number | undefined,
  context: AuthorizationContext,
): Promise<readonly Picked[] | undefined> {
  const { store, glance } = context;
  if (smartlockId !== undefined) {
    await store.readAuthorizationsWithCodes(accountId, smartlockId, 'action');
  } else if (!(await readAccount(accountId, context))) {
    return undefined;
  }
  const { now } = glance();
  const states = (store.account(accountId)?.devices ?? []).filter(
    ({ device }) => smartlockId === undefined || device.smartlockId === smartlockId,
  );
  const found: Picked[] = [];
  await inTurns(states, (state) => {
    for (const authorization of expiredOf(state, now)) found.push({ state, authorization });
  });
  return found;
}

function expiredOf({ authorizations }: DeviceState, now: number): readonly Authorization[] {
  return (authorizations?.items ?? []).filter((one) => validityOf(one, now) === 'expired' && !one.operationId);
}

/** Reads the authorizations of all devices, with progress. @returns whether they were read to the end */
export async function readAccount(accountId: string, { store }: AuthorizationContext): Promise<boolean> {
  return await stoppable(l10n.t('Reading authorizations…'), async (progress, signal) => {
    try {
      await store.readAllAuthorizations(accountId, 'action', {
        signal,
        onPage: (page, pages) =>
          progress.report({ message: l10n.t('{0} of {1}', page, pages), increment: 100 / pages }),
      });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return !signal.aborted;
  });
}

/** Does `work` with its progress shown, and lets a person stop it. */
export async function stoppable<T>(
  title: string,
  work: (progress: Progress<{ message?: string; increment?: number }>, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, (progress, token) => {
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    return work(progress, stopped.signal);
  });
}
