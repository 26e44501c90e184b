import { inEnglish } from '../../../src/base/translate.ts';
import type { BroaderAccessQuestion } from '../../../src/model/authorizationWriter.ts';
import { pendingChangeText } from '../../../src/views/text/authorizationText.ts';
import { errorSentence } from '../../../src/views/text/errorText.ts';
import { FormSession } from '../../../src/webview/host/formSession.ts';
import type { FormRequest, FormServices } from '../../../src/webview/host/formServices.ts';
import type { Draft, Preview, ToHost, ToPage } from '../../../src/webview/protocol.ts';
import { Desk } from '../model/desk.ts';
import { accountId } from '../model/fakes.ts';
import { Play } from '../simulator/play.ts';

/** The id that the page of a form has from its host. */
export const panel = 'b1946ac92492d2347c6235b4d2611184';

/** A form without a page: what its host posts is kept, and a test says what a page might. */
export class FormDesk {
  readonly desk: Desk;
  readonly session: FormSession;
  readonly posted: { readonly name: keyof ToPage; readonly body: unknown }[] = [];
  readonly told: { readonly sentence: string; readonly isTrouble: boolean }[] = [];
  readonly copied: string[] = [];
  readonly opened: FormRequest[] = [];
  readonly synced: number[] = [];
  readonly #last: { -readonly [N in keyof ToPage]?: ToPage[N] } = {};
  closings = 0;

  private constructor(desk: Desk, request: FormRequest, ownZone: string) {
    this.desk = desk;
    const { store, writer, play } = desk;
    const locale = () => ({
      t: inEnglish,
      language: 'en',
      now: play.clock.now(),
      ownNow: play.clock.now(),
      interval: 60_000,
    });
    const services: FormServices = {
      store,
      writer,
      clock: play.clock,
      locale,
      ownZone,
      randomInt: (max) => max - 1,
      labels: {
        device: (id) => store.device(accountId, id)?.device.name ?? '',
        account: () => 'Home',
        error: (error) => errorSentence(error, { account: 'Home' }, locale()),
        pendingChange: (work) => pendingChangeText(work, locale()),
      },
      panel,
      post: (name, body) => {
        this.posted.push(structuredClone({ name, body }));
        this.#last[name] = structuredClone(body);
      },
      close: () => void (this.closings += 1),
      notify: (sentence, isTrouble) => void this.told.push({ sentence, isTrouble }),
      copy: (text) => Promise.resolve(void this.copied.push(text)),
      sync: async (id) => {
        this.synced.push(id);
        await (await store.client(accountId)).sync(id);
      },
      openBeside: (other) => Promise.resolve(void this.opened.push(other)),
    };
    this.session = new FormSession(request, services);
  }

  /** A form for which no page has said anything. */
  static async unread(
    request: FormRequest = { kind: 'new', accountId },
    { play, ownZone = 'Europe/Berlin' }: { play?: Play; ownZone?: string } = {},
  ): Promise<FormDesk> {
    const desk = await Desk.open(play);
    return new FormDesk(desk, request, ownZone);
  }

  /** A form that is shown. */
  static async open(...how: Parameters<typeof FormDesk.unread>): Promise<FormDesk> {
    const form = await FormDesk.unread(...how);
    await form.t('ready', null);
    return form;
  }

  /** An edit of the authorization with this name. */
  static async edit(smartlockId: number, name: string, play = new Play()): Promise<FormDesk> {
    const { id = '' } = play.home.authorizationsOnLock(smartlockId).find((one) => one.name === name) ?? {};
    return await FormDesk.open({ kind: 'edit', accountId, smartlockId, id }, { play });
  }

  get writes(): readonly string[] {
    return this.desk.writes;
  }

  get questions(): readonly BroaderAccessQuestion[] {
    return this.desk.questions;
  }

  /** The bodies of the requests that wrote something. */
  get bodies(): readonly unknown[] {
    return this.desk.play.home.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body);
  }

  /** The page says something, and whatever comes of it at once has come. */
  async t<N extends keyof ToHost>(name: N, body: ToHost[N]): Promise<void> {
    await this.desk.during(this.session.receive({ panel, name, body: structuredClone(body) }));
    await this.desk.pass(1);
  }

  /** What was posted last under a name. */
  last<N extends keyof ToPage>(name: N): ToPage[N] | undefined {
    return this.#last[name];
  }

  /** The draft that the page was shown last. */
  get draft(): Draft {
    const model = this.last('show');
    if (!model) throw new Error('Nothing was shown.');
    return model.draft;
  }

  /** The shown draft as somebody has changed it. */
  changed(changes: Partial<Draft>): Draft {
    return { ...this.draft, ...changes };
  }

  /** What the page shows beside a draft. */
  async preview(changes: Partial<Draft>): Promise<Preview> {
    await this.t('preview', this.changed(changes));
    const preview = this.last('previewed');
    if (!preview) throw new Error('There is no preview.');
    return preview;
  }

  async submit(changes: Partial<Draft>): Promise<void> {
    await this.t('submit', this.changed(changes));
  }
}
