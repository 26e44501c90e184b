import type { HomeOptions } from '../../src/simulator/home.ts';
import type { Workbench, WorkbenchOptions } from '../vscode/page.ts';
import { FormPage } from './authorizationForm.ts';
import { goodToken, startNuki, type NukiServer } from './nukiServer.ts';
import { nukiPort, openForwarded } from './windows.ts';

interface Options extends WorkbenchOptions {
  readonly token?: string;
  readonly home?: Partial<HomeOptions>;
}

/** A simulated home, and a window that shows it as an account. */
export class AuthorizationHome {
  readonly nuki: NukiServer;
  readonly window: Workbench;
  readonly form: FormPage;
  #seen = 0;

  private constructor(nuki: NukiServer, window: Workbench) {
    this.nuki = nuki;
    this.window = window;
    this.form = new FormPage(window);
  }

  static async open({ token = goodToken, home, ...options }: Options = {}): Promise<AuthorizationHome> {
    const nuki = await startNuki(nukiPort(), home);
    const window = await openForwarded(options);
    await window.openSidebar();
    await window.runCommand('Nuki: Add Account…');
    await window.fillInput(token);
    await window.row(/Anna Berger\s*\d+ devices/).waitFor();
    return new AuthorizationHome(nuki, window);
  }

  async close(): Promise<void> {
    await this.window.close();
    await this.nuki.close();
  }

  onLock(smartlockId: number, name: string) {
    return this.nuki.home.authorizationsOnLock(smartlockId).find((entry) => entry.name === name);
  }

  /** Everything that was asked to be changed since the last time this was asked. */
  writes(): readonly string[] {
    const all = this.nuki.home.requests.filter(({ method }) => method !== 'GET');
    const fresh = all.slice(this.#seen);
    this.#seen = all.length;
    return fresh.map(({ method, path }) => `${method} ${path}`);
  }

  /** Chooses an item of a row's menu that opens the form. */
  async openForm(row: string | RegExp, item: string): Promise<void> {
    await this.window.chooseFromMenu(row, item);
    await this.form.ready();
  }
}
