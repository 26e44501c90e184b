// A whole VS Code from the npm package code-server: prepared once, then started as often as needed.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cache } from './folders.ts';
import { startReverseProxy } from './reverseProxy.ts';
import { npm } from './npm.ts';

/** The packages that are known to work, and the major version of Node that each asks for. */
const releases = {
  '4.139.1': { vscode: '1.139.1', node: 24 },
  '4.103.2': { vscode: '1.103.2', node: 22 }, // under Node 24 its extension host hangs
} as const;

export type Release = keyof typeof releases;

/** CODE_SERVER_VERSION=4.103.2 npm run test:host tests with the oldest VS Code that there is here. */
function chosenRelease(): Release {
  const chosen = process.env['CODE_SERVER_VERSION'] ?? '4.139.1';
  if (chosen === '4.139.1' || chosen === '4.103.2') return chosen;
  throw new Error(`CODE_SERVER_VERSION is one of ${Object.keys(releases).join(', ')}`);
}

/** A VS Code on this disk. */
export interface Installation {
  readonly vscode: string;
  /** The folder lib/vscode of the package. */
  readonly folder: string;
  readonly node: string;
}

export interface Folders {
  /** Settings, logs and what extensions keep; made when missing. */
  readonly data: string;
  readonly extensions: string;
}

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  stop(): Promise<void>;
}

export interface ServerOptions extends Folders {
  /** Default: any free one. */
  readonly port?: number;
  /** For the server and with it for every extension. */
  readonly env?: Readonly<Record<string, string>>;
  /** The id of a view that a window shows when it opens for the first time. */
  readonly firstView?: string;
  /** The extensions of VS Code's own that its windows have, by their folders' names; all of them unless told. */
  readonly builtIns?: readonly string[];
  /** Seconds that an extension host outlives its window; three hours unless told. */
  readonly graceTime?: number;
  /** Lets the page's payload load an extension from its sources and run its tests. */
  readonly development?: boolean;
}

/** Downloads what is missing into .vscode-test/; several processes may do so at once. */
export async function prepareVSCode(release = chosenRelease()): Promise<Installation> {
  const { vscode, node } = releases[release];
  const folder = join(cache, `code-server-${release}`);
  if (!existsSync(folder)) {
    console.log(`Preparing VS Code ${vscode} in ${folder} (once, about half a minute) …`);
    await makeFolder(folder, (part) => unpack(part, release));
  }
  await replaceLogModule(join(folder, 'lib', 'vscode'));
  return { vscode, folder: join(folder, 'lib', 'vscode'), node: await prepareNode(node) };
}

/** Fills a folder under another name and renames it at the end, so that it is there whole or not at all. */
async function makeFolder(folder: string, fill: (part: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const part = await mkdtemp(`${folder}.part-`);
  try {
    await fill(part);
    await rename(part, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // otherwise another process was quicker
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function unpack(part: string, release: Release): Promise<void> {
  const archive = (await npm(part, 'pack', '--silent', `code-server@${release}`)).trim();
  // Through stdin, because some tar programs take "C:" for the name of a machine.
  const tar = spawn('tar', ['-xzf', '-', '--strip-components=1'], { cwd: part, stdio: ['pipe', 'inherit', 'inherit'] });
  createReadStream(join(part, archive)).pipe(tar.stdin);
  if ((await exitCode(tar)) !== 0) throw new Error(`tar could not unpack ${archive}`);
  await rm(join(part, archive));
  await npm(join(part, 'lib', 'vscode'), 'install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund');
}

async function replaceLogModule(folder: string): Promise<void> {
  const part = join(await mkdtemp(join(folder, 'part-')), 'index.js'); // another process may be loading it
  await copyFile(fileURLToPath(new URL('spdlog.cjs', import.meta.url)), part);
  await rename(part, join(folder, 'node_modules', '@vscode', 'spdlog', 'index.js'));
  await rm(dirname(part), { recursive: true });
}

/** This very Node where it is the right one, else the npm package `node` in a folder of its own. */
async function prepareNode(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const folder = join(cache, `node-${major}`);
  if (!existsSync(folder)) {
    await makeFolder(folder, async (part) => {
      await npm(part, 'install', '--prefix', part, '--no-save', '--no-audit', '--no-fund', `node@${major}`);
    });
  }
  return join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

export async function installExtension(installation: Installation, folders: Folders, vsix: string): Promise<void> {
  await mkdir(folders.extensions, { recursive: true }); // 1.103 ends with an error where it is missing
  const child = runServerProgram(installation, folders, ['--install-extension', vsix, '--force']);
  const output = collect(child);
  if ((await exitCode(child)) !== 0) throw new Error(`${vsix} was not installed:\n${output()}`);
}

/** Starts the server on 127.0.0.1 and waits until it listens. */
export async function startServer(installation: Installation, options: ServerOptions): Promise<Server> {
  const args = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
  args.push('--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust');
  if (options.development) args.push('--enable-smoke-test-driver'); // without it the workbench ignores the payload
  if (options.graceTime !== undefined) args.push('--reconnection-grace-time', String(options.graceTime));
  if (options.builtIns) args.push('--builtin-extensions-dir', await copyBuiltIns(installation, options));
  const child = runServerProgram(installation, options, args, options.env);
  const output = collect(child);
  const ended = exitCode(child);
  const stopWithUs = () => child.kill();
  process.once('exit', stopWithUs);

  const inner = await new Promise<number>((found, failed) => {
    child.stdout?.on('data', () => {
      const listening = /Extension host agent listening on (\d+)/.exec(output());
      if (listening) found(Number(listening[1]));
    });
    void ended.then((code) => failed(new Error(`the VS Code server ended with ${String(code)}:\n${output()}`)));
  });
  const keyFile = join(options.data, 'secret-key');
  const proxy = await startReverseProxy({
    server: inner,
    port: options.port ?? 0,
    keyFile,
    firstView: options.firstView,
  });
  const { port } = proxy;
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    data: options.data,
    async stop() {
      process.off('exit', stopWithUs);
      proxy.close();
      const below = await processesBelow(child.pid);
      child.kill();
      const force = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(force);
      await endAll(below);
    },
  };
}

/** The ids of a server's extension hosts and file watchers, which may outlive it by hours; none where there is no `ps`. */
async function processesBelow(server: number | undefined): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']).catch(() => ({ stdout: '' }));
  const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  return rows.flatMap(([id = 0, parent]) => (parent === server ? [id] : []));
}

/** After the five seconds that VS Code gives its extensions for their deactivation. */
async function endAll(ids: readonly number[]): Promise<void> {
  const deadline = Date.now() + 6000;
  while (ids.some((id) => signal(id, 0)) && Date.now() < deadline) await pause(50);
  for (const id of ids) signal(id, 'SIGKILL');
}

/** @returns whether there is such a process */
function signal(id: number, name: 'SIGKILL' | 0): boolean {
  try {
    return process.kill(id, name);
  } catch {
    return false;
  }
}

/** A window with all of them takes a quarter more processor time to open. @returns their folder */
async function copyBuiltIns({ folder }: Installation, { data, builtIns = [] }: ServerOptions): Promise<string> {
  const target = join(data, 'built-in-extensions');
  for (const name of builtIns) await cp(join(folder, 'extensions', name), join(target, name), { recursive: true });
  return target;
}

function runServerProgram(
  { node, folder }: Installation,
  { data, extensions }: Folders,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const place = ['--server-data-dir', data, '--extensions-dir', extensions];
  return spawn(node, [join('out', 'server-main.js'), ...args, ...place], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a program has printed so far, for an error message; the server complains of modules that nothing here needs. */
function collect(child: ChildProcess): () => string {
  let output = '';
  const keep = (text: string) => (output = (output + text).slice(-8000));
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  return () => output;
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', done);
  });
}
