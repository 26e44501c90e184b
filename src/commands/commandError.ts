import { NukiError } from '../nuki/http/errors.ts';
import type { Button } from '../report.ts';

/** What a failure is about: a device, or where there is none the account. */
export interface Subject {
  readonly accountId: string;
  readonly smartlockId?: number | undefined;
}

/** A failure of the API with what it is about, and what the user can do then. `registerCommands` shows it. */
export class CommandError extends Error {
  readonly failure: NukiError;
  readonly subject: Subject;
  readonly buttons: readonly Button[];

  constructor(failure: NukiError, subject: Subject, buttons: readonly Button[] = []) {
    super(failure.message);
    this.name = 'CommandError';
    this.failure = failure;
    this.subject = subject;
    this.buttons = buttons;
  }
}

/** Runs `task`; an API failure in it is about `subject`. @throws {CommandError} */
export async function withSubject<T>(subject: Subject, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof NukiError ? new CommandError(error, subject) : error;
  }
}
