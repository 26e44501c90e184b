import { deepEqual } from '../../base/deepEqual.ts';
import { addressOf, heldOn, idOf, type NodeId } from './nodes.ts';

/** The tree as it would be rendered now. */
export interface Renderer {
  row(id: NodeId): unknown;
  children(id: NodeId): readonly NodeId[];
  /** The hover of a row that has none of its own; made when the user points at the row. */
  tooltip(id: NodeId): string | undefined;
}

/** VS Code redraws an account, or all its people, faster than more of the rows below than this one by one. */
const mostRows = 50;

/** What VS Code was last given of the tree, by row id. How it differs from what would be rendered now says which rows to fire. */
export class RenderedTree {
  readonly #renderer: Renderer;
  readonly #rows = new Map<NodeId, unknown>();
  readonly #children = new Map<NodeId, readonly NodeId[]>();
  readonly #tooltips = new Map<NodeId, string>();

  constructor(renderer: Renderer) {
    this.#renderer = renderer;
  }

  /** Records a row as VS Code gets it, which makes it ask for the tooltip again. */
  record(id: NodeId, row: unknown): void {
    this.#rows.set(id, row);
    this.#tooltips.delete(id);
  }

  recordChildren(id: NodeId, children: readonly NodeId[]): void {
    const kept = new Set(children);
    for (const child of this.#children.get(id) ?? []) if (!kept.has(child)) this.#forget(child);
    this.#children.set(id, children);
  }

  /** VS Code asks for a tooltip once, and keeps it until the row is fired: https://github.com/microsoft/vscode/issues/111711 */
  recordTooltip(id: NodeId, tooltip: string): void {
    this.#tooltips.set(id, tooltip);
  }

  clear(): void {
    this.#rows.clear();
    this.#children.clear();
    this.#tooltips.clear();
  }

  /**
   * The rows to fire after a change to `id`, an account or a device: as few and as far down as can be, because a command of a menu gets no
   * argument while its row or one above it is redrawn. See https://github.com/microsoft/vscode/issues/144250
   */
  changedRows(id: NodeId): readonly NodeId[] {
    if (!this.#rows.has(id)) return []; // VS Code has no such row yet, and will ask
    const address = addressOf(id);
    if (address?.kind !== 'device')
      return [...new Set([...this.#changedRowsOfAccount(id), ...this.#takeOldTooltips([id])])];
    const { accountId, smartlockId } = address;
    const people = idOf({ kind: 'people', accountId });
    const held = heldOn(accountId, smartlockId);
    const rows = [id, ...(this.#rows.has(people) ? [people] : [])].flatMap((row) => this.#changedRowsOfDevice(row));
    return [...new Set([...rows, ...this.#takeOldTooltips([id, people, held])])];
  }

  #changedRowsOfAccount(account: NodeId): readonly NodeId[] {
    if (this.#readsOtherwise(account)) return [account];
    const changed = (this.#children.get(account) ?? [])
      .map((device) => this.#changedRowsOfDevice(device))
      .filter((rows) => rows.length > 0);
    return changed.length > mostRows ? [account] : changed.flat();
  }

  /**
   * The device itself in place of a group of its rows, which VS Code may leave closed with a row in it that is to be revealed.
   * To see it, fire the id of a closed group and reveal a row in it in the same turn; VS Code has no issue for that.
   */
  #changedRowsOfDevice(device: NodeId): readonly NodeId[] {
    const rows = this.#changedRowsAt(device);
    return rows.some(isGroup) || rows.length > mostRows ? [device] : rows;
  }

  #changedRowsAt(id: NodeId): readonly NodeId[] {
    if (this.#readsOtherwise(id)) return [id];
    return (this.#children.get(id) ?? []).flatMap((child) => this.#changedRowsAt(child));
  }

  #readsOtherwise(id: NodeId): boolean {
    const children = this.#children.get(id);
    return (
      !deepEqual(this.#rows.get(id), this.#renderer.row(id)) ||
      (children !== undefined && !deepEqual(children, this.#renderer.children(id)))
    );
  }

  /** The rows at and below `ids` whose tooltips have changed; each is told once. */
  #takeOldTooltips(ids: readonly NodeId[]): readonly NodeId[] {
    const old = [...this.#tooltips]
      .filter(
        ([row, tooltip]) => ids.some((id) => `${row}/`.startsWith(`${id}/`)) && tooltip !== this.#renderer.tooltip(row),
      )
      .map(([row]) => row);
    for (const row of old) this.#tooltips.delete(row);
    return old;
  }

  #forget(id: NodeId): void {
    for (const child of this.#children.get(id) ?? []) this.#forget(child);
    this.#children.delete(id);
    this.#rows.delete(id);
    this.#tooltips.delete(id);
  }
}

function isGroup(id: NodeId): boolean {
  const kind = addressOf(id)?.kind;
  return ['authorizations', 'authorizationGroup', 'activity', 'people', 'withoutPerson'].includes(kind ?? '');
}
