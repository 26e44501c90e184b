import { PersonCreation } from '../../../model/people/personCreation.ts';
import { inShownOrder } from '../../../model/shownOrder.ts';
import type { DeviceState } from '../../../model/snapshots.ts';
import type { Store } from '../../../model/store.ts';
import type { Person } from '../../../nuki/account.ts';
import { timeZoneName } from '../../../nuki/time/timeZones.ts';
import { draftOf, type Original } from './draft.ts';
import { formDevice, type FormDevice } from './formDevices.ts';

/** What the form has read: the people, and the lists and codes of the chosen devices. The page is never told a code. */
export class FormData {
  readonly #store: Store;
  readonly #accountId: string;
  readonly #nameOf: (smartlockId: number) => string;
  /** By device, the codes of each by the ids of their authorizations. */
  readonly #codes = new Map<number, ReadonlyMap<string, string>>();
  readonly #runningReads = new Map<number, Promise<void>>();
  readonly #creation: PersonCreation;
  people: readonly Person[] = [];
  #isOver = false;

  constructor(store: Store, accountId: string, nameOf: (smartlockId: number) => string) {
    this.#store = store;
    this.#accountId = accountId;
    this.#nameOf = nameOf;
    this.#creation = new PersonCreation(store, accountId);
  }

  /** Every device of the account. */
  get devices(): readonly FormDevice[] {
    return this.#states.map((state) => this.#formDevice(state));
  }

  /** Every device of the account, in the order of the sidebar. */
  devicesToChoose(language: string): readonly FormDevice[] {
    return inShownOrder(this.#states, language).map((state) => this.#formDevice(state));
  }

  get #states(): readonly DeviceState[] {
    return this.#store.account(this.#accountId)?.devices ?? [];
  }

  #formDevice(state: DeviceState): FormDevice {
    const { smartlockId } = state.device;
    return formDevice(state, this.#nameOf(smartlockId), this.#codes.get(smartlockId));
  }

  among(ids: readonly number[]): readonly FormDevice[] {
    return this.devices.filter(({ id }) => ids.includes(id));
  }

  /** Reads the lists that have not been read yet. @returns whether there were any @throws {NukiError} */
  async readLists(ids: readonly number[]): Promise<boolean> {
    const missing = this.among(ids).filter(({ id }) => !this.#codes.has(id));
    await Promise.all(missing.map(({ id }) => this.#readList(id)));
    return missing.length > 0;
  }

  #readList(id: number): Promise<void> {
    const running = this.#runningReads.get(id);
    if (running) return running;
    const request = this.#store
      .readAuthorizationsWithCodes({ accountId: this.#accountId, smartlockId: id }, 'follow')
      .then(({ codes }) => void (this.#isOver || this.#codes.set(id, codes)))
      .finally(() => this.#runningReads.delete(id));
    this.#runningReads.set(id, request);
    return request;
  }

  /** Keeps no code any longer, also of lists that are still being read. */
  forgetCodes(): void {
    this.#isOver = true;
    this.#codes.clear();
  }

  /** @throws {NukiError} */
  async readPeople(): Promise<void> {
    this.people = (await (await this.#client()).people({ lane: 'follow' })).items;
  }

  /**
   * Creates a person, once however often it is called. `people` stays as it is: for the page the person is still a new one.
   * @returns their id @throws {NukiError} also `notFound` when the list does not show them
   */
  async createPerson(name: string, email: string): Promise<number> {
    return await this.#creation.create(name, email);
  }

  /** An authorization as it is now. @throws {NukiError} */
  async readOriginal(smartlockId: number, id: string): Promise<Original> {
    const raw = await (await this.#client()).authorization(smartlockId, id, { lane: 'follow' });
    const state = this.#store.device({ accountId: this.#accountId, smartlockId });
    const zone = timeZoneName(state?.device.config?.timezoneId);
    return { raw, draft: draftOf(raw.authorization, smartlockId, zone, raw.fields) };
  }

  async #client() {
    return await this.#store.client(this.#accountId);
  }
}
