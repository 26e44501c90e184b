import { commands, env, l10n, window, workspace, type ExtensionContext } from 'vscode';
import { systemClock } from './base/clock.ts';
import { once } from './base/once.ts';
import type { Say } from './base/say.ts';
import type { Outside } from './commands/all.ts';
import { registerCommands } from './commands/register.ts';
import { AccountBook, inTime, type AccountSource } from './model/accounts.ts';
import { Journal, keepJournal } from './model/journal.ts';
import { Latches } from './model/latches.ts';
import { Refresher } from './model/refresh.ts';
import { Store } from './model/store.ts';
import type { NukiClient } from './nuki/client.ts';
import type { World } from './nuki/http.ts';
import { NukiTime } from './nuki/nukiTime.ts';
import type { Passage } from './nuki/traffic.ts';
import { Report } from './report.ts';
import { refreshInterval, setting } from './settings.ts';
import type { UiServices } from './ui.ts';
import { attentionTo, setContextKeys } from './views/attention.ts';
import { parseReference } from './views/deviceReference.ts';
import type { Glance } from './views/deviceWords.ts';
import { explainNumbers } from './views/editorHelp.ts';
import { LazyTreeDataProvider } from './views/lazyTreeDataProvider.ts';
import { OpenDevices } from './views/openDevices.ts';
import { RawDocuments, rawScheme } from './views/rawDocuments.ts';

const say: Say = (sentence, ...values) => l10n.t(sentence, ...values);

export function activate(context: ExtensionContext): void {
  start(context, { fetch: globalThis.fetch, clock: systemClock, random: Math.random });
}

/**
 * Creates everything in the order of its dependencies and connects it. Nothing is read, asked or sent here: that begins when the user looks.
 * What only a use needs is imported on that use, to keep the activation short.
 */
export function start(context: ExtensionContext, environment: World): void {
  const { subscriptions, globalState, secrets, extension, extensionUri } = context;
  const { clock } = environment;
  const deactivated = new AbortController();
  const passages: Passage[] = [];
  const nukiTime = new NukiTime(clock);
  const world: World = {
    ...environment,
    fetch: nukiTime.reading(environment.fetch),
    passages,
    closed: deactivated.signal,
  };

  const settings = { interval: refreshInterval() }; // read when it changes: every row of the tree asks for it
  const chosenDevice = () => parseReference(setting('statusBar.device'));
  const glance = (): Glance => ({
    say,
    language: env.language,
    now: nukiTime.now(),
    ownNow: clock.now(),
    interval: settings.interval,
  });

  const book = new AccountBook(inTime(secrets, clock), globalState, (token) => createClient(token, world));
  const demoHome = createDemoHome(world);
  const report = new Report(window.createOutputChannel('Nuki', { log: true }), () => book.tokens);
  const journal = new Journal(globalState, crypto.randomUUID());
  const latches = new Latches(globalState);
  const store = new Store(clock);

  const treeDataProvider = new LazyTreeDataProvider(async () => (await import('./ui.ts')).createUi(services));
  const view = window.createTreeView('nuki.devices', { treeDataProvider, showCollapseAll: true, canSelectMany: true });
  const openDevices = new OpenDevices(store, view);
  const attention = () => attentionTo(store, view, chosenDevice());
  const refresher = new Refresher(
    store,
    world,
    attention,
    () => settings.interval,
    (error) => report.failure('refresh', error),
  );
  const refreshAll = async (accountIds: readonly string[]): Promise<void> => {
    await window.withProgress({ location: { viewId: 'nuki.devices' } }, async () => {
      await refresher.refreshNow(accountIds);
      await Promise.all(accountIds.map((id) => openDevices.read(id)));
    });
  };
  const documents = new RawDocuments(async (id) => {
    const { readRawJson } = await import('./commands/rawJson.ts');
    return await readRawJson(id, store, glance());
  });

  const services: Outside & UiServices = {
    book,
    chosenDevice,
    clock,
    documents,
    extensionUri,
    glance,
    journal,
    latches,
    memento: globalState,
    nukiTime,
    own: (disposable) => subscriptions.push(disposable),
    passages,
    refresh: (accountId) => refreshAll([accountId]),
    refreshAll,
    refresher,
    report,
    reveal: async (id) => view.reveal(id, { focus: true, expand: true }),
    run: async (command, hint) => commands.executeCommand(command, hint),
    store,
    view,
  };

  const loadUi = (): void => void treeDataProvider.load().catch((error: unknown) => report.failure('ui', error));
  const updatePolling = (): void => {
    if (attention().shown) loadUi();
    refresher.update();
  };
  const syncAccounts = (): void => {
    store.setSources([...book.sources(), ...(setting('demoHome') ? [demoHome] : [])]);
    setContextKeys({
      hasAccount: book.entries.length > 0,
      hasDemoHome: setting('demoHome'),
      hasDevices: store.accounts.length > 0,
      hasStatusBarDevice: store.account(chosenDevice()?.accountId ?? '') !== undefined,
    });
    updatePolling();
  };
  const onSettingsChanged = (): void => {
    settings.interval = refreshInterval();
    syncAccounts();
  };

  subscriptions.push(
    report,
    view,
    treeDataProvider,
    openDevices,
    documents,
    refresher,
    book.onDidChange(syncAccounts),
    keepJournal(store, journal),
    store.onDidChange(({ what }) => what !== 'accounts' && loadUi()),
    secrets.onDidChange(({ key }) => book.secretChanged(key)),
    view.onDidChangeVisibility(updatePolling),
    window.onDidChangeWindowState(updatePolling),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('nuki') && onSettingsChanged()),
    workspace.registerTextDocumentContentProvider(rawScheme, documents),
    ...explainNumbers(() => setting('explainNumbers'), glance),
    ...registerCommands(extension, report, async () => (await import('./commands/all.ts')).createCommands(services)),
    { dispose: () => deactivated.abort() },
  );
  syncAccounts();
}

async function createClient(token: string, world: World): Promise<NukiClient> {
  const client = await import('./nuki/client.ts');
  return client.createClient(token, world);
}

/** A simulated Nuki home on this computer. */
function createDemoHome(world: World): AccountSource {
  const client = once(async () => {
    const { demoApi, demoToken } = await import('./simulator/demo.ts');
    const api = demoApi(world.clock, Math.floor(world.random() * 2 ** 32));
    return createClient(demoToken, { ...world, fetch: (input, init) => api(new Request(input, init)) });
  });
  return { id: 'demo', label: 'Demo Home', demo: true, client };
}
