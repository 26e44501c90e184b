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
  /** Classes for the style sheet, separated by spaces. */
  readonly classOf?: (row: Row) => string;
  /** The heading above the rows that follow each other with the same one. */
  readonly groupOf?: (row: Row) => string;
  /** What is shown below a row when it is opened; opened again, it is closed. */
  readonly detailsOf?: (row: Row) => readonly Node[];
  /** What stands below the last row. */
  readonly tail?: HTMLElement;
  /** A row was clicked, or Enter pressed on it. */
  readonly open?: (row: Row) => void;
  /** Called once when the last of these rows is drawn and more are known to follow. */
  readonly reachEnd?: () => void;
}

export interface List<Row> {
  readonly element: HTMLElement;
  /** Takes the place of all rows. `isWhole`: whether there are no more. */
  show(rows: readonly Row[], isWhole?: boolean): void;
  /** Draws the details of the open row anew. */
  showDetails(): void;
  focus(): void;
  /** Brings the row with this key into the middle, and the focus to it. @returns whether there is one */
  reveal(key: string | number): boolean;
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
export function list<Row>(options: ListOptions<Row>): List<Row> {
  const { label, columns, cells, keyOf, classOf, groupOf, detailsOf, tail, open, reachEnd } = options;
  const titles = columns.map((column) => element('div', { role: 'columnheader' }, column));
  const heading = element('div', { class: 'list-row heading', role: 'row', 'aria-rowindex': 1 }, ...titles);
  /** The group that the rows at the top are of. */
  const pinned = element('div', { class: 'list-group pinned', 'aria-hidden': 'true' });
  const head = element('div', { class: 'list-head', role: 'rowgroup' }, heading, ...(groupOf ? [pinned] : []));
  const body = element('div', { class: 'list-body', role: 'rowgroup' });
  const grid = element('div', { role: detailsOf ? 'treegrid' : 'grid', 'aria-label': label }, head, body);
  const scroller = element('div', { class: 'list' }, grid, ...(tail ? [tail] : []));
  let drawn: ReadonlyMap<string | number, Drawn<Row>> = new Map();
  /** The headings of groups, by the key of their first row. */
  let groups: ReadonlyMap<string | number, HTMLElement> = new Map();
  let rows: readonly Row[] = [];
  /** The places of the rows that begin a group. */
  let starts: readonly number[] = [];
  let isAll = true;
  /** The place of the row that has the focus, or gets it next. */
  let active = 0;
  /** In pixels. */
  let heights = { row: 0, group: 0 };
  let opened: { readonly key: string | number; place: number; height: number } | undefined;
  /** For how many rows it was told that the end is reached. */
  let toldAt = 0;

  /** Pixels from the top of the body to the row at `place`; for the number of rows to their end. */
  function topOf(place: number): number {
    const below = opened && opened.place < place ? opened.height : 0;
    return place * heights.row + groupsUpTo(place) * heights.group + below;
  }

  /** How many groups begin at `place` or before. */
  function groupsUpTo(place: number): number {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The place of the last row that begins at `top` or above it. */
  function placeAt(top: number): number {
    let [low, high] = [0, Math.max(0, rows.length - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (topOf(middle) <= top) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function draw(): void {
    heights = { row: heading.offsetHeight, group: groupOf ? pinned.offsetHeight : 0 };
    if (heights.row === 0) return; // it is not shown
    const { scrollTop, clientHeight } = scroller;
    body.style.height = `${topOf(rows.length)}px`;
    const top = placeAt(scrollTop);
    const first = Math.max(0, top - margin);
    const end = Math.min(rows.length, placeAt(scrollTop + clientHeight) + 1 + margin);
    const hadFocus = body.contains(document.activeElement);
    const next = new Map<string | number, Drawn<Row>>();
    const begun = new Map<string | number, HTMLElement>();
    for (const place of placesFrom(first, end)) {
      const row = rows[place];
      if (row === undefined) continue;
      if (starts[groupsUpTo(place) - 1] === place) begun.set(keyOf(row), drawGroup(row, place));
      next.set(keyOf(row), drawRow(row, place));
    }
    for (const [key, { element: gone }] of drawn) if (!next.has(key)) gone.remove();
    for (const [key, gone] of groups) if (!begun.has(key)) gone.remove();
    drawn = next;
    groups = begun;
    putInOrder();
    pin(rows[top], scrollTop);
    if (hadFocus && !body.contains(document.activeElement)) focusActive();
    if (end < rows.length || isAll || toldAt === rows.length) return;
    toldAt = rows.length;
    reachEnd?.();
  }

  function pin(row: Row | undefined, scrollTop: number): void {
    const group = row === undefined ? '' : (groupOf?.(row) ?? '');
    pinned.textContent = group;
    pinned.classList.toggle('shown', group !== '' && scrollTop >= heights.group);
  }

  /** What is on screen, and the active row, which is always there for the focus. */
  function placesFrom(first: number, end: number): readonly number[] {
    const seen = Array.from({ length: Math.max(0, end - first) }, (_, nth) => first + nth);
    if (active < first) return [active, ...seen];
    return active < end ? seen : [...seen, active];
  }

  function drawGroup(row: Row, place: number): HTMLElement {
    const made = groups.get(keyOf(row)) ?? element('div', { class: 'list-group', role: 'row' });
    const title = element('div', { role: 'gridcell', 'aria-colspan': columns.length }, groupOf?.(row) ?? '');
    replaceContent(made, title);
    made.ariaRowIndex = String(place + groupsUpTo(place) + 1);
    made.style.top = `${topOf(place) - heights.group}px`;
    return made;
  }

  function drawRow(row: Row, place: number): Drawn<Row> {
    const known = drawn.get(keyOf(row));
    const made = known?.element ?? element('div', { role: 'row', 'data-key': keyOf(row) });
    if (known?.row !== row) {
      made.className = `list-row ${classOf?.(row) ?? ''}`;
      replaceContent(made, ...cells(row).map((content) => element('div', { role: 'gridcell' }, content)));
    }
    made.ariaRowIndex = String(place + groupsUpTo(place) + 2);
    made.tabIndex = place === active ? 0 : -1;
    made.style.top = `${topOf(place)}px`;
    if (detailsOf) drawDetails(row, made);
    return { element: made, place, row };
  }

  function drawDetails(row: Row, made: HTMLElement, isAnew = false): void {
    const known = made.querySelector('.list-details');
    const isOpen = opened?.key === keyOf(row);
    made.ariaExpanded = String(isOpen);
    if (known && (!isOpen || isAnew)) known.remove();
    if (!isOpen || (known && !isAnew)) return;
    const details = element('div', { class: 'list-details', role: 'gridcell', 'aria-colspan': columns.length });
    details.append(...(detailsOf?.(row) ?? []));
    made.append(details);
    detailsSize.disconnect();
    detailsSize.observe(details);
  }

  /** Details are as high as what stands in them. */
  const detailsSize = new ResizeObserver(([entry]) => {
    if (!entry || !opened) return;
    const height = Math.ceil(entry.borderBoxSize[0]?.blockSize ?? 0);
    if (height === opened.height) return;
    opened.height = height;
    draw();
    showWhole(opened.place);
  });

  /** Scrolls as far as the details below a row need, but never the row out of sight. */
  function showWhole(place: number): void {
    const bottom = topOf(place + 1) - room();
    if (bottom > scroller.scrollTop) scroller.scrollTop = Math.min(bottom, topOf(place) - heights.group);
  }

  function openOrClose(row: Row, place: number): void {
    const key = keyOf(row);
    if (!detailsOf) return open?.(row);
    opened = opened?.key === key ? undefined : { key, place, height: 0 };
    if (opened) open?.(row);
    draw();
  }

  /** Moves no row that stands right: it would lose the focus. */
  function putInOrder(): void {
    let cursor = body.firstChild;
    for (const [key, { element: made }] of drawn) {
      for (const each of [groups.get(key), made]) {
        if (!each) continue;
        if (each === cursor) cursor = cursor.nextSibling;
        else body.insertBefore(each, cursor);
      }
    }
  }

  function drawnAt(target: EventTarget | null): Drawn<Row> | undefined {
    return [...drawn.values()].find(({ element: made }) => target instanceof Node && made.contains(target));
  }

  function focusActive(): void {
    [...drawn.values()].find(({ place }) => place === active)?.element.focus({ preventScroll: true });
  }

  /** Pixels in which rows are seen, below the heading. */
  function room(): number {
    return scroller.clientHeight - body.offsetTop;
  }

  function moveTo(place: number): void {
    active = clamped(place);
    const top = topOf(active);
    if (top - heights.group < scroller.scrollTop) scroller.scrollTop = top - heights.group;
    else if (top + heights.row > scroller.scrollTop + room()) scroller.scrollTop = top + heights.row - room();
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
  const pageOf = (): number => Math.max(1, Math.floor(scroller.clientHeight / heights.row) - 2);

  scroller.addEventListener('scroll', draw, { passive: true });
  grid.addEventListener('focusin', ({ target }) => {
    const here = drawnAt(target);
    if (here === undefined || here.place === active) return;
    active = here.place;
    draw();
  });
  grid.addEventListener('keydown', (event) => {
    const here = drawnAt(event.target);
    if (here === undefined || event.altKey || event.metaKey || event.shiftKey) return;
    const isOnRow = here.element === event.target;
    const step = Object.hasOwn(steps, event.key) && isOnRow ? steps[event.key] : undefined;
    if (step) moveTo(step());
    else if (event.key === 'Enter' && isOnRow) openOrClose(here.row, here.place);
    else return;
    event.preventDefault();
  });
  grid.addEventListener('click', ({ target }) => {
    const here = drawnAt(target);
    const isInDetails = target instanceof Element && target.closest('.list-details') !== null;
    if (here !== undefined && !isInDetails && getSelection()?.isCollapsed !== false) openOrClose(here.row, here.place);
  });
  const sizes = new ResizeObserver(draw);
  for (const each of [scroller, heading]) sizes.observe(each);

  return {
    element: scroller,
    show(others, isWhole = true) {
      const { scrollTop } = scroller;
      const top = heights.row === 0 ? 0 : placeAt(scrollTop);
      const anchor = scrollTop > 0 ? placeAmong(others, top) : undefined;
      const distance = scrollTop - topOf(top);
      const openPlace = opened && placeAmong(others, opened.place);
      active = placeAmong(others, active) ?? active;
      rows = others;
      starts = groupOf ? startsOf(others, groupOf) : [];
      if (opened && openPlace !== undefined) opened.place = openPlace;
      else opened = undefined;
      active = clamped(active);
      isAll = isWhole;
      grid.ariaRowCount = String(isWhole ? rows.length + starts.length + 1 : -1);
      body.style.height = `${topOf(rows.length)}px`;
      if (anchor !== undefined && anchor !== top) scroller.scrollTop = topOf(anchor) + distance;
      draw();
    },
    showDetails() {
      for (const { element: made, row } of drawn.values()) if (opened?.key === keyOf(row)) drawDetails(row, made, true);
    },
    focus: () => moveTo(active),
    reveal(key) {
      const place = rows.findIndex((row) => keyOf(row) === key);
      if (place === -1) return false;
      scroller.scrollTop = topOf(place) - room() / 2;
      moveTo(place);
      return true;
    },
  };
}

/** The places of the rows whose group is another than that of the row before. */
function startsOf<Row>(rows: readonly Row[], groupOf: (row: Row) => string): readonly number[] {
  const starts: number[] = [];
  let before: string | undefined;
  rows.forEach((row, place) => {
    const group = groupOf(row);
    if (group !== before) starts.push(place);
    before = group;
  });
  return starts;
}
