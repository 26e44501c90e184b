import { calendarOf, type Calendar, type CalendarGroup } from '../../../model/calendar/calendar.ts';
import type { AccountState } from '../../../model/snapshots.ts';
import { timeZoneName } from '../../../nuki/time/timeZones.ts';
import { isoDate } from '../../../views/text/timeText.ts';
import {
  rowsPerPage,
  type Answer,
  type CalendarModel,
  type Envelope,
  type RowPage,
  type ToHost,
  type ToPage,
  type View,
} from '../../protocol/calendar.ts';
import { createReader } from '../messages.ts';
import type { PageSession } from '../panel.ts';
import { answerOf } from './answer.ts';
import { moved, periodOf, wallTimeIn, type Period } from './calendarDates.ts';
import { calendarModel } from './calendarModel.ts';
import { CalendarRows } from './calendarRows.ts';
import type { CalendarPanel, CalendarRequest, CalendarServices } from './calendarServices.ts';
import { decodeEnvelope } from './messages.ts';
import { drawFile } from './pictureFile.ts';
import { RowKeys } from './rowKeys.ts';
import { mostRows, tableText } from './tableText.ts';

/** Up to so many rows all groups are unfolded at first. */
const fewRows = 50;

/** Milliseconds in which several changes are shown at once. */
const pause = 250;

/** Milliseconds after which the line of the present is drawn anew. */
const longestStandstill = 5 * 60_000;

/** What is shown: which rows there are, and what they were worked out from. */
interface Shown {
  readonly revision: number;
  readonly rows: CalendarRows;
  readonly period: Period;
  readonly at: number;
  readonly basis: readonly unknown[];
}

/** The host's side of one access calendar: it decides everything and trusts nothing that the page says. */
export class CalendarSession implements PageSession {
  readonly #accountId: string;
  readonly #services: CalendarServices;
  readonly #panel: CalendarPanel;
  readonly #readMessage: (message: unknown) => Envelope | undefined;
  readonly #keys = new RowKeys();
  readonly #subscription;
  /** Which groups the user has unfolded or folded. */
  readonly #folds = new Map<string, boolean>();
  #view: View;
  #shown: Shown | undefined;
  /** The pages of rows that were asked for last. */
  #pages: readonly number[] = [0];
  #reading: AbortController | undefined;
  #isVisible = false;
  #isForPeople = false;
  #isClosed = false;
  #isDue = false;

  constructor({ accountId, view }: CalendarRequest, services: CalendarServices, panel: CalendarPanel) {
    this.#accountId = accountId;
    this.#view = view;
    this.#services = services;
    this.#panel = panel;
    this.#readMessage = createReader(decodeEnvelope, panel.id, () => services.clock.now());
    this.#subscription = services.store.onDidChange((change) => {
      if (change.kind === 'accounts' || change.accountId === accountId) void this.#showSoon();
    });
  }

  /** Whether it is asked for the same account, or its one device, that is looked at. */
  isOf({ accountId, view }: CalendarRequest): boolean {
    return this.#accountId === accountId && this.#view.smartlockId === view.smartlockId;
  }

  /** Has people as rows, on a hidden page as soon as it is there again: it has kept other rows. */
  async showPeople(): Promise<void> {
    this.#isForPeople = !this.#isVisible;
    await this.#look({ ...this.#view, order: 'persons' });
  }

  /** A hidden page is gone, and asks for everything again when it is shown. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (!isVisible) this.#stopReading();
  }

  dispose(): void {
    this.#isClosed = true;
    this.#isVisible = false;
    this.#stopReading();
    this.#subscription.dispose();
  }

  /** Reads a message of the page, whatever it is. */
  async receive(message: unknown): Promise<void> {
    const envelope = this.#readMessage(message);
    if (!envelope || this.#isClosed) return;
    switch (envelope.name) {
      case 'ready':
        this.#isVisible = true;
        if (envelope.body) this.#view = this.#isForPeople ? { ...envelope.body, order: 'persons' } : envelope.body;
        this.#isForPeople = false;
        await this.#show();
        return await this.#readUnlessFresh();
      case 'view':
        return await this.#look(envelope.body);
      case 'move':
        return await this.#look(moved(this.#view, envelope.body, this.#today));
      case 'rows':
        return await this.#sendRows(envelope.body);
      case 'unfold':
        return await this.#unfold(envelope.body);
      case 'edit':
        return this.#edit(envelope.body);
      case 'create':
        return this.#create(envelope.body);
      case 'ask':
        return this.#post('answered', await this.#answer(envelope.body));
      case 'refresh':
        return await this.#read();
      case 'copy':
        return await this.#copy();
      case 'save':
        return await this.#save();
    }
  }

  get #account(): AccountState | undefined {
    return this.#services.store.account(this.#accountId);
  }

  get #devices(): NonNullable<AccountState['devices']> {
    const { smartlockId } = this.#view;
    const all = this.#account?.devices ?? [];
    return smartlockId === null ? all : all.filter(({ device }) => device.smartlockId === smartlockId);
  }

  async #answer(asked: ToHost['ask']): Promise<Answer> {
    return await answerOf(asked, this.#devices, this.#account?.devices ?? [], this.#services.renderContext());
  }

  get #today(): string {
    return isoDate(this.#services.renderContext().ownNow);
  }

  #post<N extends keyof ToPage>(name: N, body: ToPage[N]): void {
    if (this.#isVisible) void this.#panel.post(name, body);
  }

  async #look(view: View): Promise<void> {
    if (view.order !== this.#view.order) this.#pages = [0];
    this.#view = view;
    await this.#show();
  }

  async #readUnlessFresh(): Promise<void> {
    const readAt = this.#account?.allAuthorizationsReadAt ?? -Infinity;
    const { ownNow, refreshIntervalMs } = this.#services.renderContext();
    if (ownNow - readAt >= refreshIntervalMs) await this.#read();
  }

  /** Reads who may enter; what becomes of it is shown as the store changes. */
  async #read(): Promise<void> {
    if (this.#reading || !this.#account || !this.#isVisible) return;
    const { store } = this.#services;
    const reading = (this.#reading = new AbortController());
    await this.#show();
    const { signal } = reading;
    if (!this.#account.devices && !signal.aborted) {
      await store.refresh(this.#accountId, { lane: 'follow', joins: true });
    }
    if (this.#account?.devices && !signal.aborted) {
      await store.readAccess(this.#accountId, { joins: true, signal });
    }
    if (this.#reading === reading) this.#reading = undefined;
    await this.#show();
  }

  #stopReading(): void {
    this.#reading?.abort();
    this.#reading = undefined;
  }

  /** Shows what has changed in the store, several changes at once; what looks the same is left. */
  async #showSoon(): Promise<void> {
    if (this.#isDue || !this.#isVisible) return;
    this.#isDue = true;
    await this.#services.clock.wait(pause);
    this.#isDue = false;
    const shown = this.#shown;
    const isSame = shown?.basis.every((part, index) => part === this.#basis[index]) ?? false;
    if (isSame && this.#services.clock.now() - (shown?.at ?? 0) < longestStandstill) return;
    await this.#show();
  }

  /** What the rows and notes are made of: the store keeps what has not changed. */
  get #basis(): readonly unknown[] {
    const account = this.#account;
    const { people, peopleError, error, allAuthorizationsError, allAuthorizationsReadAt } = account ?? {};
    const ofDevices = (account?.devices ?? []).flatMap(({ device, authorizations, pendingChanges }) => [
      device,
      authorizations,
      pendingChanges,
    ]);
    return [
      people,
      peopleError,
      error,
      allAuthorizationsError,
      allAuthorizationsReadAt,
      account?.label,
      ofDevices.length,
      ...ofDevices,
    ];
  }

  async #show(): Promise<void> {
    if (!this.#isVisible) return;
    const shown = (this.#shown = this.#nextShown());
    const model = await this.#model(shown);
    if (this.#shown === shown) this.#post('show', model);
  }

  get #shownNow(): Shown {
    return (this.#shown ??= this.#nextShown());
  }

  #nextShown(): Shown {
    const context = this.#services.renderContext();
    const period = periodOf(this.#view, this.#today);
    const calendar = this.#calendar(period);
    const total = calendar.groups.reduce((sum, { count }) => sum + 1 + count, 0);
    const isUnfolded = ({ key }: CalendarGroup): boolean =>
      this.#folds.get(key) ?? (total <= fewRows || calendar.groups.length === 1);
    const zones = new Set((this.#account?.devices ?? []).map(({ device }) => timeZoneName(device.config?.timezoneId)));
    const rows = new CalendarRows(calendar, zones, {
      context,
      keys: this.#keys,
      deviceName: (state) => this.#services.deviceName(state),
      isUnfolded,
    });
    return {
      revision: (this.#shown?.revision ?? 0) + 1,
      rows,
      period,
      at: this.#services.clock.now(),
      basis: this.#basis,
    };
  }

  #calendar(period: Period): Calendar {
    const { now, ownNow, language } = this.#services.renderContext();
    const account = this.#account ?? { id: '', label: '', simulated: false, devices: [], unreadable: [] };
    const { order, smartlockId } = this.#view;
    return calendarOf(account, {
      order,
      ...period,
      now,
      ownNow,
      language,
      smartlockId: smartlockId ?? undefined,
    });
  }

  /** What the page is drawn from; with `count`, the first rows instead of those that were asked for last. */
  async #model(shown: Shown, count?: number): Promise<CalendarModel> {
    const { rows, revision, period } = shown;
    const pages =
      count === undefined
        ? await Promise.all(
            this.#pagesOf(rows).map(async (from) => ({ from, rows: await rows.rows(from, from + rowsPerPage) })),
          )
        : [{ from: 0, rows: await rows.rows(0, count) }];
    return calendarModel({
      account: this.#account,
      services: this.#services,
      view: this.#view,
      devices: this.#devices,
      period,
      isBusy: this.#reading !== undefined,
      rows: { revision, rowCount: rows.count, pages },
    });
  }

  #pagesOf({ count }: CalendarRows): readonly number[] {
    const pages = this.#pages.filter((from) => from < count);
    return pages.length > 0 ? pages : [0];
  }

  async #sendRows({ revision, from }: ToHost['rows']): Promise<void> {
    const shown = this.#shown;
    if (shown?.revision !== revision) return;
    this.#pages = [from, ...this.#pages.filter((page) => page !== from)].slice(0, 2);
    const page: RowPage = { revision, from, rows: await shown.rows.rows(from, from + rowsPerPage) };
    this.#post('rows', page);
  }

  async #unfold(changes: ToHost['unfold']): Promise<void> {
    for (const { key, isUnfolded } of changes) {
      const subject = this.#keys.subject(key);
      if (subject?.kind === 'group') this.#folds.set(subject.key, isUnfolded);
    }
    await this.#show();
  }

  #edit(key: number): void {
    const subject = this.#keys.subject(key);
    if (subject?.kind === 'entry' && subject.id !== undefined) this.#services.edit(subject.smartlockId, subject.id);
  }

  #create({ key, from, until }: ToHost['create']): void {
    const subject = this.#keys.subject(key);
    const period = this.#shown?.period;
    const smartlockId = subject?.kind === 'group' ? subject.smartlockId : undefined;
    if (smartlockId === undefined || !period || from >= until) return;
    this.#services.create(smartlockId, wallTimeIn(period, from), wallTimeIn(period, until));
  }

  /** A file goes from hand to hand, so it says itself what it leaves out. */
  async #save(): Promise<void> {
    const { t } = this.#services.renderContext();
    const shown = this.#shownNow;
    const { count } = shown.rows;
    const isCut = count > mostRows;
    const cut = isCut ? [t('Only the first {0} of {1} rows.', mostRows, count)] : [];
    const done = isCut ? t('Saved the first {0} rows.', mostRows) : t('Saved the access calendar.');
    await this.#services.save(async (kind) => {
      const model = await this.#model(shown, mostRows);
      return await drawFile(kind, { ...model, notes: [...cut, ...model.notes] });
    }, done);
  }

  async #copy(): Promise<void> {
    const { t } = this.#services.renderContext();
    const { rows } = this.#shownNow;
    await this.#services.copy(tableText(await this.#model(this.#shownNow, mostRows)));
    const sentence = rows.count > mostRows ? t('Copied the first {0} rows.', mostRows) : t('Copied the table.');
    this.#post('informed', sentence);
  }
}
