import {
  CompletionItem,
  CompletionItemKind,
  Hover,
  MarkdownString,
  Range,
  type Position,
  type TextDocument,
} from 'vscode';
import { fieldAt, type FieldInContext } from './fieldAt.ts';
import { actionNames, daysInWords } from './fields.ts';
import { kindOf } from '../nuki/vocabulary/kinds.ts';
import { deviceTypeIn, apiObjectAround, interpretationsOf } from './meaning.ts';
import { isAboutNuki } from './apiObjects.ts';
import { weekdayPresets } from '../nuki/time/weekdays.ts';
import type { RenderContext } from '../views/text/renderContext.ts';

/** How many characters are read on either side of the pointer, however long the file is. */
const reach = 8_192;

/** What the value means that somebody points at, or nothing where nothing is known. Only our own words are shown. */
export function hoverAt(document: TextDocument, position: Position, context: RenderContext): Hover | undefined {
  const window = windowAround(document, position);
  const found = fieldAt(window.text, window.offset);
  const readings = found ? interpretationsOf(found, aboutOf(document), context) : [];
  if (!found || readings.length === 0) return undefined;
  const words = new MarkdownString().appendText(readings.map(({ of, words: meant }) => `${of}: ${meant}`).join('\n'));
  const placeAt = (offset: number): Position => document.positionAt(window.start + offset);
  return new Hover(words, new Range(placeAt(found.field.start), placeAt(found.field.end)));
}

interface Window {
  readonly text: string;
  /** Where the window begins in the document, and the position in the window. */
  readonly start: number;
  readonly offset: number;
}

function windowAround(document: TextDocument, position: Position): Window {
  const at = document.offsetAt(position);
  const start = Math.max(0, at - reach);
  const text = document.getText(new Range(document.positionAt(start), document.positionAt(at + reach)));
  return { text, start, offset: at - start };
}

const headLength = 1_000;

/** What tells whether a file is about Nuki, beside its fields: its own name and its first lines. */
function aboutOf(document: TextDocument): string {
  const [name = ''] = document.uri.path.split('/').slice(-1);
  return `${name} ${document.getText(new Range(document.positionAt(0), document.positionAt(headLength)))}`;
}

// Completion items rather than a code lens: they come while somebody writes the value and are gone after it, whereas a lens would move the
// lines of every file that has such a body, whether its numbers are in question or not. What they mean is a hover away already.

/** The masks for `allowedWeekDays`, and the codes for `action` where the body is plainly one that Nuki is asked to act by. */
export function completionsAt(
  document: TextDocument,
  position: Position,
  context: RenderContext,
): CompletionItem[] | undefined {
  const line = document.getText(
    new Range(position.with({ character: Math.max(0, position.character - 200) }), position),
  );
  const [, name, begun = ''] = /(allowedWeekDays|action)\\?["']?\s*[:=]\s*(\d*)$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  const replaced = new Range(position.translate(0, -begun.length), position);
  const values = name === 'action' ? actionCodes(document, position, context) : weekdayMasks(context);
  return values.map(({ value, words }, index) => {
    const item = new CompletionItem({ label: value, description: words }, CompletionItemKind.Value);
    item.range = replaced;
    item.filterText = `${value} ${words}`;
    item.sortText = String(index).padStart(3, '0');
    return item;
  });
}

interface Value {
  readonly value: string;
  readonly words: string;
}

function weekdayMasks(context: RenderContext): readonly Value[] {
  return weekdayPresets.map((mask) => ({
    value: String(mask),
    words: daysInWords(mask, context) ?? '',
  }));
}

function actionCodes(document: TextDocument, position: Position, { t }: RenderContext): readonly Value[] {
  const { text, offset } = windowAround(document, position);
  const found = fieldAt(`${text.slice(0, offset)}1${text.slice(offset)}`, offset); // a value where there is none yet
  if (!found || !isPlainlyAnAction(found, aboutOf(document))) return [];
  const type = deviceTypeIn(found);
  const types = type === undefined ? [0, 2] : [type];
  return types.flatMap((each) => {
    const suffix = type === undefined ? ` (${t(kindOf(each).name)})` : '';
    return Object.entries(actionNames(kindOf(each))).map(([value, words]) => ({ value, words: t(words) + suffix }));
  });
}

function isPlainlyAnAction(found: FieldInContext, about: string): boolean {
  return apiObjectAround(found) === 'action' && isAboutNuki(found.enclosing, `${found.textBefore} ${about}`);
}
