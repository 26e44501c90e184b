import { l10n, ThemeIcon, window, workspace, type QuickInputButton, type QuickPickItem, type TextEditor } from 'vscode';
import { randomInt } from '../base/randomInt.ts';
import { forIcons, safeText } from '../base/safeText.ts';
import { copy, copySecret, insert, insertLabel, type Target } from '../commands/clipboard.ts';
import { commandIds } from '../commands/ids.ts';
import type { Services } from '../commands/services.ts';
import { isKeypadCode, keypadCodeRule } from '../nuki/authorization/keypadCode.ts';
import { weekdayNames, weekdaysInWords } from '../nuki/time/weekdays.ts';
import { generateKeypadCodes, presentMoment, readingsOf, type ConversionContext } from './conversions.ts';
import { pickTimeZone, usualTimeZone } from './pickTimeZone.ts';

export function convertCommands(services: Services) {
  return {
    [commandIds.convertValue]: () => convertValue(services),
    [commandIds.generateKeypadCode]: () => generateCode(services),
  };
}

/** Has dates read in another time zone. */
const zoneButton: QuickInputButton = { iconPath: new ThemeIcon('globe'), tooltip: l10n.t('Use Another Time Zone…') };

interface Row extends QuickPickItem {
  /** What each text becomes, `undefined` where it cannot be converted; none on a row that only informs. */
  readonly values?: readonly (string | undefined)[];
  readonly isSecret?: boolean;
  /** Whether it leads to choosing weekdays from a list. */
  readonly leadsToDays?: boolean;
}

/** How the user left the list. */
type Choice = Taken | { readonly kind: 'zone' | 'days'; readonly typed: string };

interface Taken {
  readonly kind: 'copy' | 'insert';
  readonly row: Row;
}

interface List {
  readonly title: string;
  readonly placeholder: string;
  readonly typed: string;
  /** The rows for what the user types. */
  readonly rowsFor: (typed: string) => readonly Row[];
  /** What the button of a row that puts its values into the editor is called; `undefined` where none can be written to. */
  readonly insertLabel: string | undefined;
}

/** Shows a value in every notation that it can have: what is selected, or what the user types, at every key. */
async function convertValue(services: Services): Promise<void> {
  const target = targetOf(window.activeTextEditor);
  const texts = target.selected;
  const several = texts.length > 1 ? texts : [];
  const state = { typed: texts.length === 1 ? (texts[0] ?? '').trim() : '', zone: usualTimeZone(services) };
  const title = l10n.t('Convert Value');
  for (;;) {
    const context = await contextIn(state.zone, services);
    const choice = await choose({
      title: several.length > 0 ? l10n.t('{0}: {1} selections', title, several.length) : title,
      placeholder: l10n.t('For example {0}', examplesIn(context.language)),
      typed: state.typed,
      rowsFor: (typed) => rowsFor(typed.trim() === '' && several.length > 0 ? several : [typed], context),
      insertLabel: target.isWritable ? insertLabel(target) : undefined,
    });
    if (!choice) return;
    if ('row' in choice) return await take(choice, target, services);
    state.typed = choice.typed;
    if (choice.kind === 'zone') state.zone = (await pickTimeZone(services, title)) ?? state.zone;
    else state.typed = (await chooseDays(context)) ?? state.typed;
  }
}

/** One value of each kind, the weekdays as the user writes them. */
function examplesIn(language: string): string {
  return `21913877581, 124, ${weekdaysInWords(124, language)}, 09:00, 37, 5.9.4, 2027-06-16 10:30`;
}

/** Offers codes that no device has to have accepted yet; a code is a secret wherever it goes. */
async function generateCode(services: Services): Promise<void> {
  const target = targetOf(window.activeTextEditor);
  const codes = generateKeypadCodes(randomInt);
  const rows = codes.map((code): Row => ({ label: code, values: [code], isSecret: true }));
  const choice = await choose({
    title: l10n.t('Generate Keypad Code'),
    placeholder: l10n.t('Choose a code to copy'),
    typed: '',
    rowsFor: () => rows,
    insertLabel: target.isWritable ? insertLabel(target) : undefined,
  });
  if (choice && 'row' in choice) await take(choice, target, services);
}

async function take({ kind, row }: Taken, target: Target, services: Services): Promise<void> {
  const values = row.values ?? [];
  if (kind === 'insert' && (await insert(values, target))) return;
  const text = values.filter((each) => each !== undefined).join('\n');
  await (row.isSecret ? copySecret(text, services) : copy(text));
}

/** Each selection that is not empty; where all are, every cursor. */
function targetOf(editor: TextEditor | undefined): Target & { selected: readonly string[]; isWritable: boolean } {
  const selections = editor?.selections ?? [];
  const filled = selections.filter((selection) => editor?.document.getText(selection).trim());
  return {
    editor,
    targets: filled.length > 0 ? filled : selections,
    selected: filled.map((selection) => editor?.document.getText(selection) ?? ''),
    isWritable: editor !== undefined && isWritable(editor),
  };
}

function isWritable({ document }: TextEditor): boolean {
  return document.isUntitled || workspace.fs.isWritableFileSystem(document.uri.scheme) === true;
}

async function contextIn(zone: string, services: Services): Promise<ConversionContext> {
  const { t, language, now } = services.renderContext();
  const { resolveWallTime, wallTimeAt } = await import('../nuki/time/zonedTime.ts');
  return { t, language, now, clock: { zone, resolveWallTime, wallTimeAt } };
}

/** Shows a list until the user has chosen; `undefined` where the user closes it. */
function choose({ title, placeholder, typed, rowsFor: rows, insertLabel: tooltip }: List): Promise<Choice | undefined> {
  const input = window.createQuickPick<Row>();
  const insertButton = tooltip === undefined ? undefined : { iconPath: new ThemeIcon('insert'), tooltip };
  const withButtons = (row: Row): Row => {
    const buttons = [...(row.buttons ?? []), ...(row.values && insertButton ? [insertButton] : [])];
    return buttons.length === 0 ? row : { ...row, buttons };
  };
  const show = (): void => {
    input.items = rows(input.value).map((row) => ({ ...withButtons(row), alwaysShow: true }));
    input.activeItems = input.items.slice(0, 1); // and not the one that looks most like what the user typed
  };
  Object.assign(input, { title, placeholder, value: typed, ignoreFocusOut: true }); // the value may be copied from another window
  show();
  return new Promise((resolve) => {
    const end = (choice: Choice): void => {
      resolve(choice);
      input.hide();
    };
    input.onDidChangeValue(show);
    input.onDidAccept(() => {
      const [row] = input.selectedItems;
      if (row?.leadsToDays) end({ kind: 'days', typed: input.value });
      else if (row?.values) end({ kind: 'copy', row });
    });
    input.onDidTriggerItemButton(({ button, item }) =>
      end(button === zoneButton ? { kind: 'zone', typed: input.value } : { kind: 'insert', row: item }),
    );
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}

/** A row for each notation that one of the texts can be converted to. */
function rowsFor(texts: readonly string[], context: ConversionContext): readonly Row[] {
  const [text = ''] = texts;
  if (texts.length === 1 && text.trim() === '') {
    const { notation, value, note } = presentMoment(context);
    return [{ label: l10n.t('Choose Days…'), leadsToDays: true }, rowOf(notation, [value], note)];
  }
  const converted = texts.map((each) => readingsOf(each, context));
  // Of one text each reading is a row, also two in one notation; several texts share a row for each notation.
  if (texts.length === 1) return rowsOfOne(text, converted.flat());
  if (converted.flat().length === 0) return [unreadable()];
  const notations = new Set(converted.flat().map(({ notation }) => notation));
  const rows = [...notations].map((notation) => {
    const values = converted.map((results) => results.find((result) => result.notation === notation)?.value);
    return { notation, values, missing: values.filter((value) => value === undefined).length };
  });
  return rows
    .toSorted((one, other) => one.missing - other.missing)
    .map(({ notation, values, missing }) =>
      rowOf(
        notation,
        values,
        missing === 0 ? undefined : l10n.t("{0} can't be converted and will be left as is", missing),
      ),
    );
}

function rowsOfOne(text: string, readings: ReturnType<typeof readingsOf>): readonly Row[] {
  const rows = readings.map(({ kind, notation, value, note }) => ({
    ...rowOf(notation, [value], note),
    ...(kind === 'keypadCode' && { isSecret: true }),
    ...(kind === 'dateTime' && { buttons: [zoneButton] }),
  }));
  const mayBeMeantAsCode = /^\d{6}$/.test(text.trim()) && !isKeypadCode(text.trim());
  if (mayBeMeantAsCode) return [...rows, { ...info(l10n.t(keypadCodeRule)), description: l10n.t('Keypad code') }];
  return rows.length === 0 ? [unreadable()] : rows;
}

function unreadable(): Row {
  return info(
    l10n.t("This isn't a value of the Nuki API: an ID, days, a time of day, a date, a time zone, a code or a version."),
  );
}

function info(sentence: string): Row {
  return { label: forIcons(sentence), iconPath: new ThemeIcon('info') };
}

function rowOf(notation: string, values: readonly (string | undefined)[], note: string | undefined): Row {
  const shown = values.map((value) => value ?? '–').join(', ');
  return { label: forIcons(safeText(shown)), description: notation, ...(note && { detail: note }), values };
}

/** @returns the chosen days in words, as the user could type them */
async function chooseDays({ language }: ConversionContext): Promise<string | undefined> {
  const title = l10n.t('Choose Days…');
  const days = await window.showQuickPick([...weekdayNames(language, 'long')], { title, canPickMany: true });
  return days && days.length > 0 ? days.join(', ') : undefined;
}
