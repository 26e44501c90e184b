// npm run test:workbench: both packages in a VS Code each, and mocha over this folder's tests, which drive them through the page.
// Arguments go to mocha: npm run test:workbench -- --grep "demo home"
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from '../../esbuild.mjs';
import { installExtension, prepareVSCode, startServer, type Server } from '../vscode/codeServer.ts';
import { scan } from '../secrets.ts';
import { note } from '../hardening/figures.ts';
import { cache, repository } from '../vscode/folders.ts';
import { deadToken, goodToken, listOnlyToken, noAuthorizationsToken } from './nukiServer.ts';
import { pseudoFiles } from './languages.ts';

await rm(join(cache, 'failures'), { recursive: true, force: true });
const folder = await mkdtemp(join(tmpdir(), 'keyturner-workbench-'));
const nukiPort = String(await freePort());
const shipped = await serve('shipped', 'src/extension.ts', {});
const forwarded = await serve('forwarded', 'test/workbench/entry.ts', pseudoFiles);
try {
  process.exitCode = await runMocha({
    KEYTURNER_NUKI_PORT: nukiPort,
    KEYTURNER_SHIPPED_URL: shipped.url,
    KEYTURNER_SHIPPED_DATA: shipped.data,
    KEYTURNER_FORWARDED_URL: forwarded.url,
    KEYTURNER_FORWARDED_DATA: forwarded.data,
  });
} finally {
  await Promise.all([shipped.stop(), forwarded.stop()]);
  lookForTokens();
  await rm(folder, { recursive: true, force: true });
}

/** A server whose windows have the extension, built from `entry`, as users get it but for the files in `more`. */
async function serve(name: string, entry: string, more: Readonly<Record<string, string>>): Promise<Server> {
  const vsix = join(folder, `${name}.vsix`);
  const folders = { data: join(folder, name, 'data'), extensions: join(folder, name, 'extensions') };
  await packageExtension({ entry, to: vsix, more });
  const installation = await prepareVSCode();
  await installExtension(installation, folders, vsix);
  return await startServer(installation, { ...folders, env: { KEYTURNER_NUKI_PORT: nukiPort } });
}

/** In everything that all windows of all tests have left on the server's side. */
function lookForTokens(): void {
  const tokens = [goodToken, listOnlyToken, noAuthorizationsToken, deadToken];
  const { files, hits } = scan(folder, tokens);
  const figure = `${hits.length} hits of ${tokens.length} tokens in ${files.length} files of all windows ${hits.join(', ')}`;
  note({ goal: 'G11', measured: figure.trim(), holds: hits.length === 0 });
}

function runMocha(env: Readonly<Record<string, string>>): Promise<number> {
  const mocha = join(repository, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const args = [mocha, '--timeout', '90000', ...process.argv.slice(2), 'test/workbench/**/*.test.ts'];
  const child = spawn(process.execPath, args, { cwd: repository, env: { ...process.env, ...env }, stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      if (address === null || typeof address === 'string') return reject(new Error('no free port'));
      probe.close(() => resolve(address.port));
    });
  });
}
