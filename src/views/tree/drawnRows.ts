import { deepEqual } from '../../base/deepEqual.ts';
import type { NodeId } from './nodes.ts';

/** What VS Code was given last of the tree. */
export class DrawnRows {
  readonly #rows = new Map<NodeId, unknown>();
  readonly #below = new Map<NodeId, readonly NodeId[]>();

  give(id: NodeId, row: unknown): void {
    this.#rows.set(id, row);
  }

  giveBelow(id: NodeId, below: readonly NodeId[]): void {
    const stays = new Set(below);
    for (const each of this.#below.get(id) ?? []) if (!stays.has(each)) this.#forget(each);
    this.#below.set(id, below);
  }

  #forget(id: NodeId): void {
    for (const each of this.#below.get(id) ?? []) this.#forget(each);
    this.#below.delete(id);
    this.#rows.delete(id);
  }

  clear(): void {
    this.#rows.clear();
    this.#below.clear();
  }

  /**
   * The rows at and below `id` that are otherwise now, each as far down as can be: while VS Code draws a row anew, it does not know what
   * the rows below it stand for, and runs a command from their menus without its argument.
   */
  changed(id: NodeId, rowOf: (id: NodeId) => unknown, belowOf: (id: NodeId) => readonly NodeId[]): readonly NodeId[] {
    const below = this.#below.get(id);
    if (!deepEqual(this.#rows.get(id), rowOf(id))) return [id];
    if (below === undefined) return [];
    if (!deepEqual(below, belowOf(id))) return [id];
    return below.flatMap((each) => this.changed(each, rowOf, belowOf));
  }
}
