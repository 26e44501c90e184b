import { NukiError } from '../../nuki/http/errors.ts';
import { generateKeypadCode } from '../../nuki/authorization/keypadCode.ts';
import { everyDay } from '../../nuki/time/weekdays.ts';
import type { Original } from './draft.ts';
import { FormData } from './formData.ts';
import type { FormDevice } from './formDevices.ts';
import { formModel } from './formModel.ts';
import { FormSending } from './formSending.ts';
import type { FormRequest, FormServices } from './formServices.ts';
import { createThrottle, decodeEnvelope } from './messages.ts';
import { overnightDrafts } from './overnight.ts';
import { previewOf } from './preview.ts';
import type { Draft, Preview, ToPage } from '../protocol.ts';

/** The host's side of one form: it decides everything, and believes nothing that the page says. */
export class FormSession {
  readonly #request: FormRequest;
  readonly #services: FormServices;
  readonly #data: FormData;
  readonly #mayPass: () => boolean;
  readonly #sending: FormSending;
  #loaded: { readonly draft: Draft; readonly original?: Original | undefined } | undefined;
  #draft: Draft | undefined;
  #peopleError: string | undefined;
  /** By which clock the times were shown last, for each device that was chosen. */
  readonly #shownZones = new Map<number, string | undefined>();
  /** After a conflict, until a page shows what is there now: what an older page has kept is not taken. */
  #isReloading = false;
  #isClosed = false;

  constructor(request: FormRequest, services: FormServices) {
    this.#request = request;
    this.#services = services;
    this.#data = new FormData(services.store, request.accountId, (id) => services.labels.device(id));
    this.#mayPass = createThrottle(() => services.clock.now());
    this.#sending = new FormSending(request, services, this.#data, (name, body) => this.#post(name, body));
  }

  /** The form is gone; what was sent is followed nevertheless. */
  dispose(): void {
    this.#isClosed = true;
    this.#sending.dispose();
  }

  /** Takes what a page says, whatever it is. */
  async receive(message: unknown): Promise<void> {
    if (!this.#mayPass()) return;
    const envelope = decodeEnvelope(message, this.#services.panel);
    if (!envelope || this.#isClosed) return;
    const { name, body } = envelope;
    if (name === 'cancel') return this.#services.close();
    if (name === 'ready') return await this.#trying(() => this.#show(this.#isReloading ? null : body));
    if (name === 'reload') return await this.#reload();
    if (!this.#loaded) return;
    switch (name) {
      case 'preview':
        this.#isReloading = false;
        return await this.#trying(() => this.#preview(this.#possible(body)));
      case 'generate':
        return await this.#trying(() => this.#generate(this.#possible(body)));
      case 'split':
        return await this.#split(this.#possible(body));
      case 'copyPayload':
        return await this.#services.copy(payloadText(this.#previewOf(this.#possible(body))));
      case 'submit':
        return await this.#trying(() => this.#submit(this.#possible(body)));
      case 'checkAgain':
        return await this.#trying(() => this.#sending.checkAgain());
      case 'updateFromLock':
        return await this.#trying(() => this.#sending.updateFromLock());
    }
  }

  async #reload(): Promise<void> {
    this.#loaded = undefined;
    this.#isReloading = true;
    await this.#trying(() => this.#show(null));
  }

  /** A failure is said on the page, and what was typed stays. */
  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      this.#post('failed', await this.#troubleOf(error));
    }
  }

  async #troubleOf(error: NukiError): Promise<string> {
    const { store, labels } = this.#services;
    return labels.error(await store.diagnoseUnauthorized(this.#request.accountId, error));
  }

  #post<N extends keyof ToPage>(name: N, body: ToPage[N]): void {
    if (!this.#isClosed) this.#services.post(name, body);
  }

  async #show(kept: Draft | null): Promise<void> {
    const loaded = (this.#loaded ??= await this.#load());
    const draft = this.#possible(kept ?? loaded.draft);
    const locale = this.#services.locale();
    const heading = loaded.original ? locale.t('Edit authorization') : locale.t('New authorization');
    const subheading = [
      loaded.original && this.#services.labels.device(this.#deviceOfRequest),
      this.#services.labels.account(),
    ];
    this.#post(
      'show',
      formModel(
        {
          mode: loaded.original ? 'edit' : 'create',
          heading,
          subheading: subheading.filter(Boolean).join(' · '),
          draft,
          devices: loaded.original ? this.#data.among(draft.devices) : this.#data.devices,
          people: this.#data.people,
        },
        locale,
      ),
    );
    this.#sending.showProgress();
  }

  get #deviceOfRequest(): number {
    return this.#request.smartlockId ?? 0;
  }

  async #load() {
    const request = this.#request;
    const chosen = request.smartlockId === undefined ? [] : [request.smartlockId];
    await Promise.all([this.#readPeople(), this.#data.readLists(chosen)]);
    if (request.kind === 'new') return { draft: request.draft ?? newDraft(this.#data, chosen) };
    const original = await this.#data.readOriginal(request.smartlockId, request.id);
    return request.kind === 'edit' ? { draft: original.draft, original } : { draft: original.draft };
  }

  /** Who may read no people can still hand out codes. */
  async #readPeople(): Promise<void> {
    this.#peopleError = undefined;
    try {
      await this.#data.readPeople();
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      this.#peopleError = await this.#troubleOf(error);
    }
  }

  async #preview(draft: Draft): Promise<void> {
    this.#draft = draft;
    for (const { id, zone } of this.#data.among(draft.devices)) this.#shownZones.set(id, zone);
    this.#post('previewed', this.#previewOf(draft));
    if (await this.#data.readLists(draft.devices)) this.#post('previewed', this.#previewOf(this.#draft));
  }

  #previewOf(draft: Draft): Preview {
    return previewOf(draft, this.#judging(draft));
  }

  #hasAnotherZone({ id, zone }: FormDevice): boolean {
    return this.#shownZones.has(id) && this.#shownZones.get(id) !== zone;
  }

  #judging(draft: Draft) {
    const { locale, ownZone } = this.#services;
    const devices = this.#data.among(draft.devices);
    const { people } = this.#data;
    return {
      locale: locale(),
      devices,
      people,
      peopleError: this.#peopleError,
      original: this.#loaded?.original,
      ownZone,
    };
  }

  /** What an edit cannot change is as it was, and each device is one that there is, once, whatever the page says. */
  #possible(draft: Draft): Draft {
    const { credential, person, devices } = this.#loaded?.original?.draft ?? draft;
    return { ...draft, credential, person, devices: this.#data.among(devices).map(({ id }) => id) };
  }

  async #generate(draft: Draft): Promise<void> {
    await this.#data.readLists(draft.devices);
    const devices = this.#data.among(draft.devices);
    const taken = { has: (code: string) => devices.some(({ takenCodes }) => takenCodes.has(code)) };
    const code = generateKeypadCode(taken, this.#services.randomInt);
    if (code !== undefined) this.#post('generated', { code });
  }

  /** The first half stays here, the second gets a form of its own beside it. */
  async #split(draft: Draft): Promise<void> {
    const preview = this.#previewOf(draft);
    const [first, second] = preview.canSplit ? overnightDrafts(draft) : [];
    if (!first) return this.#post('refused', preview);
    this.#loaded = { draft: first };
    await this.#trying(() => this.#show(null));
    if (second) await this.#services.openBeside({ kind: 'new', accountId: this.#request.accountId, draft: second });
  }

  async #submit(draft: Draft): Promise<void> {
    if (this.#sending.isBusy) return;
    await this.#data.readLists(draft.devices);
    const preview = this.#previewOf(draft);
    if (Object.keys(preview.problems).length > 0) return this.#post('refused', preview);
    const devices = this.#data.among(draft.devices);
    if (devices.some((device) => this.#hasAnotherZone(device))) return await this.#tellZoneHasChanged(draft);
    const original = this.#loaded?.original;
    await (original ? this.#sending.change(draft, original, preview) : this.#sending.create(draft));
  }

  async #tellZoneHasChanged(draft: Draft): Promise<void> {
    await this.#preview(draft);
    this.#post(
      'failed',
      this.#services.locale().t('The time zone of the lock is another now. Look at the times, and send it again.'),
    );
  }
}

/** A code where there is a keypad, otherwise an app user; without limits until somebody sets them. */
function newDraft(data: FormData, chosen: readonly number[]): Draft {
  const [only, ...more] = data.devices;
  const devices = chosen.length > 0 || !only || more.length > 0 ? chosen : [only.id];
  const hasKeypad = data.among(devices).every((device) => device.hasKeypad);
  return {
    credential: hasKeypad ? 'code' : 'app',
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
