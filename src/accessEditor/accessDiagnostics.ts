import { Diagnostic, DiagnosticSeverity, Disposable, l10n, languages, workspace, type TextDocument } from 'vscode';
import { accessFileName } from '../access/file/accessFile.ts';
import { problemsInAccount } from '../access/file/problemsInAccount.ts';
import type { PlannedProblem } from '../commands/access/accessProblems.ts';
import type { Services } from '../commands/services.ts';
import { placedProblem } from '../views/text/accessProblemText.ts';
import { isInFileSystem, rangeOf, type AccessEditor } from './accessEditor.ts';

type DiagnosticServices = Pick<Services, 'accessProblems' | 'renderContext' | 'store'>;

/** For how many ms changes of a file, and of what is known of its account, are waited for together. */
const pause = 300;

/** Shows what is wrong with the access files that are open, where it stands. In Restricted Mode no account is looked at. */
export class AccessDiagnostics {
  readonly #editor: AccessEditor;
  readonly #services: DiagnosticServices;
  readonly #shown = languages.createDiagnosticCollection('nuki-access');
  readonly #waiting = new Map<TextDocument, ReturnType<typeof setTimeout>>();
  readonly #subscriptions: Disposable;

  constructor(editor: AccessEditor, services: DiagnosticServices) {
    this.#editor = editor;
    this.#services = services;
    const { accessProblems, store } = services;
    this.#subscriptions = Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#show(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#showSoon(document)),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      workspace.onDidGrantWorkspaceTrust(() => this.#showAllSoon()),
      accessProblems.onDidChange(() => this.#showAllSoon()),
      store.onDidChange(() => this.#showAllSoon()),
    );
    for (const document of workspace.textDocuments) this.#show(document);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#shown.dispose();
  }

  #showAllSoon(): void {
    for (const document of workspace.textDocuments) this.#showSoon(document);
  }

  /** From the first change on, so that it comes even if the changes never pause. */
  #showSoon(document: TextDocument): void {
    if (!isAccessFile(document) || this.#waiting.has(document)) return;
    const show = (): void => {
      this.#waiting.delete(document);
      if (!document.isClosed) this.#show(document);
    };
    this.#waiting.set(document, setTimeout(show, pause));
  }

  #forget(document: TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#shown.delete(document.uri);
    this.#services.accessProblems.delete(document.uri);
  }

  #show(document: TextDocument): void {
    if (!isAccessFile(document)) return;
    const context = this.#services.renderContext();
    const parsed = this.#editor.parsed(document);
    const account = workspace.isTrusted ? this.#editor.accountOf(parsed) : undefined;
    const found = [...parsed.problems, ...(account ? problemsInAccount(parsed, account, context.now) : [])].map(
      (problem): PlannedProblem => placedProblem(problem, context),
    );
    // A plan finds mostly the same.
    const planned = workspace.isTrusted ? this.#services.accessProblems.get(document) : [];
    const each = new Map([...planned, ...found].map((problem) => [`${problem.from} ${problem.sentence}`, problem]));
    this.#shown.set(
      document.uri,
      [...each.values()].map((problem) => diagnosticOf(problem, document)),
    );
  }
}

function isAccessFile(document: TextDocument): boolean {
  return accessFileName.test(document.uri.path) && isInFileSystem(document);
}

/** What is wrong with many lines is marked in the first of them. */
function diagnosticOf({ from, until, severity, sentence }: PlannedProblem, document: TextDocument): Diagnostic {
  const whole = rangeOf(document, { from, until });
  const range = whole.isSingleLine ? whole : whole.with({ end: document.lineAt(whole.start).range.end });
  const level = severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  const diagnostic = new Diagnostic(range, sentence, level);
  diagnostic.source = l10n.t('access file');
  return diagnostic;
}
