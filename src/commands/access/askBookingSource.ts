import { l10n, window, type QuickPickItem } from 'vscode';
import type { AccessFile, BookingColumns, BookingSource } from '../../access/file/accessFile.ts';
import { forIcons, safeText, textLength } from '../../base/safeText.ts';

/** Whose bookings a file holds: a source that the access file has, or one that is made now. `titles`: of a table's columns. */
export async function askBookingSource(
  file: AccessFile,
  suggested: string,
  titles: readonly string[] | undefined,
): Promise<BookingSource | undefined> {
  const chosen = await pickSource(file.sources);
  const source = chosen === 'new' ? await askNewSource(file, suggested) : chosen;
  if (!source || !titles || source.columns) return source;
  const columns = await askColumns(titles);
  return columns && { ...source, columns };
}

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

async function choose<T>(choices: readonly Choice<T>[], title: string, placeHolder: string): Promise<T | undefined> {
  return (await window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true }))?.value;
}

async function pickSource(sources: readonly BookingSource[]): Promise<BookingSource | 'new' | undefined> {
  if (sources.length === 0) return 'new';
  const choices: readonly Choice<BookingSource | 'new'>[] = [
    ...sources.map((source) => ({
      label: forIcons(safeText(source.name)),
      description: forIcons(safeText(source.doors.join(', '))),
      value: source,
    })),
    { label: l10n.t('New Source…'), value: 'new' },
  ];
  const title = l10n.t('Where are these bookings from?');
  return await choose(choices, title, l10n.t('Only entries of this source are changed or removed'));
}

async function askNewSource({ sources, doors }: AccessFile, suggested: string): Promise<BookingSource | undefined> {
  const problemOf = (typed: string): string | undefined => {
    const name = typed.trim();
    if (name === '' || name === '__proto__' || safeText(name) !== name) return l10n.t('Enter a name.');
    return sources.some((each) => each.name === name) ? l10n.t('The access file already has this source.') : undefined;
  };
  const name = await window.showInputBox({
    title: l10n.t('Name of the Bookings'),
    prompt: l10n.t('Such as the apartment, or the platform that the bookings come from'),
    value: suggested,
    validateInput: problemOf,
    ignoreFocusOut: true,
  });
  if (name === undefined) return undefined;
  const choices = doors.map((door) => ({
    label: forIcons(safeText(door.alias)),
    description: forIcons(safeText(door.name)),
    picked: doors.length === 1,
    value: door.alias,
  }));
  const title = l10n.t('Doors for These Bookings');
  const chosen = await window.showQuickPick(choices, { title, canPickMany: true, ignoreFocusOut: true });
  return chosen && chosen.length > 0 ? { name: name.trim(), doors: chosen.map(({ value }) => value) } : undefined;
}

async function askColumns(titles: readonly string[]): Promise<BookingColumns | undefined> {
  const ask = async (title: string, placeHolder: string, taken: readonly string[]): Promise<string | undefined> =>
    await choose(choicesOf(titles, taken), title, placeHolder);
  const id = await ask(l10n.t('Column with the ID (1/4)'), l10n.t('It must stay the same when a booking changes'), []);
  if (id === undefined) return undefined;
  const arrival = await ask(l10n.t('Column with the Arrival (2/4)'), l10n.t('A date, or a date and a time'), [id]);
  if (arrival === undefined) return undefined;
  const days = [id, arrival];
  const departure = await ask(l10n.t('Column with the Departure (3/4)'), l10n.t('A date, or a date and a time'), days);
  if (departure === undefined) return undefined;
  const name = await choose(
    [{ label: l10n.t('No Names'), value: '' }, ...choicesOf(titles, [...days, departure])],
    l10n.t('Column with the Name (4/4)'),
    l10n.t('Names are written to the access file and to the lock'),
  );
  return name === undefined ? undefined : { id, arrival, departure, ...(name !== '' && { name }) };
}

/** Of the titles those that an access file can name. */
function choicesOf(titles: readonly string[], taken: readonly string[]): readonly Choice<string>[] {
  const fitting = titles.filter((title) => title !== '' && safeText(title, textLength) === title);
  return fitting.filter((title) => !taken.includes(title)).map((title) => ({ label: forIcons(title), value: title }));
}
