import { l10n } from 'vscode';
import { safeText } from '../../base/safeText.ts';
import type { Unconfirmed } from '../../model/authorizations/authorizationFollower.ts';
import type { Sent } from '../../model/authorizations/authorizationWriter.ts';
import type { DeviceRef } from '../../model/deviceRef.ts';
import { pendingName } from '../../model/authorizations/pendingChanges.ts';
import type { NukiError } from '../../nuki/http/errors.ts';
import type { Button, Report } from '../../report.ts';
import { endText } from '../../views/text/pendingChangeText.ts';
import { withSubject, type Subject } from '../commandError.ts';
import { commandIds } from '../ids.ts';
import { listOf } from '../listOf.ts';
import { deviceNameOf } from '../pick.ts';
import { withSidebarProgress } from '../progress.ts';
import { reportErrors } from '../register.ts';
import type { CommandServices, Services } from '../services.ts';

/** What became of changes of an account's authorizations that are followed no longer: names each with its device. */
export function unconfirmedText(
  unconfirmed: readonly Unconfirmed[],
  accountId: string,
  services: Pick<Services, 'store' | 'renderContext'>,
): string {
  const nameOf = ({ smartlockId, pendingChange }: Unconfirmed): string => {
    const name = safeText(pendingName(pendingChange)) || l10n.t('(no name)');
    return `${name} · ${deviceNameOf({ accountId, smartlockId }, services)}`;
  };
  return endText(unconfirmed, (some) => listOf(some, nameOf, ', '), services.renderContext());
}

/** Logs why it is not known whether Nuki has taken a write. `what`: a name, or what was done. */
export function logDoubt(what: string, doubt: NukiError, report: Report): void {
  report.log(`not known whether Nuki has taken it: ${what}: ${doubt.message}`);
}

/** Waits until what was sent is followed no longer, and reports what was not seen done. */
export async function reportEnd(sent: Sent, accountId: string, services: CommandServices): Promise<void> {
  if (sent.doubt) logDoubt(sent.key, sent.doubt, services.report);
  const unconfirmed = await sent.followed;
  if (unconfirmed.length === 0) return;
  const devices = [...new Set(unconfirmed.map(({ smartlockId }) => smartlockId))];
  const subject = subjectOf(accountId, devices);
  const look = (): Promise<void> =>
    withSubject(subject, async () => {
      await withSidebarProgress(() => services.writer.look(accountId, devices));
    });
  const checkAgain: Button = {
    title: l10n.t('Refresh'),
    run: () => reportErrors(commandIds.refresh, services, look),
  };
  const { smartlockId } = subject;
  const update = smartlockId === undefined ? [] : [updateButton({ accountId, smartlockId }, services)];
  services.report.warn(unconfirmedText(unconfirmed, accountId, services), [checkAgain, ...update]);
}

/** The device where there is only one, otherwise the account. */
export function subjectOf(accountId: string, devices: readonly number[]): Subject {
  return { accountId, smartlockId: devices.length === 1 ? devices[0] : undefined };
}

export function updateButton(ref: DeviceRef, { runCommand: run }: Pick<Services, 'runCommand'>): Button {
  return { title: l10n.t('Wake and Refresh'), run: () => run(commandIds.syncDevice, ref) };
}
