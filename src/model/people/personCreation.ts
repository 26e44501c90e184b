import { emailKey, type Person } from '../../nuki/account.ts';
import { NukiError, outcomeIsUnknown } from '../../nuki/http/errors.ts';
import type { Store } from '../store.ts';

/** Creates account users of an account. */
export class PersonCreation {
  readonly #store: Store;
  readonly #accountId: string;
  readonly #created = new Map<string, Promise<void>>();

  constructor(store: Store, accountId: string) {
    this.#store = store;
    this.#accountId = accountId;
  }

  /**
   * Creates a person, once however often it is called, and finds their id in the list, as the API's answer to the creation may be lost.
   * @throws {NukiError} also `notFound` when the list does not show them
   */
  async create(name: string, email: string): Promise<number> {
    await (this.#created.get(emailKey(email)) ?? this.#createOnce(name, email));
    const found = await this.find(email);
    if (!found) throw new NukiError('notFound');
    return found.accountUserId;
  }

  /** The person with this email, by a list that is read anew. @throws {NukiError} also where one who is not understood may be the one */
  async find(email: string): Promise<Person | undefined> {
    const client = await this.#store.client(this.#accountId);
    const { items, unreadable } = await client.people({ lane: 'follow' });
    const found = items.find((person) => emailKey(person.email) === emailKey(email));
    if (!found && unreadable.length > 0) throw new NukiError('unexpectedAnswer', { path: 'accountUserId' });
    return found;
  }

  /** What Nuki clearly refuses may be asked for again. */
  async #createOnce(name: string, email: string): Promise<void> {
    const created = this.#ask(name, email);
    this.#created.set(emailKey(email), created);
    await created.catch((error: unknown) => {
      this.#created.delete(emailKey(email));
      throw error;
    });
  }

  async #ask(name: string, email: string): Promise<void> {
    const client = await this.#store.client(this.#accountId);
    try {
      await client.createPerson(name, email);
    } catch (error) {
      if (!(error instanceof NukiError) || !outcomeIsUnknown(error)) throw error;
    }
  }
}
