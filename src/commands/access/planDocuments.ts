import { EventEmitter, type Uri } from 'vscode';
import type { CommandId } from '../ids.ts';

/** The scheme of the read-only documents of a plan. Their path is for people; their query is the URI of the access file. */
export const planScheme = 'nuki-access';

/** A document of a plan, and what its lines stand for. */
export interface PlanDocument {
  readonly text: string;
  readonly links: readonly PlanLink[];
  readonly actions: readonly PlanAction[];
}

/** Words of a line that lead to an entry of the access file. Lines and columns from 0. */
export interface PlanLink {
  readonly line: number;
  readonly from: number;
  readonly until: number;
  readonly entry: string;
}

/** What can be done about a line. */
export interface PlanAction {
  readonly line: number;
  readonly title: string;
  readonly command: CommandId;
  readonly argument: unknown;
}

/** The documents of plans that this window shows. They end with it. */
export class PlanDocuments {
  readonly #documents = new Map<string, PlanDocument>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  get(uri: Uri): PlanDocument | undefined {
    return this.#documents.get(uri.toString());
  }

  set(uri: Uri, document: PlanDocument): void {
    this.#documents.set(uri.toString(), document);
    this.#changed.fire(uri);
  }

  delete(uri: Uri): void {
    this.#documents.delete(uri.toString());
    this.#changed.fire(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
