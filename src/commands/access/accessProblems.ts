import { EventEmitter, type TextDocument, type Uri } from 'vscode';

/** A problem that a plan has found, as the editor shows it: a sentence for a place of the text, from 0 in UTF-16. */
export interface PlannedProblem {
  readonly from: number;
  readonly until: number;
  readonly sentence: string;
  readonly severity: 'error' | 'warning';
}

/** What plans have found in access files beside what the editor finds by itself. It holds for the text that was planned. */
export class AccessProblems {
  readonly #found = new Map<string, { readonly version: number; readonly problems: readonly PlannedProblem[] }>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  get({ uri, version }: Pick<TextDocument, 'uri' | 'version'>): readonly PlannedProblem[] {
    const found = this.#found.get(uri.toString());
    return found?.version === version ? found.problems : [];
  }

  set({ uri, version }: Pick<TextDocument, 'uri' | 'version'>, problems: readonly PlannedProblem[]): void {
    this.#found.set(uri.toString(), { version, problems });
    this.#changed.fire(uri);
  }

  delete(uri: Uri): void {
    if (this.#found.delete(uri.toString())) this.#changed.fire(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
