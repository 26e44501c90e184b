import { commands, l10n, Uri, window, workspace, type TextDocument } from 'vscode';
import { largestList, type BookingList } from '../../access/bookings/bookingList.ts';
import { bookingEdits, type BookingChanges } from '../../access/bookings/bookings.ts';
import { readCalendar } from '../../access/bookings/calendarFile.ts';
import { readTable, titlesIn } from '../../access/bookings/tableFile.ts';
import { largestFile, type AccessFile, type BookingSource, type Door } from '../../access/file/accessFile.ts';
import { editAccessFile } from '../../access/file/editAccessFile.ts';
import { hasErrors } from '../../access/file/fileProblem.ts';
import { parseAccessFile } from '../../access/file/parseAccessFile.ts';
import { deepEqual } from '../../base/deepEqual.ts';
import { safeText } from '../../base/safeText.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { bookingOutcome, listRefusalText, skippedBookings } from '../../views/text/bookingText.ts';
import { confirmInModal } from '../modal.ts';
import type { CommandServices, Services } from '../services.ts';
import { showDocument } from '../showDocument.ts';
import { askBookingSource } from './askBookingSource.ts';
import { replaceText } from './replaceText.ts';
import { nameOfFile, openDocument, refuse } from './openAccessFile.ts';
import { planScheme } from './planDocuments.ts';

/** Edits an access file so that it has the bookings of a calendar or a table, and shows what has changed. Does not save it, and asks Nuki for nothing. */
export async function addBookings(hint: unknown, services: CommandServices): Promise<void> {
  const document = await openDocument(hint, services);
  const file = document && readFile(document, services);
  const from = file && (await pickBookings(services));
  if (!from) return;
  const { name, text } = from;
  const titles = from.kind === 'table' ? titlesIn(text) : undefined;
  if (typeof titles === 'string') return refuse(listRefusalText({ why: titles }, name, l10n.t), services);
  const source = await askBookingSource(file, safeText(name.replace(/\.\w+$/, '')), titles);
  if (!source) return;
  const list =
    source.columns && titles ? readTable(text, source.columns, services.renderContext().language) : readCalendar(text);
  if (list.kind === 'refused') return refuse(listRefusalText(list, name, l10n.t), services);
  await edit({ document, source, list, from }, services);
}

/** What the document says now; `undefined` where it has errors, which the user is told. */
function readFile(document: TextDocument, services: Pick<Services, 'report'>): AccessFile | undefined {
  const { file, problems } = parseAccessFile(document.getText());
  if (!hasErrors(problems)) return file;
  return refuse(l10n.t('{0} has errors. Correct them first.', nameOfFile(document.uri)), services);
}

interface BookingFile {
  readonly kind: 'calendar' | 'table';
  /** Fit to be shown. */
  readonly name: string;
  readonly text: string;
}

async function pickBookings(services: Pick<Services, 'report'>): Promise<BookingFile | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      title: l10n.t('Bookings to Add'),
      openLabel: l10n.t('Add Bookings'),
      filters: { [l10n.t('Calendars and tables')]: ['ics', 'csv', 'tsv'] },
    })) ?? [];
  if (!uri) return undefined;
  const name = nameOfFile(uri);
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > largestList) return refuse(listRefusalText({ why: 'tooLarge' }, name, l10n.t), services);
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    return { kind: /\.ics$/i.test(uri.path) ? 'calendar' : 'table', name, text };
  } catch {
    return refuse(l10n.t("{0} can't be read.", name), services);
  }
}

interface Adding {
  readonly document: TextDocument;
  readonly source: BookingSource;
  readonly list: Extract<BookingList, { kind: 'bookings' }>;
  readonly from: BookingFile;
}

async function edit({ document, source, list, from }: Adding, services: CommandServices): Promise<void> {
  const { store, clock, renderContext } = services;
  const file = readFile(document, services); // anew: it may have been edited during the questions
  if (!file) return;
  const before = document.getText();
  const devices = store.accounts.flatMap((account) => account.devices ?? []).map(({ device }) => device);
  const zoneOf = ({ smartlockId }: Door): string | undefined =>
    timeZoneName(devices.find((device) => device.smartlockId === smartlockId)?.config?.timezoneId);
  const changes = bookingEdits({ file, source, list, zoneOf, now: renderContext().now });
  if (changes.doubt && !(await confirmInModal(questionOf(changes, source, from), clock))) return;
  const isKept = file.sources.some(({ name, columns }) => name === source.name && deepEqual(columns, source.columns));
  const keeps = isKept || changes.edits.length === 0 ? [] : [{ kind: 'addSource', source } as const];
  const after = editAccessFile(before, [...keeps, ...changes.edits]);
  const name = nameOfFile(document.uri);
  if (new TextEncoder().encode(after).length > largestFile) {
    return refuse(l10n.t('With these bookings {0} would be larger than 1 MB. Nothing was changed.', name), services);
  }
  if (after !== before) {
    if (!(await replaceText(document, before, after))) {
      return refuse(l10n.t('{0} was changed in the meantime, so no bookings were added. Try again.', name), services);
    }
    await compare(document.uri, before, services);
  }
  sayWhatChanged(changes, from, services);
}

function questionOf(
  { removed, begun, toCome, doubt }: BookingChanges,
  source: BookingSource,
  from: BookingFile,
): Parameters<typeof confirmInModal>[0] {
  const why = [
    doubt === 'empty' ? l10n.t('{0} has no bookings.', from.name) : l10n.t('They are no longer in {0}.', from.name),
    ...(begun > 0 ? [l10n.t('Already begun: {0}.', begun)] : []),
    l10n.t('Only the access file is edited. No lock changes before you apply a plan.'),
  ];
  return {
    question: l10n.t('Remove {0} of {1} upcoming bookings of {2}?', removed, toCome, safeText(source.name)),
    detail: why.join(' '),
    yes: l10n.t('Remove Bookings'),
  };
}

/** Opens VS Code's comparison of the file as it was with the file as it is, in which it can be edited and saved. */
async function compare(uri: Uri, before: string, { planDocuments }: Pick<Services, 'planDocuments'>): Promise<void> {
  const name = nameOfFile(uri);
  const old = Uri.from({ scheme: planScheme, path: `/before/${name}`, query: uri.toString() });
  planDocuments.set(old, { text: before, links: [], actions: [] });
  await commands.executeCommand('vscode.diff', old, uri, l10n.t('{0}: before and with the bookings', name));
}

function sayWhatChanged(
  changes: BookingChanges,
  { kind, name }: BookingFile,
  { report }: Pick<Services, 'report'>,
): void {
  const { problems } = changes;
  const showSkipped = () => showDocument(skippedBookings(problems, kind, name, l10n.t));
  const buttons = problems.length === 0 ? [] : [{ title: l10n.t('Show Skipped'), run: showSkipped }];
  report.inform(bookingOutcome(changes, name, l10n.t), buttons);
}
