import type { Store } from '../../model/store.ts';
import type { Person } from '../../nuki/account.ts';
import type { AuthorizationsWithCodes } from '../../nuki/authorization/authorizationWrites.ts';
import { NukiError, outcomeIsUnknown } from '../../nuki/http/errors.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { draftOf, type Original } from './draft.ts';
import { formDevice, type FormDevice } from './formDevices.ts';

/** What the form has read: people, and the lists of the devices that were chosen, with their codes, which never leave this side. */
export class FormData {
  readonly #store: Store;
  readonly #accountId: string;
  readonly #nameOf: (smartlockId: number) => string;
  readonly #lists = new Map<number, AuthorizationsWithCodes>();
  readonly #reading = new Map<number, Promise<void>>();
  /** The e-mail addresses of the persons whose creation was asked for, and not clearly refused. */
  readonly #asked = new Set<string>();
  people: readonly Person[] = [];

  constructor(store: Store, accountId: string, nameOf: (smartlockId: number) => string) {
    this.#store = store;
    this.#accountId = accountId;
    this.#nameOf = nameOf;
  }

  /** Every device of the account. */
  get devices(): readonly FormDevice[] {
    return (this.#store.account(this.#accountId)?.devices ?? []).map((state) => {
      const { smartlockId } = state.device;
      return formDevice(state, this.#nameOf(smartlockId), this.#lists.get(smartlockId));
    });
  }

  among(ids: readonly number[]): readonly FormDevice[] {
    return this.devices.filter(({ id }) => ids.includes(id));
  }

  /** Reads each of the lists that was not read yet. @returns whether there was one @throws {NukiError} */
  async readLists(ids: readonly number[]): Promise<boolean> {
    const missing = this.among(ids).filter(({ id }) => !this.#lists.has(id));
    await Promise.all(missing.map(({ id }) => this.#readList(id)));
    return missing.length > 0;
  }

  #readList(id: number): Promise<void> {
    const running = this.#reading.get(id);
    if (running) return running;
    const reading = this.#store
      .readAuthorizationsWithCodes(this.#accountId, id, 'action')
      .then((list) => void this.#lists.set(id, list))
      .finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  /** @throws {NukiError} */
  async readPeople(): Promise<void> {
    this.people = await this.#listPeople();
  }

  async #listPeople(): Promise<readonly Person[]> {
    return (await (await this.#client()).people({ lane: 'action' })).items;
  }

  /**
   * Creates a person, once however often it is called, and finds their id: the API's answer to the creation may be lost, the list is not.
   * The people that the page chooses from stay as they are, so that for it the person is still a new one.
   * @throws {NukiError} also `notFound` when the list does not show them
   */
  async createPerson(name: string, email: string): Promise<number> {
    const address = email.toLowerCase();
    if (!this.#asked.has(address)) await this.#askForPerson(name, email);
    this.#asked.add(address);
    const found = (await this.#listPeople()).find((person) => person.email?.toLowerCase() === address);
    if (!found) throw new NukiError('notFound');
    return found.accountUserId;
  }

  async #askForPerson(name: string, email: string): Promise<void> {
    const client = await this.#client();
    try {
      await client.createPerson(name, email);
    } catch (error) {
      if (!(error instanceof NukiError) || !outcomeIsUnknown(error)) throw error;
    }
  }

  /** An authorization as it is now. @throws {NukiError} */
  async readOriginal(smartlockId: number, id: string): Promise<Original> {
    const whole = await (await this.#client()).authorization(smartlockId, id, { lane: 'action' });
    const state = this.#store.device(this.#accountId, smartlockId);
    const zone = timeZoneName(state?.device.config?.timezoneId);
    return { raw: whole, draft: draftOf(whole.authorization, smartlockId, zone) };
  }

  async #client() {
    return await this.#store.client(this.#accountId);
  }
}
