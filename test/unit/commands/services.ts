import { EventEmitter, Uri } from 'vscode';
import { Announcer } from '../../../src/commands/actions/announcer.ts';
import { reportErrors } from '../../../src/commands/register.ts';
import type { CommandServices } from '../../../src/commands/services.ts';
import { AccountBook } from '../../../src/model/accounts/accountBook.ts';
import { AuthorizationWriter } from '../../../src/model/authorizations/authorizationWriter.ts';
import { DemoHome } from '../../../src/model/accounts/demoHome.ts';
import { Doorkeeper } from '../../../src/model/actions/doorkeeper.ts';
import { AccessProblems } from '../../../src/commands/access/accessProblems.ts';
import { PlanDocuments } from '../../../src/commands/access/planDocuments.ts';
import { PendingJournal } from '../../../src/model/authorizations/pendingJournal.ts';
import { Refresher } from '../../../src/model/refresh.ts';
import type { Store } from '../../../src/model/store.ts';
import { SimulatedApiAccount } from '../../../src/model/accounts/simulatedApiAccount.ts';
import { UnlatchSupport } from '../../../src/model/actions/unlatchSupport.ts';
import { ServerClock } from '../../../src/nuki/http/serverClock.ts';
import { Report } from '../../../src/report.ts';
import { ClosedDraft } from '../../../src/webview/host/form/closedDraft.ts';
import { FakeMemento, FakeRecords, FakeSecrets, ScriptedApi } from '../model/fakes.ts';
import type { FakeClock } from '../fakeClock.ts';
import { renderContextBy } from '../renderContextBy.ts';

/** Says what it is told, and keeps no log. */
export function reportWithoutLog(): Report {
  return reportTo(() => undefined);
}

/** Says what it is told, and hands each line of its log to `write`. */
export function reportTo(write: (line: string) => void): Report {
  const nothing = (): void => undefined;
  return new Report({ info: write, error: write, show: nothing, dispose: nothing }, () => []);
}

/** The services of a window whose user answers every question with yes, and in which nothing is refreshed by itself. */
export function servicesFor(store: Store, clock: FakeClock, given: Partial<CommandServices> = {}): CommandServices {
  const yes = (): Promise<boolean> => Promise.resolve(true);
  const nothing = (): Promise<void> => Promise.resolve();
  const memento = new FakeMemento();
  const records = new FakeRecords();
  const scope = { shown: false, accountIds: [] };
  return {
    accessProblems: new AccessProblems(),
    announcer: new Announcer(clock, 'Nuki Result'),
    book: new AccountBook(new FakeSecrets(), records, () => Promise.resolve(new ScriptedApi(clock))),
    statusBarDevice: () => undefined,
    clock,
    closedDraft: new ClosedDraft(),
    createSimulatedClient: () => Promise.resolve(new ScriptedApi(clock)),
    demoHome: new DemoHome(() => Promise.resolve(new ScriptedApi(clock))),
    doorkeeper: new Doorkeeper(store, clock, yes),
    fetch: () => Promise.reject(new Error('no network')),
    extensionUri: Uri.parse('file:///extension'),
    planDocuments: new PlanDocuments(),
    pendingJournal: new PendingJournal(records, () => undefined),
    loadUi: nothing,
    memento,
    refreshScope: () => scope,
    rawJsonRefreshRequested: new EventEmitter(),
    records,
    refreshAccount: nothing,
    refreshAccounts: nothing,
    refreshAccountsQuietly: nothing,
    refresher: new Refresher(
      store,
      { clock, random: () => 0 },
      () => scope,
      () => 0,
      () => undefined,
    ),
    disposeOnDeactivate: () => undefined,
    renderContext: renderContextBy(clock),
    report: reportWithoutLog(),
    requestLog: [],
    reveal: nothing,
    runCommand: nothing,
    serverClock: new ServerClock(clock),
    session: 'this window',
    simulatedApiAccount: new SimulatedApiAccount(),
    store,
    unlatchSupport: new UnlatchSupport(records),
    view: {
      badge: undefined,
      selection: [],
      visible: false,
      onDidChangeVisibility: () => ({ dispose: () => undefined }),
    },
    writer: new AuthorizationWriter(store, clock, yes),
    ...given,
  };
}

/** Does `work` as a command that is registered does it: what it throws is shown. */
export async function asCommand(services: CommandServices, work: () => Promise<void>): Promise<void> {
  await reportErrors('nuki.devices.refresh', services, work);
}
