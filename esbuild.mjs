// Builds dist/. With --watch it does so again after every change, with --package it makes dist/keyturner.vsix instead.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build, context } from 'esbuild';
import { iconFont } from './iconFont.mjs';

const root = import.meta.dirname;

/**
 * The options that build what runs in the extension host: dist/extension.js, and beside it the chunks that import() loads on first use.
 * @param {{ entry?: string | undefined, outdir?: string, minify?: boolean }} [choice] `entry` stands in for src/extension.ts in tests
 * @returns {import('esbuild').BuildOptions & { outdir: string }}
 */
export function extensionBuild({ entry = 'src/extension.ts', outdir = 'dist', minify = true } = {}) {
  return {
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: 'extension' }],
    outdir,
    bundle: true,
    format: 'esm',
    splitting: true,
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    define: { 'globalThis.Temporal': 'undefined' }, // src/nuki/time/zonedTime.ts says why
    charset: 'utf8',
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/**
 * The options that build what the form's page loads, its one script and its one style sheet, beside the extension.
 * @param {{ outdir?: string, minify?: boolean }} [choice]
 * @returns {import('esbuild').BuildOptions & { outdir: string }}
 */
export function pageBuild({ outdir = 'dist', minify = true } = {}) {
  return {
    absWorkingDir: root,
    entryPoints: ['form.ts', 'form.css'].map((name) => ({ in: `src/webview/page/${name}`, out: 'form' })),
    outdir,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome138', // of VS Code 1.103
    charset: 'utf8',
    minify,
    sourcemap: minify ? false : 'inline',
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/**
 * Makes a folder that VS Code can load as the extension.
 * @param {{ entry?: string | undefined, more?: Readonly<Record<string, string>> | undefined, folder: string }} choice `entry` as for
 *   extensionBuild; `more`: what a test puts beside what is shipped, by its path
 */
export async function stageExtension({ entry, more = {}, folder }) {
  const shipped = /^(package(\.nls.*)?\.json|.*\.md|LICENSE|\.vscodeignore|docs|l10n|media)$/; // .vscodeignore chooses from them
  for (const name of readdirSync(root).filter((each) => shipped.test(each))) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  for (const [path, text] of Object.entries(more)) writeFileSync(join(folder, path), text);
  const outdir = join(folder, 'dist');
  await Promise.all([build(extensionBuild({ entry, outdir })), build(pageBuild({ outdir }))]);
  writeFileSync(join(outdir, 'icons.ttf'), iconFont(root));
}

/**
 * Packages a staged copy, so that nothing that happens to lie in dist/ gets in and two packagings don't meet.
 * @param {{ entry?: string | undefined, more?: Readonly<Record<string, string>>, to: string }} choice `to`: path of the .vsix; the others
 *   as for stageExtension
 */
export async function packageExtension({ entry, more, to }) {
  const stage = mkdtempSync(join(tmpdir(), 'keyturner-'));
  try {
    await stageExtension({ entry, more, folder: stage });
    mkdirSync(dirname(resolve(to)), { recursive: true });
    const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
    execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', resolve(to)], {
      cwd: stage,
      // The same sources make the same bytes: a zip holds the time of its files, as a clock on the wall shows it.
      env: { ...process.env, SOURCE_DATE_EPOCH: lastCommitTime(), TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Seconds since 1970; outside a git checkout a fixed time. */
function lastCommitTime() {
  try {
    return execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '1767225600';
  }
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--package')) {
    await packageExtension({ to: 'dist/keyturner.vsix' });
  } else {
    const minify = !process.argv.includes('--watch');
    rmSync(join(root, 'dist'), { recursive: true, force: true }); // chunks of earlier builds
    for (const options of [extensionBuild({ minify }), pageBuild({ minify })]) {
      if (minify) await build({ ...options, logLevel: 'info' });
      else await (await context({ ...options, logLevel: 'info' })).watch();
    }
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(join(root, 'dist', 'icons.ttf'), iconFont(root));
  }
}
