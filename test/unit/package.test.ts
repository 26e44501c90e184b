import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { extensionBuild, packageExtension, pageBuild } from '../../esbuild.mjs';

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
      'extension/dist/simulator.cjs',
      'extension/dist/time.cjs',
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
    assert.ok(statSync(first).size <= 175 * kilobyte);
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

  it('reads at most 60 KB of code when it starts, and neither the HTTP client nor the simulator nor Temporal, which is there once', async () => {
    const outdir = join(folder, 'dist');
    const { metafile } = await build({ ...extensionBuild({ outdir }), metafile: true });
    assert.ok(statSync(join(outdir, 'extension.cjs')).size <= 60 * kilobyte);
    const [, output] = Object.entries(metafile.outputs).find(([name]) => name.endsWith('extension.cjs')) ?? [];
    const inputs = Object.keys(output?.inputs ?? {});
    assert.ok(inputs.includes('src/extension.ts'));
    assert.deepEqual(
      inputs.filter((name) => /node_modules\/(ky|temporal)|src\/simulator/.test(name)),
      [],
    );
    const withTemporal = Object.entries(metafile.outputs).filter(([, { inputs: read }]) =>
      Object.keys(read).some((name) => name.includes('node_modules/temporal')),
    );
    assert.deepEqual(
      withTemporal.map(([name]) => name.split('/').at(-1)),
      ['time.cjs'],
    );
  });

  it('shows the form with at most 20 KB of script and 10 KB of style', async () => {
    const outdir = join(folder, 'page');
    await build(pageBuild({ outdir }));
    assert.ok(statSync(join(outdir, 'form.js')).size <= 20 * kilobyte);
    assert.ok(statSync(join(outdir, 'form.css')).size <= 10 * kilobyte);
  });
});
