import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { permissionNames, permissions } from '../../src/nuki/permissions.ts';

const readText = (name: string): string => readFileSync(join(import.meta.dirname, '../..', name), 'utf8');
const texts = (name: string): Readonly<Record<string, string>> =>
  v.parse(v.record(v.string(), v.string()), JSON.parse(readText(name)));

const manifest = v.parse(
  v.object({
    engines: v.object({ vscode: v.string() }),
    contributes: v.object({
      commands: v.array(v.object({ title: v.string() })),
      configuration: v.object({ properties: v.record(v.string(), v.looseObject({ default: v.unknown() })) }),
    }),
  }),
  JSON.parse(readText('package.json')),
);
const readme = readText('README.md');
/** What is written for users: the README, and what it refers to. */
const pages = [
  readme,
  ...readdirSync(join(import.meta.dirname, '../../docs'))
    .filter((name) => name !== 'fields.md')
    .map((name) => readText(`docs/${name}`)),
];
const manifestTexts = texts('package.nls.json');
/** Every sentence that the extension says; test/unit/l10n.test.ts holds both lists complete. */
const sentences = [...Object.keys(texts('l10n/bundle.l10n.de.json')), ...Object.values(manifestTexts)];

/** A part of a page by its heading. */
function section(heading: string, page = readme): string {
  const [, text] = `\n${page}`.split(new RegExp(`\n##? ${heading}\n`));
  return text?.split('\n## ')[0] ?? assert.fail(`no heading "${heading}"`);
}

/** The cells of a table, without its heading. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.startsWith('| ') || line.startsWith('|-'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, match = '']) => match);

/** Whether the extension says this, with any name or number where its sentence has a place for one. */
function isSaid(quoted: string): boolean {
  return sentences.some((sentence) => {
    const letters = sentence.replaceAll(/\{\d\}/g, '').replaceAll(/[^a-z]/gi, '').length;
    if (letters < 4) return false;
    const pattern = sentence.replaceAll(/[.*+?^$()[\]\\|]/g, String.raw`\$&`).replaceAll(/\{\d\}/g, '.+');
    return sentence.includes(quoted) || new RegExp(`^${pattern}$`).test(quoted);
  });
}

describe('the README', () => {
  it('asks for the VS Code that the manifest asks for', () => {
    assert.deepEqual(
      matches(readme, /needs VS Code (\d+\.\d+) or later/g).map((version) => `^${version}.0`),
      [manifest.engines.vscode],
    );
  });

  it('has the permissions of a token under their names', () => {
    assert.deepEqual(
      rowsOf(section('Permissions')).map(([name]) => name),
      permissionNames.map((name) => permissions[name].name),
    );
    assert.deepEqual(
      rowsOf(section('Security and privacy', readText('docs/privacy.md'))).map(([name]) => name),
      permissionNames.map((name) => permissions[name].name),
    );
  });

  it('has every setting with its default', () => {
    assert.deepEqual(
      rowsOf(section('Settings')).map(([key, value]) => [key, value]),
      Object.entries(manifest.contributes.configuration.properties).map(([key, setting]) => [
        `\`${key}\``,
        setting.default === '' ? 'empty' : `\`${String(setting.default)}\``,
      ]),
    );
  });

  it('calls commands by their titles', () => {
    const titles = manifest.contributes.commands.map(({ title }) => manifestTexts[title.slice(1, -1)] ?? '');
    const named = pages.flatMap((page) => [
      ...matches(page, /\*\*Nuki: ([^*]+)\*\*/g),
      ...matches(page, /\*\*([^*:]+…)\*\*/g),
    ]);
    assert.ok(named.length > 12);
    const unknown = named.filter((name) => !titles.includes(name));
    assert.deepEqual(unknown, []);
    const buttons = ['Add Account', 'Check Token', 'Wake and Refresh', 'Refresh', 'Replace Token', 'Re-enable Unlatch'];
    for (const button of [...buttons, 'Reveal Code', 'Copy Code', 'Copy Diagnostics', 'Show as JSON', 'Show Log']) {
      assert.ok(
        pages.some((page) =>
          [button, `Nuki: ${button}`, `Nuki: ${button}…`].some((name) => page.includes(`**${name}**`)),
        ),
        button,
      );
      assert.ok(
        titles.some((title) => title.replace('…', '') === button),
        button,
      );
    }
  });

  it('is read in a few minutes', () => {
    const words = readme.split(/\s+/).length;
    assert.ok(words >= 700 && words <= 900, `${words} words`);
  });

  it('refers to pages and pictures that are there', () => {
    for (const page of [
      'README.md',
      ...readdirSync(join(import.meta.dirname, '../../docs')).map((name) => `docs/${name}`),
    ]) {
      for (const link of matches(readText(page), /\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
        if (!link.startsWith('https://')) readFileSync(join(import.meta.dirname, '../..', dirname(page), link));
      }
    }
  });

  it('quotes what is said word for word', () => {
    const quoted = [
      ...['account', 'devices', 'actions', 'authorizations'].flatMap((page) =>
        matches(readText(`docs/${page}.md`), /`([^`]+)`/g),
      ),
      ...rowsOf(section('Troubleshooting', readText('docs/troubleshooting.md'))).flatMap(([seen = '']) =>
        matches(seen, /[`"]([^`"]+)[`"]/g),
      ),
    ].flatMap((text) => (/^(http|nuki)\./.test(text) ? [] : [text.replaceAll(/\s+/g, ' ')]));
    assert.ok(quoted.length > 25);
    for (const text of ['offline, known about 14:02', 'was confirmed']) assert.ok(!isSaid(text), text);
    const parts = quoted.flatMap((text) => (isSaid(text) ? [] : text.split(' · ').filter((part) => !isSaid(part))));
    assert.deepEqual(parts, []);
  });
});
