import { safeText } from '../../../../base/safeText.ts';
import type { Unconfirmed } from '../../../../model/authorizations/authorizationFollower.ts';
import type { Sent, Wish } from '../../../../model/authorizations/authorizationWriter.ts';
import type { CreationProblem } from '../../../../model/authorizations/creationProblem.ts';
import { isUntold, type PendingChange } from '../../../../model/authorizations/pendingChanges.ts';
import { withChanges } from '../../../../nuki/authorization/authorizationWrites.ts';
import { NukiError } from '../../../../nuki/http/errors.ts';
import { syncTime } from '../../../../nuki/http/requests.ts';
import { conflictOf } from './conflict.ts';
import { changesOf, newAuthorizationOf, type Original } from '../draft.ts';
import type { FormData } from '../formData.ts';
import type { FormRequest, FormServices } from '../formServices.ts';
import { guestMessage } from './guestMessage.ts';
import type { PreviewContext } from '../preview/previewSentences.ts';
import type { CredentialType, Draft, MessageLanguage, Preview, ToPage } from '../../../protocol/form.ts';
import { progressOf } from './progress.ts';
import type { SentTogether } from './sentTogether.ts';
import { changedFrom, createdFrom, withoutCode, type SentAuthorization } from './sentAuthorization.ts';

/** What a form tells its page, or the user where the page is gone. */
interface Listener {
  post<N extends keyof ToPage>(name: N, body: ToPage[N]): void;
  /** Something with this name was sent. */
  isSent(name: string): void;
  /** Why nothing was sent. */
  tellFailure(sentence: string): void;
}

/** What was sent, and the key of the pending changes by which it is followed. */
interface SentForm {
  readonly key: string;
  readonly devices: readonly number[];
  readonly authorization: SentAuthorization;
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
  readonly #together: SentTogether;
  readonly #subscription;
  readonly #subscriptionToOthers;
  readonly #closed = new AbortController();
  #stage: Stage = 'open';
  /** The name of what is being sent. */
  #name = '';
  #sent: SentForm | undefined;
  /** What was not seen done when the lists were no longer read. */
  #left: readonly Unconfirmed[] = [];
  #isUpdating = false;
  /** What is in the clipboard. */
  #copied: { readonly sentence: string } | undefined;

  constructor(
    request: FormRequest,
    services: FormServices,
    data: FormData,
    together: SentTogether,
    listener: Listener,
  ) {
    this.#together = together;
    together.set(this, undefined);
    this.#subscriptionToOthers = together.onDidChange(() => this.showProgress());
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
    this.#subscriptionToOthers.dispose();
    this.forgetCode();
    this.#together.leave(this);
    if (this.#stage === 'sending' || this.#stage === 'followed') {
      const { t } = this.#services.locale();
      this.#services.notify(t('{0} was sent. Keyturner will tell you the result.', this.#name), false);
    }
  }

  /** From now on the code that was sent is known to the lock only. */
  forgetCode(): void {
    if (!this.#sent) return;
    this.#keep({ ...this.#sent, authorization: withoutCode(this.#sent.authorization, this.#services.locale()) });
  }

  /** Whether something is being sent or has been sent. */
  get isBusy(): boolean {
    return this.#stage !== 'open';
  }

  /** Whether the request has left, or has come to its end. */
  get isSent(): boolean {
    return this.isBusy && this.#stage !== 'reading';
  }

  get #isClosed(): boolean {
    return this.#closed.signal.aborted;
  }

  get #wish(): Wish {
    return { signal: this.#closed.signal, onSending: () => void (this.#stage = 'sending') };
  }

  /** Creates what a draft without problems asks for. */
  async create(draft: Draft, context: PreviewContext): Promise<void> {
    await this.#once(draft, async () => {
      const { locale, writer } = this.#services;
      const { t } = locale();
      const requested = newAuthorizationOf(draft, context.times.schedule, await this.#personOf(draft));
      const result = await writer.create(this.#accountId, draft.devices, requested, this.#wish);
      if (result.sent) return this.#follow(result, draft.devices, createdFrom(draft, context));
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
  async change(draft: Draft, context: PreviewContext, original: Original, preview: Preview): Promise<void> {
    await this.#once(draft, async () => {
      const { locale, writer } = this.#services;
      const { t } = locale();
      const ref = { accountId: this.#accountId, smartlockId: this.#device };
      const { times } = context;
      const changes = changesOf(draft, times.schedule, original);
      const result = await writer.change(ref, original.raw.authorization.id, changes, original.raw, this.#wish);
      if (result.sent) return this.#follow(result, [this.#device], changedFrom(draft, changes, original, context));
      switch (result.kind) {
        case 'withdrawn':
          return this.#tellWithdrawn();
        case 'nothing':
          return this.#listener.post('informed', t('No changes to save.'));
        case 'declined':
          return this.#listener.post('refused', preview);
        case 'busy':
          return this.#listener.tellFailure(t('A change to it is still in progress. Nothing was sent.'));
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
    this.#services.notify(t('{0} was not sent because the form was closed first.', this.#name), false);
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

  #follow({ key, doubt, followed }: Sent, devices: readonly number[], authorization: SentAuthorization): void {
    this.#stage = 'followed';
    if (this.#isClosed) {
      this.#sent = { key, devices, authorization: withoutCode(authorization, this.#services.locale()) };
    } else {
      this.#keep({ key, devices, authorization });
      this.#listener.isSent(authorization.name);
    }
    if (doubt) this.#services.logDoubt(this.#name, doubt);
    void this.#tellEnd(followed);
  }

  /** Shows the progress here and in the forms that belong to this one. */
  #keep(sent: SentForm): void {
    this.#sent = sent;
    this.#together.set(this, sent.authorization);
  }

  async #tellEnd(followed: Sent['followed']): Promise<void> {
    this.#left = await followed;
    this.#stage = 'ended';
    if (!this.#isClosed && this.#isAccountKnown) return this.showProgress();
    const { t } = this.#services.locale();
    const isDone = this.#left.length === 0;
    const sentence = isDone ? t('{0} is saved on the lock.', this.#name) : this.#services.endText(this.#left);
    this.#services.notify(sentence, !isDone);
  }

  get #isAccountKnown(): boolean {
    return this.#services.store.account(this.#accountId)?.devices !== undefined;
  }

  showProgress(): void {
    if (!this.#sent || !this.#isAccountKnown) return;
    const { devices, authorization } = this.#sent;
    const others = this.#together.othersOf(this);
    const rows = devices.map((id) => ({ name: this.#services.deviceName(id), pending: this.#pendingOn(id) }));
    const textOf = (pending: PendingChange): string => this.#services.pendingChangeText(pending);
    this.#listener.post(
      'progress',
      progressOf(authorization, others, rows, this.#copied?.sentence, textOf, this.#services.locale()),
    );
  }

  /** What is not seen done on a device. Where the device never tells more than Nuki's list, that is not known to the store any more. */
  #pendingOn(id: number): PendingChange | undefined {
    const ref = { accountId: this.#accountId, smartlockId: id };
    const pending = this.#services.store.pendingChanges(ref).find(({ key }) => key === this.#sent?.key);
    const left = this.#left.find(({ smartlockId }) => smartlockId === id)?.pendingChange;
    return pending ?? (left && isUntold(left) ? left : undefined);
  }

  /** What was created, as far as another one can be like it. */
  get created(): { readonly credential: CredentialType; readonly devices: readonly number[] } | undefined {
    const { authorization, devices = [] } = this.#sent ?? {};
    return authorization?.isNew ? { credential: authorization.credential, devices } : undefined;
  }

  async showInSidebar(): Promise<void> {
    const [first] = this.#sent?.devices ?? [];
    if (first !== undefined) await this.#services.showInSidebar(first);
  }

  /** Copies the code that was sent, where it is still known. */
  async copyCode(): Promise<void> {
    const code = this.#sent?.authorization.access?.code;
    const { t } = this.#services.locale();
    if (code !== undefined) await this.#copy(code, t('Code copied. The clipboard is cleared after 30 seconds.'));
  }

  /** Copies a message for whom it was made for. `ownZone`: of the user. */
  async copyMessage(language: MessageLanguage, ownZone: string): Promise<void> {
    const accesses = this.#together.sent.flatMap(({ access }) => access ?? []);
    const { t } = this.#services.locale();
    if (!this.#sent?.authorization.access) return;
    const copied = t('Message copied. The clipboard is cleared after 30 seconds.');
    await this.#copy(guestMessage(accesses, language, ownZone), copied);
  }

  /** Copies for a while, and says so as long. */
  async #copy(secret: string, sentence: string): Promise<void> {
    const copied = { sentence };
    const copying = this.#services.copySecret(secret, sentence);
    this.#copied = copied;
    this.showProgress();
    await copying;
    if (this.#copied !== copied) return;
    this.#copied = undefined;
    this.showProgress();
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
  'Nuki already has this code or this person, perhaps without listing it. "Wake and Refresh" on the device may show it.';

const creationSentences: Readonly<Record<CreationProblem, string>> = {
  nameTooLong: 'This name is too long for {0}. Nothing was sent.',
  codeTaken: '{0} already uses this code. Choose another. Nothing was sent.',
  codesFull: '{0} has no free code slots. Nothing was sent.',
  othersFull: '{0} is full. Delete an authorization first. Nothing was sent.',
  personHasOne: 'This person already has app access to {0}. Nothing was sent.',
};
