import type { BroaderAccessQuestion } from '../../../src/model/authorizations/authorizationWriter.ts';
import { pendingName } from '../../../src/model/authorizations/pendingChanges.ts';
import { endText, pendingChangeText } from '../../../src/views/text/pendingChangeText.ts';
import { describeError } from '../../../src/views/text/errorText.ts';
import { ClosedDraft } from '../../../src/webview/host/form/closedDraft.ts';
import { FormSession } from '../../../src/webview/host/form/formSession.ts';
import {
  requestOf,
  type FormPanel,
  type FormRequest,
  type FormServices,
} from '../../../src/webview/host/form/formServices.ts';
import type { Draft, KeptForm, Preview, ToHost, ToPage } from '../../../src/webview/protocol/form.ts';
import { TestAccount } from '../model/testAccount.ts';
import { accountId } from '../model/fakes.ts';
import { renderContextBy } from '../renderContextBy.ts';
import { TestSimulator } from '../simulator/testSimulator.ts';

/** The id that the page of a form has from its host. */
export const panel = 'b1946ac92492d2347c6235b4d2611184';

/** A form without a page: keeps what its host posts, and sends what a test would have the page say. */
export class FormHarness {
  readonly account: TestAccount;
  readonly session: FormSession;
  readonly posted: { readonly name: keyof ToPage; readonly body: unknown }[] = [];
  readonly told: { readonly sentence: string; readonly isWarning: boolean }[] = [];
  readonly logged: string[] = [];
  readonly copied: string[] = [];
  readonly opened: FormRequest[] = [];
  readonly openedInFront: { readonly request: FormRequest; readonly resumed: KeptForm | undefined }[] = [];
  readonly closedDraft: ClosedDraft;
  /** Devices that were shown in the sidebar. */
  readonly shown: number[] = [];
  readonly synced: number[] = [];
  readonly #last: { -readonly [N in keyof ToPage]?: ToPage[N] } = {};
  closings = 0;
  isUnfolded = false;
  /** What the tab was called last. */
  title = '';
  /** Whether VS Code has taken the page away, which the host has not heard yet. */
  isPageGone = false;

  private constructor(
    account: TestAccount,
    request: FormRequest,
    ownZone: string,
    resumed?: KeptForm,
    closedDraft = new ClosedDraft(),
  ) {
    this.closedDraft = closedDraft;
    this.account = account;
    const { store, writer, simulator } = account;
    const locale = renderContextBy(simulator.clock);
    const services: FormServices = {
      closedDraft,
      store,
      writer,
      clock: simulator.clock,
      locale,
      deviceName: (smartlockId) => store.device({ accountId, smartlockId })?.device.name ?? '',
      accountName: () => 'Home',
      errorText: (error) => describeError(error, { account: 'Home' }, locale()),
      pendingChangeText: (pending) => pendingChangeText(pending, locale()),
      endText: (unconfirmed) =>
        endText(unconfirmed, (some) => some.map((each) => pendingName(each.pendingChange)).join(', '), locale()),
      logDoubt: (name, doubt) => void this.logged.push(`${name}: ${doubt.message}`),
      notify: (sentence, isWarning) => void this.told.push({ sentence, isWarning }),
      copySecret: (text) => {
        this.copied.push(text);
        return simulator.clock.wait(30_000);
      },
      showInSidebar: (id) => Promise.resolve(void this.shown.push(id)),
      sync: async (id) => {
        this.synced.push(id);
        await (await store.client(accountId)).sync(id);
      },
    };
    const formPanel: FormPanel = {
      id: panel,
      ownZone,
      randomInt: (max) => max - 1,
      post: (name, body) => {
        this.posted.push(structuredClone({ name, body }));
        this.#last[name] = structuredClone(body);
        return Promise.resolve(!this.isPageGone);
      },
      isUnfolded: () => this.isUnfolded,
      keepUnfolded: (isUnfolded) => void (this.isUnfolded = isUnfolded),
      rename: (title) => void (this.title = title),
      close: () => void (this.closings += 1),
      copy: (text) => Promise.resolve(void this.copied.push(text)),
      open: (other, form) => void this.openedInFront.push({ request: other, resumed: form }),
      openBeside: (other) => void this.opened.push(other),
    };
    this.session = new FormSession(request, services, formPanel, resumed);
  }

  /** A form whose page has sent nothing yet. */
  static async unread(
    request: FormRequest = { kind: 'new', accountId },
    { simulator, ownZone = 'Europe/Berlin' }: { simulator?: TestSimulator; ownZone?: string } = {},
  ): Promise<FormHarness> {
    const account = await TestAccount.open(simulator);
    return new FormHarness(account, request, ownZone);
  }

  /** The same form after the window was loaded again, with what the page has kept of `draft`. */
  async resume(draft: Draft, { hadCode = false, isSent = false } = {}): Promise<FormHarness> {
    const subject = this.last('show')?.subject;
    if (!subject) throw new Error('Nothing was shown.');
    this.session.dispose();
    const account = await TestAccount.open(this.account.simulator);
    const resumed = { panel: 'another panel', subject, draft: { ...draft, code: '' }, hadCode, isSent };
    const form = new FormHarness(account, requestOf(subject), 'Europe/Berlin', resumed);
    await form.send('ready', null);
    return form;
  }

  /** Another form in the same window, while this one is open. */
  async beside(request: FormRequest): Promise<FormHarness> {
    const other = new FormHarness(this.account, request, 'Europe/Berlin', undefined, this.closedDraft);
    await other.send('ready', null);
    return other;
  }

  /** Another form in the same window, after this one was closed; where given, with what was written in an earlier one. */
  async next(request: FormRequest, form?: KeptForm): Promise<FormHarness> {
    this.session.dispose();
    const next = new FormHarness(this.account, request, 'Europe/Berlin', form, this.closedDraft);
    await next.send('ready', null);
    return next;
  }

  /** A form that is shown. */
  static async open(...how: Parameters<typeof FormHarness.unread>): Promise<FormHarness> {
    const form = await FormHarness.unread(...how);
    await form.send('ready', null);
    return form;
  }

  /** An edit of the authorization with this name. */
  static async edit(smartlockId: number, name: string, simulator = new TestSimulator()): Promise<FormHarness> {
    const { id = '' } = simulator.home.authorizationsOnLock(smartlockId).find((one) => one.name === name) ?? {};
    return await FormHarness.open({ kind: 'edit', accountId, smartlockId, id }, { simulator });
  }

  get writes(): readonly string[] {
    return this.account.writes;
  }

  get questions(): readonly BroaderAccessQuestion[] {
    return this.account.questions;
  }

  /** The bodies of the requests that wrote something. */
  get bodies(): readonly unknown[] {
    return this.account.simulator.home.exchanges.all.filter(({ method }) => method !== 'GET').map(({ body }) => body);
  }

  /** The page sends a message, and all that follows at once has happened. */
  async send<N extends keyof ToHost>(name: N, body: ToHost[N]): Promise<void> {
    await this.account.advanceUntil(this.session.receive({ panel, name, body: structuredClone(body) }));
    await this.account.advance(1);
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

  /** The shown draft with these changes. */
  changed(changes: Partial<Draft>): Draft {
    return { ...this.draft, ...changes };
  }

  /** What the page shows beside a draft. */
  async preview(changes: Partial<Draft>): Promise<Preview> {
    await this.send('preview', this.changed(changes));
    const preview = this.last('previewed');
    if (!preview) throw new Error('There is no preview.');
    return preview;
  }

  async submit(changes: Partial<Draft>): Promise<void> {
    await this.send('submit', this.changed(changes));
  }
}
