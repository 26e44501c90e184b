// Edits of a YAML file in lines, which leave every other line as it is.
import { entryFields } from './accessFields.ts';
import { entryLines, pairText, yamlValue } from './accessFileText.ts';
import type { EditStep, Plain } from './plain.ts';
import type { FileNode, FilePair, ListNode, MapNode } from './yamlFile.ts';

/** A part of the text that is replaced; nothing but an insertion where both ends are the same. */
interface Splice {
  readonly from: number;
  readonly until: number;
  readonly text: string;
}

/** The text with the steps, as far as they are in lists and maps in lines: what is in brackets is left out. The caller compares. */
export function editLines(text: string, root: FileNode, steps: readonly EditStep[]): string {
  if (root.kind !== 'map' || root.isFlow) return text;
  const lines = new Lines(text);
  const splices = ['doors', 'access', 'bookings'].flatMap((section) => {
    const ours = steps.filter(({ path }) => path[0] === section);
    const pair = root.pairs.find(({ key }) => key === section);
    if (ours.length === 0) return [];
    if (!pair) return lines.newSection(root, section, ours);
    return pair.value.kind === 'list' ? lines.inList(pair, pair.value, ours) : lines.inMap(pair, ours);
  });
  return lines.spliced(splices);
}

class Lines {
  /** With a line end at its end. */
  readonly #text: string;
  readonly #lineEnd: string;
  readonly #isEnded: boolean;

  constructor(text: string) {
    this.#lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
    this.#isEnded = text.endsWith('\n');
    this.#text = this.#isEnded ? text : text + this.#lineEnd;
  }

  spliced(splices: readonly Splice[]): string {
    let [edited, at] = ['', 0];
    for (const { from, until, text } of splices.toSorted((one, other) => one.from - other.from)) {
      edited += this.#text.slice(at, from) + text;
      at = until;
    }
    edited += this.#text.slice(at);
    return this.#isEnded ? edited : edited.slice(0, -this.#lineEnd.length);
  }

  newSection(root: MapNode, section: string, steps: readonly EditStep[]): readonly Splice[] {
    const last = root.pairs.at(-1);
    const lines = [`${section}:`, ...steps.map(({ path, value = '' }) => `  ${pairText(String(path[1]), value)}`)];
    return last ? [this.#insert(this.#lineAfter(last.value), lines)] : [];
  }

  /** Doors and sources of bookings: each in a line of its own. */
  inMap({ value }: FilePair, steps: readonly EditStep[]): readonly Splice[] {
    if (value.kind !== 'map') return [];
    const last = value.pairs.at(-1);
    return steps.flatMap(({ path, value: now = '' }) => {
      const name = String(path[1]);
      const there = value.pairs.find(({ key }) => key === name);
      if (there) return this.#replaceValue(there, now);
      if (last && value.isFlow) return [];
      const indent = last ? this.#indentAt(last.keySpan.from) : '  ';
      return [...this.#insertAfter(value, [`${indent}${pairText(name, now)}`])];
    });
  }

  inList(pair: FilePair, list: ListNode, steps: readonly EditStep[]): readonly Splice[] {
    const { dashes } = list;
    if (!dashes && list.items.length > 0) return [];
    const added = steps.filter(({ path, value }) => path.length === 2 && value !== undefined);
    const removed = steps.filter(({ path, value }) => path.length === 2 && value === undefined);
    const isEmptied = removed.length === list.items.length && added.length === 0;
    return [
      ...list.items.flatMap((item, index) =>
        this.#inItem(
          item,
          dashes?.[index] ?? 0,
          steps.filter(({ path }) => path.length === 3 && path[1] === index),
        ),
      ),
      ...removed.flatMap(({ path }) => this.#removeItem(list, Number(path[1]))),
      ...this.#addItems(list, added),
      ...(isEmptied ? [{ ...emptyAt(this.#colonAfter(pair) + 1), text: ' []' }] : []),
    ];
  }

  #addItems(list: ListNode, steps: readonly EditStep[]): readonly Splice[] {
    const dash = list.dashes?.[0];
    const indent = dash === undefined ? '  ' : this.#indentAt(dash);
    const last = (list.dashes?.length ?? 0) - 1;
    const isSpaced = last > 0 && this.#isBlank(this.#lineBefore(this.#startOfItem(list, last)));
    const lines = steps.flatMap(({ value = '' }) => [...(isSpaced ? [''] : []), ...entryLines(value, indent)]);
    if (lines.length === 0) return [];
    return last < 0 ? this.#insertAfter(list, lines) : [this.#insert(this.#endOfItem(list, last), lines)];
  }

  /** Inserts lines after a list or map; an empty one in brackets gives way to them. */
  #insertAfter(node: FileNode, lines: readonly string[]): readonly Splice[] {
    const inserted = this.#insert(this.#lineAfter(node), lines);
    const isEmpty = node.kind === 'list' ? node.items.length === 0 : node.kind === 'map' && node.pairs.length === 0;
    if (!isEmpty) return [inserted];
    const from = node.span.from - (this.#text[node.span.from - 1] === ' ' ? 1 : 0);
    return [{ from, until: node.span.until, text: '' }, inserted];
  }

  #removeItem(list: ListNode, index: number): readonly Splice[] {
    const [start, until] = [this.#startOfItem(list, index), this.#endOfItem(list, index)];
    const before = this.#lineBefore(start);
    const isAlone = this.#isBlank(before) && (until >= this.#text.length || this.#isBlank(until));
    return [{ from: isAlone ? before : start, until, text: '' }];
  }

  /** Where the line of an item begins, or the first of the comments right above it and at its dash. */
  #startOfItem({ dashes }: ListNode, index: number): number {
    const dash = dashes?.[index] ?? 0;
    const isItsComment = (line: number): boolean => this.#textAt(line).startsWith(`${this.#indentAt(dash)}#`);
    let start = this.#lineOf(dash);
    while (start > 0 && isItsComment(this.#lineBefore(start))) start = this.#lineBefore(start);
    return start;
  }

  /** Where the line after an item begins, and after comments that are deeper than its dash. */
  #endOfItem({ items, dashes }: ListNode, index: number): number {
    const [item, dash] = [items[index], dashes?.[index] ?? 0];
    let end = item ? this.#lineAfter(item) : dash;
    const isItsComment = (line: number): boolean => {
      const indent = /^( *)#/.exec(this.#textAt(line))?.[1];
      return indent !== undefined && indent.length > dash - this.#lineOf(dash);
    };
    while (isItsComment(end)) end = this.#lineOf(end, 'next');
    return end;
  }

  #inItem(item: FileNode, dash: number, steps: readonly EditStep[]): readonly Splice[] {
    if (item.kind !== 'map' || steps.length === 0) return [];
    const fieldOf = ({ path }: EditStep): string => String(path[2]);
    const isFirstRemoved = steps.some((step) => step.value === undefined && fieldOf(step) === item.pairs[0]?.key);
    if (item.isFlow || isFirstRemoved) return [this.#rewritten(item, dash, steps)];
    return steps.flatMap((step): readonly Splice[] => {
      const there = item.pairs.find(({ key }) => key === fieldOf(step));
      if (there && step.value === undefined) {
        return [{ from: this.#lineOf(there.keySpan.from), until: this.#lineAfter(there.value), text: '' }];
      }
      if (step.value === undefined) return [];
      if (there) return this.#replaceValue(there, step.value);
      const line = `${' '.repeat(this.#columnOf(item.span.from))}${pairText(fieldOf(step), step.value)}`;
      return [this.#insert(this.#lineAfter(pairBefore(fieldOf(step), item).value), [line])];
    });
  }

  /** An item in braces, or one whose first field goes: what the steps do not touch as it was written. */
  #rewritten(item: MapNode, dash: number, steps: readonly EditStep[]): Splice {
    const valueOf = new Map(steps.map(({ path, value }) => [String(path[2]), value]));
    const kept = item.pairs.flatMap(({ key, keySpan, value }) => {
      if (!valueOf.has(key)) return [this.#text.slice(keySpan.from, this.#endOf(value))];
      const now = valueOf.get(key);
      valueOf.delete(key);
      return now === undefined ? [] : [pairInFlow(key, now)];
    });
    const added = [...valueOf].flatMap(([key, value]) => (value === undefined ? [] : [pairInFlow(key, value)]));
    const parts = [...kept, ...added];
    const until = this.#endOf(item);
    if (item.isFlow) return { ...item.span, text: `{ ${parts.join(', ')} }` };
    return { from: dash, until, text: `- ${parts.join(`${this.#lineEnd}${' '.repeat(this.#columnOf(dash) + 2)}`)}` };
  }

  #replaceValue(pair: FilePair, value: Plain): readonly Splice[] {
    const { span } = pair.value;
    const isInLine = !this.#text.slice(pair.keySpan.until, span.until).includes('\n');
    if (isInLine) return [{ ...span, text: yamlValue(value) }];
    return [{ from: this.#colonAfter(pair) + 1, until: this.#endOf(pair.value), text: ` ${yamlValue(value)}` }];
  }

  #insert(at: number, lines: readonly string[]): Splice {
    return { from: at, until: at, text: lines.map((line) => line + this.#lineEnd).join('') };
  }

  #colonAfter({ keySpan }: FilePair): number {
    return this.#text.indexOf(':', keySpan.until);
  }

  /** Where the last value in a node ends: the node itself may end after comments. */
  #endOf(node: FileNode): number {
    const last = node.kind === 'map' && !node.isFlow ? node.pairs.at(-1)?.value : undefined;
    const item = node.kind === 'list' && node.dashes ? node.items.at(-1) : undefined;
    const within = last ?? item;
    if (within) return this.#endOf(within);
    const { from, until } = node.span;
    return from + this.#text.slice(from, until).trimEnd().length;
  }

  #lineAfter(node: FileNode): number {
    return this.#lineOf(this.#endOf(node), 'next');
  }

  /** Where the line with an offset begins, or the one after it. */
  #lineOf(offset: number, which: 'this' | 'next' = 'this'): number {
    if (which === 'this') return offset === 0 ? 0 : this.#text.lastIndexOf('\n', offset - 1) + 1;
    return this.#text.indexOf('\n', offset) + 1 || this.#text.length;
  }

  #lineBefore(line: number): number {
    return this.#lineOf(Math.max(0, line - 1));
  }

  #textAt(line: number): string {
    return this.#text.slice(line, this.#lineOf(line, 'next'));
  }

  #isBlank(line: number): boolean {
    return this.#textAt(line).trim() === '';
  }

  #columnOf(offset: number): number {
    return offset - this.#lineOf(offset);
  }

  #indentAt(offset: number): string {
    return ' '.repeat(this.#columnOf(offset));
  }
}

function emptyAt(at: number): Pick<Splice, 'from' | 'until'> {
  return { from: at, until: at };
}

function pairInFlow(key: string, value: Plain): string {
  return `${key}: ${yamlValue(value, true)}`;
}

/** After which field of an entry another one is written: in the order in which a file is written anew. */
function pairBefore(field: string, { pairs }: MapNode): FilePair {
  const order = Object.keys(entryFields);
  const before = pairs.filter(({ key }) => order.includes(key) && order.indexOf(key) < order.indexOf(field));
  const [first] = pairs;
  const last = before.at(-1) ?? pairs.at(-1) ?? first;
  if (!last) throw new RangeError('an entry without fields');
  return last;
}
