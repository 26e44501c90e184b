import { CompletionItem, CompletionItemKind, Range, SnippetString, type Position, type TextDocument } from 'vscode';
import {
  columnFields,
  doorFields,
  entryFields,
  fileFields,
  sourceFields,
  type Field,
} from '../access/file/accessFields.ts';
import { yamlValue } from '../access/file/accessFileText.ts';
import { keyFrom } from '../access/file/keyFrom.ts';
import { safeText } from '../base/safeText.ts';
import type { DeviceState } from '../model/snapshots.ts';
import { credentials } from '../nuki/authorization/credential.ts';
import { timeZoneName } from '../nuki/time/timeZones.ts';
import { placeInJson, placeInYaml, type TextPlace } from './placeInText.ts';
import {
  aliases,
  devicesOf,
  valuesOf,
  type CompletionContext,
  type Suggestion,
  type Writer,
} from './valueSuggestions.ts';

/** What fits at the cursor in an access file: its keys, and the values that are known. */
export function completionsAt(
  document: TextDocument,
  position: Position,
  context: CompletionContext,
): CompletionItem[] | undefined {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const isJson = document.uri.path.endsWith('.json');
  const place = isJson ? placeInJson(text, offset) : placeInYaml(text, offset);
  if (!place) return undefined;
  const quote = place.isQuoted ? text.charAt(place.from - 1) : '';
  const closing = quote !== '' && text.startsWith(quote, offset) ? 1 : 0;
  const range = new Range(document.positionAt(place.from - quote.length), document.positionAt(offset + closing));
  const column = document.positionAt(place.from - quote.length).character;
  const hasColon = /^\s*:/.test(text.slice(offset + closing, offset + closing + 8));
  const writer: Writer = { place, column, hasColon, isJson };
  const suggestions = suggestionsAt(writer, context);
  // Enter would take what is typed whole already, or what is longer, instead of beginning a line.
  const typed = document.getText(range);
  if (suggestions.some(({ insert }) => insert === typed)) return [];
  return suggestions.map(({ label, insert, description, documentation, kind }, index) => {
    const item = new CompletionItem({ label, ...(description && { description }) }, kind ?? CompletionItemKind.Value);
    item.range = range;
    item.insertText = insert;
    item.keepWhitespace = true;
    item.filterText = `${quote}${label} ${description ?? ''}`;
    item.sortText = String(index).padStart(3, '0');
    if (documentation !== undefined) item.documentation = documentation;
    return item;
  });
}

function suggestionsAt(writer: Writer, context: CompletionContext): readonly Suggestion[] {
  const { place } = writer;
  const [top, , field, third] = place.path;
  const isListed = (top === 'access' || top === 'bookings') && field === 'doors' && third !== undefined;
  if (isListed) return aliases(writer, context);
  if (place.kind === 'value') return valuesOf(writer, context);
  if (top === 'doors' && place.path.length === 1) return doorsToAdd(writer, context);
  const fields = fieldsAt(place.path);
  return fields ? [...entrySnippet(writer, context), ...keysOf(fields, writer, context)] : [];
}

function fieldsAt([top, name, part, ...rest]: TextPlace['path']): Readonly<Record<string, Field>> | undefined {
  if (top === undefined) return fileFields;
  if (name === undefined || rest.length > 0) return undefined;
  if (top === 'bookings') return part === undefined ? sourceFields : part === 'columns' ? columnFields : undefined;
  if (part !== undefined) return undefined;
  return top === 'doors' ? doorFields : top === 'access' ? entryFields : undefined;
}

function keysOf(
  fields: Readonly<Record<string, Field>>,
  { place, hasColon, isJson }: Writer,
  { locale: { t } }: CompletionContext,
): readonly Suggestion[] {
  const missing = Object.entries(fields).filter(([key]) => !place.keys.has(key) && (isJson || key !== '$schema'));
  return missing.map(([key, { description }]) => ({
    label: key,
    insert: `${isJson ? JSON.stringify(key) : key}${hasColon ? '' : ': '}`,
    documentation: t(description),
    kind: CompletionItemKind.Property,
  }));
}

/** The lines of a whole entry, where one begins. */
function entrySnippet(
  { place, column, isJson }: Writer,
  { parsed, locale: { t } }: CompletionContext,
): readonly Suggestion[] {
  if (place.path[0] !== 'access' || place.path.length !== 2 || place.keys.size > 0 || isJson) return [];
  const [first] = parsed.file.doors;
  const lines = [
    'key: ${1:guest}',
    'name: ${2:Guest}',
    `doors: [\${3:${first?.alias ?? ''}}]`,
    `by: \${4|${credentials.join()}|}`,
  ];
  const insert = new SnippetString(lines.join(`\n${' '.repeat(column)}`));
  return [
    { label: t('entry'), insert, documentation: t(fileFields.access.description), kind: CompletionItemKind.Snippet },
  ];
}

/** The devices that the file has no door for, each as a line of `doors`. */
function doorsToAdd(writer: Writer, context: CompletionContext): readonly Suggestion[] {
  const { place, isJson, hasColon } = writer;
  const known = new Set(context.parsed.file.doors.map(({ smartlockId }) => smartlockId));
  return devicesOf(context).flatMap(({ account, state }): readonly Suggestion[] => {
    const { smartlockId, name } = state.device;
    if (known.has(smartlockId)) return [];
    const alias = keyFrom(name, place.keys);
    const value = isJson
      ? `{ "id": ${smartlockId}, "name": ${JSON.stringify(name)} }`
      : `{ id: ${smartlockId}, name: ${yamlValue(name, true)} }`;
    return [
      {
        label: safeText(name),
        insert: hasColon ? alias : `${isJson ? JSON.stringify(alias) : alias}: ${value}`,
        description: [zoneText(state, context), account].filter(Boolean).join(' · '),
        kind: CompletionItemKind.Reference,
      },
    ];
  });
}

function zoneText({ device }: DeviceState, { locale: { t } }: CompletionContext): string {
  return timeZoneName(device.config?.timezoneId) ?? t('time zone unknown');
}
