import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as v from 'valibot';
import { commandLineBuild, packCommandLine } from '../../esbuild.mjs';
import { npm } from '../vscode/npm.ts';
import { Program, stoppedCode } from './bin/program.ts';

const kilobyte = 1024;
const manifestSchema = v.looseObject({
  name: v.string(),
  version: v.string(),
  engines: v.strictObject({ node: v.string() }),
  bin: v.record(v.string(), v.string()),
  dependencies: v.optional(v.object({})),
});

/** The Node of this machine that is the oldest that the package promises to run on, or else the one that runs the tests. */
function oldestNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const installed = folders.map((folder) => join(folder, process.platform === 'win32' ? 'node.exe' : 'node'));
  const is20 = (node: string): boolean => execFileSync(node, ['--version'], { encoding: 'utf8' }).startsWith('v20.');
  return installed.filter((node) => existsSync(node)).find(is20) ?? process.execPath;
}

describe('the npm package', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'keyturner-npm-'));
  const unpacked = join(folder, 'node_modules', 'keyturner');
  let packed = '';

  before(async () => {
    packed = await packCommandLine({ into: folder });
    mkdirSync(unpacked, { recursive: true });
    execFileSync('tar', ['-xzf', packed, '-C', unpacked, '--strip-components', '1']);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const read = (name: string): string => readFileSync(join(unpacked, name), 'utf8');

  it('holds what it should and nothing else, and is small', () => {
    const names = execFileSync('tar', ['-tzf', packed], { encoding: 'utf8' }).trim().split('\n').toSorted();
    assert.deepEqual(names, [
      'package/CHANGELOG.md',
      'package/LICENSE',
      'package/README.md',
      'package/THIRD_PARTY_NOTICES.md',
      'package/demo.nuki-home.json',
      'package/dist/bin/keyturner.js',
      'package/home.schema.json',
      'package/package.json',
    ]);
    assert.ok(statSync(packed).size <= 300 * kilobyte, `${statSync(packed).size} bytes are more than 300 KB`);
  });

  it('is the same file twice', async () => {
    assert.deepEqual(readFileSync(await packCommandLine({ into: join(folder, 'again') })), readFileSync(packed));
  });

  it('has the version and the changelog of the extension, and needs nothing else', () => {
    const ours = v.parse(
      v.object({ name: v.string(), version: v.string() }),
      JSON.parse(readFileSync('package.json', 'utf8')),
    );
    const manifest = v.parse(manifestSchema, JSON.parse(read('package.json')));
    assert.deepEqual([manifest.name, manifest.version, manifest.engines.node], [ours.name, ours.version, '>=20']);
    assert.equal(manifest.dependencies, undefined);
    assert.equal(packed, join(folder, `keyturner-${ours.version}.tgz`));
    assert.equal(read('CHANGELOG.md'), readFileSync('CHANGELOG.md', 'utf8'));
    const imports = read('dist/bin/keyturner.js').match(/(?:\bfrom|\bimport\(?)\s*["'][^"']+["']/g) ?? [];
    assert.deepEqual(
      imports.filter((each) => !/["']node:/.test(each)),
      [],
    );
  });

  it('carries the licence of each library that is in it', async () => {
    const { build } = await import('esbuild');
    const { metafile } = await build({ ...commandLineBuild({ outdir: join(folder, 'bundle') }), metafile: true });
    const libraries = Object.keys(metafile.inputs).flatMap((file) => /^node_modules\/([^/]+)/.exec(file)?.[1] ?? []);
    for (const library of new Set(libraries)) {
      const licence = ['LICENSE', 'LICENSE.md', 'license']
        .map((name) => `node_modules/${library}/${name}`)
        .find(existsSync);
      assert.ok(read('THIRD_PARTY_NOTICES.md').includes(readFileSync(licence ?? '', 'utf8').trim()), library);
    }
  });

  it('runs on Node 20 in a folder with nothing else, answers, and ends', async () => {
    const file = join(unpacked, 'dist', 'bin', 'keyturner.js');
    const args = ['simulate', '--port', '0', '--check', '--home', join(unpacked, 'demo.nuki-home.json')];
    const program = new Program(args, { node: oldestNode(), file, cwd: folder });
    try {
      const { url, token } = await program.listening();
      const response = await fetch(`${url}/smartlock`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(response.status, 200);
      assert.ok(Array.isArray(await response.json()));
      const { code, output, errors } = await program.stop();
      assert.equal(code, stoppedCode);
      if (stoppedCode === 0) assert.match(output, /\nThe check found nothing\.\n/);
      assert.doesNotMatch(errors, /warning|error/i);
    } finally {
      program.child.kill('SIGKILL');
    }
  });

  it('is found by npx', async () => {
    const fresh = join(folder, 'fresh');
    mkdirSync(fresh);
    const output = await npm(
      fresh,
      'exec',
      '--offline',
      '--yes',
      `--package=${packed}`,
      '--',
      'keyturner',
      '--version',
    );
    assert.equal(`keyturner-${output.trim()}.tgz`, packed.split(/[/\\]/).at(-1));
  });
});
