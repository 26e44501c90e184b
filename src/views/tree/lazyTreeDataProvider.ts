import { once } from '../../base/once.ts';
import { EventEmitter, type CancellationToken, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';

/** A provider for VS Code to have at activation, which loads the real one when the first row is asked for. */
export class LazyTreeDataProvider<T> implements TreeDataProvider<T>, Disposable {
  readonly #changed = new EventEmitter<T | T[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** Answers with the same provider each time; after a failure it is tried again. */
  readonly load: () => Promise<TreeDataProvider<T>>;
  #loaded: TreeDataProvider<T> | undefined;

  constructor(load: () => Promise<TreeDataProvider<T>>) {
    this.load = once(async () => {
      const provider = await load();
      provider.onDidChangeTreeData?.((change) => this.#changed.fire(change ?? undefined));
      this.#loaded = provider;
      return provider;
    });
  }

  async getChildren(element?: T): Promise<T[]> {
    return (await (await this.load()).getChildren(element)) ?? [];
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
  }
}
