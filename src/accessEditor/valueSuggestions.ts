import { CompletionItemKind, type SnippetString } from 'vscode';
import type { Door } from '../access/file/accessFile.ts';
import { yamlValue } from '../access/file/accessFileText.ts';
import { daysText, momentText } from '../access/file/fileWords.ts';
import type { ParsedFile } from '../access/file/parseAccessFile.ts';
import { safeText } from '../base/safeText.ts';
import { inShownOrder } from '../model/shownOrder.ts';
import type { AccountState, DeviceState } from '../model/snapshots.ts';
import { credentials } from '../nuki/authorization/credential.ts';
import { dateLanguage } from '../nuki/time/dateFormat.ts';
import { clockTime, dayLength } from '../nuki/time/timeOfDay.ts';
import { timeZoneName } from '../nuki/time/timeZones.ts';
import { everyDay, weekdayPresets, weekdaysInWords } from '../nuki/time/weekdays.ts';
import { wallTimeAt } from '../nuki/time/zonedTime.ts';
import { entryType } from '../views/text/accessText.ts';
import { accountName } from '../views/text/accountText.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import type { TextPlace } from './placeInText.ts';

/** What is known where something is completed. */
export interface CompletionContext {
  readonly parsed: ParsedFile;
  /** The accounts that the file may be about. */
  readonly accounts: readonly AccountState[];
  readonly locale: RenderContext;
}

/** Something to insert. A value is written as the text around it needs it. */
export interface Suggestion {
  readonly label: string;
  readonly insert: string | SnippetString;
  /** Beside the label. */
  readonly description?: string | undefined;
  readonly documentation?: string | undefined;
  readonly kind?: CompletionItemKind;
}

/** How something is written at the cursor. */
export interface Writer {
  readonly place: TextPlace;
  /** Where the line begins that is being written. */
  readonly column: number;
  /** Whether a key that is written there has its colon already. */
  readonly hasColon: boolean;
  readonly isJson: boolean;
}

/** The values that are known or usual for the field at the cursor. */
export function valuesOf(writer: Writer, context: CompletionContext): readonly Suggestion[] {
  const { parsed, accounts, locale } = context;
  const { path } = writer.place;
  const [top] = path;
  const text = (label: string, description?: string): Suggestion => ({
    label,
    insert: written(label, writer),
    description,
  });
  const bare = (label: string, description?: string): Suggestion => ({ label, insert: label, description });
  const english = locale.language.split('-')[0] === 'en';
  switch (`${top} ${path.at(-1)}`) {
    case 'version version':
      return [bare('1')];
    case 'doors id':
      return devicesOf(context).map(({ state: { device } }) => bare(String(device.smartlockId), safeText(device.name)));
    case 'doors name':
      return devicesOf(context).map(({ state: { device } }) => text(device.name, String(device.smartlockId)));
    case 'doors checkIn':
      return ['14:00', '15:00', '16:00'].map((time) => text(time));
    case 'doors checkOut':
      return ['10:00', '11:00', '12:00'].map((time) => text(time));
    case 'access doors':
    case 'bookings doors':
      return aliases(writer, context).map((alias) => ({
        ...alias,
        label: `[${alias.label}]`,
        insert: `[${alias.insert}]`,
      }));
    case 'access by':
      return credentials.map((by) => text(by, entryType({ by }, locale)));
    case 'access email':
      return accounts.flatMap(({ people }) =>
        (people?.items ?? []).flatMap(({ email, name }) => (email ? [text(email, safeText(name ?? ''))] : [])),
      );
    case 'access remote':
    case 'access enabled':
      return [bare('true'), bare('false')];
    case 'access days':
      return weekdayPresets
        .filter((mask) => mask !== everyDay)
        .map((mask) =>
          text(daysText(mask), english ? undefined : weekdaysInWords(mask, dateLanguage(locale.language))),
        );
    case 'access hours':
      return [
        text('09:00-17:00'),
        text('08:00-12:00'),
        text('13:00-18:00'),
        text('22:00-06:00', locale.t('over midnight: two authorizations')),
      ];
    case 'access from':
    case 'access until':
      return moments(path, context).map(({ moment, day }) => text(moment, day));
    case 'access booking':
      return parsed.file.sources.map(({ name }) => text(name));
    default:
      return [];
  }
}

/** The days from today on that are offered for a date. */
const offeredDays = [0, 1, 7];

/** Today and later by the clock of the doors, at the time when bookings begin or end there. */
function moments(
  [, index, end]: TextPlace['path'],
  { parsed: { file }, accounts, locale }: CompletionContext,
): readonly { readonly moment: string; readonly day: string }[] {
  const aliasesOfEntry = file.entries.find((entry) => entry.index === index)?.doors;
  const doors = file.doors.filter(({ alias }) => aliasesOfEntry?.includes(alias) ?? true);
  const zone = doors.map((door) => zoneOf(door, accounts)).find((each) => each !== undefined);
  const minutes = doors.map(({ checkIn, checkOut }) => (end === 'from' ? checkIn : checkOut)).find(Boolean);
  const time = minutes === undefined ? (end === 'from' ? '00:00' : '23:59') : clockTime(minutes);
  const today = Date.parse(`${wallTimeAt(locale.now, zone ?? 'UTC').date}T00:00Z`);
  const dayNames = new Intl.RelativeTimeFormat(locale.language, { numeric: 'auto' });
  return offeredDays.map((days) => ({
    moment: momentText({ date: new Date(today + days * dayLength).toISOString().slice(0, 10), time, seconds: 0 }),
    day: dayNames.format(days, 'day'),
  }));
}

function zoneOf({ smartlockId }: Door, accounts: readonly AccountState[]): string | undefined {
  const devices = accounts.flatMap((account) => account.devices ?? []);
  const known = devices.find(({ device }) => device.smartlockId === smartlockId);
  return timeZoneName(known?.device.config?.timezoneId);
}

/** The doors of the file by their aliases. */
export function aliases(
  writer: Writer,
  { parsed }: CompletionContext,
): readonly (Suggestion & { readonly insert: string })[] {
  return parsed.file.doors.map(({ alias, name }) => ({
    label: alias,
    insert: written(alias, writer),
    description: safeText(name),
    kind: CompletionItemKind.Reference,
  }));
}

/** Every device of the accounts, with the name of its account where there are several. */
export function devicesOf({ accounts, locale }: CompletionContext): readonly { account: string; state: DeviceState }[] {
  return accounts.flatMap((account) =>
    inShownOrder(account.devices ?? [], locale.language).map((state) => ({
      account: accounts.length > 1 ? accountName(account, locale) : '',
      state,
    })),
  );
}

/** A text as a value, in quotes where it needs them. */
function written(value: string, { isJson, place }: Pick<Writer, 'isJson' | 'place'>): string {
  return isJson || place.isQuoted ? JSON.stringify(value) : yamlValue(value, place.style === 'flow');
}
