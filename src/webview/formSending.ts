import { safeText } from '../base/safeText.ts';
import type { Sent } from '../model/authorizationWriter.ts';
import type { CreationProblem } from '../model/creationProblem.ts';
import { withChanges } from '../nuki/authorizationWrites.ts';
import { NukiError } from '../nuki/errors.ts';
import { syncTime } from '../nuki/requests.ts';
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
  #sent: { readonly key: string; readonly devices: readonly number[]; readonly heading: string } | undefined;
  #isSending = false;
  #isUpdating = false;
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
      if (change.what !== 'accounts' && change.accountId === request.accountId) this.showProgress();
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

  /** Asks for what a draft without problems says. */
  async create(draft: Draft): Promise<void> {
    await this.#once(async () => {
      const { reader, words, writer } = this.#world;
      const schedule = scheduleOf(draft, this.#zoneOf(draft.devices));
      const wish = wishOf(draft, schedule, await this.#personOf(draft));
      const result = await writer.create(this.#accountId, draft.devices, wish);
      if (result.sent) return this.#follow(result, draft.devices, wish.name, reader().say('New authorization'));
      this.#fail(reader().say(creationSentences[result.why], words.device(result.smartlockId)));
    });
  }

  /** The id of the person; a new one is created once, however often the rest fails. */
  async #personOf({ means, person }: Draft): Promise<number | undefined> {
    if (means === 'code' || person === null) return undefined;
    if (typeof person === 'number') return person;
    return await this.#data.createPerson(person.name.trim(), person.email.trim());
  }

  /** Asks for what somebody has changed in an authorization since it was `seen`. */
  async change(draft: Draft, seen: Seen, preview: Preview): Promise<void> {
    await this.#once(async () => {
      const { reader, writer } = this.#world;
      const { say } = reader();
      const zone = this.#zoneOf([this.#device]);
      const schedule = scheduleOf(draft, zone, seen);
      const address = { smartlockId: this.#device, id: seen.whole.authorization.id };
      const changes = changesOf(draft, schedule, seen);
      const result = await writer.change(this.#accountId, address, changes, seen.whole);
      if (result.sent) return this.#follow(result, [this.#device], draft.name.trim(), say('Edit authorization'));
      switch (result.why) {
        case 'nothing':
          return this.#fail(say('Nothing was changed, so nothing was sent.'));
        case 'declined':
          return this.#post('refused', preview);
        case 'busy':
          return this.#fail(say('Another change of it is still under way. Nothing was sent.'));
        case 'changed': {
          const wanted = withChanges(seen.whole.authorization, changes);
          const conflict = conflictOf(seen.whole, wanted, result.now, zone, reader());
          return this.#isClosed ? this.#fail(conflict.sentence) : this.#post('conflict', conflict);
        }
      }
    });
  }

  async #once(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.#isSending = true;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      const { reader, store, words } = this.#world;
      const meaning = await store.meaningOf(this.#accountId, error);
      this.#fail(meaning.reason === 'conflict' ? reader().say(conflictSentence) : words.trouble(meaning));
    } finally {
      this.#isSending = false;
    }
  }

  /** Says why nothing became of it, on the page or, where that is gone, beside it. */
  #fail(sentence: string): void {
    if (this.#isClosed) this.#world.tell(sentence, true);
    else this.#post('failed', sentence);
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
    if (!this.#isClosed && this.#isAccountKnown) return this.showProgress();
    const { say } = this.#world.reader();
    const isDone = left.length === 0;
    const sentence = isDone
      ? say('{0} is on the lock.', safeText(name))
      : say('{0} is not on the lock yet. Nothing is sent again.', safeText(name));
    this.#world.tell(sentence, !isDone);
  }

  get #isAccountKnown(): boolean {
    return this.#world.store.account(this.#accountId)?.devices !== undefined;
  }

  showProgress(): void {
    const { reader, words } = this.#world;
    if (!this.#sent || !this.#isAccountKnown) return;
    const { devices, heading } = this.#sent;
    const rows = devices.map((id) => ({ name: words.device(id), work: this.#workOn(id) }));
    this.#post(
      'progress',
      progressOf(heading, rows, (work) => words.work(work), reader()),
    );
  }

  #workOn(id: number) {
    return this.#world.store.work(this.#accountId, id).find(({ key }) => key === this.#sent?.key);
  }

  /** Looks whether what was sent is there now. @throws {NukiError} */
  async checkAgain(): Promise<void> {
    if (this.#sent) await this.#world.writer.look(this.#accountId, this.#sent.devices);
    this.showProgress();
  }

  /** Has Nuki read the devices themselves where something is missing, and looks again. @throws {NukiError} */
  async updateFromLock(): Promise<void> {
    if (!this.#sent || this.#isUpdating) return;
    this.#isUpdating = true;
    try {
      const missing = this.#sent.devices.filter((id) => this.#workOn(id));
      await Promise.all(missing.map((id) => this.#world.sync(id)));
      await this.#world.clock.wait(syncTime);
      if (!this.#isClosed) await this.checkAgain();
    } finally {
      this.#isUpdating = false;
    }
  }
}

const conflictSentence =
  'Nuki has this code or this person already, perhaps unlisted. "Update from Lock" on the device may show it.';

const creationSentences: Readonly<Record<CreationProblem, string>> = {
  codeTaken: 'This code is taken on {0} by now. Nothing was sent.',
  codesFull: '{0} holds no more codes. Nothing was sent.',
  othersFull: '{0} holds no more authorizations. Nothing was sent.',
  personHasOne: 'This person has an app authorization on {0} by now. Nothing was sent.',
};
