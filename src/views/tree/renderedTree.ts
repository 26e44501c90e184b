import { deepEqual } from '../../base/deepEqual.ts';
import type { NodeId } from './nodes.ts';

/** The tree as VS Code was last given it. */
export class RenderedTree {
  readonly #rows = new Map<NodeId, unknown>();
  readonly #children = new Map<NodeId, readonly NodeId[]>();

  record(id: NodeId, row: unknown): void {
    this.#rows.set(id, row);
  }

  recordChildren(id: NodeId, children: readonly NodeId[]): void {
    const stays = new Set(children);
    for (const each of this.#children.get(id) ?? []) if (!stays.has(each)) this.#forget(each);
    this.#children.set(id, children);
  }

  #forget(id: NodeId): void {
    for (const each of this.#children.get(id) ?? []) this.#forget(each);
    this.#children.delete(id);
    this.#rows.delete(id);
  }

  clear(): void {
    this.#rows.clear();
    this.#children.clear();
  }

  /**
   * The rows at and below `id` that are different now, each as far down as can be: while VS Code draws a row anew, it does not know what
   * the rows below it stand for, and runs a command from their menus without its argument.
   */
  changed(
    id: NodeId,
    rowOf: (id: NodeId) => unknown,
    childrenOf: (id: NodeId) => readonly NodeId[],
  ): readonly NodeId[] {
    const children = this.#children.get(id);
    if (!deepEqual(this.#rows.get(id), rowOf(id))) return [id];
    if (children === undefined) return [];
    if (!deepEqual(children, childrenOf(id))) return [id];
    return children.flatMap((each) => this.changed(each, rowOf, childrenOf));
  }
}
