// A VS Code with the extension and its rivals, and what a bench does in its windows.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import * as v from 'valibot';
import { installExtension, prepareVSCode, startServer, type Server } from '../../../test/vscode/codeServer.ts';
import { forgetRecords, launchBrowser, openWorkbench, type Workbench } from '../../../test/vscode/page.ts';
import { within } from '../within.ts';
import { Cloud, type Host } from './cloud.ts';
import { packages } from './packages.ts';

/** Holds how many accounts the extension has: a window that shows it starts it before it knows the settings. */
const accountsFile = 'accounts';

export class Editor {
  readonly cloud: Cloud;
  readonly #folder: string;
  readonly #browser: Browser;
  readonly #server: Server;

  private constructor(cloud: Cloud, folder: string, browser: Browser, server: Server) {
    this.cloud = cloud;
    this.#folder = folder;
    this.#browser = browser;
    this.#server = server;
  }

  /** @throws with a sentence, where one of the steps does not end */
  static async open(): Promise<Editor> {
    const folder = await mkdtemp(join(tmpdir(), 'keyturner-bench-'));
    const installation = await within(180, 'Preparing VS Code', prepareVSCode());
    const folders = { data: join(folder, 'data'), extensions: join(folder, 'extensions') };
    for (const vsix of await within(60, 'Packing the extensions', packages(folder)))
      await within(60, `Installing ${vsix}`, installExtension(installation, folders, vsix));
    const cloud = await Cloud.open();
    const env = { KEYTURNER_BENCH_URL: cloud.url, KEYTURNER_BENCH_ACCOUNTS: join(folder, accountsFile) };
    // Before the server: it ends with this process, whatever fails then.
    const browser = await within(60, 'Starting the browser', launchBrowser());
    const server = await within(
      60,
      'Starting VS Code',
      startServer(installation, { ...folders, env, builtIns: ['theme-defaults'] }),
    );
    return new Editor(cloud, folder, browser, server);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    this.cloud.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A window in a fresh profile, in which nothing of ours or of a rival is active yet. The extension has so many accounts from now on. */
  async window(accounts: number): Promise<Window> {
    await forgetRecords(this.#server.data);
    await writeFile(join(this.#folder, accountsFile), String(accounts));
    const settings = { 'workbench.list.smoothScrolling': false };
    const arrival = this.cloud.nextHost();
    const workbench = await openWorkbench(this.#browser, this.#server, { settings });
    return new Window(workbench, this.cloud, await arrival);
  }
}

export class Window {
  readonly workbench: Workbench;
  readonly #cloud: Cloud;
  #host: Host;

  constructor(workbench: Workbench, cloud: Cloud, host: Host) {
    this.workbench = workbench;
    this.#cloud = cloud;
    this.#host = host;
  }

  /**
   * Has VS Code load the window again, which shows what it did, with a fresh extension host, in which nothing is active that the window does
   * not show.
   */
  async reload(): Promise<void> {
    const [host, arrival] = [this.#host, this.#cloud.nextHost()];
    host.do({ do: 'run', command: 'workbench.action.reloadWindow' }).catch(() => undefined); // it ends before it answers
    this.#host = await arrival;
    host.end();
    await this.workbench.ready();
  }

  async close(): Promise<void> {
    await this.workbench.close();
    this.#host.end();
  }

  /** Milliseconds. */
  async activate(id: string): Promise<number> {
    return Number(await this.#host.do({ do: 'activate', id }));
  }

  /** Bytes. */
  async heap(): Promise<number> {
    return Number(await this.#host.do({ do: 'heap' }));
  }

  /** Starts a command and tells when, in milliseconds since 1970. */
  async run(command: string, ...args: readonly unknown[]): Promise<number> {
    return Number(await this.#host.do({ do: 'run', command, args }));
  }

  /** When a tree has last told VS Code of changed rows, in milliseconds since 1970. */
  async told(): Promise<number> {
    return Number(await this.#host.do({ do: 'told' }));
  }

  /** Gives the twin the rows of our tree in this window, also those below so many devices. */
  async copyRows(devices: number): Promise<void> {
    this.#cloud.rows = v.parse(v.string(), await this.#host.do({ do: 'rows', devices }));
  }
}
