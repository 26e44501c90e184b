#!/usr/bin/env node
// Stands in for the desktop VS Code: takes the arguments that runTests() of @vscode/test-electron gives to its executable,
// runs the extension's tests in the VS Code of code-server, shown by headless Chromium, and ends with their exit code.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareVSCode, startServer } from './codeServer.ts';
import { keepPages } from './failures.ts';
import { failureFolder } from './folders.ts';
import { launchBrowser, stopTurning } from './page.ts';
import { quiet, writeUserSettings } from './settings.ts';

/** What a workbench without compiled modules and without its gallery complains of. */
const harmless = /spdlog|watchdog|Failed to load resource|ENOTFOUND|ServiceWorker/;

function optionalArgument(name: string): string | undefined {
  const prefix = `--${name}=`;
  return process.argv.find((given) => given.startsWith(prefix))?.slice(prefix.length);
}

function argument(name: string): string {
  const value = optionalArgument(name);
  if (value === undefined) throw new Error(`--${name}=… is missing`);
  return value;
}

async function runTests(): Promise<number> {
  const minutes = Number(optionalArgument('minutes') ?? 10);
  const folder = await mkdtemp(join(tmpdir(), 'keyturner-host-'));
  const data = join(folder, 'data');
  await writeUserSettings(data, { ...quiet, 'workbench.reduceMotion': 'on' });
  const installation = await prepareVSCode();
  const server = await startServer(installation, { data, extensions: join(folder, 'extensions'), development: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addInitScript(stopTurning);
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !harmless.test(message.text())) errors.push(message.text());
    });
    const ended = new Promise<number>((resolve, reject) => {
      const tooLong = setTimeout(() => reject(new Error('the tests did not end in time')), minutes * 60_000);
      // The workbench calls it when the tests' run() has settled.
      void page.exposeBinding('codeAutomationExit', (_source, code: number) => {
        clearTimeout(tooLong);
        resolve(code);
      });
    });
    await page.goto(`${server.url}?ew=true&payload=${encodeURIComponent(JSON.stringify(payload(server.port)))}`);
    const code = await ended.catch(async (error: unknown) => {
      console.error(await keepPages([page], failureFolder, 'host')); // what the tests wait for
      throw error;
    });
    if (code !== 0) console.error(errors.join('\n')); // tests that could not even be loaded have left no report
    return code;
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 }); // an extension host that was killed may still be writing
  }
}

function payload(port: number): readonly (readonly [string, string])[] {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  return (['extensionDevelopmentPath', 'extensionTestsPath'] as const).map((name) => [name, remote(argument(name))]);
}

process.exitCode = await runTests();
