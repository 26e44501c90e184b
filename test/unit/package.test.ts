import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import { measured } from '../hardening/figures.ts';
import { extensionBuilds, outputs, packageExtension, pageBuild } from '../../esbuild.mjs';

const kilobyte = 1024;

/** The names in a zip, read off its central directory. */
function namesIn(zip: Buffer): string[] {
  const names: string[] = [];
  const header = Buffer.from('PK\x01\x02', 'latin1');
  for (let at = zip.indexOf(header); at !== -1; at = zip.indexOf(header, at + 1)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names;
}

/** Builds what VS Code runs: of each file, its imports and what of the sources and the libraries is in it. */
async function buildInto(outdir: string) {
  const results = await Promise.all(
    extensionBuilds({ outdir }).map((options) => build({ ...options, metafile: true })),
  );
  const files = results
    .flatMap(({ metafile }) => Object.entries(metafile?.outputs ?? {}))
    .map(([path, { imports, inputs }]) => ({ name: basename(path, '.cjs'), imports, inputs }));
  return {
    files,
    inputsOf: (output: string): string[] =>
      files
        .filter(({ name }) => name === output)
        .flatMap(({ inputs }) => Object.entries(inputs))
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([name]) => name),
  };
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
    assert.deepEqual(namesIn(readFileSync(first)).toSorted(), [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/THIRD_PARTY_NOTICES.md',
      'extension/changelog.md',
      'extension/dist/authorizationForm.cjs',
      'extension/dist/client.cjs',
      'extension/dist/commands.cjs',
      'extension/dist/extension.cjs',
      'extension/dist/fieldHelp.cjs',
      'extension/dist/form.css',
      'extension/dist/form.js',
      'extension/dist/screen.cjs',
      'extension/dist/simulator.cjs',
      'extension/l10n/bundle.l10n.de.json',
      'extension/media/activity.svg',
      'extension/media/icon.png',
      'extension/media/walkthrough/account.svg',
      'extension/media/walkthrough/devices.svg',
      'extension/media/walkthrough/form.svg',
      'extension/media/walkthrough/token.svg',
      'extension/package.json',
      'extension/package.nls.de.json',
      'extension/package.nls.json',
      'extension/readme.md',
    ]);
    const { size } = statSync(first);
    const count = namesIn(readFileSync(first)).length;
    measured('G14', `${count} files, all listed; ${size} bytes; built twice: the same`, size <= 150 * kilobyte);
  });

  it('carries the licence of each library that it contains, as it was installed', () => {
    const notices = readFileSync('THIRD_PARTY_NOTICES.md', 'utf8');
    for (const [file, name] of [
      ['node_modules/ky/license', 'ky'],
      ['node_modules/valibot/LICENSE.md', 'valibot'],
      ['node_modules/temporal-polyfill/LICENSE', 'temporal-polyfill'],
      ['node_modules/temporal-utils/LICENSE', 'temporal-utils'],
    ] as const) {
      assert.ok(notices.includes(readFileSync(file, 'utf8').trim()), name);
    }
  });

  it('reads at most 40 KB of code when it starts, in one file, and neither commands, client, form and help nor the simulator or Temporal', async () => {
    const { inputsOf } = await buildInto(join(folder, 'dist'));
    const code = readFileSync(join(folder, 'dist', 'extension.cjs'), 'utf8');
    assert.ok(Buffer.byteLength(code) <= 40 * kilobyte);
    // An import() of the sources is a require() in then().
    const imported = /Promise\.resolve\(\)\.then\(\(\)=>[\w$]+\(require\("\.\/\w+\.cjs"\),1\)\)/g;
    assert.ok(imported.test(code));
    assert.deepEqual(new Set(code.replaceAll(imported, '').match(/require\([^)]*\)/g)), new Set(['require("vscode")']));
    const inputs = inputsOf('extension');
    assert.ok(inputs.includes('src/extension.ts'));
    const later = [...outputs].filter(([name]) => name !== 'extension').map(([, { file }]) => relative('.', file));
    assert.deepEqual(
      inputs.filter((name) => later.includes(name) || /node_modules|src\/(simulator|webview)/.test(name)),
      [],
    );
  });

  it('has each library and each file that is shared once, but for the copies of what starts', async () => {
    const { files, inputsOf } = await buildInto(join(folder, 'dist'));
    const homes = (input: RegExp): string[] =>
      files.map(({ name }) => name).filter((name) => inputsOf(name).some((file) => input.test(file)));
    assert.deepEqual(homes(/node_modules\/temporal/), ['authorizationForm']);
    assert.deepEqual(homes(/node_modules\/(ky|valibot)/), ['client']);
    for (const [name, { shared }] of outputs) {
      for (const file of shared.map((path) => relative('.', path))) {
        const found = files.filter((other) => inputsOf(other.name).includes(file)).map((other) => other.name);
        assert.deepEqual(new Set(found), new Set([name, ...found.filter((other) => other === 'extension')]), file);
      }
    }
  });

  it('shares each name once: of two the same, importers would get neither', async () => {
    for (const [output, { file, shared }] of outputs) {
      const names: string[] = [];
      for (const entry of [file, ...shared]) {
        const options = { format: 'esm', write: false, outdir: 'dist', metafile: true } as const;
        const { metafile } = await build({ ...options, entryPoints: [entry] });
        names.push(...Object.values(metafile.outputs).flatMap(({ exports }) => exports));
      }
      assert.ok(names.length > 0);
      assert.deepEqual(names.toSorted(), [...new Set(names)].toSorted(), output);
    }
  });

  it('shows the form with at most 20 KB of script and 10 KB of style', async () => {
    const outdir = join(folder, 'page');
    await build(pageBuild({ outdir }));
    assert.ok(statSync(join(outdir, 'form.js')).size <= 20 * kilobyte);
    assert.ok(statSync(join(outdir, 'form.css')).size <= 10 * kilobyte);
  });
});
