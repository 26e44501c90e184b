// As much of VS Code as the unit tests of views and commands need: it keeps what it is shown and does what a test has the user do.
// What VS Code makes of it is tested in VS Code itself, in test/host and test/workbench.
import { join } from 'node:path/posix';
import { Emitter } from '../../src/base/event.ts';
import { inEnglish } from '../../src/base/locale.ts';

export interface Message {
  readonly text: string;
  readonly options: { readonly modal?: boolean; readonly detail?: string };
  readonly buttons: readonly string[];
  /** Where it is an error, which VS Code shows until it is closed. */
  readonly isError?: true;
}

/** An input box that is asked for in one call. */
export interface AskedInput {
  readonly value?: string;
  readonly title?: string;
  readonly prompt?: string;
  readonly password?: boolean;
  readonly validateInput?: (value: string) => string | undefined;
}

/** The user, as a test plays them. */
interface User {
  readonly seen: Message[];
  readonly inputs: InputBox[];
  readonly picks: QuickPick[];
  /** Where a file was offered to be saved. */
  readonly offeredFiles: string[];
  /** The documents that were opened without a file. */
  readonly documents: string[];
  /** The path to which a file is saved that is offered so; none is saved where there is none. */
  saveAs: (offered: string) => string | undefined;
  /** The path of the file that is chosen to be read; nothing closes the dialog. */
  openFile: () => string | undefined;
  /** The files that there are, by their paths: what was written, and what a test has put there. */
  readonly files: Map<string, string>;
  /** Why a file can't be written, where it can't. */
  refuseWrite: (path: string) => FileSystemError | undefined;
  /** The URIs of what was opened for the user to see. */
  readonly shown: string[];
  /** The commands of VS Code and of other extensions that were run. */
  readonly commands: { readonly id: string; readonly hints: readonly unknown[] }[];
  /** The lists to choose from. */
  readonly lists: { readonly title: string; readonly labels: readonly string[] }[];
  clipboard: string;
  readonly settings: Map<string, unknown>;
  /** Which button is pressed; none closes the message. */
  press: (message: Message) => string | undefined;
  /** Sees that something takes its time. */
  onProgress: (title: string) => void;
  /** Cancels what shows its progress. */
  cancel: () => void;
  /** What is typed into an input box that is filled with `value`; nothing closes it. */
  type: (value: string, box: AskedInput) => string | undefined;
  /** Which row of a list is chosen; none closes it. */
  choose: (labels: readonly string[]) => string | undefined;
  /** Which rows of a list of which several may be chosen are ticked, by how each is offered. */
  tick: (label: string, isTicked: boolean) => boolean;
}

function newUser(): User {
  return {
    seen: [],
    inputs: [],
    picks: [],
    offeredFiles: [],
    documents: [],
    saveAs: () => undefined,
    openFile: () => undefined,
    files: new Map(),
    refuseWrite: () => undefined,
    shown: [],
    commands: [],
    lists: [],
    clipboard: '',
    settings: new Map(),
    press: () => undefined,
    onProgress: () => undefined,
    cancel: () => undefined,
    type: () => undefined,
    choose: () => undefined,
    tick: (_, isTicked) => isTicked,
  };
}

export const user = newUser();

export const l10n = { t: inEnglish };

export const StatusBarAlignment = { Left: 1, Right: 2 };

type Rest = readonly (string | Message['options'])[];

function show(text: string, ...rest: Rest): Promise<string | undefined> {
  return showMessage({ text, ...partsOf(rest) });
}

function partsOf(rest: Rest): Pick<Message, 'options' | 'buttons'> {
  return {
    options: rest.find((part) => typeof part === 'object') ?? {},
    buttons: rest.filter((part) => typeof part === 'string'),
  };
}

function showMessage(message: Message): Promise<string | undefined> {
  user.seen.push(message);
  return Promise.resolve(user.press(message));
}

class InputBox {
  title = '';
  value = '';
  password = false;
  busy = false;
  prompt = '';
  isOpen = false;
  #message: string | undefined;
  readonly #change = new Set<() => void>();
  readonly #accept = new Set<() => void>();
  readonly #hide = new Set<() => void>();
  readonly onDidAccept = (listener: () => void): unknown => this.#accept.add(listener);
  readonly onDidHide = (listener: () => void): unknown => this.#hide.add(listener);
  readonly onDidChangeValue = (listener: () => void): unknown => this.#change.add(listener);
  readonly onDidTriggerButton = (): void => undefined;

  show(): void {
    this.isOpen = true;
  }

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const listener of this.#hide) listener();
  }

  dispose(): void {
    this.hide();
  }

  /** What is said below the text, whatever its severity. */
  get validationMessage(): string | undefined {
    return this.#message;
  }

  set validationMessage(message: string | { readonly message: string } | undefined) {
    this.#message = typeof message === 'object' ? message.message : message;
  }

  type(text: string): void {
    this.value = text;
    for (const listener of this.#change) listener();
  }

  enter(text: string): void {
    this.type(text);
    this.accept();
  }

  accept(): void {
    for (const listener of this.#accept) listener();
  }
}

interface QuickPickItem {
  readonly label: string;
}

class QuickPick {
  title = '';
  placeholder = '';
  buttons: readonly unknown[] = [];
  isOpen = false;
  activeItems: readonly QuickPickItem[] = [];
  #items: readonly QuickPickItem[] = [];
  readonly #accept = new Set<() => void>();
  readonly #button = new Set<() => void>();
  readonly #hide = new Set<() => void>();
  readonly onDidAccept = (listener: () => void): unknown => this.#accept.add(listener);
  readonly onDidTriggerButton = (listener: () => void): unknown => this.#button.add(listener);
  readonly onDidHide = (listener: () => void): unknown => this.#hide.add(listener);

  get items(): readonly QuickPickItem[] {
    return this.#items;
  }

  /** What is chosen when the user presses Enter. */
  get selectedItems(): readonly QuickPickItem[] {
    return this.activeItems;
  }

  /** VS Code makes the first item the active one, and reads that aloud. */
  set items(items: readonly QuickPickItem[]) {
    this.#items = items;
    this.activeItems = items.slice(0, 1);
  }

  show(): void {
    this.isOpen = true;
  }

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const listener of this.#hide) listener();
  }

  dispose(): void {
    this.hide();
  }

  accept(): void {
    for (const listener of this.#accept) listener();
  }

  pressButton(): void {
    for (const listener of this.#button) listener();
  }
}

class StatusBarItem {
  text = '';
  command: string | undefined;
  backgroundColor: ThemeColor | undefined;
  readonly hide = (): void => undefined;
  readonly dispose = (): void => undefined;

  show(): void {
    void show(this.text);
  }
}

/** Every item of the status bar that was made. */
export const statusBarItems: StatusBarItem[] = [];

export const window = {
  withProgress: <T>(
    { title = '' }: { readonly title?: string },
    work: (progress: unknown, token: unknown) => Promise<T>,
  ): Promise<T> => {
    user.onProgress(title);
    return work(
      { report: () => undefined },
      { onCancellationRequested: (cancel: () => void) => (user.cancel = cancel) },
    );
  },
  showErrorMessage: (text: string, ...rest: Rest) => showMessage({ text, ...partsOf(rest), isError: true }),
  showWarningMessage: show,
  showInformationMessage: show,
  setStatusBarMessage: (text: string): void => void show(text),
  createStatusBarItem: (): StatusBarItem => {
    const item = new StatusBarItem();
    statusBarItems.push(item);
    return item;
  },
  /** VS Code takes nothing that is not valid. */
  showInputBox: (box: AskedInput): Promise<string | undefined> => {
    const typed = user.type(box.value ?? '', box);
    return Promise.resolve(typed === undefined || box.validateInput?.(typed) ? undefined : typed);
  },
  showQuickPick: <T extends { readonly label: string; readonly picked?: boolean }>(
    items: readonly T[],
    { title, canPickMany = false }: { readonly title: string; readonly canPickMany?: boolean },
  ): Promise<T | readonly T[] | undefined> => {
    const labels = items.map(({ label }) => label);
    user.lists.push({ title, labels });
    if (canPickMany) return Promise.resolve(items.filter(({ label, picked = false }) => user.tick(label, picked)));
    const chosen = user.choose(labels);
    return Promise.resolve(items.find(({ label }) => label === chosen));
  },
  activeTextEditor: undefined as unknown,
  visibleTextEditors: [],
  showTextDocument: (shown: TextDocument | Uri): Promise<void> =>
    Promise.resolve(void user.shown.push(String(shown instanceof Uri ? shown : shown.uri))),
  showSaveDialog: ({ defaultUri }: { readonly defaultUri: Uri }): Promise<Uri | undefined> => {
    user.offeredFiles.push(defaultUri.path);
    const path = user.saveAs(defaultUri.path);
    return Promise.resolve(path === undefined ? undefined : Uri.file(path));
  },
  showOpenDialog: (): Promise<readonly Uri[] | undefined> => {
    const path = user.openFile();
    return Promise.resolve(path === undefined ? undefined : [Uri.file(path)]);
  },
  createQuickPick: (): QuickPick => {
    const pick = new QuickPick();
    user.picks.push(pick);
    return pick;
  },
  createInputBox: (): InputBox => {
    const input = new InputBox();
    user.inputs.push(input);
    return input;
  },
};

/** The address of a file, or of what an extension provides. */
export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;

  constructor({ scheme, authority = '', path = '', query = '' }: UriParts) {
    this.scheme = scheme;
    this.authority = authority;
    this.path = path;
    this.query = query;
  }

  static from(parts: UriParts): Uri {
    return new Uri(parts);
  }

  static file(path: string): Uri {
    return new Uri({ scheme: 'file', path });
  }

  static parse(text: string): Uri {
    const [, scheme = '', authority = '', path = '', query = ''] =
      /^([\w-]+):(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/.exec(text) ?? [];
    return new Uri({ scheme, authority, path: decodeURIComponent(path), query: decodeURIComponent(query) });
  }

  static joinPath({ scheme, authority, path }: Uri, ...parts: readonly string[]): Uri {
    return new Uri({ scheme, authority, path: join(path, ...parts) });
  }

  get fsPath(): string {
    return this.path;
  }

  with(parts: Partial<UriParts>): Uri {
    const { scheme, authority, path, query } = this;
    return new Uri({ scheme, authority, path, query, ...parts });
  }

  toString(): string {
    const query = this.query && `?${encodeURIComponent(this.query)}`;
    return `${this.scheme}://${this.authority}${encodeURI(this.path)}${query}`;
  }
}

interface UriParts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
}

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }

  get isSingleLine(): boolean {
    return this.start.line === this.end.line;
  }

  with({ end }: { readonly end: Position }): Range {
    return new Range(this.start, end);
  }
}

export class FileSystemError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A document that is open; a test edits it as the user does. */
export class TextDocument {
  readonly uri: Uri;
  version = 1;
  isDirty = false;
  #text: string;

  constructor(uri: Uri, text: string) {
    this.uri = uri;
    this.#text = text;
  }

  get isUntitled(): boolean {
    return this.uri.scheme === 'untitled';
  }

  get isClosed(): boolean {
    return !workspace.textDocuments.includes(this);
  }

  lineAt({ line }: Position): { readonly range: Range } {
    const { length } = this.#text.split('\n')[line] ?? '';
    return { range: new Range(new Position(line, 0), new Position(line, length)) };
  }

  get languageId(): string {
    return this.uri.path.endsWith('.json') ? 'json' : 'yaml';
  }

  getText(range?: Range): string {
    return range ? this.#text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.#text;
  }

  edit(text: string): void {
    this.#text = text;
    this.version++;
    this.isDirty = true;
  }

  save(): Promise<boolean> {
    if (user.refuseWrite(this.uri.path)) return Promise.resolve(false);
    user.files.set(this.uri.path, this.#text);
    this.isDirty = false;
    return Promise.resolve(true);
  }

  positionAt(offset: number): Position {
    const lines = this.#text.slice(0, offset).split('\n');
    return new Position(lines.length - 1, lines.at(-1)?.length ?? 0);
  }

  offsetAt({ line, character }: Position): number {
    const before = this.#text.split('\n').slice(0, line);
    return before.reduce((sum, each) => sum + each.length + 1, 0) + character;
  }
}

/** Edits of documents, which are opened for them. */
export class WorkspaceEdit {
  readonly edits: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];
  readonly created: { readonly uri: Uri; readonly contents: Uint8Array }[] = [];

  replace(uri: Uri, range: Range, text: string): void {
    this.edits.push({ uri, range, text });
  }

  createFile(uri: Uri, { contents = new Uint8Array() }: { readonly contents?: Uint8Array } = {}): void {
    this.created.push({ uri, contents });
  }
}

async function openTextDocument(wanted: Uri | { readonly content: string }): Promise<TextDocument> {
  if (!(wanted instanceof Uri)) {
    user.documents.push(wanted.content);
    return new TextDocument(Uri.from({ scheme: 'untitled', path: 'Untitled-1' }), wanted.content);
  }
  const open = workspace.textDocuments.find(({ uri }) => String(uri) === String(wanted));
  if (open) return open;
  if (wanted.scheme !== 'file') return new TextDocument(wanted, ''); // of a provider
  const document = new TextDocument(wanted, new TextDecoder().decode(await workspace.fs.readFile(wanted)));
  workspace.textDocuments.push(document);
  return document;
}

async function applyEdit({ edits, created }: WorkspaceEdit): Promise<boolean> {
  for (const { uri, contents } of created) user.files.set(uri.path, new TextDecoder().decode(contents));
  for (const { uri, range, text } of edits) {
    const document = await openTextDocument(uri);
    const before = document.getText();
    document.edit(before.slice(0, document.offsetAt(range.start)) + text + before.slice(document.offsetAt(range.end)));
  }
  return true;
}

/** A window in which no test was before: all of them share it, in whatever order they run. */
export function startAnew(): void {
  Object.assign(user, newUser());
  statusBarItems.length = 0;
  registered.clear();
  window.activeTextEditor = undefined;
  workspace.isTrusted = true;
  workspace.textDocuments.length = 0;
}

/** What happens in a window; a test fires it. */
export const happening = {
  trusted: new Emitter<void>(),
  opened: new Emitter<TextDocument>(),
  changed: new Emitter<{ readonly document: TextDocument }>(),
  closed: new Emitter<TextDocument>(),
};

/** A window with an opened folder. */
export const workspace = {
  isTrusted: true,
  onDidGrantWorkspaceTrust: happening.trusted.event,
  onDidOpenTextDocument: happening.opened.event,
  onDidChangeTextDocument: happening.changed.event,
  onDidCloseTextDocument: happening.closed.event,
  registerTextDocumentContentProvider: nothingToDispose,
  workspaceFolders: [{ uri: Uri.file('/repository') }],
  /** Those that are open. */
  textDocuments: [] as TextDocument[],
  openTextDocument,
  applyEdit,
  getConfiguration: (section: string) => ({
    get: (key: string): unknown => user.settings.get(`${section}.${key}`),
    update: (key: string, value: unknown): Promise<void> =>
      Promise.resolve(void user.settings.set(`${section}.${key}`, value)),
  }),
  fs: {
    isWritableFileSystem: (scheme: string): boolean | undefined => (scheme === 'file' ? true : undefined),
    stat: async (uri: Uri): Promise<{ readonly size: number }> => ({
      size: (await workspace.fs.readFile(uri)).length,
    }),
    readFile: ({ path }: Uri): Promise<Uint8Array> => {
      const text = user.files.get(path);
      return text === undefined
        ? Promise.reject(new FileSystemError('FileNotFound'))
        : Promise.resolve(new TextEncoder().encode(text));
    },
    readDirectory: ({ path }: Uri): Promise<readonly (readonly [name: string, type: number])[]> =>
      Promise.resolve(
        [...user.files.keys()].flatMap((each) => {
          const name = each.slice(path.length + 1);
          return each === `${path}/${name}` && !name.includes('/') ? [[name, 1] as const] : [];
        }),
      ),
    writeFile: ({ path }: Uri, content: Uint8Array): Promise<void> => {
      const refusal = user.refuseWrite(path);
      if (refusal) return Promise.reject(refusal);
      user.files.set(path, new TextDecoder().decode(content));
      return Promise.resolve();
    },
  },
};

const registered = new Map<string, (...hints: unknown[]) => Promise<unknown>>();

export const commands = {
  registerCommand: (id: string, run: (...hints: unknown[]) => Promise<unknown>): void => void registered.set(id, run),
  executeCommand: async (id: string, ...hints: unknown[]): Promise<unknown> => {
    const run = registered.get(id);
    if (!run) user.commands.push({ id, hints });
    return await run?.(...hints);
  },
};

export const env = {
  language: 'en',
  clipboard: {
    writeText: (text: string): Promise<void> => {
      user.clipboard = text;
      return Promise.resolve();
    },
    readText: (): Promise<string> => Promise.resolve(user.clipboard),
  },
};

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;

  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

/** Keeps what was appended, as it was. */
export class MarkdownString {
  value: string;
  isTrusted: boolean | { readonly enabledCommands: readonly string[] } | undefined;

  constructor(value = '') {
    this.value = value;
  }

  appendText(text: string): this {
    this.value += text;
    return this;
  }

  appendMarkdown(markdown: string): this {
    this.value += markdown;
    return this;
  }
}

export class FileDecoration {
  readonly badge: string | undefined;
  readonly tooltip: string | undefined;
  readonly color: ThemeColor | undefined;

  constructor(badge?: string, tooltip?: string, color?: ThemeColor) {
    this.badge = badge;
    this.tooltip = tooltip;
    this.color = color;
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export { Emitter as EventEmitter } from '../../src/base/event.ts';

function nothingToDispose(): { dispose(): void } {
  return { dispose: () => undefined };
}

/** What answers for a place in a document, by the names of VS Code's methods. */
type Provider = Readonly<Record<string, (document: TextDocument, position?: Position) => unknown>>;

/** What an extension offers for documents, and what it finds wrong with them, by their URIs. */
export const provided = {
  completions: undefined as Provider | undefined,
  hovers: undefined as Provider | undefined,
  lenses: [] as Provider[],
  diagnostics: new Map<string, readonly Diagnostic[]>(),
};

export const languages = {
  setTextDocumentLanguage: (document: TextDocument): Promise<TextDocument> => Promise.resolve(document),
  match: (_: unknown, { uri }: TextDocument): number => (uri.path.includes('.nuki-access.') ? 10 : 0),
  createDiagnosticCollection: () => ({
    set: (uri: Uri, found: readonly Diagnostic[]): void => void provided.diagnostics.set(String(uri), found),
    delete: (uri: Uri): void => void provided.diagnostics.delete(String(uri)),
    dispose: (): void => provided.diagnostics.clear(),
  }),
  registerCompletionItemProvider: (_: unknown, provider: Provider) => {
    provided.completions = provider;
    return nothingToDispose();
  },
  registerHoverProvider: (_: unknown, provider: Provider) => {
    provided.hovers = provider;
    return nothingToDispose();
  },
  registerCodeLensProvider: (_: unknown, provider: Provider) => {
    provided.lenses.push(provider);
    return nothingToDispose();
  },
  registerDocumentLinkProvider: nothingToDispose,
};

export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  source = '';

  constructor(range: Range, message: string) {
    this.range = range;
    this.message = message;
  }
}

export const DiagnosticSeverity = { Error: 0, Warning: 1 };
export const CompletionItemKind = {};

export const Disposable = {
  from: (...parts: readonly { dispose(): void }[]): { dispose(): void } => ({
    dispose: () => parts.forEach((each) => each.dispose()),
  }),
};

export class DocumentLink {
  range: Range;

  constructor(range: Range) {
    this.range = range;
  }
}

export class CodeLens {
  readonly range: Range;
  readonly command: unknown;

  constructor(range: Range, command: unknown) {
    this.range = range;
    this.command = command;
  }
}

/** Only made in VS Code itself. */
export const [CompletionItem, CompletionList, SnippetString, Hover] = [undefined, undefined, undefined, undefined];

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const InputBoxValidationSeverity = { Info: 1 };
export const ConfigurationTarget = { Global: 1 };
export const QuickPickItemKind = { Separator: -1 };
export const ViewColumn = { Active: -1, Beside: -2, One: 1 };
export const ProgressLocation = { Notification: 15 };
