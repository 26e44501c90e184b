import {
  CompletionItem,
  CompletionItemKind,
  Hover,
  MarkdownString,
  Range,
  type Position,
  type TextDocument,
} from 'vscode';
import { weekdayPresets } from '../nuki/time/weekdays.ts';
import { kindOf } from '../nuki/vocabulary/kinds.ts';
import { completedFieldBefore } from './completedField.ts';
import { isAboutNuki } from './apiObjects.ts';
import { fieldAt, type FieldInContext } from './fieldAt.ts';
import { actionNames, daysInWords } from './fields.ts';
import { apiObjectAround, deviceTypeAround, interpretationsOf } from './meaning.ts';
import type { RenderContext } from '../views/text/renderContext.ts';

/** How many characters are read on either side of the pointer, however long the file is. */
const reach = 8_192;

/**
 * What the value at the pointer means, or nothing where nothing is known of it. Only our own words are shown, as plain text: a file may
 * come from anywhere.
 */
export function hoverAt(document: TextDocument, position: Position, context: RenderContext): Hover | undefined {
  const window = windowAround(document, position);
  const found = fieldAt(window.text, window.offset);
  const interpretations = found ? interpretationsOf(found, fileNameAndHead(document), context) : [];
  if (!found || interpretations.length === 0) return undefined;
  const lines = interpretations.map(({ object, meaning }) => `${object}: ${meaning}`);
  const markdown = new MarkdownString().appendText(lines.join('\n'));
  const positionAt = (offset: number): Position => document.positionAt(window.start + offset);
  return new Hover(markdown, new Range(positionAt(found.field.start), positionAt(found.field.end)));
}

/** A part of a document. */
interface Window {
  readonly text: string;
  /** Where it begins in the document. */
  readonly start: number;
  /** Where in it the pointer is. */
  readonly offset: number;
}

function windowAround(document: TextDocument, position: Position): Window {
  const at = document.offsetAt(position);
  const start = Math.max(0, at - reach);
  const text = document.getText(new Range(document.positionAt(start), document.positionAt(at + reach)));
  return { text, start, offset: at - start };
}

const headLength = 1_000;

/** What may tell that a file is about Nuki, beside its fields. */
function fileNameAndHead(document: TextDocument): string {
  const [name = ''] = document.uri.path.split('/').slice(-1);
  return `${name} ${document.getText(new Range(document.positionAt(0), document.positionAt(headLength)))}`;
}

// Completion items rather than a code lens: they come while the user writes the value. A lens would move the lines of every such body.

/** The masks for `allowedWeekDays`, and the codes for `action` where the body is plainly an action for Nuki. */
export function completionsAt(
  document: TextDocument,
  position: Position,
  context: RenderContext,
): CompletionItem[] | undefined {
  const field = completedFieldBefore(document, position);
  if (field === undefined) return undefined;
  const { name, typed } = field;
  const replaced = new Range(position.translate(0, -typed.length), position);
  const values = name === 'action' ? actionCodes(document, position, context) : weekdayMasks(context);
  return values.map(({ value, meaning }, index) => {
    const item = new CompletionItem({ label: value, description: meaning }, CompletionItemKind.Value);
    item.range = replaced;
    item.filterText = `${value} ${meaning}`;
    item.sortText = String(index).padStart(3, '0');
    return item;
  });
}

interface Value {
  readonly value: string;
  readonly meaning: string;
}

function weekdayMasks(context: RenderContext): readonly Value[] {
  return weekdayPresets.map((mask) => ({
    value: String(mask),
    meaning: daysInWords(mask, context) ?? '',
  }));
}

/** The device types whose actions are offered where the device is not known. */
const lockType = 0;
const openerType = 2;

function actionCodes(document: TextDocument, position: Position, { t }: RenderContext): readonly Value[] {
  const { text, offset } = windowAround(document, position);
  const found = fieldAt(`${text.slice(0, offset)}1${text.slice(offset)}`, offset); // a value where there is none yet
  if (!found || !isPlainlyAnAction(found, fileNameAndHead(document))) return [];
  const type = deviceTypeAround(found);
  const types = type === undefined ? [lockType, openerType] : [type];
  return types.flatMap((each) => {
    const suffix = type === undefined ? ` (${t(kindOf(each).name)})` : '';
    return Object.entries(actionNames(kindOf(each))).map(([value, word]) => ({ value, meaning: t(word) + suffix }));
  });
}

function isPlainlyAnAction(found: FieldInContext, file: string): boolean {
  return apiObjectAround(found) === 'action' && isAboutNuki(found.enclosing, `${found.textBefore} ${file}`);
}
