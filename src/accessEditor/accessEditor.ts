import { CodeLens, CompletionList, Hover, l10n, Range, Uri, workspace, type Position, type TextDocument } from 'vscode';
import type { Door, Entry } from '../access/file/accessFile.ts';
import type { Span } from '../access/file/fileProblem.ts';
import { parseAccessFile, type ParsedFile } from '../access/file/parseAccessFile.ts';
import type { FilePath } from '../access/file/plain.ts';
import { partsOf, scheduleAt } from '../access/file/scheduleOf.ts';
import { largestRecord, type AccessRecord } from '../access/record/accessRecord.ts';
import { readRecord } from '../access/record/readRecord.ts';
import { safeText } from '../base/safeText.ts';
import { accountsOfFile } from '../commands/access/accountOfFile.ts';
import { recordUri } from '../commands/access/recordFile.ts';
import { commandIds } from '../commands/ids.ts';
import type { Services } from '../commands/services.ts';
import type { AccountState, DeviceState } from '../model/snapshots.ts';
import { timeZoneName } from '../nuki/time/timeZones.ts';
import { deviceHover } from '../views/hover/deviceHover.ts';
import type { Hover as HoverText } from '../views/hover/hover.ts';
import { markdownOf } from '../views/hover/markdown.ts';
import { deviceName } from '../views/text/deviceText.ts';
import { devicesIn } from '../views/text/duplicateNames.ts';
import { completionsAt } from './completions.ts';
import { entryHover, type KnownEntryDoor } from './entryHover.ts';

type EditorServices = Pick<Services, 'store' | 'renderContext'>;

/** What the editor shows in access files by what is known already: it sends no request. */
export class AccessEditor {
  readonly #services: EditorServices;
  readonly #parsed = new WeakMap<TextDocument, { readonly version: number; readonly parsed: ParsedFile }>();

  constructor(services: EditorServices) {
    this.#services = services;
  }

  parsed(document: TextDocument): ParsedFile {
    const known = this.#parsed.get(document);
    if (known?.version === document.version) return known.parsed;
    const parsed = parseAccessFile(document.getText());
    this.#parsed.set(document, { version: document.version, parsed });
    return parsed;
  }

  /** The account that a file is about, as far as its doors tell. */
  accountOf({ file }: ParsedFile): AccountState | undefined {
    return file.doors.length === 0 ? undefined : accountsOfFile(file.doors, this.#services.store.accounts)[0];
  }

  /** To be asked for anew at each character: what is then typed whole is not offered. */
  completions(document: TextDocument, position: Position): CompletionList | undefined {
    const { store, renderContext } = this.#services;
    const parsed = this.parsed(document);
    const account = this.accountOf(parsed);
    const items = completionsAt(document, position, {
      parsed,
      accounts: account ? [account] : store.accounts,
      locale: renderContext(),
    });
    return items && new CompletionList(items, true);
  }

  lenses(document: TextDocument): CodeLens[] {
    const span = this.parsed(document).placeOf(['access'], 'key');
    if (!isInFileSystem(document) || !span) return [];
    const range = rangeOf(document, span);
    return [
      { title: l10n.t('Plan'), command: commandIds.planAccess },
      { title: l10n.t('Add Bookings…'), command: commandIds.addBookings },
    ].map((command) => new CodeLens(range, { ...command, arguments: [document.uri] }));
  }

  async hover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const parsed = this.parsed(document);
    const offset = document.offsetAt(position);
    const at = (path: FilePath, what?: 'key'): Span | undefined => {
      const span = parsed.placeOf(path, what);
      return span && offset >= span.from && offset <= span.until ? span : undefined;
    };
    const shown = (hover: HoverText, span: Span): Hover => new Hover(markdownOf(hover), rangeOf(document, span));
    const account = this.accountOf(parsed);
    for (const door of parsed.file.doors) {
      const span = at(['doors', door.alias], 'key') ?? at(['doors', door.alias]);
      if (span) return shown(this.#doorHover(door, account), span);
    }
    const entry = parsed.file.entries.find(({ index }) => at(['access', index]));
    if (!entry) return undefined;
    for (const [index, alias] of entry.doors.entries()) {
      const span = at(['access', entry.index, 'doors', index]);
      const door = parsed.file.doors.find((each) => each.alias === alias);
      if (span && door) return shown(this.#doorHover(door, account), span);
    }
    const span = parsed.placeOf(['access', entry.index, 'key']);
    const record = await recordOf(document.uri);
    const doors = parsed.file.doors.filter(({ alias }) => entry.doors.includes(alias));
    const known = doors.map((door) => this.#knownDoor(door, entry, account, record));
    return span && shown(entryHover(entry, known, this.#services.renderContext()), at(['access', entry.index]) ?? span);
  }

  /** What a door is. Nothing can be done there: the file may be a stranger's. */
  #doorHover(door: Door, account: AccountState | undefined): HoverText {
    const context = this.#services.renderContext();
    const state = stateOf(door, account);
    if (state && account) {
      const known = { state, others: devicesIn(account), account, canUnlatch: false };
      return { ...deviceHover(known, context), links: [] };
    }
    return {
      title: safeText(door.name),
      subtitle: '',
      lines: [{ icon: 'question', text: context.t('Not in any account that has been read.') }],
      footer: [context.t('ID {0}', door.smartlockId)],
    };
  }

  #knownDoor(
    door: Door,
    entry: Entry,
    account: AccountState | undefined,
    record: AccessRecord | undefined,
  ): KnownEntryDoor {
    const state = stateOf(door, account);
    const zone = timeZoneName(state?.device.config?.timezoneId);
    const ids = new Set(
      record?.owned.flatMap(({ entry: key, smartlockId, id }) =>
        key === entry.key && smartlockId === door.smartlockId && id !== undefined ? [id] : [],
      ),
    );
    return {
      name: state ? deviceName(state.device, devicesIn(account), this.#services.renderContext()) : safeText(door.name),
      zone,
      state,
      schedules: partsOf(entry).flatMap((part) => {
        const limits = scheduleAt(entry, part, zone);
        return 'schedule' in limits ? [limits.schedule] : [];
      }),
      owned: record && state?.authorizations?.items.filter(({ id }) => ids.has(id)),
    };
  }
}

function stateOf({ smartlockId }: Door, account: AccountState | undefined): DeviceState | undefined {
  return account?.devices?.find(({ device }) => device.smartlockId === smartlockId);
}

/** Whether a document is a file of the user, and no older version of one or a part of a comparison. */
export function isInFileSystem({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return uri.scheme === 'untitled' || workspace.fs.isWritableFileSystem(uri.scheme) === true;
}

export function rangeOf(document: TextDocument, { from, until }: Span): Range {
  return new Range(document.positionAt(from), document.positionAt(until));
}

/** `undefined` where there is none that is understood. */
async function recordOf(file: Uri): Promise<AccessRecord | undefined> {
  try {
    const uri = recordUri(file);
    if ((await workspace.fs.stat(uri)).size > largestRecord) return undefined;
    return readRecord(new TextDecoder().decode(await workspace.fs.readFile(uri)));
  } catch {
    return undefined;
  }
}
