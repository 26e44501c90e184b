import type { Clock } from '../base/clock.ts';
import type { AuthorizationWriter, CreationProblem, Sent } from '../model/authorizationWriter.ts';
import type { AuthorizationWork } from '../model/authorizationWork.ts';
import type { Store } from '../model/store.ts';
import { isNukiError, type NukiError } from '../nuki/errors.ts';
import { generateKeypadCode } from '../nuki/keypadCode.ts';
import type { Reader } from '../nuki/schedule.ts';
import { everyDay } from '../nuki/weekdays.ts';
import { changesOf, scheduleOf, wishOf, type Seen } from './draft.ts';
import { FormData, withPermission } from './formData.ts';
import { commonZone } from './formDevices.ts';
import { formModel } from './formModel.ts';
import { createThrottle, decodeEnvelope } from './messages.ts';
import { overnightDrafts } from './overnight.ts';
import { previewOf } from './preview.ts';
import { conflictOf, progressOf } from './results.ts';
import type { Draft, Preview, ToPage } from './protocol.ts';

/** What a form is opened for. */
export type FormRequest =
  | {
      readonly is: 'new';
      readonly accountId: string;
      readonly smartlockId?: number | undefined;
      /** What is filled in already. */
      readonly draft?: Draft | undefined;
    }
  | {
      readonly is: 'edit' | 'duplicate';
      readonly accountId: string;
      readonly smartlockId: number;
      readonly id: string;
    };

/** What a form needs of everything else. */
export interface FormWorld {
  readonly store: Store;
  readonly writer: AuthorizationWriter;
  readonly clock: Clock;
  readonly reader: () => Reader & { readonly now: number };
  /** The zone of whoever fills in the form, an IANA name. */
  readonly ownZone: string;
  /** A cryptographic source of whole numbers from 0 to below `max`. */
  readonly randomInt: (max: number) => number;
  readonly words: FormWords;
  /** The id that the page puts into each message. */
  readonly panel: string;
  post<N extends keyof ToPage>(name: N, body: ToPage[N]): void;
  close(): void;
  /** Says something when the form is gone. */
  tell(sentence: string, isTrouble: boolean): void;
  copy(text: string): Promise<void>;
  sync(smartlockId: number): Promise<void>;
  open(request: FormRequest): Promise<void>;
}

/** Words for what the form does not know itself. */
export interface FormWords {
  device(smartlockId: number): string;
  account(): string;
  trouble(error: NukiError): string;
  work(work: AuthorizationWork): string;
}

/** The host's side of one form: it decides everything, and believes nothing that the page says. */
export class FormSession {
  readonly #request: FormRequest;
  readonly #world: FormWorld;
  readonly #data: FormData;
  readonly #mayPass: () => boolean;
  readonly #subscription;
  readonly #persons = new Map<string, number>();
  #base: { readonly draft: Draft; readonly seen?: Seen | undefined } | undefined;
  #draft: Draft | undefined;
  #peopleTrouble: string | undefined;
  #sent: { readonly key: string; readonly devices: readonly number[] } | undefined;
  #isSending = false;
  #isClosed = false;

  constructor(request: FormRequest, world: FormWorld) {
    this.#request = request;
    this.#world = world;
    this.#data = new FormData(world.store, request.accountId, (id) => world.words.device(id));
    this.#mayPass = createThrottle(() => world.clock.now());
    this.#subscription = world.store.onDidChange((change) => {
      if (change.what === 'device' && change.accountId === request.accountId) this.#showProgress();
    });
  }

  /** The form is gone; what was sent is followed nevertheless. */
  dispose(): void {
    this.#isClosed = true;
    this.#subscription.dispose();
  }

  /** Takes what a page says, whatever it is. */
  async receive(message: unknown): Promise<void> {
    if (!this.#mayPass()) return;
    const envelope = decodeEnvelope(message, this.#world.panel);
    if (!envelope || this.#isClosed) return;
    const { name, body } = envelope;
    if (name === 'cancel') return this.#world.close();
    if (name === 'ready') return await this.#trying(() => this.#show(body));
    if (!this.#base) return;
    switch (name) {
      case 'preview':
        return await this.#trying(() => this.#preview(body));
      case 'generate':
        return await this.#trying(() => this.#generate(body));
      case 'split':
        return await this.#split(body);
      case 'copyPayload':
        return await this.#world.copy(payloadText(this.#previewOf(body)));
      case 'submit':
        return await this.#submitOnce(body);
      case 'reload':
        this.#base = undefined;
        return await this.#trying(() => this.#show(null));
      case 'checkAgain':
        return await this.#trying(() => this.#checkAgain());
      case 'updateFromLock':
        return await this.#trying(() => this.#updateFromLock());
    }
  }

  /** A failure is said on the page, and what was typed stays. */
  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const error = withPermission(thrown);
      if (!isNukiError(error)) throw error;
      this.#post('failed', this.#world.words.trouble(error));
    }
  }

  #post<N extends keyof ToPage>(name: N, body: ToPage[N]): void {
    if (!this.#isClosed) this.#world.post(name, body);
  }

  async #show(kept: Draft | null): Promise<void> {
    const base = (this.#base ??= await this.#load());
    const draft = kept ?? base.draft;
    const reader = this.#world.reader();
    const heading = base.seen ? reader.say('Edit authorization') : reader.say('New authorization');
    const subheading = [base.seen && this.#world.words.device(this.#deviceOfRequest), this.#world.words.account()];
    this.#post(
      'show',
      formModel(
        {
          mode: base.seen ? 'edit' : 'create',
          heading,
          subheading: subheading.filter(Boolean).join(' · '),
          draft,
          devices: base.seen ? this.#data.among(draft.devices) : this.#data.devices,
          people: this.#data.people,
        },
        reader,
      ),
    );
    this.#showProgress();
  }

  get #deviceOfRequest(): number {
    return this.#request.smartlockId ?? 0;
  }

  async #load() {
    const request = this.#request;
    const chosen = request.smartlockId === undefined ? [] : [request.smartlockId];
    await Promise.all([this.#readPeople(), this.#data.readLists(chosen)]);
    if (request.is === 'new') return { draft: request.draft ?? newDraft(this.#data, chosen) };
    const seen = await this.#data.readSeen(request.smartlockId, request.id);
    return request.is === 'edit' ? { draft: seen.draft, seen } : { draft: seen.draft };
  }

  /** Who may read no people can still hand out codes. */
  async #readPeople(): Promise<void> {
    try {
      await this.#data.readPeople();
    } catch (thrown) {
      const error = withPermission(thrown);
      if (!isNukiError(error)) throw error;
      this.#peopleTrouble = this.#world.words.trouble(error);
    }
  }

  async #preview(draft: Draft): Promise<void> {
    this.#draft = draft;
    this.#post('previewed', this.#previewOf(draft));
    if (await this.#data.readLists(this.#devicesOf(draft))) this.#post('previewed', this.#previewOf(this.#draft));
  }

  #previewOf(draft: Draft): Preview {
    return previewOf(draft, this.#judging(draft));
  }

  #judging(draft: Draft) {
    const { reader, ownZone } = this.#world;
    const devices = this.#data.among(this.#devicesOf(draft));
    const { people } = this.#data;
    return { reader: reader(), devices, people, peopleTrouble: this.#peopleTrouble, seen: this.#base?.seen, ownZone };
  }

  /** An edit is about its one device, whatever the page says. */
  #devicesOf(draft: Draft): readonly number[] {
    return this.#base?.seen ? [this.#deviceOfRequest] : draft.devices;
  }

  async #generate(draft: Draft): Promise<void> {
    await this.#data.readLists(this.#devicesOf(draft));
    const devices = this.#data.among(this.#devicesOf(draft));
    const taken = new Set(devices.flatMap(({ takenCodes }) => [...takenCodes]));
    const code = generateKeypadCode(taken, this.#world.randomInt);
    if (code !== undefined) this.#post('generated', { code });
  }

  /** The first half stays here, the second gets a form of its own. */
  async #split(draft: Draft): Promise<void> {
    const [first, second] = this.#base?.seen ? [] : overnightDrafts(draft);
    if (!first) return this.#post('refused', this.#previewOf(draft));
    this.#base = { draft: first };
    await this.#trying(() => this.#show(null));
    if (second) await this.#world.open({ is: 'new', accountId: this.#request.accountId, draft: second });
  }

  async #submitOnce(draft: Draft): Promise<void> {
    if (this.#isSending || this.#sent) return;
    this.#isSending = true;
    await this.#trying(() => this.#submit(draft)).finally(() => (this.#isSending = false));
  }

  async #submit(draft: Draft): Promise<void> {
    await this.#data.readLists(this.#devicesOf(draft));
    const preview = this.#previewOf(draft);
    if (Object.keys(preview.problems).length > 0) return this.#post('refused', preview);
    await (this.#base?.seen ? this.#change(draft, this.#base.seen, preview) : this.#create(draft));
  }

  async #create(draft: Draft): Promise<void> {
    const { reader, words, writer } = this.#world;
    const person = await this.#personOf(draft);
    const wish = wishOf(draft, scheduleOf(draft, this.#zoneOf(draft)), person);
    const result = await writer.create(this.#request.accountId, draft.devices, wish);
    if (result.sent) return this.#follow(result, draft.devices, wish.name);
    const device = words.device(result.smartlockId);
    this.#post('failed', reader().say(creationSentences[result.why], device));
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

  async #change(draft: Draft, seen: Seen, preview: Preview): Promise<void> {
    const { reader, writer } = this.#world;
    const { say } = reader();
    const zone = this.#zoneOf(draft);
    const schedule = scheduleOf(draft, zone, seen);
    const changes = changesOf(draft, schedule, seen);
    const address = { smartlockId: this.#deviceOfRequest, id: seen.whole.authorization.id };
    const result = await writer.change(this.#request.accountId, address, changes, seen.whole);
    if (result.sent) return this.#follow(result, [address.smartlockId], draft.name.trim());
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
  }

  #zoneOf(draft: Draft): string | undefined {
    const common = commonZone(this.#data.among(this.#devicesOf(draft)));
    return common.is === 'one' ? common.zone : undefined;
  }

  #follow({ key, followed }: Sent, devices: readonly number[], name: string): void {
    this.#sent = { key, devices };
    this.#showProgress();
    void this.#tellEnd(followed, name);
  }

  async #tellEnd(followed: Sent['followed'], name: string): Promise<void> {
    const left = await followed;
    if (!this.#isClosed) return this.#showProgress();
    const { say } = this.#world.reader();
    const isDone = left.length === 0;
    const sentence = isDone
      ? say('{0} is on the lock.', name)
      : say('{0} is not on the lock yet. Nothing is sent again.', name);
    this.#world.tell(sentence, !isDone);
  }

  #showProgress(): void {
    if (!this.#sent) return;
    const { key, devices } = this.#sent;
    const { reader, words, store } = this.#world;
    const rows = devices.map((id) => ({
      name: words.device(id),
      work: store.device(this.#request.accountId, id)?.work?.find((work) => work.key === key),
    }));
    const heading = this.#base?.seen ? reader().say('Edit authorization') : reader().say('New authorization');
    this.#post(
      'progress',
      progressOf(heading, rows, (work) => words.work(work), reader()),
    );
  }

  async #checkAgain(): Promise<void> {
    if (this.#sent) await this.#world.writer.look(this.#request.accountId, this.#sent.devices);
    this.#showProgress();
  }

  async #updateFromLock(): Promise<void> {
    const { store, clock } = this.#world;
    const { accountId } = this.#request;
    const { key, devices } = this.#sent ?? { key: '', devices: [] };
    const open = devices.filter((id) => store.device(accountId, id)?.work?.some((work) => work.key === key));
    await Promise.all(open.map((id) => this.#world.sync(id)));
    await clock.wait(syncTime);
    await this.#checkAgain();
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

/** A code where there is a keypad, otherwise an app user; without limits until somebody sets them. */
function newDraft(data: FormData, chosen: readonly number[]): Draft {
  const [only, ...more] = data.devices;
  const devices = chosen.length > 0 || !only || more.length > 0 ? chosen : [only.id];
  const hasKeypad = data.among(devices).every((device) => device.hasKeypad);
  return {
    means: hasKeypad ? 'code' : 'app',
    name: '',
    person: null,
    devices,
    remoteAllowed: false,
    from: null,
    until: null,
    weekdays: everyDay,
    hours: null,
    code: '',
  };
}

function payloadText({ payload }: Preview): string {
  return payload.map(({ field, value }) => (value === '' ? field : `  ${field}: ${value}`)).join('\n');
}
