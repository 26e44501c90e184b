import { NukiError } from '../nuki/http/errors.ts';
import { describeError, type SubjectNames } from '../views/text/errorText.ts';
import { CommandError, type Subject } from './commandError.ts';
import { accountNameOf, deviceNameOf, rowSubject } from './pick.ts';
import type { Services } from './services.ts';

/**
 * What to say of a failure of the API that a command has thrown, in one sentence; where the command has not said what it was about, that
 * is the row that it was called on. `undefined` for everything else that can be thrown.
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
  // An action tells at once why it came to nothing; whether the token is dead is found out meanwhile, by the refresh that it begins.
  const meaning = subject.undone ? failure : await services.store.diagnoseUnauthorized(subject.accountId, failure);
  return describeError(meaning, names, services.renderContext());
}

/** The names of what a failure is about, for {@link describeError}. */
export function namesOf(subject: Subject, services: Pick<Services, 'store' | 'renderContext'>): SubjectNames {
  const { accountId, smartlockId, undone } = subject;
  return {
    account: accountNameOf(accountId, services),
    device: smartlockId === undefined ? undefined : deviceNameOf({ accountId, smartlockId }, services),
    undone,
  };
}
