import { l10n, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { randomInt } from '../base/randomInt.ts';
import { forIcons, safeText } from '../base/safeText.ts';
import { insertOrCopy } from '../commands/clipboard.ts';
import type { ConversionName, ConvertCommandId } from '../commands/ids.ts';
import type { Run } from '../commands/register.ts';
import type { Services } from '../commands/services.ts';
import { weekdayNames } from '../nuki/time/weekdays.ts';
import { conversions, whyNot, type ConversionContext } from './conversions.ts';
import { pickTimeZone } from './pickTimeZone.ts';

/** A command for each conversion: it converts what is selected, or what the user types, at every key. */
export function convertCommands(services: Services): Readonly<Record<ConvertCommandId, Run>> {
  const run =
    (name: ConversionName): Run =>
    () =>
      convert(name, services);
  return {
    'nuki.convert.deviceId': run('deviceId'),
    'nuki.convert.weekdays': run('weekdays'),
    'nuki.convert.timeOfDay': run('timeOfDay'),
    'nuki.convert.dateTime': run('dateTime'),
    'nuki.convert.timeZone': run('timeZone'),
    'nuki.convert.keypadCode': run('keypadCode'),
    'nuki.convert.firmware': run('firmware'),
  };
}

/** Converts each selection that is not empty. Where all are empty, the result goes to every cursor. */
async function convert(name: ConversionName, services: Services): Promise<void> {
  const editor = window.activeTextEditor;
  const selections = editor?.selections ?? [];
  const filled = selections.filter((selection) => editor?.document.getText(selection).trim());
  const texts = filled.map((selection) => editor?.document.getText(selection) ?? '');
  const context = await conversionContext(name, services);
  const values = context && (await chooseResult(name, texts, context));
  if (!values) return;
  const targets = filled.length > 0 ? filled : selections;
  await insertOrCopy(values, { editor, targets, secret: name === 'keypadCode' }, services);
}

/** @returns `undefined` where the user picks no time zone to read dates in */
async function conversionContext(name: ConversionName, services: Services): Promise<ConversionContext | undefined> {
  const { t, language, now } = services.renderContext();
  const context = { t, language, now, randomInt };
  if (name !== 'dateTime') return context;
  const zone = await pickTimeZone(services, l10n.t(conversions[name].title));
  if (zone === undefined) return undefined;
  const { resolveWallTime, wallTimeAt } = await import('../nuki/time/zonedTime.ts');
  return { ...context, clock: { zone, resolveWallTime, wallTimeAt } };
}

interface Result extends QuickPickItem {
  /** What each text becomes, `undefined` where it cannot be converted; none on an item that only informs. */
  readonly values?: readonly (string | undefined)[];
  /** Whether it leads to choosing weekdays from a list. */
  readonly leadsToDays?: boolean;
}

/** Shows `texts`, or what the user types, in every notation. @returns the texts in the notation that the user chooses */
function chooseResult(
  name: ConversionName,
  texts: readonly string[],
  context: ConversionContext,
): Promise<readonly (string | undefined)[] | undefined> {
  const input = window.createQuickPick<Result>();
  input.title = l10n.t(conversions[name].title);
  input.ignoreFocusOut = true; // the user may copy the value from another window
  input.placeholder =
    texts.length > 1 ? l10n.t('{0} selections; or type another value', texts.length) : l10n.t(conversions[name].hint);
  const show = (): void => {
    input.items = itemsFor(name, input.value, texts, context);
    input.activeItems = input.items.slice(0, 1); // and not the one that looks most like what the user typed
  };
  input.value = texts.length === 1 ? (texts[0] ?? '').trim() : '';
  show();
  return new Promise((resolve, reject) => {
    const accept = async (): Promise<void> => {
      const [item] = input.selectedItems;
      if (item?.leadsToDays) {
        const days = await chooseDays(context);
        if (days === undefined) return resolve(undefined);
        resolve(await chooseResult(name, [days], context));
      } else if (item?.values) {
        resolve(item.values);
        input.hide();
      }
    };
    input.onDidChangeValue(show);
    input.onDidAccept(() => void accept().catch(reject));
    input.onDidHide(() => {
      if (!input.selectedItems[0]?.leadsToDays) resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}

function itemsFor(name: ConversionName, typed: string, texts: readonly string[], context: ConversionContext): Result[] {
  if (typed.trim() !== '') return resultsOf(name, [typed], context);
  if (texts.length > 1) return resultsOf(name, texts, context);
  const suggested = conversions[name].suggest?.(context) ?? [];
  const items = suggested.map(({ notation, value, note }) => itemOf(notation, [value], note));
  const chooseItem: Result = { label: l10n.t('Choose Days…'), alwaysShow: true, leadsToDays: true };
  return name === 'weekdays' ? [chooseItem, ...items] : items;
}

/** An item for each notation that one of the texts can be converted to. */
function resultsOf(name: ConversionName, texts: readonly string[], context: ConversionContext): Result[] {
  const converted = texts.map((text) => conversions[name].read(text, context));
  if (converted.flat().length === 0) {
    return [{ label: forIcons(whyNot(name, context.t)), iconPath: new ThemeIcon('info'), alwaysShow: true }];
  }
  // Of one text each reading is an item, also two in one notation; several texts share an item for each notation.
  if (texts.length === 1) return converted.flat().map(({ notation, value, note }) => itemOf(notation, [value], note));
  const notations = new Set(converted.flat().map(({ notation }) => notation));
  return [...notations].map((notation) => {
    const values = converted.map((results) => results.find((result) => result.notation === notation)?.value);
    const missing = values.filter((value) => value === undefined).length;
    const note = missing === 0 ? undefined : l10n.t('{0} cannot be converted and stay', missing);
    return itemOf(notation, values, note);
  });
}

function itemOf(notation: string, values: readonly (string | undefined)[], note: string | undefined): Result {
  const shown = values.map((value) => value ?? '–').join(', ');
  const label = forIcons(safeText(shown));
  return { label, description: notation, ...(note && { detail: note }), values, alwaysShow: true };
}

/** @returns the chosen days in words, as the user could type them */
async function chooseDays({ language }: ConversionContext): Promise<string | undefined> {
  const title = l10n.t('Choose Days…');
  const days = await window.showQuickPick([...weekdayNames(language, 'long')], { title, canPickMany: true });
  return days && days.length > 0 ? days.join(', ') : undefined;
}
