import { commands, env, l10n, window, workspace, type ExtensionContext } from 'vscode';
import { systemClock } from './base/clock.ts';
import type { Say } from './base/say.ts';
import { registerAccountCommands } from './commands/accounts.ts';
import { createConfirm } from './commands/confirm.ts';
import { registerDeviceCommands } from './commands/devices.ts';
import { commandIds } from './commands/ids.ts';
import { registerSidebarCommands } from './commands/sidebar.ts';
import { AccountBook, type AccountSource } from './model/accounts.ts';
import { Doorkeeper } from './model/act.ts';
import { deliberate } from './model/consent.ts';
import { Refresher } from './model/refresh.ts';
import { Store } from './model/store.ts';
import type { NukiClient } from './nuki/client.ts';
import type { World } from './nuki/http.ts';
import { Report } from './report.ts';
import { refreshInterval, setting } from './settings.ts';
import type { Glance } from './views/deviceWords.ts';
import { parseReference, StatusBar } from './views/statusBar.ts';
import { DeviceTree } from './views/tree.ts';

const say: Say = (sentence, ...values) => l10n.t(sentence, ...values);

export function activate(context: ExtensionContext): void {
  start(context, { fetch: globalThis.fetch, clock: systemClock, random: Math.random });
}

/** Builds everything in the order of its dependencies. Nothing here reads, asks or sends: that begins when somebody looks. */
export function start(context: ExtensionContext, world: World): void {
  const { clock } = world;
  const glance = (): Glance => ({ say, language: env.language, now: clock.now(), interval: refreshInterval() });
  const chosenDevice = () => parseReference(setting('statusBar.device'));

  const book = new AccountBook(context.secrets, context.globalState, (token) => createClient(token, world));
  const channel = window.createOutputChannel('Nuki', { log: true });
  const report = new Report(channel, () => book.tokens);
  const demo = demoSource(world);
  const store = new Store(clock);
  const sources = (): AccountSource[] => [...book.sources(), ...(setting('demoHome') ? [demo] : [])];
  store.setSources(sources());

  const tree = new DeviceTree(store, glance);
  const view = window.createTreeView('nuki.devices', { treeDataProvider: tree, showCollapseAll: true });
  const statusBar = new StatusBar(store, chosenDevice, glance, commandIds.openStatusBarMenu);
  const doorkeeper = new Doorkeeper(store, clock, deliberate(createConfirm(store, glance), clock));
  const accountIds = (): string[] => store.accounts.map(({ id }) => id);
  const chosenAccountIds = (): string[] => accountIds().filter((id) => id === chosenDevice()?.accountId);
  const attention = () => ({
    shown: view.visible || statusBar.isShown,
    accountIds: !window.state.focused ? [] : view.visible ? accountIds() : chosenAccountIds(),
  });
  const refresher = new Refresher(store, world, attention, refreshInterval);
  const refresh = (ids: readonly string[]): Promise<void> =>
    Promise.resolve(window.withProgress({ location: { viewId: 'nuki.devices' } }, () => refresher.refreshNow(ids)));

  const takeSources = (): void => {
    store.setSources(sources());
    const setContext = (key: string, value: boolean): void => void commands.executeCommand('setContext', key, value);
    setContext('nuki.hasAccount', book.entries.length > 0);
    setContext('nuki.hasDemoHome', setting('demoHome'));
    setContext('nuki.hasDevices', store.accounts.length > 0);
    setContext('nuki.hasStatusBarDevice', statusBar.isShown);
    refresher.update();
  };

  const pick = { store, glance, report };
  context.subscriptions.push(
    channel,
    view,
    tree,
    statusBar,
    doorkeeper,
    refresher,
    book.onDidChange(takeSources),
    context.secrets.onDidChange(({ key }) => book.secretChanged(key)),
    view.onDidChangeVisibility(() => refresher.update()),
    window.onDidChangeWindowState(() => refresher.update()),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('nuki')) return;
      takeSources();
      statusBar.draw();
    }),
    ...registerAccountCommands({ ...pick, book, refresher }),
    ...registerDeviceCommands({ ...pick, doorkeeper, refresh: (id) => refresh([id]) }),
    ...registerSidebarCommands({
      ...pick,
      refresh,
      reveal: async (id) => view.reveal(id, { focus: true, expand: true }),
      run: async (command, hint) => commands.executeCommand(command, hint),
    }),
  );
  takeSources();
}

/** The Web API's client with all that it needs, loaded when the first account is looked at. */
async function createClient(token: string, world: World): Promise<NukiClient> {
  const client = await import('./nuki/client.ts');
  return client.createClient(token, world);
}

/** The demo home: a simulated Nuki, loaded when it is first looked at. */
function demoSource(world: World): AccountSource {
  const load = async (): Promise<NukiClient> => {
    const { demoApi, demoToken } = await import('./simulator/demo.ts');
    const api = demoApi(world.clock, Math.floor(world.random() * 2 ** 32));
    return createClient(demoToken, { ...world, fetch: (input, init) => api(new Request(input, init)) });
  };
  const loading: { client?: Promise<NukiClient> } = {};
  return { id: 'demo', label: 'Demo Home', demo: true, client: () => (loading.client ??= load()) };
}
