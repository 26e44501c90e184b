#!/usr/bin/env node
import { readArguments } from './arguments.ts';
import { StartError } from './startError.ts';
import { usage } from './usage.ts';

// Whoever read the output may have gone, as `head` does: the run goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  try {
    const choice = readArguments(args);
    if (choice.kind === 'simulate') {
      const { simulate } = await import('./simulate.ts');
      return await simulate(choice);
    }
    process.stdout.write(`${choice.kind === 'help' ? usage : await version()}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`keyturner: ${error.message}\n`);
    return error.exitCode;
  }
}

async function version(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const manifest: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}
