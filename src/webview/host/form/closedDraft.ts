import type { FormSubject, KeptForm } from '../../protocol/form.ts';

/** What was written in the form that was closed last and was not sent: in memory alone, and without its code. */
export class ClosedDraft {
  #form: KeptForm | undefined;

  keep(form: KeptForm): void {
    this.#form = { ...form, draft: { ...form.draft, code: '' } };
  }

  /** The draft that a form with this subject could go on with. */
  for(subject: FormSubject): KeptForm | undefined {
    return this.#form && isSame(subject, this.#form.subject) ? this.#form : undefined;
  }

  forget(): void {
    this.#form = undefined;
  }

  /** Forgets a draft for an account that is gone. */
  forgetUnlessFor(accountIds: readonly string[]): void {
    if (this.#form && !accountIds.includes(this.#form.subject.accountId)) this.forget();
  }
}

/** Whether both are for a new authorization of one account, or for one and the same authorization. */
function isSame(one: FormSubject, other: FormSubject): boolean {
  if (one.accountId !== other.accountId) return false;
  if (one.kind === 'new' || other.kind === 'new') return one.kind === other.kind;
  return one.smartlockId === other.smartlockId && one.id === other.id;
}
