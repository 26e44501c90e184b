import { safeText } from '../../base/safeText.ts';
import type { Sent } from '../../model/authorizationWriter.ts';
import type { CreationProblem } from '../../model/creationProblem.ts';
import { withChanges } from '../../nuki/authorization/authorizationWrites.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { syncTime } from '../../nuki/http/requests.ts';
import { changesOf, scheduleOf, newAuthorizationOf, type Original } from './draft.ts';
import type { FormData } from './formData.ts';
import { commonZone } from './formDevices.ts';
import type { FormRequest, FormServices } from './formServices.ts';
import type { Draft, Preview, ToPage } from '../protocol.ts';
import { conflictOf, progressOf } from './progress.ts';

/** What a form sends, once, and what becomes of it. */
export class FormSending {
  readonly #accountId: string;
  readonly #device: number;
  readonly #services: FormServices;
  readonly #data: FormData;
  readonly #post: <N extends keyof ToPage>(name: N, body: ToPage[N]) => void;
  readonly #subscription;
  #sent: { readonly key: string; readonly devices: readonly number[]; readonly heading: string } | undefined;
  #isSending = false;
  #isUpdating = false;
  #isClosed = false;

  constructor(
    request: FormRequest,
    services: FormServices,
    data: FormData,
    post: <N extends keyof ToPage>(name: N, body: ToPage[N]) => void,
  ) {
    this.#accountId = request.accountId;
    this.#device = request.smartlockId ?? 0;
    this.#services = services;
    this.#data = data;
    this.#post = post;
    this.#subscription = services.store.onDidChange((change) => {
      if (change.kind !== 'accounts' && change.accountId === request.accountId) this.showProgress();
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
      const { locale, labels, writer } = this.#services;
      const schedule = scheduleOf(draft, this.#zoneOf(draft.devices));
      const requested = newAuthorizationOf(draft, schedule, await this.#personOf(draft));
      const result = await writer.create(this.#accountId, draft.devices, requested);
      if (result.sent) return this.#follow(result, draft.devices, requested.name, locale().t('New authorization'));
      this.#fail(locale().t(creationSentences[result.why], labels.device(result.smartlockId)));
    });
  }

  /** The id of the person; a new one is created once, however often the rest fails. */
  async #personOf({ credential, person }: Draft): Promise<number | undefined> {
    if (credential === 'code' || person === null) return undefined;
    if (typeof person === 'number') return person;
    return await this.#data.createPerson(person.name.trim(), person.email.trim());
  }

  /** Asks for what somebody has changed in an authorization since it was `seen`. */
  async change(draft: Draft, original: Original, preview: Preview): Promise<void> {
    await this.#once(async () => {
      const { locale, writer } = this.#services;
      const { t } = locale();
      const zone = this.#zoneOf([this.#device]);
      const schedule = scheduleOf(draft, zone, original);
      const address = { smartlockId: this.#device, id: original.raw.authorization.id };
      const changes = changesOf(draft, schedule, original);
      const result = await writer.change(this.#accountId, address, changes, original.raw);
      if (result.sent) return this.#follow(result, [this.#device], draft.name.trim(), t('Edit authorization'));
      switch (result.kind) {
        case 'nothing':
          return this.#fail(t('Nothing was changed, so nothing was sent.'));
        case 'declined':
          return this.#post('refused', preview);
        case 'busy':
          return this.#fail(t('Another change of it is still under way. Nothing was sent.'));
        case 'changed': {
          const wanted = withChanges(original.raw.authorization, changes);
          const conflict = conflictOf(original.raw, wanted, result.now, zone, locale());
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
      const { locale, store, labels } = this.#services;
      const meaning = await store.diagnoseUnauthorized(this.#accountId, error);
      this.#fail(meaning.reason === 'conflict' ? locale().t(conflictSentence) : labels.error(meaning));
    } finally {
      this.#isSending = false;
    }
  }

  /** Says why nothing became of it, on the page or, where that is gone, beside it. */
  #fail(sentence: string): void {
    if (this.#isClosed) this.#services.notify(sentence, true);
    else this.#post('failed', sentence);
  }

  #zoneOf(devices: readonly number[]): string | undefined {
    const common = commonZone(this.#data.among(devices));
    return common.kind === 'one' ? common.zone : undefined;
  }

  #follow({ key, followed }: Sent, devices: readonly number[], name: string, heading: string): void {
    this.#sent = { key, devices, heading };
    this.showProgress();
    void this.#tellEnd(followed, name);
  }

  async #tellEnd(followed: Sent['followed'], name: string): Promise<void> {
    const left = await followed;
    if (!this.#isClosed && this.#isAccountKnown) return this.showProgress();
    const { t } = this.#services.locale();
    const isDone = left.length === 0;
    const sentence = isDone
      ? t('{0} is on the lock.', safeText(name))
      : t('{0} is not on the lock yet. Nothing is sent again.', safeText(name));
    this.#services.notify(sentence, !isDone);
  }

  get #isAccountKnown(): boolean {
    return this.#services.store.account(this.#accountId)?.devices !== undefined;
  }

  showProgress(): void {
    const { locale, labels } = this.#services;
    if (!this.#sent || !this.#isAccountKnown) return;
    const { devices, heading } = this.#sent;
    const rows = devices.map((id) => ({ name: labels.device(id), work: this.#workOn(id) }));
    this.#post(
      'progress',
      progressOf(heading, rows, (work) => labels.pendingChange(work), locale()),
    );
  }

  #workOn(id: number) {
    return this.#services.store.pendingChanges(this.#accountId, id).find(({ key }) => key === this.#sent?.key);
  }

  /** Looks whether what was sent is there now. @throws {NukiError} */
  async checkAgain(): Promise<void> {
    if (this.#sent) await this.#services.writer.look(this.#accountId, this.#sent.devices);
    this.showProgress();
  }

  /** Has Nuki read the devices themselves where something is missing, and looks again. @throws {NukiError} */
  async updateFromLock(): Promise<void> {
    if (!this.#sent || this.#isUpdating) return;
    this.#isUpdating = true;
    try {
      const missing = this.#sent.devices.filter((id) => this.#workOn(id));
      await Promise.all(missing.map((id) => this.#services.sync(id)));
      await this.#services.clock.wait(syncTime);
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
