import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generations, kinds } from '../../src/nuki/vocabulary/kinds.ts';
import * as vocabularies from '../../src/nuki/vocabulary/words.ts';

const root = join(import.meta.dirname, '../..');

/** A string literal by its value; a name (also a number or a keyword); or one other character. */
interface Token {
  readonly is: 'string' | 'name' | 'sign';
  readonly text: string;
}

type Texts = Readonly<Record<string, string>>;

const blank = /(?:\s|\/\/.*|\/\*[^]*?\*\/)+/y;
const quoted = /'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"/y;
const regularExpression = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const word = /[\w$#]+/y;
const templateText = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:\$\{|`)/y;

describe('localisation', () => {
  const sources = sourceFiles().map((path) => tokensOf(readFileSync(join(root, path), 'utf8')));
  const literals = new Set(sources.flatMap(stringsIn));
  const said = new Set([
    ...sources.flatMap((source) => sentencesIn(source, sources)),
    ...wordsIn([vocabularies, kinds, generations]),
  ]);

  it('finds what the extension says: in calls, in tables and in vocabularies', () => {
    for (const sentence of [
      'Add Account',
      'Unreadable device',
      'Unlock {0}?',
      'unlocking',
      'motor blocked',
      'active',
    ]) {
      assert.ok(said.has(sentence), sentence);
    }
    assert.ok(!said.has('device'), 'a word that a sentence is only chosen by');
    assert.ok(said.size > 250, `only ${said.size} sentences`);
  });

  for (const file of filesLike('l10n', /^bundle\.l10n\..+\.json$/)) {
    describe(file, () => {
      const texts = readTexts(file);
      it('has every sentence', () => assert.deepEqual(without(said, Object.keys(texts)), []));
      it('has no sentence that nothing says', () => assert.deepEqual(without(Object.keys(texts), literals), []));
      it('fills the same placeholders', () =>
        assert.deepEqual(
          differing(texts, placeholdersIn, (key) => key),
          [],
        ));
      it('leaves no sentence empty', () => assert.deepEqual(emptyIn(texts), []));
    });
  }

  const english = readTexts('package.nls.json');
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const inManifest = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key);

  describe('package.nls.json', () => {
    it('has every text of package.json', () => assert.deepEqual(without(inManifest, Object.keys(english)), []));
    it('has no text that package.json leaves out', () =>
      assert.deepEqual(without(Object.keys(english), inManifest), []));
  });

  for (const file of filesLike('.', /^package\.nls\..+\.json$/).filter((name) => name !== 'package.nls.json')) {
    describe(file, () => {
      const texts = readTexts(file);
      it('has every text', () => assert.deepEqual(without(Object.keys(english), Object.keys(texts)), []));
      it('has no text of its own', () => assert.deepEqual(without(Object.keys(texts), Object.keys(english)), []));
      it('links to the same places', () =>
        assert.deepEqual(
          differing(texts, linksIn, (key) => english[key] ?? ''),
          [],
        ));
      it('has an ellipsis where the English has one', () =>
        assert.deepEqual(
          differing(texts, ellipsesIn, (key) => english[key] ?? ''),
          [],
        ));
      it('leaves no text empty', () => assert.deepEqual(emptyIn(texts), []));
    });
  }
});

function sourceFiles(): string[] {
  const all = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return all.filter((path) => path.endsWith('.ts')).map((path) => join('src', path));
}

function filesLike(folder: string, name: RegExp): string[] {
  return readdirSync(join(root, folder))
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}

function readTexts(file: string): Texts {
  const texts: unknown = JSON.parse(readFileSync(join(root, file), 'utf8'));
  assert.ok(isTexts(texts), `${file} is no table of texts`);
  return texts;
}

function isTexts(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

function without(keys: Iterable<string>, others: Iterable<string>): string[] {
  const left = new Set(others);
  return [...new Set(keys)].filter((key) => !left.has(key)).toSorted();
}

/** The keys whose text holds other marks than the original of that key. */
function differing(texts: Texts, marksIn: (text: string) => string[], originalOf: (key: string) => string): string[] {
  const marks = (text: string): string => marksIn(text).toSorted().join(' ');
  return Object.keys(texts).filter((key) => marks(texts[key] ?? '') !== marks(originalOf(key)));
}

function emptyIn(texts: Texts): string[] {
  return Object.keys(texts).filter((key) => texts[key]?.trim() === '');
}

const placeholdersIn = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))];
const linksIn = (text: string): string[] => [...(text.match(/\]\([^)]*\)/g) ?? [])];
const ellipsesIn = (text: string): string[] => [...(text.match(/…$/) ?? [])];

/** Every string in a table, however deep. */
function wordsIn(table: unknown): string[] {
  if (typeof table === 'string') return [table];
  return typeof table === 'object' && table !== null ? Object.values(table).flatMap(wordsIn) : [];
}

function stringsIn(tokens: readonly Token[]): string[] {
  return tokens.filter(({ is }) => is === 'string').map(({ text }) => text);
}

/**
 * What a source says: the literals that are the first argument of `t`, of `l10n.t` or of a function whose first parameter is called
 * `sentence`, and the tables that such an argument looks up: `t(questions[action])`, `t(actions[action].name)`.
 */
function sentencesIn(source: readonly Token[], sources: readonly (readonly Token[])[]): string[] {
  const speakers = new Set(['t', ...functionsOfSentences(source)]);
  return source.flatMap(({ is, text }, at) => {
    const isTranslation = text === 't' && source[at - 2]?.text === 'l10n';
    if (is !== 'name' || !(speakers.has(text) || isTranslation) || source[at + 1]?.text !== '(') return [];
    const argument = firstPart(source.slice(at + 2));
    return [...literalsOf(argument), ...lookedUpBy(argument, source, sources)];
  });
}

function functionsOfSentences(source: readonly Token[]): string[] {
  return source.flatMap(({ text }, at) => {
    const [name, bracket, parameter] = source.slice(at + 1, at + 4);
    return text === 'function' && bracket?.text === '(' && parameter?.text === 'sentence' && name ? [name.text] : [];
  });
}

/** The tokens before the comma or the bracket that ends an argument. */
function firstPart(tokens: readonly Token[]): readonly Token[] {
  const depths = depthsOf(tokens);
  const isEnd = ({ text }: Token, at: number): boolean => (text === ',' ? depths[at] === 0 : depths[at] === -1);
  return tokens.slice(0, tokens.findIndex(isEnd));
}

/** How many brackets are open at each token; a closing one counts as outside of its own. */
function depthsOf(tokens: readonly Token[]): readonly number[] {
  let depth = 0;
  return tokens.map(({ is, text }) => {
    if (is !== 'sign') return depth;
    if (/[([{]/.test(text)) return depth++;
    return /[)\]}]/.test(text) ? --depth : depth;
  });
}

/** The literals themselves, also in both branches of a condition, but not what a condition compares with. */
function literalsOf(argument: readonly Token[]): string[] {
  const depths = depthsOf(argument);
  return stringsIn(
    argument.filter((_, at) => depths[at] === 0 && argument[at - 1]?.text !== '=' && argument[at + 1]?.text !== '='),
  );
}

function lookedUpBy(
  argument: readonly Token[],
  source: readonly Token[],
  sources: readonly (readonly Token[])[],
): string[] {
  const depths = depthsOf(argument);
  return argument.flatMap(({ is, text }, at) => {
    if (is !== 'name' || depths[at] !== 0 || argument[at + 1]?.text !== '[') return [];
    const end = argument.findIndex((token, place) => place > at + 1 && token.text === ']' && depths[place] === 0);
    const field = argument[end + 1]?.text === '.' ? argument[end + 2]?.text : undefined;
    const own = tableIn(source, text);
    const tables = own.length > 0 ? [own] : sources.map((other) => tableIn(other, text));
    return tables.flatMap((table) => valuesIn(table, field));
  });
}

/** The tokens of `const name … = {…}`. */
function tableIn(source: readonly Token[], name: string): readonly Token[] {
  const start = source.findIndex(({ text }, at) => text === 'const' && source[at + 1]?.text === name);
  if (start < 0) return [];
  const equals = source.findIndex(({ text }, at) => at > start && text === '=' && source[at + 1]?.text !== '>');
  if (source[equals + 1]?.text !== '{') return [];
  const rest = source.slice(equals + 1);
  return rest.slice(0, depthsOf(rest).indexOf(0, 1));
}

/** The strings that stand behind a key, or behind the key `field`. */
function valuesIn(table: readonly Token[], field: string | undefined): string[] {
  return table
    .filter(({ is }, at) => {
      const [key, colon] = [table[at - 2], table[at - 1]];
      return is === 'string' && colon?.text === ':' && (field === undefined || key?.text === field);
    })
    .map(({ text }) => text);
}

/** The tokens of TypeScript, as far as strings and brackets need it; of a template literal only what stands in `${}`. */
function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  /** For each template literal that is open, how many braces are open in its `${}`. */
  const templates: number[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const [text] = pattern.exec(source) ?? [];
    at += text?.length ?? 0;
    return text;
  };
  const takeTemplate = (): void => {
    if (take(templateText)?.endsWith('{')) templates.push(0);
  };
  while (at < source.length) {
    if (take(blank)) continue;
    const text = take(quoted);
    if (text !== undefined) tokens.push({ is: 'string', text: valueOf(text) });
    else if (mayBeginExpression(tokens.at(-1)) && take(regularExpression)) continue;
    else {
      const name = take(word);
      const sign = name ?? source.charAt(at++);
      if (sign === '`') takeTemplate();
      else if (sign === '}' && templates.at(-1) === 0) {
        templates.pop();
        takeTemplate();
      } else {
        const open = templates.pop();
        if (open !== undefined) templates.push(open + Number(sign === '{') - Number(sign === '}'));
        tokens.push({ is: name === undefined ? 'sign' : 'name', text: sign });
      }
    }
  }
  return tokens;
}

function mayBeginExpression(before: Token | undefined): boolean {
  if (before?.is === 'sign') return !/[)\]}]/.test(before.text);
  return before === undefined || before.text === 'return';
}

function valueOf(literal: string): string {
  const value = literal.slice(1, -1).replace(/\\u\{?([0-9a-fA-F]+)\}?|\\([^])/g, (_, hex?: string, character = '') => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return character === 'n' ? '\n' : String(character);
  });
  return value;
}
