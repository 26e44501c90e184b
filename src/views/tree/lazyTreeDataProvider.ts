import { EventEmitter, type CancellationToken, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import { once } from '../../base/once.ts';

/** A provider for VS Code to have at activation, which loads the real one when the first row is asked for, and fires no row too early. */
export class LazyTreeDataProvider<T> implements TreeDataProvider<T>, Disposable {
  readonly #changed = new EventEmitter<T | T[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #asked = new EventEmitter<T>();
  /** VS Code asks for the rows below a row: it is expanded, or was so when the window was closed. */
  readonly onDidAskForChildren = this.#asked.event;
  /** Answers with the same provider each time; after a failure it is tried again. */
  readonly load: () => Promise<TreeDataProvider<T>>;
  readonly #roundTrip: () => Promise<void>;
  /** The last children that were answered, by row, `undefined` for the first rows, until they are known to have reached VS Code. */
  readonly #answers = new Map<T | undefined, readonly T[]>();
  /** The rows that wait to be fired. */
  readonly #waiting = new Set<T | undefined>();
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
      this.#answers.set(element, []);
    }
    const children = (await provider.getChildren(element)) ?? [];
    this.#answers.set(element, children);
    return children;
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

  /**
   * A row waits while it, or its children, are on their way to VS Code: VS Code would not know the row yet, or would take these children for those
   * of now and never ask again.
   */
  #fire(change: T | T[] | undefined): void {
    const rows = Array.isArray(change) ? change : [change];
    const isWaiting = this.#waiting.size > 0;
    for (const row of rows) if (this.#isOnItsWay(row)) this.#waiting.add(row);
    this.#tell(rows.filter((row) => !this.#waiting.has(row)));
    if (!isWaiting) void this.#fireWaiting();
  }

  #isOnItsWay(row: T | undefined): boolean {
    if (this.#answers.has(row)) return true;
    return row !== undefined && [...this.#answers.values()].some((children) => children.includes(row));
  }

  async #fireWaiting(): Promise<void> {
    while (this.#waiting.size > 0) {
      const sent = new Map(this.#answers);
      await this.#roundTrip();
      for (const [row, children] of sent) if (this.#answers.get(row) === children) this.#answers.delete(row);
      const arrived = [...this.#waiting].filter((row) => !this.#isOnItsWay(row));
      for (const row of arrived) this.#waiting.delete(row);
      this.#tell(arrived);
    }
  }

  #tell(rows: readonly (T | undefined)[]): void {
    const known = rows.filter((row) => row !== undefined);
    if (known.length < rows.length) this.#changed.fire(undefined);
    else if (known.length > 0) this.#changed.fire(known);
  }
}
