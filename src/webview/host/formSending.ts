import { safeText } from '../../base/safeText.ts';
import type { Unconfirmed } from '../../model/authorizationFollower.ts';
import type { Sent, Wish } from '../../model/authorizationWriter.ts';
import type { CreationProblem } from '../../model/creationProblem.ts';
import { isUntold, type PendingChange } from '../../model/pendingChanges.ts';
import { withChanges } from '../../nuki/authorization/authorizationWrites.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { syncTime } from '../../nuki/http/requests.ts';
import { changesOf, newAuthorizationOf, type DraftTimes, type Original } from './draft.ts';
import type { FormData } from './formData.ts';
import type { FormRequest, FormServices } from './formServices.ts';
import type { Draft, Preview, ToPage } from '../protocol.ts';
import { conflictOf, progressOf } from './progress.ts';

/** What a form tells its page, or the user where the page is gone. */
interface Listener {
  post<N extends keyof ToPage>(name: N, body: ToPage[N]): void;
  /** Why nothing was sent. */
  tellFailure(sentence: string): void;
}

/** How far the form is: it is not sent, what it needs is being read, it is being sent, it is followed, or that has ended. */
type Stage = 'open' | 'reading' | 'sending' | 'followed' | 'ended';

/** Sends what a form asks for, once, and shows what becomes of it. */
export class FormSending {
  readonly #accountId: string;
  readonly #device: number;
  readonly #services: FormServices;
  readonly #data: FormData;
  readonly #listener: Listener;
  readonly #subscription;
  readonly #closed = new AbortController();
  #stage: Stage = 'open';
  /** The name of what is being sent. */
  #name = '';
  #sent: { readonly key: string; readonly devices: readonly number[]; readonly heading: string } | undefined;
  /** What was not seen done when the lists were no longer read. */
  #left: readonly Unconfirmed[] = [];
  #isUpdating = false;

  constructor(request: FormRequest, services: FormServices, data: FormData, listener: Listener) {
    this.#accountId = request.accountId;
    this.#device = request.smartlockId ?? 0;
    this.#services = services;
    this.#data = data;
    this.#listener = listener;
    this.#subscription = services.store.onDidChange((change) => {
      if (change.kind !== 'accounts' && change.accountId === request.accountId) this.showProgress();
    });
  }

  /** The form is closed: what is not sent yet is not sent any more, and how the rest ends is told in a notification. */
  dispose(): void {
    this.#closed.abort();
    this.#subscription.dispose();
    if (this.#stage === 'sending' || this.#stage === 'followed') {
      const { t } = this.#services.locale();
      this.#services.notify(t('{0} was sent and is followed. You will be told how it ends.', this.#name), false);
    }
  }

  /** Whether something is being sent or has been sent. */
  get isBusy(): boolean {
    return this.#stage !== 'open';
  }

  get #isClosed(): boolean {
    return this.#closed.signal.aborted;
  }

  get #wish(): Wish {
    return { signal: this.#closed.signal, onSending: () => void (this.#stage = 'sending') };
  }

  /** Creates what a draft without problems asks for. */
  async create(draft: Draft, { schedule }: DraftTimes): Promise<void> {
    await this.#once(draft, async () => {
      const { locale, writer } = this.#services;
      const { t } = locale();
      const requested = newAuthorizationOf(draft, schedule, await this.#personOf(draft));
      const result = await writer.create(this.#accountId, draft.devices, requested, this.#wish);
      if (result.sent) return this.#follow(result, draft.devices, t('New authorization'));
      if (result.kind === 'withdrawn') return this.#tellWithdrawn();
      const device = this.#services.deviceName(result.smartlockId);
      this.#listener.tellFailure(t(creationSentences[result.kind], device));
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
    await this.#once(draft, async () => {
      const { locale, writer } = this.#services;
      const { t } = locale();
      const ref = { accountId: this.#accountId, smartlockId: this.#device };
      const changes = changesOf(draft, times.schedule, original);
      const result = await writer.change(ref, original.raw.authorization.id, changes, original.raw, this.#wish);
      if (result.sent) return this.#follow(result, [this.#device], t('Edit authorization'));
      switch (result.kind) {
        case 'withdrawn':
          return this.#tellWithdrawn();
        case 'nothing':
          return this.#listener.post('informed', t('Nothing was changed, so nothing was sent.'));
        case 'declined':
          return this.#listener.post('refused', preview);
        case 'busy':
          return this.#listener.tellFailure(t('Another change of it is still under way. Nothing was sent.'));
        case 'changed': {
          const edited = withChanges(original.raw.authorization, changes);
          const conflict = conflictOf(original.raw, edited, result.now, times.zone, locale());
          return this.#isClosed
            ? this.#listener.tellFailure(conflict.sentence)
            : this.#listener.post('conflict', conflict);
        }
      }
    });
  }

  #tellWithdrawn(): void {
    const { t } = this.#services.locale();
    this.#services.notify(t('{0} was not sent: the form was closed before.', this.#name), false);
  }

  async #once(draft: Draft, send: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.#stage = 'reading';
    this.#name = safeText(draft.name.trim());
    try {
      await send();
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      const { locale, store } = this.#services;
      const cause = await store.diagnoseUnauthorized(this.#accountId, error);
      const isConflict = cause.reason === 'conflict';
      this.#listener.tellFailure(isConflict ? locale().t(conflictSentence) : this.#services.errorText(cause));
    } finally {
      if (!this.#sent) this.#stage = 'open';
    }
  }

  #follow({ key, doubt, followed }: Sent, devices: readonly number[], heading: string): void {
    this.#stage = 'followed';
    this.#sent = { key, devices, heading };
    if (doubt) this.#services.logDoubt(this.#name, doubt);
    this.showProgress();
    void this.#tellEnd(followed);
  }

  async #tellEnd(followed: Sent['followed']): Promise<void> {
    this.#left = await followed;
    this.#stage = 'ended';
    if (!this.#isClosed && this.#isAccountKnown) return this.showProgress();
    const { t } = this.#services.locale();
    const isDone = this.#left.length === 0;
    const sentence = isDone ? t('{0} is on the lock.', this.#name) : this.#services.endText(this.#left);
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
    this.#listener.post('progress', progressOf(heading, rows, textOf, this.#services.locale()));
  }

  /** What is not seen done on a device. Where the device never tells more than Nuki's list, that is not known to the store any more. */
  #pendingOn(id: number): PendingChange | undefined {
    const ref = { accountId: this.#accountId, smartlockId: id };
    const pending = this.#services.store.pendingChanges(ref).find(({ key }) => key === this.#sent?.key);
    const left = this.#left.find(({ smartlockId }) => smartlockId === id)?.pendingChange;
    return pending ?? (left && isUntold(left) ? left : undefined);
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
  'Nuki has this code or this person already, perhaps unlisted. "Wake and Refresh" on the device may show it.';

const creationSentences: Readonly<Record<CreationProblem, string>> = {
  nameTooLong: 'This name is too long for {0}. Nothing was sent.',
  codeTaken: 'This code is taken on {0} by now. Nothing was sent.',
  codesFull: '{0} holds no more codes. Nothing was sent.',
  othersFull: '{0} holds no more authorizations. Nothing was sent.',
  personHasOne: 'This person has an app authorization on {0} by now. Nothing was sent.',
};
