// Builds dist/: the extension, and beside it each chunk that loads on first use only. With --package also dist/keyturner.vsix.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build, context } from 'esbuild';

const root = import.meta.dirname;

/** What loads on first use, by the file that an import names; everything else is in the extension's one file. */
const chunks = new Map([
  [join(root, 'src/commands/all.ts'), 'commands'],
  [join(root, 'src/nuki/client.ts'), 'client'],
  [join(root, 'src/nuki/zonedTime.ts'), 'time'],
  [join(root, 'src/simulator/demo.ts'), 'simulator'],
  [join(root, 'src/views/fieldHelp.ts'), 'fieldHelp'],
  [join(root, 'src/webview/authorizationForm.ts'), 'authorizationForm'],
]);

/** A chunk is in one file, whoever imports it, and what runs at start imports it later only. @type {import('esbuild').Plugin} */
const loadOnFirstUse = {
  name: 'load-on-first-use',
  setup(builder) {
    builder.initialOptions.metafile = true;
    builder.onResolve({ filter: /\.ts$/ }, ({ path, kind, resolveDir }) => {
      if (kind === 'entry-point') return undefined;
      const chunk = chunks.get(resolve(resolveDir, path));
      if (chunk !== undefined) return { path: `./${chunk}.cjs`, external: true };
      if (kind !== 'dynamic-import') return undefined;
      return { errors: [{ text: `${path} is imported on first use but is no chunk of esbuild.mjs` }] };
    });
    builder.onEnd(({ metafile }) => ({ errors: chunksLoadedAtStart(metafile) }));
  },
};

/** @param {import('esbuild').Metafile | undefined} metafile */
function chunksLoadedAtStart(metafile) {
  const outputs = Object.values(metafile?.outputs ?? {});
  const atStart = outputs.find(({ entryPoint }) => entryPoint === 'src/extension.ts')?.imports ?? [];
  return atStart
    .filter(({ path, kind }) => path.endsWith('.cjs') && kind !== 'dynamic-import')
    .map(({ path }) => ({ text: `${path} is imported at start: import it with import() where it is used` }));
}

/**
 * The options that build one extension folder.
 * @param {{ entry?: string | undefined, outdir?: string, minify?: boolean }} [choice] `entry` stands in for src/extension.ts in tests
 * @returns {import('esbuild').BuildOptions}
 */
export function extensionBuild({ entry = 'src/extension.ts', outdir = 'dist', minify = true } = {}) {
  return {
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: 'extension' }, ...[...chunks].map(([file, name]) => ({ in: file, out: name }))],
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    define: { 'globalThis.Temporal': 'undefined' }, // src/nuki/zonedTime.ts says why
    charset: 'utf8',
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    plugins: [loadOnFirstUse],
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

/** What .vscodeignore chooses from; dist/ comes from the build. */
const shipped = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'THIRD_PARTY_NOTICES.md',
  '.vscodeignore',
  'l10n',
  'media',
];

/**
 * Makes a folder that VS Code can load as the extension.
 * @param {{ entry?: string | undefined, folder: string }} choice `entry` as for extensionBuild
 */
export async function stageExtension({ entry, folder }) {
  const names = shipped.concat(readdirSync(root).filter((name) => /^package\.nls(\..*)?\.json$/.test(name)));
  for (const name of names) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const outdir = join(folder, 'dist');
  await Promise.all([build(extensionBuild({ entry, outdir })), build(pageBuild({ outdir }))]);
}

/**
 * Packages a staged copy, so that nothing that happens to lie in dist/ gets in and two packagings don't meet.
 * @param {{ entry?: string | undefined, to: string }} choice `to`: path of the .vsix; `entry` as for extensionBuild
 */
export async function packageExtension({ entry, to }) {
  const stage = mkdtempSync(join(tmpdir(), 'keyturner-'));
  const { TZ, SOURCE_DATE_EPOCH } = process.env;
  try {
    await stageExtension({ entry, folder: stage });
    // Same sources, same bytes: a zip holds local wall-clock times.
    process.env['SOURCE_DATE_EPOCH'] = lastCommitTime();
    process.env['TZ'] = 'UTC';
    mkdirSync(dirname(resolve(to)), { recursive: true });
    const { createVSIX } = await import('@vscode/vsce'); // needs Node 22; a plain build does not
    await createVSIX({ cwd: stage, dependencies: false, packagePath: resolve(to) });
  } finally {
    restore({ TZ, SOURCE_DATE_EPOCH }); // programs started later must have the user's time zone
    rmSync(stage, { recursive: true, force: true });
  }
}

/** @param {Record<string, string | undefined>} environment */
function restore(environment) {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
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
  if (process.argv.includes('--watch')) {
    for (const options of [extensionBuild({ minify: false }), pageBuild({ minify: false })]) {
      const watched = await context({ ...options, logLevel: 'info' });
      await watched.watch();
    }
  } else if (process.argv.includes('--package')) {
    await packageExtension({ to: 'dist/keyturner.vsix' });
  } else {
    for (const options of [extensionBuild(), pageBuild()]) await build({ ...options, logLevel: 'info' });
  }
}
