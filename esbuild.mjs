// Builds dist/: the extension, and beside it each chunk that loads on first use only. With --package also dist/keyturner.vsix.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build, context } from 'esbuild';

const root = import.meta.dirname;

/** @param {string} room @param {string} names */
const filesOf = (room, names) => names.split(' ').map((name) => join(root, 'src', room, `${name}.ts`));

/**
 * The files of dist/ that VS Code runs, and of src/ what each of them is there for. `extension` is read at every start; each of the others
 * on first use, which is an import() of its `file` or of one that it shares. Who needs what is `shared` finds it in that file of dist/, but `extension` has copies
 * rather than read a second file. What is not named here is copied to whoever imports it. A name that `extension` shares costs some bytes at
 * every start: only what would cost many more in copies is worth that.
 * @type {ReadonlyMap<string, { file: string, shared: readonly string[] }>}
 */
export const outputs = new Map([
  [
    'extension',
    {
      file: join(root, 'src/extension.ts'),
      shared: [
        ...filesOf('base', 'redact safeText'),
        ...filesOf('nuki', 'authorization kinds words'),
        ...filesOf('views', 'nodes'),
      ],
    },
  ],
  [
    'screen',
    {
      file: join(root, 'src/screen.ts'),
      shared: [
        ...filesOf('nuki', 'schedule smartlock'),
        ...filesOf(
          'views',
          'activityWords authorizationWords deviceWords icons rows sharedNames timeWords troubleWords',
        ),
      ],
    },
  ],
  ['commands', { file: join(root, 'src/commands/all.ts'), shared: [] }],
  ['client', { file: join(root, 'src/nuki/client.ts'), shared: [] }],
  ['simulator', { file: join(root, 'src/simulator/demo.ts'), shared: [] }],
  [
    'fieldHelp',
    {
      file: join(root, 'src/views/fieldHelp.ts'),
      shared: filesOf('nuki', 'fields keypadCode timeOfDay timeZones weekdays'),
    },
  ],
  ['authorizationForm', { file: join(root, 'src/webview/authorizationForm.ts'), shared: filesOf('nuki', 'zonedTime') }],
]);

/**
 * Leaves out of one file of dist/ what is in another.
 * @param {string} output
 * @param {readonly string[]} files what is exported
 * @returns {import('esbuild').Plugin}
 */
function shareFiles(output, files) {
  return {
    name: 'share-files',
    setup(builder) {
      builder.onResolve({ filter: /^output$/ }, () => ({ path: output, namespace: 'output' }));
      builder.onLoad({ filter: /./, namespace: 'output' }, () => ({
        contents: files.map((file) => `export * from ${JSON.stringify(file)};`).join('\n'),
        resolveDir: root,
      }));
      builder.onResolve({ filter: /\.ts$/ }, ({ path, kind, resolveDir }) => {
        const imported = resolve(resolveDir, path);
        const [home, { file } = {}] =
          [...outputs].find(([, within]) => within.file === imported || within.shared.includes(imported)) ?? [];
        const onFirstUse = kind === 'dynamic-import';
        if (onFirstUse && home === undefined) {
          return {
            errors: [{ text: `${path} is imported on first use, but no file of dist/ is for it: see esbuild.mjs` }],
          };
        }
        if (home === undefined || home === output) return undefined;
        if (output !== 'extension' || onFirstUse) return { path: `./${home}.cjs`, external: true };
        if (file !== imported) return undefined;
        return { errors: [{ text: `${path} is imported at start: import it with import() where it is used` }] };
      });
    },
  };
}

/**
 * The options that build one extension folder, for each of its files.
 * @param {{ entry?: string | undefined, outdir?: string, minify?: boolean }} [choice] `entry` stands in for src/extension.ts in tests
 * @returns {(import('esbuild').BuildOptions & { outdir: string })[]}
 */
export function extensionBuilds({ entry = 'src/extension.ts', outdir = 'dist', minify = true } = {}) {
  return [...outputs].map(([output, { file, shared }]) => ({
    absWorkingDir: root,
    entryPoints: [{ in: 'output', out: output }],
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    // Not for Node, as its way from import() to CommonJS needs a list of all names: require() has the same modules with less.
    platform: 'neutral',
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    target: 'node22',
    external: ['vscode', 'node:*'],
    define: { 'globalThis.Temporal': 'undefined' }, // src/nuki/zonedTime.ts says why
    charset: output === 'extension' ? 'ascii' : 'utf8', // a few other letters would double what it takes in memory
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    plugins: [shareFiles(output, [output === 'extension' ? resolve(root, entry) : file, ...shared])],
    logLevel: 'warning',
  }));
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
 * @param {{ entry?: string | undefined, more?: Readonly<Record<string, string>> | undefined, folder: string }} choice `entry` as for
 *   extensionBuilds; `more`: what a test puts beside what is shipped, by its path
 */
export async function stageExtension({ entry, more = {}, folder }) {
  const names = shipped.concat(readdirSync(root).filter((name) => /^package\.nls(\..*)?\.json$/.test(name)));
  for (const name of names) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  for (const [path, text] of Object.entries(more)) writeFileSync(join(folder, path), text);
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .forEach((path) => shorten(join(folder, path)));
  const outdir = join(folder, 'dist');
  await Promise.all([...extensionBuilds({ entry, outdir }), pageBuild({ outdir })].map((options) => build(options)));
}

/** Fields of package.json that nobody has a use for who has the extension. */
const ofTheRepository = ['scripts', 'devDependencies', 'allowScripts'];

/** Without spaces, those fields, and the translations that are the text itself, which VS Code shows without them. @param {string} file of JSON */
function shorten(file) {
  /** @type {(key: string, value: unknown) => unknown} */
  const keep = (key, value) => (ofTheRepository.includes(key) || key === value ? undefined : value);
  writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'), keep)));
}

/**
 * Packages a staged copy, so that nothing that happens to lie in dist/ gets in and two packagings don't meet.
 * @param {{ entry?: string | undefined, more?: Readonly<Record<string, string>>, to: string }} choice `to`: path of the .vsix; the others
 *   as for stageExtension
 */
export async function packageExtension({ entry, more, to }) {
  const stage = mkdtempSync(join(tmpdir(), 'keyturner-'));
  const { TZ, SOURCE_DATE_EPOCH } = process.env;
  try {
    await stageExtension({ entry, more, folder: stage });
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
    for (const options of [...extensionBuilds({ minify: false }), pageBuild({ minify: false })]) {
      const watched = await context({ ...options, logLevel: 'info' });
      await watched.watch();
    }
  } else if (process.argv.includes('--package')) {
    await packageExtension({ to: 'dist/keyturner.vsix' });
  } else {
    for (const options of [...extensionBuilds(), pageBuild()]) await build({ ...options, logLevel: 'info' });
  }
}
