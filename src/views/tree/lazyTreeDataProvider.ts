import { EventEmitter, type CancellationToken, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import { once } from '../../base/once.ts';

/** A provider for VS Code to have at activation, which loads the real one when the first row is asked for. */
export class LazyTreeDataProvider<T> implements TreeDataProvider<T>, Disposable {
  readonly #changed = new EventEmitter<T | T[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #asked = new EventEmitter<T>();
  /** VS Code asks for the rows below a row: it is expanded, or was so when the window was closed. */
  readonly onDidAskForChildren = this.#asked.event;
  /** Answers with the same provider each time; after a failure it is tried again. */
  readonly load: () => Promise<TreeDataProvider<T>>;
  readonly #roundTrip: () => Promise<void>;
  /** The last answer with children, by row, until it is known to have reached VS Code. */
  readonly #answers = new Map<T, object>();
  /** Rows that are fired once their children have reached VS Code. */
  readonly #waiting = new Set<T>();
  #loaded: TreeDataProvider<T> | undefined;

  /** `roundTrip`: resolves when VS Code has taken the answers that were given before it was called. */
  constructor(load: () => Promise<TreeDataProvider<T>>, roundTrip: () => Promise<void>) {
    this.#roundTrip = roundTrip;
    this.load = once(async () => {
      const provider = await load();
      provider.onDidChangeTreeData?.((change) => this.#fire(change ?? undefined));
      this.#loaded = provider;
      return provider;
    });
  }

  async getChildren(element?: T): Promise<T[]> {
    const provider = await this.load();
    if (element !== undefined) {
      this.#asked.fire(element);
      this.#answers.set(element, {});
    }
    return (await provider.getChildren(element)) ?? [];
  }

  /** At once where it can be: VS Code asks for thousands of rows. */
  getTreeItem(element: T): TreeItem | Thenable<TreeItem> {
    return this.#loaded ? this.#loaded.getTreeItem(element) : this.load().then((tree) => tree.getTreeItem(element));
  }

  async getParent(element: T): Promise<T | null | undefined> {
    return await (await this.load()).getParent?.(element);
  }

  async resolveTreeItem(item: TreeItem, element: T, token: CancellationToken): Promise<TreeItem | null | undefined> {
    return await (await this.load()).resolveTreeItem?.(item, element, token);
  }

  dispose(): void {
    this.#changed.dispose();
    this.#asked.dispose();
  }

  /** Where a row is fired while its children are on their way, VS Code takes these for those of now, and never asks again: such a row waits. */
  #fire(change: T | T[] | undefined): void {
    if (change === undefined) return this.#changed.fire(change);
    const rows = Array.isArray(change) ? change : [change];
    const arrived = rows.filter((row) => !this.#answers.has(row));
    if (arrived.length > 0) this.#changed.fire(arrived);
    const isWaiting = this.#waiting.size > 0;
    for (const row of rows) if (this.#answers.has(row)) this.#waiting.add(row);
    if (!isWaiting) void this.#fireWaiting();
  }

  async #fireWaiting(): Promise<void> {
    while (this.#waiting.size > 0) {
      const sent = new Map(this.#answers);
      await this.#roundTrip();
      for (const [row, answer] of sent) if (this.#answers.get(row) === answer) this.#answers.delete(row);
      const arrived = [...this.#waiting].filter((row) => !this.#answers.has(row));
      for (const row of arrived) this.#waiting.delete(row);
      if (arrived.length > 0) this.#changed.fire(arrived);
    }
  }
}
