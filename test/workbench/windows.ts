// Windows for the tests: each of mocha's workers has one browser and its own servers. mocha requires this file for its hooks.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { HomeOptions } from '../../src/simulator/home.ts';
import { findChromium } from '../vscode/chromium.ts';
import { keepPages } from '../vscode/failures.ts';
import { failureFolder } from '../vscode/folders.ts';
import { forgetRecords, launchBrowser, openWorkbench, type Workbench, type WorkbenchOptions } from '../vscode/page.ts';
import { goodToken, startNuki, type NukiServer } from './nukiServer.ts';
import { ownWorker, readTestServers, temporaryFolder, unhandledFile } from './workers.ts';

const own: { browser?: Promise<Browser> } = {};
const opened = new Set<Workbench>();
const homes = new Set<NukiServer>();

/** Before any worker looks for it: two that install it at once would be in each other's way. */
export function mochaGlobalSetup(): void {
  findChromium();
}

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    const { currentTest } = this;
    if (currentTest?.state !== 'failed') return;
    const kept = await keepWindows(currentTest.fullTitle());
    const { err } = currentTest;
    if (err) err.stack = `${err.stack ?? err.message}\n${kept}`;
  },

  async afterAll(): Promise<void> {
    await closeAll();
    assert.equal(takeUnhandled(), '', 'the extension has left a rejection unhandled');
  },
};

/** The rejections that the extension has left unhandled since this was last asked. */
export function takeUnhandled(): string {
  const file = unhandledFile(temporaryFolder(ownWorker().folder));
  const rejections = existsSync(file) ? readFileSync(file, 'utf8') : '';
  rmSync(file, { force: true });
  return rejections;
}

/** Nothing moves that costs processor time: no icon turns, no cursor blinks. */
function still({ settings, ...options }: WorkbenchOptions): WorkbenchOptions {
  return { reducedMotion: true, ...options, settings: { 'editor.cursorBlinking': 'solid', ...settings } };
}

/** The package that users get. */
export async function openShipped(options: WorkbenchOptions = {}): Promise<Workbench> {
  return await open(readTestServers().shipped, still(options));
}

/**
 * The package whose requests go to the home that listens on `nukiPort()`. Nothing is read again before a test asks for it, which would
 * take "confirmed" away.
 */
export async function openForwarded({ settings = {}, ...options }: WorkbenchOptions = {}): Promise<Workbench> {
  const { forwarded } = ownWorker();
  await forgetRecords(forwarded.data);
  return await open(forwarded, still({ ...options, settings: { 'nuki.refreshInterval': 3600, ...settings } }));
}

/** Another window of the same user. */
export async function openAnother(window: Workbench): Promise<Workbench> {
  const another = await window.openAnother();
  opened.add(another);
  return another;
}

export function nukiPort(): number {
  return ownWorker().nukiPort;
}

/** A home for the windows of `openForwarded`, one at a time: the same as the demo's but for `changes`. */
export async function startHome(changes?: Partial<HomeOptions>): Promise<NukiServer> {
  const nuki = await startNuki(nukiPort(), changes);
  homes.add(nuki);
  return nuki;
}

/** Closes every window and home; whatever was opened, also by a hook that failed half-way. */
export async function closeAll(): Promise<void> {
  await Promise.all([...opened, ...homes].map((each) => each.close()));
  opened.clear();
  homes.clear();
}

export interface HomeWindow {
  readonly nuki: NukiServer;
  readonly window: Workbench;
}

export interface HomeWindowOptions extends WorkbenchOptions {
  readonly token?: string;
  readonly home?: Partial<HomeOptions>;
}

/** A simulated home, and a window that shows it as the account of Anna Berger. */
export async function openHome({ token = goodToken, home, ...options }: HomeWindowOptions = {}): Promise<HomeWindow> {
  const nuki = await startHome(home);
  const window = await openForwarded(options);
  try {
    await window.openSidebar();
    await addAccount(window, token);
    return { nuki, window };
  } catch (error) {
    throw await withPictures(error);
  }
}

/** Adds the account in a window whose sidebar is open. */
export async function addAccount(window: Workbench, token = goodToken): Promise<void> {
  await window.runCommand('Nuki: Add Account…');
  await window.fillInput(token);
  await window.row(/^Anna Berger\s*\d+ devices/).waitFor();
}

async function open(server: { url: string; data: string }, options?: WorkbenchOptions): Promise<Workbench> {
  own.browser ??= launchBrowser();
  try {
    return await openWorkbench(await own.browser, server, options, (window) => opened.add(window));
  } catch (error) {
    throw await withPictures(error);
  }
}

/** An error of a hook, after which mocha calls no `afterEach`. */
async function withPictures(error: unknown): Promise<unknown> {
  const kept = await keepWindows('a window opens');
  if (error instanceof Error) error.stack = `${error.stack ?? error.message}\n${kept}`;
  return error;
}

/** Keeps what the open windows show. @returns where */
async function keepWindows(test: string): Promise<string> {
  const pages = [...opened].map(({ page }) => page).filter((page) => !page.isClosed());
  return await keepPages(pages, join(failureFolder, 'workbench'), test);
}
