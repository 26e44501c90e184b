import type { WallTime } from '../../../src/nuki/time/zonedTime.ts';
import { describeError } from '../../../src/views/text/errorText.ts';
import { CalendarSession } from '../../../src/webview/host/calendar/calendarSession.ts';
import type { FileKind } from '../../../src/webview/host/calendar/pictureFile.ts';
import type { Row, ToHost, ToPage, View } from '../../../src/webview/protocol/calendar.ts';
import { accountId } from '../model/fakes.ts';
import { TestAccount } from '../model/testAccount.ts';
import { renderContextBy } from '../renderContextBy.ts';
import { TestSimulator } from '../simulator/testSimulator.ts';

/** The id that the page of a calendar has from its host. */
export const panel = '5d41402abc4b2a76b9719d911017c592';

export const weekOfDoors: View = { order: 'doors', period: 'week', form: 'picture', date: '', smartlockId: null };

/** A calendar without a page: keeps what its host posts, and sends what a test would have the page say. */
export class CalendarHarness {
  readonly account: TestAccount;
  readonly session: CalendarSession;
  readonly posted: { readonly name: keyof ToPage; readonly body: unknown }[] = [];
  readonly edited: { readonly smartlockId: number; readonly id: string }[] = [];
  readonly created: { readonly smartlockId: number; readonly from: WallTime; readonly until: WallTime }[] = [];
  readonly copied: string[] = [];
  readonly saved: string[] = [];
  readonly files: Partial<Record<FileKind, string>> = {};
  readonly #last: { -readonly [N in keyof ToPage]?: ToPage[N] } = {};

  private constructor(account: TestAccount, view: View) {
    this.account = account;
    const { store, simulator } = account;
    const renderContext = renderContextBy(simulator.clock);
    this.session = new CalendarSession(
      { accountId, view },
      {
        store,
        clock: simulator.clock,
        renderContext,
        accountName: () => 'Home',
        deviceName: ({ device }) => device.name,
        errorText: (error) => describeError(error, { account: 'Home' }, renderContext()),
        edit: (smartlockId, id) => void this.edited.push({ smartlockId, id }),
        create: (smartlockId, from, until) => void this.created.push({ smartlockId, from, until }),
        copy: (text) => Promise.resolve(void this.copied.push(text)),
        save: async (draw, done) => {
          this.saved.push(done);
          for (const kind of ['svg', 'html'] as const) this.files[kind] = await draw(kind);
        },
      },
      {
        id: panel,
        post: (name, body) => {
          this.posted.push(structuredClone({ name, body }));
          this.#last[name] = structuredClone(body);
          return Promise.resolve(true);
        },
      },
    );
  }

  /** A calendar whose page has sent nothing yet. */
  static async unread({ simulator = new TestSimulator(), view = weekOfDoors } = {}): Promise<CalendarHarness> {
    return new CalendarHarness(await TestAccount.open(simulator), view);
  }

  /** A calendar that is shown, and whose account was read. */
  static async open(options: Parameters<typeof CalendarHarness.unread>[0] = {}): Promise<CalendarHarness> {
    const calendar = await CalendarHarness.unread(options);
    await calendar.send('ready', null);
    return calendar;
  }

  /** The page sends a message, and all that follows at once has happened. */
  async send<N extends keyof ToHost>(name: N, body: ToHost[N]): Promise<void> {
    await this.account.advanceUntil(this.session.receive({ panel, name, body: structuredClone(body) }));
    await this.account.advance(1);
  }

  last<N extends keyof ToPage>(name: N): ToPage[N] | undefined {
    return this.#last[name];
  }

  get model(): ToPage['show'] {
    const model = this.last('show');
    if (!model) throw new Error('Nothing was shown.');
    return model;
  }

  get rows(): readonly Row[] {
    return this.model.pages.flatMap(({ rows }) => rows);
  }

  /** A row, by its name and that of its group. */
  row(group: string, name?: string): Row {
    const start = this.rows.findIndex((row) => row.isUnfolded !== null && row.name === group);
    const rest = this.rows.slice(start + 1);
    const end = rest.findIndex(({ isUnfolded }) => isUnfolded !== null);
    const found =
      name === undefined
        ? this.rows[start]
        : rest.slice(0, end < 0 ? rest.length : end).find((row) => row.name === name);
    if (start < 0 || !found) throw new Error(`There is no ${group} ${name ?? ''}.`);
    return found;
  }

  /** The requests since the home was opened. */
  get reads(): readonly string[] {
    return this.account.requests.slice(1);
  }
}
