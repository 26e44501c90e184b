import { l10n, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { randomInt } from '../base/randomInt.ts';
import { forIcons, safeText } from '../base/safeText.ts';
import { weekdayNames } from '../nuki/time/weekdays.ts';
import { conversionHints, conversionTitles, whyNot, type Converter } from './conversion.ts';
import { conversions } from './conversions.ts';
import { insertOrCopy, type CopyContext } from '../commands/clipboard.ts';
import type { ConversionName, ConvertCommandId } from '../commands/ids.ts';
import { pickTimeZone } from './pickTimeZone.ts';
import type { PickContext } from '../commands/pick.ts';
import type { Run } from '../commands/register.ts';

export type ConvertContext = PickContext & CopyContext;

/** A command for each noun: converts what is selected, or what is typed, while it is typed. */
export function convertCommands(context: ConvertContext): Readonly<Record<ConvertCommandId, Run>> {
  const run =
    (noun: ConversionName): Run =>
    () =>
      convert(noun, context);
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

/** Of the selections those that hold something are converted, each for itself; where none does, the result goes to every cursor. */
async function convert(noun: ConversionName, context: ConvertContext): Promise<void> {
  const editor = window.activeTextEditor;
  const selections = editor?.selections ?? [];
  const filled = selections.filter((selection) => editor?.document.getText(selection).trim());
  const texts = filled.map((selection) => editor?.document.getText(selection) ?? '');
  const converter = await converterFor(noun, context);
  const values = converter && (await chooseResult(noun, texts, converter));
  if (!values) return;
  const targets = filled.length > 0 ? filled : selections;
  await insertOrCopy(values, { editor, targets, secret: noun === 'keypadCode' }, context);
}

async function converterFor(noun: ConversionName, context: ConvertContext): Promise<Converter | undefined> {
  const { t, language, now } = context.renderContext();
  const converter = { t, language, now, randomInt };
  if (noun !== 'dateTime') return converter;
  const zone = await pickTimeZone(context, l10n.t(conversionTitles.dateTime));
  if (zone === undefined) return undefined;
  const { resolveWallTime, wallTimeAt } = await import('../nuki/time/zonedTime.ts');
  return { ...converter, clock: { zone, resolveWallTime, wallTimeAt } };
}

interface Result extends QuickPickItem {
  /** What each text becomes, `undefined` where it does not; none on an item that only says something. */
  readonly values?: readonly (string | undefined)[];
  /** Whether it leads to choosing weekdays from a list. */
  readonly leadsToDays?: boolean;
}

/** Shows what is typed in every notation, and before that what `texts` become. @returns the texts in the notation that is chosen */
function chooseResult(
  noun: ConversionName,
  texts: readonly string[],
  converter: Converter,
): Promise<readonly (string | undefined)[] | undefined> {
  const input = window.createQuickPick<Result>();
  input.title = l10n.t(conversionTitles[noun]);
  input.ignoreFocusOut = true; // what is to be converted may stand in another window
  input.placeholder =
    texts.length > 1 ? l10n.t('{0} selections; or type another value', texts.length) : l10n.t(conversionHints[noun]);
  const show = (): void => {
    input.items = itemsFor(noun, input.value, texts, converter);
    input.activeItems = input.items.slice(0, 1); // and not the one that looks most like what was typed
  };
  input.value = texts.length === 1 ? (texts[0] ?? '').trim() : '';
  show();
  return new Promise((resolve, reject) => {
    const take = async (): Promise<void> => {
      const [item] = input.selectedItems;
      if (item?.leadsToDays) {
        const days = await chooseDays(converter);
        if (days === undefined) return resolve(undefined);
        resolve(await chooseResult(noun, [days], converter));
      } else if (item?.values) {
        resolve(item.values);
        input.hide();
      }
    };
    input.onDidChangeValue(show);
    input.onDidAccept(() => void take().catch(reject));
    input.onDidHide(() => {
      if (!input.selectedItems[0]?.leadsToDays) resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}

function itemsFor(noun: ConversionName, typed: string, texts: readonly string[], converter: Converter): Result[] {
  if (typed.trim() !== '') return resultsOf(noun, [typed], converter);
  if (texts.length > 1) return resultsOf(noun, texts, converter);
  const suggested = conversions[noun].suggest?.(converter) ?? [];
  const choose: Result = { label: l10n.t('Choose Days…'), alwaysShow: true, leadsToDays: true };
  return [
    ...(noun === 'weekdays' ? [choose] : []),
    ...suggested.map(({ as, value, note }) => itemOf(as, [value], note)),
  ];
}

/** An item for each notation that one of the texts can be put in. */
function resultsOf(noun: ConversionName, texts: readonly string[], converter: Converter): Result[] {
  const read = texts.map((text) => conversions[noun].read(text, converter));
  if (read.every((results) => results.length === 0)) {
    const [text = ''] = texts;
    return [{ label: forIcons(whyNot(noun, text, converter.t)), iconPath: new ThemeIcon('info'), alwaysShow: true }];
  }
  // Of one text each reading is an item, also two in one notation; several texts share an item for each notation.
  if (texts.length === 1) return (read[0] ?? []).map(({ as, value, note }) => itemOf(as, [value], note));
  const notations = new Set(read.flat().map(({ as }) => as));
  return [...notations].map((as) => {
    const values = read.map((results) => results.find((result) => result.as === as)?.value);
    const missing = values.filter((value) => value === undefined).length;
    return itemOf(as, values, missing === 0 ? undefined : l10n.t('{0} cannot be converted and stay', missing));
  });
}

function itemOf(as: string, values: readonly (string | undefined)[], note: string | undefined): Result {
  const shown = values.map((value) => value ?? '–').join(', ');
  return { label: forIcons(safeText(shown)), description: as, ...(note && { detail: note }), values, alwaysShow: true };
}

/** @returns the chosen days in words, as they could be typed */
async function chooseDays({ language }: Converter): Promise<string | undefined> {
  const title = l10n.t('Choose Days…');
  const days = await window.showQuickPick([...weekdayNames(language, 'long')], { title, canPickMany: true });
  return days && days.length > 0 ? days.join(', ') : undefined;
}
