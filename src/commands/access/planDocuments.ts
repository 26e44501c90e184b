import { commands, EventEmitter, type Uri } from 'vscode';
import type { Plan } from '../../access/plan/accessPlan.ts';
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
interface PlanLink {
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

/** A plan that was shown, and what it was made of besides what was read of the account. */
interface ShownPlan {
  /** The access file. */
  readonly file: Uri;
  readonly plan: Plan;
  readonly text: string;
  /** Of the record; `undefined` where there was none. */
  readonly recordText: string | undefined;
}

/** The plans that this window shows, one for an access file, and their documents. They end with the window, or with their account. */
export class PlanDocuments {
  readonly #documents = new Map<string, PlanDocument>();
  /** By the URI of the file, in the order in which they were shown. */
  readonly #plans = new Map<string, ShownPlan>();
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

  planOf(file: Uri): ShownPlan | undefined {
    return this.#plans.get(file.toString());
  }

  get lastPlan(): ShownPlan | undefined {
    return [...this.#plans.values()].at(-1);
  }

  keepPlan(shown: ShownPlan): void {
    const key = shown.file.toString();
    this.#plans.delete(key);
    this.#plans.set(key, shown);
    this.#updateContext();
  }

  /** Forgets the plans of all other accounts. */
  keepOnly(accountIds: readonly string[]): void {
    if (this.#plans.size === 0) return;
    for (const [key, { plan }] of this.#plans) if (!accountIds.includes(plan.accountId)) this.#plans.delete(key);
    this.#updateContext();
  }

  #updateContext(): void {
    void commands.executeCommand('setContext', 'nuki.hasAccessPlan', this.#plans.size > 0);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
