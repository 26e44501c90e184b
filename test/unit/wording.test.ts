import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const root = join(import.meta.dirname, '../..');
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');
const texts = (path: string): Readonly<Record<string, string>> =>
  v.parse(v.record(v.string(), v.string()), JSON.parse(readText(path)));

const bundle = texts('l10n/bundle.l10n.de.json');
const docs = readdirSync(join(root, 'docs')).filter((name) => name !== 'fields.md');
/** In the page about the simulated API, code is what programs write; in the others it is what is on screen. */
const withoutCode = (text: string): string => text.replaceAll(/```[^]*?```|`[^`\n]*`/g, '');
const paragraphs = ['README.md', ...docs.map((name) => `docs/${name}`)].flatMap((path) => {
  const text = readText(path);
  return (path === 'docs/simulated-api.md' ? withoutCode(text) : text).split('\n\n');
});
const english = [...Object.keys(bundle), ...Object.values(texts('package.nls.json')), ...paragraphs];
const german = [...Object.values(bundle), ...Object.values(texts('package.nls.de.json'))];

/** The rows of the table of words in CONTRIBUTING.md: the idea, and what it is not called in each language. */
const table = (/### Words on screen\n([^]*?)\n##/.exec(readText('CONTRIBUTING.md'))?.[1] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()));

const variants = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, variant = '']) => variant);

/** The texts in which `variant` stands as a whole word or as whole words. */
function saying(all: readonly string[], variant: string): readonly string[] {
  const pattern = new RegExp(String.raw`(?<![\p{L}-])${variant.replaceAll('.', String.raw`\.`)}(?![\p{L}-])`, 'iu');
  return all.filter((text) => pattern.test(text)).map((text) => text.slice(0, 200));
}

describe('the words on screen', () => {
  it('stand in a table', () => assert.ok(table.length > 15));

  for (const [, idea = '', say = '', sage = '', not, nicht] of table) {
    it(`${idea}: "${say}", "${sage}"`, () => {
      const inEnglish = variants(not).flatMap((variant) => saying(english, variant));
      const inGerman = variants(nicht).flatMap((variant) => saying(german, variant));
      assert.deepEqual([...inEnglish, ...inGerman], []);
    });
  }
});
