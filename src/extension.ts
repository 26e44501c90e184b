import { window, workspace, type ExtensionContext } from 'vscode';
import { systemClock } from './base/clock.ts';
import { once } from './base/once.ts';
import { pageNames, viewTypes } from './commands/pages.ts';
import { registerCommands } from './commands/register.ts';
import { keepPendingChanges } from './model/authorizations/pendingJournal.ts';
import type { HttpServices } from './nuki/http/http.ts';
import { createServices } from './createServices.ts';
import { setting } from './settings.ts';
import { setContextKeys } from './views/contextKeys.ts';
import { registerAccessEditor } from './accessEditor/registerAccessEditor.ts';
import { registerApiHelp } from './apiHelp/registerApiHelp.ts';

export function activate(context: ExtensionContext): void {
  const mayRepeat = (): boolean => workspace.getConfiguration('http').get('electronFetch') === true;
  start(context, { fetch: globalThis.fetch, clock: systemClock, random: Math.random, mayRepeat });
}

/** Connects the services to VS Code's events and commands. No request is sent until the sidebar or the status bar item is visible. */
export function start(context: ExtensionContext, environment: HttpServices): void {
  const { extension, secrets, subscriptions } = context;
  const deactivated = new AbortController();
  const services = createServices(context, { ...environment, closed: deactivated.signal });
  const { book, demoHome, planDocuments, simulatedApiAccount, statusBarDevice, pendingJournal, records } = services;
  const { refreshScope, refresher, report, store, view } = services;

  const loadCommands = once(async () => (await import('./createCommands.ts')).createCommands(services));
  const loadUi = (): void => void services.loadUi().catch((error: unknown) => report.logFailure('ui', error));
  const updateRefreshing = (): void => {
    refresher.update(); // before the code of the screen is loaded: its request takes longest
    if (refreshScope().shown) loadUi();
  };
  const setSources = (showsDemoHome: boolean): void =>
    store.setSources([...book.sources(), ...demoHome.sources(showsDemoHome), ...simulatedApiAccount.sources()]);
  const updateAccounts = (): void => {
    setSources(setting('demoHome'));
    planDocuments.keepOnly(store.accounts.map(({ id }) => id));
    setContextKeys({
      hasAccount: book.entries.length > 0,
      hasDemoHome: setting('demoHome'),
      hasDevices: store.accounts.length > 0,
      hasStatusBarDevice: store.account(statusBarDevice()?.accountId ?? '') !== undefined,
    });
    updateRefreshing();
  };

  subscriptions.push(
    book.onDidChange(updateAccounts),
    demoHome.onDidReset(() => {
      setSources(false); // forgets what is known of the home before
      updateAccounts();
    }),
    simulatedApiAccount.onDidChange(updateAccounts),
    keepPendingChanges(store, pendingJournal),
    store.onDidChange(({ kind }) => kind !== 'accounts' && loadUi()),
    secrets.onDidChange(({ key }) => book.secretChanged(key)),
    view.onDidChangeVisibility(updateRefreshing),
    window.onDidChangeWindowState(() => {
      records.reload();
      updateRefreshing();
    }),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('nuki') && updateAccounts()),
    ...registerAccessEditor(services),
    ...registerApiHelp(services),
    ...registerCommands(extension, services, async () => (await loadCommands()).commands),
    ...pageNames.map((page) =>
      window.registerWebviewPanelSerializer(viewTypes[page], {
        deserializeWebviewPanel: async (panel, state) => (await loadCommands()).resume[page](panel, state),
      }),
    ),
    { dispose: () => deactivated.abort() },
  );
  updateAccounts();
}
