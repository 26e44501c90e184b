// Builds dist/. With --watch it does so again after every change. With --package it makes dist/keyturner.vsix instead, with --npm
// the package of the command line, dist/keyturner-<version>.tgz.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { build, context } from 'esbuild';
import { iconFont } from './iconFont.mjs';
import extension from './package.json' with { type: 'json' };

const root = import.meta.dirname;
const sources = join(root, 'src');

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
    // What yaml has for Node loads parts of Node by require(), which an ES module has not.
    alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
    define: { 'globalThis.Temporal': 'undefined' }, // src/nuki/time/zonedTime.ts says why
    plugins: [vscodeByRequire(), inFewFiles(resolve(root, entry))],
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/**
 * For an extension that imports its API, VS Code writes a module of all its names, which takes 0.15 MB. To require() it gives the API itself.
 * @returns {import('esbuild').Plugin}
 */
function vscodeByRequire() {
  return {
    name: 'vscode-by-require',
    setup: (bundle) => {
      bundle.onResolve({ filter: /^vscode$/ }, ({ path }) => ({ path, namespace: 'vscode' }));
      bundle.onLoad({ filter: /^vscode$/, namespace: 'vscode' }, () => ({
        contents: `import { createRequire } from 'node:module';
          export const { ${namesOfVscode().join(', ')} } = createRequire(import.meta.url)('vscode');`,
      }));
    },
  };
}

/** What the sources import of it, types apart. */
function namesOfVscode() {
  const imports = sourceFiles().flatMap(({ text }) => [...text.matchAll(/import \{([^}]*)\} from 'vscode'/g)]);
  const names = imports.flatMap(([, list = '']) => list.split(',').map((name) => name.trim()));
  return [...new Set(names)].filter((name) => /^\w+$/.test(name)).toSorted();
}

function sourceFiles() {
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(sources, name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/**
 * Each module that import() loads becomes a file, and so does each part that several of them share: dozens of small files, and opening them takes
 * most of a start's time. With imports of what is loaded by then (the start; and the sidebar, unless it serves an editor), they share these instead.
 * @param {string} start
 * @returns {import('esbuild').Plugin}
 */
function inFewFiles(start) {
  const sidebar = ['ui.ts', 'nuki/http/client.ts'].map((name) => join(sources, name));
  const later = new Set(
    sourceFiles().flatMap(({ path, text }) =>
      [...text.matchAll(/import\('(\.[^']+)'\)/g)].map(([, to = '']) => join(dirname(path), to)),
    ),
  );
  return {
    name: 'in-few-files',
    setup: (bundle) =>
      bundle.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!later.has(path)) return undefined;
        const needsNoSidebar = /^(?:ui\.ts$|(?:nuki|apiHelp|accessEditor)[\\/])/.test(relative(sources, path));
        const imports = [start, ...(needsNoSidebar ? [] : sidebar)].map((name) => `import ${JSON.stringify(name)};`);
        return { contents: [readFileSync(path, 'utf8'), ...imports].join('\n'), loader: 'ts' };
      }),
  };
}

/** The pages, each with a folder of its own. */
export const pageNames = readdirSync(join(root, 'src/webview/page'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/**
 * The options that build what the pages load, each its one script and its one style sheet, beside the extension.
 * @param {{ outdir?: string, minify?: boolean }} [choice]
 * @returns {import('esbuild').BuildOptions & { outdir: string }}
 */
export function pageBuild({ outdir = 'dist', minify = true } = {}) {
  return {
    absWorkingDir: root,
    entryPoints: pageNames.flatMap((name) =>
      ['ts', 'css'].map((ending) => ({ in: `src/webview/page/${name}/${name}.${ending}`, out: name })),
    ),
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

/**
 * The options that build the command line: one file that needs nothing but Node.
 * @param {{ outdir?: string }} [choice]
 * @returns {import('esbuild').BuildOptions & { outdir: string, metafile: true }}
 */
export function commandLineBuild({ outdir = 'dist/bin' } = {}) {
  return {
    absWorkingDir: root,
    entryPoints: ['src/bin/keyturner.ts'],
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    define: { 'globalThis.Temporal': 'undefined' }, // as in extensionBuild
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  };
}

/**
 * Makes a folder with the package of the command line, which has a manifest of its own, made of the one of the extension.
 * @param {string} folder
 */
export async function stageCommandLine(folder) {
  const { metafile } = await build(commandLineBuild({ outdir: join(folder, 'dist/bin') }));
  const copied = {
    'src/bin/README.md': 'README.md',
    LICENSE: 'LICENSE',
    'CHANGELOG.md': 'CHANGELOG.md',
    'docs/home.schema.json': 'home.schema.json',
    'docs/demo.nuki-home.json': 'demo.nuki-home.json',
  };
  for (const [from, to] of Object.entries(copied)) cpSync(join(root, from), join(folder, to));
  writeFileSync(join(folder, 'THIRD_PARTY_NOTICES.md'), noticesFor(Object.keys(metafile.inputs)));
  const { name, version, license, author, homepage, repository, bugs } = extension;
  const manifest = {
    name,
    version,
    description: "Simulates Nuki's Web API on your own computer, to try clients against it (unofficial)",
    keywords: ['nuki', 'smart lock', 'simulator', 'mock', 'api', 'webhook'],
    license,
    author,
    homepage,
    repository,
    bugs,
    type: 'module',
    bin: { keyturner: 'dist/bin/keyturner.js' },
    engines: { node: '>=20' },
    files: ['dist/bin/keyturner.js', 'THIRD_PARTY_NOTICES.md', ...Object.values(copied)],
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/**
 * The notices of the libraries among some files.
 * @param {readonly string[]} files
 */
function noticesFor(files) {
  const [head = '', ...notices] = readFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), 'utf8').split(/^(?=## )/m);
  const libraries = new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  const kept = notices.filter((notice) => [...libraries].some((library) => headingOf(notice).includes(library)));
  const lacking = [...libraries].filter((library) => !kept.some((notice) => headingOf(notice).includes(library)));
  if (lacking.length > 0) throw new Error(`THIRD_PARTY_NOTICES.md lacks ${lacking.join(', ')}.`);
  return [head, ...kept].join('').trimEnd() + '\n';
}

/** @param {string} notice */
function headingOf(notice) {
  return notice.split('\n')[0]?.split(/\W* /) ?? [];
}

/**
 * Packs the command line as npm publishes it. The same sources make the same bytes.
 * @param {{ into: string }} choice `into`: the folder of the .tgz
 * @returns {Promise<string>} its path
 */
export async function packCommandLine({ into }) {
  const stage = mkdtempSync(join(tmpdir(), 'keyturner-'));
  try {
    await stageCommandLine(stage);
    mkdirSync(into, { recursive: true });
    const npm = process.env['npm_execpath'];
    const args = ['pack', '--silent', '--pack-destination', resolve(into)];
    const output = npm?.endsWith('.js')
      ? execFileSync(process.execPath, [npm, ...args], { cwd: stage, encoding: 'utf8' })
      : execFileSync('npm', args, { cwd: stage, encoding: 'utf8', shell: process.platform === 'win32' });
    return join(resolve(into), output.trim());
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
  } else if (process.argv.includes('--npm')) {
    console.log(await packCommandLine({ into: 'dist' }));
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
