import { l10n, Uri, window, workspace, type TextDocument } from 'vscode';
import { accessFileName, largestFile } from '../../access/file/accessFile.ts';
import { parseAccessFile } from '../../access/file/parseAccessFile.ts';
import { safeText } from '../../base/safeText.ts';
import type { Services } from '../services.ts';
import { accountOfFile } from './accountOfFile.ts';
import { planScheme } from './planDocuments.ts';

/** An access file that a command is about, as it stands in the editor: it may have changes that are not saved. */
interface OpenAccessFile {
  readonly document: TextDocument;
  readonly accountId: string;
}

type OpeningServices = Pick<Services, 'store' | 'renderContext' | 'report' | 'planDocuments'>;

/**
 * Opens the access file that a command is about, and finds its account; see {@link openDocument}.
 * @returns `undefined` where there is none, which the user is told @throws {CommandError}
 */
export async function openAccessFile(hint: unknown, services: OpeningServices): Promise<OpenAccessFile | undefined> {
  const document = await openDocument(hint, services);
  if (!document) return undefined;
  const { file } = parseAccessFile(document.getText());
  const accountId = await accountOfFile(file.doors, services);
  return accountId === undefined ? undefined : { document, accountId };
}

/**
 * Opens the access file that a command is about, without showing it: `hint`, the one in the active editor, or that of the plan shown last.
 * @returns `undefined` where there is none, which the user is told
 */
export async function openDocument(hint: unknown, services: OpeningServices): Promise<TextDocument | undefined> {
  const active = window.activeTextEditor?.document;
  const uri = fileOf(hint) ?? fileOf(active?.uri) ?? services.planDocuments.lastPlan?.file;
  if (uri) return await readDocument(uri, services);
  const isUnsaved = active?.isUntitled && ['yaml', 'json'].includes(active.languageId);
  const sentence = isUnsaved
    ? l10n.t('Save the access file first, with a name that ends with .nuki-access.yaml.')
    : l10n.t('Open an access file first. Its name ends with .nuki-access.yaml.');
  return refuse(sentence, services);
}

/** The name of a file, fit to be shown. */
export function nameOfFile({ path }: Pick<Uri, 'path'>): string {
  return safeText(path.slice(path.lastIndexOf('/') + 1));
}

/** The same without what the names of all access files end with: `club`. */
export function shortNameOf(uri: Pick<Uri, 'path'>): string {
  return nameOfFile(uri).replace(accessFileName, '');
}

/** The URI of an access file, or of that of a plan; `undefined` for anything else, as a hint may be anything. */
function fileOf(hint: unknown): Uri | undefined {
  if (!(hint instanceof Uri)) return undefined;
  const uri = hint.scheme === planScheme ? Uri.parse(hint.query) : hint;
  return uri.scheme !== 'untitled' && accessFileName.test(uri.path) ? uri : undefined;
}

async function readDocument(uri: Uri, services: OpeningServices): Promise<TextDocument | undefined> {
  const tooLarge = l10n.t('{0} is larger than 1 MB, so it is not read.', nameOfFile(uri));
  try {
    const open = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (!open && (await workspace.fs.stat(uri)).size > largestFile) return refuse(tooLarge, services);
    const document = open ?? (await workspace.openTextDocument(uri));
    const { length } = new TextEncoder().encode(document.getText());
    return length > largestFile ? refuse(tooLarge, services) : document;
  } catch {
    return refuse(l10n.t("{0} can't be read.", nameOfFile(uri)), services);
  }
}

/** Says why a command does nothing. */
export function refuse(sentence: string, { report }: Pick<Services, 'report'>): undefined {
  report.warn(sentence);
  return undefined;
}
