import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/** What each folder or file of src may import beside its own files. Where two names fit a file, the longer one counts. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  nuki: ['base', 'ky', 'valibot'],
  model: ['base', 'nuki'],
  access: ['base', 'nuki', 'model', 'valibot'],
  simulator: ['base', 'nuki'],
  server: ['node:http', 'node:stream'],
  bin: 'base simulator server node:child_process node:crypto node:fs node:fs/promises node:os node:util'.split(' '),
  'views/text': ['base', 'nuki', 'model', 'access'],
  views: ['base', 'nuki', 'model', 'views/text', 'vscode'],
  'webview/protocol': [],
  'webview/picture': ['nuki', 'webview/protocol'],
  'webview/page': ['nuki', 'webview/protocol', 'webview/picture'],
  'webview/host': [
    'base',
    'nuki',
    'model',
    'views/text',
    'webview/protocol',
    'webview/picture',
    'vscode',
    'node:crypto',
    'valibot',
  ],
  'report.ts': ['base', 'nuki', 'model', 'views', 'views/text', 'vscode'],
  'sharedFolder.ts': ['base', 'model', 'node:crypto', 'node:fs', 'node:path'],
  'settings.ts': ['base', 'nuki', 'model', 'views', 'views/text', 'vscode'],
  commands: 'base nuki model access views views/text webview/host report.ts settings.ts vscode'.split(' '),
  accessEditor: 'base nuki model access views views/text commands settings.ts vscode'.split(' '),
  apiHelp: 'base nuki model views views/text commands settings.ts vscode'.split(' '),
  simulatedApi: 'base nuki model views views/text commands simulator server vscode'.split(' '),
  'createCommands.ts': ['model', 'commands', 'apiHelp', 'simulatedApi', 'vscode'],
  'ui.ts': 'base nuki model views views/text commands report.ts vscode'.split(' '),
  'createServices.ts':
    'base nuki model simulator views views/text commands report.ts settings.ts sharedFolder.ts ui.ts node:path vscode'.split(
      ' ',
    ),
  'extension.ts':
    'base nuki model views views/text accessEditor apiHelp commands createCommands.ts settings.ts createServices.ts vscode'.split(
      ' ',
    ),
};

/** The folders of a folder, where each may import only those before it. */
const foldersInOrder: Readonly<Record<string, readonly string[]>> = {
  access: 'file bookings record plan apply'.split(' '),
  simulator: 'time devices people faults journal webhooks clientCheck api demo homeFile control'.split(' '),
};

/** Packages that one file alone may import. The bare temporal-polyfill is imported nowhere: it takes the Temporal of the program. */
const owners: Readonly<Record<string, RegExp>> = {
  'nuki/time/zonedTime.ts': /^temporal-polyfill\/fns\//,
  'commands/saveExport.ts': /^node:os$/,
  'access/file/yamlFile.ts': /^yaml$/,
  'access/bookings/calendarFile.ts': /^ical\.js$/,
  'access/bookings/tableFile.ts': /^papaparse$/,
  'simulator/homeFile/homeFile.ts': /^valibot$/,
  'simulator/homeFile/homeFileSchema.ts': /^valibot$/,
};

const files = globSync('**/*.ts', { cwd: 'src' }).map((file) => file.replaceAll('\\', '/'));
const longestFirst = Object.keys(mayImport).toSorted((one, other) => other.length - one.length);
const layerOf = (file: string): string =>
  longestFirst.find((layer) => file === layer || file.startsWith(`${layer}/`)) ?? file;

function importsOf(file: string): string[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\s]+)'/g)].map(([, to = '']) => to);
}

function isAllowed(file: string, to: string): boolean {
  const target = to.startsWith('.') ? layerOf(join(dirname(file), to)) : to;
  return (
    target === layerOf(file) || mayImport[layerOf(file)]?.includes(target) === true || owners[file]?.test(to) === true
  );
}

describe('the files of src', () => {
  const edges = files.flatMap((file) => importsOf(file).map((to) => ({ file, to })));

  it('import only what their layer may', () => {
    assert.ok(edges.length > 500, 'the imports were not found');
    const guilty = edges.filter(({ file, to }) => !isAllowed(file, to));
    assert.deepEqual(
      guilty.map(({ file, to }) => `${file} imports ${to}`),
      [],
    );
  });

  for (const [layer, inOrder] of Object.entries(foldersInOrder)) {
    it(`import in ${layer} only what comes before their folder`, () => {
      const folderOf = (file: string): string | undefined => new RegExp(`^${layer}/(\\w+)/`).exec(file)?.[1];
      const placeOf = (file: string): number => inOrder.indexOf(folderOf(file) ?? '');
      const guilty = edges.filter(
        ({ file, to }) => placeOf(join(dirname(file), to)) > placeOf(file) && placeOf(file) >= 0,
      );
      assert.deepEqual(
        guilty.map(({ file, to }) => `${file} imports ${to}`),
        [],
      );
      assert.deepEqual(new Set(files.flatMap((file) => folderOf(file) ?? [])), new Set(inOrder));
    });
  }

  it('lie in folders whose names say something', () => {
    const vague = /(^|\/)(utils?|helpers?|common|core|shared|managers?|services?)\//;
    assert.deepEqual(
      files.filter((file) => vague.test(file)),
      [],
    );
  });
});
