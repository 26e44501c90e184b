// A VS Code with the extension and its rivals, a server for what they fetch, and a probe in the extension host.
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import * as v from 'valibot';
import { stageExtension } from '../../esbuild.mjs';
import { installExtension, prepareVSCode, startServer, type Server } from '../../test/vscode/codeServer.ts';
import { forgetRecords, launchBrowser, openWorkbench, type Workbench } from '../../test/vscode/page.ts';
import { authorizationsOf } from './fixtures/people.ts';

/** What the probe is asked to do in the extension host. */
export type Task =
  | { readonly do: 'activate'; readonly id: string }
  | { readonly do: 'heap' }
  | { readonly do: 'run'; readonly command: string; readonly args?: readonly unknown[] }
  | { readonly do: 'watched' }
  | { readonly do: 'end' }
  | { readonly do: 'hover'; readonly text: string };

export const ours = 'keyturner.keyturner';
export const empty = 'bench.empty';
export const plain = 'bench.plain';

/** What the server answers. */
export interface Scene {
  /** Of `GET /smartlock`, as JSON. */
  devices: string;
  /** Milliseconds before an answer. */
  latency: number;
  /** The paths that were asked for by the extension or a rival. */
  readonly requests: string[];
}

/** What VS Code has asked of the tree, and when the tree said (ms since 1970) that so many rows have changed. */
const watchedSchema = v.object({
  getChildren: v.number(),
  getTreeItem: v.number(),
  changes: v.array(v.object({ at: v.number(), rows: v.number() })),
});

const authorizationsPerDevice = 200;

export class Editor {
  readonly scene: Scene = { devices: '[]', latency: 0, requests: [] };
  readonly #folder: string;
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #tasks: Task[] = [];
  readonly #answers: ((answer: unknown) => void)[] = [];
  #probe: ServerResponse | undefined;
  readonly #close: () => void;

  private constructor(folder: string, browser: Browser, server: Server, close: () => void) {
    this.#folder = folder;
    this.#browser = browser;
    this.#server = server;
    this.#close = close;
  }

  static async open(): Promise<Editor> {
    const folder = await mkdtemp(join(tmpdir(), 'keyturner-bench-'));
    const held: { editor?: Editor } = {};
    const http = createServer((incoming, outgoing) => {
      if (held.editor) void held.editor.#answer(incoming, outgoing);
    });
    await once(http.listen(0, '127.0.0.1'), 'listening');
    const address = http.address();
    if (address === null || typeof address === 'string') throw new Error('the bench listens on no port');
    const installation = await prepareVSCode();
    const folders = { data: join(folder, 'data'), extensions: join(folder, 'extensions') };
    for (const vsix of await packages(folder)) await installExtension(installation, folders, vsix);
    const env = { KEYTURNER_BENCH_URL: `http://127.0.0.1:${address.port}` };
    const server = await startServer(installation, { ...folders, env });
    held.editor = new Editor(folder, await launchBrowser(), server, () => {
      http.close();
      http.closeAllConnections();
    });
    return held.editor;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    this.#close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A fresh page, and with it a fresh extension host, in which nothing of ours or of a rival is active yet. */
  async window(accounts = 0): Promise<Workbench> {
    this.#probe = undefined;
    this.scene.requests.length = 0;
    const settings = { 'bench.accounts': accounts, 'workbench.list.smoothScrolling': false };
    await forgetRecords(this.#server.data);
    const window = await openWorkbench(this.#browser, this.#server, { settings });
    await this.#do({ do: 'activate', id: 'bench.first' }); // what the very first activation costs is no extension's own
    return window;
  }

  /** Closes a window and ends its extension host, which VS Code would keep for hours. */
  async end(window: Workbench): Promise<void> {
    await this.#do({ do: 'end' });
    this.#probe = undefined;
    await window.close();
  }

  /** Milliseconds. */
  async activate(id: string): Promise<number> {
    return Number(await this.#do({ do: 'activate', id }));
  }

  /** Bytes. */
  async heap(): Promise<number> {
    return Number(await this.#do({ do: 'heap' }));
  }

  /** Starts a command and tells when, in milliseconds since 1970. */
  async run(command: string, ...args: readonly unknown[]): Promise<number> {
    return Number(await this.#do({ do: 'run', command, args }));
  }

  async watched(): Promise<v.InferOutput<typeof watchedSchema>> {
    return v.parse(watchedSchema, await this.#do({ do: 'watched' }));
  }

  /** Milliseconds of each of some hovers. */
  async hover(text: string): Promise<readonly number[]> {
    return v.parse(v.array(v.number()), await this.#do({ do: 'hover', text }));
  }

  async #do(task: Task): Promise<unknown> {
    this.#tasks.push(task);
    this.#giveTask();
    const answer = await new Promise<unknown>((resolve) => this.#answers.push(resolve));
    if (typeof answer === 'object' && answer !== null && 'error' in answer) throw new Error(String(answer.error));
    return answer;
  }

  #giveTask(): void {
    if (!this.#probe || this.#tasks.length === 0) return;
    this.#probe.end(JSON.stringify({ task: this.#tasks.shift() }));
    this.#probe = undefined;
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname } = new URL(incoming.url ?? '/', 'http://bench');
    if (pathname === '/task') {
      this.#probe = outgoing;
      return this.#giveTask();
    }
    if (pathname === '/answer') {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      outgoing.end();
      return this.#answers.shift()?.(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    }
    this.scene.requests.push(pathname);
    // Of several accounts the devices are the first one's.
    const isOther = /-[89]$/.test(incoming.headers.authorization ?? '');
    const text = isOther ? '[]' : this.#answerTo(pathname);
    outgoing.setHeader('content-type', 'application/json');
    setTimeout(() => outgoing.end(text), this.scene.latency);
  }

  #answerTo(pathname: string): string {
    if (pathname === '/smartlock') return this.scene.devices;
    const [, device] = /^\/smartlock\/(\d+)\/auth$/.exec(pathname) ?? [];
    return device === undefined ? '[]' : JSON.stringify(authorizationsOf(Number(device), authorizationsPerDevice));
  }
}

async function packages(folder: string): Promise<readonly string[]> {
  return [
    await extension(folder),
    await rival(folder, 'first', 'empty', {}),
    await rival(folder, 'empty', 'empty', {}),
    await rival(folder, 'probe', 'probe', { activationEvents: ['*'] }),
    await rival(folder, 'plain', 'plain', {
      contributes: {
        viewsContainers: { activitybar: [{ id: 'plain', title: 'Plain', icon: '$(list-tree)' }] },
        views: { plain: [{ id: 'plain.devices', name: 'Plain' }] },
      },
    }),
  ];
}

/** Ours, which does not start by itself: when it does is what is measured. */
async function extension(folder: string): Promise<string> {
  const place = join(folder, 'keyturner');
  await stageExtension({ entry: 'quality/bench/fixtures/entry.ts', folder: place });
  const manifest = join(place, 'package.json');
  const whole = v.parse(v.looseObject({}), JSON.parse(readFileSync(manifest, 'utf8')));
  writeFileSync(manifest, JSON.stringify({ ...whole, activationEvents: [] }));
  return await pack(folder, 'keyturner');
}

async function rival(folder: string, name: string, source: string, more: object): Promise<string> {
  const place = join(folder, name);
  mkdirSync(place);
  const engines = { vscode: '^1.103.0' };
  const manifest = { name, publisher: 'bench', version: '1.0.0', engines, main: 'main.js', activationEvents: [] };
  writeFileSync(join(place, 'package.json'), JSON.stringify({ ...manifest, ...more }));
  await build({
    entryPoints: [join(import.meta.dirname, 'fixtures', `${source}.ts`)],
    outfile: join(place, 'main.js'),
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return await pack(folder, name);
}

async function pack(folder: string, name: string): Promise<string> {
  const packagePath = join(folder, `${name}.vsix`);
  const lenient = { dependencies: false, allowMissingRepository: true, skipLicense: true, allowStarActivation: true };
  await createVSIX({ cwd: join(folder, name), packagePath, ...lenient });
  return packagePath;
}
