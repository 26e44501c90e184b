import { commands, env, l10n, window, workspace, type ExtensionContext } from 'vscode';
import { systemClock } from './base/clock.ts';
import type { Say } from './base/say.ts';
import type { Outside } from './commands/all.ts';
import type { CommandId } from './commands/ids.ts';
import { mentionUnconfirmed, watchAccounts } from './commands/notices.ts';
import { registerCommands, type Commands } from './commands/register.ts';
import { Journal, keepJournal } from './model/journal.ts';
import { Latches } from './model/latches.ts';
import { Refresher } from './model/refresh.ts';
import { Store } from './model/store.ts';
import type { World } from './nuki/http.ts';
import type { Passage } from './nuki/traffic.ts';
import { Report } from './report.ts';
import { refreshInterval, setting } from './settings.ts';
import { createAccountBook, demoSource } from './sources.ts';
import { attentionTo, setContextKeys } from './views/attention.ts';
import { badgeOf } from './views/badge.ts';
import type { Glance } from './views/deviceWords.ts';
import { explainNumbers } from './views/editorHelp.ts';
import { OpenDevices } from './views/openDevices.ts';
import { RawDocuments, rawScheme } from './views/rawDocuments.ts';
import { parseReference, StatusBar } from './views/statusBar.ts';
import { DeviceTree } from './views/tree.ts';

// By value: the table of all ids would be read at every start.
const loadMore: CommandId = 'nuki.activity.loadMore';
const openMenu: CommandId = 'nuki.statusBar.openMenu';

const say: Say = (sentence, ...values) => l10n.t(sentence, ...values);

export function activate(context: ExtensionContext): void {
  start(context, { fetch: globalThis.fetch, clock: systemClock, random: Math.random });
}

/** Builds everything in the order of its dependencies. Nothing here reads, asks or sends: that begins when somebody looks. */
export function start(context: ExtensionContext, given: World): void {
  const closed = new AbortController();
  const passages: Passage[] = [];
  const world = { ...given, passages, closed: closed.signal };
  const { clock } = world;
  const glance = (): Glance => ({ say, language: env.language, now: clock.now(), interval: refreshInterval() });
  const chosenDevice = () => parseReference(setting('statusBar.device'));

  const book = createAccountBook(context.secrets, context.globalState, world);
  const channel = window.createOutputChannel('Nuki', { log: true });
  const report = new Report(channel, () => book.tokens);
  const demo = demoSource(world);
  const latches = new Latches(context.globalState);
  const store = new Store(clock);

  const tree = new DeviceTree(store, latches, clock, glance, loadMore);
  const view = window.createTreeView('nuki.devices', {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const openDevices = new OpenDevices(store, view);
  const statusBar = new StatusBar(store, chosenDevice, glance, openMenu);
  const refresher = new Refresher(
    store,
    world,
    () => attentionTo(store, view, statusBar),
    refreshInterval,
    (error) => report.failure('refresh', error),
  );
  const refresh = async (ids: readonly string[]): Promise<void> => {
    await window.withProgress({ location: { viewId: 'nuki.devices' } }, async () => {
      await refresher.refreshNow(ids);
      await Promise.all(ids.map((id) => openDevices.read(id)));
    });
  };

  const takeSources = (): void => {
    store.setSources([...book.sources(), ...(setting('demoHome') ? [demo] : [])]);
    setContextKeys({
      hasAccount: book.entries.length > 0,
      hasDemoHome: setting('demoHome'),
      hasDevices: store.accounts.length > 0,
      hasStatusBarDevice: statusBar.shownAccountId !== undefined,
    });
    refresher.update();
  };

  const journal = new Journal(context.globalState, crypto.randomUUID());
  const loadCommandRoom = () => import('./commands/all.ts');
  const documents = new RawDocuments(async (id) => (await loadCommandRoom()).readRawJson(id, store, glance()));
  const rooms = { store, glance, report, latches, clock, book, refresher, passages, documents };
  const outside: Outside = {
    ...rooms,
    refresh: (id) => refresh([id]),
    refreshAll: refresh,
    reveal: async (id) => view.reveal(id, { focus: true, expand: true }),
    extensionUri: context.extensionUri,
    own: (disposable) => context.subscriptions.push(disposable),
    run: async (command, hint) => commands.executeCommand(command, hint),
  };
  // Once: the doorkeeper among them knows what is under way, and must be the same for all of them.
  const made: { commands?: Promise<Commands> } = {};
  const loadCommands = () => (made.commands ??= loadCommandRoom().then((room) => room.createCommands(outside)));
  context.subscriptions.push(
    report,
    view,
    tree,
    openDevices,
    documents,
    statusBar,
    refresher,
    book.onDidChange(takeSources),
    watchAccounts(outside),
    mentionUnconfirmed(outside, journal),
    keepJournal(store, journal),
    store.onDidChange(() => (view.badge = badgeOf(store.accounts, glance()))),
    context.secrets.onDidChange(({ key }) => book.secretChanged(key)),
    view.onDidChangeVisibility(() => refresher.update()),
    window.onDidChangeWindowState(() => refresher.update()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('nuki') && takeSources()),
    workspace.registerTextDocumentContentProvider(rawScheme, documents),
    ...explainNumbers(() => setting('explainNumbers'), glance),
    ...registerCommands(context.extension, report, loadCommands),
    { dispose: () => closed.abort() },
  );
  takeSources();
}
