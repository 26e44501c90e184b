import { join } from 'node:path';
import { commands, env, EventEmitter, l10n, window, workspace, type ExtensionContext, type Uri } from 'vscode';
import { systemClock } from './base/clock.ts';
import { yieldToEventLoop } from './base/eventLoop.ts';
import { AccessProblems } from './commands/access/accessProblems.ts';
import { PlanDocuments } from './commands/access/planDocuments.ts';
import { withSidebarProgress } from './commands/progress.ts';
import type { Services } from './commands/services.ts';
import { AccountBook, withTimeout } from './model/accounts/accountBook.ts';
import { DemoHome } from './model/accounts/demoHome.ts';
import { moveToRecords } from './model/accounts/globalStateRecords.ts';
import { PendingJournal } from './model/authorizations/pendingJournal.ts';
import { SimulatedApiAccount } from './model/accounts/simulatedApiAccount.ts';
import { UnlatchSupport } from './model/actions/unlatchSupport.ts';
import { Refresher } from './model/refresh.ts';
import { Store } from './model/store.ts';
import type { NukiClient } from './nuki/http/client.ts';
import type { HttpServices } from './nuki/http/http.ts';
import { ServerClock } from './nuki/http/serverClock.ts';
import type { RequestLogEntry } from './nuki/http/requestLog.ts';
import { Report } from './report.ts';
import { refreshInterval, setting } from './settings.ts';
import { SharedFolder } from './sharedFolder.ts';
import { refreshScopeOf } from './views/refreshScope.ts';
import { parseKey } from './model/deviceRef.ts';
import { LazyTreeDataProvider } from './views/tree/lazyTreeDataProvider.ts';
import { idOf } from './views/tree/nodes.ts';
import { ExpandedDevices } from './views/tree/expandedDevices.ts';
import type { Translate } from './base/locale.ts';
import type { RenderContext } from './views/text/renderContext.ts';

const t: Translate = (sentence, ...values) => l10n.t(sentence, ...values);

/** The first request goes out before the code of the sidebar is loaded, if it does so within this time, in milliseconds. */
const longestHeadStart = 100;

/** In milliseconds. VS Code looks for a proxy and connects before it sends a request. */
const connecting = 15;

/** A command of VS Code that does nothing. Where it is missing, VS Code answers that, after what it was sent before. */
const noop = 'noop';

async function roundTrip(): Promise<void> {
  await yieldToEventLoop(); // in which answers are sent
  await commands.executeCommand(noop).then(undefined, () => undefined);
}

/** Creates the services, each after those it depends on. Modules that activation does not need are imported on first use. */
export function createServices(context: ExtensionContext, environment: HttpServices): Services {
  const { subscriptions, globalState, globalStorageUri, secrets, extensionUri } = context;
  const { clock } = environment;
  const requestLog: RequestLogEntry[] = [];
  const serverClock = new ServerClock(clock);
  const fetchAndObserve = serverClock.observe(environment.fetch);
  const firstRequest = Promise.withResolvers<void>();
  const http: HttpServices = {
    ...environment,
    fetch: async (input, init) => {
      firstRequest.resolve();
      return await fetchAndObserve(input, init);
    },
    requestLog,
    logFailure: (line) => report.log(line),
  };

  const cached = { interval: refreshInterval() }; // because every row of the tree uses it
  const settingsSubscription = workspace.onDidChangeConfiguration(() => (cached.interval = refreshInterval()));
  const statusBarDevice = () => parseKey(setting('statusBar.device'));
  const renderContext = (): RenderContext => ({
    t,
    language: env.language,
    now: serverClock.now(),
    ownNow: clock.now(),
    refreshIntervalMs: cached.interval,
  });

  const records = new SharedFolder(join(globalStorageUri.fsPath, 'shared'));
  const book = new AccountBook(withTimeout(secrets, systemClock), records, (token) => createClient(token, http));
  const report = new Report(window.createOutputChannel('Nuki', { log: true }), () => book.tokens);
  try {
    moveToRecords(globalState, records);
  } catch (error) {
    report.logFailure('records', error);
  }
  const unlatchSupport = new UnlatchSupport(records);
  const store = new Store(clock, () => serverClock.now());

  const treeDataProvider = new LazyTreeDataProvider(async () => {
    if (refreshScope().accountIds.some((id) => store.account(id)?.simulated === false)) {
      await import('./nuki/http/client.ts');
      await Promise.race([firstRequest.promise, systemClock.wait(longestHeadStart)]);
      await systemClock.wait(connecting);
    }
    return (await import('./ui.ts')).createUi(services);
  }, roundTrip);
  const view = window.createTreeView('nuki.devices', { treeDataProvider, showCollapseAll: true, canSelectMany: true });
  const expandedDevices = new ExpandedDevices(store, view, treeDataProvider.onDidAskForChildren);
  const refreshScope = () => refreshScopeOf(store, view, statusBarDevice());
  const refresher = new Refresher(
    store,
    http,
    refreshScope,
    () => cached.interval,
    (error) => report.logFailure('refresh', error),
  );
  const refreshAccountsQuietly = async (accountIds: readonly string[]): Promise<void> => {
    await refresher.refreshNow(accountIds);
    await Promise.all(accountIds.map((id) => expandedDevices.read(id)));
  };
  const refreshAccounts = async (accountIds: readonly string[]): Promise<void> => {
    await withSidebarProgress(() => refreshAccountsQuietly(accountIds));
  };
  const createSimulatedClient: Services['createSimulatedClient'] = async (name, token, api) => {
    const { unlimited } = await import('./nuki/http/rateLimiter.ts');
    return await createClient(token, {
      ...http,
      mayRepeat: () => false,
      readLimits: unlimited,
      logFailure: (line) => http.logFailure?.(`${name}: ${line}`),
      fetch: async (input, init) => await api(new Request(input, init)),
    });
  };
  const rawJsonRefreshRequested = new EventEmitter<Uri>();
  const accessProblems = new AccessProblems();
  const planDocuments = new PlanDocuments();

  const services: Services = {
    accessProblems,
    refreshScope,
    book,
    statusBarDevice,
    clock,
    createSimulatedClient,
    demoHome: new DemoHome(async () => {
      const { demoApi, demoToken } = await import('./simulator/demo/demo.ts');
      const seed = Math.floor(http.random() * 2 ** 32);
      return await createSimulatedClient('Demo Home', demoToken, demoApi(clock, seed));
    }),
    extensionUri,
    fetch: environment.fetch,
    renderContext,
    planDocuments,
    pendingJournal: new PendingJournal(records, (error) => report.logFailure('pending changes', error)),
    unlatchSupport,
    loadUi: () => treeDataProvider.load(),
    memento: globalState,
    serverClock,
    rawJsonRefreshRequested,
    records,
    disposeOnDeactivate: (disposable) => subscriptions.push(disposable),
    requestLog,
    refreshAccount: (accountId) => refreshAccounts([accountId]),
    refreshAccounts,
    refreshAccountsQuietly,
    refresher,
    report,
    reveal: async (id) => view.reveal(id, { focus: true, expand: true }),
    simulatedApiAccount: new SimulatedApiAccount(),
    runCommand: async (command, ref) => commands.executeCommand(command, ref && idOf({ ...ref, kind: 'device' })),
    session: crypto.randomUUID(),
    store,
    view,
  };
  subscriptions.push(
    records,
    report,
    view,
    treeDataProvider,
    expandedDevices,
    rawJsonRefreshRequested,
    accessProblems,
    planDocuments,
    refresher,
    settingsSubscription,
  );
  return services;
}

async function createClient(token: string, http: HttpServices): Promise<NukiClient> {
  const client = await import('./nuki/http/client.ts');
  return client.createClient(token, http);
}
