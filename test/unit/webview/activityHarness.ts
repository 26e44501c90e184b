import type { AccountActivity } from '../../../src/model/activity/accountActivity.ts';
import type { AccountFilter } from '../../../src/model/activity/accountFilter.ts';
import { demoToken } from '../../../src/simulator/demo/demo.ts';
import { firstFilter } from '../../../src/webview/host/activity/activityFilter.ts';
import { ActivitySession } from '../../../src/webview/host/activity/activitySession.ts';
import type { ActivityRow, Filter, ToHost, ToPage } from '../../../src/webview/protocol/activity.ts';
import { accountId } from '../model/fakes.ts';
import { TestAccount } from '../model/testAccount.ts';
import { renderContextBy } from '../renderContextBy.ts';
import { TestSimulator } from '../simulator/testSimulator.ts';

export const panel = 'b1946ac92492d2347c6235b4d2611184';

/** The page of an account's activity without a page: keeps what its host posts, and the rows as the page would have them. */
export class ActivityHarness {
  readonly account: TestAccount;
  readonly session: ActivitySession;
  readonly posted: { readonly name: keyof ToPage; readonly body: unknown }[] = [];
  readonly rows: ActivityRow[] = [];
  readonly saved = new Map<string, AccountFilter>();
  readonly shown: number[] = [];
  readonly exported: AccountActivity[] = [];
  readonly pressed: string[] = [];
  /** How many rows the largest message had. */
  largestPage = 0;
  readonly #last: { -readonly [N in keyof ToPage]?: ToPage[N] } = {};

  private constructor(account: TestAccount, filter: Filter, ownZone: string) {
    this.account = account;
    const { store, simulator } = account;
    const { clock } = simulator;
    const { saved } = this;
    this.session = new ActivitySession(
      { accountId, filter },
      {
        store,
        clock,
        nukiNow: () => clock.now(),
        renderContext: renderContextBy(clock),
        saved: {
          list: () => [...saved].map(([name, kept]) => ({ name, filter: kept })),
          save: (name, kept) => {
            if (saved.size < 2) saved.set(name, kept);
            return saved.has(name);
          },
          delete: (name) => void saved.delete(name),
        },
        deviceName: (smartlockId) => store.device({ accountId, smartlockId })?.device.name ?? String(smartlockId),
        accountName: () => 'Home',
        showInSidebar: (smartlockId) => Promise.resolve(void this.shown.push(smartlockId)),
        exportAll: (activity) => Promise.resolve(void this.exported.push(activity)),
        openWeb: () => Promise.resolve(void this.pressed.push('openWeb')),
        replaceToken: () => Promise.resolve(void this.pressed.push('replaceToken')),
      },
      {
        id: panel,
        ownZone,
        post: (name, body) => {
          this.posted.push({ name, body: structuredClone(body) });
          this.#last[name] = structuredClone(body);
          if (name === 'rows') this.#take(this.#last.rows);
          return Promise.resolve(true);
        },
        rename: () => undefined,
        close: () => undefined,
      },
    );
  }

  #take(page: ToPage['rows'] | undefined): void {
    if (!page) return;
    this.largestPage = Math.max(this.largestPage, page.rows.length);
    this.rows.splice(page.start, page.removed, ...page.rows);
  }

  /** A page that has said nothing yet, and no request was counted. */
  static async unread({
    simulator = new TestSimulator(),
    filter = firstFilter(undefined),
    ownZone = 'Europe/Berlin',
  }: { simulator?: TestSimulator; filter?: Filter; ownZone?: string } = {}): Promise<ActivityHarness> {
    const account = await TestAccount.open(simulator);
    account.requests.length = 0;
    return new ActivityHarness(account, filter, ownZone);
  }

  /** A page that is shown. */
  static async open(...how: Parameters<typeof ActivityHarness.unread>): Promise<ActivityHarness> {
    const page = await ActivityHarness.unread(...how);
    await page.send('ready', null);
    return page;
  }

  /** The page sends a message, and all that follows at once has happened. */
  async send<N extends keyof ToHost>(name: N, body: ToHost[N]): Promise<void> {
    await this.account.advanceUntil(this.sendOnly(name, body));
    await this.account.advance(1);
  }

  /** The same without waiting for what follows. */
  sendOnly<N extends keyof ToHost>(name: N, body: ToHost[N]): Promise<void> {
    return this.session.receive({ panel, name, body: structuredClone(body) });
  }

  async filter(changes: Partial<Filter>): Promise<void> {
    await this.send('filter', { ...(this.last('show')?.filter ?? firstFilter(undefined)), ...changes });
  }

  /** What was posted last under a name. */
  last<N extends keyof ToPage>(name: N): ToPage[N] | undefined {
    return this.#last[name];
  }

  /** The requests since the last call. */
  takeRequests(): string[] {
    return this.account.requests.splice(0);
  }

  revoke(): void {
    this.account.simulator.home.revoke(demoToken);
  }
}
