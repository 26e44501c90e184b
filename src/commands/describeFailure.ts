import { NukiError } from '../nuki/http/errors.ts';
import { describeError, type SubjectNames } from '../views/text/errorText.ts';
import { CommandError, type Subject } from './commandError.ts';
import { accountNameOf, deviceNameOf, rowSubject } from './pick.ts';
import type { Services } from './services.ts';

/**
 * Describes an API failure that a command has thrown, in one sentence. Unless the command has named its subject, the failure is about the
 * row that the command was called on. `undefined` for any other error.
 */
export async function describeFailure(
  error: unknown,
  hint: unknown,
  services: Pick<Services, 'store' | 'renderContext'>,
): Promise<string | undefined> {
  const row = rowSubject(hint);
  const thrown = error instanceof NukiError && row ? new CommandError(error, row) : error;
  if (!(thrown instanceof CommandError)) return undefined;
  const { failure, subject } = thrown;
  const names = namesOf(subject, services);
  const meaning = await services.store.diagnoseUnauthorized(subject.accountId, failure);
  return describeError(meaning, names, services.renderContext());
}

/** The names of what a failure is about, for {@link describeError}. */
export function namesOf(subject: Subject, services: Pick<Services, 'store' | 'renderContext'>): SubjectNames {
  const { accountId, smartlockId } = subject;
  return {
    account: accountNameOf(accountId, services),
    device: smartlockId === undefined ? undefined : deviceNameOf({ accountId, smartlockId }, services),
  };
}
