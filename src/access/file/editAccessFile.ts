import { deepEqual } from '../../base/deepEqual.ts';
import type { AccessFile, BookingSource, Door, Entry } from './accessFile.ts';
import { entryFields } from './accessFields.ts';
import { jsonText, plainDoor, plainEntry, plainSource, yamlText } from './accessFileText.ts';
import { editLines } from './editLines.ts';
import { hasErrors } from './fileProblem.ts';
import { parseAccessFile } from './parseAccessFile.ts';
import type { EditStep, FilePath, Plain } from './plain.ts';
import { editDocument, plainOf, readYaml } from './yamlFile.ts';

/** What becomes of an entry. */
export type EntryEdit =
  | { readonly kind: 'addEntry'; readonly entry: Entry }
  | { readonly kind: 'removeEntry'; readonly key: string }
  /** `key`: as it is in the file; the entry may have another. */
  | { readonly kind: 'changeEntry'; readonly key: string; readonly entry: Entry };

export type FileEdit =
  | EntryEdit
  /** One that is there under that alias or name is replaced. */
  | { readonly kind: 'addDoor'; readonly door: Door }
  | { readonly kind: 'addSource'; readonly source: BookingSource };

/**
 * The text of a file with some edits. What they do not touch stays as it is: comments, order, quotes and line ends; but JSON is
 * indented anew by two spaces. A text with errors comes back as it is, and so does one in which no entry has a key that is edited.
 */
export function editAccessFile(text: string, edits: readonly FileEdit[]): string {
  const { file, problems } = parseAccessFile(text);
  const { root } = readYaml(text);
  if (!root || hasErrors(problems)) return text;
  const steps = stepsOf(file, edits);
  if (steps.length === 0) return text;
  const wanted = steps.reduce((plain, { path, value }) => withValue(plain, path, value), plainOf(root));
  const [bom] = /^\uFEFF?/.exec(text) ?? [''];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const withOwnEnds = (written: string): string => bom + written.replaceAll('\n', lineEnd);
  if (isJson(text.slice(bom.length))) return withOwnEnds(jsonText(wanted));
  const isWanted = (edited: string): boolean => {
    const tree = readYaml(edited);
    return tree.root !== undefined && tree.problems.length === 0 && deepEqual(plainOf(tree.root), wanted);
  };
  const inLines = editLines(text, root, steps);
  if (isWanted(inLines)) return inLines;
  const inDocument = withOwnEnds(editDocument(text.slice(bom.length).replaceAll('\r\n', '\n'), steps));
  return isWanted(inDocument) ? inDocument : withOwnEnds(yamlText(wanted));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** An entry of the text, or one that is added, and what becomes of it. */
interface Slot {
  readonly was: Entry | undefined;
  readonly now: Entry | undefined;
}

function stepsOf({ entries }: AccessFile, edits: readonly FileEdit[]): readonly EditStep[] {
  const slots: Slot[] = entries.map((entry) => ({ was: entry, now: entry }));
  const others: EditStep[] = [];
  for (const edit of edits) {
    switch (edit.kind) {
      case 'addEntry':
        slots.push({ was: undefined, now: edit.entry });
        break;
      case 'removeEntry':
      case 'changeEntry': {
        const at = slots.findIndex(({ now }) => now?.key === edit.key);
        const slot = slots[at];
        if (slot) slots[at] = { ...slot, now: edit.kind === 'changeEntry' ? edit.entry : undefined };
        break;
      }
      case 'addDoor':
        others.push({ path: ['doors', edit.door.alias], value: plainDoor(edit.door) });
        break;
      case 'addSource':
        others.push({ path: ['bookings', edit.source.name], value: plainSource(edit.source) });
        break;
    }
  }
  const added = slots.flatMap(({ was, now }) => (was || !now ? [] : [now]));
  return [
    ...others,
    ...slots.flatMap(({ was, now }, index) => (was && now ? changesOf(was, now, index) : [])),
    ...added.map((entry, at) => ({ path: ['access', entries.length + at], value: plainEntry(entry) })),
    ...entries
      .flatMap((_, index) => (slots[index]?.now ? [] : [{ path: ['access', index], value: undefined }]))
      .toReversed(),
  ];
}

function changesOf(was: Entry, now: Entry, index: number): readonly EditStep[] {
  const [before, after] = [plainEntry(was), plainEntry(now)];
  return Object.keys(entryFields).flatMap((field) =>
    deepEqual(before[field], after[field]) ? [] : [{ path: ['access', index, field], value: after[field] }],
  );
}

/** `plain` with another value at `path`; what leads there is made where it is missing. */
function withValue(plain: Plain | undefined, [step, ...rest]: FilePath, value: Plain | undefined): Plain {
  if (Array.isArray(plain)) {
    const list: readonly Plain[] = plain;
    const at = Number(step);
    const item = rest.length > 0 ? withValue(list[at], rest, value) : value;
    return list.toSpliced(at, 1, ...(item === undefined ? [] : [item]));
  }
  const fields = Object.entries(typeof plain === 'object' ? plain : {});
  const key = String(step);
  const before = fields.find(([name]) => name === key)?.[1];
  const after = rest.length > 0 ? withValue(before, rest, value) : value;
  const kept = fields.map(([name, each]) => [name, name === key ? after : each] as const);
  const all = before === undefined ? [...kept, [key, after] as const] : kept;
  return Object.fromEntries(all.flatMap(([name, each]) => (each === undefined ? [] : [[name, each]])));
}
