import { EventEmitter, type Disposable, type TextDocumentContentProvider, type Uri } from 'vscode';
import type { NodeId } from '../views/tree/nodes.ts';

/** The scheme of documents that show what the API answers; their query is the id of a row. */
export const rawScheme = 'nuki';

/** Read-only documents with an answer of the API. Each is read when it is opened, and anew when somebody asks for it. */
export class RawDocuments implements TextDocumentContentProvider, Disposable {
  readonly #read: (id: NodeId) => Promise<string>;
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(read: (id: NodeId) => Promise<string>) {
    this.#read = read;
  }

  provideTextDocumentContent(uri: Uri): Promise<string> {
    return this.#read(uri.query);
  }

  refresh(uri: Uri): void {
    this.#changed.fire(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
