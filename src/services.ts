import { commands, env, l10n, window, workspace, type ExtensionContext, type TreeView } from 'vscode';
import { once } from './base/once.ts';
import type { Say } from './base/say.ts';
import type { Outside } from './commands/all.ts';
import { AccountBook, inTime, type AccountSource } from './model/accounts.ts';
import { Journal } from './model/journal.ts';
import { Latches } from './model/latches.ts';
import { Refresher, type Attention } from './model/refresh.ts';
import { Store } from './model/store.ts';
import type { NukiClient } from './nuki/client.ts';
import type { World } from './nuki/http.ts';
import { NukiTime } from './nuki/nukiTime.ts';
import type { Passage } from './nuki/traffic.ts';
import { Report } from './report.ts';
import { refreshInterval, setting } from './settings.ts';
import type { UiServices } from './ui.ts';
import { attentionTo } from './views/attention.ts';
import { parseReference } from './views/deviceReference.ts';
import type { Glance } from './views/deviceWords.ts';
import { LazyTreeDataProvider } from './views/lazyTreeDataProvider.ts';
import type { NodeId } from './views/nodes.ts';
import { OpenDevices } from './views/openDevices.ts';
import { RawDocuments } from './views/rawDocuments.ts';

type Services = Outside &
  UiServices & {
    readonly attention: () => Attention;
    readonly demoHome: AccountSource;
    /** Loads what draws the accounts, unless that has happened. */
    readonly loadUi: () => Promise<unknown>;
    readonly view: TreeView<NodeId>;
  };

const say: Say = (sentence, ...values) => l10n.t(sentence, ...values);

/** Creates everything in the order of its dependencies. What a start does not need is imported on first use. */
export function createServices(context: ExtensionContext, environment: World): Services {
  const { subscriptions, globalState, secrets, extensionUri } = context;
  const { clock } = environment;
  const passages: Passage[] = [];
  const nukiTime = new NukiTime(clock);
  const world: World = { ...environment, fetch: nukiTime.reading(environment.fetch), passages };

  const settings = { interval: refreshInterval() }; // read when it changes: every row of the tree asks for it
  const readSettings = workspace.onDidChangeConfiguration(() => (settings.interval = refreshInterval()));
  const chosenDevice = () => parseReference(setting('statusBar.device'));
  const glance = (): Glance => ({
    say,
    language: env.language,
    now: nukiTime.now(),
    ownNow: clock.now(),
    interval: settings.interval,
  });

  const book = new AccountBook(inTime(secrets, clock), globalState, (token) => createClient(token, world));
  const report = new Report(window.createOutputChannel('Nuki', { log: true }), () => book.tokens);
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

  const services: Services = {
    attention,
    book,
    chosenDevice,
    clock,
    demoHome: createDemoHome(world),
    documents,
    extensionUri,
    glance,
    journal: new Journal(globalState, crypto.randomUUID()),
    latches,
    loadUi: () => treeDataProvider.load(),
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
  subscriptions.push(report, view, treeDataProvider, openDevices, documents, refresher, readSettings);
  return services;
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
