// Windows for the tests: one browser, and a server for each of the two packages, which run.ts has started.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { measured } from '../hardening/figures.ts';
import { cache } from '../vscode/folders.ts';
import { launchBrowser, openWorkbench, type Workbench, type WorkbenchOptions } from '../vscode/page.ts';
import { unhandledFile } from './unhandled.ts';

const browser = launchBrowser();
const opened: Workbench[] = [];

afterEach(async function () {
  if (this.currentTest?.state === 'failed') await keepScreenshots(this.currentTest.fullTitle());
});

after(async () => {
  await (await browser).close();
  const unhandled = takeUnhandled();
  measured('G3', unhandled || 'no unhandled rejection in the window', unhandled === '');
});

/** The rejections that the extension has left unhandled since this was last asked. */
export function takeUnhandled(): string {
  const file = unhandledFile(String(nukiPort()));
  const rejections = existsSync(file) ? readFileSync(file, 'utf8') : '';
  rmSync(file, { force: true });
  return rejections;
}

/** The package that users get. */
export async function openShipped(options?: WorkbenchOptions): Promise<Workbench> {
  return await open('SHIPPED', options);
}

/** The package whose requests go to the home that listens on `nukiPort()`. */
export async function openForwarded(options?: WorkbenchOptions): Promise<Workbench> {
  return await open('FORWARDED', options);
}

export function nukiPort(): number {
  return Number(environment('KEYTURNER_NUKI_PORT'));
}

type Variant = 'SHIPPED' | 'FORWARDED';

async function open(variant: Variant, options?: WorkbenchOptions): Promise<Workbench> {
  const window = await openWorkbench(await browser, serverOf(variant), options);
  opened.push(window);
  return window;
}

/** What the windows showed when a test failed. */
async function keepScreenshots(test: string): Promise<void> {
  const name = test.replaceAll(/[^\p{L}\d]+/gu, '-');
  for (const [index, window] of opened.filter(({ page }) => !page.isClosed()).entries()) {
    await window.screenshot(join(cache, 'failures', `${name}-${index + 1}.png`));
  }
}

function serverOf(variant: Variant) {
  return { url: environment(`KEYTURNER_${variant}_URL`), data: environment(`KEYTURNER_${variant}_DATA`) };
}

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests by npm run test:workbench`);
  return value;
}
