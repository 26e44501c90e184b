// npm run test:workbench: both packages in VS Code, and mocha over this folder's tests, which drive them through the page, several files at
// a time. Arguments go to mocha: npm run test:workbench -- --grep "demo home"; --jobs 1 runs one file after the other.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from '../../esbuild.mjs';
import { scan } from '../secrets.ts';
import {
  installExtension,
  prepareVSCode,
  startServer,
  type Installation,
  type Server,
  type ServerOptions,
} from '../vscode/codeServer.ts';
import { failureFolder, repository } from '../vscode/folders.ts';
import { freePort } from '../vscode/ports.ts';
import { pseudoFiles } from './languages.ts';
import { deadToken, goodToken, listOnlyToken, noAuthorizationsToken } from './nukiServer.ts';
import { temporaryFolder, type TestServers, type WorkerSetup } from './workers.ts';

/** Windows wait more than they work: as many as keep two processors busy. */
const usualJobs = 4;

const { values } = parseArgs({ options: { jobs: { type: 'string', short: 'j' } }, strict: false });
const jobs = Number(values.jobs ?? usualJobs);

await rm(join(failureFolder, 'workbench'), { recursive: true, force: true });
const folder = await mkdtemp(join(tmpdir(), 'keyturner-workbench-'));
const startedAt = Date.now();
const servers: Server[] = [];
try {
  const installation = await prepareVSCode();
  const shippedExtensions = await install(installation, 'shipped', 'src/extension.ts', {});
  const forwardedExtensions = await install(installation, 'forwarded', 'test/workbench/entry.ts', pseudoFiles);
  const [shipped, ...workers] = await Promise.all([
    serve(installation, join(folder, 'shipped'), { extensions: shippedExtensions }),
    ...Array.from({ length: jobs }, (_, index) => startWorkerServer(installation, `${index}`, forwardedExtensions)),
  ]);
  const file = join(folder, 'test-servers.json');
  await writeFile(file, JSON.stringify({ shipped: addressOf(shipped), workers } satisfies TestServers));
  process.exitCode = await runMocha({ KEYTURNER_TEST_SERVERS: file, KEYTURNER_STARTED_AT: String(startedAt) });
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  lookForTokens();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 }); // an extension host that was killed may still be writing
}

/** Packages the extension, built from `entry`, as users get it but for the files in `more`. @returns where it is installed */
async function install(
  installation: Installation,
  name: string,
  entry: string,
  more: Readonly<Record<string, string>>,
): Promise<string> {
  const vsix = join(folder, `${name}.vsix`);
  const extensions = join(folder, `${name}-extensions`);
  await packageExtension({ entry, to: vsix, more });
  await installExtension(installation, { data: join(folder, `${name}-data`), extensions }, vsix);
  return extensions;
}

async function startWorkerServer(installation: Installation, name: string, extensions: string): Promise<WorkerSetup> {
  const workerFolder = join(folder, name);
  const nukiPort = await freePort();
  const env = { KEYTURNER_NUKI_PORT: String(nukiPort), KEYTURNER_STARTED_AT: String(startedAt) };
  const builtIns = ['theme-defaults', 'json'];
  const server = await serve(installation, workerFolder, { extensions, env, builtIns });
  return { folder: workerFolder, nukiPort, forwarded: addressOf(server) };
}

async function serve(
  installation: Installation,
  serverFolder: string,
  options: Omit<ServerOptions, 'data'>,
): Promise<Server> {
  const temporary = temporaryFolder(serverFolder);
  await mkdir(temporary, { recursive: true });
  const env = { ...options.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  const data = join(serverFolder, 'data');
  const server = await startServer(installation, { ...options, data, env, graceTime: 30 });
  servers.push(server);
  return server;
}

function addressOf({ url, data }: Server): WorkerSetup['forwarded'] {
  return { url, data };
}

/** In everything that all windows of all tests have left on the server's side. */
function lookForTokens(): void {
  const tokens = [goodToken, listOnlyToken, noAuthorizationsToken, deadToken];
  const { files, hits } = scan(folder, tokens);
  if (hits.length === 0) return;
  console.error(
    `The windows of the tests have left tokens in ${hits.length} of ${files.length} files:\n${hits.join('\n')}`,
  );
  process.exitCode = 1;
}

function runMocha(env: Readonly<Record<string, string>>): Promise<number> {
  const mocha = join(repository, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const args = [
    '--parallel',
    '--exit', // the browser of a single job would go on
    '--jobs',
    String(jobs),
    '--timeout',
    '120000',
    '--require',
    './test/workbench/windows.ts',
  ];
  const child = spawn(process.execPath, [mocha, ...args, ...ownArguments(), ...testFiles()], {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

/** What mocha is to be told besides. */
function ownArguments(): readonly string[] {
  const given = process.argv.slice(2);
  const place = given.findIndex((argument) => /^(--jobs|-j)$/.test(argument));
  return place === -1 ? given.filter((argument) => !argument.startsWith('--jobs=')) : given.toSpliced(place, 2);
}

/** What takes longest comes first: what a worker begins late should be short. */
function testFiles(): readonly string[] {
  const slowest = ['demo', 'accessFile', 'actions', 'interruptions', 'account', 'actionFaults', 'authorizationForm'];
  const longest = slowest.concat(
    'authorizationFaults',
    'languages',
    'authorizations',
    'developer',
    'canaries',
    'faults',
  );
  const first = longest.map((name) => `${name}.test.ts`);
  const others = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts') && !first.includes(name));
  return [...first, ...others].map((name) => join('test', 'workbench', name));
}
