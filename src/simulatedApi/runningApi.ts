import { env, ExtensionKind, extensions, type Disposable } from 'vscode';
import type { Translate } from '../base/locale.ts';
import { Throttle } from '../base/throttle.ts';
import { forgetDevices } from '../commands/accounts/accounts.ts';
import type { CommandServices } from '../commands/services.ts';
import { simulatedApiId } from '../model/accounts/simulatedApiAccount.ts';
import { listen, usualPort, type HttpServer } from '../server/server.ts';
import { reportOf } from '../simulator/clientCheck/check.ts';
import { demoHomeOptions } from '../simulator/demo/demo.ts';
import { frontDoor } from '../simulator/demo/demoDevices.ts';
import { activeFaults } from '../simulator/faults/namedFaults.ts';
import type { SimulatedHome } from '../simulator/home.ts';
import { ownToken, Simulation } from '../simulator/simulation.ts';
import { activeFaultText } from './faults.ts';
import { ownTokenSentence, refuseOwnTokens, withoutTokens } from './refuseOwnTokens.ts';
import { greetingLines, refusalLines, reportLines } from './requestLines.ts';
import { RequestTerminal, type Lines } from './requestTerminal.ts';
import { StatusItem } from './statusItem.ts';
import { styled, wrapped } from './terminalText.ts';
import { Transcript } from './transcript.ts';

/** In ms: how much later at the earliest the sidebar reads the home again, and the status bar looks at it again. */
const restOfSidebar = 1000;
const restOfStatusBar = 200;

/** The simulated Web API while it runs: its server, its terminal, its item in the status bar, and its home among the accounts. */
export class RunningApi implements Disposable {
  readonly simulation: Simulation;
  readonly token = randomToken();
  readonly #services: CommandServices;
  readonly #terminal: RequestTerminal;
  readonly #transcript: Transcript;
  readonly #item: StatusItem;
  readonly #sidebar: Throttle;
  readonly #statusBar: Throttle;
  readonly #subscriptions: readonly Disposable[];
  readonly #onEnd: () => void;
  #server: HttpServer | undefined;
  /** The home that is shown: a reset makes another one. */
  #home: SimulatedHome;
  #isOver = false;

  /** `onEnd`: it has stopped by itself, as its terminal was closed. */
  constructor(services: CommandServices, onEnd: () => void) {
    const { clock, renderContext, view } = services;
    const { t } = renderContext();
    this.#services = services;
    this.#onEnd = onEnd;
    const { token } = this;
    const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
    this.simulation = new Simulation({ clock, seed, home: demoHomeOptions, tokens: [{ token }], send: services.fetch });
    this.#home = this.simulation.home;
    this.#terminal = new RequestTerminal(t('Nuki Web API, simulated'), clock, { onEnd: () => this.stop() });
    this.#transcript = new Transcript(this.simulation, (lines) => this.write(lines), clock, t);
    this.#item = new StatusItem(t);
    this.#sidebar = new Throttle(() => this.#readForSidebar(), restOfSidebar, clock);
    this.#statusBar = new Throttle(() => this.#drawItem(), restOfStatusBar, clock);
    this.#subscriptions = [
      this.simulation.onDidChange(() => this.#followHome()),
      view.onDidChangeVisibility(() => this.#sidebar.ask()),
    ];
  }

  /** Where clients reach it. */
  get url(): string {
    return this.#server?.url ?? '';
  }

  /** Listens, and shows where. */
  async start(): Promise<void> {
    const { simulation, token } = this;
    const { book, renderContext } = this.#services;
    const answer = async (request: Request): Promise<Response> => {
      try {
        return await simulation.handle(request);
      } finally {
        this.#statusBar.ask(); // it may have set a fault, or met one
      }
    };
    const isOneOwn = (words: ReadonlySet<string>): Promise<boolean> => book.hasOneOf(words);
    const handle = refuseOwnTokens(answer, token, isOneOwn, ({ method, url }) => this.#noteRefusal(method, url));
    const server = await listen({ port: usualPort, orAnother: true, cors: false, handle });
    if (this.#isOver) return await server.close(); // the window was closed meanwhile
    this.#server = server;
    const greeting = { url: this.url, token, smartlockId: frontDoor, isWindows: process.platform === 'win32' };
    this.write((columns) =>
      greetingLines({ ...greeting, place: placeText(renderContext().t) }, columns, renderContext().t),
    );
    this.showRequests();
    this.#showHome();
    this.#drawItem();
  }

  showRequests(): void {
    this.#terminal.show();
  }

  write(lines: Lines): void {
    this.#terminal.write(lines);
  }

  /** Writes what the client check finds in the requests so far. */
  checkClient(): void {
    const { t } = this.#services.renderContext();
    const { requests } = this.#transcript.counts;
    const report = reportOf([this.simulation.check()], t);
    const title =
      requests === 1 ? t('Client check of {0} request', requests) : t('Client check of {0} requests', requests);
    this.write((columns) => reportLines(title, report, columns));
    this.showRequests();
  }

  /** The item in the status bar shows the faults as they are now. */
  faultsChanged(): void {
    this.#statusBar.ask();
  }

  /** Ends the server, and takes the home away from the accounts. What was written stays in the terminal. */
  stop(): void {
    if (this.#isOver) return;
    const { t } = this.#services.renderContext();
    this.#end();
    const sentence = t('Stopped. Press any key to close this terminal.');
    this.#terminal.end((columns) => notice(sentence, columns));
    this.#onEnd();
  }

  /** The same, and closes the terminal. */
  dispose(): void {
    if (!this.#isOver) this.#end();
    this.#terminal.dispose();
  }

  #end(): void {
    this.#isOver = true;
    for (const each of [...this.#subscriptions, this.#transcript, this.#item, this.#sidebar, this.#statusBar]) {
      each.dispose();
    }
    void this.#server?.close();
    this.simulation.dispose();
    this.#services.simulatedApiAccount.hide();
    forgetDevices(simulatedApiId, this.#services);
  }

  #followHome(): void {
    this.#statusBar.ask();
    if (this.simulation.home === this.#home) return this.#sidebar.ask();
    this.#home = this.simulation.home;
    this.#transcript.restart();
    const sentence = this.#services.renderContext().t('The home is as it was at first. Requests count from 1 again.');
    this.write((columns) => notice(sentence, columns));
    this.#showHome();
  }

  /** Shows the home among the accounts, as one of which nothing is known or kept. */
  #showHome(): void {
    const { createSimulatedClient, refresher, simulatedApiAccount } = this.#services;
    forgetDevices(simulatedApiId, this.#services);
    refresher.resetBackoff(simulatedApiId);
    simulatedApiAccount.show(() => createSimulatedClient('Simulated Web API', ownToken, this.simulation.own));
    this.#sidebar.ask();
  }

  async #readForSidebar(): Promise<void> {
    const { view, statusBarDevice, refreshAccountsQuietly, report } = this.#services;
    if (!view.visible && statusBarDevice()?.accountId !== simulatedApiId) return;
    await refreshAccountsQuietly([simulatedApiId]).catch((error: unknown) => report.logFailure('simulated API', error));
  }

  #drawItem(): void {
    const { t } = this.#services.renderContext();
    const faults = activeFaults(this.simulation.home).map((fault) => activeFaultText(fault, t));
    this.#item.draw({ url: this.url, port: this.#server?.port ?? 0, ...this.#transcript.counts, faults });
  }

  /** `url`: as it was sent, maybe with a token of the user's in it. */
  #noteRefusal(method: string, url: string): void {
    const { t } = this.#services.renderContext();
    const path = withoutTokens(new URL(url).pathname);
    this.write((columns) => refusalLines(method, path, t(ownTokenSentence), columns));
  }
}

function notice(sentence: string, columns: number): readonly string[] {
  return ['', ...wrapped(sentence, columns).map((line) => styled('strong', line)), ''];
}

/** A token that no account has. */
function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `simulated-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Whose address it is, where the window shows another machine's files; nothing where there is but one machine. */
function placeText(t: Translate): string | undefined {
  if (env.remoteName === undefined) return undefined;
  return extensions.getExtension('keyturner.keyturner')?.extensionKind === ExtensionKind.UI
    ? t('This is an address of your own computer, not of the remote machine.')
    : t('This is an address of the remote machine, where terminals of this window run too.');
}
