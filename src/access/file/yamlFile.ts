import { Composer, isMap, isScalar, isSeq, Lexer, parseDocument, Parser, type ErrorCode, type ParsedNode } from 'yaml';
import { largestFile } from './accessFile.ts';
import type { FileProblem, ProblemKind, Span } from './fileProblem.ts';
import type { EditStep, Plain } from './plain.ts';

/** A part of a YAML or JSON text. Nothing in it is a link to another part. */
export type FileNode = ScalarNode | ListNode | MapNode;

interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: unknown;
  readonly span: Span;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly FileNode[];
  readonly span: Span;
  /** Where the dash of each item is; none in a list in brackets. */
  readonly dashes: readonly number[] | undefined;
}

export interface MapNode {
  readonly kind: 'map';
  readonly pairs: readonly FilePair[];
  readonly span: Span;
  /** Whether it is in braces. */
  readonly isFlow: boolean;
}

export interface FilePair {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: FileNode;
}

interface FileTree {
  /** `undefined` where the text is not read. */
  readonly root: FileNode | undefined;
  readonly problems: readonly FileProblem[];
}

/** How deep lists and maps may be nested: the parser calls itself at each level. A file that makes sense needs eight. */
const deepest = 32;

/** How many words and signs a file may have: for one of 200 entries it is about 12,000. */
const mostLexemes = 100_000;

/** The lexer says with this that a scalar follows. */
const scalarFollows = '\u001F';

/** Controls but for tabs and line ends, line separators, and what turns the direction of a text, also in comments. */
const unreadable = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** A YAML 1.2 or JSON text as a tree with positions. Never throws; takes time in proportion to the length of the text. */
export function readYaml(text: string): FileTree {
  const whole = { from: 0, until: text.length };
  if (new TextEncoder().encode(text).length > largestFile) return refused([errorAt('tooLarge', whole)]);
  const unreadables = [...text.matchAll(unreadable)].filter(([each]) => !'\t\r\n'.includes(each));
  if (unreadables.length > 0) {
    return refused(
      unreadables.map(({ index, 0: each }) =>
        errorAt('controlCharacter', { from: index, until: index + 1 }, codePointName(each)),
      ),
    );
  }
  const tokens = tokensOf(text);
  if (!('tokens' in tokens)) return refused(tokens.problems);
  const options = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', keepSourceTokens: true } as const;
  const documents = [...new Composer(options).compose(tokens.tokens, true, text.length)];
  const [first, second] = documents;
  const problems = (first?.errors ?? []).map(({ code, pos: [from, until] }) =>
    errorAt(kindOfError(code), { from: Math.min(from, text.length), until: Math.min(until, text.length) }),
  );
  if (second) problems.push(errorAt('severalDocuments', spanOf(second.range)));
  return { root: first?.contents ? nodeOf(first.contents, problems) : undefined, problems };
}

function refused(problems: readonly FileProblem[]): FileTree {
  return { root: undefined, problems };
}

export function errorAt(kind: ProblemKind, span: Span, ...values: readonly (string | number)[]): FileProblem {
  return { kind, span, values, severity: 'error' };
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

type Tokens = Parameters<Composer['compose']>[0];

/** The text in tokens, or why it is not read: the rest of the parser is not made for hostile depths and links. */
function tokensOf(text: string): { readonly tokens: Tokens } | { readonly problems: readonly FileProblem[] } {
  const parser = new Parser();
  const tokens = [];
  const problems: FileProblem[] = [];
  let [count, before] = [0, ''];
  for (const lexeme of new Lexer().lex(text)) {
    const span = { from: parser.offset, until: parser.offset + lexeme.length };
    const kind = before === scalarFollows ? undefined : refusedSigns[lexeme.charAt(0)];
    if (kind !== undefined) problems.push(errorAt(kind, span));
    count += 1;
    if (count > mostLexemes) return { problems: [errorAt('tooMuch', span)] };
    for (const token of parser.next(lexeme)) tokens.push(token);
    // A list or map in a list or map takes up to two places on the stack.
    if (parser.stack.length > deepest * 2) return { problems: [errorAt('tooDeep', span)] };
    before = lexeme;
  }
  if (problems.length > 0) return { problems };
  return { tokens: [...tokens, ...parser.end()] };
}

const refusedSigns: Readonly<Record<string, ProblemKind>> = {
  '&': 'links',
  '*': 'links',
  '!': 'tag',
  '%': 'directive',
};

function kindOfError(code: ErrorCode): ProblemKind {
  if (code === 'TAB_AS_INDENT') return 'tabs';
  return code === 'RESOURCE_EXHAUSTION' ? 'tooDeep' : 'syntax';
}

function nodeOf(node: ParsedNode, problems: FileProblem[]): FileNode {
  const span = spanOf(node.range);
  if (isSeq(node)) {
    const items = node.items.flatMap((item) => nodeOf(item, problems));
    return { kind: 'list', items, span, dashes: dashesOf(node.srcToken) };
  }
  if (isMap(node)) {
    const pairs = node.items.flatMap(({ key, value }): readonly FilePair[] => {
      const keySpan = spanOf(key.range);
      if (!isScalar(key) || typeof key.source !== 'string') {
        problems.push(errorAt('keyNotText', keySpan));
        return [];
      }
      const nothing = { kind: 'scalar', value: null, span: { from: keySpan.until, until: keySpan.until } } as const;
      return [{ key: key.source, keySpan, value: value ? nodeOf(value, problems) : nothing }];
    });
    return { kind: 'map', pairs, span, isFlow: node.flow === true };
  }
  return { kind: 'scalar', value: isScalar(node) ? node.value : undefined, span };
}

function dashesOf(token: ParsedNode['srcToken']): readonly number[] | undefined {
  if (token?.type !== 'block-seq') return undefined;
  return token.items.flatMap(({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset ?? []);
}

function spanOf([from, until]: readonly [number, number, number]): Span {
  return { from, until };
}

/** What a tree says, without its positions. What no file holds, such as nothing at all, is an empty text. */
export function plainOf(node: FileNode): Plain {
  if (node.kind === 'list') return node.items.map(plainOf);
  if (node.kind === 'map') return Object.fromEntries(node.pairs.map(({ key, value }) => [key, plainOf(value)]));
  const { value } = node;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : '';
}

/** A YAML text that {@link readYaml} reads, written anew with some edits: comments and quotes stay, the layout may not. */
export function editDocument(text: string, steps: readonly EditStep[]): string {
  const document = parseDocument(text, { logLevel: 'silent' });
  for (const { path, value } of steps) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value, { flow: path.length > 2 }));
  }
  return document.toString({ lineWidth: 0 });
}
