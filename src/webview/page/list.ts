import { element, replaceContent } from './element.ts';

/** Rows that are drawn beyond each edge of what is on screen. */
const margin = 8;

interface ListOptions<Row> {
  /** What the list is called. */
  readonly label: string;
  readonly columns: readonly string[];
  /** What stands in each column. */
  readonly cells: (row: Row) => readonly (Node | string)[];
  /** Each row has another one: the focus and what is on screen stay with their rows where others come before them. */
  readonly keyOf: (row: Row) => string | number;
  /** A row was clicked, or Enter pressed on it. */
  readonly open?: (row: Row) => void;
  /** Called once when the last of these rows is drawn and more are known to follow. */
  readonly reachEnd?: () => void;
}

export interface List<Row> {
  readonly element: HTMLElement;
  /** Takes the place of all rows. `isWhole`: whether there are no more. */
  show(rows: readonly Row[], isWhole?: boolean): void;
  focus(): void;
}

interface Drawn<Row> {
  readonly element: HTMLElement;
  readonly place: number;
  readonly row: Row;
}

/**
 * A table of which only the rows on screen are drawn: 200,000 are as quick as ten. The style sheet gives it a height; its rows are as high
 * as its heading. By keyboard: arrows, Page Up and Down, Home, End, Enter.
 */
export function list<Row>({ label, columns, cells, keyOf, open, reachEnd }: ListOptions<Row>): List<Row> {
  const titles = columns.map((column) => element('div', { role: 'columnheader' }, column));
  const heading = element('div', { class: 'list-row heading', role: 'row', 'aria-rowindex': 1 }, ...titles);
  const body = element('div', { class: 'list-body', role: 'rowgroup' });
  const grid = element(
    'div',
    { class: 'list', role: 'grid', 'aria-label': label },
    element('div', { class: 'list-head', role: 'rowgroup' }, heading),
    body,
  );
  let drawn: ReadonlyMap<string | number, Drawn<Row>> = new Map();
  let rows: readonly Row[] = [];
  let isAll = true;
  /** The place of the row that has the focus, or gets it next. */
  let active = 0;
  let rowHeight = 0;
  /** For how many rows it was told that the end is reached. */
  let toldAt = 0;

  function draw(): void {
    rowHeight = heading.offsetHeight;
    if (rowHeight === 0) return; // it is not shown
    body.style.height = `${rows.length * rowHeight}px`;
    const first = Math.max(0, Math.floor(grid.scrollTop / rowHeight) - margin);
    const end = Math.min(rows.length, Math.ceil((grid.scrollTop + grid.clientHeight) / rowHeight) + margin);
    const hadFocus = body.contains(document.activeElement);
    const next = new Map<string | number, Drawn<Row>>();
    for (const place of placesFrom(first, end)) {
      const row = rows[place];
      if (row !== undefined) next.set(keyOf(row), drawRow(row, place));
    }
    for (const [key, { element: gone }] of drawn) if (!next.has(key)) gone.remove();
    drawn = next;
    putInOrder();
    if (hadFocus && !body.contains(document.activeElement)) focusActive();
    if (end < rows.length || isAll || toldAt === rows.length) return;
    toldAt = rows.length;
    reachEnd?.();
  }

  /** What is on screen, and the active row, which is always there for the focus. */
  function placesFrom(first: number, end: number): readonly number[] {
    const seen = Array.from({ length: Math.max(0, end - first) }, (_, nth) => first + nth);
    if (active < first) return [active, ...seen];
    return active < end ? seen : [...seen, active];
  }

  function drawRow(row: Row, place: number): Drawn<Row> {
    const known = drawn.get(keyOf(row));
    const made = known?.element ?? element('div', { class: 'list-row', role: 'row' });
    if (known?.row !== row) {
      replaceContent(made, ...cells(row).map((content) => element('div', { role: 'gridcell' }, content)));
    }
    made.ariaRowIndex = String(place + 2);
    made.tabIndex = place === active ? 0 : -1;
    made.style.top = `${place * rowHeight}px`;
    return { element: made, place, row };
  }

  /** Moves no row that stands right: it would lose the focus. */
  function putInOrder(): void {
    let cursor = body.firstChild;
    for (const { element: made } of drawn.values()) {
      if (made === cursor) cursor = cursor.nextSibling;
      else body.insertBefore(made, cursor);
    }
  }

  function drawnAt(target: EventTarget | null): Drawn<Row> | undefined {
    return [...drawn.values()].find(({ element: made }) => target instanceof Node && made.contains(target));
  }

  function focusActive(): void {
    [...drawn.values()].find(({ place }) => place === active)?.element.focus({ preventScroll: true });
  }

  function moveTo(place: number): void {
    active = clamped(place);
    const top = active * rowHeight;
    const room = grid.clientHeight - rowHeight; // below the heading
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + rowHeight > grid.scrollTop + room) grid.scrollTop = top + rowHeight - room;
    draw();
    focusActive();
  }

  function clamped(place: number): number {
    return Math.max(0, Math.min(rows.length - 1, place));
  }

  /** Where the row that stands at `place` now stands among others; `undefined` where it is not. */
  function placeAmong(others: readonly Row[], place: number): number | undefined {
    const row = rows[place];
    const there = others[place];
    if (row === undefined) return undefined;
    const key = keyOf(row);
    if (there !== undefined && keyOf(there) === key) return place;
    const found = others.findIndex((other) => keyOf(other) === key);
    return found === -1 ? undefined : found;
  }

  /** Where a key leads. */
  const steps: Readonly<Record<string, () => number>> = {
    ArrowDown: () => active + 1,
    ArrowUp: () => active - 1,
    PageDown: () => active + pageOf(),
    PageUp: () => active - pageOf(),
    Home: () => 0,
    End: () => rows.length - 1,
  };
  const pageOf = (): number => Math.max(1, Math.floor(grid.clientHeight / rowHeight) - 2);

  grid.addEventListener('scroll', draw, { passive: true });
  grid.addEventListener('focusin', ({ target }) => {
    const here = drawnAt(target);
    if (here === undefined || here.place === active) return;
    active = here.place;
    draw();
  });
  grid.addEventListener('keydown', (event) => {
    const here = drawnAt(event.target);
    if (here === undefined || event.altKey || event.metaKey || event.shiftKey) return;
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (step) moveTo(step());
    else if (event.key === 'Enter' && here.element === event.target) open?.(here.row);
    else return;
    event.preventDefault();
  });
  grid.addEventListener('click', ({ target }) => {
    const here = drawnAt(target);
    if (here !== undefined && getSelection()?.isCollapsed !== false) open?.(here.row);
  });
  const sizes = new ResizeObserver(draw);
  for (const each of [grid, heading]) sizes.observe(each);

  return {
    element: grid,
    show(others, isWhole = true) {
      const top = rowHeight === 0 ? 0 : Math.floor(grid.scrollTop / rowHeight);
      const moved = (top > 0 ? (placeAmong(others, top) ?? top) : 0) - top;
      active = placeAmong(others, active) ?? active;
      rows = others;
      active = clamped(active);
      isAll = isWhole;
      grid.ariaRowCount = String(isWhole ? rows.length + 1 : -1);
      body.style.height = `${rows.length * rowHeight}px`;
      if (moved !== 0) grid.scrollTop += moved * rowHeight;
      draw();
    },
    focus: () => moveTo(active),
  };
}
