import type { CreationProblem, Sent } from '../model/authorizationWriter.ts';
import { changesOf, scheduleOf, wishOf, type Seen } from './draft.ts';
import type { FormData } from './formData.ts';
import { commonZone } from './formDevices.ts';
import type { FormRequest, FormWorld } from './formWorld.ts';
import type { Draft, Preview, ToPage } from './protocol.ts';
import { conflictOf, progressOf } from './results.ts';

/** What a form sends, once, and what becomes of it. */
export class FormSending {
  readonly #accountId: string;
  readonly #device: number;
  readonly #world: FormWorld;
  readonly #data: FormData;
  readonly #post: <N extends keyof ToPage>(name: N, body: ToPage[N]) => void;
  readonly #subscription;
  /** By e-mail address. */
  readonly #persons = new Map<string, number>();
  #sent: { readonly key: string; readonly devices: readonly number[]; readonly heading: string } | undefined;
  #isSending = false;
  #isClosed = false;

  constructor(
    request: FormRequest,
    world: FormWorld,
    data: FormData,
    post: <N extends keyof ToPage>(name: N, body: ToPage[N]) => void,
  ) {
    this.#accountId = request.accountId;
    this.#device = request.smartlockId ?? 0;
    this.#world = world;
    this.#data = data;
    this.#post = post;
    this.#subscription = world.store.onDidChange((change) => {
      if (change.what === 'device' && change.accountId === request.accountId) this.showProgress();
    });
  }

  dispose(): void {
    this.#isClosed = true;
    this.#subscription.dispose();
  }

  /** Whether something is being sent or was. */
  get isBusy(): boolean {
    return this.#isSending || this.#sent !== undefined;
  }

  /** Asks for what a draft without problems says. @throws {NukiError} */
  async create(draft: Draft): Promise<void> {
    await this.#once(async () => {
      const { reader, words, writer } = this.#world;
      const person = await this.#personOf(draft);
      const zone = this.#zoneOf(draft.devices);
      const wish = wishOf(draft, scheduleOf(draft, zone), person);
      const result = await writer.create(this.#accountId, draft.devices, wish);
      if (result.sent) return this.#follow(result, draft.devices, wish.name, reader().say('New authorization'));
      this.#post('failed', reader().say(creationSentences[result.why], words.device(result.smartlockId)));
    });
  }

  /** The id of the person; a new one is created once, however often the rest fails. */
  async #personOf({ means, person }: Draft): Promise<number | undefined> {
    if (means === 'code' || person === null) return undefined;
    if (typeof person === 'number') return person;
    const email = person.email.trim();
    const known = this.#persons.get(email);
    if (known !== undefined) return known;
    const id = await this.#data.createPerson(person.name.trim(), email);
    this.#persons.set(email, id);
    return id;
  }

  /** Asks for what somebody has changed in an authorization since it was `seen`. @throws {NukiError} */
  async change(draft: Draft, seen: Seen, preview: Preview): Promise<void> {
    await this.#once(async () => {
      const { reader, writer } = this.#world;
      const { say } = reader();
      const zone = this.#zoneOf([this.#device]);
      const schedule = scheduleOf(draft, zone, seen);
      const address = { smartlockId: this.#device, id: seen.whole.authorization.id };
      const result = await writer.change(this.#accountId, address, changesOf(draft, schedule, seen), seen.whole);
      if (result.sent) return this.#follow(result, [this.#device], draft.name.trim(), say('Edit authorization'));
      switch (result.why) {
        case 'nothing':
          return this.#post('failed', say('Nothing was changed, so nothing was sent.'));
        case 'declined':
          return this.#post('refused', preview);
        case 'busy':
          return this.#post('failed', say('Another change of it is still under way. Nothing was sent.'));
        case 'changed': {
          const { authorization } = seen.whole;
          const wanted = { ...authorization, ...schedule, name: draft.name.trim(), remoteAllowed: draft.remoteAllowed };
          return this.#post('conflict', conflictOf(seen.whole, wanted, result.now, zone, reader()));
        }
      }
    });
  }

  async #once(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.#isSending = true;
    try {
      await work();
    } finally {
      this.#isSending = false;
    }
  }

  #zoneOf(devices: readonly number[]): string | undefined {
    const common = commonZone(this.#data.among(devices));
    return common.is === 'one' ? common.zone : undefined;
  }

  #follow({ key, followed }: Sent, devices: readonly number[], name: string, heading: string): void {
    this.#sent = { key, devices, heading };
    this.showProgress();
    void this.#tellEnd(followed, name);
  }

  async #tellEnd(followed: Sent['followed'], name: string): Promise<void> {
    const left = await followed;
    if (!this.#isClosed) return this.showProgress();
    const { say } = this.#world.reader();
    const isDone = left.length === 0;
    const sentence = isDone
      ? say('{0} is on the lock.', name)
      : say('{0} is not on the lock yet. Nothing is sent again.', name);
    this.#world.tell(sentence, !isDone);
  }

  showProgress(): void {
    if (!this.#sent) return;
    const { devices, heading } = this.#sent;
    const { reader, words } = this.#world;
    const rows = devices.map((id) => ({ name: words.device(id), work: this.#workOn(id) }));
    this.#post(
      'progress',
      progressOf(heading, rows, (work) => words.work(work), reader()),
    );
  }

  #workOn(id: number) {
    return this.#world.store.device(this.#accountId, id)?.work?.find(({ key }) => key === this.#sent?.key);
  }

  /** Looks whether what was sent is there now. @throws {NukiError} */
  async checkAgain(): Promise<void> {
    if (this.#sent) await this.#world.writer.look(this.#accountId, this.#sent.devices);
    this.showProgress();
  }

  /** Has Nuki read the devices themselves where something is missing, and looks again. @throws {NukiError} */
  async updateFromLock(): Promise<void> {
    const missing = this.#sent?.devices.filter((id) => this.#workOn(id)) ?? [];
    await Promise.all(missing.map((id) => this.#world.sync(id)));
    await this.#world.clock.wait(syncTime);
    await this.checkAgain();
  }
}

/** How long, in ms, Nuki usually takes to read a device. */
const syncTime = 5_000;

const creationSentences: Readonly<Record<CreationProblem, string>> = {
  codeTaken: 'This code is taken on {0} by now. Nothing was sent.',
  codesFull: '{0} holds no more codes. Nothing was sent.',
  othersFull: '{0} holds no more authorizations. Nothing was sent.',
  personHasOne: 'This person has an app authorization on {0} by now. Nothing was sent.',
};
