import type { Workbench } from '../vscode/page.ts';
import { AuthorizationForm } from './authorizationForm.ts';
import type { NukiServer } from './nukiServer.ts';
import { openHome, type HomeWindow, type HomeWindowOptions } from './windows.ts';

/** A simulated home, a window that shows it as an account, and the form in it. */
export class AuthorizationHome {
  readonly nuki: NukiServer;
  readonly window: Workbench;
  readonly form: AuthorizationForm;
  #seen = 0;

  private constructor({ nuki, window }: HomeWindow) {
    this.nuki = nuki;
    this.window = window;
    this.form = new AuthorizationForm(window);
  }

  static async open(options?: HomeWindowOptions): Promise<AuthorizationHome> {
    return new AuthorizationHome(await openHome(options));
  }

  /** Makes the sidebar so many pixels wide, and shows the authorizations of the front door in it. */
  async showFrontDoor(width: number): Promise<void> {
    await this.window.widenSidebar(width);
    await this.window.expand('Front Door');
    await this.window.row('Family').waitFor();
  }

  onLock(smartlockId: number, name: string) {
    return this.nuki.home.authorizationsOnLock(smartlockId).find((entry) => entry.name === name);
  }

  /** Everything that was asked to be changed since the last time this was asked. */
  writes(): readonly string[] {
    const all = this.nuki.home.exchanges.all.filter(({ method }) => method !== 'GET');
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
