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
  /** By row: VS Code has its children after this. */
  readonly #childrenUnderWay = new Map<T, Promise<void>>();
  readonly #firedMeanwhile = new Set<T>();
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
      void this.#followChildren(element);
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

  /** VS Code takes the children that are under way for those of now where their row is fired meanwhile: that row waits. */
  #fire(change: T | T[] | undefined): void {
    if (change === undefined) return this.#changed.fire(change);
    const rows = Array.isArray(change) ? change : [change];
    const waiting = rows.filter((row) => this.#childrenUnderWay.has(row));
    for (const row of waiting) this.#firedMeanwhile.add(row);
    if (waiting.length < rows.length) this.#changed.fire(rows.filter((row) => !this.#childrenUnderWay.has(row)));
  }

  async #followChildren(row: T): Promise<void> {
    const arrival = this.#roundTrip();
    this.#childrenUnderWay.set(row, arrival);
    await arrival;
    if (this.#childrenUnderWay.get(row) !== arrival) return; // asked for again
    this.#childrenUnderWay.delete(row);
    if (this.#firedMeanwhile.delete(row)) this.#changed.fire([row]);
  }
}
