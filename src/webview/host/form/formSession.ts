import type { AuthorizationGroup } from '../../../nuki/authorization/authorizationType.ts';
import { deepEqual } from '../../../base/deepEqual.ts';
import { safeText } from '../../../base/safeText.ts';
import { NukiError } from '../../../nuki/http/errors.ts';
import { generateKeypadCode } from '../../../nuki/authorization/keypadCode.ts';
import { everyDay } from '../../../nuki/time/weekdays.ts';
import { conflictOfResumed } from './sending/conflict.ts';
import { timesOf, type Original } from './draft.ts';
import { FormData } from './formData.ts';
import type { FormDevice } from './formDevices.ts';
import { formModel } from './formModel.ts';
import { FormSending } from './sending/formSending.ts';
import { requestOf, type FormPanel, type FormRequest, type FormServices } from './formServices.ts';
import { createReader } from '../messages.ts';
import type { PageSession } from '../panel.ts';
import { decodeEnvelope } from './messages.ts';
import { overnightDrafts } from './overnight.ts';
import { SentTogether } from './sending/sentTogether.ts';
import { previewOf } from './preview/preview.ts';
import type { PreviewContext } from './preview/previewSentences.ts';
import type {
  Conflict,
  CredentialType,
  Draft,
  Envelope,
  FormSubject,
  KeptForm,
  Preview,
  ToPage,
  Written,
} from '../../protocol/form.ts';

/** For how many milliseconds a code that was sent can be copied while the form is hidden. */
const codeKeptWhileHidden = 5 * 60_000;

/** The host's side of one form: it decides everything and trusts nothing that the page says. */
export class FormSession implements PageSession {
  readonly #request: FormRequest;
  readonly #services: FormServices;
  readonly #panel: FormPanel;
  readonly #data: FormData;
  readonly #readMessage: (message: unknown) => Envelope | undefined;
  readonly #together: SentTogether;
  readonly #sending: FormSending;
  readonly #subscription;
  /** What was kept of this form when the window was loaded again; until everything is read anew. */
  #resumed: KeptForm | undefined;
  /** What someone else has changed before the form was resumed. */
  #conflict: Conflict | undefined;
  #loaded: { readonly draft: Draft; readonly original?: Original | undefined } | undefined;
  #draft: Draft | undefined;
  /** Whether a code was typed that the page has not kept. */
  #lacksCode = false;
  #peopleError: string | undefined;
  /** The chosen devices as they were last shown: for an account that changes meanwhile. */
  readonly #shownDevices = new Map<number, FormDevice>();
  /** From a conflict until the page shows the form again: a draft that an earlier page has kept is ignored. */
  #isReloading = false;
  #isClosed = false;
  /** What is written, from when the form is closed. */
  #unsent: KeptForm | undefined;
  /** While the panel is hidden. */
  #hidden: AbortController | undefined;

  /** `resumed`: what was kept of a form that is shown again after the window was loaded again. */
  constructor(request: FormRequest, services: FormServices, panel: FormPanel, resumed?: KeptForm) {
    this.#request = request;
    this.#resumed = resumed;
    this.#services = services;
    this.#panel = panel;
    this.#data = new FormData(services.store, request.accountId, (id) => services.deviceName(id));
    this.#readMessage = createReader(decodeEnvelope, panel.id, () => services.clock.now());
    this.#together = (request.kind === 'new' && request.together) || new SentTogether();
    this.#sending = new FormSending(request, services, this.#data, this.#together, {
      post: (name, body) => this.#post(name, body),
      isSent: (name) => panel.rename(name),
      tellFailure: (sentence) => void this.#tellFailure(sentence),
    });
    this.#subscription = services.store.onDidChange(({ kind }) => {
      if (kind === 'accounts' && !this.#hasAccount) this.#tellAccountIsGone();
    });
  }

  /**
   * Where the panel is hidden, its page and the code in it are gone; a code that was sent is kept for a while, for a look into another
   * editor.
   */
  setVisible(isVisible: boolean): void {
    this.#hidden?.abort();
    this.#hidden = undefined;
    if (isVisible || this.#isClosed) return;
    if (this.#draft) this.#draft = { ...this.#draft, code: '' };
    const { signal } = (this.#hidden = new AbortController());
    void this.#forgetCodeUnlessShown(signal);
  }

  async #forgetCodeUnlessShown(isShown: AbortSignal): Promise<void> {
    await this.#services.clock.wait(codeKeptWhileHidden, isShown);
    if (!isShown.aborted) this.#sending.forgetCode();
  }

  /** The form is closed; what was sent is followed nevertheless. */
  dispose(): void {
    this.setVisible(true);
    this.#isClosed = true;
    this.#unsent = this.#writtenForm;
    if (!this.#sending.isSent) this.#keepClosedDraft();
    this.#loaded = undefined;
    this.#draft = undefined;
    this.#data.forgetCodes();
    this.#sending.dispose();
    this.#subscription.dispose();
  }

  get #hasAccount(): boolean {
    return this.#services.store.account(this.#request.accountId) !== undefined;
  }

  #tellAccountIsGone(): void {
    const { t } = this.#services.locale();
    const sentence = this.#sending.isBusy
      ? t('The account was removed. Stopped waiting for this authorization.')
      : t('The account was removed. Nothing was sent.');
    this.#post('failed', sentence);
  }

  /** Reads a message of the page, whatever it is. */
  async receive(message: unknown): Promise<void> {
    const envelope = this.#readMessage(message);
    if (!envelope || this.#isClosed) return;
    const { name, body } = envelope;
    if (name === 'cancel') return this.#cancel();
    if (!this.#hasAccount) return this.#tellAccountIsGone();
    if (name === 'ready') return await this.#reportingErrors(() => this.#show(this.#isReloading ? null : body));
    if (name === 'reload') return await this.#reload();
    if (!this.#loaded) return;
    switch (name) {
      case 'preview':
        this.#isReloading = false;
        return await this.#reportingErrors(() => this.#preview(this.#corrected(body)));
      case 'generate':
        return await this.#reportingErrors(() => this.#generate(this.#corrected(body)));
      case 'split':
        return await this.#split(this.#corrected(body));
      case 'copyPayload':
        return await this.#panel.copy(payloadText(this.#previewOf(this.#corrected(body))));
      case 'unfold':
        return this.#panel.keepUnfolded(body);
      case 'submit':
        return await this.#reportingErrors(() => this.#submit(body));
      case 'checkAgain':
        return await this.#reportingErrors(() => this.#sending.checkAgain());
      case 'updateFromLock':
        return await this.#reportingErrors(() => this.#sending.updateFromLock());
      case 'copyCode':
        return await this.#sending.copyCode();
      case 'copyMessage':
        return await this.#sending.copyMessage(body, this.#panel.ownZone);
      case 'createAnother':
        return this.#createAnother();
      case 'showInSidebar':
        return await this.#sending.showInSidebar();
      case 'continueDraft':
        return this.#continueDraft();
      case 'discardDraft':
        return this.#services.closedDraft.forget();
    }
  }

  async #reload(): Promise<void> {
    this.#loaded = undefined;
    this.#resumed = undefined;
    this.#conflict = undefined;
    this.#isReloading = true;
    await this.#reportingErrors(() => this.#show(null));
  }

  /** Shows an error of Nuki on the page; what was typed stays. */
  async #reportingErrors(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      this.#post('failed', await this.#errorText(error));
    }
  }

  async #errorText(error: NukiError): Promise<string> {
    const { store, locale } = this.#services;
    if (error.status === 403 && this.#isOriginalGone) {
      return locale().t('This authorization no longer exists. Nothing was sent.');
    }
    return this.#services.errorText(await store.diagnoseUnauthorized(this.#request.accountId, error));
  }

  /** Whether an edit is of an authorization that the list does not show: for its id the API says only that it may not be read. */
  get #isOriginalGone(): boolean {
    const { kind, accountId } = this.#request;
    if (kind !== 'edit' || this.#loaded) return false;
    const { id, smartlockId } = this.#request;
    const list = this.#services.store.device({ accountId, smartlockId })?.authorizations;
    return list !== undefined && list.items.every((listed) => listed.id !== id);
  }

  #post<N extends keyof ToPage>(name: N, body: ToPage[N]): void {
    if (!this.#isClosed) void this.#panel.post(name, body);
  }

  /** Says why nothing was sent: on the page or, where the user has closed it, in a notification. */
  async #tellFailure(sentence: string): Promise<void> {
    const isOnPage = !this.#isClosed && (await this.#panel.post('failed', sentence));
    if (isOnPage) return;
    this.#services.notify(sentence, true);
    this.#keepClosedDraft();
  }

  /** What the user cancels is not offered again. */
  #cancel(): void {
    this.#draft = undefined;
    this.#resumed = undefined;
    this.#panel.close();
  }

  /** What the user has written, without its code, where that is more than the form began with. */
  get #writtenForm(): KeptForm | undefined {
    const begun = this.#loaded?.draft;
    const draft = this.#draft ?? this.#resumed?.draft;
    if (!draft || !begun || !this.#hasAccount) return undefined;
    const hadCode = draft.code !== '' || this.#lacksCode;
    const written = { ...draft, code: '' };
    if (!hadCode && deepEqual(written, { ...begun, code: '' })) return undefined;
    return { panel: this.#panel.id, subject: this.#subject, draft: written, hadCode, isSent: false };
  }

  #keepClosedDraft(): void {
    if (this.#unsent) this.#services.closedDraft.keep(this.#unsent);
  }

  #continueDraft(): void {
    const form = this.#closedForm;
    if (!form) return;
    this.#services.closedDraft.forget();
    this.#panel.open(requestOf(form.subject), form);
    this.#panel.close();
  }

  /** What was written in a form that was closed, where this one could go on with it; not where it has been given a draft. */
  get #closedForm(): KeptForm | undefined {
    const isGivenOne =
      this.#request.kind === 'duplicate' ||
      (this.#request.kind === 'new' && (this.#request.draft ?? this.#request.times));
    return isGivenOne || this.#resumed ? undefined : this.#services.closedDraft.for(this.#subject);
  }

  get #closedDraftSentence(): string {
    const form = this.#closedForm;
    if (!form) return '';
    const { t } = this.#services.locale();
    const name = safeText(form.draft.name);
    return name === '' ? t('A draft was closed.') : t('A draft for {0} was closed.', name);
  }

  async #show(written: Written | null): Promise<void> {
    const locale = this.#services.locale();
    if (this.#resumed?.isSent) return this.#post('failed', locale.t(sentBeforeSentence));
    const loaded = (this.#loaded ??= await this.#load());
    const kept = written ?? this.#resumed;
    this.#lacksCode = kept?.hadCode ?? false;
    const draft = this.#corrected(kept?.draft ?? loaded.draft);
    this.#conflict ??= this.#conflictOf(draft);
    const heading = locale.t(headings[loaded.original ? 'edit' : this.#request.kind]);
    const subheading = [
      loaded.original && this.#services.deviceName(this.#deviceOfRequest),
      this.#services.accountName(),
    ];
    this.#post(
      'show',
      formModel(
        {
          mode: loaded.original ? 'edit' : 'create',
          heading,
          subheading: subheading.filter(Boolean).join(' · '),
          subject: this.#subject,
          draft,
          lacksCode: this.#lacksCode,
          closedDraft: this.#closedDraftSentence,
          devices: loaded.original ? this.#data.among(draft.devices) : this.#data.devicesToChoose(locale.language),
          people: this.#data.people,
          ownZone: this.#panel.ownZone,
          presets: this.#previewOf(draft).presets,
          isUnfolded: this.#panel.isUnfolded(),
        },
        locale,
      ),
    );
    if (this.#conflict) this.#post('conflict', this.#conflict);
    const gone = kept?.draft.devices.filter((id) => !this.#data.devices.some((device) => device.id === id)) ?? [];
    if (gone.length > 0) this.#post('failed', this.#goneSentence(gone));
    this.#sending.showProgress();
  }

  /** What the page keeps, by which the form is resumed. */
  get #subject(): FormSubject {
    const { accountId, smartlockId = null } = this.#request;
    const original = this.#loaded?.original;
    if (this.#request.kind !== 'edit' || !original) return { kind: 'new', accountId, smartlockId };
    const before = this.#conflict ? this.#beforeResumed : undefined;
    return {
      kind: 'edit',
      accountId,
      smartlockId: this.#request.smartlockId,
      id: this.#request.id,
      before: before ?? original.draft,
    };
  }

  /** What an edit that is resumed began with. */
  get #beforeResumed(): Draft | undefined {
    return this.#resumed?.subject.kind === 'edit' ? this.#resumed.subject.before : undefined;
  }

  #conflictOf(draft: Draft): Conflict | undefined {
    const before = this.#beforeResumed;
    const original = this.#loaded?.original;
    if (!before || !original) return undefined;
    const { zone } = this.#contextOf(draft).times;
    return conflictOfResumed(before, draft, original, zone, this.#services.locale());
  }

  get #deviceOfRequest(): number {
    return this.#request.smartlockId ?? 0;
  }

  async #load() {
    const request = this.#request;
    const chosen = request.smartlockId === undefined ? [] : [request.smartlockId];
    const { store } = this.#services;
    if (store.account(request.accountId)?.devices === undefined) await store.readDevices(request.accountId, 'follow');
    await Promise.all([this.#readPeople(), this.#data.readLists(chosen)]);
    if (request.kind === 'new') {
      return { draft: request.draft ?? { ...newDraft(this.#data, chosen, request.group), ...request.times } };
    }
    const original = await this.#data.readOriginal(request.smartlockId, request.id);
    return request.kind === 'edit' ? { draft: original.draft, original } : { draft: original.draft };
  }

  /** A token that may not read the people can still create codes. */
  async #readPeople(): Promise<void> {
    this.#peopleError = undefined;
    try {
      await this.#data.readPeople();
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      this.#peopleError = await this.#errorText(error);
    }
  }

  async #preview(draft: Draft): Promise<void> {
    this.#draft = draft;
    for (const device of this.#data.among(draft.devices)) this.#shownDevices.set(device.id, device);
    this.#post('previewed', this.#previewOf(draft));
    if (await this.#data.readLists(draft.devices)) this.#post('previewed', this.#previewOf(this.#draft));
  }

  #previewOf(draft: Draft): Preview {
    return previewOf(draft, this.#contextOf(draft));
  }

  #hasAnotherZone({ id, zone }: FormDevice): boolean {
    const shown = this.#shownDevices.get(id);
    return shown !== undefined && shown.zone !== zone;
  }

  #contextOf(draft: Draft): PreviewContext {
    const allDevices = this.#data.devices;
    const devices = allDevices.filter(({ id }) => draft.devices.includes(id));
    const original = this.#loaded?.original;
    return {
      locale: this.#services.locale(),
      devices,
      allDevices,
      times: timesOf(draft, devices, original),
      people: this.#data.people,
      peopleError: this.#peopleError,
      original,
      ownZone: this.#panel.ownZone,
    };
  }

  /** The draft with what an edit cannot change as it was, and with only devices that exist, each once. */
  #corrected(draft: Draft): Draft {
    const { credential, person, devices } = this.#loaded?.original?.draft ?? draft;
    return { ...draft, credential, person, devices: this.#data.among(devices).map(({ id }) => id) };
  }

  async #generate(draft: Draft): Promise<void> {
    await this.#data.readLists(draft.devices);
    const devices = this.#data.among(draft.devices);
    const taken = { has: (code: string) => devices.some(({ takenCodes }) => takenCodes.has(code)) };
    const code = generateKeypadCode(taken, this.#panel.randomInt);
    if (code !== undefined) this.#post('generated', { code });
  }

  /** The first half stays here, the second gets a form of its own beside it. */
  async #split(draft: Draft): Promise<void> {
    const preview = this.#previewOf(draft);
    const [first, second] = preview.canSplit ? overnightDrafts(draft) : [];
    if (!first) return this.#post('refused', preview);
    this.#loaded = { draft: first };
    await this.#reportingErrors(() => this.#show(null));
    const { accountId } = this.#request;
    if (second) this.#panel.openBeside({ kind: 'new', accountId, draft: second, together: this.#together });
  }

  /** Opens a form for the same devices and with the same type as what was sent. */
  #createAnother(): void {
    const { accountId, smartlockId } = this.#request;
    const sent = this.#sending.created;
    if (sent)
      this.#panel.open({ kind: 'new', accountId, smartlockId, draft: unlimited(sent.credential, sent.devices) });
  }

  async #submit(written: Draft): Promise<void> {
    if (this.#sending.isBusy) return;
    if (this.#conflict) return this.#post('conflict', this.#conflict);
    const draft = this.#corrected(written);
    const gone = written.devices.filter((id) => this.#shownDevices.has(id) && !draft.devices.includes(id));
    if (gone.length > 0) return await this.#tellGone(gone, draft);
    this.#draft = draft;
    await this.#data.readLists(draft.devices);
    const context = this.#contextOf(draft);
    const preview = previewOf(draft, context);
    if (Object.keys(preview.problems).length > 0) return this.#post('refused', preview);
    const { devices, original } = context;
    if (devices.some((device) => this.#hasAnotherZone(device))) return await this.#tellZoneHasChanged(draft);
    if (original) await this.#sending.change(draft, context, original, preview);
    else await this.#sending.create(draft, context);
  }

  /** Devices that were chosen and shown are told once before it is sent without them. */
  async #tellGone(ids: readonly number[], draft: Draft): Promise<void> {
    const sentence = this.#goneSentence(ids);
    for (const id of ids) this.#shownDevices.delete(id);
    await this.#preview(draft);
    this.#post('failed', sentence);
  }

  #goneSentence(ids: readonly number[]): string {
    const names = ids.map((id) => this.#shownDevices.get(id)?.name ?? String(id));
    const { t } = this.#services.locale();
    return t(
      'No longer in this account: {0}. Nothing was sent. Check the devices, then submit again.',
      names.join(', '),
    );
  }

  async #tellZoneHasChanged(draft: Draft): Promise<void> {
    await this.#preview(draft);
    this.#post(
      'failed',
      this.#services.locale().t("The lock's time zone has changed. Check the times, then submit again."),
    );
  }
}

const headings: Readonly<Record<FormRequest['kind'], string>> = {
  new: 'New authorization',
  edit: 'Edit authorization',
  duplicate: 'Duplicate authorization',
};

const sentBeforeSentence =
  "This form was sent, or was being sent, when the window was reloaded. The device's list shows whether it has arrived. Keyturner won't send it again.";

const credentialOf: Readonly<Record<AuthorizationGroup, CredentialType | undefined>> = {
  people: 'app',
  codes: 'code',
  fobs: 'fob',
  system: undefined,
};

/**
 * A draft without limits, of `group` or else a code where the devices have a keypad and an app user elsewhere. A device that is the only
 * one is chosen.
 */
function newDraft(data: FormData, chosen: readonly number[], group: AuthorizationGroup | undefined): Draft {
  const all = data.devices.map(({ id }) => id);
  const devices = chosen.length === 0 && all.length === 1 ? all : chosen;
  const hasKeypad = data.among(devices).every((device) => device.hasKeypad);
  return unlimited((group && credentialOf[group]) ?? (hasKeypad ? 'code' : 'app'), devices);
}

function unlimited(credential: CredentialType, devices: readonly number[]): Draft {
  return {
    credential,
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
