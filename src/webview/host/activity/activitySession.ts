import { deepEqual } from '../../../base/deepEqual.ts';
import type { Translate } from '../../../base/locale.ts';
import { inPages, yieldToEventLoop } from '../../../base/eventLoop.ts';
import { safeText } from '../../../base/safeText.ts';
import { AccountActivity, type ActivitySource } from '../../../model/activity/accountActivity.ts';
import { appliedBy, everything } from '../../../model/activity/accountFilter.ts';
import type { Attempt } from '../../../model/activity/attempt.ts';
import { firstUses, type FirstUse } from '../../../model/activity/firstUses.ts';
import { mostSavedFilters } from '../../../model/activity/savedFilters.ts';
import { inShownOrder } from '../../../model/shownOrder.ts';
import type { AccountState, DeviceState } from '../../../model/snapshots.ts';
import { NukiError } from '../../../nuki/http/errors.ts';
import { instantOf } from '../../../nuki/time/instant.ts';
import { activityErrorSentence } from '../../../views/text/activityText.ts';
import { needsToken } from '../../../views/text/errorText.ts';
import {
  rowsPerMessage,
  type ActivityModel,
  type ButtonName,
  type Choice,
  type Envelope,
  type Filter,
  type ReadingState,
  type ToPage,
} from '../../protocol/activity.ts';
import { longestText } from '../../protocol/page.ts';
import { createReader } from '../messages.ts';
import type { PageSession } from '../panel.ts';
import { accountFilterOf, filterOf, personId, withoutNames } from './activityFilter.ts';
import { daysShown, firstInstantOf, pictureDays, pictureOf } from './activityPicture.ts';
import { detailsOf, isCode, rowOf, type RowContext } from './activityRows.ts';
import type { ActivityPanel, ActivityRequest, ActivityServices } from './activityServices.ts';
import {
  activityTexts,
  answeredBy,
  answeredByText,
  endText,
  kindChoices,
  resultChoices,
  summaryText,
} from './activityTexts.ts';
import { decodeEnvelope } from './messages.ts';

/** So many rows are read at once: somewhat more than fit on a screen. */
const rowsPerReading = 40;

/** The names of so many of the newest entries can be chosen. */
const mostNamesFrom = 10_000;

/** The host's side of the page of an account's activity. It asks Nuki only for what the user looks at. */
export class ActivitySession implements PageSession {
  readonly #accountId: string;
  readonly #services: ActivityServices;
  readonly #panel: ActivityPanel;
  readonly #source: ActivitySource;
  readonly #readMessage: (message: unknown) => Envelope | undefined;
  #filter: Filter;
  #activity: AccountActivity;
  #reading: AbortController | undefined;
  #error: NukiError | undefined;
  /** Whether the user has to say that more is to be read. */
  #isStopped = false;
  /** How many rows the page has, the first of them, and on which day by this computer's clock they were written. */
  #sent: { count: number; first: string | undefined; day: string } = { count: 0, first: undefined, day: '' };
  #firstUses: ReadonlyMap<string, FirstUse> = new Map();
  /** For which log the first uses are known. */
  #firstUsesOf = '';
  /** By how many days the user has gone back in the picture. */
  #daysBack = 0;
  /** Counts the pictures that were begun: only the last one is shown. */
  #pictures = 0;
  /** What the picture was drawn of, where the log was read to before its first day. */
  #wholePicture = '';
  #isVisible = false;
  #isClosed = false;
  #hasAskedForPeople = false;

  constructor({ accountId, filter }: ActivityRequest, services: ActivityServices, panel: ActivityPanel) {
    this.#accountId = accountId;
    this.#services = services;
    this.#panel = panel;
    this.#filter = filter;
    const { store, nukiNow } = services;
    this.#source = {
      client: () => store.client(accountId),
      nukiNow,
      typeOf: (smartlockId) => store.device({ accountId, smartlockId })?.device.type,
    };
    this.#activity = new AccountActivity(this.#source, accountFilterOf(filter));
    this.#readMessage = createReader(decodeEnvelope, panel.id, () => services.clock.now());
  }

  /** Whether it is asked for the same account and devices that are looked at, however they are filtered otherwise. */
  isOf({ accountId, filter }: ActivityRequest): boolean {
    return this.#accountId === accountId && deepEqual(this.#filter.doors, filter.doors);
  }

  /** A hidden page asks for nothing. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (!isVisible) this.#stopReading();
  }

  dispose(): void {
    this.#isClosed = true;
    this.setVisible(false);
  }

  #stopReading(): void {
    this.#reading?.abort();
    this.#reading = undefined;
  }

  /** Reads a message of the page, whatever it is. */
  async receive(message: unknown): Promise<void> {
    const envelope = this.#readMessage(message);
    if (!envelope || this.#isClosed) return;
    const { name, body } = envelope;
    if (!this.#account) return this.#post('failed', this.#t('The account was removed.'));
    switch (name) {
      case 'ready':
        return await this.#show();
      case 'filter':
        return await this.#take(body);
      case 'more':
        return await this.#more();
      case 'find':
        return await this.#find(body);
      case 'expand':
        return this.#expand(body);
      case 'showInSidebar':
        return await this.#showInSidebar(body);
      case 'picture':
        this.#turn(body);
        return await this.#postPicture();
      case 'press':
        return await this.#press(body);
      case 'saveFilter':
        return this.#changeSaved((saved) => saved.save(body, this.#activity.filter));
      case 'deleteSaved':
        return this.#changeSaved((saved) => {
          saved.delete(body);
          return true;
        });
      case 'chooseSaved': {
        const saved = this.#services.saved.list().find((each) => each.name === body);
        return saved && (await this.#take(filterOf(saved.filter)));
      }
    }
  }

  get #account(): AccountState | undefined {
    return this.#services.store.account(this.#accountId);
  }

  get #t(): Translate {
    return this.#services.renderContext().t;
  }

  #post<N extends keyof ToPage>(name: N, body: ToPage[N]): void {
    if (!this.#isClosed) void this.#panel.post(name, body);
  }

  /** The page is there: it has nothing yet, also where it was hidden. */
  async #show(): Promise<void> {
    this.#isVisible = true;
    this.#sent = { count: 0, first: undefined, day: '' };
    this.#postModel();
    if (this.#account?.devices === undefined) await this.#readDevices();
    await Promise.all([this.#readPeople(), this.#activity.rows.length === 0 ? this.#readOn() : this.#postAll()]);
  }

  async #readDevices(): Promise<void> {
    await this.#services.store.refresh(this.#accountId, { lane: 'follow', joins: true });
    this.#postModel();
  }

  /** The account users can be chosen though the log has not named them yet. A token that may not read them can read the log. */
  async #readPeople(): Promise<void> {
    const { store } = this.#services;
    if (!this.#isVisible || this.#hasAskedForPeople || this.#account?.people) return;
    this.#hasAskedForPeople = true;
    try {
      await store.readPeople(this.#accountId);
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
    }
    this.#postModel();
  }

  async #take(filter: Filter): Promise<void> {
    this.#stopReading();
    this.#filter = filter;
    this.#activity = new AccountActivity(this.#source, accountFilterOf(filter), this.#activity);
    this.#error = undefined;
    this.#isStopped = false;
    this.#daysBack = 0;
    this.#postModel();
    this.#clear();
    await this.#readOn();
  }

  #clear(): void {
    this.#post('rows', { start: 0, removed: this.#sent.count, rows: [] });
    this.#sent = { count: 0, first: undefined, day: '' };
  }

  /** More rows, of which some may have been read. */
  async #more(): Promise<void> {
    const { rows, reach } = this.#activity;
    if (this.#sent.count < rows.length) {
      this.#postRows(this.#sent.count + rowsPerMessage);
      return this.#postState();
    }
    if (reach.kind === 'open') await this.#readOn();
  }

  async #readOn(): Promise<void> {
    const wanted = this.#activity.rows.length + rowsPerReading;
    await this.#read((activity, options) => activity.readOn(wanted, options), wanted);
  }

  /** Reads, and shows what comes as it comes. `wanted`: fewer rows than these show that nothing was found. */
  async #read(
    read: (
      activity: AccountActivity,
      options: { readonly signal: AbortSignal; readonly onPage: () => void },
    ) => Promise<void>,
    wanted = 0,
  ): Promise<void> {
    if (this.#reading || !this.#isVisible) return;
    const activity = this.#activity;
    const reading = new AbortController();
    const isCurrent = (): boolean => this.#activity === activity && !this.#isClosed;
    this.#reading = reading;
    this.#error = undefined;
    this.#isStopped = false;
    this.#postState();
    try {
      await read(activity, { signal: reading.signal, onPage: () => isCurrent() && this.#postRead() });
      const isInVain = activity.rows.length < wanted && activity.reach.kind === 'open' && !reading.signal.aborted;
      if (isInVain && isCurrent()) this.#isStopped = true;
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      const cause = await this.#services.store.diagnoseUnauthorized(this.#accountId, error);
      if (isCurrent()) this.#error = cause;
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
    if (isCurrent()) await this.#postAll();
  }

  #postRead(): void {
    this.#postRows(this.#sent.count + rowsPerMessage);
    this.#postState();
    void this.#postPicture();
  }

  async #postAll(): Promise<void> {
    this.#postRows(Math.max(this.#sent.count, rowsPerMessage));
    this.#postState();
    this.#postModel();
    await this.#postPicture();
    await this.#lookForFirstUses();
  }

  /** Has the page show the rows down to the number `until`; those that have come before the first one, too. */
  #postRows(until: number): void {
    const context = this.#rowContext();
    const { rows } = this.#activity;
    const today = new Date(context.ownNow).toDateString();
    const before = this.#sent.first === undefined ? 0 : rows.findIndex(({ entry }) => entry.id === this.#sent.first);
    if (this.#sent.count > 0 && (before < 0 || today !== this.#sent.day)) this.#clear();
    else this.#prepend(before, context);
    const end = Math.min(until, rows.length);
    while (this.#sent.count < end) {
      const { count } = this.#sent;
      this.#postPage(count, 0, rows.slice(count, Math.min(end, count + rowsPerMessage)), context);
    }
    this.#sent.first = rows[0]?.entry.id;
    this.#sent.day = today;
  }

  /** Sends the first `count` rows, the last page of them first. */
  #prepend(count: number, context: RowContext): void {
    for (let end = count; end > 0; end -= rowsPerMessage) {
      this.#postPage(0, 0, this.#activity.rows.slice(Math.max(0, end - rowsPerMessage), end), context);
    }
  }

  #postPage(start: number, removed: number, attempts: readonly Attempt[], context: RowContext): void {
    const rows = attempts.map((attempt) => rowOf(attempt, this.#firstUses.get(attempt.entry.id), context));
    this.#post('rows', { start, removed, rows });
    this.#sent.count += rows.length - removed;
  }

  /** Of a log that was read whole it can be said. */
  async #lookForFirstUses(): Promise<void> {
    const activity = this.#activity;
    const { kind, read } = activity.reach;
    const log = `${kind} ${read}`;
    if (kind !== 'complete' || log === this.#firstUsesOf) return;
    const found = await firstUses(activity, await this.#creations());
    if (this.#activity !== activity) return;
    this.#firstUsesOf = log;
    if (deepEqual([...found], [...this.#firstUses])) return;
    const changed = new Set([...found.keys(), ...this.#firstUses.keys()]);
    this.#firstUses = found;
    const context = this.#rowContext();
    for (let start = 0; start < this.#sent.count; start += rowsPerMessage) {
      const page = activity.rows.slice(start, Math.min(this.#sent.count, start + rowsPerMessage));
      if (page.some(({ entry }) => changed.has(entry.id))) this.#postPage(start, page.length, page, context);
      await yieldToEventLoop();
    }
  }

  /** When the authorizations were created that are known already. */
  async #creations(): Promise<(authId: string) => number | undefined> {
    const dates = new Map<string, string | undefined>();
    const lists = (this.#account?.devices ?? []).flatMap(({ authorizations }) => authorizations?.items ?? []);
    for await (const page of inPages(lists)) for (const { id, creationDate } of page) dates.set(id, creationDate);
    return (authId) => instantOf(dates.get(authId));
  }

  /** Sends the rows down to that of a mark in the picture. */
  async #find(id: string): Promise<void> {
    const activity = this.#activity;
    const index = activity.rows.findIndex(({ entry }) => entry.id === id);
    if (index < 0) return;
    while (this.#activity === activity && this.#sent.count <= index && !this.#isClosed) {
      this.#postRows(this.#sent.count + rowsPerMessage);
      await yieldToEventLoop();
    }
    this.#postState();
    this.#post('found', { id });
  }

  #attempt(id: string): Attempt | undefined {
    return this.#activity.rows.find(({ entry }) => entry.id === id);
  }

  #expand(id: string): void {
    const attempt = this.#attempt(id);
    if (attempt) this.#post('details', detailsOf(attempt, this.#firstUses.get(id), this.#rowContext()));
  }

  async #showInSidebar(id: string): Promise<void> {
    const { smartlockId } = this.#attempt(id)?.entry ?? {};
    if (smartlockId === undefined) return;
    if (this.#device(smartlockId)) return await this.#services.showInSidebar(smartlockId);
    this.#post('failed', this.#t('This device is no longer in the account.'));
  }

  #turn(to: 'earlier' | 'later'): void {
    const { count } = pictureDays(this.#activity, this.#daysBack, this.#services.nukiNow());
    this.#daysBack = to === 'earlier' ? this.#daysBack + count : Math.max(0, this.#daysBack - daysShown);
  }

  async #press(name: ButtonName): Promise<void> {
    switch (name) {
      case 'more':
        this.#isStopped = false;
        return await this.#more();
      case 'cancel':
        this.#isStopped = true;
        return this.#reading?.abort();
      case 'refresh':
        return await this.#refresh();
      case 'exportAll':
        return await this.#export();
      case 'openWeb':
        return await this.#services.openWeb();
      case 'replaceToken':
        return await this.#services.replaceToken();
    }
  }

  async #refresh(): Promise<void> {
    if (this.#activity.attempts.length === 0) return await this.#readOn();
    await this.#read((activity, options) => activity.readNewer(options));
  }

  async #export(): Promise<void> {
    try {
      await this.#services.exportAll(this.#activity);
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      this.#post('failed', this.#errorText(await this.#services.store.diagnoseUnauthorized(this.#accountId, error)));
    }
    this.#postRows(this.#sent.count);
    this.#postState();
  }

  #changeSaved(change: (saved: ActivityServices['saved']) => boolean): void {
    let isDone = false;
    try {
      isDone = change(this.#services.saved);
    } catch {
      // the folder that all windows share cannot be written
    }
    if (!isDone) this.#post('failed', this.#t("The filter couldn't be saved. At most {0} are kept.", mostSavedFilters));
    else this.#postModel();
  }

  #errorText(error: NukiError): string {
    return activityErrorSentence(error, this.#services.accountName(), this.#services.renderContext());
  }

  #postModel(): void {
    this.#post('show', this.#model());
  }

  #model(): ActivityModel {
    const { saved } = this.#services;
    const context = this.#services.renderContext();
    const { t, language } = context;
    const applied = appliedBy(this.#activity.filter);
    return {
      heading: t('Activity'),
      subheading: this.#services.accountName(),
      language,
      texts: activityTexts(t),
      kept: { accountId: this.#accountId, filter: withoutNames(this.#filter) },
      filter: this.#filter,
      answeredBy: answeredBy(applied),
      answeredByText: answeredByText(applied, context),
      people: this.#people(language),
      doors: this.#devices.map(({ device }) => ({
        id: String(device.smartlockId),
        smartlockId: device.smartlockId,
        label: this.#services.deviceName(device.smartlockId),
      })),
      kinds: kindChoices(t),
      results: resultChoices(t),
      saved: saved.list().map(({ name }) => name),
      savedAs: saved.list().find((each) => deepEqual(each.filter, this.#activity.filter))?.name ?? '',
    };
  }

  /** The account users, and whom else the log has named. */
  #people(language: string): Choice[] {
    const labels = new Map<string, string>();
    const add = (id: string, name: string): void => {
      if (!labels.has(id) && name !== '' && !isCode(name) && id.length <= longestText) labels.set(id, name);
    };
    for (const { accountUserId, name } of this.#account?.people?.items ?? []) {
      add(personId({ accountUserId }), safeText(name ?? '') || String(accountUserId));
    }
    for (const { entry } of this.#activity.attempts.slice(0, mostNamesFrom)) {
      const { name = '', accountUserId } = entry;
      add(personId(accountUserId === undefined ? { name } : { accountUserId }), safeText(name));
    }
    const [chosen] = this.#activity.filter.people;
    if (chosen) add(personId(chosen), 'name' in chosen ? safeText(chosen.name) : String(chosen.accountUserId));
    return [...labels]
      .map(([id, label]) => ({ id, label }))
      .toSorted((a, b) => a.label.localeCompare(b.label, language));
  }

  get #devices(): readonly DeviceState[] {
    return inShownOrder(this.#account?.devices ?? [], this.#services.renderContext().language);
  }

  #device(smartlockId: number): DeviceState | undefined {
    return this.#services.store.device({ accountId: this.#accountId, smartlockId });
  }

  #rowContext(): RowContext {
    const names = new Map<number, string>();
    return {
      ...this.#services.renderContext(),
      ownZone: this.#panel.ownZone,
      device: (smartlockId) => this.#device(smartlockId)?.device,
      deviceName: (smartlockId) => {
        const name = names.get(smartlockId) ?? this.#services.deviceName(smartlockId);
        names.set(smartlockId, name);
        return name;
      },
    };
  }

  #postState(): void {
    this.#post('state', this.#state());
  }

  #state(): ReadingState {
    const context = this.#services.renderContext();
    const { t } = context;
    const { rows, reach, filter } = this.#activity;
    const summary = summaryText(rows.length, reach, context);
    const more = (label: string) => [{ name: 'more', label }] as const;
    if (this.#reading) {
      return { kind: 'reading', summary, text: t('Reading…'), buttons: [{ name: 'cancel', label: t('Cancel') }] };
    }
    if (this.#error) return this.#failedState(this.#error, summary);
    if (this.#sent.count < rows.length) return { kind: 'idle', summary, text: '', buttons: [] };
    if (reach.kind !== 'open') {
      const text = endText(rows.length, !deepEqual(filter, everything), reach, context);
      return { kind: 'end', summary, text, buttons: [] };
    }
    if (!this.#isStopped) return { kind: 'idle', summary, text: '', buttons: [] };
    const text = rows.length === 0 ? t('No loaded activity matches the filter.') : t('There may be older activity.');
    return { kind: 'stopped', summary, text, buttons: more(t('Look Further Back')) };
  }

  #failedState(error: NukiError, summary: string): ReadingState {
    const { t } = this.#services.renderContext();
    const buttons = needsToken(error)
      ? ([
          { name: 'openWeb', label: t('Open Nuki Web') },
          { name: 'replaceToken', label: t('Replace Token…') },
        ] as const)
      : [];
    const again = { name: 'more', label: t('Refresh') } as const;
    return { kind: 'failed', summary, text: this.#errorText(error), buttons: [...buttons, again] };
  }

  /** What lies before the first day of the picture does not change it. */
  async #postPicture(): Promise<void> {
    const activity = this.#activity;
    const number = ++this.#pictures;
    const context = this.#rowContext();
    const shown = pictureDays(activity, this.#daysBack, context.now);
    const state = JSON.stringify([shown, activity.reach.kind, this.#sent.first]);
    const { lookedBackTo = Infinity } = activity.reach;
    const isWhole = lookedBackTo < firstInstantOf(shown);
    if (isWhole && state === this.#wholePicture) return;
    const devices = this.#devices.map(({ device }) => device);
    const picture = await pictureOf(activity, devices, shown, context);
    if (number !== this.#pictures || activity !== this.#activity) return;
    this.#wholePicture = isWhole ? state : '';
    this.#post('picture', picture);
  }
}
