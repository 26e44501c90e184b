import { commands, env, l10n, window, workspace, type ExtensionContext } from 'vscode';
import { systemClock } from './base/clock.ts';
import type { Say } from './base/say.ts';
import type { Outside } from './commands/all.ts';
import { registerCommands } from './commands/register.ts';
import { Journal, keepJournal } from './model/journal.ts';
import { Latches } from './model/latches.ts';
import { Refresher } from './model/refresh.ts';
import { Store } from './model/store.ts';
import type { World } from './nuki/http.ts';
import { NukiTime } from './nuki/nukiTime.ts';
import type { Passage } from './nuki/traffic.ts';
import { Report } from './report.ts';
import { refreshInterval, setting } from './settings.ts';
import type { ScreenContext } from './screen.ts';
import { createAccountBook, demoSource } from './sources.ts';
import { attentionTo, setContextKeys } from './views/attention.ts';
import { parseReference } from './views/deviceReference.ts';
import type { Glance } from './views/deviceWords.ts';
import { explainNumbers } from './views/editorHelp.ts';
import { OpenDevices } from './views/openDevices.ts';
import { RawDocuments, rawScheme } from './views/rawDocuments.ts';
import { TreeOnDemand } from './views/treeOnDemand.ts';

const say: Say = (sentence, ...values) => l10n.t(sentence, ...values);

export function activate(context: ExtensionContext): void {
  start(context, { fetch: globalThis.fetch, clock: systemClock, random: Math.random });
}

/** Builds everything in the order of its dependencies. Nothing here reads, asks or sends: that begins when somebody looks. */
export function start(context: ExtensionContext, given: World): void {
  const closed = new AbortController();
  const passages: Passage[] = [];
  const nukiTime = new NukiTime(given.clock);
  const world = { ...given, fetch: nukiTime.reading(given.fetch), passages, closed: closed.signal };
  const { clock } = world;
  const settings = { interval: refreshInterval() }; // read when it changes: every row of the tree asks for it
  const glance = (): Glance => ({
    say,
    language: env.language,
    now: nukiTime.now(),
    ownNow: clock.now(),
    interval: settings.interval,
  });
  const chosenDevice = () => parseReference(setting('statusBar.device'));

  const book = createAccountBook(context.secrets, context.globalState, world);
  const channel = window.createOutputChannel('Nuki', { log: true });
  const report = new Report(channel, () => book.tokens);
  const demo = demoSource(world);
  const latches = new Latches(context.globalState);
  const store = new Store(clock);

  const tree = new TreeOnDemand(() => loadScreen());
  const view = window.createTreeView('nuki.devices', {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const openDevices = new OpenDevices(store, view);
  const attention = () => attentionTo(store, view, chosenDevice());
  const refresher = new Refresher(
    store,
    world,
    attention,
    () => settings.interval,
    (error) => report.failure('refresh', error),
  );
  const refresh = async (ids: readonly string[]): Promise<void> => {
    await window.withProgress({ location: { viewId: 'nuki.devices' } }, async () => {
      await refresher.refreshNow(ids);
      await Promise.all(ids.map((id) => openDevices.read(id)));
    });
  };

  const loadCommandRoom = () => import('./commands/all.ts');
  const documents = new RawDocuments(async (id) => (await loadCommandRoom()).readRawJson(id, store, glance()));
  const rooms = { store, glance, report, latches, clock, book, refresher, passages, documents, view };
  const outside: Outside & ScreenContext = {
    ...rooms,
    memento: context.globalState,
    nukiTime,
    journal: new Journal(context.globalState, crypto.randomUUID()),
    chosenDevice,
    refresh: (id) => refresh([id]),
    refreshAll: refresh,
    reveal: async (id) => view.reveal(id, { focus: true, expand: true }),
    extensionUri: context.extensionUri,
    own: (disposable) => context.subscriptions.push(disposable),
    run: async (command, hint) => commands.executeCommand(command, hint),
  };
  const loadCommands = async () => (await loadCommandRoom()).createCommands(outside);
  const loadScreen = once(async () => (await import('./screen.ts')).createScreen(outside));
  const draw = (): void => void loadScreen().catch((error: unknown) => report.failure('screen', error));
  const lookAround = (): void => {
    if (attention().shown) draw();
    refresher.update();
  };
  const takeSources = (): void => {
    store.setSources([...book.sources(), ...(setting('demoHome') ? [demo] : [])]);
    setContextKeys({
      hasAccount: book.entries.length > 0,
      hasDemoHome: setting('demoHome'),
      hasDevices: store.accounts.length > 0,
      hasStatusBarDevice: store.account(chosenDevice()?.accountId ?? '') !== undefined,
    });
    lookAround();
  };
  const takeSettings = (): void => {
    settings.interval = refreshInterval();
    takeSources();
  };

  context.subscriptions.push(
    report,
    view,
    tree,
    openDevices,
    documents,
    refresher,
    book.onDidChange(takeSources),
    keepJournal(store, outside.journal),
    store.onDidChange(({ what }) => what !== 'accounts' && draw()),
    context.secrets.onDidChange(({ key }) => book.secretChanged(key)),
    view.onDidChangeVisibility(lookAround),
    window.onDidChangeWindowState(lookAround),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('nuki') && takeSettings()),
    workspace.registerTextDocumentContentProvider(rawScheme, documents),
    ...explainNumbers(() => setting('explainNumbers'), glance),
    ...registerCommands(context.extension, report, loadCommands),
    { dispose: () => closed.abort() },
  );
  takeSources();
}

/** Runs `make` when it is first asked for, and answers with what came of it from then on. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  const made: { value?: Promise<T> } = {};
  return () => (made.value ??= make());
}
