import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Which rooms a room may import; a file directly in src is a room of its own, and so is what lies in a webview. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  nuki: ['base'],
  model: ['base', 'nuki'],
  simulator: ['base', 'nuki'],
  views: ['base', 'nuki', 'model'],
  apiHelp: ['base', 'nuki', 'model', 'views'],
  'webview/protocol.ts': [],
  'webview/shape.ts': [],
  'webview/page': ['nuki', 'webview/protocol.ts', 'webview/shape.ts'],
  webview: ['base', 'nuki', 'model', 'webview/protocol.ts', 'webview/shape.ts'],
  'report.ts': ['base', 'nuki', 'model', 'views'],
  'settings.ts': ['base', 'nuki', 'model', 'views'],
  commands: ['base', 'nuki', 'model', 'views', 'apiHelp', 'webview', 'report.ts', 'settings.ts'],
  'ui.ts': ['base', 'nuki', 'model', 'views', 'commands', 'report.ts'],
  'services.ts': [
    'base',
    'nuki',
    'model',
    'simulator',
    'views',
    'apiHelp',
    'commands',
    'report.ts',
    'settings.ts',
    'ui.ts',
  ],
  'extension.ts': ['base', 'nuki', 'model', 'views', 'apiHelp', 'commands', 'settings.ts', 'services.ts'],
};
/** Packages that a room may import. */
const packages: Readonly<Record<string, readonly string[]>> = {
  base: [],
  nuki: ['ky', 'valibot'],
  model: [],
  'webview/page': [],
  webview: ['node:crypto'],
};
const packagesOfTheRest = ['valibot'];
/** Packages, and folders of packages, that one file alone may import. */
const packageOwners: Readonly<Record<string, string>> = {
  'node:fs/promises': 'commands/exportAuthorizations.ts',
  'node:os': 'commands/exportAuthorizations.ts',
  'node:path': 'commands/exportAuthorizations.ts',
  'temporal-polyfill/fns': 'nuki/time/zonedTime.ts',
};
const knowsVsCode = [
  'apiHelp',
  'views',
  'webview',
  'commands',
  'report.ts',
  'settings.ts',
  'ui.ts',
  'services.ts',
  'extension.ts',
];

/** Everything that breaks the rule of the rooms in `files`, path within src → text, each with its name. */
function guilt(files: ReadonlyMap<string, string>): string[] {
  const edges = [...files].flatMap(([file, text]) => importsOf(text).map((to) => ({ file, to })));
  const graph = new Map([...files.keys()].map((file) => [file, localTargets(file, edges)]));
  return [
    ...edges.filter(({ file, to }) => !isAllowed(file, to)).map(({ file, to }) => `${file} imports ${to}`),
    ...[...files.keys()].filter((file) => reaches(graph, file, file)).map((file) => `${file} is in a ring`),
    ...[...files].filter(([, text]) => /^export default\b|\bas default\b/m.test(text)).map(([f]) => `${f}: default`),
    ...[...files].filter(([, text]) => /^(export )?(let|var)\b/m.test(text)).map(([f]) => `${f}: module-level let`),
    ...[...files.keys()]
      .filter((file) => /(^|\/)(utils|helpers|common|core|shared)\//.test(file))
      .map((file) => `${file}: a folder whose name says nothing`),
  ];
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\s]+)'/g)].map(([, to = '']) => to);
}

function roomOf(file: string): string {
  return /^webview\/((?:protocol|shape)\.ts|page(?=\/))/.exec(file)?.[0] ?? file.split('/')[0] ?? '';
}

function isAllowed(file: string, to: string): boolean {
  const room = roomOf(file);
  if (to.startsWith('.')) {
    const target = roomOf(normalize(join(dirname(file), to)));
    return target === room || (mayImport[room] ?? []).includes(target);
  }
  const owned = Object.keys(packageOwners).find((name) => to === name || to.startsWith(`${name}/`));
  if (owned !== undefined) return packageOwners[owned] === file;
  return to === 'vscode' ? knowsVsCode.includes(room) : (packages[room] ?? packagesOfTheRest).includes(to);
}

function localTargets(file: string, edges: readonly { file: string; to: string }[]): string[] {
  const own = edges.filter((edge) => edge.file === file && edge.to.startsWith('.'));
  return own.map(({ to }) => normalize(join(dirname(file), to)));
}

function reaches(graph: ReadonlyMap<string, readonly string[]>, from: string, goal: string): boolean {
  const seen = new Set<string>();
  const next = [...(graph.get(from) ?? [])];
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (file === goal) return true;
    if (!seen.has(file)) next.push(...(graph.get(file) ?? []));
    seen.add(file);
  }
  return false;
}

function sources(): Map<string, string> {
  const src = join(import.meta.dirname, '../../src');
  const names = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return new Map(names.map((name) => [name, readFileSync(join(src, name), 'utf8')]));
}

describe('the rule of the rooms', () => {
  it('is kept by every file of src', () => {
    assert.ok(sources().size > 40, 'the files were not found');
    assert.deepEqual(guilt(sources()), []);
  });

  const guilty: readonly [what: string, file: string, text: string, verdict: string][] = [
    ['an import to the right', 'base/a.ts', "import { x } from '../nuki/x.ts';", 'base/a.ts imports ../nuki/x.ts'],
    ['a type import', 'nuki/a.ts', "import type { X } from '../model/x.ts';", 'nuki/a.ts imports ../model/x.ts'],
    ['an import() later', 'model/a.ts', "await import('../views/x.ts');", 'model/a.ts imports ../views/x.ts'],
    ['the report in a view', 'views/a.ts', "import { R } from '../report.ts';", 'views/a.ts imports ../report.ts'],
    [
      'a model in the simulator',
      'simulator/a.ts',
      "export * from '../model/x.ts';",
      'simulator/a.ts imports ../model/x.ts',
    ],
    ['VS Code in the model', 'model/a.ts', "import { window } from 'vscode';", 'model/a.ts imports vscode'],
    ['ky in a view', 'views/a.ts', "import ky from 'ky';", 'views/a.ts imports ky'],
    [
      'Temporal elsewhere',
      'nuki/schedule.ts',
      "import { offset } from 'temporal-polyfill/fns/ZonedDateTime';",
      'nuki/schedule.ts imports temporal-polyfill/fns/ZonedDateTime',
    ],
    [
      'the Temporal of the program',
      'nuki/time/zonedTime.ts',
      "import { Temporal } from 'temporal-polyfill';",
      'nuki/time/zonedTime.ts imports temporal-polyfill',
    ],
    ['Node in the simulator', 'simulator/a.ts', "import 'node:fs';", 'simulator/a.ts imports node:fs'],
    ['a host in its page', 'webview/page/a.ts', "import '../html.ts';", 'webview/page/a.ts imports ../html.ts'],
    ['a page in its host', 'webview/a.ts', "import './page/x.ts';", 'webview/a.ts imports ./page/x.ts'],
    ['a package in a page', 'webview/page/a.ts', "import 'valibot';", 'webview/page/a.ts imports valibot'],
    ['a room nobody knows', 'misc/a.ts', "import '../base/x.ts';", 'misc/a.ts imports ../base/x.ts'],
    ['a ring', 'base/a.ts', "import './a.ts';", 'base/a.ts is in a ring'],
    ['a default export', 'base/a.ts', 'export default 1;', 'base/a.ts: default'],
    ['a variable of a module', 'base/a.ts', 'export let x = 1;', 'base/a.ts: module-level let'],
    ['a name that says nothing', 'base/utils/a.ts', '', 'base/utils/a.ts: a folder whose name says nothing'],
  ];
  for (const [what, file, text, verdict] of guilty) {
    it(`names ${what}`, () => assert.deepEqual(guilt(new Map([[file, text]])), [verdict]));
  }

  it('names everybody in a longer ring', () => {
    const ring = new Map([
      ['base/a.ts', "import './b.ts';"],
      ['base/b.ts', "import './c.ts';"],
      ['base/c.ts', "import './a.ts';"],
      ['base/d.ts', "import './a.ts';"],
    ]);
    assert.deepEqual(guilt(ring), ['base/a.ts is in a ring', 'base/b.ts is in a ring', 'base/c.ts is in a ring']);
  });
});
