import { safeText } from '../../base/safeText.ts';
import type { Sent } from '../../model/authorizationWriter.ts';
import type { CreationProblem } from '../../model/creationProblem.ts';
import type { PendingChange } from '../../model/pendingChanges.ts';
import { withChanges } from '../../nuki/authorization/authorizationWrites.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { syncTime } from '../../nuki/http/requests.ts';
import { changesOf, newAuthorizationOf, type DraftTimes, type Original } from './draft.ts';
import type { FormData } from './formData.ts';
import type { FormRequest, FormServices } from './formServices.ts';
import type { Draft, Preview, ToPage } from '../protocol.ts';
import { conflictOf, progressOf } from './progress.ts';

/** Sends what a form asks for, once, and shows what becomes of it. */
export class FormSending {
  readonly #accountId: string;
  readonly #device: number;
  readonly #services: FormServices;
  readonly #data: FormData;
  readonly #post: <N extends keyof ToPage>(name: N, body: ToPage[N]) => void;
  readonly #tellFailure: (sentence: string) => void;
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
    tellFailure: (sentence: string) => void,
  ) {
    this.#accountId = request.accountId;
    this.#device = request.smartlockId ?? 0;
    this.#services = services;
    this.#data = data;
    this.#post = post;
    this.#tellFailure = tellFailure;
    this.#subscription = services.store.onDidChange((change) => {
      if (change.kind !== 'accounts' && change.accountId === request.accountId) this.showProgress();
    });
  }

  dispose(): void {
    this.#isClosed = true;
    this.#subscription.dispose();
  }

  /** Whether something is being sent or has been sent. */
  get isBusy(): boolean {
    return this.#isSending || this.#sent !== undefined;
  }

  /** Creates what a draft without problems asks for. */
  async create(draft: Draft, { schedule }: DraftTimes): Promise<void> {
    await this.#once(async () => {
      const { locale, writer } = this.#services;
      const requested = newAuthorizationOf(draft, schedule, await this.#personOf(draft));
      const result = await writer.create(this.#accountId, draft.devices, requested);
      if (result.sent) return this.#follow(result, draft.devices, requested.name, locale().t('New authorization'));
      this.#tellFailure(locale().t(creationSentences[result.kind], this.#services.deviceName(result.smartlockId)));
    });
  }

  /** The id of the person; a new one is created once, however often the rest fails. */
  async #personOf({ credential, person }: Draft): Promise<number | undefined> {
    if (credential === 'code' || person === null) return undefined;
    if (typeof person === 'number') return person;
    return await this.#data.createPerson(person.name.trim(), person.email.trim());
  }

  /** Changes what the user has changed in the draft of an authorization. `preview` is posted where the user declines. */
  async change(draft: Draft, times: DraftTimes, original: Original, preview: Preview): Promise<void> {
    await this.#once(async () => {
      const { locale, writer } = this.#services;
      const { t } = locale();
      const ref = { accountId: this.#accountId, smartlockId: this.#device };
      const changes = changesOf(draft, times.schedule, original);
      const result = await writer.change(ref, original.raw.authorization.id, changes, original.raw);
      if (result.sent) return this.#follow(result, [this.#device], draft.name.trim(), t('Edit authorization'));
      switch (result.kind) {
        case 'nothing':
          return this.#tellFailure(t('Nothing was changed, so nothing was sent.'));
        case 'declined':
          return this.#post('refused', preview);
        case 'busy':
          return this.#tellFailure(t('Another change of it is still under way. Nothing was sent.'));
        case 'changed': {
          const edited = withChanges(original.raw.authorization, changes);
          const conflict = conflictOf(original.raw, edited, result.now, times.zone, locale());
          return this.#isClosed ? this.#tellFailure(conflict.sentence) : this.#post('conflict', conflict);
        }
      }
    });
  }

  async #once(send: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.#isSending = true;
    try {
      await send();
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      const { locale, store } = this.#services;
      const cause = await store.diagnoseUnauthorized(this.#accountId, error);
      const isConflict = cause.reason === 'conflict';
      this.#tellFailure(isConflict ? locale().t(conflictSentence) : this.#services.errorText(cause));
    } finally {
      this.#isSending = false;
    }
  }

  #follow({ key, followed }: Sent, devices: readonly number[], name: string, heading: string): void {
    this.#sent = { key, devices, heading };
    this.showProgress();
    void this.#tellEnd(followed, name);
  }

  async #tellEnd(followed: Sent['followed'], name: string): Promise<void> {
    const unconfirmed = await followed;
    if (!this.#isClosed && this.#isAccountKnown) return this.showProgress();
    const { t } = this.#services.locale();
    const isDone = unconfirmed.length === 0;
    const sentence = isDone
      ? t('{0} is on the lock.', safeText(name))
      : t('{0} is not on the lock yet. Nothing is sent again.', safeText(name));
    this.#services.notify(sentence, !isDone);
  }

  get #isAccountKnown(): boolean {
    return this.#services.store.account(this.#accountId)?.devices !== undefined;
  }

  showProgress(): void {
    if (!this.#sent || !this.#isAccountKnown) return;
    const { devices, heading } = this.#sent;
    const rows = devices.map((id) => ({ name: this.#services.deviceName(id), pending: this.#pendingOn(id) }));
    const textOf = (pending: PendingChange): string => this.#services.pendingChangeText(pending);
    this.#post('progress', progressOf(heading, rows, textOf, this.#services.locale()));
  }

  #pendingOn(id: number): PendingChange | undefined {
    const ref = { accountId: this.#accountId, smartlockId: id };
    return this.#services.store.pendingChanges(ref).find(({ key }) => key === this.#sent?.key);
  }

  /** Reads the lists once more, for what was sent. @throws {NukiError} */
  async checkAgain(): Promise<void> {
    if (this.#sent) await this.#services.writer.look(this.#accountId, this.#sent.devices);
    this.showProgress();
  }

  /** Has Nuki read the devices that do not show it yet, and checks again. @throws {NukiError} */
  async updateFromLock(): Promise<void> {
    if (!this.#sent || this.#isUpdating) return;
    this.#isUpdating = true;
    try {
      const missing = this.#sent.devices.filter((id) => this.#pendingOn(id));
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
  nameTooLong: 'This name is too long for {0}. Nothing was sent.',
  codeTaken: 'This code is taken on {0} by now. Nothing was sent.',
  codesFull: '{0} holds no more codes. Nothing was sent.',
  othersFull: '{0} holds no more authorizations. Nothing was sent.',
  personHasOne: 'This person has an app authorization on {0} by now. Nothing was sent.',
};
