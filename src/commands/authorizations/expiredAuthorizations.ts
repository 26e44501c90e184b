import { l10n } from 'vscode';
import { inPages } from '../../base/eventLoop.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { isForPerson } from '../../nuki/authorization/authorizationType.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { formatInstant } from '../../nuki/authorization/schedule.ts';
import { authorizationName } from '../../views/text/authorizationText.ts';
import { placeOf, removeAll } from './authorizations.ts';
import { withSubject } from '../commandError.ts';
import { listOf } from '../listOf.ts';
import { withProgress } from '../progress.ts';
import { confirmInModal } from '../modal.ts';
import type { Picked } from './pickAuthorization.ts';
import { pickScope, readAuthorizations, stateOf, type Scope } from './readAuthorizations.ts';
import type { CommandServices } from '../services.ts';

/**
 * Deletes the expired authorizations of a device or a whole account: Nuki keeps them, and each takes a slot and its code. They are read
 * again after the user has agreed, so that one that was prolonged meanwhile stays.
 */
export async function cleanUpExpired(hint: unknown, services: CommandServices): Promise<void> {
  const title = l10n.t('Delete Expired Authorizations');
  const scope = await pickScope(hint, services, title);
  if (!scope) return;
  await withSubject({ accountId: scope.account.id, smartlockId: scope.smartlockId }, async () => {
    const found = await readExpired(scope, services);
    if (!found) return;
    if (found.length === 0) return services.report.inform(l10n.t('No expired authorizations.'));
    const isConfirmed = await confirmInModal(
      {
        question:
          found.length === 1
            ? l10n.t('Delete {0} expired authorization?', found.length)
            : l10n.t('Delete {0} expired authorizations?', found.length),
        detail: listOf(found, (each) => `${placeOf(each, services)} · ${expiredSince(each, services)}`),
        yes: l10n.t('Delete'),
      },
      services.clock,
    );
    if (!isConfirmed) return;
    const still = await readExpired(scope, services);
    if (!still) return;
    const expired = new Set(still.map(({ authorization }) => authorization.id));
    const toDelete = found.filter(({ authorization }) => expired.has(authorization.id));
    const changed = found.filter(({ authorization }) => !expired.has(authorization.id));
    if (changed.length > 0) tellLeft(changed, services);
    if (toDelete.length === 0) return;
    await withProgress(l10n.t('Deleting expired authorizations…'), () => removeAll(toDelete, services));
  });
}

/** The dialog has listed more than is deleted. */
function tellLeft(changed: readonly Picked[], { report, renderContext }: CommandServices): void {
  const names = listOf(changed, ({ authorization }) => authorizationName(authorization, renderContext()), ', ');
  report.inform(l10n.t('Not deleted, because no longer expired or already gone: {0}.', names));
}

function expiredSince({ state, authorization }: Picked, { renderContext }: CommandServices): string {
  const until = instantOf(authorization.allowedUntilDate) ?? 0;
  return formatInstant(until, timeZoneName(state.device.config?.timezoneId), renderContext());
}

/** By Nuki's clock, which the answer sets. @returns `undefined` when the user cancels */
async function readExpired(
  scope: Scope,
  { store, renderContext }: CommandServices,
): Promise<readonly Picked[] | undefined> {
  const all = await readAuthorizations(l10n.t('Reading authorizations…'), scope, store);
  if (!all) return undefined;
  const { now } = renderContext();
  const found: Picked[] = [];
  for await (const page of inPages(all)) {
    for (const authorization of page) {
      const state = stateOf(authorization, scope, store);
      if (state && hasExpired(authorization, now)) found.push({ state, authorization });
    }
  }
  return found;
}

function hasExpired(authorization: Authorization, now: number): boolean {
  const { type, operationId } = authorization;
  return isForPerson(type) && validityOf(authorization, now) === 'expired' && !operationId;
}
