// The extension as the bench runs it, and its rivals.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import * as v from 'valibot';
import { stageExtension } from '../../../esbuild.mjs';
import ourManifest from '../../../package.json' with { type: 'json' };

export const ours = 'keyturner.keyturner';
export const empty = 'bench.empty';
export const twin = 'bench.twin';
/** An empty one, too: activated before, it bears what the very first activation costs, which is no extension's own. */
export const first = 'bench.first';

/** Packs all of them. @returns the .vsix files */
export async function packages(folder: string): Promise<readonly string[]> {
  return [
    await extension(folder),
    await rival(folder, 'first', 'empty'),
    await rival(folder, 'empty', 'empty'),
    await rival(folder, 'probe', 'probe', { activationEvents: ['*'] }),
    await rival(folder, 'twin', 'twin', {
      contributes: {
        viewsContainers: {
          activitybar: ['twin', 'warmUp'].map((id) => ({ id, title: id, icon: '$(list-tree)' })),
        },
        views: {
          twin: [{ id: 'twin.devices', name: 'Twin' }],
          warmUp: [{ id: 'twin.warmUp', name: 'Warm-up' }],
        },
        menus: menusOfTwin(),
      },
    }),
  ];
}

/** The buttons and menus of our tree and its rows, which VS Code works out for the twin's, too. */
function menusOfTwin(): object {
  const menu = v.array(v.looseObject({ when: v.optional(v.string()) }));
  const manifest = v.object({
    contributes: v.object({ menus: v.object({ 'view/title': menu, 'view/item/context': menu }) }),
  });
  const { menus } = v.parse(manifest, ourManifest).contributes;
  return v.parse(
    v.looseObject({}),
    JSON.parse(JSON.stringify(menus).replaceAll('view == nuki.devices', 'view == twin.devices')),
  );
}

/** Ours, which starts when it is told to, or when its view is shown. */
async function extension(folder: string): Promise<string> {
  const place = join(folder, 'keyturner');
  await stageExtension({ entry: join(import.meta.dirname, 'fixtures', 'entry.ts'), folder: place });
  const manifest = join(place, 'package.json');
  const whole = v.parse(v.looseObject({}), JSON.parse(readFileSync(manifest, 'utf8')));
  writeFileSync(manifest, JSON.stringify({ ...whole, activationEvents: [] }));
  return await pack(folder, 'keyturner');
}

async function rival(folder: string, name: string, source: string, more: object = {}): Promise<string> {
  const place = join(folder, name);
  mkdirSync(place);
  const engines = { vscode: '^1.103.0' };
  const manifest = { name, publisher: 'bench', version: '1.0.0', engines, main: 'main.js', activationEvents: [] };
  writeFileSync(join(place, 'package.json'), JSON.stringify({ ...manifest, ...more }));
  await build({
    entryPoints: [join(import.meta.dirname, 'fixtures', `${source}.ts`)],
    outfile: join(place, 'main.js'),
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return await pack(folder, name);
}

async function pack(folder: string, name: string): Promise<string> {
  const packagePath = join(folder, `${name}.vsix`);
  const lenient = { dependencies: false, allowMissingRepository: true, skipLicense: true, allowStarActivation: true };
  await createVSIX({ cwd: join(folder, name), packagePath, ...lenient });
  return packagePath;
}
