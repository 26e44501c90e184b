import type { Disposable, EventEmitter, TreeView, Uri } from 'vscode';
import type { Clock } from '../base/clock.ts';
import type { AccountBook } from '../model/accounts/accountBook.ts';
import type { AuthorizationWriter } from '../model/authorizations/authorizationWriter.ts';
import type { DemoHome } from '../model/accounts/demoHome.ts';
import type { DeviceRef } from '../model/deviceRef.ts';
import type { Doorkeeper } from '../model/actions/doorkeeper.ts';
import type { PendingJournal } from '../model/authorizations/pendingJournal.ts';
import type { RefreshScope, Refresher } from '../model/refresh.ts';
import type { NukiClient } from '../nuki/http/client.ts';
import type { SimulatedApiAccount } from '../model/accounts/simulatedApiAccount.ts';
import type { SharedRecords } from '../model/sharedRecords.ts';
import type { Store } from '../model/store.ts';
import type { UnlatchSupport } from '../model/actions/unlatchSupport.ts';
import type { RequestLogEntry } from '../nuki/http/requestLog.ts';
import type { ServerClock } from '../nuki/http/serverClock.ts';
import type { Report } from '../report.ts';
import type { NodeId } from '../views/tree/nodes.ts';
import type { AccessProblems } from './access/accessProblems.ts';
import type { PlanDocuments } from './access/planDocuments.ts';
import type { Announcer } from './actions/announcer.ts';
import type { CommandId } from './ids.ts';
import type { Memento } from '../model/memento.ts';
import type { ClosedDraft } from '../webview/host/form/closedDraft.ts';
import type { RenderContext } from '../views/text/renderContext.ts';

/** The objects of which each window has one, handed to whatever needs them. Created at the start, in src/createServices.ts. */
export interface Services {
  /** What plans have found in access files. */
  readonly accessProblems: AccessProblems;
  readonly book: AccountBook;
  /** The device in the status bar. */
  readonly statusBarDevice: () => DeviceRef | undefined;
  readonly clock: Clock;
  /** A client of a simulated home on this computer, which `api` is and which the log calls `name`. */
  readonly createSimulatedClient: (
    name: string,
    token: string,
    api: (request: Request) => Promise<Response>,
  ) => Promise<NukiClient>;
  readonly demoHome: DemoHome;
  readonly extensionUri: Uri;
  /** For what goes to no account: deliveries of the simulated API to receivers on this computer. */
  readonly fetch: typeof globalThis.fetch;
  readonly pendingJournal: PendingJournal;
  /** The documents of plans of access files. */
  readonly planDocuments: PlanDocuments;
  /** Loads what draws the accounts, unless that has happened. */
  readonly loadUi: () => Promise<unknown>;
  readonly memento: Memento;
  readonly refreshScope: () => RefreshScope;
  /** Fires with the URI of a raw JSON document that is to be read again. */
  readonly rawJsonRefreshRequested: EventEmitter<Uri>;
  /** What all windows of the user share. */
  readonly records: SharedRecords;
  /** Reads an account anew, with progress in the view. */
  readonly refreshAccount: (accountId: string) => Promise<void>;
  readonly refreshAccounts: (accountIds: readonly string[]) => Promise<void>;
  /** The same without progress in the view, for what no user has asked for. */
  readonly refreshAccountsQuietly: (accountIds: readonly string[]) => Promise<void>;
  readonly refresher: Refresher;
  /** Registers what is disposed of with the extension. */
  readonly disposeOnDeactivate: (disposable: Disposable) => void;
  readonly renderContext: () => RenderContext;
  readonly report: Report;
  readonly requestLog: readonly RequestLogEntry[];
  /** Shows a row in the sidebar, with the focus on it. */
  readonly reveal: (id: NodeId) => Promise<void>;
  /** Runs a command, on a device where one is given. */
  readonly runCommand: (command: CommandId, ref?: DeviceRef) => Promise<void>;
  readonly serverClock: ServerClock;
  /** Names this start of the extension: each window and each restart has its own. */
  readonly session: string;
  readonly simulatedApiAccount: SimulatedApiAccount;
  readonly store: Store;
  readonly unlatchSupport: UnlatchSupport;
  readonly view: Pick<TreeView<NodeId>, 'badge' | 'selection' | 'visible' | 'onDidChangeVisibility'>;
}

/** The services with those that move doors and change who may open them, which are loaded with the commands. */
export interface CommandServices extends Services {
  readonly announcer: Announcer;
  readonly closedDraft: ClosedDraft;
  readonly doorkeeper: Doorkeeper;
  readonly writer: AuthorizationWriter;
}
