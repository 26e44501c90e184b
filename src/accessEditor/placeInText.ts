// Where the cursor is in a text that is being written, and so is mostly no valid YAML or JSON.

/** A place in the structure of a text. */
export interface TextPlace {
  /** The keys and list places that lead there: of a key those of its map, `['access', 0]`; of a value with its own, `['access', 0, 'by']`. */
  readonly path: readonly (string | number)[];
  readonly kind: 'key' | 'value';
  /** Where what is typed begins, without a quote before it. In UTF-16. */
  readonly from: number;
  readonly isQuoted: boolean;
  /** The keys of the map around it, but for what is being typed. */
  readonly keys: ReadonlySet<string>;
  /** `block`: a line of its own, as YAML has it; `flow`: between brackets. */
  readonly style: 'block' | 'flow';
}

/** The place of the cursor in a JSON text. */
export function placeInJson(text: string, offset: number): TextPlace | undefined {
  return placeInFlow(text, offset, 0, []);
}

/** The place of the cursor in a YAML text. Brackets are followed within the line of the cursor. */
export function placeInYaml(text: string, offset: number): TextPlace | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const typed = text.slice(start, offset);
  if (/(^|\s)#/.test(typed)) return undefined;
  const { items, content } = partsOfLine(typed);
  const above = linesOf(text.slice(0, start)).toReversed();
  const end = text.indexOf('\n', offset);
  const below = end < 0 ? [] : linesOf(text.slice(end + 1));
  const path = pathOf(content.column, items, above);
  const key = keyOf(content.text);
  if (!key) {
    const keys = siblingsOf(content.column, items.length > 0 ? [] : above, below);
    const [quote = ''] = /^["']/.exec(content.text) ?? [];
    const from = start + content.column + quote.length;
    return { path, kind: 'key', from, isQuoted: quote !== '', keys, style: 'block' };
  }
  const from = start + content.column + key.length;
  const value = text.slice(from, offset);
  const ofKey = [...path, key.name];
  if (/^[[{]/.test(value)) return placeInFlow(text.slice(0, end < 0 ? undefined : end), offset, from, ofKey);
  const [quote = ''] = /^["']/.exec(value) ?? [];
  return {
    path: ofKey,
    kind: 'value',
    from: from + quote.length,
    isQuoted: quote !== '',
    keys: new Set(),
    style: 'block',
  };
}

interface Line {
  /** The columns of the dashes that begin list items. */
  readonly items: readonly number[];
  readonly content: { readonly column: number; readonly text: string };
}

function partsOfLine(line: string): Line {
  const items: number[] = [];
  let column = line.length - line.trimStart().length;
  for (let dash = /^-(\s+|$)/.exec(line.slice(column)); dash; dash = /^-(\s+|$)/.exec(line.slice(column))) {
    items.push(column);
    column += dash[0].length;
  }
  return { items, content: { column, text: line.slice(column) } };
}

function linesOf(text: string): readonly Line[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .map(partsOfLine);
}

/** The key at the start of a line, and how long it is with its colon and the blanks behind it. */
function keyOf(text: string): { readonly name: string; readonly length: number } | undefined {
  const found = /^(?:"([^"]*)"|'([^']*)'|([^\s#:'"[{][^:#]*?))\s*:(?:\s+|$)/.exec(text);
  return found ? { name: found[1] ?? found[2] ?? found[3] ?? '', length: found[0].length } : undefined;
}

/** `above`: the lines before, the nearest first. */
function pathOf(column: number, items: readonly number[], above: readonly Line[]): readonly (string | number)[] {
  const path: (string | number)[] = [];
  // Of each list around, where its dashes are and how many items are before.
  let list: { readonly column: number; before: number } | undefined;
  let limit = column;
  const closeList = (): void => {
    if (list) path.unshift(list.before);
    list = undefined;
  };
  const openList = (at: number): void => {
    closeList();
    list = { column: at, before: 0 };
    limit = at;
  };
  for (const at of items.toReversed()) openList(at);
  for (const line of above) {
    if (limit === 0 && !list) break;
    const key = keyOf(line.content.text);
    const { column: at } = line.content;
    // A list may begin where its key does.
    const isParent = list && line.items.length === 0 ? at <= list.column : at < limit;
    if (key && isParent) {
      closeList();
      path.unshift(key.name);
      limit = at;
    }
    for (const dash of line.items.toReversed()) {
      if (list && dash === list.column) list.before += 1;
      else if (dash < limit) openList(dash);
    }
  }
  closeList();
  return path;
}

/** The keys of a map whose keys begin at `column`, above a line and below it. */
function siblingsOf(column: number, above: readonly Line[], below: readonly Line[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [lines, isAbove] of [
    [above, true],
    [below, false],
  ] as const) {
    for (const { items, content } of lines) {
      const isItem = items.length > 0;
      if (!isAbove && isItem && (items[0] ?? 0) < column) break;
      if (content.column < column) break;
      const key = content.column === column ? keyOf(content.text) : undefined;
      if (key) keys.add(key.name);
      if (isAbove && isItem && (items[0] ?? 0) < column) break;
    }
  }
  return keys;
}

/** A map or a list between brackets. */
interface Frame {
  readonly isMap: boolean;
  readonly path: readonly (string | number)[];
  readonly keys: Set<string>;
  key: string | undefined;
  index: number;
}

const token = /\s+|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|[,:{}[\]]|(?:[^,:{}[\]"'\n]|:(?![\s,{}[\]]|$))+/gy;

function placeInFlow(
  text: string,
  offset: number,
  start: number,
  root: readonly (string | number)[],
): TextPlace | undefined {
  const frames: Frame[] = [];
  let place: TextPlace | undefined;
  let word = { text: '', isTyped: false };
  token.lastIndex = start;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [part] = found;
    const frame = frames.at(-1);
    const isWord = !/^(\s|[,:{}[\]]$)/.test(part);
    const isHere = offset >= found.index && offset <= found.index + part.length;
    const isTyped = !place && isWord && isHere;
    if (!place && frame && (isTyped || offset <= found.index)) {
      place = isTyped ? placeAt(frame, found.index, part) : placeAt(frame, offset, '');
    }
    if (isWord) word = { text: part.trim().replace(/^["']|["']$/g, ''), isTyped };
    else if (frame && part === ':' && frame.isMap && frame.key === undefined) {
      frame.key = word.text;
      if (!word.isTyped) frame.keys.add(word.text);
    } else if (frame && part === ',') {
      frame.key = undefined;
      frame.index += 1;
    } else if (part === '{' || part === '[') {
      frames.push({
        isMap: part === '{',
        path: frame ? pathIn(frame) : root,
        keys: new Set(),
        key: undefined,
        index: 0,
      });
    } else if (part === '}' || part === ']') {
      frames.pop();
      if (frames.length === 0) break;
    }
  }
  const last = frames.at(-1);
  return place ?? (last && placeAt(last, offset, ''));
}

function pathIn({ isMap, path, key, index }: Frame): readonly (string | number)[] {
  return [...path, isMap ? (key ?? '') : index];
}

function placeAt(frame: Frame, from: number, part: string): TextPlace {
  const isKey = frame.isMap && frame.key === undefined;
  const isQuoted = /^["']/.test(part);
  const path = isKey ? frame.path : pathIn(frame);
  return {
    path,
    kind: isKey ? 'key' : 'value',
    from: from + Number(isQuoted),
    isQuoted,
    keys: frame.keys,
    style: 'flow',
  };
}
