// Of which files coverage and mutants are measured: of the rooms that know VS Code those that do without it; the rest is run by the tests
// within VS Code.
import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { repository } from '../vscode/folders.ts';
import { core } from './core.ts';

export const rooms = ['base', 'nuki', 'model', 'simulator', 'views', 'webview'] as const;

/** Those of the core, and all of the rooms. */
export function measuredFiles(): readonly string[] {
  const files = globSync('src/**/*.ts', { cwd: repository }).toSorted();
  return files.filter((file) => file in core || (roomOf(file) !== undefined && isForUnitTests(file)));
}

export function roomOf(file: string): (typeof rooms)[number] | undefined {
  return rooms.find((room) => file.startsWith(`src/${room}/`));
}

function isForUnitTests(file: string): boolean {
  const code = readFileSync(join(repository, file), 'utf8');
  return !file.startsWith('src/webview/page/') && !knowsVsCode(code) && !isTypesAlone(code);
}

function knowsVsCode(code: string): boolean {
  return /from 'vscode'/.test(code);
}

/** Nothing of it is there to be run. */
function isTypesAlone(code: string): boolean {
  return /^(?:\s|;|\/\/.*|\/\*[^]*?\*\/)*$/.test(stripTypeScriptTypes(code));
}
