import { Emitter } from '../../../../base/event.ts';
import type { SentAuthorization } from './sentAuthorization.ts';

/** What forms have sent that belong together, such as the two halves of a night: they are told of, and handed over, together. */
export class SentTogether {
  /** By form, in the order in which they were opened; `undefined` for what is not sent yet. */
  readonly #parts = new Map<object, SentAuthorization | undefined>();
  readonly #changes = new Emitter<void>();
  readonly onDidChange = this.#changes.event;

  set(form: object, authorization: SentAuthorization | undefined): void {
    this.#parts.set(form, authorization);
    this.#changes.fire();
  }

  /** The form is closed: nothing of it is kept here. */
  leave(form: object): void {
    this.#parts.delete(form);
    this.#changes.fire();
  }

  get sent(): readonly SentAuthorization[] {
    return [...this.#parts.values()].filter((part) => part !== undefined);
  }

  othersOf(form: object): readonly (SentAuthorization | undefined)[] {
    return [...this.#parts].flatMap(([other, part]) => (other === form ? [] : [part]));
  }
}
