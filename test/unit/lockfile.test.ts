import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const versions = v.optional(v.record(v.string(), v.string()), {});
const entrySchema = v.object({
  version: v.optional(v.string()),
  resolved: v.optional(v.string()),
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});
const lockfileSchema = v.object({ packages: v.record(v.string(), entrySchema) });
const manifestSchema = v.object({ dependencies: versions, devDependencies: versions, scripts: versions });

type Packages = v.InferOutput<typeof lockfileSchema>['packages'];

const root = join(import.meta.dirname, '../..');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
const { packages } = v.parse(lockfileSchema, readJson('package-lock.json'));
const manifest = v.parse(manifestSchema, readJson('package.json'));
const folder = 'node_modules/';

/** The version of `name` that a package at `path` finds: in its own node_modules, else in one further up. */
function versionFound(within: Packages, path: string, name: string): string | undefined {
  const found = within[`${path}${path === '' ? '' : '/'}${folder}${name}`];
  if (found !== undefined || path === '') return found?.version;
  return versionFound(within, path.slice(0, Math.max(0, path.lastIndexOf(folder) - 1)), name);
}

/** Exact versions and `^1.2.3` are all that optional dependencies ask for; a range of another form satisfies nothing here. */
function satisfies(version: string, range: string): boolean {
  if (!range.startsWith('^')) return version === range;
  const [asked, has] = [range.slice(1), version].map((text) => text.split('.').map(Number));
  const difference = asked?.map((part, index) => (has?.[index] ?? NaN) - part).find((part) => part !== 0) ?? 0;
  return asked?.[0] !== 0 && has?.[0] === asked?.[0] && difference >= 0;
}

/** The packages of any platform that some package may bring with it, and that have no entry at the version asked for. */
function missingIn(within: Packages): string[] {
  return Object.entries(within).flatMap(([path, { optionalDependencies }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, range]) => !satisfies(versionFound(within, path, name) ?? 'none', range))
      .map(([name, range]) => `${name}@${range} of ${path}`),
  );
}

describe('the lockfile', () => {
  it('has the packages of every platform, without which npm ci ends with an error', () => {
    assert.deepEqual(missingIn(packages), []);
  });

  it('would be incomplete without the packages of another platform, or with another version of one', () => {
    const platformPackage = 'node_modules/@esbuild/aix-ppc64';
    const { [platformPackage]: entry, ...others } = packages;
    const name = `@esbuild/aix-ppc64@${entry?.version ?? 'none'} of node_modules/esbuild`;
    const ofAnotherVersion = v.parse(lockfileSchema, {
      packages: { ...packages, [platformPackage]: { version: '0.0.1' } },
    });
    assert.ok(missingIn(others).includes(name));
    assert.ok(missingIn(ofAnotherVersion.packages).includes(name));
  });

  it('has every dependency of package.json, at the one version that is asked for', () => {
    const asked = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(asked)) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(versionFound(packages, '', name), version, name);
    }
    assert.deepEqual({ ...packages['']?.dependencies, ...packages['']?.devDependencies }, asked);
  });

  it('has every dependency of every package', () => {
    const missing = Object.entries(packages).flatMap(([path, { dependencies }]) =>
      Object.keys(dependencies)
        .filter((name) => versionFound(packages, path, name) === undefined)
        .map((name) => `${name} of ${path}`),
    );
    assert.deepEqual(missing, []);
  });

  it('names no registry, so that it installs from the one that npm is set to', () => {
    const resolved = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
    assert.deepEqual(resolved, []);
  });

  it('stays as it is when a script installs: an npm of another version would write it in another way', () => {
    const installs = Object.values(manifest.scripts).filter((script) => /\bnpm (i|install)\b/.test(script));
    assert.ok(installs.length > 0);
    for (const script of installs) assert.match(script, /^npm install --no-save /);
  });
});
