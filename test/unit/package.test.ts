import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { extensionBuild, packageExtension, pageBuild, pageNames } from '../../esbuild.mjs';

const kilobyte = 1024;

/** Kilobytes that each page may load. */
const boundsOfPages: Readonly<Record<string, { readonly script: number; readonly style: number }>> = {
  activity: { script: 18, style: 14 },
  form: { script: 24, style: 10 },
  calendar: { script: 24, style: 12 },
};

/** The names in a zip, read off its central directory. */
function namesIn(zip: Buffer): string[] {
  const names: string[] = [];
  const header = Buffer.from('PK\x01\x02', 'latin1');
  for (let at = zip.indexOf(header); at !== -1; at = zip.indexOf(header, at + 1)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names;
}

/** Builds what VS Code runs; answers its files, each with its imports and with what of the sources and of the libraries is in it. */
async function buildInto(outdir: string) {
  const { metafile } = await build({ ...extensionBuild({ outdir }), metafile: true });
  const files = Object.entries(metafile.outputs).map(([path, { entryPoint, imports, inputs }]) => ({
    name: basename(path),
    entryPoint,
    imports: imports
      .filter(({ external }) => external !== true)
      .map(({ path: to, kind }) => ({ to: basename(to), kind })),
    importsFromOutside: imports.filter(({ external }) => external === true).map(({ path: to }) => to),
    inputs: Object.keys(inputs),
  }));
  return new Map(files.map((file) => [file.name, file]));
}

type Files = Awaited<ReturnType<typeof buildInto>>;

/** The files that are loaded with `name`: itself and everything that it imports other than by import(). */
function loadedWith(name: string, files: Files, loaded = new Set<string>()): ReadonlySet<string> {
  loaded.add(name);
  for (const { to, kind } of files.get(name)?.imports ?? []) {
    if (kind === 'import-statement' && !loaded.has(to)) loadedWith(to, files, loaded);
  }
  return loaded;
}

describe('the package', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'keyturner-package-'));

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is the same file twice, holds what it should and nothing else, and is small', async () => {
    const [first, second] = [join(folder, 'first.vsix'), join(folder, 'second.vsix')];
    await packageExtension({ to: first });
    await packageExtension({ to: second });
    const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
    assert.equal(hashOf(first), hashOf(second));
    const names = namesIn(readFileSync(first)).map((name) => name.replace(/\w+-[A-Z0-9]{8}\.js$/, '[chunk].js'));
    assert.deepEqual(
      [...new Set(names)].toSorted(),
      [
        '[Content_Types].xml',
        'extension.vsixmanifest',
        'extension/LICENSE.txt',
        'extension/THIRD_PARTY_NOTICES.md',
        'extension/changelog.md',
        'extension/dist/[chunk].js',
        'extension/dist/extension.js',
        ...pageNames.flatMap((name) => [`extension/dist/${name}.css`, `extension/dist/${name}.js`]),
        'extension/dist/icons.ttf',
        'extension/docs/access-file.schema.json',
        'extension/docs/home.schema.json',
        'extension/l10n/bundle.l10n.de.json',
        'extension/media/activity.svg',
        'extension/media/icon.png',
        'extension/media/plan.tmLanguage.json',
        ...['account', 'devices', 'form', 'token'].flatMap((step) =>
          ['dark', 'hc-dark', 'hc-light', 'light'].map((theme) => `extension/media/walkthrough/${step}-${theme}.webp`),
        ),
        'extension/package.json',
        'extension/package.nls.de.json',
        'extension/package.nls.json',
        'extension/readme.md',
      ].toSorted(),
    );
    assert.ok(statSync(first).size <= 640 * kilobyte, `${statSync(first).size} bytes are more than 640 KB`);
  });

  it('carries the licence of each library that it contains, as it was installed', () => {
    const notices = readFileSync('THIRD_PARTY_NOTICES.md', 'utf8');
    for (const [file, name] of [
      ['node_modules/ky/license', 'ky'],
      ['node_modules/valibot/LICENSE.md', 'valibot'],
      ['node_modules/temporal-polyfill/LICENSE', 'temporal-polyfill'],
      ['node_modules/temporal-utils/LICENSE', 'temporal-utils'],
      ['node_modules/yaml/LICENSE', 'yaml'],
      ['node_modules/ical.js/LICENSE', 'ical.js'],
      ['node_modules/papaparse/LICENSE', 'papaparse'],
    ] as const) {
      assert.ok(notices.includes(readFileSync(file, 'utf8').trim()), name);
    }
  });

  it('holds each class of errors once, so that instanceof finds it', async () => {
    const files = [...(await buildInto(join(folder, 'dist'))).values()];
    for (const source of ['src/nuki/http/errors.ts', 'src/commands/commandError.ts']) {
      assert.equal(files.filter(({ inputs }) => inputs.includes(source)).length, 1, source);
    }
  });

  it('loads no commands, client, form, simulator, library or help when it starts', async () => {
    const files = await buildInto(join(folder, 'dist'));
    const loaded = [...loadedWith('extension.js', files)].flatMap((name) => files.get(name)?.inputs ?? []);
    const all = [...files.values()].flatMap(({ inputs }) => inputs);
    assert.ok(loaded.includes('src/extension.ts'), 'the start was not found');
    for (const later of [
      'node_modules/ical.js/',
      'node_modules/ky/',
      'node_modules/papaparse/',
      'node_modules/temporal-',
      'node_modules/valibot/',
      'node_modules/yaml/',
      'src/access/',
      'src/accessEditor/accessEditor.ts',
      'src/createCommands.ts',
      'src/nuki/http/client.ts',
      'src/server/',
      'src/simulatedApi/',
      'src/simulator/',
      'src/apiHelp/conversions.ts',
      'src/apiHelp/fieldHelp.ts',
      'src/apiHelp/fields.ts',
      'src/apiHelp/readRawJson.ts',
      'src/views/tree/tree.ts',
      'src/webview/',
    ]) {
      assert.ok(
        all.some((input) => input.startsWith(later)),
        `${later} is in no file`,
      );
      assert.deepEqual(
        loaded.filter((input) => input.startsWith(later)),
        [],
        later,
      );
    }
  });

  it('reads few files when it starts, and few more for the first rows', async () => {
    const files = await buildInto(join(folder, 'dist'));
    const start = loadedWith('extension.js', files);
    const first = [...files.values()].filter(({ entryPoint = '' }) =>
      ['src/ui.ts', 'src/nuki/http/client.ts'].includes(entryPoint),
    );
    assert.equal(first.length, 2);
    const rows = new Set(first.flatMap(({ name }) => [...loadedWith(name, files)].filter((file) => !start.has(file))));
    assert.ok(start.size <= 2, [...start].join(' '));
    assert.ok(rows.size <= 15, [...rows].join(' '));
  });

  it('reads at most 60 KB when it starts: each KB takes four of memory for as long as VS Code runs', async () => {
    const start = [...loadedWith('extension.js', await buildInto(join(folder, 'dist')))];
    const bytes = start.reduce((sum, name) => sum + statSync(join(folder, 'dist', name)).size, 0);
    assert.ok(bytes <= 60 * kilobyte, `${bytes} bytes`);
  });

  it('starts with text in ASCII, of which each character beyond would double the memory that all of it takes', async () => {
    const files = await buildInto(join(folder, 'dist'));
    for (const name of loadedWith('extension.js', files)) {
      const text = readFileSync(join(folder, 'dist', name), 'latin1');
      assert.deepEqual(text.match(/.{0,30}[\x80-\xff]+.{0,30}/g) ?? [], [], name);
    }
  });

  it('imports nothing but modules of Node: VS Code writes a module of its whole API for an import', async () => {
    const files = await buildInto(join(folder, 'dist'));
    const imported = [...files.values()].flatMap(({ importsFromOutside }) => importsFromOutside);
    assert.ok(imported.includes('node:module'), 'what requires the API was not found');
    assert.deepEqual(
      imported.filter((name) => !isBuiltin(name)),
      [],
    );
  });

  it('loads nothing of the simulated API with its other commands, but what starts it', async () => {
    const files = await buildInto(join(folder, 'dist'));
    const commands = [...files.values()].find(({ inputs }) => inputs.includes('src/createCommands.ts'));
    const loaded = [...loadedWith(commands?.name ?? '', files)].flatMap((name) => files.get(name)?.inputs ?? []);
    assert.deepEqual(
      loaded.filter((input) => /^src\/(server|simulatedApi|simulator)\//.test(input)),
      ['src/simulatedApi/simulatedApiCommands.ts'],
    );
  });

  for (const [name, { script, style }] of Object.entries(boundsOfPages)) {
    it(`shows the page ${name} with at most ${script} KB of script and ${style} KB of style`, async () => {
      const outdir = join(folder, 'pages');
      await build(pageBuild({ outdir }));
      assert.ok(statSync(join(outdir, `${name}.js`)).size <= script * kilobyte);
      assert.ok(statSync(join(outdir, `${name}.css`)).size <= style * kilobyte);
    });
  }

  it('has a bound for each page', () => assert.deepEqual(Object.keys(boundsOfPages).toSorted(), pageNames.toSorted()));
});
