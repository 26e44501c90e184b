import { EventEmitter, type CancellationToken, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';

/** What VS Code is given at its start in place of a tree, which is loaded when VS Code asks for its first rows. */
export class TreeOnDemand<T> implements TreeDataProvider<T>, Disposable {
  readonly #load: () => Promise<TreeDataProvider<T>>;
  readonly #changed = new EventEmitter<T | T[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #loading: Promise<TreeDataProvider<T>> | undefined;

  constructor(load: () => Promise<TreeDataProvider<T>>) {
    this.#load = load;
  }

  async getChildren(element?: T): Promise<T[]> {
    return (await (await this.#tree()).getChildren(element)) ?? [];
  }

  async getTreeItem(element: T): Promise<TreeItem> {
    return await (await this.#tree()).getTreeItem(element);
  }

  async getParent(element: T): Promise<T | null | undefined> {
    return await (await this.#tree()).getParent?.(element);
  }

  async resolveTreeItem(item: TreeItem, element: T, token: CancellationToken): Promise<TreeItem | null | undefined> {
    return await (await this.#tree()).resolveTreeItem?.(item, element, token);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #tree(): Promise<TreeDataProvider<T>> {
    return (this.#loading ??= this.#load().then((tree) => {
      tree.onDidChangeTreeData?.((change) => this.#changed.fire(change ?? undefined));
      return tree;
    }));
  }
}
