// Opens a workbench in a browser and drives it as a user does. Every step waits for what it needs on the screen.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import { findChromium } from './chromium.ts';
import type { Server } from './codeServer.ts';
import { textOf } from './failures.ts';
import { quiet, readUserSettings, writeUserSettings, type Settings } from './settings.ts';

export type Theme =
  | 'Default Dark Modern'
  | 'Default Light Modern'
  | 'Default High Contrast'
  | 'Default High Contrast Light';

/** What the theme is called in the list of themes, and the class that it gives to the window. */
const themes: Readonly<Record<Theme, { readonly label: string; readonly ui: string }>> = {
  'Default Dark Modern': { label: 'Dark Modern', ui: 'vs-dark' },
  'Default Light Modern': { label: 'Light Modern', ui: 'vs' },
  'Default High Contrast': { label: 'Dark High Contrast', ui: 'hc-black' },
  'Default High Contrast Light': { label: 'Light High Contrast', ui: 'hc-light' },
};

export interface WorkbenchOptions {
  readonly theme?: Theme;
  readonly reducedMotion?: boolean;
  /** A language such as "de": extensions speak it, VS Code itself stays English for want of a language pack. */
  readonly locale?: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Settings;
  /** The workspace folder to open; without one the window is empty. */
  readonly folder?: string;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ].concat('--disable-component-update', '--disable-sync'),
  });
}

const starting = 90_000; // ms, on a slow machine

/**
 * A fresh browser profile with one workbench window: nothing of an earlier window's state or secrets is left, and the
 * server's user settings are replaced. Windows open on the same server share these settings.
 */
export async function openWorkbench(
  browser: Browser,
  server: Pick<Server, 'url' | 'data'>,
  { theme = 'Default Dark Modern', reducedMotion = false, locale, settings = {}, folder }: WorkbenchOptions = {},
  /** Told of the window before it can be used, for the picture of one that never can. */
  onOpen: (workbench: Workbench) => void = () => undefined,
): Promise<Workbench> {
  const motion: Settings = reducedMotion ? { 'workbench.reduceMotion': 'on' } : {};
  await writeUserSettings(server.data, { ...quiet, 'workbench.colorTheme': theme, ...motion, ...settings });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    colorScheme: theme.includes('Light') ? 'light' : 'dark',
    ...(locale ? { locale } : {}),
  });
  context.setDefaultTimeout(30_000);
  context.setDefaultNavigationTimeout(starting);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  if (reducedMotion) await context.addInitScript(stopTurning);
  if (locale)
    await context.addInitScript((language) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language }), locale);
  const workbench = new Workbench(await context.newPage(), context, server);
  onOpen(workbench);
  // ew: an empty window, not the folder of last time
  await workbench.page.goto(`${server.url}?${folder ? `folder=${encodeURIComponent(folder)}` : 'ew=true'}`);
  await workbench.ready();
  return workbench;
}

/** For each frame of a page: VS Code moves these, also for those who want no motion, which draws the window 60 times a second. */
export function stopTurning(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `.progress-bit, .codicon-modifier-spin, .codicon-modifier-spin::before { animation: none !important; }
    .scrollbar { transition: none !important; }`,
  );
  document.adoptedStyleSheets.push(sheet);
}

/** Forgets what the windows of a server share, and what they left unsaved: it is kept on the server's side, where a fresh browser profile leaves it. */
export async function forgetRecords(data: string): Promise<void> {
  for (const folder of [join('globalStorage', 'keyturner.keyturner'), 'Backups'])
    await rm(join(data, 'data', 'User', folder), { recursive: true, force: true });
}

/** Milliseconds between a question and the user's answer: the extension takes a faster yes for a slip and asks again. */
const readingTime = 500;

/** A text to look for: a string means the whole label, an expression any part of what is shown. */
export type Text = string | RegExp;

export class Workbench {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #server: Pick<Server, 'url' | 'data'>;

  constructor(page: Page, context: BrowserContext, server: Pick<Server, 'url' | 'data'>) {
    this.page = page;
    this.#context = context;
    this.#server = server;
  }

  async ready(): Promise<void> {
    await this.page.locator('.statusbar-item').first().waitFor({ timeout: starting });
    await this.#activity('Nuki').waitFor({ timeout: starting });
  }

  /** Opens another window of the same user: state and secrets are shared. */
  async openAnother(): Promise<Workbench> {
    const another = new Workbench(await this.#context.newPage(), this.#context, this.#server);
    await another.page.goto(`${this.#server.url}?ew=true`);
    await another.ready();
    return another;
  }

  /** Loads the window again in the same browser profile: state and secrets stay. */
  async reload(): Promise<void> {
    const wasOpen = await this.#sidebarTitle.isVisible();
    await this.page.reload();
    await this.ready();
    if (wasOpen) await this.#sidebarTitle.waitFor({ timeout: starting });
  }

  /** Everything that the browser has stored for the window; VS Code stores there what it keeps, a few seconds later. */
  async stored(): Promise<string> {
    return await this.page.evaluate(async () => {
      const kept: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)];
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((opened, failed) => {
          const request = indexedDB.open(name);
          request.addEventListener('success', () => opened(request.result));
          request.addEventListener('error', () => failed(new Error(name)));
        });
        for (const store of database.objectStoreNames) {
          const all = database.transaction(store).objectStore(store).getAll();
          kept.push(await new Promise((read) => all.addEventListener('success', () => read(all.result))));
        }
        database.close();
      }
      return JSON.stringify(kept, (_key, value: unknown) =>
        value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
      );
    });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  async screenshot(path: string, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
    await this.page.screenshot({ path, animations: 'disabled', ...(clip ? { clip } : {}) });
  }

  /** The text of the window and of every frame in it, as far as they answer. */
  async text(): Promise<string> {
    return await textOf(this.page);
  }

  /**
   * Changes one user setting, `undefined` takes it away, and waits until the window has read it. It goes through the
   * editor, because a window in the browser does not see changes of the file by others.
   */
  async setUserSetting(name: string, value: unknown): Promise<void> {
    const title = `settings ${randomUUID()}`; // shows when the rest counts, too
    const settings = { ...(await readUserSettings(this.#server.data)), [name]: value, 'window.title': title };
    await this.runCommand('Preferences: Open User Settings (JSON)');
    await this.editorTab('settings.json').waitFor();
    await this.page.locator('.editor-instance .view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(JSON.stringify(settings));
    await this.page.keyboard.press('ControlOrMeta+S');
    await this.page.waitForFunction((expected) => document.title === expected, title);
    await this.runCommand('View: Close Editor');
    await this.editorTab('settings.json').waitFor({ state: 'hidden' });
  }

  /** Chooses a theme as the user does, and lets pages in the window ask for the light or the dark of it. */
  async setTheme(theme: Theme): Promise<void> {
    const { label, ui } = themes[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.typeInput(label);
    await this.choose(label);
    await this.page.locator(`.monaco-workbench.${ui}`).waitFor();
    await this.page.emulateMedia({ colorScheme: theme.includes('Light') ? 'light' : 'dark' });
  }

  /** Until they are gone: what is opened while they close, such as a menu, closes with them. */
  async closeAllEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await this.editorTab(/./).first().waitFor({ state: 'hidden' });
  }

  /** Runs a command from the palette by its whole title, such as "Nuki: Add Account…". */
  async runCommand(title: string): Promise<void> {
    while (!(await this.#findCommand(title)));
    await this.choose(title);
  }

  /** @returns whether the palette shows the command; `false` where it has closed by itself, as something else took the focus */
  async #findCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    try {
      await this.#quickInput('input').fill(`>${title}`, { timeout: 20_000 });
      await this.option(title).first().waitFor({ timeout: 20_000 });
      return true;
    } catch (error) {
      if (await this.quickInput.isVisible()) throw error;
      return false;
    }
  }

  // The sidebar

  async openSidebar(): Promise<void> {
    const comes = (what: Locator, timeout: number): Promise<boolean> =>
      what.waitFor({ timeout }).then(
        () => true,
        () => false,
      );
    // A window that was loaded again opens it by itself, sooner or later, and a click on what is open would close it.
    if (await comes(this.#sidebarTitle, 2_000)) return;
    await this.#activity('Nuki').click(); // the whole, as a badge may lie upon the icon
    if (!(await comes(this.#sidebarTitle, 20_000))) await this.#activity('Nuki').click();
    // It takes the focus a little later, which would close a palette that was opened meanwhile; unless something else has taken it since.
    await comes(this.sidebar.locator(':focus').first(), 5_000);
    await this.#sidebarTitle.waitFor();
  }

  get #sidebarTitle(): Locator {
    return this.sidebar.locator('.title-label').getByText('Nuki').first();
  }

  /** Drags the sidebar's edge until it is about so many pixels wide. */
  async widenSidebar(width: number): Promise<void> {
    const box = await this.sidebar.boundingBox();
    if (box === null) throw new Error('the sidebar is not open');
    const edge = box.x + box.width + 2;
    await this.page.mouse.move(edge, 500);
    await this.page.mouse.down();
    await this.page.mouse.move(edge + width - box.width, 500, { steps: 5 });
    await this.page.mouse.up();
  }

  get sidebar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** The number on the sidebar's icon. */
  get badge(): Locator {
    return this.#activity('Nuki').locator('.badge-content');
  }

  #activity(label: string): Locator {
    // A badge's tooltip follows the name in the label.
    return this.page.locator('.part.activitybar').getByRole('tab', { name: new RegExp(`^${label}\\b`) });
  }

  get rows(): Locator {
    return this.sidebar.locator('.monaco-list-row');
  }

  /** A tree row by its label, or by any part of its text. */
  row(text: Text): Locator {
    return this.rows.filter(
      typeof text === 'string'
        ? { has: this.page.locator('.label-name', { hasText: whole(text) }) }
        : { hasText: text },
    );
  }

  /** As much of a row's description as is in sight: the end of a long one is cut off. */
  async descriptionInSight(text: Text): Promise<string> {
    return await this.row(text)
      .first()
      .evaluate((row) => {
        const words = row.querySelector('.label-description')?.firstChild;
        if (!words?.textContent) return '';
        const end = (row.querySelector('.monaco-icon-label-container')?.getBoundingClientRect() ?? new DOMRect()).right;
        const range = document.createRange();
        range.setStart(words, 0);
        let shown = 0;
        for (let length = 1; length <= words.textContent.length; length += 1) {
          range.setEnd(words, length);
          if (range.getBoundingClientRect().right <= end) shown = length;
        }
        return words.textContent.slice(0, shown);
      });
  }

  async expand(text: Text): Promise<void> {
    await this.#toggle(text, 'true');
  }

  async collapse(text: Text): Promise<void> {
    await this.#toggle(text, 'false');
  }

  async #toggle(text: Text, expanded: 'true' | 'false'): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === expanded) return;
    await row.locator('.monaco-tl-twistie').click();
    await this.row(text)
      .and(this.page.locator(`[aria-expanded="${expanded}"]`))
      .waitFor();
  }

  /** The titles in a row's context menu, or in a submenu of it, in order; the menu closes again. */
  async menuItems(text: Text, submenu?: string): Promise<readonly string[]> {
    await this.#leaveTree();
    await this.row(text).click({ button: 'right' });
    await this.#menu.first().waitFor();
    if (submenu !== undefined) await this.#pressInMenu(submenu, 'ArrowRight');
    const entries = submenu === undefined ? this.#menu : this.#submenu;
    await entries.first().waitFor();
    const titles = await entries.locator('.action-label').allInnerTexts();
    await this.#closeMenu();
    return titles.filter((title) => title !== '');
  }

  /** Chooses an entry of a row's context menu, or of a submenu of it. */
  async chooseFromMenu(text: Text, ...path: readonly string[]): Promise<void> {
    while (!(await this.#findInMenu(text, path)));
    await this.page.keyboard.press('Enter');
    await this.#menuItem(path.at(-1) ?? '').waitFor({ state: 'hidden' });
  }

  /**
   * @returns whether the last of `path` has the focus now; `false` where the menu has closed by itself, as it may when rows change, or may be
   * that of another row, as the row has moved
   */
  async #findInMenu(text: Text, path: readonly string[]): Promise<boolean> {
    await this.#leaveTree();
    const row = this.row(text);
    const before = await row.boundingBox();
    await row.click({ button: 'right' });
    try {
      await this.#menu.first().waitFor();
      if ((await row.boundingBox())?.y !== before?.y) {
        await this.#closeMenu();
        return false;
      }
      for (const submenu of path.slice(0, -1)) await this.#pressInMenu(submenu, 'ArrowRight');
      await this.#focusInMenu(path.at(-1) ?? '');
      return true;
    } catch (error) {
      if (await this.#menu.first().isVisible()) throw error;
      return false;
    }
  }

  /** The hover of a row that the pointer was left on would cover the rows below it. */
  async #leaveTree(): Promise<void> {
    await this.page.mouse.move(900, 790);
  }

  /** A key for each menu; a submenu may open once more under the pointer meanwhile, and then takes one of its own. */
  async #closeMenu(): Promise<void> {
    for (let tries = 0; tries < 5 && (await this.#menu.first().isVisible()); tries += 1) {
      await this.page.keyboard.press('Escape');
      await this.#menu
        .first()
        .waitFor({ state: 'hidden', timeout: 500 })
        .catch(() => undefined);
    }
    await this.#menu.first().waitFor({ state: 'hidden' });
  }

  /** A key, because a menu takes no click in its first tenth of a second. */
  async #pressInMenu(item: string, key: string): Promise<void> {
    await this.#focusInMenu(item);
    await this.page.keyboard.press(key);
  }

  async #focusInMenu(item: string): Promise<void> {
    await this.#menuItem(item).hover({ timeout: 20_000 });
    await this.#menuItem(item, '.focused > ').waitFor({ timeout: 20_000 });
  }

  /** By its label, beside which a key may stand. */
  #menuItem(item: string, within = ''): Locator {
    return this.page
      .locator(`.context-view .monaco-menu ${within}.action-menu-item`)
      .filter({ has: this.page.locator('.action-label', { hasText: whole(item) }) });
  }

  get #submenu(): Locator {
    return this.page.locator('.context-view .monaco-submenu').getByRole('menuitem');
  }

  get #menu(): Locator {
    return this.page.locator('.context-view .monaco-menu').getByRole('menuitem');
  }

  /** What the hover of a row says, once it says `text`. */
  async readHover(row: Text, text: RegExp): Promise<string> {
    const told = await (await this.hoverOf(this.row(row), text)).innerText();
    await this.page.mouse.move(900, 600);
    return told;
  }

  /** Points at a row until its hover says `text`, anew when the row was redrawn under the pointer. */
  async hoverOf(row: Locator, text: Text): Promise<Locator> {
    const hover = this.page.locator('.workbench-hover').filter({ hasText: text });
    const label = row.locator('.label-name');
    for (let tries = 0; tries < 5 && !(await hover.isVisible()); tries += 1) {
      await this.page.mouse.move(900, 600);
      await label.hover();
      await hover.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    return hover;
  }

  /** Points at the number of a field in the editor until a hover says `words`, and tells what it says, with spaces that do not break. */
  async readFieldHover(field: string, words: RegExp): Promise<string> {
    const line = this.page.locator('.view-line').filter({ hasText: new RegExp(`"${field}":`) });
    const number = line.first().getByText(/^\s*\d+$/);
    const hover = this.page.locator('.monaco-hover').filter({ hasText: words });
    for (let tries = 0; tries < 5 && !(await hover.isVisible()); tries += 1) {
      await this.page.mouse.move(900, 790);
      await number.first().hover();
      await hover.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    return await hover.innerText();
  }

  /** Presses one of the icons at the end of a row. */
  async pressInlineAction(text: Text, action: string): Promise<void> {
    await this.row(text).hover();
    await this.row(text).locator('.actions').getByRole('button', { name: action, exact: true }).click();
  }

  /** Presses an icon in the title of the view. */
  async pressTitleAction(action: string): Promise<void> {
    await this.sidebar.hover();
    await this.sidebar.locator('.title, .pane-header').getByRole('button', { name: action, exact: true }).click();
  }

  // Quick inputs

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget').filter({ visible: true });
  }

  #quickInput(part: string): Locator {
    return this.quickInput.locator(part).filter({ visible: true }).first();
  }

  /** Types into the quick input that is open and presses Enter. */
  async fillInput(value: string): Promise<void> {
    await this.typeInput(value);
    await this.page.keyboard.press('Enter');
  }

  async typeInput(value: string): Promise<void> {
    await this.#quickInput('.quick-input-filter input').fill(value);
  }

  /** Enters a path in VS Code's own dialog for files once that has suggested one with `suggested` in it, anew while it fills its list. */
  async answerFileDialog(title: string, suggested: string, path: string): Promise<void> {
    const input = this.quickInput.locator(`input[aria-label$="${title}"]`);
    await input.waitFor();
    await this.page.waitForFunction(
      (words) => [...document.querySelectorAll('input')].some(({ value }) => value.includes(words)),
      suggested,
    );
    for (let tries = 0; tries < 5 && (await input.isVisible()); tries += 1) {
      await input.fill(path);
      await this.page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden', timeout: 3_000 }).catch(() => undefined);
    }
    await input.waitFor({ state: 'hidden' });
  }

  /** What the open quick input says below its field: the prompt, or what is wrong with the value. */
  get inputMessage(): Locator {
    return this.quickInput.locator('.quick-input-message');
  }

  get options(): Locator {
    return this.quickInput.locator('.quick-input-list .monaco-list-row');
  }

  option(text: Text): Locator {
    return this.options.filter(
      typeof text === 'string'
        ? { has: this.page.locator('.label-name', { hasText: whole(text) }) }
        : { hasText: text },
    );
  }

  /** Clicks an item of the quick pick that is open. */
  async choose(text: Text): Promise<void> {
    await this.page.mouse.move(900, 790); // where it was, it may bring up a hover that covers the option
    await this.option(text).first().click();
  }

  /** Presses a button of an item of the quick pick that is open; it shows when one points at the item. */
  async pressButtonOfOption(text: Text, title: string): Promise<void> {
    const option = this.option(text).first();
    await option.hover();
    await option.getByRole('button', { name: title }).click();
  }

  // Notifications and modal dialogs

  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  notification(text: RegExp): Locator {
    return this.notifications.filter({ hasText: text });
  }

  /** Waits for the notification and gives its whole message. */
  async notificationText(text: RegExp): Promise<string> {
    return await this.notification(text).locator('.notification-list-item-message').first().innerText();
  }

  async pressInNotification(text: RegExp, button: string): Promise<void> {
    await this.notification(text).first().getByRole('button', { name: button, exact: true }).click();
  }

  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Waits for a modal dialog and tells what it says. */
  async readDialog(): Promise<{ message: string; detail: string; buttons: readonly string[] }> {
    await this.dialog.waitFor();
    const detail = this.dialog.locator('.dialog-message-detail');
    return {
      message: await this.dialog.locator('.dialog-message-text').innerText(),
      detail: (await detail.count()) > 0 ? await detail.innerText() : '',
      buttons: await this.dialog.locator('.dialog-buttons .monaco-button').allInnerTexts(),
    };
  }

  /** Presses a key until it brings a dialog: VS Code learns a little later than the row shows it that the row has the focus. */
  async pressForDialog(key: string): Promise<void> {
    while (!(await this.dialog.isVisible())) {
      await this.page.keyboard.press(key);
      await this.dialog.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
  }

  /** Reads as long as a user does at least, presses a button and waits until the dialog is gone; another one may follow at once. */
  async pressInDialog(button: string): Promise<void> {
    const { message } = await this.readDialog();
    await this.page.waitForTimeout(readingTime);
    await this.pressInDialogAtOnce(button);
    await this.dialog.filter({ hasText: message }).waitFor({ state: 'hidden' });
  }

  /** Presses without having read, as by a double click; what then becomes of the dialog is for the caller to see. */
  async pressInDialogAtOnce(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
  }

  // The rest of the window

  statusItem(text: RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** An item that can be pressed, unlike a message that names the same for a while. */
  statusButton(text: RegExp): Locator {
    return this.statusItem(text).getByRole('button');
  }

  async clickStatusItem(text: RegExp): Promise<void> {
    await this.statusButton(text).click();
  }

  editorTab(title: Text): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: title });
  }

  /** The document in the visible webview; where there are several, in the order in which they were opened. */
  webview(place = 0): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').nth(place).frameLocator('#active-frame');
  }
}

function whole(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
