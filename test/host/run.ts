// npm run test:host: the suite of this folder in the VS Code of code-server; with --desktop in the VS Code that
// @vscode/test-electron downloads (VSCODE_VERSION, else stable). Other arguments choose files by a part of their name, or are the path of
// a file elsewhere; --minutes=… is how long the run may take.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { stageExtension } from '../../esbuild.mjs';
import { cache, launcher, repository } from '../vscode/folders.ts';
import { printReport } from '../report.ts';

const suite = join(cache, 'host-tests', 'suite.cjs');
const report = join(cache, 'results', 'host.json');
const extension = join(cache, 'host-tests', 'extension');

rmSync(extension, { recursive: true, force: true });
await stageExtension({ entry: 'test/host/entry.ts', folder: extension });
await bundleSuite();
mkdirSync(join(cache, 'results'), { recursive: true });
rmSync(report, { force: true });

const desktop = process.argv.includes('--desktop');
try {
  await runTests({
    extensionDevelopmentPath: extension,
    extensionTestsPath: suite,
    ...(desktop ? { version: process.env['VSCODE_VERSION'] ?? 'stable' } : { vscodeExecutablePath: launcher }),
    launchArgs: ['--disable-extensions', ...process.argv.filter((argument) => argument.startsWith('--minutes='))],
  });
} catch (error) {
  process.exitCode = 1;
  if (!(error instanceof Error && /test run/i.test(error.message))) console.error(error);
}
if (existsSync(report)) printReport('host', readFileSync(report, 'utf8'));
else {
  process.exitCode = 1;
  console.error('host: the tests have left no report');
}

/** One file that the extension host can load, wherever it runs; it leaves its report where we look for it. */
async function bundleSuite(): Promise<void> {
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const elsewhere = wanted.filter((argument) => argument.includes('/')).map((path) => join(repository, path));
  const own = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
    .map((name) => join(import.meta.dirname, name));
  const loads = [...own, ...elsewhere].map((path) => `() => import(${JSON.stringify(path)})`).join(', ');
  await build({
    stdin: {
      contents: `import { runSuite } from './suite.ts';
        export const run = () => runSuite([${loads}], ${JSON.stringify(report)});`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    outfile: suite,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logOverride: {
      'require-resolve-not-external': 'silent', // mocha's worker processes, which are not used here
      'empty-import-meta': 'silent', // the place of a file, which the environment says here
    },
  });
}
